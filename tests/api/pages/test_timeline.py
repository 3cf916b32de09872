"""The timeline: every bar has the days of the API, and what is not stated is not drawn as if it were."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from api.pages.pictures.periods import LEFT, RIGHT, WIDTH, axis_of
from tests.api.pages.conftest import Read
from tests.api.pages.pictures.parsed import SVG, answer, links, picture, texts

DAYS = ["2021-06-01", "2024-01-01"]
BOUNDS = """startBasis endBasis isPlanned contains(date: "{day}")
  start {{ earliest latest label }} end {{ earliest latest label }} attested {{ earliest latest label }}"""


def bars(drawn: ElementTree.Element) -> list[tuple[str, str, list[tuple[str, str | None, str | None]]]]:
    """Returns the address, the words and the pieces of each bar: kind, first day, last day."""
    found = []
    for link in drawn.iter(f"{SVG}a"):
        pieces = [
            (piece.get("class", "").rpartition("-")[2], piece.get("data-first"), piece.get("data-last"))
            for piece in link.iter(f"{SVG}rect")
        ]
        if pieces:
            found.append((link.attrib["href"].partition("?")[0], link.findtext(f"{SVG}title", ""), pieces))
    return found


def periods(read: Read, ref: str, day: str) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Returns the periods that the API tells of contracts and memberships, by address of the thing and its name."""
    bounds = BOUNDS.format(day=day)
    contract = f"uri name period {{ {bounds} }} options {{ number status period {{ startDate endDate }} }}"
    entity = answer(
        read,
        f'{{ entity(ref: "{ref}", asOf: "{day}") {{ ... on Organization {{ memberships(during: {{}}, first: 100) {{ nodes {{'
        f" organization {{ uri name }} memberDuring {{ {bounds} }} }} }} }} ... on Contract {{ {contract} }}"
        f" ... on Region {{ contracts(during: {{}}, first: 100) {{ nodes {{ {contract} }} }} }}"
        f" ... on Municipality {{ contracts(during: {{}}, first: 100) {{ nodes {{ {contract} }} }} }} }} }}",
    )["entity"]
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for each in [*entity.get("contracts", {"nodes": []})["nodes"], *([entity] if "period" in entity else [])]:
        found.setdefault(thing(each), []).append({**each["period"], "options": each["options"]})
    for each in entity.get("memberships", {"nodes": []})["nodes"]:
        found.setdefault(thing(each["organization"]), []).append({**each["memberDuring"], "options": []})
    return found


def thing(each: dict[str, Any]) -> tuple[str, str]:
    type_, slug = each["uri"].removeprefix("urn:regiograaf:").split(":")
    return f"/id/{type_}/{slug}", each["name"]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("ref", ["region/zaanstreek-waterland", "municipality/purmerend", "contract/zawa-2022"])
def test_every_bar_has_the_days_of_the_api(read: Read, ref: str, day: str) -> None:
    drawn = [bar for bar in bars(picture(read(f"/tijdlijn?entity={ref}&asOf={day}").text)) if bar[0] != f"/id/{ref}" or "contract" in ref]
    api = periods(read, ref, day)
    assert sorted(address for address, *_ in drawn) == sorted(address for (address, _), several in api.items() for _ in several)
    for (address, name), several in api.items():
        mine = [(words, pieces) for other, words, pieces in drawn if other == address]
        for period in several:
            assert any(agrees(period, name, words, pieces) for words, pieces in mine), (name, period, mine)


def agrees(period: dict[str, Any], name: str, words: str, pieces: list[tuple[str, str | None, str | None]]) -> bool:
    """True if a bar says what a period of the API says: its stated bounds in words and as days, its options, and no more certainty."""
    start, end = period["start"] or {}, period["end"] or {}
    firm = [piece for piece in pieces if piece[0] != "option"]
    left_open = [option["period"] for option in period["options"] if option["status"] not in ("LAPSED", "EXERCISED")]
    sure = [piece for piece in firm if piece[0] == "sure"]
    return all((
        words.startswith(f"{name}: "),
        period["startBasis"] != "STATED" or (f"begin {start['label']}" in words and firm[0][1] == start["earliest"]),
        period["startBasis"] == "STATED" or "onbekend" in words or "geen eigen begin" in words,
        period["endBasis"] != "STATED" or (f"einde {end['label']}" in words and firm[-1][2] == end["latest"]),
        end or ("einde onbekend" in words and firm[-1][2] is None),
        [(first, last) for kind, first, last in pieces if kind == "option"] == [(each["startDate"], each["endDate"]) for each in left_open],
        not (period["isPlanned"] and sure),
        not sure or period["startBasis"] != "STATED" or (sure[0][1] or "") >= start["latest"],
        not sure or period["endBasis"] != "STATED" or (sure[-1][2] or "") <= end["earliest"],
    ))  # fmt: skip


def test_days_stand_where_they_belong_on_the_axis(read: Read) -> None:
    drawn = picture(read("/tijdlijn?entity=contract/zawa-2022&asOf=2024-01-01").text)
    rects = {rect.get("data-first"): rect for rect in drawn.iter(f"{SVG}rect") if rect.get("data-first")}
    years = [float(rects[f"{year}-01-01"].attrib["x"]) for year in (2022, 2024, 2025, 2026)]
    a_day = (years[1] - years[0]) / 730
    assert years[2] - years[1] == pytest.approx(366 * a_day, abs=0.2)
    assert years[3] - years[2] == pytest.approx(365 * a_day, abs=0.2)
    assert float(rects["2022-01-01"].attrib["width"]) == pytest.approx(years[1] - years[0], abs=0.2)


def test_the_axis_has_the_day_and_goes_no_further_than_it_can_be_read() -> None:
    axis = axis_of(date(2024, 1, 1), [date(1999, 1, 1), date(2031, 6, 1)])
    assert (axis.first, axis.last) == (date(2012, 1, 1), date(2032, 1, 1))
    assert (axis.x(date(1999, 1, 1)), axis.x(date(2040, 1, 1))) == (LEFT, WIDTH - RIGHT)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2023-06-07", "de vaste looptijd eindigt op 31 december 2023"),
        ("2024-01-01", "mogelijke verlenging 1 eindigt op 31 december 2024"),
        ("2022-06-01", None),
    ],
)
def test_what_ends_within_a_year_is_marked_and_listed(read: Read, day: str, sentence: str | None) -> None:
    page = read(f"/tijdlijn?entity=contract/zawa-2022&asOf={day}").text
    soon = page.partition('id="soon"')[2].partition("</section>")[0]
    if sentence is None:
        assert "Van geen contract is bekend" in soon
        assert "loopt af binnen 12 maanden" not in " ".join(texts(picture(page)))
    else:
        assert sentence in soon
        assert any("loopt af binnen 12 maanden" in each for each in texts(picture(page)))


def test_the_merger_of_beemster_is_a_mark_that_leads_to_its_line(read: Read) -> None:
    page = read("/tijdlijn?entity=Beemster&asOf=2021-06-01").text
    merger = next((address, name) for address, name in links(picture(page)) if "Beemster gaat op in Purmerend" in name)
    assert merger[1].endswith("1 januari 2022")
    assert f'id="{merger[0].removeprefix("#")}"' in page


@pytest.mark.parametrize("ref", ["region/zaanstreek-waterland", "Beemster"])
def test_every_event_of_the_api_is_on_the_page_and_first_mentions_are_folded_away(read: Read, ref: str) -> None:
    page = html.unescape(read(f"/tijdlijn?entity={ref}&asOf=2024-01-01").text)
    for event in answer(read, f'{{ timeline(entity: "{ref}") {{ kind label date {{ label }} }} }}')["timeline"]:
        if event["kind"] == "FIRST_NAMED":
            assert f"<li>{event['date']['label']}: {event['label']}</li>" in page
        elif not event["kind"].startswith("CONTRACT_"):
            assert re.search(rf"<td>{re.escape(event['date']['label'])}</td><th scope=\"row\">{re.escape(event['label'])}", page)


def test_the_same_timeline_is_the_same_bytes_and_carries_day_and_address(read: Read) -> None:
    address = "/tijdlijn?region=JZ09&asOf=2024-01-01"
    first, second = (read(address).text for _ in range(2))
    assert first == second
    assert address in texts(picture(first))
    assert "peildatum 1 januari 2024" in texts(picture(first))


def test_what_is_not_in_the_data_is_told_so(read: Read) -> None:
    assert read("/tijdlijn?entity=atlantis").status_code == 404
