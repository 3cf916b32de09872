"""A store that stops before each query that it writes and before each commit, so that a test can hold a load anywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from graph.engines.bolt import Store
from graph.engines.cypher import Address, Execute

COMMIT = "COMMIT"
Step = Callable[[str], Awaitable[None]]


class Stepping(Store):
    """Awaits `step` before each query that it writes, with its text, and before each commit. Definitions are no steps."""

    def __init__(self, address: Address, step: Step) -> None:
        super().__init__(address, query_seconds=60)
        self._step = step

    async def write(self, work: Callable[[Execute], Awaitable[None]]) -> None:
        async def within(execute: Execute) -> None:
            texts = []

            async def one(text: str, parameters: Mapping[str, Any]) -> Any:
                texts.append(text)
                if not is_definition(text):
                    await self._step(text)
                return await execute(text, parameters)

            await work(one)
            if not any(map(is_definition, texts)):
                await self._step(COMMIT)

        await super().write(within)


def is_definition(text: str) -> bool:
    return text.startswith(("CREATE CONSTRAINT", "CREATE INDEX", "CREATE TEXT INDEX"))
