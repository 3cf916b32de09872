"""Bars: what is stated is an edge, what is attested or inherited is none, and nothing is more certain than its source."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.pictures.bars import OPTION, POSSIBLE, SURE, Piece, a_year_after, bar_of, next_end

DAY = date(2024, 1, 1)


def bound(earliest: str | None, latest: str | None) -> dict[str, Any]:
    return {"earliest": earliest, "latest": latest}


def period(**changes: Any) -> dict[str, Any]:
    usual = {"start": None, "end": None, "attested": None, "startBasis": None, "endBasis": None, "isPlanned": False, "contains": "UNKNOWN"}
    return {**usual, "startDate": None, "endDate": None, **changes}


def option(number: int, year: int, status: str = "UNKNOWN") -> dict[str, Any]:
    return {"number": number, "status": status, "period": {"startDate": f"{year}-01-01", "endDate": f"{year}-12-31"}}


STATED = period(
    start=bound("2022-01-01", "2022-01-01"),
    startBasis="STATED",
    end=bound("2023-12-31", "2023-12-31"),
    endBasis="STATED",
    endDate="2023-12-31",
)


def test_a_stated_period_is_certain_from_its_first_day_through_its_last() -> None:
    bar = bar_of(STATED, DAY)
    assert bar.pieces == (Piece(SURE, date(2022, 1, 1), date(2023, 12, 31)),)
    assert (bar.begins, bar.ends) == (True, True)


def test_a_vague_bound_is_possible_on_its_days() -> None:
    bar = bar_of({**STATED, "start": bound("2022-01-01", "2022-12-31"), "end": bound("2023-12-31", None)}, DAY)
    assert bar.pieces == (
        Piece(POSSIBLE, date(2022, 1, 1), date(2022, 12, 31)), Piece(SURE, date(2022, 12, 31), date(2023, 12, 31)),
        Piece(POSSIBLE, date(2023, 12, 31), None),
    )  # fmt: skip


@pytest.mark.parametrize("basis", ["ATTESTED", "INHERITED", None])
def test_a_bound_that_no_source_states_is_no_beginning_and_no_end(basis: str | None) -> None:
    bar = bar_of({**STATED, "startBasis": basis, "endBasis": basis}, DAY)
    assert (bar.begins, bar.ends) == (False, False)


def test_what_is_attested_and_still_holds_is_certain_until_the_day_and_possible_after_it() -> None:
    bar = bar_of(period(attested=bound("2023-06-07", "2023-09-22"), startBasis="ATTESTED", contains="YES"), DAY)
    assert [piece.kind for piece in bar.pieces] == [POSSIBLE, SURE, POSSIBLE]
    assert bar.pieces[1] == Piece(SURE, date(2023, 9, 22), DAY)
    assert bar.pieces[2].last is None


def test_what_was_attested_on_some_day_of_several_is_certain_on_none_of_them() -> None:
    bar = bar_of(period(attested=bound("2015-01-01", "2026-07-29"), startBasis="ATTESTED"), DAY)
    assert bar.pieces == (Piece(POSSIBLE, date(2015, 1, 1), None),)


def test_a_plan_is_never_certain() -> None:
    assert SURE not in {piece.kind for piece in bar_of({**STATED, "isPlanned": True}, DAY).pieces}


@pytest.mark.parametrize(("status", "kind"), [("UNKNOWN", OPTION), ("OPEN", OPTION), ("EXERCISED", SURE), ("LAPSED", None)])
def test_an_option_is_hatched_until_a_source_confirms_it_and_gone_once_it_lapsed(status: str, kind: str | None) -> None:
    pieces = bar_of(STATED, DAY, [option(1, 2024, status)]).pieces[1:]
    assert [piece.kind for piece in pieces] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2023-06-01", ("2023-12-31", 0)), ("2023-12-31", ("2023-12-31", 0)), ("2024-01-01", ("2024-12-31", 1)), ("2026-01-01", None)],
)
def test_the_next_end_is_that_of_the_firm_term_or_of_an_option(day: str, expected: tuple[str, int] | None) -> None:
    found = next_end({"period": STATED, "options": [option(1, 2024), option(2, 2025, "LAPSED")]}, date.fromisoformat(day))
    assert found == (expected and (date.fromisoformat(expected[0]), expected[1]))


@given(st.dates(date(2015, 1, 1), date(2040, 12, 31)))
def test_a_year_after_a_day_is_the_same_day_of_the_next_year(day: date) -> None:
    after = a_year_after(day)
    assert 365 <= (after - day).days <= 366 or (day.month, day.day) == (2, 29)
    assert (after.year, after.month) == (day.year + 1, day.month)
