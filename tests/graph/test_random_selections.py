"""Random questions, made from the schema alone: every engine gives the same bytes, and what the schema promises."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from random import Random
from typing import Any

import orjson
import pytest

from api.answer import Answers, Question
from api.documents.prepare import SCHEMA
from graph.ask.ask import Reader
from graph.build.records import Records
from graph.engines.bolt import Store
from seeds.check import dataset
from tests.graph.conformity import faults
from tests.graph.selections import Names, Selections

TODAY = date(2026, 11, 21)
EXPECTED = {
    "NOT_FOUND",
    "AMBIGUOUS",
    "TOO_COSTLY",
    "TOO_LARGE",
    "BAD_PERIOD",
    "NOT_ON_THAT_DAY",
    "NO_MUNICIPALITIES",
    "NOT_KEPT",
    "BAD_INPUT",
}
SHALLOW, DEEP = 40, 20


@pytest.fixture(scope="module")
def names(claims: Records) -> Names:
    links = (row for bundle in claims.bundles() for type_ in ("MEMBER_OF", "NOT_MEMBER_OF") for row in bundle.links.get(type_, ()))
    return Names.of(dataset(), sorted(f"membership/{about['key']}" for _, about in links))


@pytest.fixture
def patient(loaded_everywhere: dict[str, Store], runner: asyncio.Runner) -> Iterator[dict[str, Reader]]:
    """The engines, with all the time that a slow machine needs to plan what nobody asked before."""
    stores = {name: Store(store.address, query_seconds=120) for name, store in loaded_everywhere.items()}
    yield {**stores}
    for store in stores.values():
        runner.run(store.__aexit__(None, None, None))


def codes(answer: dict[str, Any]) -> list[str]:
    return [error["extensions"]["code"] for error in answer.get("errors", ())]


async def everywhere(stores: dict[str, Reader], question: Question) -> list[dict[str, Any]]:
    return list(await asyncio.gather(*(Answers(store, lambda: TODAY, "engine")(question) for store in stores.values())))


def compared(stores: dict[str, Reader], runner: asyncio.Runner, documents: Iterable[tuple[str, dict[str, Any]]]) -> Counter[str]:
    """Asks all documents of all engines; what came of each is counted."""
    outcomes: Counter[str] = Counter()
    for text, variables in documents:
        one, *others = runner.run(everywhere(stores, Question(text, None, variables)))
        shown = f"{text}\n{variables}"
        for other in others:
            assert orjson.dumps(other) == orjson.dumps(one), shown
        assert set(codes(one)) <= EXPECTED, f"{one['errors']}\n{shown}"
        assert faults(SCHEMA, text, variables, one) == [], shown
        outcomes.update(codes(one) or ["answered"])
    return outcomes


def documents(names: Names, seed: int, count: int, depth: int, width: int) -> list[tuple[str, dict[str, Any]]]:
    selections = Selections(SCHEMA, names, Random(seed))
    return [selections.document(depth, width) for _ in range(count)]


def the_same_everywhere(
    patient: dict[str, Reader], runner: asyncio.Runner, names: Names, seed: int, count: int, depth: int, width: int
) -> None:
    outcomes = compared(patient, runner, documents(names, seed, count, depth, width))
    assert outcomes["answered"] > count * 0.7, outcomes


SIZES = pytest.mark.parametrize(("seed", "count", "depth", "width"), [(1, SHALLOW, 2, 6), (2, DEEP, 4, 3)], ids=["shallow", "deep"])


@SIZES
def test_every_engine_gives_the_same_answer_and_one_that_fits_the_schema(
    patient: dict[str, Reader], runner: asyncio.Runner, names: Names, seed: int, count: int, depth: int, width: int
) -> None:
    the_same_everywhere(patient, runner, names, seed, count, depth, width)


@pytest.mark.long
@SIZES
def test_every_engine_gives_the_same_answer_to_a_thousand(
    patient: dict[str, Reader], runner: asyncio.Runner, names: Names, seed: int, count: int, depth: int, width: int
) -> None:
    the_same_everywhere(patient, runner, names, 1000 + seed, 17 * count, depth, width)
