"""Reads from an xlsx or ods file itself what the reader of spreadsheets does not tell of its cells.

The reader gives the error of a formula as an empty cell, and a date that is shown as `jan-22` as 1 January 2022. It makes room for all
cells up to the last one, so a file that would not fit in memory is refused before.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

MOST_UNPACKED = 64 * 2**20
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<Relationship\b([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_REFERENCE = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
_NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^>]*)>")
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
_NOT_A_DATE_PART = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ODS, _TABLE = "content.xml", "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MONTH_OF_EXCEL = {"17": "month"}  # the one format that Excel has of itself in which a date has no day: jan-22

Place = tuple[int, int]  # row and column, both counted from 0


class Unreadable(Exception):
    """The file cannot be read at all. It says why, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


@dataclass(frozen=True, slots=True)
class Marks:
    """The cells of a sheet with an error, and those that show of a date only its `month` or `year`."""

    errors: set[Place] = field(default_factory=set)
    vague: dict[Place, str] = field(default_factory=dict)


def marks(content: bytes) -> dict[str, Marks]:
    """Returns the marks of each sheet. Raises Unreadable if the file is too large to be read."""
    out: dict[str, Marks] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable(f"The file holds more than {MOST_UNPACKED // 2**20} MiB.", "Copy the list alone to a new file.")
            formats = _vague_formats(archive)
            for name, part in _parts(archive):
                out[name] = _marks(name, archive.read(part), formats)
            if _ODS in archive.namelist():
                out |= _marks_of_ods(archive.read(_ODS))
    except (ElementTree.ParseError, zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError):
        return {}  # the reader says what is wrong with it
    return out


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yields the name of each sheet with the part of the file that holds it; nothing for an ods file."""
    if "xl/workbook.xml" not in archive.namelist():
        return
    relations = [_attributes(match[1]) for match in _RELATION.finditer(archive.read("xl/_rels/workbook.xml.rels"))]
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for match in _SHEET.finditer(archive.read("xl/workbook.xml")):
        about = _attributes(match[1])
        target = targets.get(about.get("r:id", ""), "")
        yield about.get("name", ""), target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode(): _unescaped(value.decode("utf-8", "replace")) for name, value in _ATTRIBUTE.findall(tag)}


def _unescaped(text: str) -> str:
    for written, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(written, sign)
    return text


def _vague_formats(archive: zipfile.ZipFile) -> dict[str, str]:
    """Returns which formats of cells, by their number, show of a date only its month or year."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    styles = archive.read("xl/styles.xml")
    formats = dict(_MONTH_OF_EXCEL)
    for match in _NUMBER_FORMAT.finditer(styles):
        about = _attributes(match[1])
        shown = _NOT_A_DATE_PART.sub("", about.get("formatCode", "")).lower()
        if "y" in shown and "d" not in shown:
            formats[about.get("numFmtId", "")] = "month" if "m" in shown else "year"
    cells = _CELL_FORMATS.search(styles)
    numbers = [_attributes(match[1]).get("numFmtId", "") for match in _CELL_FORMAT.finditer(cells[0])] if cells else []
    return {str(at): formats[number] for at, number in enumerate(numbers) if number in formats}


def _marks(sheet: str, xml: bytes, formats: Mapping[str, str]) -> Marks:
    out = Marks()
    for match in _CELL.finditer(xml):
        about = _attributes(match[1])
        reference = _REFERENCE.fullmatch(about.get("r", "").encode())
        if not reference:
            continue
        row, column = int(reference[2]) - 1, column_number(reference[1].decode())
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            raise too_large(sheet)
        if about.get("t") == "e":
            out.errors.add((row, column))
        if precision := formats.get(about.get("s", "")):
            out.vague[row, column] = precision
    return out


def _marks_of_ods(xml: bytes) -> dict[str, Marks]:
    """Finds the errors in an ods file, whose rows and cells say how often they are repeated."""
    out: dict[str, Marks] = {}
    if b"<!DOCTYPE" in xml:
        raise Unreadable("The file defines signs of its own, as no spreadsheet does.", "Open it in Excel and save it as .xlsx.")
    for table in ElementTree.fromstring(xml).iter(f"{_TABLE}table"):
        name = table.get(f"{_TABLE}name", "")
        errors = out.setdefault(name, Marks()).errors
        row = 0
        for line in table.iter(f"{_TABLE}table-row"):
            column = 0
            rows = int(line.get(f"{_TABLE}number-rows-repeated", "1"))
            for cell in line:
                kinds = [value for attribute, value in cell.attrib.items() if attribute.endswith("}value-type")]
                columns = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
                if kinds and (row + rows > MOST_ROWS or column + columns > MOST_COLUMNS):
                    raise too_large(name)
                if "error" in kinds:
                    errors.add((row, column))
                column += columns
            row += rows
    return out


def column_letters(number: int) -> str:
    """Returns what Excel calls a column: A for 0, AB for 27."""
    letters, number = "", number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Returns the number of a column, counted from 0."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def too_large(sheet: str) -> Unreadable:
    what = f'Sheet "{sheet}" has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns.'
    return Unreadable(what, "Copy the list alone to a new file.")
