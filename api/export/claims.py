"""All claims and everything that belongs to them, as NDJSON and as CSV, and the reader of both: what is read is what was written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import orjson

from api.export.export import Export, FileRefused, Format
from api.table import Table, csv_lines, csv_table, restored
from graph.domain.claim import Dataset, Text
from graph.domain.languages import LANGUAGES
from graph.domain.record import KINDS, QUALIFIERS, TEXTS, Record, dataset_of, records_of

HEADER = "header"  # the record that says of which day and version the others are
LINES = 500  # that are written at once
_NESTED = ("authority", "leftOut", "claims", "geometry")  # in one cell, as JSON
_SPOKEN = ("title", "scope", "writtenReason", "summary", "rankReason", "explanation", *sorted(TEXTS))  # in a column for each language
_PLAIN = (
    "record", "id", "slug", "key", "type", "dataset", "title", "subject", "predicate", "value", "from", "until", "source", "section",
    "page", "paragraph", "footnote", "link", "rank", "method", "kind", "status", "version", "checked", "publisher", "licence", "url",
    "published", "written", "read", *(name for name in QUALIFIERS if name not in TEXTS and name != "status"),
)  # fmt: skip
COLUMNS = (
    *_PLAIN, *(f"{name}.{language.key}" for name in ("value", *_SPOKEN) for language in LANGUAGES), *_NESTED, "asOf", "dataVersion",
)  # fmt: skip


# ── written ───────────────────────────────────────────────────────────────────────────────────────


def header(export: Export) -> Record:
    """Returns what a file says of itself: its day, its version, and its sources and datasets with their licences."""
    data = export.dataset
    return {
        "record": HEADER, "asOf": str(export.day), "dataVersion": export.data_version,
        "datasets": [{"slug": slug, "version": part.version, "licence": part.licence} for slug, part in sorted(data.datasets.items())],
        "sources": [{"slug": slug, "title": source.title, "licence": source.licence} for slug, source in sorted(data.sources.items())],
    }  # fmt: skip


def ndjson(export: Export) -> Iterator[bytes]:
    """Yields a JSON object on each line, its keys sorted: the header, datasets, sources, entities, claims, conflicts and outlines."""
    for record in chain([header(export)], records_of(export.dataset)):
        yield orjson.dumps(_sorted(record), option=orjson.OPT_APPEND_NEWLINE)


def csv(export: Export) -> Iterator[bytes]:
    """Yields the same as rows of one table; `record` says what a row is."""
    first = {name: value for name, value in header(export).items() if name not in ("datasets", "sources")}
    yield from csv_lines(COLUMNS, map(cells, chain([first], records_of(export.dataset))))


def _sorted(record: Record) -> Record:
    """Returns a record with its keys in order. A geometry stays as it is drawn: its digest is part of the version."""
    return {name: _sorted(value) if isinstance(value, dict) and name != "geometry" else value for name, value in sorted(record.items())}


def cells(record: Mapping[str, Any]) -> list[str]:
    """Returns a record as the cells of COLUMNS; a text has a cell for each language."""
    flat: dict[str, str] = {}
    for name, value in record.items():
        if name in _NESTED:
            flat[name] = orjson.dumps(value).decode()
        elif isinstance(value, dict):
            flat |= {f"{name}.{language}": words for language, words in value.items()}
        else:
            flat[name] = str(value).lower() if isinstance(value, bool) else str(value)
    if unknown := flat.keys() - set(COLUMNS):
        raise KeyError(f"There is no column for {sorted(unknown)}.")
    return [flat.get(name, "") for name in COLUMNS]


async def _in_parts(lines: Iterator[bytes]) -> AsyncIterator[bytes]:
    while part := b"".join(islice(lines, LINES)):
        yield part


NDJSON = Format(
    "ndjson", "claims.ndjson", "application/x-ndjson",
    Text("Alle beweringen met hun bronnen, op elke regel een JSON-object", "All claims with their sources, a JSON object on each line"),
    lambda export: _in_parts(ndjson(export)),
)  # fmt: skip
CLAIMS_CSV = Format(
    "claims-csv", "claims.csv", "text/csv; charset=utf-8",
    Text("Alle beweringen met hun bronnen, als één tabel", "All claims with their sources, as one table"),
    lambda export: _in_parts(csv(export)),
)  # fmt: skip


# ── and read ──────────────────────────────────────────────────────────────────────────────────────


def read_claims(name: str, content: bytes) -> Dataset:
    """Reads a file that was exported, by its name as NDJSON or CSV. Raises FileRefused if it cannot be read."""
    if Path(name).suffix.lower() not in (".ndjson", ".jsonl", ".csv"):
        remedy = "Give a file that `regiograaf export ndjson` or `claims-csv` wrote."
        raise FileRefused(f"{name} is neither NDJSON nor CSV by its name.", remedy)
    place = _Place(name)
    try:
        return dataset_of(place.passed(_rows(name, content) if name.lower().endswith(".csv") else _lines(content)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise FileRefused(f"{name}, record {place.number}, cannot be read: {reason}.", "Give the file as it was exported.") from None


class _Place:
    """Counts the records that were read, so that a message can say which one is wrong."""

    def __init__(self, name: str) -> None:
        self.name, self.number = name, 0

    def passed(self, records: Iterator[Record]) -> Iterator[Record]:
        for self.number, record in enumerate(records, 1):
            if self.number == 1 and record["record"] != HEADER:
                raise ValueError("the first record is not the header")
            if record["record"] not in (HEADER, *KINDS):
                raise ValueError(f"there is no record {record['record']!r}")
            yield record
        if not self.number:
            raise ValueError("the file is empty")


def _lines(content: bytes) -> Iterator[Record]:
    return (orjson.loads(line) for line in content.splitlines() if line)


def _rows(name: str, content: bytes) -> Iterator[Record]:
    table = csv_table(name, content)
    if table.header != COLUMNS:
        missing = [column for column in COLUMNS if column not in table.header] or ["the order of the columns"]
        raise ValueError(f"the columns are not those of an export: {', '.join(missing)}")
    return map(_record, _texts(table))


def _texts(table: Table) -> Iterator[Sequence[str]]:
    return ([restored(str(cell)) for cell in row] for row in table.rows)


def _record(row: Sequence[str]) -> Record:
    out: Record = {}
    for column, cell in zip(COLUMNS, row, strict=True):
        name, _, language = column.partition(".")
        if cell and language:
            out.setdefault(name, {})[language] = cell
        elif cell:
            out[name] = orjson.loads(cell) if name in _NESTED else cell
    return out
