"""The update of a store that holds a graph: only what differs, in one transaction, so that readers
see the old graph or the new one.

Differences are found entity by entity, by the digest of all that is said of each (`Bundle`). An
entity that differs loses everything that was said of it and is rewritten; its node and its bundle
stay, because other entities link to them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.build.records import LAYOUT, Records
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher, Execute
from graph.errors import ChangeTooLarge, LoadDisturbed
from graph.load import writes
from graph.load.batches import BATCH_ROWS, Batch, all_batches, bare_node_batches, batched, bundle_batches, conflict_batches, run_batch
from graph.load.claim_changes import Log
from graph.load.versions import announced

Progress = Callable[[int, int], None]
MAX_ELEMENTS = 200_000  # nodes and relationships that one transaction may write


@dataclass(frozen=True, slots=True)
class Parts:
    """The keys of what is to be created, rewritten and removed, of one kind."""

    created: tuple[str, ...] = ()
    rewritten: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @classmethod
    def between(cls, old: Mapping[str, str], new: Mapping[str, str]) -> Parts:
        """Compares the digests in the store with those of the records."""
        return cls(
            tuple(k for k in new if k not in old),
            tuple(k for k in new if k in old and old[k] != new[k]),
            tuple(sorted(k for k in old if k not in new)),
        )

    @property
    def written(self) -> tuple[str, ...]:
        return self.created + self.rewritten

    @property
    def touched(self) -> tuple[str, ...]:
        return self.rewritten + self.removed


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes to the entities, sources, conflicts and datasets of a store. `whole` means that all of it is rewritten."""

    entities: Parts = field(default_factory=Parts)
    sources: Parts = field(default_factory=Parts)
    conflicts: Parts = field(default_factory=Parts)
    datasets: Parts = field(default_factory=Parts)
    whole: bool = False


async def compare(store: Store, records: Records) -> Changes:
    """Compares a store of this layout with the records."""

    async def digests(label: str) -> dict[str, str]:
        return dict(await store.rows(Cypher(writes.DIGESTS[label], name="fingerprints")))

    entities = Parts.between(await digests("Bundle"), records.digests)
    sources = Parts.between(await digests("Source"), {s["key"]: s["digest"] for s in records.sources})
    conflicts = Parts.between(await digests("Conflict"), {row[0]["key"]: row[0]["digest"] for row in records.conflicts})
    datasets = Parts.between(await digests("ClaimDataset"), {d["key"]: d["digest"] for d in records.datasets})
    return Changes(entities, sources, _with_their_claims(records, conflicts, set(entities.written)), datasets)


def _with_their_claims(records: Records, conflicts: Parts, entities: set[str]) -> Parts:
    """Adds the conflicts that have a claim about a rewritten entity, since they are linked to that claim."""
    already = {*conflicts.created, *conflicts.rewritten}
    linked = (row[0]["key"] for row in records.conflicts if entities & {row[1], *row[2]} and row[0]["key"] not in already)
    return Parts(conflicts.created, (*conflicts.rewritten, *linked), conflicts.removed)


async def update(
    store: Store, records: Records, changes: Changes, current: str, loaded_at: str, progress: Progress, log: Log
) -> None:  # fmt: skip
    """Makes a store equal to the records while it is read.

    Raises ChangeTooLarge before anything is written, and LoadDisturbed after a load by someone
    else.
    """
    entities = list(records.dataset.entities) if changes.whole else changes.entities.written
    size, claims = await _size(store, records, entities, changes)
    size += len(log.rows)
    if size > MAX_ELEMENTS:
        raise ChangeTooLarge(
            f"The change has {size:,} nodes and relationships, more than the {MAX_ELEMENTS:,} that fit into one transaction.",
            "Load into an empty database, then point NEO4J_DATABASE (or NEO4J_URI) to it. Nothing was changed.",
        )
    total = len(entities) + claims

    async def work(execute: Execute) -> None:
        if (await execute(writes.LOCK_VERSION, {"version": current}))[0][0] != 1:
            raise LoadDisturbed("Another load has changed the graph meanwhile.", "Load again.")
        done = 0
        progress(done, total)
        texts = await _remove(execute, changes)
        for batch in all_batches(records) if changes.whole else _changed_batches(records, changes):
            done += await run_batch(execute, batch)
            progress(done, total)
        await _for_each(execute, writes.UNUSED, texts)
        await _for_each(execute, writes.UNSPELLED, texts)
        await execute(writes.PUBLISH, {"version": records.version, "loadedAt": loaded_at, "layout": LAYOUT, **records.time_span})
        await log.write(execute, records.version, loaded_at)
        await notices.enter_async_context(announced(store))

    async with contextlib.AsyncExitStack() as notices:
        await store.write(work)


async def _size(store: Store, records: Records, entities: Sequence[str], changes: Changes) -> tuple[int, int]:
    """Returns how many elements and how many claims are written. If all is removed first, what is removed counts too."""
    size = claims = 0
    for bundle in records.bundles(entities):
        size, claims = size + bundle.size, claims + len(bundle.claims)
    if changes.whole:
        for text in (writes.NODES, writes.LINKS):
            size += (await store.rows(Cypher(text, name="size")))[0][0]
    return size, claims


async def _remove(execute: Execute, changes: Changes) -> list[str]:
    """Removes what is removed or rewritten. Returns the texts that referred to an entity that changed."""
    if changes.whole:
        for text in writes.removal():
            await execute(text, {})
        return []
    touched = changes.entities.touched
    for text in writes.STRIPPED:
        await _for_each(execute, text, touched)
    references = await _for_each(execute, writes.UNREFERRED, touched)
    await _for_each(execute, writes.REMOVED["Conflict"], changes.conflicts.touched)
    for label in ("Bundle", "Entity"):
        await _for_each(execute, writes.REMOVED[label], changes.entities.removed)
    await _for_each(execute, writes.REMOVED["Source"], changes.sources.removed)
    await _for_each(execute, writes.REMOVED["ClaimDataset"], changes.datasets.removed)
    return sorted({text for (text,) in references})


async def _for_each(execute: Execute, text: str, keys: Sequence[str]) -> list[Any]:
    """Runs a query for some keys, one batch after the other, and returns all its records."""
    batches = (list(keys[start : start + BATCH_ROWS]) for start in range(0, len(keys), BATCH_ROWS))
    return [row for batch in batches for row in await execute(text, {"keys": batch})]


def _changed_batches(records: Records, changes: Changes) -> Iterator[Batch]:
    datasets, sources, conflicts = (set(parts.written) for parts in (changes.datasets, changes.sources, changes.conflicts))
    yield from batched(writes.DATASET, (d for d in records.datasets if d["key"] in datasets))
    yield from batched(writes.SOURCE, (s for s in records.sources if s["key"] in sources))
    yield from bare_node_batches(records.dataset.entities[key] for key in changes.entities.created)
    yield from bundle_batches(records.bundles(changes.entities.written))
    yield from conflict_batches([row for row in records.conflicts if row[0]["key"] in conflicts])
