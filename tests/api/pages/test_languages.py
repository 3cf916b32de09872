"""What a page says in another language than its own carries that language, for whoever has it read aloud."""

from __future__ import annotations

from datetime import date
from functools import cache
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any, cast

import pytest

from api.answer import Answers
from api.pages.address import Address
from api.pages.provenance.claims import said_by
from api.pages.provenance.notes import Notes
from api.pages.search import hit
from api.pages.things.blocks import Desk
from api.pages.visit import Visit
from graph.domain.languages import LANGUAGES
from seeds.check import dataset
from tests.api.pages.conftest import Read, addresses

ENGLISH = [str(one.values[0]) for one in addresses() if str(one.values[0]).startswith("/en")]
MORE = [
    "/en/sources?source=source/regiovisie-zawa", "/en/id/region/zaanstreek-waterland", "/en/id/contract/zawa-2022",
    "/en/id/collaboration/noordje", "/en/map?organization=collaboration/noordje", "/en/network?ref=dyslexie-inkoop",
]  # fmt: skip


class Outside(HTMLParser):
    """Gathers the texts of a page that stand outside anything in Dutch."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str | None]] = []
        self.texts: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "br", "hr", "img"):
            self.open.append((tag, dict(attrs).get("lang")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if next((lang for _, lang in reversed(self.open) if lang), "en") != "nl":
            self.texts.add(data.strip(" ,\n"))


@cache
def in_dutch_only() -> frozenset[str]:
    """Returns the places and titles of sources: sources write them in Dutch, and nobody translates them."""
    data = dataset()
    places = {claim.locator.section for claim in data.claims.values()} | {
        one.section for each in data.sources.values() for one in each.left_out
    }
    return frozenset(place for place in places | {each.publisher for each in data.sources.values()} if place and " " in place)


@pytest.mark.parametrize("path", [*ENGLISH, *MORE])
def test_no_place_in_a_source_stands_on_an_english_page_without_its_language(read: Read, path: str) -> None:
    response = read(f"{path}{'&' if '?' in path else '?'}asOf=2024-01-01")
    assert response.status_code in (200, 404)
    outside = Outside()
    outside.feed(response.text)
    assert outside.texts & in_dutch_only() == set()


def visit(key: str) -> Visit:
    language = next(one for one in LANGUAGES if one.key == key)
    return Visit(cast("Answers", SimpleNamespace()), Address("sources", language, {}, {}), date(2026, 11, 21))


@pytest.mark.parametrize(
    ("page", "text", "dutch", "lang"),
    [
        ("en", "Een instelling ontbreekt.", "Een instelling ontbreekt.", "nl"),  # nobody wrote it in English
        ("en", "One is missing.", "Een instelling ontbreekt.", None),
        ("nl", "Een instelling ontbreekt.", "Een instelling ontbreekt.", None),
    ],
)
def test_a_remark_that_is_there_in_dutch_only_says_so(page: str, text: str, dutch: str, lang: str | None) -> None:
    desk = Desk(visit(page), Notes(visit(page)))
    (cell,) = desk.completeness({"completeness": "INCOMPLETE", "remark": text, "dutchRemark": dutch})
    assert (cell.parts[1].text, cell.parts[1].lang) == (text, lang)
    said = said_by(visit(page), claim(summary=text, dutchSummary=dutch))
    assert (said.remark, said.remark_language) == (text, lang)


@pytest.mark.parametrize("page", ["nl", "en"])
def test_a_text_that_nobody_gave_has_no_language(page: str) -> None:
    desk = Desk(visit(page), Notes(visit(page)))
    assert desk.prose({"purpose": None, "dutchPurpose": None}, "purpose", "…").lang is None
    assert desk.completeness({"completeness": "UNKNOWN", "remark": None, "dutchRemark": None})[0].parts[0].lang is None
    assert said_by(visit(page), claim(summary=None, dutchSummary=None)).remark_language is None


@pytest.mark.parametrize(
    ("page", "name", "matched", "kind", "lang"),
    [
        ("nl", "Een thuis voor Noordje", "A home for Noordje", "NAME", "en"),
        ("en", "A home for Noordje", "Een thuis voor Noordje", "NAME", "nl"),
        ("nl", "Een thuis voor Noordje", "Een thuis voor Noordje", "NAME", None),
        ("nl", "Zaanstad", "GM0479", "CODE", None),
    ],
)
def test_a_name_that_is_found_in_the_other_language_says_so(page: str, name: str, matched: str, kind: str, lang: str | None) -> None:
    node = {"__typename": "Collaboration", "uri": "urn:regiograaf:collaboration:noordje", "name": name, "kindLabel": "…"}
    row = hit(visit(page), {"node": node, "matchedText": matched, "matchedKind": kind, "existsOnDay": "YES", "supersededBy": []})
    assert (row[2].parts[0].text, row[2].parts[0].lang) == (matched, lang)


def claim(**more: Any) -> dict[str, Any]:
    return {
        "id": "claim/A-1", "predicate": "practice", "predicateLabel": "", "figure": None, "validity": None, "locator": None,
        "value": {"__typename": "TextValue", "text": "Zo.", "lang": "NL"}, "subject": {"uri": "urn:regiograaf:region:a", "name": "A"},
        "source": {"id": "source/s", "title": "S"}, **more,
    }  # fmt: skip
