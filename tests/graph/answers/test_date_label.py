"""Vague dates and numbers in words, in every language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.answers.date_label import label, number_label
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
    [(114.0, "114", "114"), (59300000.0, "59.300.000", "59,300,000"), (1234.5, "1.234,5", "1,234.5")],
)
def test_a_number_is_said_as_people_write_it_in_both_languages(number: float, dutch: str, english: str) -> None:
    assert (number_label(number, "NL"), number_label(number, "EN")) == (dutch, english)
