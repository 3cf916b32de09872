"""Counts of contracts, stored on an entity so that a query need not walk its relationships."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from graph.build.edges import edges
from graph.dates.period import Period
from graph.domain.claim import Claim, Dataset
from graph.domain.model import PREDICATES

# By type of entity: the relationship to its contracts, and True if the relationship runs from the contract to the entity.
HAS_CONTRACTS = {"Provider": ("SUPPLIES", False), "Region": ("COVERS", True), "Collaboration": ("UNDER", True)}
RELATIONS = frozenset(relation for relation, _ in HAS_CONTRACTS.values())


def contract_counts(
    dataset: Dataset, claims_about: Mapping[str, Sequence[Claim]], aside: Collection[str], spans: Mapping[str, Period]
) -> dict[str, int]:
    """Returns, by the key of an entity, its number of contracts on any day. Claims that are set `aside` do not count."""
    counts: dict[str, int] = defaultdict(int)
    for key, entity in dataset.entities.items():
        if entity.type == "Contract":
            claims = [c for c in claims_about.get(key, ()) if PREDICATES[c.predicate].relation in RELATIONS and c.key not in aside]
            others = {(e.type, e.end == key, e.start if e.end == key else e.end) for e in edges(dataset, claims, spans)}
            for relation, inwards, other in others:
                if HAS_CONTRACTS.get(dataset.entities[other].type) == (relation, not inwards):
                    counts[other] += 1
    return dict(counts)
