"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.day import NoSuchDay, read_day
from graph.answers.date_label import label
from graph.domain.languages import LANGUAGES


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_a_day_is_read_in_each_way_of_writing_it(day: date) -> None:
    ways = [day.isoformat(), f"{day.day}-{day.month}-{day.year:04}", f"{day.day:02}/{day.month:02}/{day.year:04}"]
    ways += [label(day.isoformat(), each.code) for each in LANGUAGES]
    for text in ways:
        assert read_day(f" {text} ") == day


@pytest.mark.parametrize("text", ["", "morgen", "31-2-2022", "2022-13-01", "1-1-22", "januari 2022", "2022", "1-1-2022 of 2-1-2022"])
def test_anything_else_is_no_day(text: str) -> None:
    with pytest.raises(NoSuchDay):
        read_day(text)
