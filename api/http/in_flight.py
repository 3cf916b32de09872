"""Equal questions at the same time are read once; a question is cancelled when the last client that waits for it has left."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Hashable, MutableMapping
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
DISCONNECT_GRACE_SECONDS = 0.02  # most answers arrive sooner, so only then watch for a disconnect


class InFlight(Generic[T]):
    """The questions that are being answered now, by a key that equal questions share."""

    def __init__(self) -> None:
        self._tasks: dict[Hashable, asyncio.Task[T]] = {}
        self.clients: dict[Hashable, int] = {}

    async def join(self, key: Hashable, respond: Callable[[], Coroutine[Any, Any, T]], receive: Receive) -> T | None:
        """Returns the answer, or None if the client leaves before it is there."""
        task = self._tasks.get(key)
        if task is None:
            task = self._tasks[key] = asyncio.ensure_future(respond())
            self.clients[key] = 0
            task.add_done_callback(lambda done: self._forget(key, done))
        self.clients[key] += 1
        try:
            return await _unless_disconnected(task, receive)
        finally:
            if self._tasks.get(key) is task:
                self.clients[key] -= 1
                if not self.clients[key]:
                    del self._tasks[key], self.clients[key]
                    task.cancel()

    def _forget(self, key: Hashable, task: asyncio.Task[T]) -> None:
        if self._tasks.get(key) is task:
            del self._tasks[key], self.clients[key]
        if not task.cancelled():
            task.exception()  # marks it as retrieved: if all clients have left, nobody else does


async def _unless_disconnected(task: asyncio.Task[T], receive: Receive) -> T | None:
    done, _ = await asyncio.wait((task,), timeout=DISCONNECT_GRACE_SECONDS)
    if done:
        return task.result()
    disconnect = asyncio.ensure_future(_disconnect(receive))
    try:
        await asyncio.wait((task, disconnect), return_when=asyncio.FIRST_COMPLETED)
    finally:
        disconnect.cancel()
    return task.result() if task.done() else None


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
