"""A store in front of a real one that shows another version of its data when told to, and counts what it is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from graph.ask.ask import Reader
from graph.engines.cypher import Cypher
from graph.errors import EngineUnavailable
from graph.load import writes


class Versioned:
    """Answers as the store behind it, as if the data had the version of the moment. What is loaded later has a later instant."""

    def __init__(self, behind: Reader) -> None:
        self.behind, self.version, self.loaded_at = behind, "v1", "2026-01-01"
        self.reads = self.stopped = 0
        self.away = False
        self.notice: str | None = None  # of a load that has announced its commit
        self.before: Callable[[], None] = lambda: None
        self.shown: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    def loads(self, version: str, loaded_at: str) -> None:
        self.version, self.loaded_at = version, loaded_at

    async def read(self, cypher: Cypher) -> list[Any] | None:
        self.reads += 1
        self.before()
        version = self.shown.pop(0) if self.shown else self.version
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        record = await self.behind.read(cypher)
        return record and [version, *record[1:]]

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        if self.away:
            raise EngineUnavailable("It is away.", "Wait.")
        if cypher.text == writes.WATCHED:
            return [[self.version, self.loaded_at, self.notice]]
        return await self.behind.rows(cypher)
