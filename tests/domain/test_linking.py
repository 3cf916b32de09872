"""Searching and linking in the field's own data: aliases, slips, codes of the past, homonyms; and what is refused."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.answer import Answers, Question
from api.schema.resolve import ResolutionProblem
from graph.answers.resolution import resolved
from graph.engines.bolt import Store
from tests.domain.conftest import TODAY, Ask

HITS = "{ totalCount suggestions edges { score matchedText matchedKind existsOnDay supersededBy { slug } node { __typename slug } } }"
FOUND = """{ input scheme isWellFormed problem problemCode
  candidates { confidence matchedOn supersededBy { slug } successors { slug } entity { __typename slug } } }"""


@pytest.fixture
def whole(loaded: Store, runner: asyncio.Runner) -> Iterator[Ask]:
    """The whole response to a question, with all the time that a slow machine needs to plan what nobody asked before."""
    store = Store(loaded.address, query_seconds=120)
    answers = Answers(store, lambda: TODAY, "engine")
    yield lambda query: runner.run(answers(Question(query)))
    runner.run(store.__aexit__(None, None, None))


def search(ask: Ask, typed: str, more: str = "") -> list[tuple[str, str]]:
    return [(e["node"]["__typename"], e["node"]["slug"]) for e in ask(f'{{ search(query: "{typed}"{more}) {HITS} }}')["edges"]]


@pytest.mark.parametrize(("typed", "first"), [
    ("Oudeamstel", ("Municipality", "ouder-amstel")), ("zawa", ("Region", "zaanstreek-waterland")),
    ("noordje", ("Collaboration", "noordje")),
    ("Zaanstreek Waterland", ("Region", "zaanstreek-waterland")), ("GM0479", ("Municipality", "zaanstad")),
    ("ret", ("Collaboration", "ret")), ("rot", ("Collaboration", "rot")), ("jbra", ("Provider", "jeugdbescherming-regio-amsterdam")),
    ("zaanst", ("Municipality", "zaanstad")), ("purmerent", ("Municipality", "purmerend")), ("wsg", ("Provider", "wsg")),
    ("s heerenloo", ("Provider", "s-heeren-loo")), ("37160006", ("Municipality", "beemster")), ("AMSTERDAM", ("Municipality", "amsterdam")),
])  # fmt: skip
def test_what_is_typed_leads_first_to_what_is_meant(ask: Ask, typed: str, first: tuple[str, str]) -> None:
    assert search(ask, typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "never"), [("ret", "rot"), ("rot", "ret"), ("wsg", "william-schrikker-stichting"), ("GM0478", "zaanstad")]
)
def test_what_is_typed_never_leads_to_its_neighbour(ask: Ask, typed: str, never: str) -> None:
    assert never not in [slug for _, slug in search(ask, typed)]


def test_beemster_in_2023_is_found_as_what_it_was_and_leads_to_purmerend(ask: Ask) -> None:
    (edge,) = ask(f'{{ search(query: "Beemster", asOf: "2023-06-01") {HITS} }}')["edges"]
    assert (edge["score"], edge["existsOnDay"], edge["supersededBy"]) == (1.0, "NO", [{"slug": "purmerend"}])
    (edge,) = ask(f'{{ search(query: "Beemster", asOf: "2021-12-31") {HITS} }}')["edges"]
    assert (edge["existsOnDay"], edge["supersededBy"]) == ("YES", [])


def test_what_does_not_exist_yet_is_found_and_says_so(ask: Ask) -> None:
    (edge,) = ask(f'{{ search(query: "Dijk en Waard", types: [MUNICIPALITY], asOf: "2020-01-01") {HITS} }}')["edges"]
    assert (edge["existsOnDay"], edge["supersededBy"]) == ("NO", [])


def test_where_nothing_answers_the_nearest_names_are_offered(ask: Ask) -> None:
    found = ask(f'{{ search(query: "edm") {HITS} }}')
    assert (found["totalCount"], found["edges"]) == (0, [])
    assert "Edam-Volendam" in found["suggestions"]
    assert ask(f'{{ search(query: "Edam") {HITS} }}')["suggestions"] == []


@pytest.mark.parametrize("typed", ["", "   ", "’", "x" * 201])
def test_a_search_for_nothing_is_refused(refused: Ask, typed: str) -> None:
    error = refused(f'{{ search(query: "{typed}") {{ totalCount }} }}')
    assert (error["code"], error["argument"]) == ("BAD_INPUT", "query")
    assert error["remedy"]


def test_a_page_of_a_search_is_bounded(refused: Ask) -> None:
    assert refused('{ search(query: "a", first: 501) { totalCount } }')["code"] == "PAGE_SIZE"
    assert refused('{ search(query: "a", after: "bm9wZQ") { totalCount } }')["code"] == "BAD_CURSOR"


def resolve(ask: Ask, *texts: str, day: str = "2026-01-01") -> list[dict[str, Any]]:
    listed = ", ".join(f'"{text}"' for text in texts)
    found: list[dict[str, Any]] = ask(f'{{ resolve(identifiers: [{listed}], asOf: "{day}") {FOUND} }}')
    assert [each["input"] for each in found] == list(texts)
    return found


@pytest.mark.parametrize(("text", "slug", "into", "before"), [
    ("GM0370", "beemster", "purmerend", "2021-12-31"), ("Beemster", "beemster", "purmerend", "2021-12-31"),
    ("GM0457", "weesp", "amsterdam", "2022-03-23"), ("GM0398", "heerhugowaard", "dijk-en-waard", "2021-12-31"),
    ("GM0381", "bussum", "gooise-meren", "2015-12-31"), ("OIN:00000001001801284000", "beemster", "purmerend", "2021-12-31"),
])  # fmt: skip
def test_a_code_of_the_past_leads_to_what_it_was_and_what_became_of_it(ask: Ask, text: str, slug: str, into: str, before: str) -> None:
    (now,), (then,) = resolve(ask, text), resolve(ask, text, day=before)
    for found, successors in ((now, [{"slug": into}]), (then, [])):
        (candidate,) = found["candidates"]
        assert candidate["entity"] == {"__typename": "Municipality", "slug": slug}
        assert candidate["successors"] == successors
        assert candidate["supersededBy"] == (successors[0] if successors else None)


def test_one_that_cannot_be_read_does_not_stop_the_others(ask: Ask) -> None:
    codes = [(f["problemCode"], f["isWellFormed"]) for f in resolve(ask, "GM0479", "RSIN:822477349", "", "Waterland", "xyzzy", "37160006")]
    assert codes == [
        (None, True), ("MALFORMED", False), ("EMPTY", False), ("AMBIGUOUS", True), ("UNKNOWN", True), ("SEVERAL_SCHEMES", True),
    ]  # fmt: skip


def test_every_problem_says_what_to_do_and_nothing_certain_has_one(ask: Ask) -> None:
    for found in resolve(ask, "GM0479", "ZaWa", "Waterland", "xyzzy", "RSIN:822477349", "37160006", "GM9999"):
        sure = len(found["candidates"]) == 1 and found["problemCode"] != "SEVERAL_SCHEMES"
        assert (found["problem"] is None) == (found["problemCode"] is None) == sure


def test_a_homonym_has_a_candidate_for_each_of_its_meanings(ask: Ask) -> None:
    (found,) = resolve(ask, "Waterland")
    candidates = found["candidates"]
    assert [(c["entity"]["__typename"], c["confidence"]) for c in candidates] == [("Municipality", 0.475), ("Region", 0.425)]


def test_the_surer_the_match_the_higher_the_confidence(ask: Ask) -> None:
    texts = ("CBS_GM:GM0437", "Ouder-Amstel", "Ouder Amstel", "Oudeamstel")
    confidence = [found["candidates"][0]["confidence"] for found in resolve(ask, *texts)]
    assert confidence == [1.0, 0.95, 0.85, 0.75]


@pytest.mark.parametrize(("text", "slug"), [
    ("479", "zaanstad"), ("GM370", "beemster"), ("CBS_GM:363", "amsterdam"), ("JZ9", "zaanstreek-waterland"),
    ("2022JZ9", "zaanstreek-waterland"), ("Gemeente Haarlemmermeer", "haarlemmermeer"), ("Gemeente Alkmaar", "alkmaar"),
    ("Amster\xaddam", "amsterdam"), ("Den\u200b Helder", "den-helder"), ("Amsterdam (gemeente)", "amsterdam"),
    ("Amsterdam, gemeente", "amsterdam"), ("Noord-Holland (PV)", "noord-holland"), ("NL-KVK-34366966", "amsterdam"),
    ("Dijk & Waard", "dijk-en-waard"), ("Gooi & Vechtstreek", "gooi-en-vechtstreek"), ("Bergen (NH)", "bergen-nh"),
    ("https://almanak.overheid.nl/24611/Gemeente_Den_Helder/", "den-helder"), ("http://www.wikidata.org/entity/Q9978", "zaanstad"),
    ("OIN:1002564440000", "amsterdam"), ("1002564440000", "amsterdam"), ("RSIN:2564440", "amsterdam"),
    ("jeugdregio Haarlemmermeer", "haarlemmermeer"),
])  # fmt: skip
def test_what_lists_write_leads_to_one_thing(ask: Ask, text: str, slug: str) -> None:
    (found,) = resolve(ask, text)
    (candidate,) = found["candidates"]
    type_ = "Region" if slug in ("zaanstreek-waterland", "noord-holland", "gooi-en-vechtstreek") or "regio" in text else "Municipality"
    assert candidate["entity"] == {"__typename": type_, "slug": slug}
    expected = {"479": "SEVERAL_SCHEMES"} | dict.fromkeys(("OIN:1002564440000", "1002564440000", "RSIN:2564440"), "ZEROS_MISSING")
    assert found["problemCode"] == expected.get(text)
    assert (candidate["confidence"] < 0.95) == (text in expected)


@pytest.mark.parametrize("text", ["198.0", "2827.0", "3.63E2", "363,0", "1-1-2022", "BSN-123456782", "bsn-nummer 123456782"])
def test_what_is_no_code_leads_nowhere_and_says_why(ask: Ask, text: str) -> None:
    (found,) = resolve(ask, text)
    assert (found["candidates"], found["problemCode"], found["isWellFormed"]) == ([], "MALFORMED", False)
    assert "123456782" not in found["problem"]


def test_a_number_of_a_known_scheme_that_nothing_has_is_malformed_also_with_its_zeros(ask: Ask) -> None:
    (found,) = resolve(ask, "KVK:1234567")
    assert (found["candidates"], found["problemCode"]) == ([], "MALFORMED")
    assert "KVK:01234567" in found["problem"]


def test_a_hint_for_the_column_tells_what_its_numbers_and_names_are(ask: Ask) -> None:
    def found(texts: str, hint: str) -> list[tuple[str | None, list[str]]]:
        results = ask(f"{{ resolve(identifiers: [{texts}], {hint}) {FOUND} }}")
        return [(r["problemCode"], [c["entity"]["slug"] for c in r["candidates"]]) for r in results]

    assert found('"9", "479", "GM0363", "Zaanstad"', "scheme: CBS_JZ") == [
        (None, ["zaanstreek-waterland"]), ("MALFORMED", []), (None, ["amsterdam"]), ("MALFORMED", []),
    ]  # fmt: skip
    assert found('"37160006"', "scheme: KVK") == [(None, ["beemster"])]
    assert found('"Waterland", "Haarlemmermeer"', "types: [MUNICIPALITY]") == [(None, ["waterland"]), (None, ["haarlemmermeer"])]
    assert found('"Waterland", "GM0479"', "types: [REGION]") == [(None, ["waterland"]), ("UNKNOWN", [])]
    assert found('"Waterland"', "types: [MUNICIPALITY, REGION]") == [("AMBIGUOUS", ["waterland", "waterland"])]


@pytest.mark.parametrize("text", [
    "0363", "363", "GM 363", "KVK 34366966", "http://www.wikidata.org/entity/Q9899", "NL-KVK-34366966", "Gemeente Amsterdam",
    "Amsterdam (NH)", "Amsterdam (gemeente)", "municipality/amsterdam@2021-01-01", "Amster\xaddam", "https://almanak.overheid.nl/25698/x",
])  # fmt: skip
def test_a_reference_and_a_search_read_what_a_list_reads(ask: Ask, text: str) -> None:
    found = ask(
        f'{{ municipality(ref: "{text}") {{ slug }} organization(ref: "{text}") {{ slug }} '
        f'search(query: "{text}") {{ nodes {{ slug }} }} }}'
    )
    assert found["municipality"] == found["organization"] == {"slug": "amsterdam"}
    assert found["search"]["nodes"][0] == {"slug": "amsterdam"}
    assert resolve(ask, text)[0]["candidates"][0]["entity"]["slug"] == "amsterdam"


@pytest.mark.parametrize("typed", ["GM 0479", "KVK 34367942", "zaanstad gemeente", "479"])
def test_a_search_finds_an_announced_code_and_a_kind_behind_a_name(ask: Ask, typed: str) -> None:
    assert search(ask, typed)[0] == ("Municipality", "zaanstad")


@pytest.mark.parametrize("text", ["Gemeente Alkmaar", "Gemeente Haarlemmermeer"])
def test_the_kind_before_a_name_counts_wherever_things_are_pointed_at(ask: Ask, text: str) -> None:
    slug = text.partition(" ")[2].lower()
    found = ask(
        f'{{ organization(ref: "{text}") {{ slug }} '
        f'compare(refs: ["{text}", "Zaanstad"], asOf: "2023-01-01") {{ organizations {{ slug }} }} '
        f'timeline(entity: "{text}") {{ kind }} municipalities(refs: ["{text}", "GM0479"]) {{ nodes {{ slug }} }} }}'
    )
    assert found["organization"] == {"slug": slug}
    assert [o["slug"] for o in found["compare"]["organizations"]] == [slug, "zaanstad"]
    assert {o["slug"] for o in found["municipalities"]["nodes"]} == {slug, "zaanstad"}


@pytest.mark.parametrize("text", ["BSN 111222333", "bsn-111222333", "111222333 (bsn)"])
@pytest.mark.parametrize(
    "asked",
    ['municipality(ref: "{}") {{ name }}', 'search(query: "{}") {{ totalCount }}', 'municipalities(refs: ["{}"]) {{ totalCount }}'],
)
def test_a_citizen_service_number_is_neither_looked_up_nor_repeated(whole: Ask, asked: str, text: str) -> None:
    (error,) = whole(f"{{ {asked.format(text)} }}")["errors"]
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert "111222333" not in str(error)


@pytest.mark.parametrize(("text", "why"), [("198.0", "decimal number"), ("KVK:123", "8 digits"), ("RSIN:2564440", "RSIN:002564440")])
def test_a_reference_that_cannot_be_read_says_why(refused: Ask, text: str, why: str) -> None:
    error = refused(f'{{ municipality(ref: "{text}") {{ name }} }}')
    assert (error["code"], error["reference"]) == ("NOT_FOUND", text)
    assert why in error["remedy"]


def test_five_hundred_are_linked_at_once_and_one_more_is_refused(ask: Ask, refused: Ask) -> None:
    assert len(resolve(ask, *(f"GM{number:04}" for number in range(500)))) == 500
    listed = ", ".join(f'"GM{number:04}"' for number in range(501))
    error = refused(f"{{ resolve(identifiers: [{listed}]) {{ input }} }}")
    assert (error["code"], error["argument"], error["remedy"]) == ("TOO_MANY", "identifiers", "Give at most 500.")


def test_what_only_has_a_slug_of_that_spelling_does_not_count_beside_what_is_called_so() -> None:
    named, slug = [0, "0a", "Gooi en Vechtstreek"], [0, "1g", "gooi-en-vechtstreek"]
    assert [len(found.candidates) for rows in ([named, slug], [slug]) for found in resolved(["Gooi en Vechtstreek"], None, rows)] == [1, 1]


def test_the_same_identifier_twice_has_the_same_answer_twice(ask: Ask) -> None:
    one, other, none = resolve(ask, "GM0370", "GM0370", "GM9999")
    assert one == other != none


def test_the_manual_lists_every_problem_of_linking() -> None:
    section = Path(__file__).parents[2].joinpath("api/ERRORS.md").read_text("utf-8").partition("## Linking a list")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE) == [problem.value for problem in ResolutionProblem]
