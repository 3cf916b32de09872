"""The gate in front of a store: so many questions at once, so many waiting, no queue without a bound, and no big one before small ones."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.errors import Busy

SHARE = 4  # heavy questions may hold one place in so many, and half of the queue


class Gate:
    """Lets `at_once` through, lets `waiting` more wait in the order in which they came, and turns the rest away.

    Heavy questions have a queue of their own and at most a quarter of the places, so that a crowd of them leaves room; and at
    least one, which light questions do not take while a heavy one waits.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self._at_once, self._heavy_at_once = at_once, max(1, at_once // SHARE)
        self._most = {False: waiting, True: max(1, waiting // 2) if waiting else 0}
        self._inside = {False: 0, True: 0}
        self._queues: dict[bool, deque[asyncio.Future[None]]] = {False: deque(), True: deque()}

    @asynccontextmanager
    async def place(self, heavy: bool = False) -> AsyncIterator[None]:
        """A place, for as long as it is held. Raises Busy where too many wait already."""
        heavy = heavy and self._at_once > 1  # a single place is shared in turn
        if self._queues[heavy] or not self._free(heavy):
            await self._waited(heavy)
        else:
            self._inside[heavy] += 1
        try:
            yield
        finally:
            self._inside[heavy] -= 1
            self._next()

    def _free(self, heavy: bool) -> bool:
        inside = self._inside[False] + self._inside[True]
        if heavy:
            return inside < self._at_once and self._inside[True] < self._heavy_at_once
        kept = 1 if self._queues[True] and not self._inside[True] else 0
        return inside < self._at_once - kept

    async def _waited(self, heavy: bool) -> None:
        queue = self._queues[heavy]
        waiting = len(self._queues[False]) + len(self._queues[True])
        if len(queue) >= self._most[heavy] or waiting >= self._most[False]:
            held = self._inside[False] + self._inside[True]
            raise Busy(f"The store has {held} questions in hand and {waiting} waiting.", "Try again in a few seconds.")
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it was let in at the very moment at which it was given up
                self._inside[heavy] -= 1
            elif turn in queue:
                queue.remove(turn)
            self._next()
            raise

    def _next(self) -> None:
        """Lets in whoever may enter now: light ones first, each kind in its order."""
        for heavy in (False, True):
            queue = self._queues[heavy]
            while queue and self._free(heavy):
                turn = queue.popleft()
                if not turn.done():
                    self._inside[heavy] += 1
                    turn.set_result(None)
