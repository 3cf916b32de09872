"""The conflict rule: which of several claims counts, and by which rule. It stands here once.

By rank, then by the authority of the source for that predicate, then by specificity (how exactly it dates what it says,
and whether it names rather than counts), then by date (the source written last). Where all four leave more than one, nothing is
chosen and the answer is `undecided`: a doubt is shown, never settled by the order of files.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from graph.dates.edtf import FuzzyDate
from graph.domain.claim import Claim, Conflict, Source, Thing

UNDECIDED = "undecided"
RULES = ("rank", "authority", "specificity", "date", UNDECIDED)
_RANKS = {"PREFERRED": 2, "NORMAL": 1, "DEPRECATED": 0}


def choose(claims: Sequence[Claim], sources: Mapping[str, Source]) -> tuple[Claim | None, str]:
    """The claim that counts and the name of the rule that chose it; (None, "undecided") where none does."""
    if len(claims) == 1:
        return claims[0], RULES[0]
    left = list(claims)
    measures: dict[str, Callable[[Claim], int]] = {
        "rank": lambda c: _RANKS[c.rank],
        "authority": lambda c: sources[c.source].authority.get(c.predicate, 1),
        "specificity": specificity,
        "date": lambda c: written(sources[c.source]).toordinal(),
    }
    for rule, measure in measures.items():
        best = max(map(measure, left))
        left = [c for c in left if measure(c) == best]
        if len(left) == 1:
            return left[0], rule
    return None, UNDECIDED


def specificity(claim: Claim) -> int:
    """How exactly a claim speaks: 0 (undated count or text) to 5 (a named thing with exact first and last day)."""
    return _exactness(claim.period.start) + _exactness(claim.period.end) + isinstance(claim.value, Thing)


def _exactness(bound: FuzzyDate | None) -> int:
    return 0 if bound is None else 2 if bound.exact else 1


def written(source: Source) -> date:
    """The last day on which a source can have been written."""
    attested = source.attested
    return (attested and attested.latest) or source.read or date.max


def settle(conflict: Conflict, claims: Mapping[str, Claim], sources: Mapping[str, Source]) -> tuple[str | None, str]:
    """The key of the chosen claim of a conflict and the rule; an open conflict stays undecided whatever the rule would say."""
    if conflict.status == "OPEN":
        return None, UNDECIDED
    chosen, rule = choose([claims[key] for key in conflict.claims], sources)
    return (chosen.key if chosen else None), rule


def set_aside(conflicts: Collection[Conflict], claims: Mapping[str, Claim], sources: Mapping[str, Source]) -> set[str]:
    """The keys of the claims that make no relationship: the losers of resolved conflicts, and the deprecated ones."""
    out = {c.key for c in claims.values() if c.rank == "DEPRECATED"}
    for conflict in conflicts:
        chosen, _ = settle(conflict, claims, sources)
        if conflict.status == "RESOLVED" and chosen:
            out |= set(conflict.claims) - {chosen}
    return out
