"""A request ends in its time, whatever the store does: what was read stays, what was not is refused, and nothing waits on."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from api.answer import Answers, Question
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.load.versions import Versions
from tests.api.conftest import TODAY
from tests.api.versioned import Versioned
from tests.conftest import engine

__all__ = ["engine"]  # on both engines

SECONDS = 2.0  # enough for a root field that was asked before, on a busy machine
ENDS_AT_ALL = 60.0


class Holding(Versioned):
    """A store that never ends the queries of some root fields."""

    held = 0

    async def read(self, cypher: Cypher) -> list[Any] | None:
        if cypher.name == "municipalities":
            self.held += 1
            try:
                await asyncio.Event().wait()
            finally:
                self.held -= 1
        return await super().read(cypher)


def codes(body: dict[str, Any]) -> dict[str, str]:
    """The code of each error by its root field."""
    return {error["path"][0]: error["extensions"]["code"] for error in body.get("errors", ())}


QUICK, SLOW = 'municipality(ref: "zaanstad") {{ name }}', "municipalities {{ totalCount }}"


@pytest.mark.parametrize(
    ("roots", "answered"),
    [
        ([SLOW], 0),
        ([QUICK, SLOW], 1),
        ([SLOW, QUICK], 1),
        ([QUICK] * 20 + [SLOW] * 20, 20),
        ([SLOW] * 40 + [QUICK] * 3, 0),  # more than are read at once: those behind them never have their turn
    ],
    ids=["one", "the last", "the first", "many of each", "all places held"],
)
def test_what_is_not_answered_in_time_is_refused_in_its_place(
    loaded: Store, runner: asyncio.Runner, roots: list[str], answered: int
) -> None:
    store = Holding(loaded)
    answers = Answers(store, lambda: TODAY, "engine", Versions(store), request_seconds=SECONDS)
    document = "{ " + " ".join(f"r{n}: {root.format()}" for n, root in enumerate(roots)) + " }"

    async def ask() -> dict[str, Any]:
        await answers(Question("{ r: " + QUICK.format() + " }"))  # so that nothing is planned in the time of the question
        async with asyncio.timeout(ENDS_AT_ALL):
            return await answers(Question(document))

    body = runner.run(ask())
    assert store.held == 0, "no query is left running"
    given = {key: value for key, value in body["data"].items() if value is not None}
    assert len(body["data"]) == len(roots)
    assert list(given.values()) == [{"name": "Zaanstad"}] * answered
    assert codes(body) == {key: "REQUEST_TIMEOUT" for key in body["data"] if key not in given}
    assert all(error["extensions"]["remedy"].endswith(".") for error in body["errors"])


def test_an_answer_in_part_is_never_complete(loaded: Store, runner: asyncio.Runner) -> None:
    answers = Answers(Holding(loaded), lambda: TODAY, "engine", request_seconds=0.01)
    response = runner.run(answers.respond(answers.prepare(Question("{ municipalities { totalCount } }")), TODAY))
    assert not response.complete


def test_a_commit_that_does_not_end_takes_no_more_time_than_a_request_has(loaded: Store, runner: asyncio.Runner) -> None:
    store = Versioned(loaded)
    store.notice = "a load 1"  # announced, overdue, and never fulfilled
    answers = Answers(store, lambda: TODAY, "engine", Versions(store), request_seconds=0.01)

    async def ask() -> dict[str, Any]:
        async with answers.versions.watched():
            await answers.versions.refresh()
            async with asyncio.timeout(ENDS_AT_ALL):
                return await answers(Question('{ municipality(ref: "zaanstad") { name } }'))

    (error,) = runner.run(ask())["errors"]
    assert error["extensions"]["code"] in ("DATA_CHANGING", "REQUEST_TIMEOUT")
