"""The one guard of versions: readers hear of a load within a second, never go back, and never mix two versions.

A database shows all that is committed, but not all of one commit at the same instant. So a read beside a commit may see some of
each version, whatever version it names. A load therefore announces its commit (`announced`), and readers check (`Versions`):

    load       ──writes──┬─ announce ──── wait GRACE_SECONDS ────┬─ commit ─┬─ withdraw
                         │                                       │          │
    store      version 1 │ version 1, commit begins in 1.2 s     │ 1 and 2  │ version 2
                         │                                       │          │
    refresh    ──R───────┼──R────────R────────R────────R─────────┼─R────R───┼──R──    (twice a second)
               no notice:│  notice: no commit can begin          │ overdue: │ no notice:
               safe for  │  before the announced time,           │ nothing  │ safe again; an answer that
               1.2 s     │  so safe until then                   │ is safe  │ names version 1 is read again
    answer     ── read ──┴─▶ refresh first if the safe time has passed; given only if newest and safe ──▶

A version is a digest, so two of them have no order; the instant of the load, which is stored beside it, has. A member of a
cluster that lags behind still shows an older version: its answers are not given.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.errors import EngineProblem, EngineUnavailable, RegiograafError
from graph.load import writes

log = logging.getLogger("regiograaf")
REFRESH_SECONDS = 0.5
GRACE_SECONDS = 1.2  # more than twice REFRESH_SECONDS, so that every reader sees the notice before the commit begins
STALE_SECONDS = 60.0  # after which a notice counts as left by a load that died
PATIENCE_SECONDS = 10.0  # for one refresh; the driver may retry that long
TRUSTED_SECONDS = 60.0  # how long a version is believed that nobody could confirm


@asynccontextmanager
async def announced(store: Store) -> AsyncIterator[None]:
    """Announces a commit and waits GRACE_SECONDS; the body may then commit. Withdraws the notice at the end."""
    seconds = {"grace": int(1000 * GRACE_SECONDS), "stale": int(1000 * STALE_SECONDS)}
    await store.write(lambda execute: execute(writes.ANNOUNCE, seconds))
    try:
        await asyncio.sleep(GRACE_SECONDS)
        yield
    finally:
        with contextlib.suppress(EngineProblem):  # then the notice grows stale
            await store.write(lambda execute: execute(writes.WITHDRAW, {}))


class Rows(Protocol):
    """Reads rows from a store, beside the questions of clients."""

    async def rows(self, cypher: Cypher) -> list[list[Any]]: ...


class Versions:
    """The version of a store as one worker knows it. Until `watched` is entered no version is known and every answer is accepted."""

    def __init__(self, store: Rows, refresh_seconds: float = REFRESH_SECONDS) -> None:
        self._store, self._refresh_seconds = store, refresh_seconds
        self._version: str | None = None
        self._loaded_at = self._load_id = ""
        self._confirmed_at = self._safe_until = 0.0
        self._watched = False
        self._refreshing: asyncio.Task[None] | None = None

    @property
    def current(self) -> str | None:
        """The version that the store held a moment ago; None if it is not known."""
        if self._version is None or time.monotonic() - self._confirmed_at > TRUSTED_SECONDS:
            return None
        return self._version

    @property
    def load_id(self) -> str | None:
        """Identifies the load that the store holds; loading the same data again gives another id. None if it is not known."""
        return self._load_id if self.current is not None else None

    async def accepts(self, version: str) -> bool:
        """Returns if an answer that was just read from this version may be given: it is the newest, and no commit ran beside it.

        While a commit is under way this waits for its end, PATIENCE_SECONDS at most.
        """
        if not self._watched:
            return True
        newest = version == self._version
        if newest and time.monotonic() < self._safe_until:
            return True
        deadline = time.monotonic() + PATIENCE_SECONDS
        await self.refresh()
        while time.monotonic() >= self._safe_until:
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(self._refresh_seconds / 10)
            await self.refresh()
        return newest and version == self._version

    async def refresh(self) -> None:
        """Reads the version from the store; callers at the same time share one read. Raises EngineProblem if the store fails."""
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.ensure_future(self._refresh())
        await asyncio.shield(self._refreshing)

    async def _refresh(self) -> None:
        started = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                ((version, loaded_at, commit_in),) = await self._store.rows(Cypher(writes.WATCHED, name="current version"))
        except TimeoutError:
            raise EngineUnavailable("The graph store does not report its data version.", "Check that it still answers.") from None
        if version != self._version and version is not None and self._version is not None and (loaded_at or "") < self._loaded_at:
            return  # a member of a cluster that has not received the newest load
        if (version, loaded_at or "") != (self._version, self._loaded_at):
            log.info("data version %s", version)
        self._version, self._loaded_at, self._confirmed_at = version, loaded_at or "", time.monotonic()
        self._load_id = f"{version} {loaded_at}"
        self._safe_until = started + (GRACE_SECONDS if commit_in is None else commit_in / 1000)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Refreshes regularly while it is open, also after the store was away."""
        self._watched = True
        task = asyncio.ensure_future(self._watch())
        try:
            yield
        finally:
            self._watched = False
            for running in (task, self._refreshing):
                if running:
                    running.cancel()
                    with contextlib.suppress(asyncio.CancelledError, RegiograafError):
                        await running

    async def _watch(self) -> None:
        while True:
            with contextlib.suppress(RegiograafError):  # whoever asks a question gets the error
                await self.refresh()
            await asyncio.sleep(self._refresh_seconds)
