"""What a thing carries of the edges around it, so that a question need not walk them: how many contracts it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from graph.build.edges import edges
from graph.dates.period import Period
from graph.domain.claim import Claim, Dataset
from graph.domain.model import PREDICATES

# Of which types a list of all contracts runs over which edges, and whether these lead to the thing or away from it.
HAS_CONTRACTS = {"Provider": ("SUPPLIES", False), "Region": ("COVERS", True), "Collaboration": ("UNDER", True)}
RELATIONS = frozenset(relation for relation, _ in HAS_CONTRACTS.values())


def contract_counts(
    dataset: Dataset, said: Mapping[str, Sequence[Claim]], aside: Collection[str], spans: Mapping[str, Period]
) -> dict[str, int]:
    """By the key of a thing: to how many contracts it has an edge, on whatever day. `aside` are claims that make none."""
    found: dict[str, int] = defaultdict(int)
    for key, entity in dataset.entities.items():
        if entity.type == "Contract":
            claims = [c for c in said.get(key, ()) if PREDICATES[c.predicate].relation in RELATIONS and c.key not in aside]
            others = {(e.type, e.end == key, e.start if e.end == key else e.end) for e in edges(dataset, claims, spans)}
            for relation, inwards, other in others:
                if HAS_CONTRACTS.get(dataset.entities[other].type) == (relation, not inwards):
                    found[other] += 1
    return dict(found)
