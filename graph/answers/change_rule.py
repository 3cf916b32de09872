"""The rule of changes between two days: judges each fact by the time rule on every day on which it turns. Pure.

A fact is one thing that can be said of two days: that a municipality takes part in a region, that a contract runs, that a figure is
114. On a day it surely holds, perhaps holds, or is not shown. A run of days on which it is shown has a beginning and an end;
those that fall between the two days are told, and so is a fact that became doubtful or sure on the way. What began and
ended in between is told as two changes.

Only what a source states is told as begun or ended. What a source merely speaks of is told as first named, on the day
on which the source was surely written. A bound that belongs to something else (INHERITED) is never told: the something else is. That
the last source grows old is no change either.

Example: a contract that is firm to the end of 2023 with an option for 2024 that no source confirms. From 2023-06-01 to 2024-06-01 it did
not end: it is CHANGED and UNCERTAIN from 2024-01-01, and its option is ADDED and UNCERTAIN.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graph.dates.edtf import FuzzyDate
from graph.dates.period import ATTESTED, DAY, INHERITED, STATED, Period, State, state

ADDED, REMOVED, CHANGED = "ADDED", "REMOVED", "CHANGED"
CERTAIN, UNCERTAIN, UNDATED = "CERTAIN", "UNCERTAIN", "UNDATED"
ABSENT, PERHAPS, SURELY = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Span:
    """One period of a fact, how sure it can be at most, and where it came from."""

    period: Period
    most: int = SURELY
    row: Any = None

    def level(self, day: date) -> int:
        state_ = state(self.period, day)
        return min(self.most, SURELY if state_ is State.YES else PERHAPS if state_.shown else ABSENT)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that may hold now and then. `options` are spans that count only where all the others are over."""

    key: tuple[str, ...]
    spans: tuple[Span, ...]
    options: tuple[Span, ...] = ()

    def shown(self, day: date) -> Span:
        """The span by which the fact holds on a day, or holds most nearly."""
        if self.options and all(state(s.period, day) is State.AFTER for s in self.spans):
            return max(self.options, key=lambda s: s.level(day))
        return max(self.spans, key=lambda s: s.level(day))

    def level(self, day: date) -> int:
        return self.shown(day).level(day)

    def days(self, start: date, end: date) -> list[date]:
        """The first day and all later ones, up to and including the last, on which anything may differ."""
        turning = {day for span in (*self.spans, *self.options) for day in span.period.boundaries()}
        return [start, *sorted(d for d in turning if start < d <= end)]


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of one fact: on which day it shows, how sure it is, and between which days it took effect, if a source says."""

    kind: str
    certainty: str
    day: date
    span: Span
    bounds: tuple[date | None, date | None] | None
    edtf: str | None
    extended: bool = False


def turns(fact: Fact, start: date, end: date) -> Iterator[Turn]:
    """The changes of a fact after `start`, up to and including `end`."""
    days = fact.days(start, end)
    levels = [fact.level(d) for d in days]
    named = first_named(fact)
    if named and start < named.day <= end:
        yield named
    at = 0
    while at < len(days):
        if levels[at] == ABSENT:
            at += 1
            continue
        last = at
        while last + 1 < len(days) and levels[last + 1] > ABSENT:
            last += 1
        yield from _turns_of_run(fact, days, levels, at, last)
        at = last + 1


def first_named(fact: Fact) -> Turn | None:
    """The day on which a source surely speaks of a fact for the first time; None if a source dates it, or it was sure before."""
    spans = [s for s in fact.spans if s.period.start_basis == ATTESTED and s.period.certain_from and s.most == SURELY]
    if not spans:
        return None
    span = min(spans, key=lambda s: s.period.certain_from or date.max)
    day = span.period.certain_from
    assert day
    earlier = any(s.period.start_basis == STATED and (s.period.valid_from or date.min) < day for s in fact.spans)
    return None if earlier or state(span.period, day) is not State.YES else Turn(ADDED, UNDATED, day, span, None, None)


def _turns_of_run(fact: Fact, days: list[date], levels: list[int], first: int, last: int) -> Iterator[Turn]:
    """The changes of a run of days on which a fact is shown."""
    peak = max(levels[first : last + 1])
    was = levels[first]
    if first > 0:
        was = peak
        surest = fact.shown(days[levels.index(peak, first)])
        if surest.period.start_basis == STATED:
            yield _beginning(surest, days[first], sure=peak == SURELY)
    if last < len(days) - 1:
        if fact.shown(days[last]).period.end_basis != INHERITED:
            yield _ending(fact, days, levels, first, last)
    elif levels[last] != was:
        since = last
        while levels[since - 1] == levels[last]:
            since -= 1
        day, sure = days[since], levels[last] == SURELY
        if _stated(fact, day, sure=sure):
            yield Turn(CHANGED, CERTAIN if sure else UNCERTAIN, day, fact.shown(day), (day, day), day.isoformat(), _extended(fact, day))


def _stated(fact: Fact, day: date, *, sure: bool) -> bool:
    """Returns True if a fact became sure or doubtful by a date that its source gives; "since that day or earlier" is no beginning."""
    period = fact.shown(day).period
    if _extended(fact, day):
        return True
    if sure:
        return period.start_basis == STATED and period.certain_from == day
    return fact.shown(day - DAY).period.end_basis == STATED


def _extended(fact: Fact, day: date) -> bool:
    return fact.shown(day) in fact.options


def _beginning(span: Span, day: date, *, sure: bool) -> Turn:
    period = span.period
    bounds = (period.valid_from, period.certain_from)
    return Turn(ADDED, CERTAIN if sure else UNCERTAIN, day, span, bounds, began(period))


def began(period: Period) -> str | None:
    """When a period began, as its source says; None where no source says, or only something that it depends on began."""
    if period.start is None or period.start_basis != STATED:
        return None
    return period.start.edtf if period.start.earliest == period.valid_from else _between(period.valid_from, period.certain_from)


def _ending(fact: Fact, days: list[date], levels: list[int], first: int, last: int) -> Turn:
    """The end of a run: somewhere from the first day on which it was no longer sure to the day on which it is over."""
    span, day = fact.shown(days[last]), days[last + 1]
    if span.period.end is None:
        return Turn(REMOVED, UNDATED, day, span, None, None)
    doubtful = last + 1
    while doubtful > first and levels[doubtful - 1] == PERHAPS:
        doubtful -= 1
    surely = max(levels[first : last + 1]) == SURELY
    since = days[doubtful] if doubtful > 0 else _sure_until(fact.spans if span in fact.options else (span,))
    bounds = (min(since, day) if since else None, day)
    return Turn(REMOVED, CERTAIN if surely else UNCERTAIN, day, span, bounds, _between(*bounds))


def _sure_until(spans: Iterable[Span]) -> date | None:
    """The day after the last on which any of the spans is sure; None where none ever is, or that day is before all counting."""
    return max((s.period.certain_to for s in spans if s.period.certain_to and s.period.certain_to != date.min), default=None)


def _between(earliest: date | None, latest: date | None) -> str | None:
    if earliest == latest:
        return earliest.isoformat() if earliest else None
    return f"{earliest or '..'}/{latest or '..'}"


def happening(date_: FuzzyDate, start: date, end: date) -> Turn | None:
    """An event as a change: certain where all of its date lies after `start` and not after `end`, None where none of it does."""
    first, last = date_.earliest or date_.latest, date_.latest or date_.earliest  # of "that day or later" the day is told
    if (last and last <= start) or (first and first > end):
        return None
    within = date_.earliest is not None and date_.earliest > start and date_.latest is not None and date_.latest <= end
    day = max(first or start, start)
    return Turn(CHANGED, CERTAIN if within else UNCERTAIN, day, Span(Period()), (date_.earliest, date_.latest), date_.edtf)


def ageless(period: Period) -> Period:
    """Returns the period as if its last source did not grow old, which is no change of what it speaks of."""
    return replace(period, stale_from=None)


def facts(spans: Iterable[tuple[tuple[str, ...], Span]]) -> list[tuple[tuple[str, ...], tuple[Span, ...]]]:
    """Spans by what they are about: what one source carries on until another states it anew is one fact, which did not end."""
    groups: dict[tuple[str, ...], list[Span]] = defaultdict(list)
    for key, span in spans:
        groups[key].append(span)
    return [(key, tuple(group)) for key, group in groups.items()]
