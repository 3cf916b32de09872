"""The three rules once more, as slowly and plainly as they can be said: loops over lists, nothing shared with `graph`.

What a rule of the graph answers must be what its namesake here answers, for every little world that can be made up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from graph.answers.coverage_rule import Chain, ChainKind, Link
from graph.dates.period import Period
from graph.domain.claim import Claim, Source

ONE_DAY = timedelta(days=1)
Answer = tuple[str, set[str]]


# ── time ──────────────────────────────────────────────────────────────────────────────────────────


def state_of(period: Period, day: date) -> str:
    """YES, MAYBE, UNSTATED, BEFORE or AFTER."""
    if period.valid_to and period.valid_to <= day:
        return "AFTER"
    if period.valid_from and period.valid_from > day:
        return "BEFORE" if period.start else "UNSTATED"
    if period.certain_from is None or period.certain_from > day:
        return "MAYBE"
    if period.certain_to is not None and period.certain_to <= day:
        return "MAYBE"
    return "YES"


# ── coverage ──────────────────────────────────────────────────────────────────────────────────────


def said_by(chain: Chain, day: date) -> Answer | None:
    """What one chain says of a day, None where it says nothing."""
    doubts = set()
    for link in chain.memberships:
        found = state_of(link.period, day)
        if found in ("BEFORE", "AFTER", "UNSTATED"):
            return None
        if found == "MAYBE":
            doubts.add("VAGUE_DATE")
        if link.contested:
            doubts.add("CONTESTED")
    for link in chain.exceptions:
        if state_of(link.period, day) == "YES":
            return "UNKNOWN", {"EXCLUDED"}
        if state_of(link.period, day) == "MAYBE":
            doubts.add("VAGUE_DATE")
    links, extended = list(chain.terms), False
    if chain.run:
        if state_of(chain.run.period, day) == "AFTER":
            statuses = [o.status for o in chain.options if o.status != "LAPSED" and state_of(o.period, day) in ("YES", "MAYBE")]
            if not statuses:
                return _over(chain)
            extended = True
            if "EXERCISED" not in statuses:
                doubts.add("OPTION_NOT_CONFIRMED")
        else:
            links.append(chain.run)
    found_states = [state_of(link.period, day) for link in links]
    if "AFTER" in found_states:
        return _over(chain)
    if "BEFORE" in found_states:
        return "UNKNOWN", {"NOT_STARTED"}
    if "UNSTATED" in found_states:
        return None
    if "MAYBE" in found_states and not extended:
        doubts.add("VAGUE_DATE")
    if chain.planned:
        doubts.add("VAGUE_DATE")
    arranged = [*chain.terms, *([chain.run] if chain.run else [])]
    if any(link.contested for link in arranged):
        doubts.add("CONTESTED")
    return ("UNCERTAIN", doubts) if doubts else _without_doubt(chain.kind, arranged, day)


def _over(chain: Chain) -> Answer | None:
    """What ended is told, unless the municipality was excepted until the end."""
    end = None
    for link in [*chain.terms, *([chain.run] if chain.run else [])]:
        if link.period.valid_to and (end is None or link.period.valid_to < end):
            end = link.period.valid_to
    for link in chain.exceptions:
        if end and state_of(link.period, end - ONE_DAY) in ("YES", "MAYBE"):
            return None
    return "UNKNOWN", {"ENDED"}


def _without_doubt(kind: ChainKind, arranged: Sequence[Link], day: date) -> Answer:
    reasons = {{ChainKind.ARRANGEMENT: "IN_FORCE", ChainKind.LOCAL: "LOCAL_RESPONSIBILITY", ChainKind.GAP: "STATED_GAP"}[kind]}
    for link in arranged:
        if not link.period.end_known and link.written is not None and link.written < day:
            reasons.add("CARRIED_FORWARD")
    return ("GAP" if kind is ChainKind.GAP else "COVERED"), reasons


def coverage_of(municipality: Period, chains: Sequence[Chain], day: date) -> tuple[str, set[str], list[int]]:
    """The status, the reasons, and which chains they rest on."""
    if state_of(municipality, day) == "AFTER":
        return "UNKNOWN", {"ENDED"}, []
    said = [(number, found) for number, chain in enumerate(chains) if (found := said_by(chain, day))]
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
    return "UNKNOWN", set().union(*(why for _, why in left)) or {"NO_SOURCE"}, [n for n, _ in left]


def _holding(status: str, found: list[tuple[int, set[str]]], gaps: list[tuple[int, set[str]]]) -> tuple[str, set[str], list[int]]:
    reasons = set().union(*(why for _, why in [*found, *gaps]))
    if any("CARRIED_FORWARD" not in why for _, why in found):
        reasons.discard("CARRIED_FORWARD")
    if gaps:
        status, reasons = "UNCERTAIN", reasons | {"CONTESTED"}
    return status, reasons, sorted(n for n, _ in [*found, *gaps])


def change_after(municipality: Period, chains: Sequence[Chain], day: date, last: date) -> date | None:
    """The first later day, up to `last`, with another answer: found by looking at every day."""

    def answer(at: date) -> Answer:
        status, reasons, _ = coverage_of(municipality, chains, at)
        return status, reasons - {"CARRIED_FORWARD"}

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
