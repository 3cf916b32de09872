"""Loading: the graph in a store becomes exactly what the records say, in one transaction.

Equal versions change nothing. Until the transaction commits every reader sees the old graph; if it never commits, the
old graph stays. What the records no longer have disappears. Only one load at a time: the first statement locks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph import write
from graph.engines.bolt import Cypher, Statement, Store
from graph.errors import ForeignData
from graph.records import Records

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a load would do, told in claims."""

    version: str
    current: str | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        return self.version == self.current


async def difference(store: Store, records: Records) -> Difference:
    """Compares the store with the records without changing anything. Raises ForeignData where the store holds another's data."""
    current = (await store.rows(Cypher(write.CURRENT, name="current version")))[0][0]
    if current is None:
        found = (await store.rows(Cypher(write.FOREIGN, name="foreign data")))[0][0]
        if found:
            raise ForeignData(
                f"The database at {store.address.uri} already holds {found} nodes that are not Regiograaf's.",
                "Give Regiograaf a database of its own: set NEO4J_URI or NEO4J_DATABASE to an empty one. Nothing was changed.",
            )
    new = _digests(records)
    old: Mapping[str, str] = dict(await store.rows(Cypher(write.CLAIM_DIGESTS, name="claims"))) if current else {}
    return Difference(
        records.version,
        current,
        added=tuple(k for k in new if k not in old),
        removed=tuple(sorted(k for k in old if k not in new)),
        changed=tuple(k for k in new if k in old and old[k] != new[k]),
    )


def _digests(records: Records) -> dict[str, str]:
    return {n.key: n.properties["digest"] for n in records.nodes if n.labels == ("Claim",)}


async def load(store: Store, records: Records, loaded_at: str, progress: Progress = lambda done, total: None) -> Difference:
    """Makes the store equal to the records. `loaded_at` is an ISO instant; `progress` hears of statements done and in all."""
    found = await difference(store, records)
    if found.nothing:
        return found
    await store.define(write.definitions())
    batches = list(write.creation(records))

    async def work(statement: Statement) -> None:
        await statement(write.OPEN, {})
        removal: list[tuple[str, dict[str, Any]]] = [(text, {}) for text in write.removal()] if found.current else []
        steps = [*removal, *((text, {"rows": rows}) for text, rows in batches)]
        for done, (text, parameters) in enumerate(steps, 1):
            await statement(text, parameters)
            progress(done, len(steps))
        await statement(write.CLOSE, {"version": records.version, "loadedAt": loaded_at})

    await store.write(work)
    return found
