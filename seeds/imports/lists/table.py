"""Finds the list in a file: the lines about the list, the row of headings, and the rows below it, each cell with its place.

A list with personal data is refused as a whole, whether the column would be read or not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from seeds.imports.importer import File
from seeds.imports.lists.heading import Column, column_of, left_alone, nearest, personal
from seeds.imports.lists.package import Unreadable, column_letters
from seeds.imports.lists.workbook import Plain, Reading, Sheet, is_xls, readings
from seeds.imports.problem import ImportProblem
from seeds.privacy import traces

HEADING_WITHIN = 30  # the first rows, among which the headings must be
FEWEST = 2  # headings that make a row the row of headings
LONGEST = 500
EXPLANATION = "Toelichting"  # the sheet of a template that explains the columns
_UNSEEN = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u2060\ufeff"))  # soft hyphens and spaces without width
ABOUT = (
    Column("title", "Titel", "Title", "De naam van deze lijst, zoals u hem wilt terugzien als bron.",
           "Contracten jeugdhulp regio Voorbeeld 2026", also=("Titel van de lijst", "Title of the list"), required=True),
    Column("day", "Peildatum", "Reference date",
           "De dag waarop de lijst klopte. Wat zonder datum in de lijst staat, is zeker vanaf die dag.",
           "1-11-2026", also=("Stand per", "Bijgewerkt op"), required=True),
    Column("publisher", "Uitgever", "Publisher", "De organisatie die de lijst bijhoudt. Geen naam van een persoon.", "Regio Voorbeeld",
           also=("Bronhouder",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something, with its place as a person finds it."""

    value: Plain
    file: str
    sheet: str
    row: int
    column: str

    @property
    def text(self) -> str:
        """Returns the text of the cell, without signs that nobody sees; of a whole number without decimals."""
        if isinstance(self.value, float) and self.value.is_integer() and abs(self.value) < 1e15:
            return str(int(self.value))
        return " ".join(unicodedata.normalize("NFC", str(self.value)).translate(_UNSEEN).split())


@dataclass(slots=True)
class Faults:
    """The problems found so far, and what is told beside them."""

    problems: list[ImportProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def at(self, cell: Cell, code: str, what: str, remedy: str) -> None:
        self.problems.append(ImportProblem(cell.file, cell.sheet, cell.row, cell.column, what, remedy, code))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list. `start` is its first cell, for what is missing in the row."""

    cells: Mapping[str, Cell]
    start: Cell


@dataclass(frozen=True, slots=True)
class Table:
    """The list on one sheet, or on several of one file. `about` has the lines above the headings."""

    file: str
    about: Mapping[str, Cell]
    rows: tuple[Row, ...]


def table(file: File, columns: Sequence[Column], faults: Faults) -> Table | None:
    """Reads the list of a file. Returns None if there is none; what is wrong is in the faults."""
    try:
        ways = readings(file.content)
    except Unreadable as error:
        faults.problems.append(ImportProblem(file.name, "", 0, "", error.what, error.remedy, "UNREADABLE"))
        return None
    if is_xls(file.content):
        faults.notes.append(f"{file.name}: in an .xls file a formula that gives an error looks empty; save it as .xlsx to be told of it.")
    reading = max(ways, key=lambda way: max((_fit(sheet, columns) for sheet in way), default=(0, 0)))
    lists = [(sheet, at) for sheet in reading if not sheet.hidden and (at := _heading_row(sheet, columns)) is not None]
    if not lists:
        faults.problems.append(_no_list(file.name, reading, columns))
        return None
    _unread_sheets(file.name, reading, [sheet for sheet, _ in lists], faults)
    about: dict[str, Cell] = {}
    rows: list[Row] = []
    for sheet, at in lists:
        for key, cell in _about(file.name, sheet, at, faults).items():
            if about.setdefault(key, cell).text != cell.text:
                faults.at(cell, "TWO_VALUES", f'Sheet "{about[key].sheet}" says {about[key].text}.', "Give all sheets the same.")
        rows += _rows(file.name, sheet, at, columns, faults)
    return Table(file.name, about, tuple(rows))


# ── where the list is ─────────────────────────────────────────────────────────────────────────────


def _hits(row: Iterable[Plain], columns: Sequence[Column]) -> int:
    """Returns how many columns a row names; the template explains each under two names in one row."""
    return len({column.key for value in row if isinstance(value, str) and (column := column_of(value, columns))})


def _fit(sheet: Sheet, columns: Sequence[Column]) -> tuple[int, int]:
    """Returns how well a sheet has the headings in its best row: how many, and if there are none, how many cells."""
    return max(((_hits(row, columns), len(row)) for row in sheet.rows[:HEADING_WITHIN]), default=(0, 0))


def _heading_row(sheet: Sheet, columns: Sequence[Column]) -> int | None:
    rows = enumerate(sheet.rows[:HEADING_WITHIN])
    return next((at for at, row in rows if _hits(row, columns) >= FEWEST), None)


def _no_list(file: str, reading: Reading, columns: Sequence[Column]) -> ImportProblem:
    """Returns the problem of a file without headings, at the row that resembles them most."""
    like = [
        (sum(nearest(value, columns) is not None for value in row if isinstance(value, str)), sheet, at)
        for sheet in reading
        for at, row in enumerate(sheet.rows[:HEADING_WITHIN])
    ]
    what = "No row has the headings of this list."
    many, sheet, at = max(like, key=lambda each: each[0], default=(0, None, 0))
    if not many or sheet is None:
        needed = ", ".join(column.dutch for column in columns if column.required)
        return ImportProblem(file, "", 0, "", what, f"Name the columns as in the template (--template): {needed} at least.", "NO_HEADINGS")
    near = [f'"{value}" → {hit}' for value in sheet.rows[at] if isinstance(value, str) and (hit := nearest(value, columns))]
    return ImportProblem(file, sheet.name, at + 1, "", what, f"Did you mean: {'; '.join(near)}?", "NO_HEADINGS")


def _unread_sheets(file: str, reading: Reading, read: Sequence[Sheet], faults: Faults) -> None:
    for sheet in reading:
        if sheet not in read and sheet.name != EXPLANATION and any(value != "" for row in sheet.rows for value in row):
            why = "it is hidden" if sheet.hidden else "it has no headings of this list"
            faults.notes.append(f'{file}: sheet "{sheet.name}" was not read: {why}.')


def _cell(file: str, sheet: Sheet, row: int, column: int, heading: str = "") -> Cell:
    value = sheet.rows[row][column] if row < len(sheet.rows) and column < len(sheet.rows[row]) else ""
    letters = column_letters(column)
    return Cell(value, file, sheet.name, row + 1, f"{letters} ({_shown(heading)})" if heading else letters)


def _shown(text: str, most: int = 40) -> str:
    """Returns the beginning of a text, for a message."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


# ── what stands above it ──────────────────────────────────────────────────────────────────────────


def _about(file: str, sheet: Sheet, heading_row: int, faults: Faults) -> dict[str, Cell]:
    """Reads the lines above the headings: a word in one cell, and in the next cell what it says."""
    out: dict[str, Cell] = {}
    for at, row in enumerate(sheet.rows[:heading_row]):
        filled = [place for place, value in enumerate(row) if value != ""]
        if len(filled) < 2 or not isinstance(row[filled[0]], str):
            continue
        word = str(row[filled[0]]).rstrip(" :")
        column = column_of(word, ABOUT)
        cell = _cell(file, sheet, at, filled[1], word)
        if personal(word):
            _refuse_heading(cell, word, faults)
        elif column is not None:
            out[column.key] = cell
            _refuse_traces(cell, faults)
        elif near := nearest(word, ABOUT):
            faults.at(cell, "UNKNOWN_HEADING", f'"{_shown(word)}" is not read.', f"Did you mean {near}? Otherwise remove the line.")
    return out


# ── the headings and the rows ─────────────────────────────────────────────────────────────────────


def _rows(file: str, sheet: Sheet, heading_row: int, columns: Sequence[Column], faults: Faults) -> Iterator[Row]:
    places = _columns(file, sheet, heading_row, columns, faults)
    if any(column.required and column not in places.values() for column in columns):
        return  # or every row would be told to lack it
    for (row, column), what in sorted(sheet.faults.items()):
        remedy = "Mend the formula, or write what the cell has to say." if sheet.name else "Close the quotes, and double a quote in a text."
        heading = sheet.rows[heading_row][column] if column in places else ""
        if not sheet.name or (row > heading_row and column in places):
            faults.at(_cell(file, sheet, row, column, str(heading)), "UNREADABLE", what, remedy)
    for at in range(heading_row + 1, len(sheet.rows)):
        cells: dict[str, Cell] = {}
        for column, value in enumerate(sheet.rows[at]):
            cell = _cell(file, sheet, at, column, str(sheet.rows[heading_row][column]) if column < len(sheet.rows[heading_row]) else "")
            if isinstance(value, str) and not value.strip():
                continue
            known = places.get(column)
            if _refuse_traces(cell, faults, known) or known is None:
                continue
            if _harmless(cell, faults):
                cells[known.key] = cell
        if cells:
            yield Row(cells, _cell(file, sheet, at, 0))


def _columns(file: str, sheet: Sheet, at: int, columns: Sequence[Column], faults: Faults) -> dict[int, Column]:
    """Reads the row of headings. Nothing is guessed: what only resembles a heading is a problem, what is not read is told."""
    out: dict[int, Column] = {}
    unread: list[str] = []
    for place, value in enumerate(sheet.rows[at]):
        heading = str(value).strip()
        cell = _cell(file, sheet, at, place, heading)
        column = column_of(heading, columns)
        if column is not None and column in out.values():
            faults.at(cell, "UNKNOWN_HEADING", f"{column.dutch} stands here a second time.", "Put the heading of one in (brackets).")
        elif column is not None:
            out[place] = column
        elif personal(heading):
            _refuse_heading(cell, heading, faults)
        elif not heading or left_alone(heading):
            unread += [heading] * bool(heading)
        elif near := nearest(heading, columns):
            remedy = f"Did you mean {near}? If not, put the heading in (brackets), and the column is not read."
            faults.at(cell, "UNKNOWN_HEADING", f'"{_shown(heading)}" is not a heading of this list.', remedy)
        else:
            unread.append(heading)
    if unread:
        where = f'{file}, sheet "{sheet.name}"' if sheet.name else file
        faults.notes.append(f"{where}: not read: {', '.join(_shown(heading) for heading in unread)}.")
    start = _cell(file, sheet, at, 0)
    for column in columns:
        if column.required and column not in out.values():
            faults.at(start, "MISSING_HEADING", f"There is no column {column.dutch}.", f"Add it, for example with {column.example}.")
    return out


# ── what may not be in it ─────────────────────────────────────────────────────────────────────────


def _refuse_heading(cell: Cell, heading: str, faults: Faults) -> None:
    what = f'"{_shown(heading)}" announces data about a person.'
    faults.at(cell, "PERSONAL_DATA", what, "Remove the column, also where it would not be read: the list has organisations, not people.")


def _refuse_traces(cell: Cell, faults: Faults, column: Column | None = None) -> bool:
    """Reports what looks like personal data in a cell, and returns True if there is any. Numbers of a known kind are no names."""
    if not isinstance(cell.value, str):
        return False
    led = f"{column.key.upper()}:" if column is not None and column.key == "rsin" else ""
    found = traces(f"{led}{cell.value.strip()}")
    for trace in found[:1]:
        what = f'"{trace.shown}" looks like {trace.kind}.'
        faults.at(cell, "PERSONAL_DATA", what, "Remove it from the list: the data have organisations, not people.")
    return bool(found)


def _harmless(cell: Cell, faults: Faults) -> bool:
    """Reports a text that is a formula, markup, too long or not readable, and returns False then."""
    if not isinstance(cell.value, str):
        return True
    text = cell.value.strip()
    if len(text) > LONGEST:
        what, remedy = f"It has {len(text):,} characters; a cell may have {LONGEST}.", "Shorten it, or spread the names over several rows."
    elif text[0] in "=+@" or (text[0] == "-" and len(text) > 1 and not text[1].isdigit()):
        what, remedy = f'"{_shown(text)}" begins like a formula.', "Write what the cell has to say, without the sign before it."
    elif "<" in text or ">" in text:
        what, remedy = f'"{_shown(text)}" has markup in it.', "Write plain text, without < and >."
    elif any(not sign.isprintable() and not sign.isspace() and ord(sign) not in _UNSEEN for sign in text):
        what, remedy = "It has a sign that cannot be printed.", "Type the text again."
    elif "\ufffd" in text or any(pair in text for pair in ("Ã«", "Ã©", "Ã¨", "Ã¼", "Ã¶", "Ã¯", "â€")):
        what, remedy = (
            f'"{_shown(text)}" is garbled.',
            "Save the list anew from its source, as .xlsx.",
        )
    else:
        return True
    faults.at(cell, "WRONG_VALUE", what, remedy)
    return False
