"""Whether a figure is about a day: against a plain reading of its period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.answers.figure import holds
from graph.dates.period import Period
from tests.graph.worlds import DAYS, days, examples, fuzzy_dates

BASES = ["STATED", "STATED", None, False]


def row(period: Period, written: date) -> list[object]:
    def text(day: date | None) -> str | None:
        return day.isoformat() if day else None

    return [
        text(period.valid_from), text(period.valid_to), text(period.certain_from), text(period.certain_to),
        period.start.edtf if period.start else None, period.end.edtf if period.end else None,
        period.attested.edtf if period.attested else None, period.end_known, text(written),
        period.start_basis, period.end_basis, text(period.stale_from), period.planned,
    ]  # fmt: skip


@given(start=st.none() | fuzzy_dates, end=st.none() | fuzzy_dates, written=days)
@examples(200)
def test_it_is_about_the_days_of_its_period_and_no_others(start: object, end: object, written: date) -> None:
    period = Period.of(start, end, open_ended=False, attested=None)  # type: ignore[arg-type]
    for day in DAYS:
        found = holds(row(period, written), day)
        if period.start is None and period.end is None:
            assert found == "UNKNOWN"
        elif found == "YES":
            assert (period.valid_from or date.min) <= day < (period.valid_to or date.max)
            assert period.end_known or day <= written
        elif found == "NO":
            assert day < (period.certain_from or date.max) or day >= (period.certain_to or date.min)


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2021, 12, 31), "NO"), (date(2022, 1, 1), "YES"), (date(2022, 12, 31), "YES"), (date(2023, 1, 1), "NO")]
)
def test_a_figure_of_a_year_is_about_the_days_of_that_year(day: date, expected: str) -> None:
    year = [
        *(d.isoformat() for d in (date(2022, 1, 1), date(2023, 1, 1)) * 2),
        "2022-01-01",
        "2022-12-31",
        None,
        True,
        "2023-09-22",
        *BASES,
    ]
    assert holds(year, day) == expected


def test_a_figure_without_an_end_is_carried_forward_from_the_day_its_source_was_written() -> None:
    since = ["2022-01-01", None, "2022-01-01", None, "2022-01-01", None, None, False, "2023-09-22", *BASES]
    assert [holds(since, date(2023, 9, 22) + timedelta(n)) for n in (-1, 0, 1)] == ["YES", "YES", "UNKNOWN"]
