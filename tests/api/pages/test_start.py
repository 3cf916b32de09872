"""The start page: a field to search in, the matrix of the region about which sources say most, three ways in, what is not known."""

from __future__ import annotations

import re
from html import unescape

import pytest

from graph.domain.words import COVERAGE_REASONS, COVERAGE_STATUSES
from tests.api.conftest import Client
from tests.api.pages.conftest import Read
from tests.api.pages.html import links, sections, shown

MATRIX = """query($d: Date) { coverageMatrix(region: "JZ09", asOf: $d, functions: ["zawa-a", "zawa-b", "zawa-c", "zawa-d", "zawa-v"]) {
  cells { municipality { name } function { name } status reasons }
} }"""


@pytest.mark.parametrize("day", ["2021-06-01", "2022-01-01", "2024-01-01", "2026-11-21"])
@pytest.mark.parametrize(("prefix", "lang"), [("", "NL"), ("en", "EN")])
def test_every_cell_says_municipality_function_day_status_and_reason_as_the_api_does(
    read: Read, loaded_client: Client, day: str, prefix: str, lang: str
) -> None:
    text = read(f"/{prefix}?asOf={day}").text
    cells = loaded_client.ask(MATRIX, {"d": day}).json()["data"]["coverageMatrix"]["cells"]
    labels = [unescape(label) for label in re.findall(r'<td><a class="rg-status rg-is-[A-Z_]+" href="[^"]+" aria-label="([^"]+)"', text)]
    assert len(labels) == len(cells)
    for cell in cells:
        name = f"{cell['municipality']['name']}, {segment(cell['function']['name'], lang)}, "
        (label,) = [one for one in labels if one.startswith(name)]
        reasons = ", ".join(COVERAGE_REASONS.name(reason, lang) for reason in cell["reasons"])
        assert label.endswith(f": {COVERAGE_STATUSES.name(cell['status'], lang)}, {reasons}")


def segment(name: str, lang: str) -> str:
    """Returns the name of a segment without that of its region."""
    plain = name.removesuffix(" (Zaanstreek-Waterland)")
    return plain if lang == "NL" else plain.replace("Verblijf", "Residence")


def test_a_cell_leads_to_its_place_in_the_coverage(read: Read) -> None:
    link = "/dekking?asOf=2024-01-01&region=zaanstreek-waterland&municipality=zaanstad&function=zawa-b"
    assert link in links(read("/?asOf=2024-01-01").text)


def test_what_is_not_known_stands_on_the_first_page(read: Read, loaded_client: Client) -> None:
    text = read("/?asOf=2024-01-01").text
    found = sections(text)
    assert "is voorbij: die liep tot en met 31 december 2023." in found["unconfirmed"].items[0]
    query = "{ conflicts(status: [OPEN], first: 3) { totalCount nodes { explanation } } }"
    conflicts = loaded_client.ask(query).json()["data"]["conflicts"]
    for one in conflicts["nodes"]:
        assert one["explanation"] in shown(text)
    assert f"Bekijk alle {conflicts['totalCount']} open tegenspraken" in shown(text)
    assert len(found["silent"].items) == 3


def test_what_ends_within_a_year_is_told_by_function_and_day(read: Read) -> None:
    ending = sections(read("/?asOf=2026-11-21").text)["ending"].items
    sentence = "verandert op 1 januari 2027 in 7 gemeenten. Geen bron noemt een opvolger."
    assert f"Segment B (Zaanstreek-Waterland): {sentence}" in ending
    quiet = sections(read("/?asOf=2024-01-01").text)["ending"]
    assert not quiet.items
    assert "Wat onbekend is, telt hier niet mee." in quiet.text


def test_there_are_three_ways_in(read: Read) -> None:
    text = read("/").text
    assert all(f"<h3>{door}</h3>" in text for door in ("Beleid en bestuur", "Ontwikkelaar", "Koppelen"))
    assert {"/dekking", "/tijdlijn", "/verschil", "/graphql"} <= set(links(text))
