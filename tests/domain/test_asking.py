"""The root fields `claims`, `events` and `entity` find what the claims say, compared with a plain reading of the files."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from graph.domain.claim import Claim, Dataset, EntityRef, Text
from graph.domain.model import ENTITIES, PREDICATES
from graph.domain.predicates import PREDICATES as NAMES
from graph.domain.words import EVENT_KINDS
from tests.domain.conftest import Ask
from tests.house.readme import ROOT

EXAMPLES = re.compile(r"^```graphql\n(.*?)^```\n+^```json\n(.*?)^```", re.MULTILINE | re.DOTALL)


def found(ask: Ask, arguments: str) -> set[str]:
    """The keys of all claims that a question finds, page by page."""
    keys, after = set[str](), ""
    while True:
        page = ask(f"{{ claims({arguments}, first: 100{after}) {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} totalCount }} }}")
        keys |= {node["id"].removeprefix("claim/") for node in page["nodes"]}
        if not page["pageInfo"]["hasNextPage"]:
            assert len(keys) == page["totalCount"]
            return keys
        after = f', after: "{page["pageInfo"]["endCursor"]}"'


def said_by(said: Dataset, **wanted: str) -> set[str]:
    return {key for key, claim in said.claims.items() if all(getattr(claim, name) == value for name, value in wanted.items())}


def test_every_predicate_is_named_in_the_schema() -> None:
    assert list(NAMES) == list(PREDICATES)


def test_the_claims_of_a_source_are_those_of_its_files(ask: Ask, said: Dataset) -> None:
    for slug in ("regiovisie-zawa", "persbericht-2021", "samenwerking-gooi-en-vechtstreek"):
        assert found(ask, f'source: "source/{slug}"') == found(ask, f'source: "{slug}"') == said_by(said, source=slug)


@pytest.mark.parametrize("predicate", ["practice", "figure", "text", "issuedBy", "runs"])
def test_the_claims_of_a_predicate_are_those_of_the_files(ask: Ask, said: Dataset, predicate: str) -> None:
    assert found(ask, f"predicate: [{predicate}]") == said_by(said, predicate=predicate)


def test_the_claims_about_a_thing_are_its_claims(ask: Ask, said: Dataset) -> None:
    for key in ("region/zaanstreek-waterland", "document/jeugdwet", "function/gi"):
        assert found(ask, f'about: "{key}"') == said_by(said, subject=key)


def test_conditions_hold_together(ask: Ask, said: Dataset) -> None:
    wanted = {"source": "regiovisie-zawa", "predicate": "practice", "subject": "region/zaanstreek-waterland"}
    assert found(ask, 'source: "regiovisie-zawa", predicate: [practice], about: "JZ09"') == said_by(said, **wanted)


@pytest.mark.parametrize("word", ["wachtlijst", "Onderaannemer", "escalation", "e"])
def test_a_word_is_found_in_values_and_summaries(ask: Ask, said: Dataset, word: str) -> None:
    def texts(claim: Claim) -> list[Any]:
        value = claim.value
        plain: list[Any] = [value] if isinstance(value, str) else list(value.words) if isinstance(value, Text) else []
        if isinstance(value, bool):
            plain = ["ja", "yes"] if value else ["nee", "no"]
        return [*plain, *(claim.summary.words if claim.summary else ())]

    naive = {key for key, claim in said.claims.items() if any(word.lower() in t.lower() for t in texts(claim) if t)}
    assert found(ask, f'text: "{word}"') == naive


def test_an_unknown_source_is_an_error(refused: Ask) -> None:
    assert refused('{ claims(source: "nergens") { totalCount } }')["code"] == "NOT_FOUND"


def test_the_events_of_a_kind_are_those_of_the_files(ask: Ask, said: Dataset) -> None:
    for kind in EVENT_KINDS:
        naive = {c.subject for c in said.claims.values() if c.predicate == "kind" and c.value == kind and c.subject.startswith("event/")}
        nodes = ask(f"{{ events(kind: [{kind}], first: 100) {{ nodes {{ id kind }} }} }}")["nodes"]
        assert {node["id"] for node in nodes} == naive


def test_events_come_in_their_order_and_only_of_the_period(ask: Ask) -> None:
    period = 'during: {startDate: "2021-01-01", endDate: "2022-12-31"}'
    nodes = ask(f"{{ events({period}, first: 100) {{ nodes {{ date {{ earliest latest }} }} }} }}")["nodes"]
    assert nodes == sorted(nodes, key=lambda n: n["date"]["earliest"] or "")
    assert all((n["date"]["latest"] or "9999") >= "2021-01-01" for n in nodes)
    assert all((n["date"]["earliest"] or "") <= "2022-12-31" for n in nodes)
    every = ask("{ events(first: 100) { nodes { date { earliest latest } } } }")["nodes"]
    assert len(nodes) == sum(
        (n["date"]["latest"] or str(date.max)) >= "2021-01-01" and (n["date"]["earliest"] or "") <= "2022-12-31" for n in every
    )


def test_the_events_about_a_thing_are_those_that_involve_it(ask: Ask, said: Dataset) -> None:
    naive = {
        c.subject for c in said.claims.values()
        if c.predicate in ("original", "resulting", "about") and c.value == EntityRef("municipality/purmerend")
    }  # fmt: skip
    nodes = ask('{ events(about: "Purmerend", first: 100) { nodes { id } } }')["nodes"]
    assert {node["id"] for node in nodes} == naive


@pytest.mark.parametrize("type_", ENTITIES)
def test_an_entity_of_any_type_is_found_by_its_key(ask: Ask, said: Dataset, type_: str) -> None:
    keys = [key for key, entity in said.entities.items() if entity.type == type_][:3]
    assert [ask(f'{{ entity(ref: "{key}") {{ __typename id }} }}') for key in keys] == [{"__typename": type_, "id": key} for key in keys]


def test_a_slug_of_two_types_is_told_apart(refused: Ask) -> None:
    error = refused('{ entity(ref: "dyslexie") { name } }')
    assert (error["code"], error["candidates"]) == ("AMBIGUOUS", ["collaboration/dyslexie", "function/dyslexie"])


def test_an_event_is_no_entity(refused: Ask) -> None:
    assert refused('{ entity(ref: "event/beemster-2022") { name } }')["code"] == "NOT_FOUND"


def test_the_examples_of_the_manual_have_the_answers_that_it_prints(whole: Ask) -> None:
    text = (ROOT / "api/README.md").read_text("utf-8")
    examples = EXAMPLES.findall(text)
    assert len(examples) == text.count("```graphql") >= 2
    for question, answer in examples:
        assert whole(question)["data"] == json.loads(answer)
