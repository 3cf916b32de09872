"""Instants as texts sort as the instants do, and read back as the same instant."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates.instant import sortable
from tests.graph.worlds import examples

ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 28), timezones=ZONES)  # noqa: DTZ001  (the strategy gives them a zone)


@given(INSTANTS, INSTANTS)
@examples(200)
def test_instants_sort_as_texts(one: datetime, other: datetime) -> None:
    first, second = sortable(one.isoformat()), sortable(other.isoformat())
    assert (first < second, first == second) == (one < other, one == other)
    assert datetime.fromisoformat(first) == one


@pytest.mark.parametrize(
    "text", ["2026-01-01", "2026-01-01T00:00:00", "yesterday", "", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"]
)
def test_what_is_no_instant_with_an_offset_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        sortable(text)
