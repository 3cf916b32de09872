"""A load into a store that holds a graph: only what differs, in one transaction, so that readers see the old graph or the new one.

What differs is told thing by thing, by the fingerprints of all that is said of each (`Bundle`). Such a thing is stripped of
what was said of it and told anew; its node and bundle stay, because others are linked to them.
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
from graph.load.batches import BATCH, Step, batched, doubted, ends, everything, said, take
from graph.load.versions import announced

Progress = Callable[[int, int], None]
MOST = 200_000  # nodes and relationships that one transaction may write


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts of one kind are to be made, made anew and removed, by their keys."""

    new: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @classmethod
    def between(cls, old: Mapping[str, str], new: Mapping[str, str]) -> Parts:
        """By fingerprints of what is there and of what should be."""
        return cls(
            tuple(k for k in new if k not in old),
            tuple(k for k in new if k in old and old[k] != new[k]),
            tuple(sorted(k for k in old if k not in new)),
        )

    @property
    def written(self) -> tuple[str, ...]:
        return self.new + self.other

    @property
    def touched(self) -> tuple[str, ...]:
        return self.other + self.gone


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be done to a store: to its things, sources and conflicts. `whole` means that all of it is written anew."""

    things: Parts = field(default_factory=Parts)
    sources: Parts = field(default_factory=Parts)
    conflicts: Parts = field(default_factory=Parts)
    whole: bool = False


async def compared(store: Store, records: Records) -> Changes:
    """What of a store with this layout differs from the records."""

    async def held(label: str) -> dict[str, str]:
        return dict(await store.rows(Cypher(writes.DIGESTS[label], name="fingerprints")))

    things = Parts.between(await held("Bundle"), records.digests)
    sources = Parts.between(await held("Source"), {s["key"]: s["digest"] for s in records.sources})
    conflicts = Parts.between(await held("Conflict"), {row[0]["key"]: row[0]["digest"] for row in records.conflicts})
    return Changes(things, sources, _with_their_claims(records, conflicts, set(things.written)))


def _with_their_claims(records: Records, conflicts: Parts, things: set[str]) -> Parts:
    """A conflict is made anew with any of its claims, since it is linked to them."""
    known = {*conflicts.new, *conflicts.other}
    drawn = (row[0]["key"] for row in records.conflicts if things & {row[1], *row[2]} and row[0]["key"] not in known)
    return Parts(conflicts.new, (*conflicts.other, *drawn), conflicts.gone)


async def renew(
    store: Store, records: Records, changes: Changes, current: str, loaded_at: str, progress: Progress, *, alone: bool = False
) -> None:
    """Makes a store equal to the records; `alone` says that nobody reads meanwhile.

    Raises ChangeTooLarge before anything is written, LoadDisturbed after another's load.
    """
    things = list(records.dataset.entities) if changes.whole else changes.things.written
    size, claims = await _size(store, records, things, changes)
    if size > MOST:
        raise ChangeTooLarge(
            f"What differs is {size:,} nodes and relationships, more than the {MOST:,} that one transaction takes.",
            "Load into an empty database and let NEO4J_DATABASE (or NEO4J_URI) lead to it once it is filled. Nothing was changed.",
        )
    all_ = len(things) + claims

    async def work(statement: Execute) -> None:
        if (await statement(writes.HOLD_VERSION, {"version": current}))[0][0] != 1:
            raise LoadDisturbed("Another load has changed the graph meanwhile.", "Load again.")
        done = 0
        progress(done, all_)
        texts = await _removed(statement, changes)
        for step in everything(records) if changes.whole else _steps(records, changes):
            done += await take(statement, step)
            progress(done, all_)
        await _each(statement, writes.UNUSED, texts)
        await _each(statement, writes.UNSPELLED, texts)
        await statement(writes.CLOSE, {"version": records.version, "loadedAt": loaded_at, "layout": LAYOUT})
        if not alone:
            await commits.enter_async_context(announced(store))

    async with contextlib.AsyncExitStack() as commits:
        await store.write(work)


async def _size(store: Store, records: Records, things: Sequence[str], changes: Changes) -> tuple[int, int]:
    """How many nodes and relationships, and how many claims, are written; where all is removed first that counts as well."""
    size = claims = 0
    for bundle in records.bundles(things):
        size, claims = size + bundle.size, claims + len(bundle.claims)
    if changes.whole:
        for text in (writes.NODES, writes.LINKS):
            size += (await store.rows(Cypher(text, name="size")))[0][0]
    return size, claims


async def _removed(statement: Execute, changes: Changes) -> list[str]:
    """Removes what goes, and what is made anew. Returns the texts by which something that changed was called."""
    if changes.whole:
        for text in writes.removal():
            await statement(text, {})
        return []
    touched = changes.things.touched
    for text in writes.STRIPPED:
        await _each(statement, text, touched)
    called = await _each(statement, writes.UNCALLED, touched)
    await _each(statement, writes.GONE["Conflict"], changes.conflicts.touched)
    for label in ("Bundle", "Entity"):
        await _each(statement, writes.GONE[label], changes.things.gone)
    await _each(statement, writes.GONE["Source"], changes.sources.gone)
    return sorted({text for (text,) in called})


async def _each(statement: Execute, text: str, keys: Sequence[str]) -> list[Any]:
    """Runs a statement for some keys, so many at a time."""
    return [row for at in range(0, len(keys), BATCH) for row in await statement(text, {"keys": list(keys[at : at + BATCH])})]


def _steps(records: Records, changes: Changes) -> Iterator[Step]:
    sources, conflicts = set(changes.sources.written), set(changes.conflicts.written)
    yield from batched(writes.SOURCE, (s for s in records.sources if s["key"] in sources))
    yield from ends(records.dataset.entities[key] for key in changes.things.new)
    yield from said(records.bundles(changes.things.written))
    yield from doubted([row for row in records.conflicts if row[0]["key"] in conflicts])
