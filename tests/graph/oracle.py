"""The three rules once more, as slowly and plainly as they can be said: loops over lists, nothing shared with `graph`.

What a rule of the graph answers must be what its namesake here answers, for every little world that can be made up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from graph.answers.coverage_rule import Chain, ChainKind, Evidence, Link
from graph.dates.period import Period
from graph.domain.claim import Claim, Source

ONE_DAY = timedelta(days=1)
Answer = tuple[str, set[str]]


# ── time ──────────────────────────────────────────────────────────────────────────────────────────


def state_of(period: Period, day: date) -> str:
    """YES, MAYBE, PLANNED, STALE, EARLIER, BEFORE or AFTER."""
    if period.valid_to and period.valid_to <= day:
        return "AFTER"
    if period.valid_from and period.valid_from > day:
        return "BEFORE"
    if period.start_basis == "ATTESTED" and period.attested and period.attested.earliest and period.attested.earliest > day:
        over = period.end_basis == "STATED" and period.valid_to and period.valid_to <= period.attested.earliest
        if not over:  # a source that was written after the end speaks of the time before it
            return "EARLIER"
    if period.planned:
        return "PLANNED"
    if period.stale_from and period.stale_from <= day:
        return "STALE"
    if period.certain_from is None or period.certain_from > day:
        return "MAYBE"
    if period.certain_to is not None and period.certain_to <= day:
        return "MAYBE"
    return "YES"


# ── coverage ──────────────────────────────────────────────────────────────────────────────────────


WORDS = {"MAYBE": "VAGUE_DATE", "PLANNED": "PLAN_NOT_CONFIRMED", "STALE": "STALE"}


def said_by(chain: Chain, municipality: Period, day: date) -> Answer | None:
    """What one chain says of a day, None where it says nothing."""
    seen = []
    for link in chain.memberships:
        found = state_of(link.period, day)
        if found in ("BEFORE", "AFTER"):
            return None
        seen.append(found)
    for link in chain.exceptions:
        found = state_of(link.period, day)
        if found == "YES":
            return "UNKNOWN", {"EXCLUDED"}
        if found not in ("BEFORE", "AFTER"):
            seen.append(found)
    arranged, doubts = [*chain.terms, *([chain.run] if chain.run else [])], set()
    terms = [state_of(link.period, day) for link in chain.terms]
    if chain.run:
        run = state_of(chain.run.period, day)
        statuses = [o.status for o in chain.options if o.status != "LAPSED" and state_of(o.period, day) not in ("BEFORE", "AFTER")]
        if run == "AFTER" and statuses:
            terms = ["YES" if found in ("MAYBE", "STALE") else found for found in terms]
            if "EXERCISED" not in statuses:
                doubts.add("OPTION_NOT_CONFIRMED")
        else:
            terms.append(run)
    if "AFTER" in terms:
        last = min(link.period.valid_to for link in arranged if link.period.valid_to) - ONE_DAY
        return ("UNKNOWN", {"ENDED"}) if _came_to(chain, municipality, last) else None
    if "BEFORE" in terms:
        first = max(link.period.valid_from for link in arranged if link.period.valid_from)
        return ("UNKNOWN", {"NOT_STARTED"}) if _came_to(chain, municipality, first) else None
    seen += terms
    if "EARLIER" in seen:
        links = [*chain.memberships, *chain.exceptions, *arranged]
        later = [link.period.attested.earliest for link in links if state_of(link.period, day) == "EARLIER" and link.period.attested]
        gone = state_of(municipality, max(first for first in later if first)) in ("BEFORE", "AFTER")
        return None if gone else ("UNKNOWN", {"ATTESTED_LATER"})
    doubts |= {WORDS[found] for found in seen if found in WORDS}
    if any(link.contested for link in [*chain.memberships, *arranged]):
        doubts.add("CONTESTED")
    if doubts and chain.kind is ChainKind.LOCAL:
        doubts.add("LOCAL_RESPONSIBILITY")
    return ("UNCERTAIN", doubts) if doubts else _without_doubt(chain.kind, arranged, day)


def _came_to(chain: Chain, municipality: Period, day: date) -> bool:
    """Whether the municipality may have been there, in the area and not excepted."""
    if state_of(municipality, day) in ("BEFORE", "AFTER"):
        return False
    for link in chain.memberships:
        if state_of(link.period, day) in ("BEFORE", "AFTER"):
            return False
    return all(state_of(link.period, day) in ("BEFORE", "AFTER") for link in chain.exceptions)


def _without_doubt(kind: ChainKind, arranged: Sequence[Link], day: date) -> Answer:
    reasons = {{ChainKind.ARRANGEMENT: "IN_FORCE", ChainKind.LOCAL: "LOCAL_RESPONSIBILITY", ChainKind.GAP: "STATED_GAP"}[kind]}
    for link in arranged:
        if not link.period.end_known and link.written is not None and link.written < day:
            reasons.add("CARRIED_FORWARD")
    return ("GAP" if kind is ChainKind.GAP else "COVERED"), reasons


def coverage_of(world: Evidence, day: date) -> tuple[str, set[str], list[int]]:
    """The status, the reasons, and which chains they rest on."""
    if state_of(world.municipality, day) in ("BEFORE", "AFTER"):
        return "NOT_APPLICABLE", {"NO_MUNICIPALITY"}, []
    said = [(n, found) for n, chain in enumerate(world.chains) if (found := said_by(chain, world.municipality, day))]
    said = [(n, found) for n, found in said if not any(_surer(world, m, other, n, found) for m, other in said)]
    by_status = {status: [(n, why) for n, (s, why) in said if s == status] for status in ("COVERED", "UNCERTAIN", "GAP", "UNKNOWN")}
    excluded = [(n, why) for n, why in by_status["UNKNOWN"] if "EXCLUDED" in why]
    if excluded:
        by_status["UNCERTAIN"] = []
    for status in ("COVERED", "UNCERTAIN"):
        if by_status[status]:
            return _holding(status, by_status[status], by_status["GAP"])
    if by_status["GAP"]:
        return _holding("GAP", by_status["GAP"], [])
    left = excluded or by_status["UNKNOWN"]
    if left:
        return "UNKNOWN", set().union(*(why for _, why in left)), [n for n, _ in left]
    if world.division.defined and not any(_belongs(way, day) for way in world.division.ways):
        return "NOT_APPLICABLE", {"OTHER_DIVISION"}, []
    if world.silent:
        return "UNKNOWN", {"NOT_IN_DATA"}, []
    return "UNKNOWN", {"MENTIONED" if world.division.mentioned else "NO_SOURCE"}, []


def _surer(world: Evidence, m: int, other: Answer, n: int, found: Answer) -> bool:
    """Whether another way to the same arrangement and area gives the same status with fewer doubts."""
    same = world.chains[m].name == world.chains[n].name and other[0] == found[0]
    return same and other[1] <= found[1] and other[1] != found[1]


def _belongs(way: Sequence[Link], day: date) -> bool:
    return all(state_of(link.period, day) not in ("BEFORE", "AFTER") for link in way)


def _holding(status: str, found: list[tuple[int, set[str]]], gaps: list[tuple[int, set[str]]]) -> tuple[str, set[str], list[int]]:
    reasons = set().union(*(why for _, why in [*found, *gaps]))
    if any("CARRIED_FORWARD" not in why for _, why in found):
        reasons.discard("CARRIED_FORWARD")
    if gaps:
        status, reasons = "UNCERTAIN", reasons | {"CONTESTED"}
    return status, reasons, sorted(n for n, _ in [*found, *gaps])


def change_after(world: Evidence, day: date, last: date) -> date | None:
    """The first later day, up to `last`, with another answer or another ground for it: found by looking at every day."""

    def answer(at: date) -> tuple[str, set[str]]:
        status, _, rests_on = coverage_of(world, at)
        return status, {world.chains[n].name for n in rests_on}

    at = day
    while at < last:
        at += ONE_DAY
        if answer(at) != answer(day):
            return at
    return None


# ── conflict ──────────────────────────────────────────────────────────────────────────────────────


def chosen_among(claims: Sequence[Claim], sources: Mapping[str, Source]) -> tuple[str | None, str]:
    """The key of the claim that counts and the rule that singles it out."""
    rules = ("rank", "authority", "specificity", "date")
    measured = sorted(([_measures(c, sources[c.source]), c.key] for c in claims), reverse=True)
    for depth, rule in enumerate(rules, 1):
        if len([m for m, _ in measured if m[:depth] == measured[0][0][:depth]]) == 1:
            return str(measured[0][1]), rule
    return None, "undecided"


def _measures(claim: Claim, source: Source) -> list[object]:
    rank = ["DEPRECATED", "NORMAL", "PREFERRED"].index(claim.rank)
    authority = source.authority.get(claim.predicate, 1)
    exactness = 0
    for bound in (claim.period.start, claim.period.end):
        if bound is not None:
            exactness += 2 if bound.precision == "DAY" else 1
    if type(claim.value).__name__ == "EntityRef":
        exactness += 1
    dated = source.published or source.written
    last = dated.latest if dated and dated.latest else source.read if source.read else date.max
    return [rank, authority, exactness, last]
