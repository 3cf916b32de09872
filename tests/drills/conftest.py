"""An event loop that runs in a thread of its own, so that a proxy passes what a service asks between the steps of a test too."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from graph.build.records import Records
from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.load.load import load
from tests.conftest import LOADED_AT, empty

Drill = Callable[[Coroutine[Any, Any, Any]], Any]
LONGEST_SECONDS = 1800


@pytest.fixture(scope="module")
def drill() -> Iterator[Drill]:
    """Runs a coroutine to its end in that loop."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield lambda work: asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, LONGEST_SECONDS), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture(scope="module")
def filled_neo4j(neo4j_address: Address, claims: Records, runner: asyncio.Runner) -> Iterator[Address]:
    """A real Neo4j with the packaged claims."""

    async def fill() -> None:
        async with Store(neo4j_address) as store:
            await empty(store)
            await load(store, claims, LOADED_AT)

    async def cleaned() -> None:
        async with Store(neo4j_address) as store:
            await store.write(lambda execute: execute("MATCH (c:Commit) DELETE c", {}))
            assert (await store.rows(Cypher("MATCH (d:Dataset) RETURN d.version"))) == [[claims.version]]

    runner.run(fill())
    yield neo4j_address
    runner.run(cleaned())
