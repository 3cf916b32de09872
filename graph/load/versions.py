"""Which version of the data a store holds: noticed within a second, and never going back.

A version is a digest, so two of them have no order; the instant of the load, which stands beside it, has. A member of a cluster
that lags behind, or another read of the same moment, may still show a version that was overtaken: its answer is not taken.

A read beside the commit of a load can see some of each version, whatever version it names. A load announces its commit
(`graph.load.commit_notice`), so a look at the store tells until when none can have begun; what was read later is only given after another
look, and while a commit is under way after its end.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

from graph.engines.cypher import Cypher
from graph.errors import EngineUnavailable, RegiograafError
from graph.load import writes
from graph.load.commit_notice import GRACE_SECONDS

log = logging.getLogger("regiograaf")
EVERY_SECONDS = 0.5
PATIENCE_SECONDS = 10.0  # for one look; the driver may try again that long
SETTLE_SECONDS = 5.0  # after a change; the commit of a load is over long before
TRUSTED_SECONDS = 60.0  # how long a version is believed that nobody could confirm


class Upkeep(Protocol):
    """What looking after the version needs of a store."""

    async def rows(self, cypher: Cypher) -> list[list[Any]]: ...


class Versions:
    """The version of a store as one worker knows it. Nothing is known, and everything accepted, until `watched` has begun."""

    def __init__(self, store: Upkeep, every: float = EVERY_SECONDS, settle: float = SETTLE_SECONDS) -> None:
        self._store, self._every, self._settle = store, every, settle
        self._version: str | None = None
        self._loaded_at = self._mark = ""
        self._confirmed = self._changed = self._sure_until = 0.0
        self._watched = False
        self._look: asyncio.Task[None] | None = None

    @property
    def current(self) -> str | None:
        """The version that the store held a moment ago; None where that is not known."""
        if self._version is None or time.monotonic() - self._confirmed > TRUSTED_SECONDS:
            return None
        return self._version

    @property
    def mark(self) -> str | None:
        """What names the load that the store holds: the same data loaded once more has another mark. None where it is not known."""
        return self._mark if self.current is not None else None

    @property
    def settled(self) -> bool:
        """Whether the last change is so long ago that what is read now is all of one version."""
        return time.monotonic() - self._changed >= self._settle

    @property
    def watching(self) -> bool:
        return self._watched

    async def accepted(self, version: str) -> bool:
        """Whether an answer that has just been read from this version may be given: it is the newest, and no commit ran beside it.

        While a commit is under way its end is waited for, some seconds at most.
        """
        if not self._watched:
            return True
        newest = version == self._version
        if newest and time.monotonic() < self._sure_until:
            return True
        deadline = time.monotonic() + PATIENCE_SECONDS
        await self.look()
        while time.monotonic() >= self._sure_until:
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(self._every / 10)
            await self.look()
        return newest and version == self._version

    async def look(self) -> None:
        """Asks the store now; those who ask at the same time ask once. Raises EngineProblem where the store fails."""
        if self._look is None or self._look.done():
            self._look = asyncio.ensure_future(self._looked())
        await asyncio.shield(self._look)

    async def _looked(self) -> None:
        began = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                ((version, loaded_at, begins),) = await self._store.rows(Cypher(writes.WATCHED, name="current version"))
        except TimeoutError:
            raise EngineUnavailable("The graph store does not say which version it holds.", "Look whether it still answers.") from None
        if version != self._version and version is not None and self._version is not None and (loaded_at or "") < self._loaded_at:
            return  # a member of a cluster that has not heard of the newest load
        if (version, loaded_at or "") != (self._version, self._loaded_at):
            self._changed = time.monotonic()
            log.info("data version %s", version)
        self._version, self._loaded_at, self._confirmed = version, loaded_at or "", time.monotonic()
        self._mark = f"{version} {loaded_at}"
        self._sure_until = began + (GRACE_SECONDS if begins is None else begins / 1000)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Looks regularly for as long as it is open; a store that is away is asked again."""
        self._watched = True
        task = asyncio.ensure_future(self._watch())
        try:
            yield
        finally:
            self._watched = False
            for ended in (task, self._look):
                if ended:
                    ended.cancel()
                    with contextlib.suppress(asyncio.CancelledError, RegiograafError):
                        await ended

    async def _watch(self) -> None:
        while True:
            with contextlib.suppress(RegiograafError):  # told to whoever asks a question
                await self.look()
            await asyncio.sleep(self._every)
