"""The one guard of versions: readers hear of a load within a second, never go back, and never mix two versions.

A database shows all that is committed, but not all of one commit at the same instant. So a read beside a commit may see some of
each version, whatever version it names. A load therefore announces its commit (`announced`), and readers check (`Versions`):

    load       ──writes──┬─ announce ──── wait GRACE_SECONDS ────┬─ commit ─┬─ withdraw
                         │                                       │          │
    store      version 1 │ version 1 with a notice               │ 1 and 2  │ version 2
                         │                                       │          │
    refresh    ──R───────┼──R────────R────────R────────R─────────┼─R────R───┼──R──    (twice a second)
               no notice:│  notice: safe as long as the last     │ nothing  │ no notice:
               safe for  │  look without one said, since the     │ is safe  │ safe again; an answer that
               1.2 s     │  load announced after that look       │          │ names version 1 is read again
    answer     ── read ──┴─▶ refresh first if the safe time has passed; given only if newest and safe ──▶

A version is a digest, so two of them have no order; the instant of the load, which is stored beside it, has. A member of a
cluster that lags behind still shows an older version: its answers are not given.

A load renews its notice every RENEW_SECONDS while it lives. A reader that has seen a notice unrenewed for NOTICE_SECONDS takes no
more heed of it: its load was killed, and the store has finished or undone a commit that it had been sent. Time in which the store
did not answer does not count, because then the load could not renew it either. No clock of another machine is asked, and none
that may be set: a store or a loader whose clock jumps changes nothing. A notice bears the name of its load, so that a load that
ends does not withdraw the notice of the next one.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.engines.watching import watch
from graph.errors import Changing, EngineProblem, EngineUnavailable
from graph.load import writes

log = logging.getLogger("regiograaf")
REFRESH_SECONDS = 0.5
GRACE_SECONDS = 1.2  # more than twice REFRESH_SECONDS, so that every reader sees the notice before the commit begins
NOTICE_SECONDS = 10.0  # that an unrenewed notice counts; a load that lives renews it
RENEW_SECONDS = 2.0
PATIENCE_SECONDS = 4.0  # for the end of a commit, and for one refresh
TRUSTED_SECONDS = 60.0  # how long a version is believed that nobody could confirm


@asynccontextmanager
async def announced(store: Store) -> AsyncIterator[None]:
    """Announces a commit and waits GRACE_SECONDS; the body may then commit. Withdraws the notice at the end.

    The notice is renewed while the body runs, so that one of a load that was killed soon counts no longer. A load that was itself
    stopped meanwhile (a sleeping machine) announces anew, because its notice may have ended.
    """
    by = {"by": secrets.token_hex(8)}
    ended = asyncio.Event()
    announcing, renewing = True, None
    try:
        while announcing:
            started = time.monotonic()
            await store.write(lambda execute: execute(writes.ANNOUNCE, by))
            await asyncio.sleep(GRACE_SECONDS)
            announcing = time.monotonic() - started > GRACE_SECONDS + NOTICE_SECONDS / 2
        renewing = asyncio.ensure_future(_renew(store, by, ended))
        yield
    finally:
        ended.set()
        if renewing:
            await renewing
        with contextlib.suppress(EngineProblem):  # then the notice ends by its own time
            await store.write(lambda execute: execute(writes.WITHDRAW, by))


async def _renew(store: Store, by: dict[str, str], ended: asyncio.Event) -> None:
    while not ended.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), RENEW_SECONDS)
            return
        with contextlib.suppress(EngineProblem):  # the next time may do
            await store.write(lambda execute: execute(writes.RENEW, by))


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
        self._notice: str | None = None
        self._unrenewed = 0.0  # seconds in which the notice was seen unchanged
        self._watched = False
        self._refreshing: asyncio.Task[None] | None = None

    @property
    def current(self) -> str | None:
        """The version that the store held a moment ago; None if it is not known."""
        if self._version is None or time.monotonic() - self._confirmed_at > TRUSTED_SECONDS:
            return None
        return self._version

    @property
    def loaded_at(self) -> str | None:
        """The instant of the load that the store holds; None if it is not known."""
        return (self._loaded_at or None) if self.current is not None else None

    @property
    def load_id(self) -> str | None:
        """Identifies the load that the store holds; loading the same data again gives another id. None if it is not known."""
        return self._load_id if self.current is not None else None

    async def accepts(self, version: str) -> bool:
        """Returns if an answer that was just read from this version may be given: it is the newest, and no commit ran beside it.

        While a commit is under way this waits for its end. Raises Changing if that takes longer than PATIENCE_SECONDS.
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
                raise Changing("New data is being loaded, and that takes long.", "Ask again in a few seconds.")
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
                ((version, loaded_at, notice),) = await self._store.rows(Cypher(writes.WATCHED, name="current version"))
        except TimeoutError:
            raise EngineUnavailable("The graph store does not report its data version.", "Check that it still answers.") from None
        if version != self._version and version is not None and self._version is not None and (loaded_at or "") < self._loaded_at:
            return  # a member of a cluster that has not received the newest load
        if (version, loaded_at or "") != (self._version, self._loaded_at):
            log.info("data version %s", version)
        if not self._counts(notice, min(started - self._confirmed_at, 2 * self._refresh_seconds)):
            self._safe_until = started + GRACE_SECONDS
        self._version, self._loaded_at, self._confirmed_at = version, loaded_at or "", time.monotonic()
        self._load_id = f"{version} {loaded_at}"

    def _counts(self, notice: str | None, seconds: float) -> bool:
        """Returns True if a commit is announced and its notice was not seen unrenewed for too long. The last look was `seconds` ago."""
        self._unrenewed = self._unrenewed + seconds if notice == self._notice else 0.0
        self._notice = notice
        return notice is not None and self._unrenewed <= NOTICE_SECONDS

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Refreshes regularly while it is open, also after the store was away."""
        self._watched = True
        task = asyncio.ensure_future(watch("the watcher of the data version", self.refresh, self._refresh_seconds))
        try:
            yield
        finally:
            self._watched = False
            for running in (task, self._refreshing):
                if running:
                    running.cancel()
            await asyncio.wait([running for running in (task, self._refreshing) if running])
