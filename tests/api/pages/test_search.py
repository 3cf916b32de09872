"""Zoeken finds things by name, abbreviation, code and misspelling, and never says a bare nothing."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.api.conftest import Client
from tests.api.pages.conftest import Read
from tests.api.pages.html import links, sections, shown


def search(read: Read, query: str, more: str = "", day: str = "2024-01-01") -> str:
    response = read(f"/zoeken?query={quote(query)}&asOf={day}{more}")
    assert response.status_code == 200, response.text
    return str(response.text)


@pytest.mark.parametrize(
    ("query", "name", "link"),
    [
        ("IJmond", "IJmond (Midden Kennemerland)", "/id/region/ijmond"),
        ("Oudeamstel", "Ouder-Amstel", "/id/municipality/ouder-amstel"),
        ("Noordje", "Een thuis voor Noordje", "/id/collaboration/noordje"),
        ("GM0370", "Beemster", "/id/municipality/beemster"),
        ("BJ42", "Bestuurlijk netwerk van de 42 jeugdzorgregio's", "/id/governancebody/bj42"),
        ("JZ09", "Zaanstreek-Waterland", "/id/region/zaanstreek-waterland"),
    ],
)
def test_things_are_found_by_what_people_call_them(read: Read, query: str, name: str, link: str) -> None:
    text = search(read, query)
    first = sections(text)["hits"].rows[1]
    assert first[0] == name
    assert query in first[2]
    assert f"{link}?asOf=2024-01-01" in links(text)


@pytest.mark.parametrize("day", ["2021-12-31", "2024-01-01"])
@pytest.mark.parametrize("query", ["zaan", "beemster", "dyslexie", "GGD", "Veilig Thuis"])
def test_hits_are_those_of_the_api_in_its_order(read: Read, loaded_client: Client, query: str, day: str) -> None:
    text = """query($q: String!, $d: Date) { search(query: $q, asOf: $d, first: 25) {
      totalCount edges { node { name } existsOnDay supersededBy { name } } } }"""
    found = loaded_client.ask(text, {"q": query, "d": day}).json()["data"]["search"]
    section = sections(search(read, query, day=day))["hits"]
    words = {"YES": "bestaat", "NO": "bestaat niet", "UNKNOWN": "dat zegt geen bron"}
    assert [(row[0], row[3]) for row in section.rows[1:]] == [(edge["node"]["name"], words[edge["existsOnDay"]]) for edge in found["edges"]]
    for row, edge in zip(section.rows[1:], found["edges"], strict=True):
        assert ", ".join(one["name"] for one in edge["supersededBy"]) == (row[4] if len(row) > 4 else "")
    assert f"{found['totalCount']} gevonden" in section.text


def test_what_is_gone_names_what_came_in_its_place(read: Read) -> None:
    row = sections(search(read, "GM0370"))["hits"].rows[1]
    assert row == ["Beemster", "gemeente", "GM0370 (code)", "bestaat niet", "Purmerend"]
    assert "GM0370 is de code van Beemster (gemeente)." in shown(search(read, "GM0370"))


def test_where_nothing_is_found_the_page_says_what_was_looked_at(read: Read) -> None:
    text = shown(search(read, "qwertyuiop"))
    assert "“qwertyuiop” staat niet in de gegevens" in text
    assert "Dat wil niet zeggen dat het niet bestaat." in text
    assert "alle gemeenten van Nederland sinds 2015" in text
    assert "gemeente: 414" in text
    assert "geen resultaten" not in text.lower()
    assert "/zoeken?asOf=2024-01-01&query=zaanstad" in links(search(read, "zaanstad", "&types=PROVIDER")), "without the type"


def test_a_kind_can_be_chosen_and_a_wrong_one_is_left_out(read: Read) -> None:
    regions = sections(search(read, "zaan", "&types=MUNICIPALITY"))["hits"].rows[1:]
    assert {row[1] for row in regions} == {"gemeente"}
    assert search(read, "zaan", "&types=FOO")


def test_a_long_list_goes_on(read: Read) -> None:
    text = search(read, "zaan")
    (more,) = [link for link in links(text) if "after=" in link and "dataVersion" not in link and "." not in link.partition("?")[0]]
    first, rest = (sections(page)["hits"].rows[1:] for page in (text, read(more).text))
    assert len(first) == 25
    assert rest
    assert not {row[0] for row in first} & {row[0] for row in rest}


def test_without_a_question_the_page_says_what_can_be_found(read: Read) -> None:
    assert "gemeente: 414" in shown(read("/zoeken").text)
