"""The gate in front of a store: how many are let in, how many wait, and that a question that is given up makes room."""

from __future__ import annotations

import asyncio

import pytest

from graph.engines.bolt import Address, Cypher, Store
from graph.engines.gate import Gate
from graph.errors import Busy


def test_no_more_are_let_in_at_once_than_there_are_places(runner: asyncio.Runner) -> None:
    inside, most = 0, 0

    async def one(gate: Gate) -> None:
        nonlocal inside, most
        async with gate:
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    async def all_of_them() -> None:
        gate = Gate(3, 100)
        await asyncio.gather(*(one(gate) for _ in range(50)))

    runner.run(all_of_them())
    assert (inside, most) == (0, 3)


def test_whoever_finds_the_queue_full_is_turned_away(runner: asyncio.Runner) -> None:
    async def crowd() -> list[object]:
        gate, open_ = Gate(1, 1), asyncio.Event()

        async def one() -> str:
            async with gate:
                await open_.wait()
            return "in"

        asked = [asyncio.ensure_future(one()) for _ in range(3)]
        await asyncio.sleep(0)
        open_.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    first, second, third = runner.run(crowd())
    assert (first, second) == ("in", "in")
    assert isinstance(third, Busy)
    assert third.code == "BUSY"


def test_a_question_that_is_given_up_while_it_waits_leaves_its_place(runner: asyncio.Runner) -> None:
    async def given_up() -> str:
        gate = Gate(1, 1)
        async with gate:
            waiting = asyncio.ensure_future(gate.__aenter__())
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.sleep(0)
            with pytest.raises(asyncio.CancelledError):
                await waiting
        async with gate:
            return "in"

    assert runner.run(given_up()) == "in"


def test_a_store_answers_a_crowd_in_turn(embedded_address: Address, runner: asyncio.Runner) -> None:
    async def crowd() -> list[object]:
        async with Store(embedded_address, at_once=2, waiting=100) as store:
            return await asyncio.gather(*(store.read(Cypher("RETURN $n", {"n": n})) for n in range(40)))

    assert runner.run(crowd()) == [[n] for n in range(40)]
