"""Knows whether a store answers: when it goes away all questions end at once, and nobody asks it anything until it is back.

there ── a look fails, or nothing at all has come back for SILENT_SECONDS ──▶ away ── a look succeeds ──▶ there, a new life
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Iterator

from graph.errors import EngineProblem, EngineUnavailable

log = logging.getLogger("regiograaf")
TICK_SECONDS = 0.5
SILENT_SECONDS = 4.0  # a store that is only slow answers something within that
LONGEST_PAUSE_SECONDS = 2.0  # between two looks at a store that is away


class Availability:
    """Knows if a store answers. `problem` says why it does not; `lives` counts how often it came, so a new life has no plans yet.
    `restarts` counts how often a process of ours was started again.

    Silence is counted in ticks of the event loop, so a process that was stopped or busy does not take its own absence for that of
    the store.
    """

    def __init__(self, named: str) -> None:
        self.problem: EngineUnavailable | None = None
        self.given_up: EngineUnavailable | None = None
        self.lives, self.restarts = 1, 0
        self.restarting = False
        self._named, self._heard, self._heard_before, self._away_since = named, 0, 0, 0.0
        self._pause, self._doubted = TICK_SECONDS, asyncio.Event()
        self._reasons: set[str] = set()  # of this absence, each of which is logged once
        self._limits: set[asyncio.Timeout] = set()
        self._changed = asyncio.Event()

    @property
    def away_seconds(self) -> float:
        """How long the store has been away; 0 if it is there."""
        return time.monotonic() - self._away_since if self.problem else 0.0

    def check(self) -> None:
        """Raises EngineUnavailable if the store is away."""
        if self.problem:
            raise EngineUnavailable(self.problem.message, self.problem.remedy, logged=True)

    def heard(self) -> None:
        """Notes that something came back from the store."""
        self._heard += 1

    def doubt(self) -> None:
        """Has somebody look at the store now, because a connection failed."""
        self._doubted.set()

    @contextlib.contextmanager
    def ending(self, limit: asyncio.Timeout) -> Iterator[None]:
        """Lets a time limit expire as soon as the store goes away."""
        self._limits.add(limit)
        try:
            yield
        finally:
            self._limits.discard(limit)

    def lost(self, problem: EngineUnavailable, *, restarting: bool = False) -> None:
        """Notes that the store is away, and ends what waits for it. `restarting` says that only `found` brings it back, no look."""
        self.restarting = self.restarting or restarting
        if not self.problem:
            self._away_since, self._reasons = time.monotonic(), set()
        if problem.message not in self._reasons:
            log.error("the store is away: %s", problem.message)
        self._reasons.add(problem.message)
        self.problem = problem
        now = asyncio.get_running_loop().time()
        for limit in self._limits:
            if not limit.expired():
                limit.reschedule(now)
        self._change()

    def found(self) -> None:
        """Notes that the store is there."""
        if self.problem:
            log.warning("the store answers again after %.1f s", self.away_seconds)
            self.problem, self.restarting, self.lives = None, False, self.lives + 1
            self._change()

    def give_up(self, problem: EngineUnavailable) -> None:
        """Notes that the store will not come back, so that the service ends."""
        self.lost(problem, restarting=True)
        self.given_up = problem
        self._change()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Waits until something holds that changes with the store."""
        while not holds():
            await self._changed.wait()

    def _change(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def watch(self, look: Callable[[], Awaitable[object]]) -> None:
        """Looks at the store whenever nothing else was heard from it, and more seldom the longer it is away."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._doubted.wait(), self._pause)
            if not self.restarting and (self.problem or self._doubted.is_set() or self._heard == self._heard_before):
                await self._look(look)
            self._doubted.clear()
            self._heard_before = self._heard
            self._pause = min(2 * self._pause, LONGEST_PAUSE_SECONDS) if self.problem else TICK_SECONDS

    async def _look(self, look: Callable[[], Awaitable[object]]) -> None:
        looking = asyncio.ensure_future(look())
        try:
            silent, heard = 0.0, self._heard
            while not (await asyncio.wait((looking,), timeout=TICK_SECONDS))[0]:
                silent, heard = silent + TICK_SECONDS if heard == self._heard else 0.0, self._heard
                if silent >= SILENT_SECONDS:
                    return self._lost_in_look(f"{self._named} has been silent for {SILENT_SECONDS:g} s.")
            if not (problem := looking.exception()):
                self.found()
            elif isinstance(problem, EngineProblem):
                self._lost_in_look(problem.message, problem.remedy)
            else:
                self._lost_in_look(f"{self._named} cannot be asked: {type(problem).__name__}.")
        finally:
            looking.cancel()

    def _lost_in_look(
        self, message: str, remedy: str = "Check that it runs and can be reached; `regiograaf doctor` tries each step."
    ) -> None:
        if not self.restarting:
            self.lost(EngineUnavailable(message, remedy))
