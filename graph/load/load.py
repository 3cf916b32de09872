"""Loading: makes the graph in a store equal to the records, and no reader ever sees part of it.

Equal versions change nothing. A store without a graph is filled (`first_load`), in several
transactions if necessary; the graph is visible after the last one. A store with a graph is updated
(`update`) in one transaction: until it commits every reader sees the old graph, and if it fails the
old graph stays. What the records no longer have is removed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from graph.build.records import LAYOUT, Records
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.errors import ForeignData, LoadDisturbed
from graph.load import writes
from graph.load.claim_changes import ADDED, CHANGED, REMOVED, ClaimChange, between, log_of
from graph.load.first_load import NO_LOG, first_load
from graph.load.update import Changes, compare, update

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """The claims that a load would add, remove and change."""

    version: str
    current: str | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    changes: Changes = field(default_factory=Changes, repr=False, compare=False)
    claims: Sequence[ClaimChange] | None = field(default=None, repr=False, compare=False)  # None where the store has another layout

    @property
    def nothing(self) -> bool:
        return self.version == self.current


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a store: version and layout of its graph, the instant of its load, and if a load was left unfinished."""

    version: str | None
    layout: int | None
    loaded_at: str | None
    unfinished: bool


async def content(store: Store) -> Content:
    """Reads what a store holds. Raises ForeignData if it holds nodes and no graph of ours, whole or begun."""
    version, layout, loaded_at, marks = (await store.rows(Cypher(writes.STATE, name="current version")))[0]
    if version is None and not marks:
        await _refuse_all_but(store, writes.COUNT_META)
    return Content(version, layout, loaded_at, marks > 0)


async def _content_of_ours(store: Store) -> Content:
    """Reads what a store holds. Raises ForeignData also if nodes of others stand beside ours, which a load might remove.

    A graph of another layout, which an earlier version wrote, is known by its labels alone.
    """
    found = await content(store)
    other_layout = found.version is not None and found.layout != LAYOUT
    await _refuse_all_but(store, (*writes.COUNT_META, *(writes.COUNT_LABELLED if other_layout else writes.COUNT_HANGING)))
    return found


async def _refuse_all_but(store: Store, ours: Sequence[str]) -> None:
    if await _foreign_nodes(store, ours) and (foreign := await _foreign_nodes(store, ours)):  # a commit in between is no reason
        raise ForeignData(
            f"The database at {store.address.uri} already holds {foreign} nodes that are not Regiograaf's.",
            "Give Regiograaf its own database: set NEO4J_URI or NEO4J_DATABASE to an empty one. Nothing was changed.",
        )


async def _foreign_nodes(store: Store, ours: Sequence[str]) -> int:
    """Returns how many nodes none of the queries counts; not too many if another load adds or removes nodes meanwhile."""
    before, *counted, after = [(await store.rows(Cypher(text, name="foreign data")))[0][0] for text in (writes.NODES, *ours, writes.NODES)]
    return max(0, int(min(before, after) - sum(counted)))


async def difference(store: Store, records: Records) -> Difference:
    """Compares the store with the records and changes nothing. Raises ForeignData."""
    current = await _content_of_ours(store)
    if current.version is None:
        return Difference(records.version, None, tuple(records.dataset.claims), (), ())
    if current.version == records.version:
        return Difference(records.version, current.version, (), (), ())
    if current.layout != LAYOUT:
        old = dict(await store.rows(Cypher(writes.CLAIM_DIGESTS, name="claims")))
        new = {claim["key"]: claim["digest"] for bundle in records.bundles() for _, _, claim in bundle.claims}
        return Difference(
            records.version, current.version,
            tuple(k for k in new if k not in old), tuple(sorted(k for k in old if k not in new)),
            tuple(k for k in new if k in old and old[k] != new[k]), Changes(whole=True),
        )  # fmt: skip
    changes = await compare(store, records)
    parts = changes.entities
    claims = await between(store, records, parts.written, parts.touched, (*parts.created, *parts.removed))
    added, removed, changed = (tuple(c.key for c in claims if c.kind == kind) for kind in (ADDED, REMOVED, CHANGED))
    return Difference(records.version, current.version, added, removed, changed, changes, claims)


async def load(
    store: Store, records: Records, loaded_at: str, progress: Progress = lambda done, total: None, *,
    computed: Difference | None = None, alone: bool = False, kept: int = writes.KEPT_LOADS,
) -> Difference:  # fmt: skip
    """Makes the store equal to the records and returns what differed. Raises ForeignData,
    ChangeTooLarge and LoadDisturbed.

    `loaded_at` is an ISO instant; of two loads the later one has the later instant, also where the clock went back (`_later`).
    `progress` receives the number of entities and claims that are
    written, and their total. `computed` is the difference if it was computed before; if the store has
    another graph by now, that is a LoadDisturbed, and nothing is written. `alone` says that
    nobody reads the store: then it is cleared and filled again, which no change is too large for, and
    which spares ArcadeDB a transaction that removes and creates thousands of equal keys: it refuses
    those as duplicates (26.11.1.dev2). The store keeps what the last `kept` loads did to the claims.
    """
    current = await (_content_of_ours(store) if computed is None and not alone else content(store))
    if computed is not None and computed.current != current.version:
        raise LoadDisturbed("Another load has changed the graph meanwhile.", "Load again.")
    if current.version is None:
        progress(0, len(records.dataset.entities) + len(records.dataset.claims))
        await store.define(writes.definitions())
        version = await first_load(store, records, loaded_at, progress, leftovers=current.unfinished)
        return Difference(version, None, tuple(records.dataset.claims), (), ())
    if computed is None:
        computed = await difference(store, records)
    if computed.nothing:
        return computed
    await store.define(writes.definitions())
    loaded_at = _later(loaded_at, current.loaded_at)
    previous = (current.version, current.loaded_at or loaded_at)
    log = NO_LOG if computed.claims is None else await log_of(store, records, computed.claims, previous, kept)
    if alone:
        await first_load(store, records, loaded_at, progress, replace=True, log=log)
    else:
        await update(store, records, computed.changes, current.version, loaded_at, progress, log)
    return computed


def _later(instant: str, previous: str | None) -> str:
    """Returns an instant, or one millisecond after that of the load before if that is later: readers take the later for the newer."""
    if previous is None or datetime.fromisoformat(instant) > datetime.fromisoformat(previous):
        return instant
    return (datetime.fromisoformat(previous) + timedelta(milliseconds=1)).isoformat(timespec="milliseconds")
