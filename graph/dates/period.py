"""The time rule: when something holds, and how certain that is. It stands here once in Python (`state`)
and once in Cypher (`SHOWN`, `CERTAIN`), side by side.

Inside, valid time is half-open: something holds from `valid_from` up to, not including, `valid_to`.
Sources are vague, so there are two pairs of days: outside `valid_from … valid_to` it certainly does
not hold, inside `certain_from … certain_to` it certainly does, and in between nobody can say.
Sources and clients count inclusively ("through 2023-12-31"): `Period.of` adds the day, `last_day`
subtracts it, and nothing else does either.

A bound has a basis. It is STATED if the source gives it for this very statement. If the source gives
no start, the start is ATTESTED: the statement is certain from the day on which its source was surely
written, and before that it may hold, because nobody says that it did not. A bound that belongs to
something else, such as the contract or the life of a member, is INHERITED: it limits what is possible
and makes nothing certain. Example: a page of 2016–2021 says "A is a member". It is certain from
2021-12-31, vague from 2016-01-01, and before that no source speaks of it.

Without an end a statement is carried forward: for three years after its source was written it stays
what it was, then it is STALE. What is planned is never certain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from graph.dates.edtf import FuzzyDate

DAY = timedelta(days=1)
CARRIED_YEARS = 3
STATED, ATTESTED, INHERITED = "STATED", "ATTESTED", "INHERITED"


class State(Enum):
    """The state of something on a day."""

    YES = "it holds"
    MAYBE = "its dates are too vague to say"
    PLANNED = "it was planned, and no source says that it came about"
    STALE = "its last source is too old to say"
    EARLIER = "a source speaks of it only from a later day"
    BEFORE = "it has not begun"
    AFTER = "it has ended"

    @property
    def shown(self) -> bool:
        """True if an answer for that day shows it: it certainly or possibly holds."""
        return self not in (State.BEFORE, State.AFTER)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that the rule uses, the dates as the source gives them, and where each bound comes from."""

    valid_from: date | None = None
    valid_to: date | None = None
    certain_from: date | None = None
    certain_to: date | None = None
    start: FuzzyDate | None = None
    end: FuzzyDate | None = None
    end_known: bool = False
    attested: FuzzyDate | None = None
    start_basis: str | None = None
    end_basis: str | None = None
    stale_from: date | None = None
    planned: bool = False

    @classmethod
    def of(cls, start: FuzzyDate | None, end: FuzzyDate | None, *, open_ended: bool, attested: FuzzyDate | None) -> Period:
        """Builds the period of a claim. `start` and `end` are inclusive as in the source; `attested` is when the source was written."""
        begin = start or attested
        if start and start.earliest is None:  # "that day or earlier": the source speaks of it from then on
            attested = start.spoken
        by_then = start is None or start.earliest is None
        return cls(
            valid_from=start.earliest if start else None,
            certain_from=begin.latest if begin else None,
            valid_to=_after(end.latest) if end else None,
            certain_to=_end_of_certainty(begin, end),
            start=start,
            end=end,
            end_known=end is not None or open_ended,
            attested=attested if by_then else None,
            start_basis=ATTESTED if by_then and attested else STATED if start else None,
            end_basis=STATED if end or open_ended else None,
        )

    @property
    def spoken_from(self) -> date | None:
        """The first day of which a source may speak: the start, or else the day from which the source may have been written; if that was
        after the end, any earlier day."""
        written = self.attested.earliest if self.attested and self.start_basis == ATTESTED else None
        ended = self.valid_to if self.end_basis == STATED else None
        over = written is not None and ended is not None and ended <= written
        return self.valid_from if written is None or over else written

    def intended(self) -> Period:
        """Returns the period of something planned."""
        return replace(self, planned=True)

    def carried(self, written: date | None) -> Period:
        """Returns the period as it is carried forward from a source that was written on a day, at the latest."""
        known = self.end_known and not (self.end and self.end.latest is None)  # "that day or later" is no end
        if known or written is None or written.year + CARRIED_YEARS > date.max.year:
            return self
        return replace(self, stale_from=years_later(written, CARRIED_YEARS) + DAY)

    def within(self, life: Period) -> Period:
        """Returns the period with the bounds that it lacks taken from the thing that it depends on, such as a contract."""
        out = self if self.planned or not life.planned else self.intended()
        if not out.start and life.start:
            first = max(filter(None, (out.valid_from, life.valid_from)), default=None)
            sure = out.certain_from and max(out.certain_from, first or date.min)
            out = replace(out, valid_from=first, certain_from=sure, start=life.start, start_basis=INHERITED)
        if not out.end_known and life.end_known:
            out = replace(out, certain_to=min(filter(None, (out.certain_to, life.certain_to)), default=None))
            if out.valid_to is None or (life.valid_to and life.valid_to < out.valid_to):
                out = replace(out, valid_to=life.valid_to, end=life.end, end_known=True, end_basis=INHERITED)
        return out

    def clipped(self, first: date | None, to: date | None) -> Period:
        """Returns the part from `first` up to `to`, for example the days on which a member exists."""
        out = self
        if first and (out.valid_from is None or out.valid_from < first):
            basis = ATTESTED if out.start_basis == ATTESTED else INHERITED
            out = replace(out, valid_from=first, certain_from=out.certain_from and max(first, out.certain_from), start_basis=basis)
        if to and (out.valid_to is None or out.valid_to > to):
            end = _not_after(out.end, to - DAY)
            out = replace(out, valid_to=to, certain_to=min(to, out.certain_to or to), end=end, end_known=True, end_basis=INHERITED)
        return out

    @property
    def empty(self) -> bool:
        return self.valid_from is not None and self.valid_to is not None and self.valid_to <= self.valid_from

    def boundaries(self) -> set[date]:
        """Returns the days on which the state may change."""
        days = (self.valid_from, self.valid_to, self.certain_from, self.certain_to, self.spoken_from, self.stale_from)
        return {day for day in days if day}


def _not_after(end: FuzzyDate | None, last: date) -> FuzzyDate:
    """Returns an end that is `last` at the latest: that day, or a vague date up to it if the end is vague."""
    if end is None or (end.earliest and end.earliest >= last):
        return FuzzyDate(last.isoformat(), last, last, "DAY")
    return FuzzyDate(f"{end.earliest or '..'}/{last}", end.earliest, last, "UNKNOWN")


def _after(day: date | None) -> date | None:
    """Returns the next day, or None after the last possible day, with which registries mean that there is no end."""
    return None if day is None or day == date.max else day + DAY


def _end_of_certainty(begin: FuzzyDate | None, end: FuzzyDate | None) -> date | None:
    if end is None:
        return None
    if end.earliest is not None:
        return _after(end.earliest)
    return begin.earliest if begin and begin.earliest else date.min  # "ended on that day or earlier" is never certain


def years_later(day: date, years: int) -> date:
    """Returns the same day so many years later, or 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def state(period: Period, day: date) -> State:
    """The time rule in Python. `SHOWN` and `CERTAIN` below are the same rule in Cypher."""
    if period.valid_to is not None and day >= period.valid_to:
        return State.AFTER
    if period.valid_from is not None and day < period.valid_from:
        return State.BEFORE
    if period.start_basis == ATTESTED and period.spoken_from is not None and day < period.spoken_from:
        return State.EARLIER
    if period.planned:
        return State.PLANNED
    if period.stale_from is not None and day >= period.stale_from:
        return State.STALE
    started = period.certain_from is not None and day >= period.certain_from
    return State.YES if started and (period.certain_to is None or day < period.certain_to) else State.MAYBE


# A database plans an OR at the top as two scans and a union; so a missing bound becomes true by coalesce instead.
SHOWN = "(coalesce({x}.validFrom <= {day}, true) AND coalesce({day} < {x}.validTo, true))"
CERTAIN = (
    "({x}.certainFrom <= {day} AND coalesce({day} < {x}.certainTo, true) AND coalesce({day} < {x}.staleFrom, true) AND {x}.planned IS NULL)"
)


KEPT = "(coalesce({x}.validFrom <= {day}, true) AND (coalesce({day} < {x}.validTo, true) OR coalesce({x}.kept, false)))"


def shown(variable: str, day: str = "$asOf") -> str:
    """Returns the time rule as a Cypher condition on a node or relationship with `validFrom` and `validTo`."""
    return SHOWN.format(x=variable, day=day)


def kept(variable: str, day: str = "$asOf") -> str:
    """Returns the Cypher condition that a relationship is shown, or was as long as its contract or collaboration, which is over: what an
    arrangement was about is still there to be seen. Where it holds, `shown` says."""
    return KEPT.format(x=variable, day=day)


def certain(variable: str, day: str = "$asOf") -> str:
    """Returns the Cypher condition that something certainly holds (`State.YES`)."""
    return CERTAIN.format(x=variable, day=day)


def during(variable: str, first: str | None, last: str | None) -> str:
    """Returns the Cypher condition that something may hold on some day from `first` through `last`; None is no bound."""
    started = f"coalesce({variable}.validFrom <= {last}, true)" if last else ""
    not_ended = f"coalesce({first} < {variable}.validTo, true)" if first else ""
    return " AND ".join(filter(None, (started, not_ended)))


def turning(variable: str, after: str, through: str) -> str:
    """Returns the Cypher condition that the state of something may change after one day, up to and including another."""
    days = ", ".join(f"{variable}.{name}" for name in ("validFrom", "certainFrom", "certainTo", "validTo"))
    return f"any(turn IN [{days}] WHERE {after} < turn AND turn <= {through})"


def last_day(valid_to: date | None) -> date | None:
    """Returns the inclusive end that clients see (OCDS)."""
    return valid_to - DAY if valid_to else None


def carried_forward(end_known: bool, written: date | None, day: date) -> bool:
    """Returns True if an answer for a day is carried forward: its source gives no end and was written before that day."""
    return not end_known and written is not None and written < day
