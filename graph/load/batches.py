"""The batches of a load: queries that write, each with the rows for one call."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from graph.build.bundle import Bundle, Row
from graph.build.fingerprint import Fingerprint
from graph.build.records import Records
from graph.domain.claim import Entity
from graph.domain.model import ENTITY_TYPES
from graph.engines.cypher import Execute
from graph.errors import LoadDisturbed
from graph.load import writes

BATCH_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Batch:
    """A query with its rows. `items` is what it writes: its rows, or what they list. Those of a `counted` batch are entities or claims,
    which the progress counts."""

    text: str
    rows: list[Any]
    items: int
    counted: bool = False

    @property
    def progress(self) -> int:
        return self.items if self.counted else 0


async def run_batch(execute: Execute, batch: Batch) -> int:
    """Runs a batch and returns what it adds to the progress. Raises LoadDisturbed if a row did not find its nodes."""
    written = (await execute(batch.text, {"rows": batch.rows}))[0][0]
    if written != batch.items:
        raise LoadDisturbed(
            f"Only {written} of {batch.items} rows found their nodes: another program changed the database during the load.",
            "Readers saw nothing of it. Give Regiograaf its own database, run one load at a time, and load again.",
        )
    return batch.progress


def all_batches(records: Records, fingerprint: Fingerprint | None = None) -> Iterator[Batch]:
    """Returns the batches that write the whole graph into an empty store."""
    yield from batched(writes.DATASET, records.datasets)
    yield from batched(writes.SOURCE, records.sources)
    yield from bare_node_batches(records.dataset.entities.values())
    yield from bundle_batches(records.bundles(), fingerprint)
    yield from conflict_batches(records.conflicts)


def bare_node_batches(entities: Iterable[Entity]) -> Iterator[Batch]:
    """Creates entities with nothing but their keys, so that all other batches may come in any order."""
    by_type: dict[str, list[str]] = defaultdict(list)
    for entity in entities:
        by_type[entity.type].append(entity.key)
    for type_, keys in by_type.items():
        yield from batched(writes.bare(ENTITY_TYPES[type_].labels), keys)


def bundle_batches(bundles: Iterable[Bundle], fingerprint: Fingerprint | None = None) -> Iterator[Batch]:
    """Writes the properties, claims, nodes and links of entities that exist, and adds their digests to a fingerprint.

    A row lists all that one query writes of an entity, because the embedded engine takes long to find an entity by its key.
    """
    pending, items = defaultdict[str, list[Any]](list), Counter[str]()

    def write(text: str, row: list[Any], many: int) -> None:
        pending[text].append(row)
        items[text] += many

    for bundle in bundles:
        digest = bundle.digest
        if fingerprint:
            fingerprint.add(digest)
        write(writes.ENTITY, [bundle.key, bundle.properties, digest], 1)
        for (text, source), claims in _by_source(bundle.claims).items():
            write(text, [bundle.key, source, claims], len(claims))
        for label, nodes in bundle.attached.items():
            write(writes.attached(label), [bundle.key, nodes], len(nodes))
        if bundle.references:
            write(writes.REFERENCE, [bundle.key, bundle.references], len(bundle.references))
        for type_, rows in bundle.links.items():
            write(writes.link(type_), [bundle.key, rows], len(rows))
        for text in [text for text, many in items.items() if many >= BATCH_ROWS]:
            yield Batch(text, pending.pop(text), items.pop(text), text in _COUNTED)
    for text, rows in pending.items():
        yield Batch(text, rows, items[text], text in _COUNTED)


def _by_source(claims: Iterable[Row]) -> dict[tuple[str, str], list[Any]]:
    """Returns what is written of claims, by the query that writes them and by their source."""
    found = defaultdict[tuple[str, str], list[Any]](list)
    for source, value, properties in claims:
        if value:
            found[writes.CLAIM_WITH_ENTITY, source].append([value, properties])
        else:
            found[writes.CLAIM, source].append(properties)
    return found


def conflict_batches(rows: list[list[Any]]) -> Iterator[Batch]:
    """Creates conflicts between claims that exist."""
    yield from batched(writes.CONFLICT, rows)
    yield from batched(writes.TOUCHES, [[row[0]["key"], entity] for row in rows for entity in row[2]])
    yield from batched(writes.BETWEEN, [[row[0]["key"], *pair] for row in rows for pair in row[3]])


_COUNTED = frozenset((writes.ENTITY, writes.CLAIM, writes.CLAIM_WITH_ENTITY))


def batched(text: str, rows: Iterable[Any]) -> Iterator[Batch]:
    """Divides the rows of a query into batches."""
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH_ROWS)):
        yield Batch(text, batch, len(batch), text in _COUNTED)
