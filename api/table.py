"""Tables in files: CSV as Dutch and English spreadsheets write it, and XLSX. It knows nothing of the graph.

A table is written in the form in which it was found: the sign between the cells, the encoding and
the ends of the lines of a CSV, numbers and dates of an XLSX. Nothing that is written is a formula.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from graph.errors import RegiograafError

Cell = str | float | bool | date | time | timedelta | None
SUFFIXES = (".csv", ".xlsx")
LONGEST_CELL = 32_767  # in an XLSX
FIRST_MONTH = (1900, 3)  # before it spreadsheets have no days, or one that never was: they count 29 February 1900
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠].|[\t\r\n]", re.DOTALL)  # a hyphen alone is no formula
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*\s?%?", re.ASCII)
_EXACT = 2**53  # above this a spreadsheet has lost digits of a whole number


class TableRefused(RegiograafError):
    """A file is no table that can be read or written."""

    code = "TABLE_REFUSED"


class NoColumn(RegiograafError):
    """A table has no column of that name, or several."""

    code = "NO_COLUMN"


@dataclass(frozen=True, slots=True)
class Form:
    """How a CSV is written."""

    delimiter: str = ";"
    encoding: str = "utf-8-sig"
    line_end: str = "\r\n"


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it, all of one width."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    form: Form = Form()

    def column(self, name: str) -> int:
        """Returns the place of a column, whose name may differ in case and spaces. Raises NoColumn."""
        exact = [at for at, title in enumerate(self.header) if title == name]
        places = exact or [at for at, title in enumerate(self.header) if _plain(title) == _plain(name)]
        if len(places) == 1:
            return places[0]
        wrong = f"There are {len(places)} columns" if places else "There is no column"
        named = ", ".join(dict.fromkeys(title for title in self.header if title)) or "none: the first line is empty"
        raise NoColumn(f'{wrong} "{name}".', f"Name one of the columns that there are, and give each a name of its own: {named}.")


def read_table(file: Path, sheet: str | None = None) -> Table:
    """Reads a CSV or XLSX; `sheet` names one of the latter's, else the first is read. Raises TableRefused."""
    if checked_suffix(file) == ".csv":
        return csv_table(str(file), _bytes(file))
    return _table(str(file), Form(), _read_xlsx(file, sheet))


def csv_table(name: str, content: bytes) -> Table:
    """Reads the content of a CSV, which messages name so. Raises TableRefused."""
    return _table(name, *_read_csv(name, content))


def _table(file: str, form: Form, lines: list[list[Cell]]) -> Table:
    while lines and not any(cell not in ("", None) for cell in lines[-1]):
        lines.pop()
    if not lines:
        raise TableRefused(f"{file} is empty.", "Give a table with the names of its columns in the first line.")
    width = max(map(len, lines))
    header, *rows = ([*line, *[""] * (width - len(line))] for line in lines)
    return Table(tuple(shown(title) for title in header), tuple(map(tuple, rows)), form)


def write_table(file: Path, table: Table) -> bool:
    """Writes a table, whole or not at all. Returns False if a CSV had to become UTF-8 to hold what is new in it."""
    kept, beside = True, file.with_name(f".{file.name}.part")
    try:
        if checked_suffix(file) == ".csv":
            content, kept = csv_of(table)
        else:
            content = xlsx_of(table)
        beside.write_bytes(content)
        os.replace(beside, file)
    except OSError as error:
        raise TableRefused(f"{file} cannot be written: {error.strerror or error}.", "Choose another file with --out.") from None
    finally:
        beside.unlink(missing_ok=True)
    return kept


def checked_suffix(file: Path) -> str:
    """Returns the kind of file by the end of its name. Raises TableRefused if it is neither."""
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        raise TableRefused(f"{file} is neither a CSV nor an XLSX by its name.", "Save the table as .csv or .xlsx, and name it so.")
    return suffix


def shown(cell: Cell) -> str:
    """Returns a cell as a person sees it: a whole number without decimals, unless its digits are lost."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


# ── CSV ───────────────────────────────────────────────────────────────────────────────────────────


def _read_csv(file: str, content: bytes) -> tuple[Form, list[list[Cell]]]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content:
        raise TableRefused(f"{file} is not written in UTF-8 or Windows-1252.", "Save it as CSV UTF-8, or as XLSX.")
    text, encoding = _decoded(content)
    delimiter = _delimiter(text)
    try:
        lines: list[list[Cell]] = [list(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise TableRefused(f"{file} is not a CSV: {error}.", "Save it once more as CSV, or as XLSX.") from None
    return Form(delimiter, encoding, "\r\n" if b"\r\n" in content else "\n"), lines


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig", "replace"), "utf-8-sig"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "cp1252"


def _delimiter(text: str) -> str:
    """Returns the sign between the cells: which of the two the first line has more of, outside its quotes."""
    first = re.sub(r'"[^"]*"', "", text.partition("\n")[0])
    return "," if first.count(",") > first.count(";") else ";"


def csv_of(table: Table) -> tuple[bytes, bool]:
    """Returns a table as the bytes of a CSV in its own form, and False if they had to become UTF-8 to hold what is in it."""
    try:
        return b"".join(csv_lines(table.header, table.rows, table.form)), True
    except UnicodeEncodeError:
        return b"".join(csv_lines(table.header, table.rows, replace(table.form, encoding="utf-8-sig"))), False


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]], form: Form = Form()) -> Iterator[bytes]:
    """Yields the lines of a CSV as bytes. Raises UnicodeEncodeError if its encoding has no sign for something in it."""
    line, encoding = io.StringIO(newline=""), form.encoding
    writer = csv.writer(line, delimiter=form.delimiter, lineterminator=form.line_end)
    for row in chain([header], rows):
        writer.writerow(_harmless(row))
        yield line.getvalue().encode(encoding)
        encoding = "utf-8" if encoding == "utf-8-sig" else encoding  # its mark stands once, at the beginning
        line.seek(0)
        line.truncate()


def _harmless(line: Sequence[Cell]) -> Iterator[str]:
    """Yields the cells as texts; one that a spreadsheet would take for a formula gets an apostrophe before it."""
    for cell in line:
        text = shown(cell)
        yield f"'{text}" if isinstance(cell, str) and _looks_like_formula(text) else text


def restored(text: str) -> str:
    """Returns a text as it was before an apostrophe was put before it, if that was so."""
    return text[1:] if text.startswith("'") and _looks_like_formula(text) else text


def _looks_like_formula(text: str) -> bool:
    """Returns True also for what looks so without the apostrophes before it, so that one more can be told from those that were there."""
    bare = text.lstrip("'")
    return bool(_FORMULA.match(bare)) and not _NUMBER.fullmatch(bare)


# ── XLSX ──────────────────────────────────────────────────────────────────────────────────────────


def _read_xlsx(file: Path, sheet: str | None) -> list[list[Cell]]:
    from python_calamine import CalamineError, CalamineWorkbook  # only for whoever has one: the service needs none

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(_bytes(file)))
        names = workbook.sheet_names
        if sheet is not None and sheet not in names:
            raise TableRefused(f'{file} has no sheet "{sheet}".', f"Name one of its sheets with --sheet: {', '.join(names)}.")
        return [list(line) for line in workbook.get_sheet_by_name(sheet or names[0]).to_python(skip_empty_area=False)]
    except CalamineError as error:
        raise TableRefused(f"{file} is not an XLSX that can be read: {error}.", "Save it once more, without a password.") from None


def xlsx_of(table: Table) -> bytes:
    """Returns a table as the bytes of an XLSX."""
    return workbook_of({"Sheet1": table})


def workbook_of(sheets: Mapping[str, Table], created: datetime | None = None) -> bytes:
    """Returns tables as the sheets of an XLSX, by their names. Made at the same moment, the same tables give the same bytes."""
    from xlsxwriter import Workbook

    written = io.BytesIO()
    texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": True}
    with Workbook(written, {**texts, "in_memory": True}) as workbook:
        if created:
            workbook.set_properties({"created": created})
        days = {
            datetime: workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}), date: workbook.add_format({"num_format": "yyyy-mm-dd"}),
            time: workbook.add_format({"num_format": "hh:mm:ss"}), timedelta: workbook.add_format({"num_format": "[h]:mm:ss"}),
        }  # fmt: skip
        for name, table in sheets.items():
            _fill(workbook.add_worksheet(name), table, days)
    return written.getvalue()


def _fill(sheet: Any, table: Table, days: Mapping[type, Any]) -> None:
    for row, line in enumerate((table.header, *table.rows)):
        for at, cell in enumerate(line):
            if isinstance(cell, date) and (cell.year, cell.month) < FIRST_MONTH:
                sheet.write_string(row, at, cell.isoformat())
            elif isinstance(cell, date | time | timedelta):
                sheet.write_datetime(row, at, cell, days[type(cell)])
            elif isinstance(cell, bool):
                sheet.write_boolean(row, at, cell)
            elif isinstance(cell, int | float):
                sheet.write_number(row, at, cell)
            elif cell:
                sheet.write_string(row, at, cell[:LONGEST_CELL])


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise TableRefused(f"{file} cannot be read: {error.strerror or error}.", "Give the path of a file that is there.") from None


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def with_columns(table: Table, titles: Sequence[str], columns: Sequence[Sequence[Cell]]) -> Table:
    """Returns a table with more columns beside its own. A title that it has already gets `regiograaf` behind it."""
    taken = {_plain(title) for title in table.header}
    header = (*table.header, *(f"{title} regiograaf" if title in taken else title for title in titles))
    return replace(table, header=header, rows=tuple((*row, *more) for row, more in zip(table.rows, columns, strict=True)))
