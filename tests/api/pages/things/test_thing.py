"""The page of one thing says what the API says of it: who takes part, leads and speaks for whom, contracts, names, and what is unknown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import pytest

from graph.domain.model import TYPE_OF_PREFIX
from tests.api.conftest import Client
from tests.api.pages.conftest import Read
from tests.api.pages.html import links, sections, shown

DAYS = ["2021-06-01", "2022-01-01", "2024-01-01", "2026-11-21"]
ONE_OF_EACH = [
    "municipality/zaanstad", "region/zaanstreek-waterland", "collaboration/dyslexie", "provider/parlan", "publicbody/vng",
    "governancebody/bj42", "contract/zawa-2022", "procurement/zawa-2022", "function/dyslexie", "document/dvo-inkoop",
]  # fmt: skip
ORGANIZATIONS = [*ONE_OF_EACH[:6], "municipality/beemster", "collaboration/spuk", "collaboration/ben-nh", "region/amsterdam-amstelland"]
Api = Callable[..., Any]


@pytest.fixture
def api(loaded_client: Client) -> Api:
    """Answers of the API itself, which the pages are compared with."""

    def ask(query: str, **variables: Any) -> Any:
        body = loaded_client.ask(query, variables).json()
        assert "errors" not in body, body
        return body["data"]

    return ask


def page(read: Read, ref: str, day: str, more: str = "", prefix: str = "") -> str:
    response = read(f"{prefix}/id/{ref}?asOf={day}{more}")
    assert response.status_code == 200, response.text
    return str(response.text)


def test_every_type_of_thing_has_a_page() -> None:
    assert {ref.partition("/")[0] for ref in ONE_OF_EACH} == set(TYPE_OF_PREFIX) - {"event"}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("ref", ONE_OF_EACH)
def test_a_thing_is_shown_with_its_names_codes_and_what_is_not_known(read: Read, api: Api, ref: str, prefix: str) -> None:
    text = page(read, ref, "2024-01-01", prefix=prefix)
    lang = "EN" if prefix else "NL"
    query = """query($r: Ref!, $l: Language) { entity(ref: $r, asOf: "2024-01-01") {
      name(lang: $l) uri identifiers { id uri } alternateNames { name } conflicts(status: [OPEN]) { explanation(lang: $l) }
      claims(predicates: [incomplete], first: 100) { nodes { value { ... on TextValue { text } } } }
    } }"""
    thing = api(query, r=ref, l=lang)["entity"]
    assert f"<h1>{thing['name']}" in text.replace("&#39;", "'")
    assert thing["uri"] in text
    found, all_links = sections(text), links(text)
    named = [row[1] for row in found["names"].rows]
    for code in thing["identifiers"]:
        assert code["id"] in named
        assert code["uri"] is None or code["uri"] in all_links
    assert {other["name"] for other in thing["alternateNames"]} <= set(named)
    for claim in thing["claims"]["nodes"]:
        assert spaced(claim["value"]["text"]) in found["unknown"].items
    for conflict in thing["conflicts"]:
        assert spaced(conflict["explanation"]) in shown(text)


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("ref", ORGANIZATIONS)
def test_who_takes_part_is_what_the_api_says(read: Read, api: Api, ref: str, day: str) -> None:
    query = """query($r: Ref!, $d: Date) { organization(ref: $r, asOf: $d) {
      memberships(first: 100) { totalCount nodes { roleLabel organization { name } onBehalfOf { name } } }
      members(first: 100) { totalCount nodes { roleLabel member { name } onBehalfOf { name } } }
    } }"""
    expected = api(query, r=ref, d=day)["organization"]
    found = sections(page(read, ref, day))
    for key, side in (("memberships", "organization"), ("members", "member")):
        rows = found[key].rows[1:] if key in found else []
        assert sorted((row[0], row[2]) for row in rows) == sorted((one[side]["name"], role(one)) for one in expected[key]["nodes"])


def role(membership: Mapping[str, Any]) -> str:
    other = membership["onBehalfOf"]
    return f"{membership['roleLabel']} namens {other['name']}" if other else str(membership["roleLabel"])


@pytest.mark.parametrize("ref", ONE_OF_EACH)
def test_every_note_is_in_the_list_below_and_every_note_below_is_used(read: Read, ref: str) -> None:
    text = page(read, ref, "2024-01-01")
    used = [int(number) for number in re.findall(r'href="#note-(\d+)"', text)]
    listed = [int(number) for number in re.findall(r'<li id="note-(\d+)"', text)]
    assert list(dict.fromkeys(used)) == listed == list(range(1, len(listed) + 1)), "numbered in the order of the page"
    assert all("@" not in link for link in links(text) if "#source-" in link), "the place of a source carries no day"


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("ref", ["municipality/purmerend", "region/zaanstreek-waterland", "collaboration/dyslexie"])
def test_contracts_stand_in_the_order_in_which_they_end_with_their_status_and_options(read: Read, api: Api, ref: str, day: str) -> None:
    type_ = ref.partition("/")[0]
    query = f"""query($r: Ref!, $d: Date) {{ {type_}(ref: $r, asOf: $d) {{
      contracts(orderBy: [{{ field: END_DATE }}], first: 100) {{ nodes {{ name statusLabel options {{ number status }} }} }}
    }} }}"""
    contracts = api(query, r=ref, d=day)[type_]["contracts"]["nodes"]
    text = page(read, ref, day)
    section = sections(text)["contracts"]
    rows = section.rows[1:]
    assert [(row[0], row[1]) for row in rows] == [(one["name"], one["statusLabel"]) for one in contracts]
    shapes = re.findall(r'<span class="rg-status rg-is-([A-Z_]+)"><svg><use href="#s-\1"/></svg>', text)
    assert len(shapes) == len(contracts), "a shape stands beside the word"
    for row, one in zip(rows, contracts, strict=True):
        assert row[3].count("niet bevestigd") == sum(option["status"] == "UNKNOWN" for option in one["options"])


def test_a_list_goes_on_where_a_cursor_says(read: Read, api: Api) -> None:
    query = """{ organization(ref: "region/zaanstreek-waterland", asOf: "2024-01-01") {
      members(first: 3) { nodes { member { name } } pageInfo { endCursor } }
    } }"""
    first = api(query)["organization"]["members"]
    names = [row[0] for row in sections(page(read, "region/zaanstreek-waterland", "2024-01-01"))["members"].rows[1:]]
    cursor = quote(first["pageInfo"]["endCursor"])
    rest = sections(page(read, "region/zaanstreek-waterland", "2024-01-01", f"&after={cursor}"))["members"].rows[1:]
    assert sorted([*(row[0] for row in rest), *(one["member"]["name"] for one in first["nodes"])]) == sorted(names)


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/id/municipality/GM0370", "/id/municipality/beemster"),
        ("/id/region/zaanstad", "/id/municipality/zaanstad"),
        ("/en/id/organization/JZ09", "/en/id/region/zaanstreek-waterland"),
        ("/id/source/regiovisie-zawa", "/bronnen#source-regiovisie-zawa"),
    ],
)
def test_an_old_code_or_another_type_leads_to_the_page_of_the_thing(read: Read, address: str, target: str) -> None:
    response = read(f"{address}?asOf=2024-01-01")
    page_, _, place = target.partition("#")
    assert response.status_code == (303 if "/source/" in address else 302)  # a source has an address like a thing, and no page of its own
    assert response.headers["location"] == f"{page_}?asOf=2024-01-01{'#' if place else ''}{place}"


@pytest.mark.parametrize("address", ["/id/municipality/atlantis", "/id/x/y", "/en/id/function/nope"])
def test_what_is_not_in_the_data_is_a_page_that_says_so(read: Read, address: str) -> None:
    response = read(address)
    assert (response.status_code, response.headers["cache-control"]) == (404, "no-store")
    assert "NOT_FOUND" in response.text


def test_what_can_be_two_things_names_both(read: Read) -> None:
    response = read("/id/provider/waterland")
    assert response.status_code == 300
    assert "municipality/waterland" in response.text
    assert "region/waterland" in response.text


def test_the_strip_has_the_days_on_which_something_changes_for_the_thing(read: Read) -> None:
    text = page(read, "contract/zawa-2022", "2024-01-01")
    strip = text[text.index('class="rg-strip"') : text.index("</nav>", text.index('class="rg-strip"'))]
    assert re.findall(r"asOf=(\d{4}-\d\d-\d\d)", strip) == ["2022-01-01", "2022-01-01", "2025-01-01", "2026-01-01", "2025-01-01"]
    assert 'aria-current="date">1 januari 2024' in strip, "the firm term ended the day before"


def test_a_municipality_that_is_gone_says_what_came_in_its_place(read: Read) -> None:
    gone = page(read, "municipality/beemster", "2022-01-01")
    assert "Beemster bestaat niet op 1 januari 2022." in shown(gone)
    assert "/id/municipality/purmerend?asOf=2022-01-01" in links(gone)
    assert "/id/municipality/beemster?asOf=2021-12-31" in links(gone)
    assert "rg-notice" not in page(read, "municipality/beemster", "2021-12-31")


def test_links_between_things_lead_to_pages_that_are_there(read: Read) -> None:
    things = {link for link in links(page(read, "contract/dyslexie-2023", "2024-01-01")) if link.startswith("/id/") and "." not in link}
    assert len(things) > 10
    assert {link: read(link).status_code for link in things} == dict.fromkeys(things, 200)


# ── journeys ──────────────────────────────────────────────────────────────────────────────────────


def test_my_seven_municipalities_and_what_they_take_part_in(read: Read, api: Api) -> None:
    found = sections(page(read, "region/zaanstreek-waterland", "2024-01-01"))
    seven = "Edam-Volendam, Landsmeer, Oostzaan, Purmerend, Waterland, Wormerland, Zaanstad"
    assert found["facts"].facts["Gemeenten"] == f"7 gemeenten, {seven}"
    query = """{ region(ref: "JZ09", asOf: "2024-01-01") { municipalities(first: 100) { nodes { name
      memberships(first: 100) { nodes { organization { name } } } } } } }"""
    municipalities = api(query)["region"]["municipalities"]["nodes"]
    rows = {row[0]: row[2] for row in found["shared"].rows[1:]}
    for one in municipalities:
        for membership in one["memberships"]["nodes"]:
            who = rows[membership["organization"]["name"]]
            assert who == "alle 7 gemeenten" or one["name"] in who.split(", ")
    assert rows["Gezamenlijke inkoop dyslexie"] == "alle 7 gemeenten"
    assert rows["Samenwerking landsdeel Noord-Holland"] == "Zaanstad"


def test_who_leads_who_holds_the_account_and_who_speaks_for_us(read: Read) -> None:
    spoken = [row[:4] for row in sections(page(read, "region/zaanstreek-waterland", "2023-10-01"))["speaking"].rows[1:]]
    us = "Zaanstreek-Waterland"
    mandate = "wethouder Jeugd, bestuurlijk vertegenwoordiger met mandaat"
    assert ["Zaanstad", us, "Samenwerking landsdeel Noord-Holland", mandate] in spoken
    bj42 = ["Purmerend", us, "Bestuurlijk netwerk van de 42 jeugdzorgregio's", "wethouder (portefeuille niet genoemd) namens de regio"]
    assert bj42 in spoken
    assert ["Zaanstad", us, "niveau: landsdeel", "vertegenwoordiger"] in spoken
    spuk = sections(page(read, "collaboration/spuk", "2023-10-01"))
    assert spuk["leading"].items == ["Amsterdam – accounthoudende regio voor al deze gelden"]
    nobody = sections(page(read, "collaboration/ben-nh", "2023-10-01"))
    assert nobody["leading"].items == ["Geen bron zegt wie deze samenwerking trekt."]


def test_which_contract_ends_first_and_if_an_option_is_left(read: Read) -> None:
    found = sections(page(read, "region/zaanstreek-waterland", "2024-01-01"))["contracts"]
    assert found.rows[1][0] == "Contracten specialistische jeugdhulp Zaanstreek-Waterland 2022"
    assert "is voorbij: die liep tot en met 31 december 2023." in spaced(found.text)
    assert "Verlengen kan 3 keer, tot uiterlijk 31 december 2026. Geen bron bevestigt een verlenging." in spaced(found.text)
    before = sections(page(read, "region/zaanstreek-waterland", "2023-06-01"))["contracts"]
    assert "loopt vast tot en met 31 december 2023. Verlengen kan 3 keer" in spaced(before.text)
