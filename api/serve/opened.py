"""Opens the store that questions are asked of: a Neo4j as it is, or the embedded engine, filled with the claims."""

from __future__ import annotations

import asyncio
import importlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Any, Protocol

from api.cli.load_report import print_start, progress
from api.serve.engine import keep_running
from api.settings import Settings
from graph.engines.bolt import Store
from graph.engines.cypher import Address
from graph.engines.embedded import running
from graph.engines.reach import reach
from graph.load.load import Progress, content


class Holding(Protocol):
    """The graph that a store holds."""

    @property
    def version(self) -> str: ...

    @property
    def claims(self) -> int: ...


class Claims(Protocol):
    """Fills a store with the claims, which it may begin to read while the engine starts."""

    def reading(self) -> AbstractContextManager[None]: ...

    async def read(self) -> None: ...

    async def fill(self, store: Store, progress: Progress = ...) -> tuple[Holding, bool]: ...


@asynccontextmanager
async def neo4j_store(settings: Settings, neo4j: Address, say: Callable[[str], None], *, quiet: bool) -> AsyncIterator[Store]:
    """Opens a Neo4j, and waits for one that does not answer yet, unless it has to be `quiet`. Raises ForeignData."""
    await reach(neo4j, 0 if quiet else settings.regiograaf_start_seconds, say)
    async with Store(neo4j, **_limits(settings)) as store:
        await content(store)
        yield store


@asynccontextmanager
async def embedded_store(settings: Settings, claims: Claims, *, quiet: bool) -> AsyncIterator[Store]:
    """Opens the embedded engine with the claims, and keeps it running. What answers questions is imported while the engine works."""
    started = time.monotonic()

    async def fill(address: Address) -> None:
        async with Store(address) as again:
            await claims.fill(again)

    async def import_what_answers() -> None:
        await claims.read()  # for which the engine waits
        await asyncio.to_thread(importlib.import_module, "api.answer")

    with claims.reading():
        importing = asyncio.ensure_future(import_what_answers())
        async with running(settings.regiograaf_data_dir) as engine, Store(engine.address, **_limits(settings)) as store:
            holding, loaded = await claims.fill(store, (lambda done, total: None) if quiet else progress())
            await importing
            if not quiet:
                print_start(holding.claims, holding.version, time.monotonic() - started, loaded=loaded)
            keeping = asyncio.ensure_future(keep_running(engine, store, fill))
            try:
                yield store
            finally:
                keeping.cancel()
                await asyncio.wait((keeping,))


def _limits(settings: Settings) -> dict[str, Any]:
    return {
        "query_seconds": settings.regiograaf_query_seconds,
        "at_once": settings.regiograaf_at_once,
        "waiting": settings.regiograaf_waiting,
    }
