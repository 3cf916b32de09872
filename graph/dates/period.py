"""Time: when something holds. The rule stands here once in Python (`state`) and once in Cypher (`SHOWN`), side by side.

Inside, valid time is half-open: a thing holds from `valid_from` up to, not including, `valid_to`. Because sources are
vague there are two pairs of days: outside `valid_from … valid_to` it certainly does not hold, inside
`certain_from … certain_to` it certainly does, and in between nobody can say. Sources and clients count inclusively
("through 2023-12-31"); `Period.of` adds the day and `last_day` takes it off, and nothing else does.

Where a source gives no start, the claim holds from the time in which the source was written (`attested`): not
before, because nobody says so, and without an end it is carried forward. `start_stated` and `end_known` keep "the source says" apart from
"we carry it on". Example: a page written somewhere in 2015–2021 that says "A is a member" holds perhaps from
2015-01-01 and certainly from 2021-12-31.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from graph.dates.edtf import FuzzyDate

DAY = timedelta(days=1)


class State(Enum):
    """What can be said of something on a day."""

    YES = "it holds"
    MAYBE = "its dates are too vague to say"
    UNSTATED = "no source speaks of so early a day"
    BEFORE = "it has not begun"
    AFTER = "it has ended"

    @property
    def shown(self) -> bool:
        """Whether an answer for that day shows it: certain or perhaps, never where nobody says."""
        return self in (State.YES, State.MAYBE)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that the rule needs, and the dates as the source gave them."""

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
        """The period of a claim: `start` and `end` inclusive as in the source, `attested` when the source was written."""
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
        """The part that lies from `first` up to `to`, as when a member of something ceases to exist."""
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
        """Days on which the state may change."""
        return {d for d in (self.valid_from, self.valid_to, self.certain_from, self.certain_to) if d}


def _not_after(end: FuzzyDate | None, last: date) -> FuzzyDate:
    """An end that is at the latest a day: that day, or some day from its own earliest to that one where it is vague."""
    if end is None or (end.earliest and end.earliest >= last):
        return FuzzyDate(last.isoformat(), last, last, "DAY")
    return FuzzyDate(f"{end.earliest or '..'}/{last}", end.earliest, last, "UNKNOWN")


def _after(day: date | None) -> date | None:
    """The day after; none after the last day that there is, by which registries mean that there is no end."""
    return None if day is None or day == date.max else day + DAY


def _end_of_certainty(begin: FuzzyDate | None, end: FuzzyDate | None) -> date | None:
    if end is None:
        return None
    if end.earliest is not None:
        return _after(end.earliest)
    return begin.earliest if begin and begin.earliest else date.min  # "ended on that day or earlier": never certain


def state(period: Period, day: date) -> State:
    """The time rule. `SHOWN` below says the same in Cypher of the states that an answer shows."""
    if period.valid_to is not None and day >= period.valid_to:
        return State.AFTER
    if period.valid_from is not None and day < period.valid_from:
        return State.BEFORE if period.start_stated else State.UNSTATED
    begun = period.certain_from is not None and day >= period.certain_from
    return State.YES if begun and (period.certain_to is None or day < period.certain_to) else State.MAYBE


# An OR at the top of a condition is planned as two scans and their union; so what is absent becomes true inside.
SHOWN = "(coalesce({x}.validFrom <= {day}, true) AND coalesce({day} < {x}.validTo, true))"
POSSIBLE = "(NOT coalesce({day} < {x}.validFrom AND {x}.startEdtf IS NOT NULL, false) AND coalesce({day} < {x}.validTo, true))"
CERTAIN = "({x}.certainFrom <= {day} AND coalesce({day} < {x}.certainTo, true))"


def shown(variable: str, day: str = "$asOf") -> str:
    """The time rule as a Cypher predicate over a node or relationship that carries `validFrom` and `validTo`."""
    return SHOWN.format(x=variable, day=day)


def certain(variable: str, day: str = "$asOf") -> str:
    """The part of the time rule that is certain (`State.YES`), as a Cypher predicate."""
    return CERTAIN.format(x=variable, day=day)


def possible(variable: str, day: str = "$asOf") -> str:
    """What no source rules out (all but `State.BEFORE` and `State.AFTER`), as a Cypher predicate: for lists of things that there are."""
    return POSSIBLE.format(x=variable, day=day)


def during(variable: str, first: str | None, last: str | None) -> str:
    """What may hold on some day from `first` through `last`, as a Cypher predicate; None is no bound, and no bounds no condition."""
    begun = f"coalesce({variable}.validFrom <= {last}, true)" if last else ""
    going = f"coalesce({first} < {variable}.validTo, true)" if first else ""
    return " AND ".join(filter(None, (begun, going)))


def turning(variable: str, after: str, through: str) -> str:
    """What may begin, end, become certain or become doubtful after a day and through another, as a Cypher predicate."""
    days = ", ".join(f"{variable}.{name}" for name in ("validFrom", "certainFrom", "certainTo", "validTo"))
    return f"any(turn IN [{days}] WHERE {after} < turn AND turn <= {through})"


def last_day(valid_to: date | None) -> date | None:
    """The inclusive end that clients see (OCDS)."""
    return valid_to - DAY if valid_to else None


def carried_forward(end_known: bool, written: date | None, day: date) -> bool:
    """Whether the answer for a day only inherits what an older source said: it gives no end, and was written before."""
    return not end_known and written is not None and written < day
