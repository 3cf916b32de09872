"""Loading: the graph in a store becomes exactly what the records say, and no reader ever sees part of it.

Equal versions change nothing. A store without a graph is filled (`fill`), in several transactions where it has to be: there is no graph
until the last. A store with one gets what differs, in one transaction (`renew`): until it commits every reader sees the
old graph; if it never commits, the old graph stays. What the records no longer have disappears.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.build.records import LAYOUT, Records
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.errors import ChangeTooLarge, ForeignData
from graph.load import writes
from graph.load.first_load import fill
from graph.load.update import Changes, compared, renew

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a load would do, told in claims."""

    version: str
    current: str | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    changes: Changes = field(default_factory=Changes, repr=False, compare=False)

    @property
    def nothing(self) -> bool:
        return self.version == self.current


@dataclass(frozen=True, slots=True)
class Held:
    """What a store holds: the version of its graph, the number of the layout, and whether a load left something unfinished."""

    version: str | None
    layout: int | None
    unfinished: bool


async def held(store: Store) -> Held:
    """Looks what a store holds. Raises ForeignData where that is another's."""
    version, layout, marks = (await store.rows(Cypher(writes.STATE, name="current version")))[0]
    if version is None and not marks and (found := (await store.rows(Cypher(writes.NODES, name="foreign data")))[0][0]):
        raise ForeignData(
            f"The database at {store.address.uri} already holds {found} nodes that are not Regiograaf's.",
            "Give Regiograaf a database of its own: set NEO4J_URI or NEO4J_DATABASE to an empty one. Nothing was changed.",
        )
    return Held(version, layout, marks > 0)


async def difference(store: Store, records: Records) -> Difference:
    """Compares the store with the records without changing anything. Raises ForeignData where the store holds another's data."""
    found = await held(store)
    if found.version is None:
        return Difference(records.version, None, tuple(records.dataset.claims), (), ())
    if found.version == records.version:
        return Difference(records.version, found.version, (), (), ())
    if found.layout != LAYOUT:
        changes = Changes(whole=True)
        old = dict(await store.rows(Cypher(writes.CLAIM_DIGESTS, name="claims")))
        new = _digests(records, list(records.dataset.entities))
    else:
        changes = await compared(store, records)
        keys = {"keys": list(changes.things.touched)}
        old = dict(await store.rows(Cypher(writes.CLAIM_DIGESTS_OF, keys, name="claims")))
        new = _digests(records, changes.things.written)
    return Difference(
        records.version,
        found.version,
        added=tuple(k for k in new if k not in old),
        removed=tuple(sorted(k for k in old if k not in new)),
        changed=tuple(k for k in new if k in old and old[k] != new[k]),
        changes=changes,
    )


def _digests(records: Records, things: Sequence[str]) -> Mapping[str, str]:
    return {about["key"]: about["digest"] for bundle in records.bundles(things) for _, _, about in bundle.claims}


async def load(
    store: Store, records: Records, loaded_at: str, progress: Progress = lambda done, total: None, *,
    found: Difference | None = None, alone: bool = False,
) -> Difference:  # fmt: skip
    """Makes the store equal to the records.

    `loaded_at` is an ISO instant; `progress` hears how many things and claims are done, and of how many. `found` is the difference where
    it is known already. `alone` says that nobody reads meanwhile, so that what is too much for one transaction may be
    cleared and filled again. Raises ForeignData, ChangeTooLarge and LoadDisturbed.
    """
    there = await held(store)
    if there.version is None:
        return await _filled(store, records, loaded_at, progress, there)
    if found is None or found.current != there.version:
        found = await difference(store, records)
    if found.nothing:
        return found
    await store.define(writes.definitions())
    try:
        await renew(store, records, found.changes, there.version, loaded_at, progress, alone=alone)
    except ChangeTooLarge:
        if not alone:
            raise
        await fill(store, records, loaded_at, progress, anew=True)
    return found


async def _filled(store: Store, records: Records, loaded_at: str, progress: Progress, there: Held) -> Difference:
    progress(0, len(records.dataset.entities) + len(records.dataset.claims))
    await store.define(writes.definitions())
    version = await fill(store, records, loaded_at, progress, leftovers=there.unfinished)
    return Difference(version, None, tuple(records.dataset.claims), (), ())
