"""The conflict rule: chooses one of several claims, and names the criterion that decided. It stands
here once.

The criteria are, in this order: the rank; the authority of the source for that predicate;
specificity (how exactly the claim is dated, and if it names an entity); the date of the source, the
latest first. If all four leave more than one claim, none is chosen and the result is `undecided`: a
doubt is shown, and never decided by the order of files.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from graph.dates.edtf import FuzzyDate
from graph.domain.claim import Claim, Conflict, EntityRef, Source
from graph.domain.closed_list import ClosedList

UNDECIDED = "undecided"
RULES = ClosedList("What decides between claims that contradict each other, the first criterion first. NL: regel.",
    ("rank", "One claim counts before the others.", "zij weegt zwaarder dan de andere", "it weighs more than the others"),
    ("authority", "One source knows best about this.", "haar bron weet hier het meest van", "its source knows most about this"),
    ("specificity", "One claim is dated exactly, or names a thing.", "zij is het meest precies", "it is most precise"),
    ("date", "One source is the latest.", "haar bron is de nieuwste", "its source is the latest"),
    (UNDECIDED, "None of these leaves one claim.", "niets geeft de doorslag", "nothing settles it"),
)  # fmt: skip
_RANKS = {"PREFERRED": 2, "NORMAL": 1, "DEPRECATED": 0}


def choose(claims: Sequence[Claim], sources: Mapping[str, Source]) -> tuple[Claim | None, str]:
    """Returns the chosen claim and the criterion that decided, or (None, "undecided")."""
    if len(claims) == 1:
        return claims[0], next(iter(RULES))
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
    """Returns how specific a claim is: from 0 (an undated count or text) to 5 (an entity with an exact first and last day)."""
    return _exactness(claim.period.start) + _exactness(claim.period.end) + isinstance(claim.value, EntityRef)


def _exactness(bound: FuzzyDate | None) -> int:
    return 0 if bound is None else 2 if bound.exact else 1


def written(source: Source) -> date:
    """Returns the last day on which a source can have been written."""
    attested = source.attested
    return (attested and attested.latest) or source.read or date.max


def decide(conflict: Conflict, claims: Mapping[str, Claim], sources: Mapping[str, Source]) -> tuple[str | None, str]:
    """Returns the key of the chosen claim of a conflict and the criterion. An open conflict is always undecided."""
    if conflict.status == "OPEN":
        return None, UNDECIDED
    chosen, rule = choose([claims[key] for key in conflict.claims], sources)
    return (chosen.key if chosen else None), rule


def set_aside(conflicts: Collection[Conflict], claims: Mapping[str, Claim], sources: Mapping[str, Source]) -> set[str]:
    """Returns the keys of the claims that make no relationship: deprecated claims, and those that a resolved conflict did not choose."""
    out = {c.key for c in claims.values() if c.rank == "DEPRECATED"}
    for conflict in conflicts:
        chosen, _ = decide(conflict, claims, sources)
        if conflict.status == "RESOLVED" and chosen:
            out |= set(conflict.claims) - {chosen}
    return out
