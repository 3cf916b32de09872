"""What a store has planned of the texts of this process, and the planning of others while nobody waits for it.

A store that plans slowly keeps its plans by text and by the form of the parameters: their types, and of texts and lists the power
of ten in which their length lies.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from graph.errors import EngineProblem

KEPT = 500  # texts that are taken to be planned; Neo4j keeps a thousand, the steps among them
WAITING = 32  # texts that wait to be planned
PATIENCE = 5.0  # seconds that a planning waits for a moment without questions
Form = tuple[str, tuple[tuple[str, str, int], ...]]


class Planning:
    """Plans one text at a time, when the store has no question in hand; what does not fit is left out, and so is what fails."""

    def __init__(self, plan: Callable[[str, Mapping[str, Any]], Awaitable[None]], idle: Callable[[], bool]) -> None:
        self._plan, self._idle = plan, idle
        self._planned: dict[Form, None] = {}
        self._waiting: dict[Form, tuple[str, Mapping[str, Any]]] = {}
        self._version: object = None
        self._work: asyncio.Task[None] | None = None

    def knows(self, text: str, parameters: Mapping[str, Any]) -> bool:
        """Whether a text has been planned for such parameters."""
        return form(text, parameters) in self._planned

    def done(self, text: str, parameters: Mapping[str, Any]) -> None:
        """Notes that a text has just been planned, or used once more."""
        asked = form(text, parameters)
        self._planned.pop(asked, None)
        self._planned[asked] = None
        if len(self._planned) > KEPT:
            del self._planned[next(iter(self._planned))]

    def of_version(self, version: object) -> None:
        """Notes which data was answered from; with other data a store plans anew."""
        if version != self._version:
            self._planned.clear()
            self._version = version

    def later(self, text: str, parameters: Mapping[str, Any]) -> None:
        """Has a text planned in the background, if there is room for it."""
        if len(self._waiting) < WAITING:
            self._waiting[form(text, parameters)] = text, parameters
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._worked())

    async def settled(self) -> None:
        """Waits until nothing is left to be planned."""
        if self._work:
            await self._work

    async def close(self) -> None:
        """Gives up what is still to be planned."""
        self._waiting.clear()
        if self._work:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)

    async def _worked(self) -> None:
        while self._waiting:
            await self._moment()
            asked = next(iter(self._waiting))
            text, parameters = self._waiting[asked]
            try:
                await self._plan(text, parameters)
                self.done(text, parameters)
            except EngineProblem:
                pass  # whoever asks it will be told
            finally:
                self._waiting.pop(asked, None)

    async def _moment(self) -> None:
        """Waits for a moment in which the store has nothing in hand, but not for ever."""
        until = asyncio.get_running_loop().time() + PATIENCE
        while not self._idle() and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.02)


def form(text: str, parameters: Mapping[str, Any]) -> Form:
    """By what a store tells a planned text."""
    return text, tuple((name, type(value).__name__, _size(value)) for name, value in sorted(parameters.items()))


def _size(value: Any) -> int:
    """The power of ten of a length: 0 for one, 1 for two to ten, 2 for up to a hundred; -1 for nothing at all."""
    if not isinstance(value, str | list):
        return 0
    return math.ceil(math.log10(len(value))) if value else -1
