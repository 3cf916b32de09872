"""Two loads of one database at once: one wins, the other ends with LOAD_DISTURBED, and the graph is that of the winner.

Each drill holds one load at each of its steps in turn, until the other one is done or waits for a lock of the first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from graph.build.records import Records, records
from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher, Execute
from graph.errors import LoadDisturbed
from graph.load import writes
from graph.load.load import Difference, difference, load
from tests.conftest import empty
from tests.graph.load.stepping import COMMIT, Stepping
from tests.graph.load.test_load import LATER, LOADED_AT, Run, picture, run
from tests.graph.load.test_update import country

__all__ = ["run"]
BEFORE, ONE, OTHER = (records(country(3, **names)) for names in ({}, {"m1": "Eenstad"}, {"m2": "Anderstad"}))
BLOCKED = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked by' RETURN count(*)"
DEADLINE_SECONDS = 120
SMALL_ROWS = 60  # in a transaction: a first load of these worlds takes some, and not many


class Halted:
    """Holds a load before its step of some number, until it is let go."""

    def __init__(self, number: int) -> None:
        self._number, self.steps = number, list[str]()
        self.reached, self.go = asyncio.Event(), asyncio.Event()

    async def __call__(self, text: str) -> None:
        self.steps.append(text)
        if len(self.steps) == self._number:
            self.reached.set()
            await self.go.wait()


async def outcome(address: Address, wanted: Records, step: Halted, found: Difference) -> str:
    """Loads as the command line does, and returns the version or the code of the error."""
    async with Stepping(address, step) as store:
        try:
            await load(store, wanted, LATER, computed=found)
        except LoadDisturbed as disturbed:
            return disturbed.code
        return wanted.version


async def blocked(store: Store) -> bool:
    return bool(store.address.counts_db_hits and (await store.rows(Cypher(BLOCKED)))[0][0])


async def beside(store: Store, number: int) -> tuple[str, str]:
    """Loads ONE and holds it before one of its steps, until a load of OTHER is done or waits; returns how both ended.

    Both have compared before either writes.
    """
    halted, free = Halted(number), Halted(0)
    one, two = await difference(store, ONE), await difference(store, OTHER)
    held = asyncio.ensure_future(outcome(store.address, ONE, halted, one))
    await asyncio.wait([held, reached := asyncio.ensure_future(halted.reached.wait())], return_when=asyncio.FIRST_COMPLETED)
    reached.cancel()
    other = asyncio.ensure_future(outcome(store.address, OTHER, free, two))
    while not other.done() and not await blocked(store):
        await asyncio.sleep(0)
    halted.go.set()
    return await held, await other


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit that is announced begins at once, since nobody reads here, and a first load takes some transactions."""
    monkeypatch.setattr("graph.load.versions.GRACE_SECONDS", 0)
    monkeypatch.setattr("graph.load.first_load.TRANSACTION_ROWS", SMALL_ROWS)


async def nothing(store: Store) -> None:
    await empty(store)


async def a_graph(store: Store) -> None:
    await empty(store)
    await load(store, BEFORE, LOADED_AT)


async def the_remains_of_a_load(store: Store) -> None:
    await empty(store)

    async def remains(execute: Execute) -> None:
        await execute(writes.SET_MARK, {"by": "a load that was killed"})
        await execute("UNWIND range(1, 3) AS n CREATE (:Source {key: toString(n), digest: 'd'})", {})

    await store.write(remains)


def crossings(steps: list[str]) -> list[int]:
    """The steps at which two loads meet in different ways: before and after each lock is taken, in the middle, and before commits."""
    locks = [n for n, text in enumerate(steps, 1) if text in (writes.LOCK_VERSION, writes.SET_MARK, writes.TAKE_OVER, writes.PUBLISH)]
    commits = [n for n, text in enumerate(steps, 1) if text == COMMIT]
    return sorted({*locks, *(n + 1 for n in locks), len(steps) // 2, *commits[:1], *commits[-3:]} & {*range(1, len(steps) + 1)})


STARTS = pytest.mark.parametrize("start", [a_graph, nothing, the_remains_of_a_load], ids=lambda start: start.__name__)


@pytest.mark.slow
@STARTS
def test_of_two_loads_one_wins(empty_store: Store, run: Run, quick: None, start: Callable[[Store], Awaitable[None]]) -> None:
    meet(empty_store, run, start, crossings)


@pytest.mark.long
@STARTS
def test_of_two_loads_one_wins_at_whatever_step_they_meet(
    empty_store: Store, run: Run, quick: None, start: Callable[[Store], Awaitable[None]]
) -> None:
    meet(empty_store, run, start, lambda steps: list(range(1, len(steps) + 1)))


def meet(store: Store, run: Run, start: Callable[[Store], Awaitable[None]], at: Callable[[list[str]], list[int]]) -> None:
    """Lets two loads meet at some steps of the first, each time from the same start."""
    graphs, alone = {}, Halted(0)
    for wanted, step in ((OTHER, Halted(0)), (ONE, alone)):
        run(start(store))
        assert run(outcome(store.address, wanted, step, run(difference(store, wanted)))) == wanted.version
        graphs[wanted.version] = picture(store, run)
    assert {COMMIT, writes.PUBLISH} < set(alone.steps)
    for number in at(alone.steps):
        run(start(store))
        ends = run(asyncio.wait_for(beside(store, number), DEADLINE_SECONDS))
        text = alone.steps[number - 1]
        assert "LOAD_DISTURBED" in ends, (number, text, ends)
        (winner,) = set(ends) - {"LOAD_DISTURBED"}
        assert picture(store, run) == graphs[winner], (number, text)
