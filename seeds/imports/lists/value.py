"""Reads the values of cells as Dutch people write them: dates, amounts, codes, yes and no, words of a closed list, several names.

What can be read in two ways is a problem, and so is what a spreadsheet has damaged. Zeros that Excel dropped are put back only if
a check digit or a code that is already in the data proves that they stood there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from graph.dates import edtf
from graph.domain import identifier, notation
from graph.domain.closed_list import ClosedList
from graph.domain.languages import LANGUAGES
from graph.domain.reference import sortable
from seeds.imports.lists.table import Cell, Faults

FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST_AMOUNT = 20  # signs
OPEN = "open"
_DUTCH = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]
_ENGLISH = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_MONTHS = {
    name: month
    for names in (_DUTCH, _ENGLISH)
    for month, full in enumerate(names, 1)
    for name in (full, full[:3])
} | {"mrt": 3, "sept": 9, "okt": 10, "oct": 10}  # fmt: skip
_SEASONS = {
    "lente": 21, "voorjaar": 21, "spring": 21, "zomer": 22, "summer": 22, "herfst": 23, "najaar": 23, "autumn": 23, "winter": 24,
}  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>\d{4})"
_DATES = tuple(re.compile(pattern, re.ASCII) for pattern in (
    rf"(?P<day>\d\d?)\s?[-/.]\s?(?P<number>\d\d?)\s?[-/.]\s?{_YEAR}",
    rf"{_YEAR}-(?P<number>\d\d)(?:-(?P<day>\d\d))?",
    rf"(?:(?P<day>\d\d?)(?:e|st|nd|rd|th)?\s)?{_MONTH}\s{_YEAR}",
    rf"(?P<day>\d\d?)-{_MONTH}-{_YEAR}",
    rf"(?P<number>\d\d?)[-/]{_YEAR}",
    _YEAR,
))  # fmt: skip
_SEASON = re.compile(rf"({'|'.join(_SEASONS)})\s(\d{{4}})", re.ASCII)
_QUARTER = re.compile(r"(?:q|k)([1-4])\s(\d{4})|([1-4])e kwartaal\s(?:van\s)?(\d{4})", re.ASCII)
_ABOUT = re.compile(r"(?:ca\.?|circa|ongeveer|rond)\s+")
_SHORT_YEAR = re.compile(r"\d\d?[-/.]\d\d?[-/.]\d\d|.*[a-z]+\.?[- ]'?\d\d", re.ASCII)
_UP_TO = re.compile(r"(?:tot|until|to)\s+(?!en met)(.+)")
_THROUGH = re.compile(r"(?:t/m|tot en met|through)\s*")
_FOR_EVER = frozenset({"open", "onbepaald", "onbepaalde tijd", "geen einddatum", "indefinite", "no end date"})
_YES = frozenset({"ja", "j", "yes", "y", "waar", "true", "x"})
_NO = frozenset({"nee", "n", "no", "onwaar", "false"})
_DATE_REMEDY = "Write it as 1-1-2022, 1 januari 2022, januari 2022 or 2022, or leave the cell empty."
_PLAIN_AMOUNT = re.compile(r"\d+(?:[.,]\d{1,2})?", re.ASCII)
_DUTCH_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?", re.ASCII)
_ENGLISH_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d{1,2}", re.ASCII)
_AMOUNT_SIGNS = re.compile(r"€|\beuro?\b|,(?:-|–|—)$|\.-$|\s", re.IGNORECASE)
_LIST = re.compile(r"[;\n\r|]+")
_LENGTH = {"KVK": 8, "RSIN": 9, "AGB": 8, "OIN": 20}
_CHECKED = ("RSIN", "OIN")  # these have a check digit; of an OIN, that of the RSIN within it
_DECIMALS = re.compile(r"\d+[.,]\d+|[\d.,]+e[+-]?\d+", re.ASCII | re.IGNORECASE)


# ── texts and words ───────────────────────────────────────────────────────────────────────────────


def text(cell: Cell | None, faults: Faults, longest: int = 200) -> str | None:
    """Reads a short text."""
    if cell is None:
        return None
    if not isinstance(cell.value, str) and not (isinstance(cell.value, float) and cell.value.is_integer()):
        faults.at(cell, "WRONG_VALUE", f"{cell.text} is no text.", "Format the cell as text, and type it again.")
        return None
    if len(cell.text) > longest:
        faults.at(cell, "WRONG_VALUE", f"It has {len(cell.text)} characters; at most {longest} are read here.", "Shorten it.")
        return None
    return cell.text


def names(cell: Cell | None, faults: Faults) -> list[str]:
    """Reads one name or several, with a semicolon, a bar or a new line between them."""
    if cell is None:
        return []
    if isinstance(cell.value, str):
        parts = (" ".join(Cell(part, "", "", 0, "").text.split()) for part in _LIST.split(cell.value))
        return list(dict.fromkeys(part for part in parts if part))
    whole = text(cell, faults)
    return [whole] if whole else []


def yes_or_no(cell: Cell | None, faults: Faults) -> bool | None:
    if cell is None:
        return None
    if isinstance(cell.value, bool):
        return cell.value
    written = cell.text.casefold()
    if written in _YES or written in _NO:
        return written in _YES
    faults.at(cell, "WRONG_VALUE", f'"{cell.text}" is neither yes nor no.', "Write ja or nee, or leave it empty if the list does not say.")
    return None


def word(cell: Cell | None, words: ClosedList, faults: Faults) -> str | None:
    """Reads a word of a closed list, by its key or by its name in any language."""
    if cell is None:
        return None
    sought = sortable(cell.text)
    for key in words:
        if sought in {sortable(key), *(sortable(words.name(key, language.code)) for language in LANGUAGES)}:
            return key
    allowed = ", ".join(words.name(key, "NL") for key in words)
    faults.at(cell, "WRONG_VALUE", f'"{cell.text}" is not a word for this column.', f"Use one of: {allowed}.")
    return None


def whole(cell: Cell | None, faults: Faults, most: int = 20) -> int | None:
    """Reads a small whole number from 1."""
    if cell is None:
        return None
    written = cell.text
    if re.fullmatch(r"\d{1,3}", written, re.ASCII) and not isinstance(cell.value, bool) and 1 <= int(written) <= most:
        return int(written)
    faults.at(cell, "WRONG_VALUE", f'"{written}" is not a number from 1 to {most}.', "Write one number, and one row for each.")
    return None


# ── dates ─────────────────────────────────────────────────────────────────────────────────────────


def moment(cell: Cell | None, faults: Faults, *, last: bool = False) -> str | None:
    """Reads a date as EDTF, as vague as it was written. `last`: a last day, which may also be `open`."""
    if cell is None:
        return None
    if last and sortable(cell.text) in _FOR_EVER:
        return OPEN
    written = cell.text.casefold()
    found = _THROUGH.sub("", written, count=1) if last else written
    read = cell.value.isoformat() if isinstance(cell.value, date) else None if isinstance(cell.value, bool) else _edtf(found)
    if read is None:
        faults.at(cell, "BAD_DATE", f'"{cell.text}" is not a date.', _date_remedy(cell, written))
        return None
    if not FIRST_YEAR <= int(read[:4]) <= LAST_YEAR:
        remedy = "Write `onbepaalde tijd` if there is no end." if last and int(read[:4]) > LAST_YEAR else _DATE_REMEDY
        faults.at(cell, "BAD_DATE", f"{cell.text} lies outside {FIRST_YEAR}–{LAST_YEAR}.", remedy)
        return None
    return read


def day(cell: Cell | None, faults: Faults) -> str | None:
    """Reads a date that is exact to the day."""
    read = moment(cell, faults)
    if cell is None or read is None or edtf.parse(read).exact:
        return read
    faults.at(cell, "BAD_DATE", f'"{cell.text}" is not one day.', "Write the day, as 1-11-2026.")
    return None


def _edtf(written: str) -> str | None:
    about = _ABOUT.match(written)
    plain = written[about.end() :] if about else written
    if season := _SEASON.fullmatch(plain):
        return f"{season[2]}-{_SEASONS[season[1]]}"
    if quarter := _QUARTER.fullmatch(plain):
        number, year = int(quarter[1] or quarter[3]), quarter[2] or quarter[4]
        return None if about else f"{year}-{3 * number - 2:02}/{year}-{3 * number:02}"
    match = next((match for pattern in _DATES if (match := pattern.fullmatch(plain))), None)
    if match is None:
        return None
    parts = match.groupdict()
    month = _MONTHS[parts["month"]] if parts.get("month") else int(parts["number"]) if parts.get("number") else None
    if month is not None and not 1 <= month <= 12:
        return None
    read = parts["year"] + (f"-{month:02}" if month else "") + (f"-{int(parts['day']):02}" if parts.get("day") else "")
    try:
        edtf.parse(read)
    except edtf.NotADate:
        return None
    return read + "~" * bool(about)


def _date_remedy(cell: Cell, written: str) -> str:
    if isinstance(cell.value, float) and 20_000 <= cell.value < 80_000:
        shown = date(1899, 12, 30) + timedelta(days=int(cell.value))
        return f"Excel counts days; this number may be {shown.day}-{shown.month}-{shown.year}. Give the cell the format of a date."
    if up_to := _UP_TO.fullmatch(written):
        return f'Write the last day itself: with "tot" nobody can tell if {up_to[1]} is included.'
    if _SHORT_YEAR.fullmatch(written):
        return "Write the year with four digits."
    return _DATE_REMEDY


# ── amounts ───────────────────────────────────────────────────────────────────────────────────────


def amount(cell: Cell | None, faults: Faults) -> str | None:
    """Reads an amount of euros, at most two decimals, as plain digits: `1.234,50` is 1234.5."""
    if cell is None:
        return None
    read = _amount(cell)
    if read is None or read < 0:
        faults.at(cell, "WRONG_VALUE", f'"{cell.text}" is not an amount that can be read in one way.', "Write it as 7900000 or 1234,50.")
        return None
    return f"{read.normalize():f}"


def _amount(cell: Cell) -> Decimal | None:
    if isinstance(cell.value, float):
        exact = Decimal(repr(cell.value))
        cents = exact.quantize(Decimal("0.01")) if abs(exact) < 10**13 else None
        return cents if cents is not None and abs(cents - exact) < Decimal("0.000001") else None
    if not isinstance(cell.value, str):
        return None
    digits = _AMOUNT_SIGNS.sub("", cell.text)
    if len(digits) > LONGEST_AMOUNT:
        return None
    if _PLAIN_AMOUNT.fullmatch(digits):
        return Decimal(digits.replace(",", "."))
    if _DUTCH_AMOUNT.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    return Decimal(digits.replace(",", "")) if _ENGLISH_AMOUNT.fullmatch(digits) else None


# ── codes ─────────────────────────────────────────────────────────────────────────────────────────


def code(cell: Cell | None, scheme: str, known: Callable[[str], bool], faults: Faults) -> str | None:
    """Reads a code of a registry, and returns it with its scheme. `known` says if the data have such a code for this thing already."""
    if cell is None:
        return None
    digits, whole = _digits(cell, scheme)
    if digits is None:
        remedy = f"Format the column as text and type the code again, as {identifier.example(scheme)}."
        faults.at(cell, "LOST_DIGITS", f'"{cell.text}" is no {scheme} any more: a spreadsheet made a number of it.', remedy)
        return None
    read = notation.read(f"{scheme}:{digits}")
    if read.fault is None and whole:
        return f"{scheme}:{read.keys[0].partition(':')[2]}"
    plain = re.sub(r"[\s.-]", "", digits)
    if plain.isdigit() and len(plain) < _LENGTH[scheme] + (not whole):
        return _repaired(cell, scheme, plain.zfill(_LENGTH[scheme]), known, faults)
    faults.at(cell, "MALFORMED_CODE", read.fault or f"{cell.text} is no {scheme}.", "Look it up again, and format the column as text.")
    return None


def _repaired(cell: Cell, scheme: str, code: str, known: Callable[[str], bool], faults: Faults) -> str | None:
    """Returns a code with the zeros that it lost, or without the decimal that it got, if something proves it."""
    by_digit = scheme in _CHECKED and not code.startswith("00000003") and identifier.well_formed(scheme, code)
    if by_digit or known(f"{scheme}:{code}"):
        why = "its check digit says so" if by_digit else "the data have this code already"
        faults.notes.append(f'{cell.file}, row {cell.row}, {cell.column}: "{cell.text}" is read as {scheme}:{code}; {why}.')
        return f"{scheme}:{code}"
    what = f'"{cell.text}" is no {scheme}, which has {_LENGTH[scheme]} digits; a spreadsheet may have dropped zeros or added a decimal.'
    faults.at(cell, "LOST_DIGITS", what, f"Look it up, and type it as text. It may be {code}, but nothing here proves that.")
    return None


def _digits(cell: Cell, scheme: str) -> tuple[str | None, bool]:
    """Returns a code without what stands before it, and False if a program added a decimal. A number with a point or a power of ten is no
    code: None."""
    if isinstance(cell.value, float):
        return (str(int(cell.value)) if cell.value.is_integer() and 0 < cell.value < 1e15 else None), True
    led = re.sub(rf"^(?:{_words_before(scheme)})[\s:.-]*", "", cell.text, flags=re.IGNORECASE)
    if re.fullmatch(r"\d+[.,]0", led, re.ASCII):
        return led[:-2], False
    return (None if _DECIMALS.fullmatch(led) else led), True


def _words_before(scheme: str) -> str:
    numbers = ("-nummer", " nummer", "nummer", "nr", "-nr", " nr", "-code", " code", "code", "")
    return "|".join(sorted((re.escape(a + b) for a, b in product((scheme,), numbers)), key=len, reverse=True))
