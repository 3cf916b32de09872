"""The first load, into a store that holds no whole graph: in one transaction if it fits, otherwise
in several.

Nobody ever sees half a graph: every query begins at the Dataset node, which only the last
transaction creates. Until then readers get NOT_LOADED. A load that was killed leaves its mark
(`Loading`), by which the next load knows that the remains are ours and clears them. The mark bears
the name of its load, and each transaction checks it: if two loads run at once, one stops before it
does harm.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterator

from graph.build.fingerprint import Fingerprint
from graph.build.records import LAYOUT, Records
from graph.engines.bolt import Store
from graph.engines.cypher import Execute
from graph.errors import LoadDisturbed
from graph.load import writes
from graph.load.batches import Batch, all_batches, run_batch
from graph.load.claim_changes import Log

Progress = Callable[[int, int], None]
TRANSACTION_ROWS = 2_000  # what both sides hold in memory at once; the embedded engine also takes longer for a larger one
CLEARED_NODES = 10_000  # in one transaction

NO_LOG = Log(None, ())  # of a store that held no graph


async def first_load(
    store: Store, records: Records, loaded_at: str, progress: Progress, *, leftovers: bool = False, replace: bool = False,
    log: Log = NO_LOG,
) -> str:  # fmt: skip
    """Fills a store and returns the version of the graph. Raises LoadDisturbed if another load is
    running.

    Clears the `leftovers` of an unfinished load first; with `replace` a whole graph too, which
    nobody must be reading. `log` is what it writes of itself.
    """
    loading = _FirstLoad(store, records, progress, log)
    if leftovers or replace:
        await loading.clear(replace=replace)
    fingerprint = records.fingerprint()
    chunks = _chunks(all_batches(records, fingerprint))
    chunk = await asyncio.to_thread(next, chunks, _EMPTY)
    following = await asyncio.to_thread(next, chunks, _EMPTY)
    if not following:
        await loading.transaction(chunk, (fingerprint, loaded_at))
        return fingerprint.version
    while chunk:
        prepared = asyncio.ensure_future(asyncio.to_thread(next, chunks, _EMPTY))
        await asyncio.gather(loading.transaction(chunk), prepared)
        chunk, following = following, prepared.result()
    await loading.transaction(_EMPTY, (fingerprint, loaded_at))
    return fingerprint.version


_EMPTY: list[Batch] = []


def _chunks(batches: Iterator[Batch]) -> Iterator[list[Batch]]:
    """Groups batches by transaction."""
    chunk, rows = list[Batch](), 0
    for batch in batches:
        if rows >= TRANSACTION_ROWS:
            yield chunk
            chunk, rows = [], 0
        chunk.append(batch)
        rows += batch.items
    yield chunk


class _FirstLoad:
    """A first load that is running."""

    def __init__(self, store: Store, records: Records, progress: Progress, log: Log) -> None:
        self._log, self._time_span = log, records.time_span
        self._store, self._progress, self._by, self._marked, self._done = store, progress, secrets.token_hex(8), False, 0
        self._total = len(records.dataset.entities) + len(records.dataset.claims)

    async def transaction(self, batches: list[Batch], last: tuple[Fingerprint, str] | None = None) -> None:
        """Runs some batches in a transaction. The `last` one has the fingerprint and the instant, and makes the graph visible."""

        async def work(execute: Execute) -> None:
            await self._check_mark(execute)
            done = self._done
            for batch in batches:
                done += await run_batch(execute, batch)
                self._progress(done, self._total)
            if last:
                await execute(writes.PUBLISH, {"version": last[0].version, "loadedAt": last[1], "layout": LAYOUT, **self._time_span})
                await self._log.write(execute, last[0].version, last[1])
                await execute(writes.CLEAR_MARK, {})

        await self._store.write(work)
        self._marked = True
        self._done += sum(batch.progress for batch in batches)

    async def clear(self, *, replace: bool) -> None:
        """Takes over the mark and removes all that is ours, in several transactions. From the first of them on there is no graph."""

        async def take_over(execute: Execute) -> None:
            await execute(writes.TAKE_OVER, {"by": self._by})
            if await execute(writes.REMOVE_DATASET, {}) != [[0]] and not replace:
                raise LoadDisturbed("Another load has filled the database meanwhile.", "Load again to see what differs.")

        await self._store.write(take_over)
        self._marked = True
        for text in writes.clearing():
            while await self._clear_some(text):
                pass

    async def _clear_some(self, text: str) -> int:
        removed = 0

        async def work(execute: Execute) -> None:
            nonlocal removed
            await self._check_mark(execute)
            removed = (await execute(text, {"most": CLEARED_NODES}))[0][0]

        await self._store.write(work)
        return removed

    async def _check_mark(self, execute: Execute) -> None:
        """Sets the mark of this load in its first transaction, and checks later that it is still there."""
        if await execute(writes.CHECK_MARK if self._marked else writes.SET_MARK, {"by": self._by}) != [[self._by]]:
            raise LoadDisturbed("Another load of this database is running.", "Wait until it is done, then load again.")
