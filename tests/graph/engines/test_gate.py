"""The gate in front of a store: how many are let in, how many wait, and that a question that is given up makes room."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.engines.gate import Gate
from graph.errors import Busy


async def until(holds: Callable[[], bool]) -> None:
    """Lets the other coroutines run until something holds."""
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0)


def test_no_more_are_let_in_at_once_than_there_are_places(runner: asyncio.Runner) -> None:
    inside, most = 0, 0

    async def one(gate: Gate) -> None:
        nonlocal inside, most
        async with gate.place():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)  # the others may try to enter
            inside -= 1

    async def all_of_them() -> None:
        gate = Gate(3, 100)
        await asyncio.gather(*(one(gate) for _ in range(50)))

    runner.run(all_of_them())
    assert (inside, most) == (0, 3)


def test_whoever_finds_the_queue_full_is_turned_away(runner: asyncio.Runner) -> None:
    async def crowd() -> list[Any]:
        gate, open_ = Gate(1, 1), asyncio.Event()

        async def one() -> str:
            async with gate.place():
                await open_.wait()
            return "in"

        asked = [asyncio.ensure_future(one()) for _ in range(3)]
        await until(asked[2].done)
        open_.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    first, second, third = runner.run(crowd())
    assert (first, second) == ("in", "in")
    assert isinstance(third, Busy)
    assert third.code == "BUSY"


def test_a_question_that_is_given_up_while_it_waits_leaves_its_place(runner: asyncio.Runner) -> None:
    async def given_up() -> str:
        gate = Gate(1, 1)
        async with gate.place():
            waiting = asyncio.ensure_future(gate.place().__aenter__())
            await until(lambda: gate.queued == 1)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
        async with gate.place():
            return "in"

    assert runner.run(given_up()) == "in"


async def _turn(gate: Gate, heavy: bool, entered: list[str], name: str, open_: asyncio.Event) -> None:
    async with gate.place(heavy):
        entered.append(name)
        await open_.wait()


async def _asked(gate: Gate, *heavy: bool, open_: asyncio.Event) -> tuple[list[str], list[asyncio.Task[None]]]:
    """Who is in after these have come in this order, and all of them."""
    entered: list[str] = []
    before = gate.running + gate.queued
    names = [("heavy" if h else "light", h) for h in heavy]
    asked = [asyncio.ensure_future(_turn(gate, h, entered, name, open_)) for name, h in names]
    await until(lambda: gate.running + gate.queued - before + sum(task.done() for task in asked) == len(asked))
    return entered, asked


def test_a_crowd_of_heavy_questions_leaves_room_for_light_ones(runner: asyncio.Runner) -> None:
    async def crowd() -> tuple[list[str], list[str]]:
        gate, open_ = Gate(8, 100), asyncio.Event()
        entered, asked = await _asked(gate, *[True] * 20, *[False] * 4, open_=open_)
        before = list(entered)
        open_.set()
        await asyncio.gather(*asked)
        return before, entered

    before, entered = runner.run(crowd())
    assert sorted(before) == ["heavy"] * 2 + ["light"] * 4
    assert sorted(entered) == ["heavy"] * 20 + ["light"] * 4


def test_light_questions_leave_a_place_for_a_heavy_one_that_waits(runner: asyncio.Runner) -> None:
    async def crowd() -> tuple[list[str], list[str]]:
        gate, open_, later = Gate(2, 100), asyncio.Event(), asyncio.Event()
        _, one = await _asked(gate, False, False, open_=open_)
        second, two = await _asked(gate, False, True, False, open_=later)
        open_.set()
        await asyncio.gather(*one)
        await until(lambda: len(second) == 2)
        before = list(second)
        later.set()
        await asyncio.gather(*two)
        return before, second

    before, all_of_them = runner.run(crowd())
    assert sorted(before) == ["heavy", "light"]
    assert sorted(all_of_them) == ["heavy", "light", "light"]


def test_heavy_questions_fill_only_half_of_the_queue(runner: asyncio.Runner) -> None:
    async def crowd() -> list[Any]:
        gate, open_ = Gate(4, 4), asyncio.Event()
        _, asked = await _asked(gate, *[True] * 6, *[False] * 5, open_=open_)
        open_.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    found = runner.run(crowd())
    assert [isinstance(each, Busy) for each in found] == [False] * 3 + [True] * 3 + [False] * 5


def test_a_heavy_question_that_is_given_up_in_the_queue_lets_the_next_one_in(runner: asyncio.Runner) -> None:
    async def given_up() -> list[str]:
        gate, open_ = Gate(4, 10), asyncio.Event()
        entered, (_, second, third) = await _asked(gate, True, True, True, open_=open_)
        second.cancel()
        open_.set()
        await third
        return entered

    assert runner.run(given_up()) == ["heavy", "heavy"]


def test_a_store_answers_a_crowd_in_turn(embedded_address: Address, runner: asyncio.Runner) -> None:
    async def crowd() -> Any:
        async with Store(embedded_address, at_once=2, waiting=100) as store:
            return await asyncio.gather(*(store.read(Cypher("RETURN $n", {"n": n})) for n in range(40)))

    assert runner.run(crowd()) == [[n] for n in range(40)]
