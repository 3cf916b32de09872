"""Reads a table: a CSV of which each row says the same things of another entity, and the entries that say them once.

A table is no second way to write claims. Each row is written out as the entries of a file would be, with the cell of the
row for `{column}`, and read by the same reader. An entry that has an empty cell in it gives no claim for that row.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.domain.model import ENTITY_TYPES
from seeds import values
from seeds.document import Field, Scalar, Value, YamlList, YamlMap
from seeds.problem import Findings, Problem, nearest

KEYS = ("type", "rows", "claims")
SLUG = "slug"
_CELL = re.compile(r"\{(\w+)\}")
_SCHEME = re.compile(r"\b(RSIN:|ROO:)\{(\w+)\}")  # nine digits of which the table says that they are no citizen service number


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a CSV: its line, the slug of its entity, and its cells by the names of their columns."""

    line: int
    slug: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a table: what is written for each row, and the columns that are named in it."""

    node: Value
    columns: frozenset[str]

    def filled(self, row: Row) -> Value | None:
        """Returns the entry of a row, or None if one of its cells is empty."""
        return _filled(self.node, row) if all(row.cells[column] for column in self.columns) else None


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `path` is that of its CSV in the folder, `text` what is searched for personal data."""

    type: str
    path: str
    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]
    text: str


def table_of(root: YamlMap, path: str, files: Mapping[str, bytes], findings: Findings) -> Table | None:
    """Reads a table, whose file has a path among the files of its folder, or None if there is a problem with it."""
    before = len(findings.problems)
    values.unknown_keys(root, KEYS, findings)
    type = values.word(values.required(root, "type", findings), "type", tuple(ENTITY_TYPES), findings)
    written = values.required(root, "rows", findings)
    name = values.plain(written, "rows", findings)
    claims = values.required(root, "claims", findings)
    if claims is not None and not isinstance(claims, YamlList):
        findings.add("WRONG_VALUE", claims.line, '"claims" must be a list of entries.', "Begin each with `- id: …`.")
    if not type or not written or not name or not isinstance(claims, YamlList):
        return None
    place = f"{path.rpartition('/')[0]}/{name}"
    if place not in files:
        beside = [other.rpartition("/")[2] for other in files if other.endswith(".csv")]
        remedy = nearest(name, beside, "Put the CSV beside this file, and write its name.")
        findings.add("NO_ROWS", written.line, f'There is no file "{name}" beside this one.', remedy)
        return None
    inside = Findings(f"{findings.file.removesuffix(path)}{place}")
    columns, rows = _rows(files[place], inside)
    findings.problems += inside.problems
    if columns:
        _check_columns(claims, columns, findings)
    if len(findings.problems) > before:
        return None
    schemes = {match[2]: match[1] for text in _texts(claims) for match in _SCHEME.finditer(text)}
    searched = "\n".join("\t".join(schemes.get(column, "") + cell for column, cell in row.cells.items()) for row in rows)
    entries = tuple(Entry(node, frozenset(name for text in _texts(node) for name in _CELL.findall(text))) for node in claims.values)
    return Table(type, place, entries, rows, "\t".join(columns) + "\n" + searched)


def gathered(found: Mapping[int, Iterable[Problem]], table: Table, file: str) -> Iterator[Problem]:
    """Returns the problems of the rows, by the number of their entry. One that several rows have is a problem of the entry."""
    for number, problems in found.items():
        alike = defaultdict[tuple[str, str, str], list[Problem]](list)
        for problem in problems:
            alike[problem.code, problem.what, problem.remedy].append(problem)
        for (code, what, remedy), (first, *more) in alike.items():
            if more:
                rows = f"So says {first.file.rpartition('/')[2]} in {len(more) + 1} rows, the first of them on line {first.line}."
                yield Problem(file, table.entries[number].node.line, code, "", f"{what} {rows}", remedy)
            else:
                yield first


def _filled(node: Value, row: Row) -> Value:
    match node:
        case Scalar():
            text = _CELL.sub(lambda cell: row.cells[cell[1]], node.text) if "{" in node.text else node.text
            return Scalar(text, row.line)
        case YamlList():
            return YamlList(tuple([_filled(value, row) for value in node.values]), row.line)
        case YamlMap():
            return YamlMap({key: Field(_filled(field.value, row), row.line) for key, field in node.entries.items()}, row.line)


def _texts(node: Value) -> Iterator[str]:
    return (scalar.text for scalar in _scalars(node))


def _scalars(node: Value) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case YamlList():
            for value in node.values:
                yield from _scalars(value)
        case YamlMap():
            for field in node.entries.values():
                yield from _scalars(field.value)


def _check_columns(node: Value, columns: Collection[str], findings: Findings) -> None:
    """Reports a cell of a column that the CSV does not have, and one that YAML does not read as a text."""
    if isinstance(node, YamlMap):
        for key, field in node.entries.items():
            bare = _bare(field.value)
            if bare in columns:
                what = f'"{key}: {{{bare}}}" is not read as the cell of a row.'
                findings.add("WRONG_VALUE", field.line, what, f'Put it in quotes: `{key}: "{{{bare}}}"`.')
            else:
                _check_columns(field.value, columns, findings)
    elif isinstance(node, YamlList):
        for value in node.values:
            _check_columns(value, columns, findings)
    else:
        for name in _CELL.findall(node.text):
            if name not in columns:
                remedy = nearest(name, columns, f"Use one of: {', '.join(columns)}.")
                findings.add("UNKNOWN_COLUMN", node.line, f'The rows have no column "{name}".', remedy)


def _bare(value: Value) -> str | None:
    """Returns the column of `{column}` without quotes, which YAML reads as a key without a value."""
    if isinstance(value, YamlMap) and len(value.entries) == 1:
        ((key, field),) = value.entries.items()
        return key if field.value == Scalar("", field.line) else None
    return None


def _rows(content: bytes, findings: Findings) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Reads a CSV: UTF-8, commas, a row on each line, the names of the columns on the first. No columns if it cannot be read."""
    before, began, rows = len(findings.problems), 1, list[Row]()
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        columns = tuple(next(reader, ()))
        _check_header(columns, findings)
        began = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(columns) and not any("\n" in cell for cell in cells):
                row = dict(zip(columns, map(str.strip, cells), strict=True))
                rows.append(Row(began, _slug(row.get(SLUG), began, findings), row))
            else:
                what = f"This row has {len(cells)} cells; the first line names {len(columns)} columns, and a row is one line."
                findings.add("TABLE_SYNTAX", began, what, "Put a cell that has a comma in it in quotes.")
            began = reader.line_num + 1
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        findings.add("TABLE_SYNTAX", line, "This is not text in UTF-8.", "Save the file as CSV in UTF-8.")
    except csv.Error as error:
        findings.add("TABLE_SYNTAX", began, f"This is not CSV: {error}.", "Close the quotes, and double a quote inside a cell.")
    return (columns, tuple(rows)) if len(findings.problems) == before else ((), ())


def _check_header(columns: tuple[str, ...], findings: Findings) -> None:
    if len(columns) == 1 and ";" in columns[0]:
        findings.add("TABLE_SYNTAX", 1, "The columns are separated by semicolons.", "Save the file with commas between the columns.")
    elif SLUG not in columns:
        findings.add("MISSING_COLUMN", 1, f'There is no column "{SLUG}".', f'Add "{SLUG}": it names the entity of each row.')
    for column in sorted({column for column in columns if columns.count(column) > 1}):
        findings.add("TABLE_SYNTAX", 1, f'Two columns are called "{column}".', "Give each column a name of its own.")


def _slug(cell: str | None, line: int, findings: Findings) -> str:
    return "" if cell is None else values.slug(Scalar(cell, line), SLUG, findings) or ""
