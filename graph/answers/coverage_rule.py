"""The coverage rule: whether a municipality is covered for a care function on a day, and why. Pure; it stands here once.

The evidence is a set of chains. A chain runs from the municipality over the memberships that put it into an area to an
arrangement (a contract or a collaboration) that covers the area and delivers the function or a broader one; each step has
its dates. A segment belongs to the region that defines it, so nothing broader covers a function that someone has defined.
Two more kinds of chain exist: a function that is left to each municipality of an area, and one of which a source
says that nobody in the area delivers it.

A chain in force all along covers. Where a date is too vague, an option is not confirmed, the arrangement is only planned, its
source is too old or an open conflict touches it, it only may. An exception takes the municipality out. Nothing in force is UNKNOWN,
with the reason, and never a GAP: a gap is only what a source states. An express exception outweighs what only may still run.
A question that does not apply is not asked: of a municipality that does not exist that day, or of the division of another region.

Example: segment B in Purmerend. Firm until 2023-12-31, then three options that no source confirms: COVERED on 2023-06-01, UNCERTAIN
(OPTION_NOT_CONFIRMED) on 2024-06-01, UNKNOWN (ENDED) on 2027-06-01.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from graph.dates.period import DAY, Period, State, carried_forward, state
from graph.domain.words import COVERAGE_REASONS, COVERAGE_STATUSES

COVERED, UNCERTAIN, GAP, UNKNOWN, NOT_APPLICABLE = "COVERED", "UNCERTAIN", "GAP", "UNKNOWN", "NOT_APPLICABLE"
STATUSES, REASONS = tuple(COVERAGE_STATUSES), tuple(COVERAGE_REASONS)


class Finding(NamedTuple):
    """A status that a chain gives for a day, and why."""

    status: str
    reasons: frozenset[str]


class Judged(NamedTuple):
    """A finding with the position of its chain."""

    at: int
    status: str
    reasons: frozenset[str]


class ChainKind(Enum):
    """The thing at the end of a chain."""

    ARRANGEMENT = "a contract or collaboration"
    LOCAL = "the municipality itself"
    GAP = "a source that says that nobody delivers"


@dataclass(frozen=True, slots=True)
class Link:
    """A dated step of a chain. `written` is when the youngest source behind it was written."""

    period: Period
    written: date | None = None
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """An extension of a contract beyond its firm term."""

    number: int
    period: Period
    status: str


@dataclass(frozen=True, slots=True)
class Chain:
    """One way from a municipality to an arrangement. `memberships` put it in the area, `terms` are the arrangement's own steps."""

    kind: ChainKind
    memberships: tuple[Link, ...]
    terms: tuple[Link, ...]
    run: Link | None = None
    options: tuple[Option, ...] = ()
    exceptions: tuple[Link, ...] = ()
    name: str = ""  # of the arrangement and the area; several ways may lead to the same

    @property
    def arranged(self) -> tuple[Link, ...]:
        """The steps of the arrangement: its own term, and what is said of it."""
        return (*self.terms, *((self.run,) if self.run else ()))


@dataclass(frozen=True, slots=True)
class Division:
    """To whose division the function belongs: the ways from the municipality into the regions that define it.

    `mentioned` says that sources name the function and none says that anybody delivers it anywhere.
    """

    defined: bool = False
    ways: tuple[tuple[Link, ...], ...] = ()
    mentioned: bool = False

    def within(self, day: date) -> bool:
        """Returns True if the municipality may belong to a region that defines the function."""
        return any(all(state(link.period, day).shown for link in way) for way in self.ways)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for a day: a status, why, and which of the chains (by position) it rests on."""

    status: str
    reasons: tuple[str, ...]
    chains: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that bears on one municipality and one care function, on any day."""

    municipality: Period
    chains: Sequence[Chain]
    division: Division = Division()
    silent: bool = False  # no source says anything about any care in the municipality

    def decide(self, day: date) -> Verdict:
        """The coverage on a day."""
        return self._decided([judge(chain, self.municipality, day) for chain in self.chains], day)

    def _decided(self, findings: Sequence[Finding | None], day: date) -> Verdict:
        """The coverage by what each chain gives for a day."""
        if not state(self.municipality, day).shown:
            return Verdict(NOT_APPLICABLE, ("NO_MUNICIPALITY",))
        judged = self._surest([Judged(at, *finding) for at, finding in enumerate(findings) if finding])
        for status in (COVERED, UNCERTAIN, GAP):
            outweighed = status == UNCERTAIN and _excluded(judged)
            if not outweighed and any(j.status == status for j in judged):
                return _with(judged, status)
        unknown = [j for j in judged if j.status == UNKNOWN and ("EXCLUDED" in j.reasons or not _excluded(judged))]
        if unknown:
            return Verdict(UNKNOWN, _ordered(r for j in unknown for r in j.reasons), tuple(j.at for j in unknown))
        if self.division.defined and not self.division.within(day):
            return Verdict(NOT_APPLICABLE, ("OTHER_DIVISION",))
        if self.silent:
            return Verdict(UNKNOWN, ("NOT_IN_DATA",))
        return Verdict(UNKNOWN, ("MENTIONED" if self.division.mentioned else "NO_SOURCE",))

    def _surest(self, judged: list[Judged]) -> list[Judged]:
        """Leaves out a way to an arrangement beside a surer one to the same: the doubts of a detour are none of the answer."""

        def outdone(one: Judged) -> bool:
            name = self.chains[one.at].name
            same = (j for j in judged if j.at != one.at and self.chains[j.at].name == name and j.status == one.status)
            return any(other.reasons < one.reasons for other in same)

        return [one for one in judged if not outdone(one)]

    def changes_on(self, day: date) -> date | None:
        """The first later day on which the status, or what it rests on, differs, if nothing new becomes known; None if none is in sight.

        A chain says something else only from one of its own boundaries on, so only those that have a boundary are judged again.
        """
        findings = [judge(chain, self.municipality, day) for chain in self.chains]
        now = self._essence(self._decided(findings, day))
        whole = self.municipality.boundaries() | {b for way in self.division.ways for link in way for b in link.period.boundaries()}
        turning: dict[date, list[int]] = {boundary: [] for boundary in whole}
        for at, chain in enumerate(self.chains):
            for boundary in _boundaries(chain):
                turning.setdefault(boundary, []).append(at)
        for boundary in sorted(b for b in turning if b > day):
            for at in turning[boundary]:
                findings[at] = judge(self.chains[at], self.municipality, boundary)
            if self._essence(self._decided(findings, boundary)) != now:
                return boundary
        return None

    def _essence(self, verdict: Verdict) -> tuple[str, frozenset[str]]:
        return verdict.status, frozenset(self.chains[i].name for i in verdict.chains)


def _excluded(judged: Iterable[Judged]) -> bool:
    return any("EXCLUDED" in j.reasons for j in judged)


def _with(judged: Sequence[Judged], status: str) -> Verdict:
    """The verdict of the chains of one status; a stated gap beside anything that covers, or may, is contested."""
    gaps = any(j.status == GAP for j in judged)
    chosen = [j for j in judged if j.status in (status, GAP)]
    reasons = {r for j in chosen for r in j.reasons}
    if any("CARRIED_FORWARD" not in j.reasons for j in chosen if j.status == status):
        reasons.discard("CARRIED_FORWARD")  # something that needs no carrying holds as well
    if gaps and status != GAP:
        status, reasons = UNCERTAIN, reasons | {"CONTESTED"}
    return Verdict(status, _ordered(reasons), tuple(j.at for j in chosen))


def _ordered(reasons: Iterable[str]) -> tuple[str, ...]:
    given = set(reasons)
    return tuple(r for r in REASONS if r in given)


_DOUBTS = {State.MAYBE: "VAGUE_DATE", State.STALE: "STALE", State.PLANNED: "PLAN_NOT_CONFIRMED"}


def judge(chain: Chain, municipality: Period, day: date) -> Finding | None:
    """Returns what one chain gives for a day, or None if it gives none: the municipality is not in the area, or
    the arrangement never held for it."""
    memberships = [state(link.period, day) for link in chain.memberships]
    if not all(s.shown for s in memberships):
        return None
    exceptions = [state(link.period, day) for link in chain.exceptions]
    if State.YES in exceptions:
        return _unknown("EXCLUDED")
    run, extended, confirmed = _run(chain, day)
    terms = [state(link.period, day) for link in chain.terms]
    if extended:  # what is said of a contract holds for as long as it runs: the doubt is about the extension alone
        terms = [State.YES if s in (State.MAYBE, State.STALE) else s for s in terms]
    if State.AFTER in (*terms, run):
        ends = [link.period.valid_to for link in chain.arranged if link.period.valid_to]
        return _unknown("ENDED") if _held_on(chain, municipality, min(ends) - DAY) else None
    if State.BEFORE in (*terms, run):
        starts = [link.period.valid_from for link in chain.arranged if link.period.valid_from]
        return _unknown("NOT_STARTED") if _held_on(chain, municipality, max(starts)) else None
    states = (*memberships, *(s for s in exceptions if s.shown), *terms, run)
    if State.EARLIER in states:
        return _unknown("ATTESTED_LATER") if _spoken_of(chain, municipality, day) else None
    doubts = {_DOUBTS[s] for s in states if s in _DOUBTS}
    if extended and not confirmed:
        doubts.add("OPTION_NOT_CONFIRMED")
    if any(link.contested for link in (*chain.memberships, *chain.arranged)):
        doubts.add("CONTESTED")
    if doubts:
        return Finding(UNCERTAIN, frozenset(doubts | ({"LOCAL_RESPONSIBILITY"} if chain.kind is ChainKind.LOCAL else set())))
    return _firm(chain.kind, carried=any(carried_forward(link.period.end_known, link.written, day) for link in chain.arranged))


def _unknown(reason: str) -> Finding:
    return Finding(UNKNOWN, frozenset({reason}))


def _spoken_of(chain: Chain, municipality: Period, day: date) -> bool:
    """Returns True if the municipality was still there when a source first spoke of what it only speaks of later than a day."""
    links = (*chain.memberships, *chain.exceptions, *chain.arranged)
    days = [link.period.spoken_from for link in links if state(link.period, day) is State.EARLIER and link.period.spoken_from]
    return state(municipality, max(days)).shown


def _held_on(chain: Chain, municipality: Period, day: date) -> bool:
    """Returns True if the municipality was there on a day, in the area and not excepted, so that the arrangement came to it at all."""
    there = (municipality, *(link.period for link in chain.memberships))
    return all(state(p, day).shown for p in there) and not any(state(link.period, day).shown for link in chain.exceptions)


def _firm(kind: ChainKind, *, carried: bool) -> Finding:
    status, reason = {
        ChainKind.ARRANGEMENT: (COVERED, "IN_FORCE"),
        ChainKind.LOCAL: (COVERED, "LOCAL_RESPONSIBILITY"),
        ChainKind.GAP: (GAP, "STATED_GAP"),
    }[kind]
    return Finding(status, frozenset({reason, "CARRIED_FORWARD"} if carried else {reason}))


def _run(chain: Chain, day: date) -> tuple[State, bool, bool]:
    """The state of the arrangement itself, whether it runs beyond its firm term, and whether a source confirms that it does."""
    if chain.run is None:
        return State.YES, False, True
    firm = state(chain.run.period, day)
    running = {o.status for o in chain.options if o.status != "LAPSED" and state(o.period, day).shown}
    if firm is State.AFTER and running:
        return State.YES, True, "EXERCISED" in running
    return firm, False, True


def _boundaries(chain: Chain) -> set[date]:
    links = (*chain.memberships, *chain.exceptions, *chain.arranged)
    return {day for period in (*(k.period for k in links), *(o.period for o in chain.options)) for day in period.boundaries()}
