"""Equal questions at the same time are asked once; a question is stopped when the last client that waits for it has left."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Hashable, MutableMapping
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
UNHEARD_SECONDS = 0.02  # so long nobody listens whether the client is still there: most answers are there before


class Flights(Generic[T]):
    """The questions that are being asked now, by a key that equal questions share."""

    def __init__(self) -> None:
        self._tasks: dict[Hashable, asyncio.Task[T]] = {}
        self._waiting: dict[Hashable, int] = {}

    async def joined(self, key: Hashable, asked: Callable[[], Coroutine[Any, Any, T]], receive: Receive) -> T | None:
        """The answer, or None where the client leaves before it is there."""
        task = self._tasks.get(key)
        if task is None:
            task = self._tasks[key] = asyncio.ensure_future(asked())
            self._waiting[key] = 0
            task.add_done_callback(lambda done: self._ended(key, done))
        self._waiting[key] += 1
        try:
            return await _while_there(task, receive)
        finally:
            if self._tasks.get(key) is task:
                self._waiting[key] -= 1
                if not self._waiting[key]:
                    del self._tasks[key], self._waiting[key]
                    task.cancel()

    def _ended(self, key: Hashable, task: asyncio.Task[T]) -> None:
        if self._tasks.get(key) is task:
            del self._tasks[key], self._waiting[key]
        if not task.cancelled():
            task.exception()  # whoever waits gets it; where all have left, nobody has to


async def _while_there(task: asyncio.Task[T], receive: Receive) -> T | None:
    done, _ = await asyncio.wait((task,), timeout=UNHEARD_SECONDS)
    if done:
        return task.result()
    left = asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait((task, left), return_when=asyncio.FIRST_COMPLETED)
    finally:
        left.cancel()
    return task.result() if task.done() else None


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
