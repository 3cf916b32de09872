"""Work in threads: equal work is done once, one piece after the other, to its end, and never more of it waits than may."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from api.answer import Answers, Question
from api.http.rest.answering import Refusal
from api.http.rest.jobs import Jobs, beside, in_thread
from graph.engines.cypher import Cypher
from tests.api.conftest import TODAY


def test_equal_work_is_done_once_and_other_work_after_it(runner: asyncio.Runner) -> None:
    log: list[str] = []

    async def piece(name: str) -> str:
        log.append(f"begin {name}")
        await asyncio.sleep(0)
        log.append(f"end {name}")
        return name

    async def work() -> list[str]:
        jobs: Jobs[str] = Jobs()
        return await asyncio.gather(*(jobs.result(name, lambda name=name: piece(name)) for name in "aabba"))  # type: ignore[misc]

    assert runner.run(work()) == list("aabba")
    assert log == ["begin a", "end a", "begin b", "end b"]


def test_work_goes_on_if_whoever_asked_for_it_has_left(runner: asyncio.Runner) -> None:
    async def work() -> None:
        jobs: Jobs[str] = Jobs()
        go_on = asyncio.Event()

        async def piece() -> str:
            await go_on.wait()
            return "made"

        with pytest.raises(Refusal) as refused:
            await jobs.result("a", piece, 0)
        assert (refused.value.status, refused.value.error["extensions"]["code"]) == (503, "EXPORT_IN_THE_MAKING")
        leaving = asyncio.ensure_future(jobs.result("a", piece))
        await asyncio.sleep(0)
        leaving.cancel()
        go_on.set()
        assert await jobs.result("a", piece) == "made"
        assert jobs.running == {}

    runner.run(work())


def test_no_more_work_waits_than_may(runner: asyncio.Runner) -> None:
    async def work() -> None:
        jobs: Jobs[bool] = Jobs(most=2)
        go_on = asyncio.Event()
        codes = []
        for key in range(5):
            with pytest.raises(Refusal) as refused:
                await jobs.result(key, go_on.wait, 0)
            codes.append(refused.value.error["extensions"]["code"])
        assert codes == ["EXPORT_IN_THE_MAKING"] * 3 + ["BUSY"] * 2
        go_on.set()
        assert await jobs.result(2, go_on.wait) is True
        assert await jobs.result(4, go_on.wait) is True

    runner.run(work())


def test_what_fails_in_a_thread_fails_for_whoever_waits(runner: asyncio.Runner) -> None:
    async def fails() -> None:
        raise KeyError(threading.current_thread().name)

    with pytest.raises(KeyError, match="export"):
        runner.run(in_thread(fails))


def test_a_thread_asks_the_store_and_the_answers_in_their_own_event_loop(runner: asyncio.Runner) -> None:
    loops: list[Any] = []

    class Store:
        async def read(self, cypher: Cypher) -> list[Any] | None:
            loops.append(asyncio.get_running_loop())
            return None

        async def rows(self, cypher: Cypher) -> list[list[Any]]:
            loops.append(asyncio.get_running_loop())
            return [[1]]

    async def work() -> None:
        own = asyncio.get_running_loop()
        there = beside(Answers(Store(), lambda: TODAY, "engine"), own)

        async def in_it() -> Any:
            assert await there.store.rows(Cypher("x")) == [[1]]
            assert await there.store.read(Cypher("x")) is None
            return await there(Question("{ __typename }"))

        assert (await in_thread(in_it))["data"] == {"__typename": "Query"}
        assert set(loops) == {own}

    runner.run(work())
