"""A store that is always asked in steps, because it never has planned the one text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.ask.ask import Reader
from graph.engines.cypher import Cypher


class NothingPlanned:
    """Knows no text, and plans none."""

    def knows(self, text: str, parameters: Mapping[str, Any]) -> bool:
        return False

    def later(self, text: str, parameters: Mapping[str, Any]) -> None: ...

    def of_version(self, version: object) -> None: ...

    def done(self, text: str, parameters: Mapping[str, Any]) -> None: ...


class InSteps:
    """Asks a real store, and remembers what."""

    def __init__(self, store: Reader) -> None:
        self.store, self.asked, self.planning = store, list[Cypher](), NothingPlanned()

    async def read(self, cypher: Cypher) -> list[Any] | None:
        self.asked.append(cypher)
        return await self.store.read(cypher)

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        return await self.store.rows(cypher)
