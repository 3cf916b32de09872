"""A load as steps: statements with their rows, gathered from the stream of things until they are worth sending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from graph.build.bundle import Bundle
from graph.build.fingerprint import Fingerprint
from graph.build.records import Records
from graph.domain.claim import Entity
from graph.domain.model import ENTITY_TYPES
from graph.engines.cypher import Execute
from graph.errors import LoadDisturbed
from graph.load import writes

BATCH = 1000  # rows of a statement


@dataclass(frozen=True, slots=True)
class Step:
    """A statement with its rows. `done` says how many things and claims are in the graph once it has run, of those that are counted."""

    text: str
    rows: list[Any]
    counted: bool = False


async def take(statement: Execute, step: Step) -> int:
    """Runs a step and returns what it adds to the progress. Raises LoadDisturbed where something is not there that was."""
    found = (await statement(step.text, {"rows": step.rows}))[0][0]
    if found != len(step.rows):
        raise LoadDisturbed(
            f"Of {len(step.rows)} rows of a load only {found} found what they belong to: another program changed the database meanwhile.",
            "Nothing of it can be seen. Give Regiograaf a database of its own, let one load run at a time, and load again.",
        )
    return len(step.rows) if step.counted else 0


def everything(records: Records, whole: Fingerprint | None = None) -> Iterator[Step]:
    """All that makes a graph in a store that holds none."""
    yield from batched(writes.SOURCE, records.sources)
    yield from ends(records.dataset.entities.values())
    yield from said(records.bundles(), whole)
    yield from doubted(records.conflicts)


def ends(things: Iterable[Entity]) -> Iterator[Step]:
    """Makes things with nothing but their keys, so that all that follows may come in any order."""
    by_type: dict[str, list[str]] = defaultdict(list)
    for thing in things:
        by_type[thing.type].append(thing.key)
    for type_, keys in by_type.items():
        yield from batched(writes.bare(ENTITY_TYPES[type_].labels), keys)


def said(bundles: Iterable[Bundle], whole: Fingerprint | None = None) -> Iterator[Step]:
    """Makes all that is said of things that are there, and adds their fingerprints to that of the whole."""
    waiting: dict[str, list[Any]] = defaultdict(list)
    for bundle in bundles:
        digest = bundle.digest
        if whole:
            whole.add(digest)
        waiting[writes.THING].append([bundle.key, bundle.properties, digest])
        for source, thing, about in bundle.claims:
            waiting[writes.CLAIM_OF_THING if thing else writes.CLAIM].append([bundle.key, source, thing, about])
        for label, several in bundle.hung.items():
            waiting[writes.hanging(label)] += ([bundle.key, about] for about in several)
        waiting[writes.REFERENCE] += ([bundle.key, *row] for row in bundle.references)
        for type_, rows in bundle.links.items():
            waiting[writes.link(type_)] += ([bundle.key, *row] for row in rows)
        for text in [text for text, rows in waiting.items() if len(rows) >= BATCH]:
            yield from batched(text, waiting.pop(text))
    for text, rows in waiting.items():
        yield from batched(text, rows)


def doubted(rows: list[list[Any]]) -> Iterator[Step]:
    """Makes conflicts between claims that are there."""
    yield from batched(writes.CONFLICT, rows)
    yield from batched(writes.TOUCHES, [[row[0]["key"], thing] for row in rows for thing in row[2]])
    yield from batched(writes.BETWEEN, [[row[0]["key"], *pair] for row in rows for pair in row[3]])


_COUNTED = frozenset((writes.THING, writes.CLAIM, writes.CLAIM_OF_THING))


def batched(text: str, rows: Iterable[Any]) -> Iterator[Step]:
    remaining = iter(rows)
    while some := list(islice(remaining, BATCH)):
        yield Step(text, some, text in _COUNTED)
