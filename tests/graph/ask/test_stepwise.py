"""Answers in steps: the same as by one text, from a small closed set of texts, and never from two versions of the data."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson
import pytest

from api.answer import Answers, Question
from api.documents.prepare import prepare
from graph.ask.plan_ahead import of_nothing, plan_ahead
from graph.ask.stepwise import answered
from graph.compile.plan import Plan, in_steps
from graph.compile.steps.prepared import closed
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.errors import NotLoaded
from tests.graph.ask.in_steps import InSteps
from tests.questions.page import TODAY, Page, pages

THREE_LEVELS = """{ region(ref: "zaanstreek-waterland") { %s municipalities { totalCount nodes { %s
  memberships { nodes { %s organization { %s } claims { %s source { %s } } } } } } } }"""
ONE = THREE_LEVELS % ("id", "name", "role", "slug", "id", "title")
OTHER = THREE_LEVELS % (
    "slug name(lang: EN) status",
    "code operationalPeriod { startDate }",
    "roleLabel takesPart memberDuring { end { edtf } }",
    "__typename id ... on Collaboration { kind purpose(lang: EN) }",
    "predicate rank value { ... on TextValue { text } }",
    "kind publisher readOn",
)


def planned(text: str, variables: dict[str, Any] | None = None) -> Plan:
    operation, _ = prepare(text, None, variables or {})
    (root,) = operation.roots.values()
    return root.plan


def texts(plan: Plan) -> list[str]:
    references, first = in_steps(plan)
    return [step.text for step in (*references, *first.all()) if step.text]


@pytest.fixture
def patient(loaded: Store, runner: asyncio.Runner) -> Iterator[Store]:
    """A store with all the time that a slow machine needs to plan what nobody asked before."""
    store = Store(loaded.address, query_seconds=120)
    yield store
    runner.run(store.__aexit__(None, None, None))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.file.stem)
def test_a_page_has_the_same_answer_in_steps(page: Page, patient: Store, runner: asyncio.Runner) -> None:
    answer = runner.run(Answers(InSteps(patient), lambda: TODAY, "engine")(page.question))
    answer.pop("extensions", None)  # a page does not tell what its answer costs
    assert orjson.dumps(answer) == orjson.dumps(page.answer)


def test_a_question_has_a_step_for_each_list_and_none_for_each_entry(patient: Store, runner: asyncio.Runner) -> None:
    store = InSteps(patient)
    answer = runner.run(Answers(store, lambda: TODAY, "engine")(Question(ONE)))
    assert len(answer["data"]["region"]["municipalities"]["nodes"]) == 7
    assert sorted(c.text for c in store.asked) == sorted(texts(planned(ONE)))
    assert len(store.asked) == 7  # the reference, the region, the municipalities and their count, memberships, claims, sources


def test_which_values_are_asked_for_does_not_bear_on_the_steps() -> None:
    assert planned(ONE).text != planned(OTHER).text
    assert texts(planned(ONE)) == texts(planned(OTHER))


def test_which_words_a_filter_has_does_not_bear_on_the_steps() -> None:
    of = '{ region(ref: "a") { members(filter: {role: [%s]}) { nodes { id } } } }'
    assert texts(planned(of % "LEAD")) == texts(planned(of % "MEMBER, HOST"))


def test_the_closed_set_is_small_and_has_the_steps_of_a_plain_question_on_any_level() -> None:
    known = [step.text for step in closed()]
    assert len(known) == len(set(known))
    assert 400 < len(known) < 600, "Neo4j keeps a thousand plans, and half of them are for the one texts"
    assert set(texts(planned(ONE))) <= set(known)


def test_the_plainest_steps_come_first() -> None:
    known = [step.text for step in closed()]
    assert set(texts(planned(ONE))) <= set(known[:200])


def test_every_step_of_the_closed_set_can_be_asked_of_nothing(patient: Store, runner: asyncio.Runner) -> None:
    some = list(closed())[:: 1 if patient.address.engine == "embedded" else 40]  # a Neo4j that is not warm plans a text in 100 ms
    for step in some:
        record = runner.run(patient.read(Cypher(step.text, {"step": of_nothing(step)})))
        assert record, step.text
        assert [rows for _, rows, *_ in record[1] if isinstance(rows, list) and rows and step.reads and step.limit] == [], step.text


def test_only_a_store_that_plans_slowly_is_planned_ahead(patient: Store, runner: asyncio.Runner) -> None:
    ahead = runner.run(plan_ahead(patient, most=5))
    assert ahead.texts == (5 if patient.address.engine == "neo4j" else 0)


class Watched(Store):
    """A store that remembers which texts were asked."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.address, query_seconds=120)
        self.asked: list[str] = []

    async def read(self, cypher: Cypher) -> list[Any] | None:
        self.asked.append(cypher.text)
        return await super().read(cypher)


def test_a_store_that_plans_slowly_is_asked_in_steps_until_it_has_planned_the_one_text(loaded: Store, runner: asyncio.Runner) -> None:
    one_text = planned(ONE).text

    async def work() -> tuple[list[str], list[str]]:
        async with Watched(loaded) as store:
            answers = Answers(store, lambda: TODAY, "engine")
            first = await answers(Question(ONE))
            at_first, store.asked = store.asked, []
            if store.planning:
                await store.planning.settled()
            assert await answers(Question(ONE)) == first
            return at_first, store.asked

    at_first, then = runner.run(work())
    assert then == [one_text]
    assert sorted(at_first) == (sorted(texts(planned(ONE))) if loaded.address.engine == "neo4j" else [one_text])


class Changing(InSteps):
    """A store in which other data is loaded after its first answer."""

    answered = 0

    async def read(self, cypher: Cypher) -> list[Any] | None:
        record = await super().read(cypher)
        assert record
        self.answered += 1
        return ["a version before", *record[1:]] if self.answered == 1 else record


def test_an_answer_never_comes_from_two_versions_of_the_data(patient: Store, runner: asyncio.Runner) -> None:
    store, plan = Changing(patient), planned("{ meta { openConflicts counts { count } } }")
    record = runner.run(answered(store, plan, {"asOf": date(2024, 1, 1)}))
    assert store.asked[-1].text == plan.text
    assert record
    assert record[0] != "a version before"


def test_an_empty_store_says_so_in_steps_too(empty_store: Store, runner: asyncio.Runner) -> None:
    answer = runner.run(Answers(InSteps(empty_store), lambda: TODAY, "engine")(Question(ONE)))
    assert [e["extensions"]["code"] for e in answer["errors"]] == [NotLoaded.code]
