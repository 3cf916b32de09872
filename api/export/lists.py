"""Every list as CSV and XLSX: what there is, when it holds, how certain that is on the day of the export, and which sources say so.

Each CSV has its metadata beside it (CSVW), and all have one dictionary of columns in Dutch and English.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from api.export.claims import header
from api.export.columns import COLUMNS, LISTS, Listing
from api.export.coverage import coverage
from api.export.export import Export, Format
from api.export.network import network_of
from api.export.rows import Rows
from api.export.zipped import File, zipped
from api.table import Cell, Table, csv_lines, workbook_of
from graph.domain.claim import Text

DICTIONARY = "columns"
_CSVW = "http://www.w3.org/ns/csvw"
Row = Mapping[str, Any]


async def tables(export: Export) -> AsyncIterator[tuple[Listing, Table]]:
    """Yields each list with its rows, in the order of LISTS."""
    rows = Rows(export, await network_of(export))
    covered = partial(coverage, export, rows.youth_regions())
    for listing in LISTS.values():
        found = await export.once("coverage", covered) if listing.name == "coverage" else rows.of(listing.name)
        yield listing, Table(listing.columns, tuple(tuple(_cell(row, name) for name in listing.columns) for row in found))


def _cell(row: Row, name: str) -> Cell:
    value: Cell = row.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and value and COLUMNS[name].datatype == "date" else value


# ── CSV ───────────────────────────────────────────────────────────────────────────────────────────


async def csv_files(export: Export) -> AsyncIterator[File]:
    """Yields the CSV of each list with its metadata, then the dictionary of columns with its own."""
    async for listing, table in tables(export):
        about = {"mediaType": "text/csv; charset=utf-8", "title": listing.en}
        yield File(f"{listing.name}.csv", _parts(csv_lines(table.header, map(_plain, table.rows))), about)
        described = metadata(export, f"{listing.name}.csv", (listing.nl, listing.en), [_described(name) for name in listing.columns])
        yield _metadata_file(listing.name, described)
    dictionary = dictionary_table()
    about = {"mediaType": "text/csv; charset=utf-8", "title": "The dictionary of all columns"}
    yield File(f"{DICTIONARY}.csv", _parts(csv_lines(dictionary.header, dictionary.rows)), about)
    columns = [{"name": name, "titles": {"und": [name]}, "datatype": "string"} for name in dictionary.header]
    yield _metadata_file(DICTIONARY, metadata(export, f"{DICTIONARY}.csv", ("Kolommen", "Columns"), columns))


def _plain(row: Sequence[Cell]) -> list[Cell]:
    return [str(cell).lower() if isinstance(cell, bool) else cell for cell in row]


def _metadata_file(name: str, described: Mapping[str, Any]) -> File:
    content = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    about = {"mediaType": "application/csvm+json", "title": f"Metadata of {name}.csv"}
    return File(f"{name}.csv-metadata.json", _parts(iter([content.encode()])), about)


async def _parts(lines: Iterator[bytes]) -> AsyncIterator[bytes]:
    yield b"".join(lines)


def metadata(export: Export, url: str, titles: tuple[str, str], columns: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Returns the metadata of a CSV as CSVW has them: its columns, its day, its version, and its sources with their licences."""
    about = header(export)
    return {
        "@context": [_CSVW, {"@language": "nl"}],
        "url": url,
        "dc:title": [{"@value": titles[0], "@language": "nl"}, {"@value": titles[1], "@language": "en"}],
        "dc:temporal": about["asOf"],
        "schema:version": about["dataVersion"],
        "dc:source": [_source(source) for source in about["sources"]],
        "dialect": {"delimiter": ";", "encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"], "doubleQuote": True},
        "tableSchema": {"columns": list(columns)},
    }


def _source(source: Mapping[str, Any]) -> dict[str, str]:
    licence = {"dc:license": source["licence"]} if source["licence"] else {}
    return {"dc:identifier": source["slug"], "dc:title": source["title"], **licence}


def _described(name: str) -> dict[str, Any]:
    column = COLUMNS[name]
    about = [{"@value": column.about_nl, "@language": "nl"}, {"@value": column.about_en, "@language": "en"}]
    titles = {"und": [name], "nl": [column.nl], "en": [column.en]}
    return {"name": name, "titles": titles, "dc:description": about, "datatype": column.datatype}


def dictionary_table() -> Table:
    """Returns the dictionary of columns: in which lists each is, what it is called, and what stands in it."""
    titles = ("name", "datatype", "nl", "en", "aboutNl", "aboutEn", "lists")
    rows = [
        (each.name, each.datatype, each.nl, each.en, each.about_nl, each.about_en, " ".join(_lists_with(each.name)))
        for each in COLUMNS.values()
    ]
    return Table(titles, tuple(rows))


def _lists_with(column: str) -> list[str]:
    return [listing.name for listing in LISTS.values() if column in listing.columns]


# ── XLSX ──────────────────────────────────────────────────────────────────────────────────────────


async def _xlsx(export: Export) -> AsyncIterator[bytes]:
    """Yields one workbook: an explanation, a sheet for each list with Dutch titles, and the dictionary of columns."""
    sheets = {"Toelichting": _explanation(export)}
    async for listing, table in tables(export):
        sheets[listing.nl] = Table(tuple(COLUMNS[name].nl for name in table.header), table.rows)
    sheets["Kolommen"] = dictionary_table()
    day = export.day
    yield workbook_of(sheets, datetime(day.year, day.month, day.day))  # noqa: DTZ001 (the date of the file, so that it is the same twice)


def _explanation(export: Export) -> Table:
    about = header(export)
    rows = [("Peildatum", about["asOf"]), ("Versie van de gegevens", about["dataVersion"])]
    rows += [(f"Gegevensset {each['slug']}", f"versie {each['version']}") for each in about["datasets"]]
    rows += [(f"Bron {each['slug']}", f"{each['title']}; licentie: {each['licence'] or 'niet bekend'}") for each in about["sources"]]
    return Table(("Wat", "Toelichting"), tuple(rows))


async def _csv_zip(export: Export) -> AsyncIterator[bytes]:
    async for part in zipped(csv_files(export)):
        yield part


CSV = Format(
    "csv",
    "lists.zip",
    "application/zip",
    Text(
        "Elke lijst als tabel, met metadata en een uitleg van de kolommen",
        "Each list as a table, with metadata and a dictionary of the columns",
    ),
    _csv_zip,
)
XLSX = Format(
    "xlsx",
    "lists.xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Text("Alle lijsten als bladen van één werkmap", "All lists as sheets of one workbook"),
    _xlsx,
)
