"""Tegenspraken: the page says what the API says, both sides, with what counts and why."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import Any
from urllib.parse import quote

import pytest

from graph.domain.conflict import RULES
from graph.domain.words import CONFLICT_KINDS, CONFLICT_STATUSES
from graph.engines.bolt import Store
from tests.api.conftest import Client
from tests.api.pages.conftest import Read

QUESTION = """query($status: [ConflictStatus!], $kind: [ConflictKind!], $lang: Language) {
  conflicts(status: $status, kind: $kind, first: 100) { totalCount nodes {
    key status statusLabel(lang: $lang) kindLabel(lang: $lang) rule ruleLabel(lang: $lang) explanation(lang: $lang) chosen { id }
    subject { name(lang: $lang) } claims { id source { title } locator { section } }
  } }
}"""


def asked(client: Client, **variables: Any) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = client.ask(QUESTION, variables).json()["data"]["conflicts"]["nodes"]
    return nodes


def cards(text: str) -> dict[str, str]:
    """Returns the text of each contradiction on a page, by its number."""
    found = re.findall(r'<article class="rg-card rg-conflict" id="([^"]+)".*?</article>', text, re.DOTALL)
    parts = re.split(r'(?=<article class="rg-card rg-conflict")', text)[1:]
    return {key: " ".join(html.unescape(re.sub(r"<[^>]+>", " ", part)).split()) for key, part in zip(found, parts, strict=True)}


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("path", "lang"), [("/tegenspraken", "NL"), ("/en/contradictions", "EN")])
@pytest.mark.parametrize("filters", [{"status": status} for status in CONFLICT_STATUSES] + [{"kind": kind} for kind in CONFLICT_KINDS])
def test_the_page_tells_what_the_api_tells(read: Read, loaded_client: Client, path: str, lang: str, filters: dict[str, str]) -> None:
    expected = asked(loaded_client, lang=lang, **{name: [value] for name, value in filters.items()})
    address = f"{path}?{'&'.join(f'{name}={value}' for name, value in filters.items())}"
    text = read(address).text
    shown = cards(text)
    while following := re.search(r'rel="next" href="([^"]+)"', text):
        text = read(html.unescape(following[1])).text
        shown |= cards(text)
    assert list(shown) == [conflict["key"] for conflict in expected]
    for conflict in expected:
        card = shown[conflict["key"]]
        for part in (conflict["subject"]["name"], conflict["kindLabel"], conflict["statusLabel"], conflict["explanation"]):
            assert squeezed(part) in card
        for claim in conflict["claims"]:
            assert squeezed(claim["source"]["title"]) in card
            assert squeezed((claim["locator"] or {}).get("section") or "") in card
        counts = "Deze uitspraak telt" if lang == "NL" else "This statement counts"
        assert card.count(counts) == (1 if conflict["chosen"] else 0)
        if conflict["chosen"]:
            assert conflict["ruleLabel"] in card
        else:
            assert ("Niet beslist" if lang == "NL" else "Undecided") in card


def test_a_rule_is_told_in_words_and_never_by_its_code(read: Read) -> None:
    text = re.sub(r'<[^>]+>|"[^"]*"', " ", read("/tegenspraken?status=EXPLAINED").text)
    assert not [rule for rule in RULES if rule not in ("date",) and re.search(rf"\b{rule}\b", text)]
    assert "want haar bron is de nieuwste" in text


def test_the_sources_contradict_each_other_about_the_number_of_certified_institutions(read: Read) -> None:
    """The sixth journey: four are counted and three are named, and nobody says who the fourth is."""
    card = cards(read("/tegenspraken?kind=COUNT").text)["C-09"]
    assert "4 gecontracteerde gecertificeerde instellingen" in card
    assert "3 gecertificeerde instellingen die als gecontracteerd" in card
    assert "Welke vierde gecertificeerde instelling" in card
    assert "Regiovisie jeugdhulp Zaanstreek-Waterland" in card
    assert "open We weten niet wat klopt." in card
    assert "Niet beslist: niets geeft de doorslag." in card


def test_what_is_chosen_stands_first_and_what_is_denied_is_told_as_denied(read: Read) -> None:
    text = read("/tegenspraken?about=collaboration/dyslexie&status=EXPLAINED").text
    card = cards(text)["C-08"]
    assert "neemt uitdrukkelijk niet deel: Aalsmeer" in card
    assert card.index("Deze uitspraak telt") < card.index("niet deel")


def test_the_contradictions_about_one_thing_are_asked_by_any_reference(read: Read, loaded_client: Client) -> None:
    query = '{ entity(ref: "JZ09") { name conflicts { key } } }'
    entity = loaded_client.ask(query).json()["data"]["entity"]
    for reference in ("JZ09", "zaanstreek-waterland", "region/zaanstreek-waterland"):
        text = read(f"/tegenspraken?about={quote(reference)}").text
        assert f"Tegenspraken over {entity['name']}" in text
        assert list(cards(text)) == [conflict["key"] for conflict in entity["conflicts"]]


@pytest.mark.parametrize(
    ("parameters", "status", "code"),
    [
        ("about=Nergenshuizen", 404, "NOT_FOUND"),
        ("status=HALF", 400, "BAD_VARIABLES"),
        ("kind=x", 400, "BAD_VARIABLES"),
        ("after=x", 400, "BAD_CURSOR"),
    ],
)
def test_what_cannot_be_shown_is_told_with_a_remedy(read: Read, parameters: str, status: int, code: str) -> None:
    response = read(f"/tegenspraken?{parameters}")
    assert (response.status_code, code in response.text) == (status, True)


def test_where_nothing_is_found_nobody_says_that_all_is_certain(read: Read) -> None:
    text = read("/tegenspraken?status=RESOLVED").text
    assert "Met deze keuze kennen we geen tegenspraak. Dat wil niet zeggen dat alles zeker is." in text


def test_the_file_has_a_row_for_each_statement(read: Read, loaded_client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(read("/tegenspraken.csv?kind=COUNT").content.decode("utf-8-sig")), delimiter=";"))
    expected = asked(loaded_client, kind=["COUNT"], lang="NL")
    assert [row["Nummer"] for row in rows] == [conflict["key"] for conflict in expected for _ in conflict["claims"]]
    assert {row["Waarom"] for row in rows} == {conflict["ruleLabel"] for conflict in expected}


def test_a_statement_leads_to_itself_on_the_page_of_its_source(read: Read, loaded: Store) -> None:
    text = read("/tegenspraken?kind=COUNT").text
    links = [html.unescape(link) for link in re.findall(r'class="rg-claim-source"><a href="([^"]+)"', text)]
    assert links
    for link in links[:4]:
        address, _, place = link.partition("#")
        assert f'id="{place}"' in read(address).text
