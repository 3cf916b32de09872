"""Reads a spreadsheet or a CSV file as sheets of plain cells. It knows no heading and no meaning of a cell.

A spreadsheet (xlsx, xls, ods) can be read in one way. The separator of a CSV file is not known beforehand, so there is a reading
for each separator; whoever knows the headings chooses.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum, load_workbook

from seeds.imports.lists.package import MOST_COLUMNS, MOST_ROWS, Marks, Place, Unreadable, marks, too_large

MOST_BYTES = 20 * 2**20
SEPARATORS = (";", "\t", ",")
_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8"), (b"", "cp1252"))
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_ERROR = "The formula of this cell gives an error."

Plain = str | float | bool | date


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet from the first row and column on; an empty cell is an empty text.

    `faults` are places that could not be read, each with what is wrong there. `hidden` sheets are not shown by Excel.
    """

    name: str
    rows: tuple[tuple[Plain, ...], ...]
    hidden: bool = False
    faults: Mapping[Place, str] = field(default_factory=dict)


Reading = tuple[Sheet, ...]


def readings(content: bytes) -> list[Reading]:
    """Returns the ways in which a file can be read: one, or for a CSV file one for each separator. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(f"The file is larger than {MOST_BYTES // 2**20} MiB.", "Keep the list alone in a file of its own.")
    if content.startswith((_ZIP, _OLE)):
        return [_spreadsheet(content)]
    return _csv(_text(content))


def is_xls(content: bytes) -> bool:
    """Returns True for the old form of Excel, in which the errors of formulas cannot be seen."""
    return content.startswith(_OLE)


# ── spreadsheets ──────────────────────────────────────────────────────────────────────────────────


def _spreadsheet(content: bytes) -> Reading:
    marked = marks(content) if content.startswith(_ZIP) else {}
    try:
        book = load_workbook(io.BytesIO(content))
        return tuple(_sheets(book, marked))
    except PasswordError:
        raise Unreadable("The file has a password.", "Save a copy of the list without a password.") from None
    except CalamineError as error:
        raise Unreadable(f"This is not a spreadsheet that can be read ({error}).", "Open it in Excel and save it as .xlsx.") from None


def _sheets(book: CalamineWorkbook, marked: Mapping[str, Marks]) -> Iterator[Sheet]:
    for about in book.sheets_metadata:
        sheet = book.get_sheet_by_name(about.name)
        if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
            raise too_large(about.name)
        of = marked.get(about.name, Marks())
        rows = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        for (row, column), precision in of.vague.items():
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = _as_shown(rows[row][column], precision)
        hidden = about.visible != SheetVisibleEnum.Visible
        yield Sheet(about.name, tuple(map(tuple, rows)), hidden, dict.fromkeys(of.errors, _ERROR))


def _as_shown(value: Plain, precision: str) -> Plain:
    """Returns a date that Excel shows without its day as that month or year: 2022-01 for jan-22."""
    if not isinstance(value, date):
        return value
    return f"{value:%Y-%m}" if precision == "month" else f"{value:%Y}"


def _plain(value: float | str | bool | time | date | datetime | timedelta) -> Plain:
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, (str, bool, date)):
        return value
    return float(value) if isinstance(value, (int, float)) else str(value)


# ── CSV ───────────────────────────────────────────────────────────────────────────────────────────


def _text(content: bytes) -> str:
    """Reads UTF-8, with or without a byte order mark, UTF-16 with one, or else Windows-1252."""
    for mark, encoding in _ENCODINGS:
        if content.startswith(mark):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return text
    raise Unreadable("This is neither a spreadsheet nor a text.", "Save the list as .xlsx, or as CSV UTF-8.")


def _csv(text: str) -> list[Reading]:
    led = _SEPARATOR_LINE.match(text)
    if led:  # the first line that Excel writes for itself; it counts as a row
        return [(_records(text[led.end() :], led[1], before=1),)]
    return [(_records(text, separator),) for separator in SEPARATORS]


def _records(text: str, separator: str, before: int = 0) -> Sheet:
    """Reads the records with a separator. What stands behind a fault is not read."""
    rows: list[tuple[Plain, ...]] = [()] * before
    faults: dict[Place, str] = {}
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            if len(rows) >= MOST_ROWS or len(record) > MOST_COLUMNS:
                raise too_large("")
            rows.append(tuple(record))
    except csv.Error as error:
        faults[len(rows), 0] = f"From here on the quotes do not match ({error})."
    return Sheet("", tuple(rows), faults=faults)
