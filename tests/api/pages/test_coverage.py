"""Dekking says of each municipality and form of care exactly what the API says, on one day or two, and is small and printable."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import pytest

from api.pages.coverage import MOST_DAYS, MOST_MUNICIPALITIES
from api.pages.matrix import SILENT
from graph.engines.bolt import Store
from tests.api.conftest import Client
from tests.api.pages.conftest import Read
from tests.api.pages.test_site import MOST_BYTES

ZAWA, AA = "zaanstreek-waterland", "amsterdam-amstelland"
MATRIX = """query($region: Ref, $functions: [Ref!], $asOf: Date, $lang: Language) {
  coverageMatrix(region: $region, functions: $functions, asOf: $asOf) { cells {
    municipality { name(lang: $lang) } function { name(lang: $lang) } status statusLabel(lang: $lang) reasons reasonLabels(lang: $lang)
    changesOn explanation(lang: $lang) conflicts { id }
  } }
}"""
ALL = "{ careFunctions { uri } }"
DAYS = {"2015-06-01": "1 juni 2015", "2021-06-01": "1 juni 2021", "2024-01-01": "1 januari 2024"}
Cell = Mapping[str, Any]
ANSWERED: dict[tuple[int, str, str, str], list[Cell]] = {}


@pytest.fixture
def api(loaded_client: Client, loaded: Store) -> Any:
    """Asks the API for the cells of a region on a day, as any client does; each question once in the run."""

    def cells(region: str, day: str, lang: str = "NL") -> list[Cell]:
        key = (id(loaded), region, day, lang)
        if key not in ANSWERED:
            ANSWERED[key] = asked(region, day, lang)
        return ANSWERED[key]

    def asked(region: str, day: str, lang: str) -> list[Cell]:
        functions = [function["uri"] for function in loaded_client.ask(ALL).json()["data"]["careFunctions"]]
        found: list[Cell] = []
        for at in range(0, len(functions), 5):
            variables = {"region": region, "functions": functions[at : at + 5], "asOf": day, "lang": lang}
            found += loaded_client.ask(MATRIX, variables).json()["data"]["coverageMatrix"]["cells"]
        return found

    return cells


def names_of(page: str) -> dict[tuple[str, str], str]:
    """Returns the accessible name of each cell, by municipality and function: the texts to which `aria-labelledby` refers, in its order."""
    texts = {id_: html.unescape(text) for id_, text in re.findall(r'id="(m\d+|f\d+|q\d+|d0?)">([^<]*)<', page)}
    found = {}
    for label in re.findall(r'<summary aria-labelledby="([^"]*)"', page):
        municipality, function, *_ = ids = label.split()
        found[texts[municipality], texts[function]] = " ".join(texts[id_] for id_ in ids)
    return found


def panels_of(page: str) -> dict[tuple[str, str], str]:
    """Returns what each cell has inside, by municipality and function."""
    inside = re.findall(r"</summary><div>(.*?)</div></details>", page, re.DOTALL)
    return dict(zip(names_of(page), inside, strict=True))


def text_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def named(cell: Cell, day: str, on: str = "op") -> str:
    return f"{on} {day}: {', '.join((cell['statusLabel'], *cell['reasonLabels']))}"


def silent(cells: list[Cell]) -> set[str]:
    """Returns the municipalities of which no cell says anything."""
    talking = {c["municipality"]["name"] for c in cells if c["status"] != "UNKNOWN" or not SILENT.issuperset(c["reasons"])}
    return {c["municipality"]["name"] for c in cells} - talking


@pytest.mark.parametrize("region", [ZAWA, AA])
@pytest.mark.parametrize("day", DAYS)
def test_the_name_of_each_cell_is_what_the_api_says(read: Read, api: Any, region: str, day: str) -> None:
    cells = api(region, day)
    expected = {
        (c["municipality"]["name"], c["function"]["name"]): f"{c['municipality']['name']} {c['function']['name']} {named(c, DAYS[day])}"
        for c in cells if c["municipality"]["name"] not in silent(cells)
    }  # fmt: skip
    page = read(f"/dekking?region={region}&asOf={day}&divisions=all")
    assert names_of(page.text) == expected
    assert len(page.content) <= MOST_BYTES


def test_the_name_of_each_cell_is_in_the_language_of_the_reader(read: Read, api: Any) -> None:
    names = names_of(read(f"/en/coverage?region={AA}&asOf=2023-06-01").text)
    answers = {(c["municipality"]["name"], c["function"]["name"]): c for c in api(AA, "2023-06-01", "EN")}
    assert names
    assert all(name.endswith(named(answers[place], "1 June 2023", "on")) for place, name in names.items())


@pytest.mark.parametrize("day", ["2022-01-01", "2024-01-01"])
def test_divisions_that_are_not_shown_are_named_and_say_nothing_here(read: Read, api: Any, day: str) -> None:
    page = read(f"/dekking?region={ZAWA}&asOf={day}").text
    shown = {function for _, function in names_of(page)}
    left_out = [c for c in api(ZAWA, day) if c["function"]["name"] not in shown]
    assert {c["status"] for c in left_out} <= {"UNKNOWN", "NOT_APPLICABLE"}
    for name in {c["function"]["name"] for c in left_out if "OTHER_DIVISION" not in c["reasons"]}:
        assert name in text_of(page).partition("Niet getoond zijn")[2]


def test_the_division_of_the_region_itself_comes_first(read: Read) -> None:
    columns = list(dict.fromkeys(function for _, function in names_of(read(f"/dekking?region={ZAWA}&asOf=2021-06-01").text)))
    own = [name for name in columns if name.endswith("(Zaanstreek-Waterland)")]
    assert columns[: len(own)] == own
    assert "Segment B (veertien gemeenten)" in columns[len(own) :]  # another division, in force on this day


@pytest.mark.parametrize(("region", "day"), [(ZAWA, "2024-01-01"), (AA, "2023-06-01")])
def test_a_cell_opens_the_sentences_of_the_api_with_its_sources_and_conflicts(read: Read, api: Any, region: str, day: str) -> None:
    page = read(f"/dekking?region={region}&asOf={day}").text
    notes = {number: text_of(note) for number, note in re.findall(r'<li id="note-(\d+)">(.*?)</li>', page, re.DOTALL)}
    panels = panels_of(page)
    answers = {(c["municipality"]["name"], c["function"]["name"]): c for c in api(region, day)}
    for place, panel in panels.items():
        sentences, *cited = answers[place]["explanation"].split("\n")
        told = re.sub(r"<a href=\"#conflict.*?</a>|<p><a href=\"#l.*", "", panel)
        assert text_of(re.sub(r"<sup>.*?</sup>", "", told)) == re.sub(r" \[\d+\]", "", sentences), place
        proofs = [re.sub(r"^\[\d+\] ", "", label) for label in cited if label.startswith("[")]
        assert {notes[number].partition(", ")[0] for number in re.findall(r"#note-(\d+)", told)} == {p.partition(", ")[0] for p in proofs}
        assert len(set(re.findall(r"#note-(\d+)", told))) == len(proofs)
        assert len(re.findall(r'href="#conflict', panel)) == len(answers[place]["conflicts"])
        if answers[place]["status"] == "COVERED":
            assert f"{place[0]} is lid van " in text_of(panel)


def test_every_place_that_a_page_points_to_is_on_it(read: Read) -> None:
    for query in ("asOf=2024-01-01", "asOf=2015-06-01&divisions=all", "asOf=2024-01-01&compareTo=2021-06-01"):
        page = read(f"/dekking?region={ZAWA}&{query}").text
        ids = re.findall(r' id="([^"]*)"', page)
        assert len(ids) == len(set(ids))
        assert {*re.findall(r'href="#([^"]*)"', page)} <= {*ids}


def test_two_days_stand_side_by_side(read: Read, api: Any) -> None:
    page = read(f"/dekking?region={ZAWA}&asOf=2024-01-01&compareTo=2021-06-01&divisions=all")
    before = {(c["municipality"]["name"], c["function"]["name"]): c for c in api(ZAWA, "2021-06-01")}
    now = {(c["municipality"]["name"], c["function"]["name"]): c for c in api(ZAWA, "2024-01-01")}
    names = names_of(page.text)
    assert now.keys() <= names.keys()
    for (municipality, function), name in names.items():
        days = [(before, "1 juni 2021"), (now, "1 januari 2024")]
        told = [named(answers[municipality, function], day) for answers, day in days if (municipality, function) in answers]
        if len(told) == 2:
            assert name == f"{municipality} {function} {' '.join(told)}"
        else:  # Beemster, which the region has on one of the two days
            assert "gemeente bestaat niet" in name
    assert len(page.content) <= MOST_BYTES


def test_on_request_only_the_differences_are_shown(read: Read, api: Any) -> None:
    days = "asOf=2023-06-01&compareTo=2022-06-01"
    before, now = ({(c["municipality"]["name"], c["function"]["name"]): c for c in api(AA, day)} for day in ("2022-06-01", "2023-06-01"))
    differ = {
        place for place in now if (now[place]["status"], now[place]["reasons"]) != (before[place]["status"], before[place]["reasons"])
    }
    page = read(f"/dekking?region={AA}&{days}&differences=yes").text
    shown = names_of(page)
    notes = re.findall(r'<li id="note-(\d+)"', page)
    assert {*notes} == {*re.findall(r'href="#note-(\d+)"', page)}, "no note is of a column that is left out"
    assert differ
    assert differ <= shown.keys()
    assert {function for _, function in shown} == {function for _, function in differ}
    same = read(f"/dekking?region={AA}&asOf=2023-06-02&compareTo=2023-06-02&differences=yes").text
    assert "verandert hier niets" in same


@pytest.mark.parametrize("day", ["2022-01-01", "2024-01-01"])
def test_the_days_on_which_an_answer_changes_are_links(read: Read, api: Any, day: str) -> None:
    page = read(f"/dekking?region={ZAWA}&asOf={day}").text
    strip = re.findall(
        r"asOf=(\d{4}-\d\d-\d\d)\"", page[page.index('class="rg-strip"') : page.index("</nav>", page.index('class="rg-strip"'))]
    )
    shown = {function for _, function in names_of(page)}
    changes = {c["changesOn"] for c in api(ZAWA, day) if c["changesOn"] and c["function"]["name"] in shown}
    assert changes
    assert {*sorted(changes)[:MOST_DAYS]} <= {*strip}
    assert "2022-01-01" in strip or day == "2022-01-01"


@pytest.mark.parametrize("region", ["jeugdregio-groningen", "zuidoost-brabant"])
def test_a_region_about_which_no_source_speaks_says_so_instead_of_showing_a_wall(read: Read, region: str) -> None:
    response = read(f"/dekking?region={region}&asOf=2024-01-01")
    assert response.status_code == 200
    assert "zegt geen van onze bronnen iets" in response.text
    assert "Dat wil niet zeggen dat daar niets geregeld is." in response.text
    assert "<table" not in response.text
    assert "geen resultaten" not in response.text


def test_a_reader_can_choose_a_region_municipalities_and_care(read: Read) -> None:
    page = read("/dekking?asOf=2024-01-01").text
    assert "selected>Zaanstreek-Waterland</option>" in page  # of which most is said
    assert 4 <= page.count("<option") < 10
    assert read("/dekking?asOf=2024-01-01&regions=all").text.count("<option") == 42
    chosen = names_of(read("/dekking?municipality=zaanstad&municipality=Aalsmeer&function=dyslexie&asOf=2023-06-01").text)
    assert list(chosen) == [("Aalsmeer", "Dyslexiezorg"), ("Zaanstad", "Dyslexiezorg")]
    many = "&".join(f"municipality=m{n}" for n in range(MOST_MUNICIPALITIES + 1))
    assert "TOO_MANY_MUNICIPALITIES" in read(f"/dekking?{many}").text
    assert read("/dekking?region=atlantis").status_code == 404


def test_a_second_day_may_be_written_as_people_write_it(read: Read) -> None:
    response = read(f"/dekking?region={AA}&compareTo={quote('1 juni 2021')}")
    assert (response.status_code, response.headers["location"]) == (302, f"/dekking?region={AA}&compareTo=2021-06-01")


def test_the_table_as_a_file_has_each_cell_in_the_same_words(read: Read, api: Any) -> None:
    text = read(f"/dekking.csv?region={AA}&asOf=2023-06-01&divisions=all").content.decode("utf-8-sig")
    _, *rows = csv.reader(io.StringIO(text), delimiter=";")
    expected = sorted(
        (c["municipality"]["name"], c["function"]["name"], c["statusLabel"], "; ".join(c["reasonLabels"])) for c in api(AA, "2023-06-01")
    )
    assert sorted((row[0], row[1], row[3], row[4]) for row in rows) == expected


def test_in_a_frame_stands_the_same_matrix_without_header_and_footer(read: Read) -> None:
    query = f"region={AA}&asOf=2023-06-01"
    page, framed = read(f"/dekking?{query}").text, read(f"/embed/dekking?{query}").text
    assert names_of(framed) == names_of(page)
    assert not re.search(r"<header|<footer|<nav|<form", framed)
    assert f'href="/dekking?{query.replace("&", "&amp;")}" target="_top"' in framed or 'target="_top"' in framed
    assert not re.search(r'<a href="/(?![^"]*" target="_top")', framed)  # other pages of ours do not open in a frame
    assert "1 juni 2023" in re.findall(r"<title>(.*?)</title>", framed)[0]


# ── the journeys ──────────────────────────────────────────────────────────────────────────────────


def test_journey_4_where_is_dyslexia_not_arranged_jointly(read: Read) -> None:
    """Aalsmeer and Amstelveen are excepted; how they arrange it themselves is not known."""
    page = read(
        "/dekking?municipality=Aalsmeer&municipality=Amstelveen&municipality=Amsterdam&municipality=Zaanstad&function=dyslexie&asOf=1-6-2023"
    )
    page = read(page.headers["location"])
    names = names_of(page.text)
    assert names["Amsterdam", "Dyslexiezorg"] == "Amsterdam Dyslexiezorg op 1 juni 2023: geregeld, van kracht"
    panels = panels_of(page.text)
    for excepted in ("Aalsmeer", "Amstelveen"):
        assert names[excepted, "Dyslexiezorg"] == f"{excepted} Dyslexiezorg op 1 juni 2023: onbekend, uitgezonderd"
        told = text_of(panels[excepted, "Dyslexiezorg"])
        assert f"{excepted} is daarvan uitdrukkelijk uitgezonderd; wie het daar wel levert, zegt geen bron." in told
        assert "Dit antwoord verandert op 1 januari 2027." in told
    assert "3.4 Inkoop Dyslexie" in page.text
    region = names_of(read(f"/dekking?region={AA}&asOf=2023-06-01").text)
    unknown = [m for (m, f), name in region.items() if f == "Dyslexiezorg" and "uitgezonderd" in name]
    assert unknown == ["Aalsmeer", "Amstelveen"]


def test_journey_7_the_matrix_on_paper(read: Read) -> None:
    """The matrix fits an A4 with its legend; below it stand all answers in sentences, numbered notes and the address as text."""
    page = read(f"/dekking?region={ZAWA}&asOf=2024-01-01").text
    styles = (files("api.pages") / "static" / "coverage.css").read_text("utf-8")
    assert "@page { size: A4 landscape" in styles.partition("@media print")[2]
    for word in ("geregeld", "onzeker", "niet geregeld", "onbekend", "niet van toepassing"):
        assert re.search(rf"rg-status rg-is-[A-Z_]+\"><svg><use[^>]*/></svg>{word}</span>", page), word
    explained = text_of(page[page.index('id="explained"') : page.index('class="rg-notes"')])
    for (municipality, function), panel in panels_of(page).items():
        assert function in explained
        sentence = text_of(re.sub(r"<sup>.*?</sup>", "", panel)).partition(". ")[0]
        assert municipality in explained
        assert re.sub(rf"(?<![\w-]){municipality}(?![\w-])", "Edam-Volendam", sentence) in explained
    assert re.search(r'<li id="note-1"><a href="/bronnen', page)
    assert re.search(r"data-address>/dekking\?region=zaanstreek-waterland&amp;asOf=2024-01-01&amp;dataVersion=", page)
    assert date.fromisoformat("2024-01-01").isoformat() in page
