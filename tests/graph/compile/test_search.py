"""Searching on every engine: exactly what the ranking makes of a reading of all references, in pages too."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any

import pytest
from neo4j import GraphDatabase

from api.answer import Answers, Question
from graph.ask.parameters import Sent, parameters
from graph.build.records import Records
from graph.compile.plan import plan
from graph.domain.ranking import KINDS, Called, rank, sought
from graph.domain.reference import spelled
from graph.engines.bolt import Store
from graph.engines.cypher import Address
from graph.question import Ask, Parameter

TODAY = date(2026, 11, 21)
SEARCH = """query Q($q: String!, $types: [EntityType!], $first: Int, $after: String) {
  search(query: $q, types: $types, first: $first, after: $after) {
    totalCount suggestions pageInfo { hasNextPage endCursor } edges { score matchedText matchedKind node { __typename id } } } }"""
TYPED = (
    "Oudeamstel", "zawa", "noordje", "Zaanstreek Waterland", "GM0479", "ret", "rot", "a", "z", "gm", "de", "jeugd", "jeugdhulp zaanstr",
    "CBS_GM:GM0370", "https://identifier.overheid.nl/tooi/id/gemeente/gm0479", "municipality/zaanstad", "urn:regiograaf:region:ijmond",
    "qqqq", "GM9999", "segment b", "'s heeren loo", "stad", "regio gooi en vechtstreek", "2022", "OIN:00000001001801284000",
)  # fmt: skip


@pytest.fixture
def patient(loaded: Store, runner: asyncio.Runner) -> Iterator[Store]:
    """A store with all the time that a slow machine needs to plan what nobody asked before."""
    store = Store(loaded.address, query_seconds=120)
    yield store
    runner.run(store.__aexit__(None, None, None))


def references(claims: Records) -> list[Called]:
    """Every text by which a thing may be called, as a scan of the whole graph finds it."""
    rows = [(bundle.key, row) for bundle in claims.bundles() for row in bundle.references]
    forms = {form: spelled for _, (form, spelled, _, _) in rows if spelled}
    return [Called(key, text, form, forms.get(form, ""), kind) for key, (form, _, text, kind) in rows if not key.startswith("event/")]


def slips(known: Sequence[Called], count: int) -> list[str]:
    """Names and codes as people type them: cut off, with a letter too many or too few, another or swapped, or with the words turned."""
    random, out = Random(7), list[str]()
    while len(out) < count:
        text = random.choice(known).text
        at = random.randrange(len(text))
        letter = random.choice("aeinrst0 -")
        out += [
            text[: at + 1], text[at:], text[:at] + text[at + 1 :], text[:at] + letter + text[at + 1 :], text[:at] + letter + text[at:],
            text[:at] + text[at : at + 2][::-1] + text[at + 2 :], " ".join(reversed(text.split())),
        ]  # fmt: skip
    return [text for text in out if spelled(text)]


def found(store: Store, runner: asyncio.Runner, typed: str, size: int = 100, types: list[str] | None = None) -> list[tuple[Any, ...]]:
    """All hits for what is typed, page after page."""
    answers, out, after = Answers(store, lambda: TODAY, "engine"), list[tuple[Any, ...]](), None
    while True:
        answer = runner.run(answers(Question(SEARCH, None, {"q": typed, "types": types, "first": size, "after": after})))
        assert "errors" not in answer, (typed, answer["errors"])
        page = answer["data"]["search"]
        out += [(e["node"]["id"], round(1000 * e["score"]), e["matchedText"], e["matchedKind"]) for e in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(out), typed
            assert bool(out) is False or page["suggestions"] == []
            return out
        after = page["pageInfo"]["endCursor"]


def test_a_search_finds_what_a_reading_of_all_references_finds(patient: Store, claims: Records, runner: asyncio.Runner) -> None:
    known = references(claims)
    for typed in (*TYPED, *slips(known, 150)):
        expected = [(hit.entity, hit.score, hit.text, hit.kind) for hit in rank(sought(typed), known)]
        assert found(patient, runner, typed) == expected, typed


def test_pages_together_are_the_whole_list(patient: Store, runner: asyncio.Runner) -> None:
    for typed in ("zaanstreek waterland", "gm04"):
        assert found(patient, runner, typed, 5) == found(patient, runner, typed)


@pytest.mark.parametrize(
    ("type_", "prefix"), [("MUNICIPALITY", "municipality/"), ("CARE_FUNCTION", "function/"), ("CONTRACT", "contract/")]
)
def test_a_search_for_a_type_finds_only_that_type(patient: Store, claims: Records, runner: asyncio.Runner, type_: str, prefix: str) -> None:
    known = [c for c in references(claims) if c.entity.startswith(prefix)]
    for typed in ("waterland", "zaanstreek", "dyslexie", "segment", "zanstad"):
        expected = [hit.entity for hit in rank(sought(typed), known)]
        assert [id_ for id_, *_ in found(patient, runner, typed, types=[type_])] == expected


def test_every_text_of_every_thing_finds_it_first(patient: Store, claims: Records, runner: asyncio.Runner) -> None:
    for one in references(claims)[::31]:
        hits = found(patient, runner, one.text)
        assert one.entity in [id_ for id_, score, *_ in hits if score >= 970], one
        assert hits[0][3] in KINDS


@pytest.mark.parametrize("typed", ["zanstad", "ret", "z", "GM0479"])
def test_a_search_is_a_question_to_an_index(neo4j_address: Address, loaded_everywhere: dict[str, Store], typed: str) -> None:
    asked = (Ask("totalCount", "totalCount"), Ask("suggestions", "suggestions"))
    question = Ask("", "search", (("query", Parameter("p0", "Search")),), (("SearchConnection", asked),))
    planned = operators(
        neo4j_address, plan(question).text, parameters(plan(question), {"p0": Sent("Search", typed, "query")}, TODAY, "", {})
    )
    assert "NodeIndexContainsScan" in planned
    assert not {"AllNodesScan", "NodeByLabelScan"} & planned


def operators(address: Address, text: str, values: dict[str, Any]) -> set[str]:
    """The operators of the plan that Neo4j makes of a Cypher."""
    auth = (address.user, address.password) if address.user else None
    with GraphDatabase.driver(address.uri, auth=auth) as driver:
        plan = driver.execute_query(f"EXPLAIN {text}", values).summary.plan
        assert plan
        waiting, names = [plan], set[str]()
    while waiting:
        step = waiting.pop()
        names.add(step["operatorType"].partition("@")[0])
        waiting += step.get("children", ())
    return names
