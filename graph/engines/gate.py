"""The one gate in front of a store: it limits how many queries run and how many wait, and lets cheap ones pass heavy ones."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.errors import Busy

SHARE = 4  # heavy queries may take one place in four, and half of the queue


class Gate:
    """Lets `at_once` queries run, queues `waiting` more in the order in which they came, and refuses the rest.

    Heavy queries have a queue of their own and at most a quarter of the places, so that many of them leave room. They have at
    least one place, which cheap queries do not take while a heavy one waits.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self.at_once, self.waiting = at_once, waiting
        self._heavy_at_once = max(1, at_once // SHARE)
        self._longest = {False: waiting, True: max(1, waiting // 2) if waiting else 0}
        self._running = {False: 0, True: 0}
        self._queues: dict[bool, deque[asyncio.Future[None]]] = {False: deque(), True: deque()}

    @property
    def running(self) -> int:
        return sum(self._running.values())

    @property
    def queued(self) -> int:
        return sum(map(len, self._queues.values()))

    @asynccontextmanager
    async def place(self, heavy: bool = False) -> AsyncIterator[None]:
        """Waits for a place and holds it. Raises Busy if the queue is full."""
        heavy = heavy and self.at_once > 1  # a single place is shared in turn
        if self._queues[heavy] or not self._free(heavy):
            await self._wait(heavy)
        else:
            self._running[heavy] += 1
        try:
            yield
        finally:
            self._running[heavy] -= 1
            self._admit()

    def _free(self, heavy: bool) -> bool:
        if heavy:
            return self.running < self.at_once and self._running[True] < self._heavy_at_once
        reserved = 1 if self._queues[True] and not self._running[True] else 0
        return self.running < self.at_once - reserved

    async def _wait(self, heavy: bool) -> None:
        queue = self._queues[heavy]
        if len(queue) >= self._longest[heavy] or self.queued >= self._longest[False]:
            raise Busy(f"The server is busy: {self.running} queries running, {self.queued} queued.", "Try again in a few seconds.")
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it was admitted at the moment when it was cancelled
                self._running[heavy] -= 1
            elif turn in queue:
                queue.remove(turn)
            self._admit()
            raise

    def _admit(self) -> None:
        """Admits the queries that may run now: cheap ones first, each kind in its order."""
        for heavy in (False, True):
            queue = self._queues[heavy]
            while queue and self._free(heavy):
                turn = queue.popleft()
                if not turn.done():
                    self._running[heavy] += 1
                    turn.set_result(None)
