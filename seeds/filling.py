"""Fills the embedded engine with the claims, which are read only if it is not known that it holds them already."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from graph.build.records import Records, records
from graph.engines.bolt import Store
from graph.load.load import Progress, content, load
from graph.load.writes import KEPT_LOADS
from seeds.check import dataset
from seeds.folder import folders_of
from seeds.read import Place
from seeds.version_cache import Known, keep, key_of, known


class Filling:
    """Fills the embedded engine with the claims as they were when the program started."""

    def __init__(self, folders: Sequence[Place], file: Path, now: Callable[[], str], kept: int = KEPT_LOADS) -> None:
        """`file` keeps which version they make; `now` returns the moment of a load; the store remembers the last `kept` loads."""
        self._folders, self._file, self._now = folders_of(folders), file, now
        self._key = key_of(self._folders)
        self._kept = kept
        self._reading: asyncio.Future[Records] | None = None

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Reads the claims while the engine starts, if it is not known which graph they make."""
        if known(self._file, self._key) is None:
            self._reading = asyncio.ensure_future(asyncio.to_thread(self._read))
        try:
            yield
        finally:
            if self._reading:
                self._reading.cancel()

    async def read(self) -> None:
        """Waits until the claims have been read, or refused, if they must be read."""
        if self._reading:
            await asyncio.wait((self._reading,))

    async def fill(self, store: Store, progress: Progress = lambda done, total: None) -> tuple[Known, bool]:
        """Loads the claims if the store holds another graph. Returns what it holds now, and if that was loaded. Raises ClaimsRefused."""
        made, found = known(self._file, self._key), await content(store)
        if made and made.version == found.version and not found.unfinished:
            return made, False
        reading, self._reading = self._reading or asyncio.to_thread(self._read), None
        new = await reading
        changes = await load(store, new, self._now(), progress, alone=True, kept=self._kept)
        made = Known(changes.version, len(new.dataset.claims))
        keep(self._file, self._key, made)
        return made, not changes.nothing

    def _read(self) -> Records:
        return records(dataset(*self._folders))
