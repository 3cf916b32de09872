"""The parts of a picture."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.pictures.svg import STATUSES, element, legend, link, patterns, text, wrapped

SIGNS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=60)


@given(SIGNS, SIGNS)
def test_what_people_wrote_is_never_markup(name: str, words: str) -> None:
    made = link("/id/x?a=1&b=2", name, text(1, 2, words), class_=words)
    parsed = ElementTree.fromstring(made)
    assert parsed.findtext("title", "") == name
    assert parsed.findtext("text", "") == words
    assert parsed.attrib["href"] == "/id/x?a=1&b=2"


def test_numbers_are_short_and_what_is_none_is_left_out() -> None:
    assert element("rect", x=1.0, y=2.46, rx=None, stroke_width=3) == '<rect x="1" y="2.5" stroke-width="3"/>'


def test_every_status_has_a_pattern_of_its_own_and_all_are_told_by_more_than_colour() -> None:
    made = patterns(STATUSES)
    assert made.count("<pattern") == len(STATUSES)
    marks = [
        made.split(f'id="rg-fill-{status}"')[1].split("</pattern>")[0].partition(" d=")[2]
        for status in ("via", "uncertain", "gap", "unknown", "excluded")
    ]
    assert len({each.split('"')[1] for each in marks}) == len(marks)
    assert "geregeld (3)" in legend(0, 0, [("covered", "geregeld (3)")])


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=30), min_size=1, max_size=12), st.integers(4, 30), st.integers(1, 3))
def test_wrapped_text_fits_and_says_when_it_is_cut(parts: list[str], most: int, lines: int) -> None:
    words = " ".join(parts)
    cut = wrapped(words, most, lines)
    assert len(cut) <= lines
    assert all(len(line) <= most for line in cut)
    assert (" ".join(cut) == words) != any("…" in line for line in cut)


@pytest.mark.parametrize("words", ["", "Zaanstad"])
def test_what_fits_is_one_line(words: str) -> None:
    assert wrapped(words, 20, 2) == [words]
