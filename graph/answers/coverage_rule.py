"""The coverage rule: whether a municipality is covered for a care function on a day, and why. Pure; it stands here once.

The evidence is a set of chains. A chain runs from the municipality over the memberships that put it into an area to an
arrangement (a contract or a collaboration) that covers the area and delivers the function or a broader one; each step has
its dates. A segment belongs to the region that defines it, so nothing broader covers a function that someone has defined.
Two more kinds of chain exist: a function that is left to each municipality of an area, and one of which a source
says that nobody in the area delivers it.

A chain in force all along covers. Where a date is too vague, an option is not confirmed, the arrangement is only planned or an open
conflict touches it, it only may. An exception takes the municipality out. Nothing in force is UNKNOWN, with the reason, and
never a GAP: a gap is only what a source states. An express exception outweighs what only may still run.

Example: segment B in Purmerend. Firm until 2023-12-31, then three options that no source confirms: COVERED on 2023-06-01, UNCERTAIN
(OPTION_NOT_CONFIRMED) on 2024-06-01, UNKNOWN (ENDED) on 2027-06-01.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from graph.dates.period import DAY, Period, State, carried_forward, state
from graph.domain.words import COVERAGE_REASONS, COVERAGE_STATUSES

COVERED, UNCERTAIN, GAP, UNKNOWN = "COVERED", "UNCERTAIN", "GAP", "UNKNOWN"
STATUSES, REASONS = tuple(COVERAGE_STATUSES), tuple(COVERAGE_REASONS)


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
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for a day: a status, why, and which of the chains (by position) it rests on."""

    status: str
    reasons: tuple[str, ...]
    chains: tuple[int, ...] = ()


def decide(municipality: Period, chains: Sequence[Chain], day: date) -> Verdict:
    """The coverage of a municipality that exists during `municipality`, by all chains there are, on a day."""
    return _decided(municipality, [judge(chain, day) for chain in chains], day)


def _decided(municipality: Period, said: Sequence[tuple[str, frozenset[str]] | None], day: date) -> Verdict:
    """The coverage by what each chain says of a day."""
    if state(municipality, day) is State.AFTER:
        return Verdict(UNKNOWN, ("ENDED",))
    judged = [(i, *found) for i, found in enumerate(said) if found]
    for status in (COVERED, UNCERTAIN, GAP):
        outweighed = status == UNCERTAIN and _excluded(judged)
        if not outweighed and any(s == status for _, s, _ in judged):
            return _with(judged, status)
    unknown = [j for j in judged if j[1] == UNKNOWN and (j[2] & {"EXCLUDED"} or not _excluded(judged))]
    return Verdict(UNKNOWN, _ordered(r for _, _, reasons in unknown for r in reasons) or ("NO_SOURCE",), tuple(i for i, _, _ in unknown))


def _excluded(judged: Iterable[tuple[int, str, frozenset[str]]]) -> bool:
    return any("EXCLUDED" in reasons for _, _, reasons in judged)


def _with(judged: Sequence[tuple[int, str, frozenset[str]]], status: str) -> Verdict:
    """The verdict of the chains of one status; a stated gap beside anything that covers, or may, is contested."""
    gaps = {i for i, s, _ in judged if s == GAP}
    chosen = [j for j in judged if j[1] == status or (j[0] in gaps and status != GAP)]
    reasons = {r for _, _, found in chosen for r in found}
    if any("CARRIED_FORWARD" not in found for _, s, found in chosen if s == status):
        reasons.discard("CARRIED_FORWARD")  # something that needs no carrying holds as well
    if gaps and status != GAP:
        status, reasons = UNCERTAIN, reasons | {"CONTESTED"}
    return Verdict(status, _ordered(reasons), tuple(i for i, _, _ in chosen))


def _ordered(reasons: Iterable[str]) -> tuple[str, ...]:
    found = set(reasons)
    return tuple(r for r in REASONS if r in found)


def judge(chain: Chain, day: date) -> tuple[str, frozenset[str]] | None:
    """Returns the status and reasons that one chain gives for a day, or None if it gives none: the municipality is not in the area, or no
    source speaks of that day."""
    memberships = [state(link.period, day) for link in chain.memberships]
    if not all(s.shown for s in memberships):
        return None
    exceptions = [state(link.period, day) for link in chain.exceptions]
    if State.YES in exceptions:
        return UNKNOWN, frozenset({"EXCLUDED"})
    run, extended, confirmed = _run(chain, day)
    terms = [state(link.period, day) for link in chain.terms]
    if extended:  # what is said of a contract holds for as long as it runs: the doubt is about the extension alone
        terms = [State.YES if s is State.MAYBE else s for s in terms]
    if State.AFTER in (*terms, run):
        return None if _never_in(chain) else (UNKNOWN, frozenset({"ENDED"}))
    if State.BEFORE in (*terms, run):
        return UNKNOWN, frozenset({"NOT_STARTED"})
    if State.UNSTATED in (*terms, run):
        return None
    doubts = set()
    if State.MAYBE in (*memberships, *exceptions, *terms, run) or chain.planned:
        doubts.add("VAGUE_DATE")
    if extended and not confirmed:
        doubts.add("OPTION_NOT_CONFIRMED")
    arranged = (*chain.terms, *((chain.run,) if chain.run else ()))
    if any(link.contested for link in (*chain.memberships, *arranged)):
        doubts.add("CONTESTED")
    if doubts:
        return UNCERTAIN, frozenset(doubts)
    return _firm(chain.kind, carried=any(carried_forward(link.period.end_known, link.written, day) for link in arranged))


def _never_in(chain: Chain) -> bool:
    """Returns True if an exception lasted to the end of an arrangement, so that this end changed nothing for the municipality."""
    ends = [link.period.valid_to for link in (*chain.terms, *((chain.run,) if chain.run else ())) if link.period.valid_to]
    return any(state(link.period, min(ends) - DAY).shown for link in chain.exceptions)


def _firm(kind: ChainKind, *, carried: bool) -> tuple[str, frozenset[str]]:
    status, reason = {
        ChainKind.ARRANGEMENT: (COVERED, "IN_FORCE"),
        ChainKind.LOCAL: (COVERED, "LOCAL_RESPONSIBILITY"),
        ChainKind.GAP: (GAP, "STATED_GAP"),
    }[kind]
    return status, frozenset({reason, "CARRIED_FORWARD"} if carried else {reason})


def _run(chain: Chain, day: date) -> tuple[State, bool, bool]:
    """The state of the arrangement itself, whether it runs beyond its firm term, and whether a source confirms that it does."""
    if chain.run is None:
        return State.YES, False, True
    firm = state(chain.run.period, day)
    running = {o.status for o in chain.options if o.status != "LAPSED" and state(o.period, day).shown}
    if firm is State.AFTER and running:
        return State.YES, True, "EXERCISED" in running
    return firm, False, True


def changes_on(municipality: Period, chains: Sequence[Chain], day: date) -> date | None:
    """The first later day on which the answer differs, if nothing new becomes known; None where none is in sight.

    That the answer grows older than its sources (CARRIED_FORWARD) is no change of the answer. A chain says something else only
    from one of its own boundaries on, so only those that have a boundary are judged again.
    """
    said = [judge(chain, day) for chain in chains]
    now = _essence(_decided(municipality, said, day))
    turning: dict[date, list[int]] = {boundary: [] for boundary in municipality.boundaries()}
    for at, chain in enumerate(chains):
        for boundary in _boundaries(chain):
            turning.setdefault(boundary, []).append(at)
    for boundary in sorted(b for b in turning if b > day):
        for at in turning[boundary]:
            said[at] = judge(chains[at], boundary)
        if _essence(_decided(municipality, said, boundary)) != now:
            return boundary
    return None


def _essence(verdict: Verdict) -> tuple[str, frozenset[str]]:
    return verdict.status, frozenset(verdict.reasons) - {"CARRIED_FORWARD"}


def _boundaries(chain: Chain) -> set[date]:
    links = (*chain.memberships, *chain.terms, *chain.exceptions, *((chain.run,) if chain.run else ()))
    return {day for period in (*(k.period for k in links), *(o.period for o in chain.options)) for day in period.boundaries()}
