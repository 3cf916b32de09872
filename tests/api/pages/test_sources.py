"""Bronnen: each source with its dates, its licence and what was left out; and all that one source says, a page at a time."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import quote

import pytest

from api.pages.sources import OF_EVENTS
from graph.domain.predicates import PREDICATES
from tests.api.conftest import Client
from tests.api.pages.conftest import Read

QUESTION = """query($lang: Language) { sources {
  id title kind publisher licence readOn publishedOn { label(lang: $lang) } writtenReason(lang: $lang) claims(first: 1) { totalCount }
  leftOut { section text(lang: $lang) reasonLabel(lang: $lang) }
} }"""


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.mark.parametrize(("path", "lang"), [("/bronnen", "NL"), ("/en/sources", "EN")])
def test_the_page_tells_all_that_the_api_tells_of_each_source(read: Read, loaded_client: Client, path: str, lang: str) -> None:
    text = plain(read(path).text)
    for source in loaded_client.ask(QUESTION, {"lang": lang}).json()["data"]["sources"]:
        told = [
            source["title"],
            source["publisher"],
            source["licence"],
            source["writtenReason"],
            (source["publishedOn"] or {}).get("label"),
        ]
        told += [part for each in source["leftOut"] for part in (each["section"], each["text"], each["reasonLabel"])]
        for part in filter(None, told):
            assert " ".join(part.split()) in text


def test_documents_stand_before_registries_and_the_latest_first(read: Read) -> None:
    text = read("/bronnen").text
    headings = [plain(heading) for heading in re.findall(r"<h2[^>]*>(.*?)</h2>", text, re.DOTALL)]
    assert headings == ["5 documenten", "4 registers", "2 gegevenssets"]
    titles = [plain(title) for title in re.findall(r"<h3[^>]*>(.*?)</h3>", text, re.DOTALL)]
    assert titles.index("Regiovisie jeugdhulp Zaanstreek-Waterland") < titles.index(
        "Gezamenlijk persbericht over de nieuwe aanbesteding specialistische jeugdhulp"
    )


def test_what_nobody_says_is_told_as_unknown(read: Read) -> None:
    text = plain(read("/bronnen").text)
    assert "De bron noemt geen licentie." in text
    assert "zonder datum; geschreven tussen 7 juni 2023 en 22 september 2023" in text


def claims_of(client: Client, source: str, **variables: Any) -> list[dict[str, Any]]:
    question = """query($source: Ref, $predicate: [ClaimPredicate!], $about: Ref, $text: String, $after: String) {
      claims(source: $source, predicate: $predicate, about: $about, text: $text, first: 50, after: $after) {
        totalCount nodes { id subject { name } predicateLabel } }
    }"""
    nodes: list[dict[str, Any]] = client.ask(question, {"source": source, **variables}).json()["data"]["claims"]["nodes"]
    return nodes


@pytest.mark.parametrize("source", ["source/regiovisie-zawa", "source/persbericht-2021", "source/cbs-gebieden"])
def test_the_page_of_a_source_has_its_claims_in_the_order_of_the_api(read: Read, loaded_client: Client, source: str) -> None:
    shown = re.findall(r'<tr id="(claim-[^"]+)"', read(f"/bronnen?source={source}").text)
    expected = claims_of(loaded_client, source, predicate=[name for name in PREDICATES if name not in OF_EVENTS])
    assert shown == [re.sub("[/:@]", "-", claim["id"]) for claim in expected]


def test_all_pages_of_a_source_have_every_claim_once(read: Read) -> None:
    address, shown, pages = "/bronnen?source=source/persbericht-2021", list[str](), 0
    while address:
        text = read(address).text
        shown += re.findall(r'<tr id="(claim-[^"]+)"', text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        address, pages = html.unescape(following[1]) if following else "", pages + 1
    assert pages > 1
    assert len(shown) == len(set(shown))
    (total,) = re.findall(r"<strong>(\d+) uitspraken\.</strong>", read("/bronnen?source=source/persbericht-2021").text)
    assert len(shown) == int(total)


@pytest.mark.parametrize("filters", [{"about": "JZ09"}, {"text": "wachtlijst"}, {"predicate": "figure"}])
def test_a_reader_may_look_for_a_thing_a_word_or_a_kind(read: Read, loaded_client: Client, filters: dict[str, str]) -> None:
    asked: dict[str, Any] = {name: [value] if name == "predicate" else value for name, value in filters.items()}
    usual = {"predicate": [name for name in PREDICATES if name not in OF_EVENTS]}
    expected = claims_of(loaded_client, "source/regiovisie-zawa", **{**usual, **asked})
    pairs = "".join(f"&{name}={quote(value)}" for name, value in filters.items())
    text = read(f"/bronnen?source=source/regiovisie-zawa{pairs}").text
    assert len(re.findall(r'<tr id="claim-', text)) == len(expected)


@pytest.mark.parametrize(
    ("parameters", "status", "code"),
    [
        ("source=nergens", 404, "NOT_FOUND"),
        ("source=source/regiovisie-zawa&about=Nergenshuizen", 404, "NOT_FOUND"),
        ("source=source/regiovisie-zawa&predicate=x", 400, "BAD_VARIABLES"),
        ("source=source/regiovisie-zawa&after=x", 400, "BAD_CURSOR"),
    ],
)
def test_what_cannot_be_shown_is_told_with_a_remedy(read: Read, parameters: str, status: int, code: str) -> None:
    response = read(f"/bronnen?{parameters}")
    assert (response.status_code, code in response.text) == (status, True)


def test_what_is_not_found_in_a_source_is_not_told_as_not_being_there(read: Read) -> None:
    text = plain(read("/bronnen?source=source/persbericht-2021&text=zzzzzz").text)
    assert "Dat wil niet zeggen dat de bron er niets over zegt" in text
