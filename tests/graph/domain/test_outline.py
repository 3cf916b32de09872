"""Each day has one outline at most: of several the one that was read last."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from graph.domain.outline import Outline, in_turn

FIRST = date(2020, 1, 1)
spans = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6)), max_size=4)


@given(spans)
def test_on_each_day_the_last_outline_that_holds_is_drawn(given_: list[tuple[int, int]]) -> None:
    outlines = [
        Outline(FIRST + timedelta(start), FIRST + timedelta(start + length), lambda number=number: str(number))  # type: ignore[misc]
        for number, (start, length) in enumerate(given_)
    ]
    turns = list(in_turn(outlines))
    for offset in range(-1, 21):
        day = FIRST + timedelta(offset)
        holding = [each.draw() for each in outlines if each.first <= day <= each.last]
        assert [each.draw() for each in turns if each.first <= day <= each.last] == holding[-1:]
    assert turns == sorted(turns, key=lambda each: each.first)


def test_one_outline_stays_one_where_others_begin_and_end() -> None:
    whole = Outline(FIRST, date(2020, 12, 31), lambda: "whole")
    hidden = Outline(date(2020, 3, 1), date(2020, 5, 31), lambda: "hidden")
    assert list(in_turn([hidden, whole])) == [whole]
    assert [each.draw() for each in in_turn([whole, hidden])] == ["whole", "hidden", "whole"]
