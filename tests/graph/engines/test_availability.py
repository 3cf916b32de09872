"""Whether a store answers: what ends when it goes away, and what a look finds."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest

from graph.engines import availability as availability_
from graph.engines.availability import Availability
from graph.errors import EngineUnavailable

GONE = EngineUnavailable("It is gone.", "Wait.")


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():
            await asyncio.sleep(0)


async def watched(availability: Availability, look: Callable[[], Awaitable[object]], holds: Callable[[], bool]) -> None:
    """Watches until something holds."""
    watching = asyncio.ensure_future(availability.watch(look))
    try:
        await until(holds)
    finally:
        watching.cancel()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes ticks short; none of what follows depends on how short."""
    monkeypatch.setattr(availability_, "TICK_SECONDS", 0.01)
    monkeypatch.setattr(availability_, "SILENT_SECONDS", 0.05)


async def nothing() -> None: ...


async def silence() -> None:
    await asyncio.Event().wait()


async def refused() -> None:
    raise GONE


async def broken() -> None:
    raise ValueError


@pytest.mark.parametrize("look", [silence, refused, broken])
def test_a_look_that_fails_or_never_ends_finds_the_store_away(runner: asyncio.Runner, look: Callable[[], Awaitable[object]]) -> None:
    async def looked() -> Availability:
        await watched(found := Availability("The store"), look, lambda: found.problem is not None)
        return found

    found = runner.run(looked())
    with pytest.raises(EngineUnavailable) as told:
        found.check()
    assert told.value.logged
    assert found.lives == 1


def test_a_store_that_answers_others_is_not_silent(runner: asyncio.Runner) -> None:
    async def looked() -> Availability:
        found = Availability("The store")
        looking, heard = asyncio.Event(), 0

        async def look() -> None:
            looking.set()
            await asyncio.Event().wait()

        def answered() -> bool:
            nonlocal heard
            if looking.is_set():
                found.heard()
                heard += 1
            return heard > 5000

        await watched(found, look, answered)
        return found

    assert runner.run(looked()).problem is None


def test_a_store_that_comes_back_has_a_new_life(runner: asyncio.Runner, caplog: pytest.LogCaptureFixture) -> None:
    async def looked() -> int:
        found = Availability("The store")
        found.lost(GONE)
        found.lost(EngineUnavailable("It is gone.", "Wait."))
        await watched(found, nothing, lambda: found.problem is None)
        return found.lives

    with caplog.at_level(logging.INFO, "regiograaf"):
        assert runner.run(looked()) == 2
    assert [record.message.partition(" after ")[0] for record in caplog.records] == [
        "the store is away: It is gone.",
        "the store answers again",
    ]


def test_what_waits_for_a_store_ends_when_it_goes_away(runner: asyncio.Runner) -> None:
    async def waited() -> None:
        found = Availability("The store")

        async def wait() -> None:
            async with asyncio.timeout(None) as limit:
                with found.ending(limit):
                    await asyncio.Event().wait()

        waiting = [asyncio.ensure_future(wait()) for _ in range(3)]
        await asyncio.sleep(0)
        found.lost(GONE)
        ended = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 60)
        assert [type(e) for e in ended] == [TimeoutError] * 3

    runner.run(waited())


def test_a_store_that_is_being_restarted_is_not_found_by_a_look(runner: asyncio.Runner) -> None:
    async def looked() -> EngineUnavailable | None:
        found = Availability("The store")
        found.lost(GONE, restarting=True)
        looks = 0

        async def look() -> None:
            nonlocal looks
            looks += 1

        watching = asyncio.ensure_future(found.watch(look))
        for _ in range(200):
            found.doubt()
            await asyncio.sleep(0)
        watching.cancel()
        assert looks == 0
        return found.problem

    assert runner.run(looked()) is GONE


def test_what_was_given_up_is_told_to_those_who_wait_for_it(runner: asyncio.Runner) -> None:
    async def given_up() -> None:
        found = Availability("The store")
        waiting = asyncio.ensure_future(found.until(lambda: found.given_up is not None))
        await asyncio.sleep(0)
        assert not waiting.done()
        found.give_up(GONE)
        await asyncio.wait_for(waiting, 60)

    runner.run(given_up())
