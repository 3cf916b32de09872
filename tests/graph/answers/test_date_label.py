"""Vague dates and numbers in words, in every language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.answers.date_label import count_label, label, number_label, span_label
from graph.dates.edtf import NotADate, parse
from tests.graph.worlds import examples


@pytest.mark.parametrize(
    ("text", "dutch", "english"),
    [
        ("2023-06-01", "1 juni 2023", "1 June 2023"),
        ("2023-06", "juni 2023", "June 2023"),
        ("2023", "2023", "2023"),
        ("2022-12~", "omstreeks december 2022", "about December 2022"),
        ("2022-12-31~", "omstreeks 31 december 2022", "about 31 December 2022"),
        ("2015?", "vermoedelijk 2015", "presumably 2015"),
        ("2021-21", "voorjaar 2021", "spring 2021"),
        ("2021-22", "zomer 2021", "summer 2021"),
        ("2021-23", "najaar 2021", "autumn 2021"),
        ("2021-24", "winter 2021", "winter 2021"),
        ("2021-23~", "omstreeks najaar 2021", "about autumn 2021"),
        ("2021-04-21/2021-04-30", "tussen 21 april 2021 en 30 april 2021", "between 21 April 2021 and 30 April 2021"),
        ("2021-12-31/..", "31 december 2021 of later", "31 December 2021 or later"),
        ("../2013", "2013 of eerder", "2013 or earlier"),
        ("2021~/2022", "tussen omstreeks 2021 en 2022", "between about 2021 and 2022"),
    ],
)
def test_a_date_is_said_as_people_write_it_in_both_languages(text: str, dutch: str, english: str) -> None:
    assert (label(text, "NL"), label(text, "EN")) == (dutch, english)


@examples(200)
@given(st.text(st.sampled_from("0123456789-/.~? "), max_size=22))
def test_every_date_has_words(text: str) -> None:
    try:
        parse(text)
    except NotADate:
        return
    assert label(text, "NL")
    assert label(text, "EN")


def test_what_is_no_date_has_no_words() -> None:
    with pytest.raises(NotADate):
        label("soon", "NL")


@pytest.mark.parametrize(
    ("number", "dutch", "english"),
    [
        (114.0, "114", "114"), (1234.5, "1.234,5", "1,234.5"), (59300000.0, "59,3 miljoen", "59.3 million"),
        (59312000.0, "59.312.000", "59,312,000"), (2000000.0, "2 miljoen", "2 million"), (900000.0, "900.000", "900,000"),
    ],
)  # fmt: skip
def test_a_number_is_said_as_people_write_it_in_both_languages(number: float, dutch: str, english: str) -> None:
    assert (number_label(number, "NL"), number_label(number, "EN")) == (dutch, english)


@pytest.mark.parametrize(
    ("number", "dutch", "english"),
    [(0, "nul", "zero"), (7.0, "zeven", "seven"), (20.0, "twintig", "twenty"), (21.0, "21", "21"), (7.5, "7,5", "7.5"), (-1, "-1", "-1")],
)
def test_a_number_of_things_is_said_in_words_up_to_twenty(number: float, dutch: str, english: str) -> None:
    assert (count_label(number, "NL"), count_label(number, "EN")) == (dutch, english)


@pytest.mark.parametrize(
    ("first", "last", "dutch", "english"),
    [
        ("2024-01-01", "2024-12-31", "1 januari tot en met 31 december 2024", "1 January through 31 December 2024"),
        ("2024-07-01", "2025-06-30", "1 juli 2024 tot en met 30 juni 2025", "1 July 2024 through 30 June 2025"),
        (
            "2024-01-01~",
            "2024-12-31",
            "omstreeks 1 januari 2024 tot en met 31 december 2024",
            "about 1 January 2024 through 31 December 2024",
        ),
        ("2024", "2024", "2024 tot en met 2024", "2024 through 2024"),
    ],
)
def test_a_period_says_once_the_year_that_both_its_days_share(first: str, last: str, dutch: str, english: str) -> None:
    assert (span_label(first, last, "NL"), span_label(first, last, "EN")) == (dutch, english)
