"""Standaarden: the page says of each standard what was found, and explains each recommendation that is not followed."""

from __future__ import annotations

import html
import re

import pytest

from api.pages.standards.results import Result, results
from api.pages.standards.standards import IN_DUTCH
from api.pages.words import Words, own_texts
from graph.domain.languages import LANGUAGES
from tests.api.pages.conftest import Read

PAGES = [("/standaarden", LANGUAGES[0]), ("/en/standards", LANGUAGES[1])]


def shown(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.mark.parametrize(("path", "language"), PAGES, ids=["nl", "en"])
def test_every_result_stands_on_the_page_with_its_checker_its_day_and_the_file_that_is_wrong(
    read: Read, path: str, language: object
) -> None:
    """A law on all results, in the table and in the part of each standard."""
    text, words = read(path).text, Words(language)  # type: ignore[arg-type]
    rows = re.findall(r"<tr><th scope=\"row\"><a href=.*?</tr>", text)
    parts = dict(re.findall(r"<h2 id=\"([\w-]+)\"(.*?)</section>", text, re.DOTALL))
    assert (len(rows), list(parts)) == (len(results()), list(results()))
    for row, one in zip(rows, results().values(), strict=True):
        program, day = f"{one.checker} {one.checker_version}", words.day(one.date)
        for cell in (one.name, words(f"standards.checked.{one.key}"), program, day):
            assert cell in shown(row)
        part = shown(parts[one.key])
        for said in (one.checked, one.wrong, words.count("standards.errors", one.wrong_errors), program, day, one.specification):
            assert said in part
        assert all(rule.rpartition("/")[2] in part for rule in one.rules)


@pytest.mark.parametrize(("path", "language"), PAGES, ids=["nl", "en"])
def test_every_recommendation_that_is_not_followed_has_its_reason(read: Read, path: str, language: object) -> None:
    text, words = shown(read(path).text), Words(language)  # type: ignore[arg-type]
    warnings = [(key, name) for key, one in results().items() for name in one.warnings]
    assert warnings
    assert [name for key, name in warnings if words(f"standards.why.{key}.{name}") not in text] == []


def test_no_text_is_left_of_a_standard_or_a_recommendation_that_is_gone() -> None:
    for language in LANGUAGES:
        keys = [key.split(".") for key in own_texts(language) if re.match(r"standards\.(about|checked|remark|why)\.", key)]
        assert {key[2] for key in keys} == set(results())
        assert {(key[2], key[3]) for key in keys if key[1] == "why"} == {
            (key, name) for key, one in results().items() for name in one.warnings
        }


def test_a_name_in_english_says_so_on_a_dutch_page(read: Read) -> None:
    text = read("/standaarden").text
    for one in results().values():
        assert (f'<span lang="en">{one.name}</span>' in text) == (one.key not in IN_DUTCH)


def test_a_standard_without_numbers_has_the_day_of_its_rules(read: Read) -> None:
    dated: list[Result] = [one for one in results().values() if "-" in one.version]
    assert [one.key for one in dated] == ["api-design-rules", "shapes"]
    assert "API Design Rules van 18 mei 2026" in shown(read("/standaarden").text)
    assert "API Design Rules of 18 May 2026" in shown(read("/en/standards").text)
