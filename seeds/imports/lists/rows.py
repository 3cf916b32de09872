"""Rows of a list that are about one thing: what they say together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from graph.dates import edtf
from seeds.imports.importer import File, Progress
from seeds.imports.lists.draft import ListSource, source_of
from seeds.imports.lists.heading import Column
from seeds.imports.lists.table import Cell, Faults, Row, Table, table
from seeds.imports.lists.value import OPEN

T = TypeVar("T")


def one(rows: Sequence[Row], key: str, faults: Faults, read: Callable[[Cell | None, Faults], T | None]) -> T | None:
    """Returns the value that the rows give; rows that leave the cell empty agree with all others."""
    first: tuple[Cell, T] | None = None
    for row in rows:
        cell = row.cells.get(key)
        found = read(cell, faults)
        if cell is None or found is None:
            continue
        if first is None:
            first = cell, found
        elif first[1] != found:
            what = f'"{cell.text}" differs from "{first[0].text}" in row {first[0].row}, about the same.'
            faults.at(cell, "TWO_VALUES", what, "Give one value in all rows, or a name or reference of its own to what differs.")
    return first[1] if first else None


def ordered(start: str | None, end: str | None, cell: Cell, faults: Faults) -> None:
    """Reports a period that ends before it begins."""
    if start and end and end != OPEN:
        first, last = edtf.parse(start).earliest, edtf.parse(end).latest
        if first and last and last < first:
            faults.at(cell, "REVERSED_PERIOD", f"It ends ({end}) before it begins ({start}).", "Look up both; the end is the last day.")


def rows_of(
    files: Sequence[File], kind: str, columns: Sequence[Column], sources: dict[str, ListSource], faults: Faults, progress: Progress
) -> Iterator[tuple[Row, str]]:
    """Yields the rows of lists of a kind, each with the slug of its source, which is added to `sources`."""
    for file in files:
        progress(f"reading {file.name}")
        found = table(file, columns, faults)
        if found is None:
            continue
        source = source_of(found, kind, faults)
        _keep(source, sources, found, faults)
        for row in found.rows:
            yield row, source.slug


def _keep(source: ListSource, sources: dict[str, ListSource], table: Table, faults: Faults) -> None:
    """Keeps the source of a list, and reports two lists with one title."""
    if sources.setdefault(source.slug, source) != source and "title" in table.about:
        faults.at(table.about["title"], "TWO_VALUES", f'Two lists have the title "{source.title}".', "Give each list a title of its own.")
