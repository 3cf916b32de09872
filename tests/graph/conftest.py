"""Questions to a world that a module makes: its fixture `world`, loaded into each engine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.answer import Answers, Question
from graph.build.records import records
from graph.engines.bolt import Store
from graph.load.load import load
from tests.graph.domain.saying import World
from tests.graph.worlds import FIRST

LOADED_AT = "2026-01-01T00:00:00+00:00"
Ask = Callable[..., Any]


@pytest.fixture
def patient(empty_store: Store, runner: asyncio.Runner) -> Iterator[Store]:
    """A store with all the time that a slow machine needs to plan what nobody asked before."""
    store = Store(empty_store.address, query_seconds=120)
    yield store
    runner.run(store.__aexit__(None, None, None))


@pytest.fixture
def whole(patient: Store, world: World, runner: asyncio.Runner) -> Ask:
    """The whole response to a question of the world."""
    runner.run(load(patient, records(world.dataset), LOADED_AT))
    answers = Answers(patient, lambda: FIRST, "engine")
    return lambda document, **variables: runner.run(answers(Question(document, None, variables)))


@pytest.fixture
def ask(whole: Ask) -> Ask:
    """What a question answers: the value of its one root field, or the values of several by name."""

    def asked(document: str, **variables: Any) -> Any:
        answer = whole(document, **variables)
        assert "errors" not in answer, (answer["errors"], variables)
        data = answer["data"]
        return next(iter(data.values())) if len(data) == 1 else data

    return asked
