"""The time rule: when something holds. It stands here once in Python (`state`) and once in Cypher (`SHOWN`), side by side.

Inside, valid time is half-open: something holds from `valid_from` up to, not including, `valid_to`. Sources are vague, so there are
two pairs of days: outside `valid_from … valid_to` it certainly does not hold, inside `certain_from … certain_to` it certainly does, and
in between nobody can say. Sources and clients count inclusively ("through 2023-12-31"): `Period.of` adds the day, `last_day`
subtracts it, and nothing else does either.

If a source gives no start, the claim holds from the time in which the source was written (`attested`), because nobody says that it held
before; without an end it is carried forward. `start_stated` and `end_known` tell what the source says from what we carry forward.
Example: a page of 2015–2021 that says "A is a member" holds possibly from 2015-01-01 and certainly from 2021-12-31.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from graph.dates.edtf import FuzzyDate

DAY = timedelta(days=1)


class State(Enum):
    """The state of something on a day."""

    YES = "it holds"
    MAYBE = "its dates are too vague to say"
    UNSTATED = "no source speaks of so early a day"
    BEFORE = "it has not begun"
    AFTER = "it has ended"

    @property
    def shown(self) -> bool:
        """True if an answer for that day shows it: it certainly or possibly holds."""
        return self in (State.YES, State.MAYBE)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that the rule uses, and the dates as the source gives them."""

    valid_from: date | None = None
    valid_to: date | None = None
    certain_from: date | None = None
    certain_to: date | None = None
    start: FuzzyDate | None = None
    end: FuzzyDate | None = None
    end_known: bool = False
    attested: FuzzyDate | None = None

    @property
    def start_stated(self) -> bool:
        return self.start is not None

    @classmethod
    def of(cls, start: FuzzyDate | None, end: FuzzyDate | None, *, open_ended: bool, attested: FuzzyDate | None) -> Period:
        """Builds the period of a claim. `start` and `end` are inclusive as in the source; `attested` is when the source was written."""
        begin = start or attested
        return cls(
            valid_from=begin.earliest if begin else None,
            certain_from=begin.latest if begin else None,
            valid_to=_after(end.latest) if end else None,
            certain_to=_end_of_certainty(begin, end),
            start=start,
            end=end,
            end_known=end is not None or open_ended,
            attested=None if start else attested,
        )

    def clipped(self, first: date | None, to: date | None) -> Period:
        """Returns the part from `first` up to `to`, for example the days on which a member exists."""
        out = self
        if first and (out.valid_from is None or out.valid_from < first):
            out = replace(out, valid_from=first, certain_from=out.certain_from and max(first, out.certain_from))
        if to and (out.valid_to is None or out.valid_to > to):
            out = replace(out, valid_to=to, certain_to=min(to, out.certain_to or to), end=_not_after(out.end, to - DAY), end_known=True)
        return out

    @property
    def empty(self) -> bool:
        return self.valid_from is not None and self.valid_to is not None and self.valid_to <= self.valid_from

    def boundaries(self) -> set[date]:
        """Returns the days on which the state may change."""
        return {d for d in (self.valid_from, self.valid_to, self.certain_from, self.certain_to) if d}


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


def state(period: Period, day: date) -> State:
    """The time rule in Python. `SHOWN` below is the same rule in Cypher, for the states that an answer shows."""
    if period.valid_to is not None and day >= period.valid_to:
        return State.AFTER
    if period.valid_from is not None and day < period.valid_from:
        return State.BEFORE if period.start_stated else State.UNSTATED
    started = period.certain_from is not None and day >= period.certain_from
    return State.YES if started and (period.certain_to is None or day < period.certain_to) else State.MAYBE


# A database plans an OR at the top as two scans and a union; so a missing bound becomes true by coalesce instead.
SHOWN = "(coalesce({x}.validFrom <= {day}, true) AND coalesce({day} < {x}.validTo, true))"
POSSIBLE = "(NOT coalesce({day} < {x}.validFrom AND {x}.startEdtf IS NOT NULL, false) AND coalesce({day} < {x}.validTo, true))"
CERTAIN = "({x}.certainFrom <= {day} AND coalesce({day} < {x}.certainTo, true))"


def shown(variable: str, day: str = "$asOf") -> str:
    """Returns the time rule as a Cypher condition on a node or relationship with `validFrom` and `validTo`."""
    return SHOWN.format(x=variable, day=day)


def certain(variable: str, day: str = "$asOf") -> str:
    """Returns the Cypher condition that something certainly holds (`State.YES`)."""
    return CERTAIN.format(x=variable, day=day)


def possible(variable: str, day: str = "$asOf") -> str:
    """Returns the Cypher condition that no source rules out that something exists (neither `State.BEFORE` nor `State.AFTER`)."""
    return POSSIBLE.format(x=variable, day=day)


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
