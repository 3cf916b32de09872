"""The map says of every municipality what the API says, with the outlines of the day or of the nearest day that has any."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.api.pages.conftest import Read
from tests.api.pages.pictures.parsed import SVG, answer, links, picture, texts

DAYS = ["2021-06-01", "2022-01-01", "2023-06-01", "2026-06-01"]
DYSLEXIA = "collaboration/dyslexie"


def told(drawn: ElementTree.Element) -> dict[str, tuple[str, str]]:
    """Returns the pattern and the words of each municipality on a map, by its slug."""
    found = {}
    for group in drawn.iter(f"{SVG}g"):
        if marked := re.fullmatch(r"rg-area rg-edge-(\w+)", group.get("class", "")):
            assert group.get("fill") == f"url(#rg-fill-{marked[1]})"
            for address, name in links(group):
                found[address.partition("?")[0].rpartition("/")[2]] = (marked[1], name)
    return found


def slug(thing: dict[str, Any]) -> str:
    return str(thing["uri"]).rpartition(":")[2]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("region", "function"), [("JZ09", "zawa-b"), ("PV27", "dyslexie")])
def test_every_municipality_has_the_status_and_reason_of_the_api(read: Read, region: str, function: str, day: str) -> None:
    page = read(f"/kaart?region={region}&function={function}&asOf={day}").text
    cells = answer(
        read,
        f'{{ coverageMatrix(region: "{region}", functions: ["{function}"], asOf: "{day}")'
        " { cells { municipality { uri name } status statusLabel reasonLabels } } }",
    )["coverageMatrix"]["cells"]
    expected = {}
    for cell in cells:
        reasons = f" ({', '.join(cell['reasonLabels'])})" if cell["reasonLabels"] else ""
        expected[slug(cell["municipality"])] = (cell["status"].lower(), f"{cell['municipality']['name']}: {cell['statusLabel']}{reasons}")
    drawn = picture(page)
    assert told(drawn) == expected
    for label in {cell["statusLabel"] for cell in cells}:  # the legend has the words, and how many
        assert f"{label} ({sum(cell['statusLabel'] == label for cell in cells)})" in texts(drawn)
    rows = re.findall(r'<th scope="row"><a href="/id/municipality/([^"?]+)', page)
    assert sorted(rows) == sorted(expected)


@pytest.mark.parametrize("day", ["2021-06-01", "2023-06-01", "2026-06-01"])
def test_who_takes_part_is_who_takes_part_in_the_api(read: Read, day: str) -> None:
    drawn = told(picture(read(f"/kaart?region=PV27&organization={DYSLEXIA}&asOf={day}").text))
    asked = f'nodes {{ takesPart member {{ __typename uri }} memberDuring {{ contains(date: "{day}") }} }}'
    found = answer(
        read,
        f'{{ organization(ref: "{DYSLEXIA}", asOf: "{day}") {{ members(first: 100) {{ completeness {asked} }}'
        f" excluded: members(filter: {{ takesPart: false }}, first: 100) {{ {asked} }} }} }}",
    )["organization"]
    members = {slug(each["member"]): each for each in found["members"]["nodes"] if each["member"]["__typename"] == "Municipality"}
    excluded = {slug(each["member"]) for each in found["excluded"]["nodes"]}
    for name, (status, _) in drawn.items():
        if name in members:
            assert status == ("covered" if members[name]["memberDuring"]["contains"] == "YES" else "uncertain"), name
        elif name in excluded:
            assert status == "excluded", name
        else:  # a region may take part for it; who is not named on a list that is not complete is unknown, not absent
            assert status in ("via", "uncertain", "unknown"), name
    assert {"amstelveen", "aalsmeer"} <= excluded or day < "2023"


def test_a_member_that_is_a_region_takes_part_for_its_municipalities(read: Read) -> None:
    drawn = told(picture(read("/kaart?region=JZ09&organization=noordje&asOf=2024-01-01").text))
    assert {status for status, _ in drawn.values()} == {"via"}
    assert all("via Zaanstreek-Waterland" in name for _, name in drawn.values())


@pytest.mark.parametrize(("day", "nearest"), [("2015-06-01", "1 januari 2019"), ("2031-01-01", "31 december 2026")])
def test_a_day_without_outlines_has_those_of_the_nearest_day_and_says_so(read: Read, day: str, nearest: str) -> None:
    page = read(f"/kaart?region=JZ09&function=zawa-b&asOf={day}").text
    assert f"De kaart toont de grenzen van {nearest}" in page
    drawn = picture(page)
    assert f"Grenzen van {nearest}" in texts(drawn)
    known = answer(read, f'{{ municipalities(region: "JZ09", asOf: "{day}", first: 50) {{ nodes {{ uri }} }} }}')["municipalities"]["nodes"]
    missing = {slug(each) for each in known} - told(drawn).keys()
    assert missing == ({"zeevang"} if day < "2016" else set())
    assert ("Deze gemeenten staan alleen in de tabel" in page) == bool(missing)


def test_a_day_with_outlines_has_its_own(read: Read) -> None:
    before, after = (picture(read(f"/kaart?region=JZ09&asOf={day}").text) for day in ("2021-12-31", "2022-01-01"))
    assert "beemster" in told(before)
    assert "beemster" not in told(after)
    assert not [text for text in texts(after) if text.startswith("Grenzen van")]


@pytest.mark.parametrize("query", ["asOf=2022-02-01", "function=dyslexie&asOf=2019-06-01", f"organization={DYSLEXIA}&asOf=2024-01-01"])
def test_the_whole_country_fits_on_a_page_with_every_municipality(read: Read, query: str) -> None:
    response = read(f"/kaart?{query}")
    assert len(response.content) <= 150_000
    day = query.rpartition("=")[2]
    total = answer(read, f'{{ municipalities(asOf: "{day}", first: 1) {{ totalCount }} }}')["municipalities"]["totalCount"]
    assert len(told(picture(response.text))) == total


def test_the_same_picture_is_the_same_bytes_and_carries_day_state_and_address(read: Read) -> None:
    address = "/kaart?region=JZ09&function=dyslexie&asOf=2023-06-01"
    first, second = (read(address).text for _ in range(2))
    assert first == second
    words = texts(picture(first))
    version = re.findall(r"dataVersion=([0-9a-f]+)", first)[0]
    assert any("op 1 juni 2023" in each and version in each for each in words)
    assert address in words
    assert "Grenzen: CBS en Kadaster, CC BY 4.0, vereenvoudigd" in words


def test_in_a_frame_links_open_outside_it(read: Read) -> None:
    page = read("/embed/kaart?region=JZ09&function=dyslexie&asOf=2023-06-01").text
    assert all(link.get("target") == "_top" for link in picture(page).iter(f"{SVG}a"))
    whole = picture(read("/kaart?region=JZ09&function=dyslexie&asOf=2023-06-01").text)
    assert told(picture(page)).keys() == told(whole).keys()


@pytest.mark.parametrize("query", ["region=atlantis", "function=toverij", "organization=niemand"])
def test_what_is_not_in_the_data_is_told_so(read: Read, query: str) -> None:
    response = read(f"/kaart?{query}")
    assert response.status_code == 404
    assert "NOT_FOUND" in response.text


def test_a_body_that_is_no_collaboration_can_be_shown_too(read: Read) -> None:
    page = read("/kaart?region=JZ09&organization=BJ42&asOf=2024-01-01").text
    assert told(picture(page))["purmerend"][0] == "covered"
    assert told(picture(page))["zaanstad"][0] == "via"


def test_a_choice_of_the_form_is_never_ambiguous(read: Read) -> None:
    page = read("/kaart?region=JZ09&asOf=2024-01-01").text
    values = re.findall(r'<option value="([^"]+)"', page)
    assert {"region/utrecht", "region/drenthe", "dyslexie", "collaboration/veiligheidsregio-utrecht"} <= set(values)
    assert len(values) == len(set(values))
    for query in ("region=region/utrecht", "region=region/drenthe", "region=JZ09&organization=collaboration/veiligheidsregio-utrecht"):
        response = read(f"/kaart?{query}&asOf=2024-01-01")
        assert response.status_code == 200
        assert response.text.count(" selected>") == query.count("=")
