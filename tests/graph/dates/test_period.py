"""The time rule: what can be said of a vague period on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates.edtf import FuzzyDate, parse
from graph.dates.period import DAY, Period, State, carried_forward, last_day, state
from tests.graph.worlds import DAYS, FIRST, LAST, days, examples, fuzzy_dates, periods

FAR = timedelta(60)  # a bound that is not stated lies beyond every day that is looked at


def during(start: str | None, end: str | None, *, open_ended: bool = False, attested: str | None = None) -> Period:
    return Period.of(
        parse(start) if start else None, parse(end) if end else None, open_ended=open_ended, attested=parse(attested) if attested else None
    )


def possible(bound: FuzzyDate | None, unstated: tuple[date, date]) -> list[date]:
    """Every day that a vague date can be."""
    earliest = bound.earliest if bound and bound.earliest else unstated[0]
    latest = bound.latest if bound and bound.latest else unstated[1]
    return [earliest + timedelta(n) for n in range((latest - earliest).days + 1)]


def pairs(start: FuzzyDate | None, end: FuzzyDate | None) -> list[tuple[date, date]]:
    """All first and last days that a period can have, each read on its own; without an end it lasts beyond all days."""
    lasts = possible(end, (FIRST - FAR, LAST + FAR)) if end else [LAST + FAR]
    return [(first, last) for first in possible(start, (FIRST - FAR, LAST + FAR)) for last in lasts]


@examples(60)
@given(st.none() | fuzzy_dates, st.none() | fuzzy_dates, st.none() | fuzzy_dates, st.booleans())
def test_the_rule_says_what_all_possible_first_and_last_days_say(
    start: FuzzyDate | None, end: FuzzyDate | None, attested: FuzzyDate | None, open_ended: bool
) -> None:
    period = Period.of(start, end, open_ended=open_ended, attested=attested)
    begun = start or (FuzzyDate("written", None, attested.latest, "UNKNOWN") if attested else None)  # by the day of its source it had begun
    every = pairs(begun, end)
    for day in DAYS:
        holding = sum(first <= day <= last for first, last in every)
        found = state(period, day)
        assert (found is State.YES) == (holding == len(every)), (day, found)
        assert (not found.shown) == (holding == 0), (day, found)
        assert found is not State.BEFORE or start
        assert found is not State.EARLIER or not start or start.earliest is None


@examples(60)
@given(fuzzy_dates, fuzzy_dates)
def test_that_a_period_begins_before_it_ends_takes_no_certainty_away(start: FuzzyDate, end: FuzzyDate) -> None:
    period = Period.of(start, end, open_ended=False, attested=None)
    ordered = [(first, last) for first, last in pairs(start, end) if first <= last]
    for day in DAYS:
        if state(period, day) is State.YES:
            assert all(first <= day <= last for first, last in ordered)
        if not state(period, day).shown:
            assert not any(first <= day <= last for first, last in ordered)


@pytest.mark.parametrize(
    ("day", "found"),
    [("2014-12-31", "EARLIER"), ("2015-01-01", "MAYBE"), ("2021-12-30", "MAYBE"), ("2021-12-31", "YES"), ("2050-01-01", "YES")],
)
def test_an_undated_page_speaks_from_when_it_may_have_been_written(day: str, found: str) -> None:
    assert state(during(None, None, attested="2015-01-01/2021-12-31"), date.fromisoformat(day)).name == found


@pytest.mark.parametrize(
    ("day", "found"),
    [("2021-12-31", "BEFORE"), ("2022-01-01", "YES"), ("2023-12-31", "YES"), ("2024-01-01", "AFTER")],
)
def test_stated_days_count_inclusively(day: str, found: str) -> None:
    assert state(during("2022-01-01", "2023-12-31"), date.fromisoformat(day)).name == found


@pytest.mark.parametrize(
    ("day", "found"),
    [("2021-12-31", "BEFORE"), ("2022-01-01", "MAYBE"), ("2022-12-31", "YES"), ("2023-01-01", "YES"), ("2023-01-02", "MAYBE"),
     ("2023-12-31", "MAYBE"), ("2024-01-01", "AFTER")],
)  # fmt: skip
def test_within_a_vague_start_or_end_nobody_can_say(day: str, found: str) -> None:
    assert state(during("2022", "2023"), date.fromisoformat(day)).name == found


def test_what_ended_on_a_day_or_later_is_certain_until_then_and_perhaps_for_ever() -> None:
    period = during("2020-01-01", "2021-12-31/..")
    assert [state(period, date(y, m, d)).name for y, m, d in [(2021, 12, 31), (2022, 1, 1), (2099, 1, 1)]] == ["YES", "MAYBE", "MAYBE"]


def test_what_ended_on_a_day_or_earlier_is_never_certain() -> None:
    period = during("2020-01-01", "../2021-12-31")
    assert {state(period, date(2020, 1, 1) + timedelta(n)) for n in range(731)} == {State.MAYBE}
    assert state(period, date(2022, 1, 1)) is State.AFTER


def test_what_began_on_a_day_or_later_is_never_certain() -> None:
    assert state(during("2020-01-01/..", None), date(2099, 1, 1)) is State.MAYBE


def test_of_what_no_source_dates_nothing_is_certain_and_nothing_is_denied() -> None:
    assert {state(Period(), day) for day in DAYS} == {State.MAYBE}


def test_the_last_possible_day_is_no_error() -> None:
    assert state(during("2020-01-01", "9999-12-31"), date(9999, 12, 30)) is State.YES


def test_open_and_not_stated_are_kept_apart() -> None:
    assert during("2022-01-01", None, open_ended=True).end_known
    assert not during("2022-01-01", None).end_known
    assert during("2022-01-01", "2023").end_known


def test_a_stated_start_makes_the_day_of_the_source_of_no_importance() -> None:
    assert during("2022-01-01", None, attested="2021") == during("2022-01-01", None)
    assert during(None, None, attested="2021").attested == parse("2021")


def test_each_bound_says_where_it_comes_from() -> None:
    stated, attested, nothing = during("2022-01-01", "2023-12-31"), during(None, None, attested="2021"), during(None, None)
    assert (stated.start_basis, stated.end_basis) == ("STATED", "STATED")
    assert (attested.start_basis, attested.end_basis) == ("ATTESTED", None)
    assert (nothing.start_basis, nothing.end_basis) == (None, None)
    assert during("2022-01-01", None, open_ended=True).end_basis == "STATED"
    assert stated.clipped(date(2022, 6, 1), date(2023, 6, 1)).start_basis == "INHERITED"
    assert stated.clipped(date(2022, 6, 1), date(2023, 6, 1)).end_basis == "INHERITED"
    assert attested.clipped(date(2020, 6, 1), None).start_basis == "ATTESTED"  # nobody says that it began then


def test_what_is_carried_forward_is_uncertain_after_three_years() -> None:
    period = during("2015-01-01", None).carried(date(2020, 2, 29))
    found = [state(period, day).name for day in (date(2020, 3, 1), date(2023, 2, 28), date(2023, 3, 1), date(2099, 1, 1))]
    assert found == ["YES", "YES", "STALE", "STALE"]
    assert during("2015-01-01", "2030").carried(date(2020, 2, 29)).stale_from is None


def test_what_is_planned_is_certain_on_no_day() -> None:
    period = during("2022-01-01", "2023-12-31").intended()
    found = [state(period, day).name for day in (date(2021, 12, 31), date(2022, 6, 1), date(2024, 1, 1))]
    assert found == ["BEFORE", "PLANNED", "AFTER"]


def test_what_ended_before_its_source_was_written_may_have_held_at_any_time_before() -> None:
    assert {state(during(None, "2019-12-31", attested="2021"), date(year, 6, 1)) for year in (1990, 2019)} == {State.MAYBE}


def test_what_stops_before_the_thing_that_it_depends_on_ends_no_later() -> None:
    stopped = replace(during(None, None, attested="2020-01-01"), valid_to=date(2020, 1, 2), certain_to=date(2020, 1, 2))
    within = stopped.within(during(None, "2020-01-02"))
    assert (within.valid_to, within.certain_to) == (date(2020, 1, 2), date(2020, 1, 2))


@examples(150)
@given(periods(), periods(), st.none() | days)
def test_what_depends_on_something_is_no_surer_than_alone(period: Period, life: Period, stale: date | None) -> None:
    within = period.within(replace(life, stale_from=stale))
    for day in DAYS:
        if not period.start and life.start and state(life, day) is State.BEFORE:
            assert not state(within, day).shown
        if not period.end_known and life.end_known and state(life, day) is State.AFTER:
            assert not state(within, day).shown
        if state(within, day) is State.YES:
            assert state(period, day) is State.YES
        if not state(period, day).shown:
            assert not state(within, day).shown


@examples(150)
@given(periods())
def test_the_state_is_constant_between_boundaries(period: Period) -> None:
    for day in DAYS[1:]:
        if day not in period.boundaries():
            assert state(period, day) is state(period, day - DAY)


@examples(150)
@given(periods())
def test_what_is_empty_is_shown_on_no_day(period: Period) -> None:
    if period.empty:
        assert not any(state(period, day).shown for day in DAYS)


@examples(150)
@given(periods(), st.none() | days, st.none() | days)
def test_a_clipped_period_says_the_same_inside_and_shows_nothing_outside(period: Period, first: date | None, to: date | None) -> None:
    clipped = period.clipped(first, to)
    for day in DAYS:
        if (first and day < first) or (to and day >= to):
            assert not state(clipped, day).shown
        elif state(period, day).shown:
            same = {
                state(clipped, day),
                state(period, day),
            }  # what ended before its source was written is clipped to an end of something else
            assert len(same) == 1 or same == {State.EARLIER, State.MAYBE}
        else:
            assert not state(clipped, day).shown


@examples(150)
@given(periods(), st.none() | days, st.none() | days)
def test_clipping_twice_is_clipping_once(period: Period, first: date | None, to: date | None) -> None:
    assert period.clipped(first, to).clipped(first, to) == period.clipped(first, to)


@examples(150)
@given(periods(), days)
def test_a_clipped_end_is_as_vague_as_it_was(period: Period, to: date) -> None:
    clipped = period.clipped(None, to)
    if clipped.valid_to == to and not clipped.empty and clipped.end and clipped.end.exact:
        assert clipped.certain_to == to


def test_a_vague_end_that_is_clipped_lies_between_its_first_day_and_the_clip() -> None:
    clipped = during("2020-01-01", "2022").clipped(None, date(2022, 3, 24))
    assert clipped.end
    assert (clipped.end.edtf, clipped.end.exact, clipped.end_known) == ("2022-01-01/2022-03-23", False, True)


def test_what_is_clipped_where_no_end_was_stated_ends_on_that_day() -> None:
    clipped = during("2020-01-01", None).clipped(None, date(2022, 3, 24))
    assert clipped.end
    assert (clipped.end.edtf, clipped.end.exact, clipped.end_known) == ("2022-03-23", True, True)


def test_a_day_that_nothing_reaches_clips_nothing() -> None:
    period = during("2020-01-01", "2021-12-31")
    assert period.clipped(date(2019, 1, 1), date(2030, 1, 1)) == period


def test_the_inclusive_end_is_the_day_before() -> None:
    assert last_day(date(2024, 1, 1)) == date(2023, 12, 31)
    assert last_day(None) is None


def test_an_answer_is_carried_forward_only_past_its_source_and_only_without_an_end() -> None:
    written = date(2020, 6, 1)
    assert carried_forward(False, written, date(2020, 6, 2))
    assert not carried_forward(False, written, written)
    assert not carried_forward(False, None, date(2020, 6, 2))
    assert not carried_forward(True, written, date(2020, 6, 2))
