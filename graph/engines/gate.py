"""The gate in front of a store: so many questions at once, so many waiting, and no queue without a bound."""

from __future__ import annotations

import asyncio
from typing import Self

from graph.errors import Busy


class Gate:
    """Lets `at_once` through, lets `waiting` more wait in the order in which they came, and turns the rest away. Use as `async with`."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._at_once, self._most, self._waiting, self._inside = at_once, waiting, 0, 0

    @property
    def idle(self) -> bool:
        """Whether nothing is through and nothing waits."""
        return self._inside == 0 and self._waiting == 0

    async def __aenter__(self) -> Self:
        if self._places.locked() and self._waiting >= self._most:
            raise Busy(f"The store has {self._at_once} questions in hand and {self._waiting} waiting.", "Try again in a few seconds.")
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1
        self._inside += 1
        return self

    async def __aexit__(self, *_: object) -> None:
        self._inside -= 1
        self._places.release()
