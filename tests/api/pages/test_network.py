"""The network: every line is a connection of the API, the picture is the same every time, and what is left out is counted."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import unquote

import pytest

from tests.api.pages.conftest import Read
from tests.api.pages.pictures.parsed import SVG, answer, links, picture, texts

THINGS = [
    "region/zaanstreek-waterland",
    "municipality/zaanstad",
    "collaboration/dyslexie",
    "contract/zawa-2022",
    "contract/gi-current",
    "BJ42",
]
DAYS = ["2021-06-01", "2024-01-01"]
LINK = "nodes { roleLabel takesPart member { name } organization { name } memberDuring { contains(date: $d) } }"
LISTS = ("memberships", "notAMember", "members", "excluded")
CONTRACT = (
    "... on Contract { name status buyers { name } contractManager { name } collaboration { name } "
    f"suppliers(first: 25) {{ {LINK} }} }}"
)


def connections(read: Read, ref: str, day: str) -> set[tuple[str, str, str, str]]:
    """Returns who, role, what and certainty of all connections that the API tells of a thing."""
    contracts = "contracts(first: 25) { nodes { " + CONTRACT + " } }"
    own = " ".join(f"... on {type_} {{ {contracts} }}" for type_ in ("Municipality", "Region", "Collaboration", "Provider"))
    left_out = "(filter: { takesPart: false }, first: 100)"
    document = f"""{{ entity(ref: "{ref}", asOf: "{day}") {{ __typename ... on Organization {{
      memberships(first: 100) {{ {LINK} }} notAMember: memberships{left_out} {{ {LINK} }}
      members(first: 100) {{ {LINK} }} excluded: members{left_out} {{ {LINK} }} }}
      {own} {CONTRACT} }} }}""".replace("$d", f'"{day}"')
    entity = answer(read, document)["entity"]
    found = {membership(each) for name in LISTS for each in entity.get(name, {"nodes": []})["nodes"]}
    for contract in [*entity.get("contracts", {"nodes": []})["nodes"], *([entity] if entity["__typename"] == "Contract" else [])]:
        certainty = "zeker" if contract["status"] == "ACTIVE" else "onzeker"
        found |= {membership(each, contract["name"]) for each in contract["suppliers"]["nodes"]}
        found |= {(buyer["name"], "opdrachtgever", contract["name"], certainty) for buyer in contract["buyers"]}
        for field, role in (("contractManager", "contractbeheer"), ("collaboration", "samenwerking achter het contract")):
            if contract[field]:
                found.add((contract[field]["name"], role, contract["name"], certainty))
    return found


def membership(each: dict[str, Any], contract: str = "") -> tuple[str, str, str, str]:
    certain = "zeker" if each["memberDuring"]["contains"] == "YES" else "onzeker"
    return (
        each["member"]["name"],
        each["roleLabel"],
        contract or each["organization"]["name"],
        certain if each["takesPart"] else "doet uitdrukkelijk niet mee",
    )


def rows(page: str) -> set[tuple[str, str, str, str]]:
    cells = re.findall(
        r'<tr><th scope="row"><a[^>]*>(.*?)</a></th><td>(.*?)(?:<sup.*?)?</td><td><a[^>]*>(.*?)</a></td><td>.*?</td><td>(.*?)</td></tr>',
        page,
    )
    return {(html.unescape(who), html.unescape(role), html.unescape(what), certainty) for who, role, what, certainty in cells}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("ref", THINGS)
def test_every_line_is_a_connection_of_the_api_and_stands_in_the_table(read: Read, ref: str, day: str) -> None:
    page = read(f"/netwerk?ref={ref}&asOf={day}").text
    said = rows(page)
    api = connections(read, ref, day)
    assert said <= api
    name = html.unescape(re.findall(r"<h1>Netwerk van (.*?) <span", page)[0])
    assert {each for each in api if name in (each[0], each[2])} <= said  # all that touches the focus
    if not said:
        assert "Geen bron zegt er iets over" in page
        return
    styles = {"certain": "zeker", "uncertain": "onzeker", "excluded": "doet uitdrukkelijk niet mee"}
    drawn = set()
    for line in picture(page).iter(f"{SVG}path"):
        if title := line.findtext(f"{SVG}title"):
            drawn.add((title, styles[line.get("class", "").rpartition("-")[2]]))
    known = {sentence(each) for each in said}
    assert drawn <= known
    if "Kolom" not in page:
        assert drawn == known


def sentence(said: tuple[str, str, str, str]) -> tuple[str, str]:
    who, role, what, certainty = said
    if certainty == "doet uitdrukkelijk niet mee":
        return f"{who} doet uitdrukkelijk niet mee aan {what}", certainty
    return f"{who}, {role}: {what}{' (onzeker)' if certainty == 'onzeker' else ''}", certainty


@pytest.mark.parametrize("ref", THINGS)
def test_each_name_moves_the_focus_and_the_focus_leads_to_its_page(read: Read, ref: str) -> None:
    page = read(f"/netwerk?ref={ref}&asOf=2024-01-01").text
    addresses = [unquote(address) for address, _ in links(picture(page)) if address != "#table"]
    assert sum(address.startswith("/id/") for address in addresses) == 1
    assert all(
        re.fullmatch(r"/netwerk\?ref=\w+/[^&]+&asOf=2024-01-01|/id/\w+/[^?]+\?asOf=2024-01-01", unquote(each)) or "asOf" in each
        for each in addresses
    )
    other = next(each for each in addresses if each.startswith("/netwerk"))
    assert read(other).status_code == 200


def test_the_same_network_is_the_same_bytes_and_carries_day_and_address(read: Read) -> None:
    address = "/netwerk?ref=municipality%2Fzaanstad&asOf=2024-01-01"
    first, second = (read(address).text for _ in range(2))
    assert first == second
    assert address in texts(picture(first))
    assert any("op 1 januari 2024" in each for each in texts(picture(first)))


def test_what_does_not_fit_is_counted_and_stands_in_the_table(read: Read) -> None:
    page = read("/netwerk?ref=collaboration/dyslexie&asOf=2024-01-01").text
    names = {name.partition(",")[0] for _, name in links(picture(page))}
    left_out = {who for who, *_ in rows(page)} - names
    said = re.findall(r"Nog (\d+), in de tabel", page)
    assert left_out
    assert sum(map(int, said)) == 2 * len(left_out)  # once in the picture, once below it


def test_aalsmeer_and_amstelveen_expressly_do_not_take_part_in_dyslexia(read: Read) -> None:
    said = rows(read("/netwerk?ref=collaboration/dyslexie&asOf=2024-01-01").text)
    assert {who for who, *_, certainty in said if certainty == "doet uitdrukkelijk niet mee"} == {"Aalsmeer", "Amstelveen"}


def test_what_is_not_in_the_data_is_told_so(read: Read) -> None:
    assert read("/netwerk?ref=atlantis").status_code == 404
