"""Ways to use the driver, beside today's: CPU of this process for each small answer. `python -m tests.bench.driver`.

All ways ask the same plan of the same Neo4j, with the packaged claims, in turn, round after round, so that what else the
machine does hits all of them. CPU, not time: the CPU of a request hardly depends on who else is busy.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from threading import local
from typing import Any

import uvicorn
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, Driver, GraphDatabase, Query

from api.documents.prepare import prepare
from graph.ask.parameters import Sent, parameters
from graph.build.records import records
from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.load.load import load
from seeds.check import dataset
from tests.neo4j.server import neo4j
from tests.questions.counted import forget_plans

SMALL = 'query { municipality(ref: "zaanstad", asOf: "2023-06-01") { slug name memberships { nodes { organization { slug name } } } } }'
TODAY = "today"
THREADS, SECONDS = 16, 120.0
Way = Callable[[], Awaitable[Any]]
OPTIONS: dict[str, Any] = {"auth": None, "notifications_min_severity": "OFF"}


def question() -> Cypher:
    """A small question as the server asks it."""
    operation, raw = prepare(SMALL, None, {})
    (root,) = operation.roots.values()
    sent = {name: Sent(slot.kind, slot.read(raw), slot.argument) for name, slot in root.slots.items()}
    return Cypher(root.plan.text, parameters(root.plan, sent, date(2023, 6, 1), "", {}), root.plan.name)


@asynccontextmanager
async def ways(uri: str, asked: Cypher, at_once: int) -> AsyncIterator[dict[str, Way]]:
    """Each way by name; calling one asks once."""
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(Store(Address(uri), query_seconds=SECONDS))
        found: dict[str, Way] = {TODAY: lambda: store.read(asked)}
        for size in (16, 100):
            driver = await stack.enter_async_context(AsyncGraphDatabase.driver(uri, max_connection_pool_size=size, **OPTIONS))
            found[f"async, a session each, pool of {size}"] = _auto_commit(driver, asked)
        found["async, a session each, everything in one fetch"] = _auto_commit(driver, asked, fetch_size=-1)
        found["async, a session each, managed transaction"] = _managed(driver, asked)
        found["async, execute_query"] = lambda: driver.execute_query(asked.text, asked.parameters, routing_="r")  # type: ignore[call-overload]
        found["async, sessions kept"] = await _kept(driver, asked, at_once, stack)
        sync = stack.enter_context(GraphDatabase.driver(uri, max_connection_pool_size=THREADS, **OPTIONS))
        pool = stack.enter_context(ThreadPoolExecutor(THREADS))
        found["sync in threads, a session each"] = _threaded(pool, lambda: _once(sync, asked))
        found["sync in threads, a session for each thread"] = _threaded(pool, _of_thread(sync, asked))
        yield found


def _auto_commit(driver: AsyncDriver, asked: Cypher, **options: Any) -> Way:
    async def ask() -> Any:
        async with driver.session(default_access_mode=READ_ACCESS, **options) as session:
            result = await session.run(Query(asked.text, timeout=SECONDS), dict(asked.parameters))
            return await result.single()

    return ask


def _managed(driver: AsyncDriver, asked: Cypher) -> Way:
    async def work(transaction: Any) -> Any:
        return await (await transaction.run(asked.text, dict(asked.parameters))).single()

    async def ask() -> Any:
        async with driver.session(default_access_mode=READ_ACCESS) as session:
            return await session.execute_read(work)

    return ask


async def _kept(driver: AsyncDriver, asked: Cypher, at_once: int, stack: AsyncExitStack) -> Way:
    idle: asyncio.Queue[Any] = asyncio.Queue()
    for _ in range(at_once):
        idle.put_nowait(await stack.enter_async_context(driver.session(default_access_mode=READ_ACCESS)))

    async def ask() -> Any:
        session = await idle.get()
        try:
            return await (await session.run(Query(asked.text, timeout=SECONDS), dict(asked.parameters))).single()
        finally:
            idle.put_nowait(session)

    return ask


def _threaded(pool: ThreadPoolExecutor, ask: Callable[[], Any]) -> Way:
    return lambda: asyncio.get_running_loop().run_in_executor(pool, ask)


def _once(driver: Driver, asked: Cypher) -> Any:
    with driver.session(default_access_mode=READ_ACCESS) as session:
        return session.run(Query(asked.text, timeout=SECONDS), dict(asked.parameters)).single()


def _of_thread(driver: Driver, asked: Cypher) -> Callable[[], Any]:
    kept = local()

    def ask() -> Any:
        if not hasattr(kept, "session"):
            kept.session = driver.session(default_access_mode=READ_ACCESS)
        return kept.session.run(Query(asked.text, timeout=SECONDS), dict(asked.parameters)).single()

    return ask


async def cost(way: Way, requests: int, at_once: int) -> float:
    """CPU milliseconds of this process for each request."""
    left = iter(range(requests))

    async def client() -> None:
        for _ in left:
            await way()

    before = time.process_time()
    await asyncio.gather(*(client() for _ in range(at_once)))
    return (time.process_time() - before) * 1e3 / requests


async def measured(uri: str, rounds: int, requests: int, at_once: int) -> dict[str, list[float]]:
    """Each way's CPU by round; the first round warms up and is not kept."""
    async with ways(uri, question(), at_once) as found:
        costs: dict[str, list[float]] = {name: [] for name in found}
        for number in range(rounds + 1):
            for name, way in found.items():
                spent = await cost(way, requests, at_once)
                if number:
                    costs[name].append(spent)
    return costs


def table(costs: dict[str, list[float]], at_once: int) -> str:
    """CPU of each way, and its ratio to today's round by round: median (least–most)."""
    lines = [f"| {at_once} at a time | CPU ms a request | ÷ today's |", "|---|---|---|"]
    for name, spent in costs.items():
        ratios = [mine / today for mine, today in zip(spent, costs[TODAY], strict=True)]
        lines.append(f"| {name} | {statistics.median(spent):.3f} | {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}) |")
    return "\n".join(lines)


async def compare(uri: str, rounds: int, requests: int) -> None:
    """Fills the store, measures with 1 and 16 at a time, prints both tables."""
    async with Store(Address(uri)) as store:
        await load(store, records(dataset()), "2026-01-01T00:00:00+00:00")
        await forget_plans(store)
    for at_once in (1, 16):
        print("\n" + table(await measured(uri, rounds, requests, at_once), at_once), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.driver", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, choices=range(1, 31), metavar="1-30")
    parser.add_argument("--requests", type=int, default=300, choices=range(10, 2001), metavar="10-2000")
    given = parser.parse_args()
    loop = uvicorn.Config(None, log_config=None).get_loop_factory()  # type: ignore[arg-type]
    with neo4j() as running, asyncio.Runner(loop_factory=loop) as runner:
        runner.run(compare(running.uri, given.rounds, given.requests))


if __name__ == "__main__":
    main()
