"""Verschil tells each change of the API once, in its own sentence, grouped and with its sources."""

from __future__ import annotations

import html
import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.difference import GROUPS, MOST_PERIODS, group_of, shorter, told_once
from tests.api.conftest import Client
from tests.api.pages.conftest import Read

DIFF = """query($from: Date!, $to: Date!, $scope: [Ref!], $lang: Language, $after: String) {
  diff(from: $from, to: $to, scope: $scope, withFirstNamed: true, first: 100, after: $after) {
    pageInfo { hasNextPage endCursor } firstNamed { sentence(lang: $lang) }
    nodes { sentence(lang: $lang) predicate subject { name(lang: $lang) } claims { source { title } } }
  }
}"""
PAIRS = [("2021-01-01", "2022-01-01", "JZ09"), ("2022-06-01", "2023-10-01", "JZ09"), ("2021-01-01", "2023-10-01", "amsterdam-amstelland")]


@pytest.fixture
def changes(loaded_client: Client) -> Any:
    """Asks the API for all changes between two days, as any client does."""

    def ask(first: str, last: str, scope: str | None, lang: str = "NL") -> list[Any]:
        nodes: list[Any] = []
        after = None
        while True:
            variables = {"from": first, "to": last, "scope": [scope] if scope else None, "lang": lang, "after": after}
            found = loaded_client.ask(DIFF, variables).json()["data"]["diff"]
            nodes += found["nodes"]
            if not found["pageInfo"]["hasNextPage"]:
                return nodes
            after = found["pageInfo"]["endCursor"]

    return ask


def lines_of(page: str) -> list[tuple[str, list[str]]]:
    """Returns the sentences of a page, each with of whom it is also told. One municipality has a comma in its name."""
    sections = re.findall(r'<section class="rg-changes".*?</section>', page, re.DOTALL)
    lists = [re.sub(r"<summary>.*?</summary>\s*<ul>.*?</ul>", "", section, flags=re.DOTALL) for section in sections]
    lines = [
        text_of(line).replace("Nuenen, Gerwen", "Nuenen Gerwen")
        for each in lists
        for line in re.findall(r"<li>(.*?)</li>", each, re.DOTALL)
    ]
    parts = [re.split(r" (?:Hetzelfde geldt voor|The same holds for): ", line) for line in lines]
    return [(part[0], part[1].removesuffix(".").split(", ") if len(part) > 1 else []) for part in parts]


def text_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<sup.*?</sup>|<[^>]*>", "", markup, flags=re.DOTALL)).split())


@pytest.mark.parametrize("lang", ["NL", "EN"])
@pytest.mark.parametrize(("first", "last", "scope"), PAIRS)
def test_every_change_of_the_api_is_told_once(read: Read, changes: Any, first: str, last: str, scope: str, lang: str) -> None:
    path = "/verschil" if lang == "NL" else "/en/differences"
    lines = lines_of(read(f"{path}?from={first}&to={last}&scope={scope}").text)
    expected = {" ".join(change["sentence"].split()) for change in changes(first, last, scope, lang)}
    assert {sentence for sentence, _ in lines} <= expected
    assert sum(1 + len(others) for _, others in lines) == len(expected)
    for sentence in expected - {sentence for sentence, _ in lines}:
        assert any(name in sentence for _, others in lines for name in others)


def test_all_pages_together_tell_each_change_of_the_country_once(read: Read, changes: Any) -> None:
    first, last = "2020-01-01", "2024-01-01"
    lines, page = [], f"/verschil?from={first}&to={last}"
    parts = 0
    while page:
        text = read(page).text
        lines += lines_of(text)
        parts += 1
        following = re.findall(r'<a rel="next" href="([^"]*)"', text)
        page = html.unescape(following[0]) if following else ""
        assert all(day in text for day in (f"from={first}", f"to={last}"))
    assert parts > 1
    expected = {" ".join(change["sentence"].split()) for change in changes(first, last, None)}
    assert sum(1 + len(others) for _, others in lines) == len(expected)


@pytest.mark.parametrize(("first", "last", "scope"), PAIRS)
def test_no_sentence_has_a_word_of_the_machine(changes: Any, first: str, last: str, scope: str) -> None:
    english = re.compile(r"\b(?:is a|the|and|municipalities|providers|of which|count|unknown)\b|\b[a-z]+[a-z][A-Z][a-z]+\b")
    for change in changes(first, last, scope):
        assert not english.search(change["sentence"]), change["sentence"]


def test_what_is_only_named_for_the_first_time_is_folded_away(read: Read, changes: Any) -> None:
    page = read("/verschil?from=2022-06-01&to=2023-10-01&scope=JZ09").text
    folded = page[page.index('id="named"') :]
    assert "<details>" in folded
    assert "<details open" not in folded
    assert "Voor zover bekend veranderde er niets" in folded
    assert folded.index("<details>") < folded.index("staat er niet")
    assert "sinds wanneer, staat er niet" not in page[: page.index('id="named"')]


def test_every_change_has_a_footnote_of_its_source(read: Read, changes: Any) -> None:
    page = read("/verschil?from=2021-01-01&to=2022-01-01&scope=JZ09").text
    for section in re.findall(r'<section class="rg-changes".*?</section>', page, re.DOTALL):
        for line in re.findall(r"<li>(.*?)</li>", section, re.DOTALL):
            assert re.search(r'<a href="#note-\d+">', line), line
    assert re.search(r'<li id="note-1"><a href="/bronnen', page)


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("from=2022-01-01&to=2021-01-01", "1 januari 2021", "1 januari 2022"),  # the earlier day is told first
        ("to=2024-02-29", "28 februari 2023", "29 februari 2024"),
        ("", "21 november 2025", "21 november 2026"),
    ],
)
def test_both_days_stand_in_the_title(read: Read, query: str, first: str, last: str) -> None:
    text = read(f"/verschil?scope=JZ09&{query}").text
    assert f"tussen {first} en {last}?" in re.findall(r"<title>(.*?)</title>", text)[0]


def test_what_is_told_of_many_is_told_once_with_the_list() -> None:
    told = told_once(
        [change(name, f"{name} koopt niet meer in via Zaanstreek-Waterland 2022.") for name in ("Waterland", "Zaanstad", "Waterland")]
    )
    assert [(one.sentence, one.others) for one in told] == [("Waterland koopt niet meer in via Zaanstreek-Waterland 2022.", ["Zaanstad"])]
    apart = told_once([change("A", "A hoort bij B.", other="B"), change("A", "A hoort bij C.", other="C")])
    assert [one.others for one in apart] == [[], []]  # of B and C nothing is told


@pytest.mark.parametrize(
    ("values", "group"),
    [
        ({"predicate": "exists", "cause": {"kind": "MERGER"}, "type": "Municipality"}, "mergers"),
        ({"predicate": "memberOf", "cause": {"kind": "CONTRACT_END"}, "type": "Region"}, "memberships"),
        ({"predicate": "buyer", "type": "Contract"}, "contracts"),
        ({"predicate": "about", "cause": {"kind": "TENDER"}, "type": "Region"}, "contracts"),
        ({"predicate": "about", "cause": {"kind": "LAW"}, "type": "Region"}, "events"),
        ({"predicate": "exists", "type": "Collaboration"}, "memberships"),
        ({"predicate": "identifier", "type": "Collaboration"}, "names"),
        ({"predicate": "memberOf", "certainty": "UNDATED", "type": "Region"}, "named"),
    ],
)
def test_a_change_is_told_under_what_it_is_about(values: dict[str, Any], group: str) -> None:
    assert group_of(change("X", "X.", **values)) == group
    assert group in GROUPS


def change(name: str, sentence: str, *, other: str = "", type: str = "Contract", **values: Any) -> dict[str, Any]:
    subject = {"__typename": type, "name": name}
    after = {"entity": {"name": other}} if other else None
    usual: dict[str, Any] = {
        "kind": "ADDED",
        "certainty": "CERTAIN",
        "predicate": "buyer",
        "cause": None,
        "before": None,
        "after": after,
        "claims": [],
    }
    return {**usual, "subject": subject, "sentence": sentence, **values}


# ── the journey ───────────────────────────────────────────────────────────────────────────────────


def test_journey_5_what_changed_between_2021_and_2022(read: Read) -> None:
    """The merger first, told once; then the new contracts; seven buyers in one line; the number of municipalities in words."""
    text = read("/verschil?from=1-1-2021&to=1-1-2022&scope=Zaanstreek-Waterland")
    text = read(text.headers["location"])
    headings = [text_of(h) for h in re.findall(r"<h2 id=.*?</h2>", text.text, re.DOTALL)]
    assert headings[0].startswith("Fusies")
    assert headings[1].startswith("Contracten")
    sentences = [sentence for sentence, _ in lines_of(text.text)]
    assert sentences[0] == "Beemster bestaat sinds 1 januari 2022 niet meer: het ging op in Purmerend."
    assert sum("Beemster bestaat" in sentence for sentence in sentences) == 1
    buyers = [
        others for sentence, others in lines_of(text.text) if sentence.startswith("Edam-Volendam koopt sinds 1 januari 2022 niet meer in")
    ]
    assert [len(others) for others in buyers] == [6]
    assert "De looptijd van de contracten specialistische jeugdhulp Zaanstreek-Waterland 2022 begon op 1 januari 2022." in sentences
    assert "Zaanstreek-Waterland telt sinds 1 januari 2022 zeven gemeenten; daarvoor acht." in sentences
    assert date(2022, 1, 1).isoformat() in text.text


@given(st.dates(), st.dates())
def test_shorter_periods_follow_each_other_and_are_the_whole_one_together(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    periods = shorter(first, last)
    assert (periods[0][0], periods[-1][1]) == (first, last)
    assert all(end == start for (_, end), (start, _) in pairwise(periods))
    assert all(start < end for start, end in periods) or first == last
    assert len(periods) <= MOST_PERIODS + 1


def test_too_many_changes_for_a_page_are_offered_by_period(read: Read) -> None:
    text = read("/verschil?from=2016-01-01&to=2026-01-01").text
    assert re.search(r"Er zijn \d+ veranderingen. Hieronder staan de eerste 300\.", text)
    assert text.count("&amp;to=") >= 10
    assert "from=2020-01-01&amp;to=2021-01-01" in text
