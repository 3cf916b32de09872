"""The first load, into a store that holds no whole graph: in one transaction where it fits, else in several.

Nobody ever sees half a graph: what every question asks for first, the Dataset, is made by the last transaction, and until then
readers are told NOT_LOADED. What a killed load left behind is ours by its mark (`Loading`) and is cleared by the next. The mark bears
the name of whoever loads, and each transaction looks for its own: of two loads at a time one ends before it has done harm.
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
from graph.load.batches import Step, everything, take

Progress = Callable[[int, int], None]
TRANSACTION = 25_000  # rows of one transaction: what both sides hold in memory at once
CLEARED = 10_000  # nodes that go in one transaction


async def fill(store: Store, records: Records, loaded_at: str, progress: Progress, *, leftovers: bool = False, anew: bool = False) -> str:
    """Fills a store and returns the version of the graph. Raises LoadDisturbed where another load is under way.

    `leftovers` of a load that ended half way are cleared first; with `anew` so is a graph, which nobody must be reading.
    """
    filling = _Filling(store, records, progress)
    if leftovers or anew:
        await filling.clear(anew=anew)
    whole = records.beginning()
    chunks = _chunks(everything(records, whole))
    chunk = await asyncio.to_thread(next, chunks, _NOTHING)
    following = await asyncio.to_thread(next, chunks, _NOTHING)
    if not following:
        await filling.transaction(chunk, (whole, loaded_at))
        return whole.version
    while chunk:
        await asyncio.gather(filling.transaction(chunk), coming := asyncio.ensure_future(asyncio.to_thread(next, chunks, _NOTHING)))
        chunk, following = following, coming.result()
    await filling.transaction(_NOTHING, (whole, loaded_at))
    return whole.version


_NOTHING: list[Step] = []


def _chunks(steps: Iterator[Step]) -> Iterator[list[Step]]:
    chunk, rows = list[Step](), 0
    for step in steps:
        if rows >= TRANSACTION:
            yield chunk
            chunk, rows = [], 0
        chunk.append(step)
        rows += len(step.rows)
    yield chunk


class _Filling:
    """A first load under way."""

    def __init__(self, store: Store, records: Records, progress: Progress) -> None:
        self._store, self._progress, self._by, self._begun, self._done = store, progress, secrets.token_hex(8), False, 0
        self._all = len(records.dataset.entities) + len(records.dataset.claims)

    async def transaction(self, steps: list[Step], whole: tuple[Fingerprint, str] | None = None) -> None:
        """Takes some steps; with the fingerprint of the whole and the instant, the graph is there as soon as they are taken."""

        async def work(statement: Execute) -> None:
            await self._mine(statement)
            done = self._done
            for step in steps:
                done += await take(statement, step)
                self._progress(done, self._all)
            if whole:
                await statement(writes.CLOSE, {"version": whole[0].version, "loadedAt": whole[1], "layout": LAYOUT})
                await statement(writes.LEAVE, {})

        await self._store.write(work)
        self._begun = True
        self._done += sum(len(step.rows) for step in steps if step.counted)

    async def clear(self, *, anew: bool) -> None:
        """Takes the store over and removes all that is ours, in as many transactions as it takes. From the first on there is no graph."""

        async def over(statement: Execute) -> None:
            await statement(writes.TAKE_OVER, {"by": self._by})
            if await statement(writes.NO_GRAPH, {}) != [[0]] and not anew:
                raise LoadDisturbed("Another load has filled the database meanwhile.", "Load again to see what differs.")

        await self._store.write(over)
        self._begun = True
        for label in writes.OWN_LABELS:
            while await self._cleared(label):
                pass

    async def _cleared(self, label: str) -> int:
        gone = 0

        async def some(statement: Execute) -> None:
            nonlocal gone
            await self._mine(statement)
            gone = (await statement(writes.cleared(label), {"most": CLEARED}))[0][0]

        await self._store.write(some)
        return gone

    async def _mine(self, statement: Execute) -> None:
        if await statement(writes.HOLD if self._begun else writes.TAKE, {"by": self._by}) != [[self._by]]:
            raise LoadDisturbed("Another load of this database is under way.", "Wait until it is done, then load again.")
