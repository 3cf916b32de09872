"""The number of contracts under a collaboration, stored on it so that a query need not walk its relationships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from graph.build.edges import edges
from graph.dates.period import Period
from graph.domain.claim import Claim, Dataset
from graph.domain.model import PREDICATES


def contract_counts(
    dataset: Dataset, claims_about: Mapping[str, Sequence[Claim]], aside: Collection[str], spans: Mapping[str, Period]
) -> Counter[str]:
    """Returns the number by the key of a collaboration. Claims that are set `aside` do not count."""
    counts: Counter[str] = Counter()
    for key, entity in dataset.entities.items():
        if entity.type == "Contract":
            under = [c for c in claims_about.get(key, ()) if PREDICATES[c.predicate].relation == "UNDER" and c.key not in aside]
            counts.update({edge.end for edge in edges(dataset, under, spans)})
    return counts
