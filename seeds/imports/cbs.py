"""Imports "Gebieden in Nederland" of CBS: which municipality lies in which region, by the tables of 1 January of each year.

A table is the `Observations` of OData v4 as JSON, in one file or in several pages. A table shows one day. So the first table is no
beginning, and what differs between two tables changed, for all that the tables say, on the day of the later one. Where
municipalities begin or end within a year only Landelijke Tabel 33 knows when: give it with the tables, and the periods end with it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seeds.imports import rvig
from seeds.imports.importer import File, Importer, Known, Progress, Wanted
from seeds.imports.problem import ImportProblem
from seeds.imports.regions import SCHEMES, Series, claims_of

YEARS = {
    "82949NED": 2015, "83287NED": 2016, "83553NED": 2017, "83859NED": 2018, "84378NED": 2019, "84721NED": 2020, "84929NED": 2021,
    "85067NED": 2022, "85385NED": 2023, "85755NED": 2024, "86059NED": 2025, "86247NED": 2026,
}  # fmt: skip
_TABLE = re.compile(r"/(\d{5}NED)/", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20[1-9]\d)(?!\d)")
_LABEL = "GM000C_1"  # the measure that has the name of the municipality
_CODES = {f"{scheme.letters}0001": scheme for scheme in SCHEMES}
_LABELS = {f"{scheme.letters}0002": scheme for scheme in SCHEMES}


@dataclass(frozen=True, slots=True)
class _Page:
    """One file: observations of one table, with the row of each in the file."""

    file: File
    year: int
    number: str
    rows: Sequence[Mapping[str, Any]]


def read(files: Sequence[File], known: Known, progress: Progress) -> Wanted:
    """Reads the tables, and Tabel 33 if it is among the files, as claims."""
    problems: list[ImportProblem] = []
    lives: dict[str, rvig.Life] = {}
    pages: list[_Page] = []
    for file in files:
        if rvig.is_table(file):
            lives, found = rvig.lives(file)
            problems += found
        elif page := _page(file, problems):
            pages.append(page)
            progress(f"{file.name}: {len(page.rows)} observations of {page.year}")
    series = _series(pages, problems)
    years = sorted(series.labels)
    problems += (
        [
            ImportProblem(
                pages[0].file.name,
                "",
                0,
                "",
                f"The table of {year} is missing.",
                "Give the table of every year between the first and the last.",
            )
            for year in range(years[0], years[-1])
            if year not in series.labels
        ]
        if years
        else [ImportProblem(files[0].name, "", 0, "", "There is no table of CBS among the files.", _REMEDY)]
    )
    notes = [] if lives else ["Without Tabel 33 of RvIG it is not known when in a year municipalities began and ended."]
    return Wanted(problems=problems) if problems else Wanted(claims_of(series, lives, known), notes=notes)


_REMEDY = "Save https://datasets.cbs.nl/odata/v1/CBS/86247NED/Observations, with the number of the table, as JSON."


def _page(file: File, problems: list[ImportProblem]) -> _Page | None:
    def wrong(what: str, remedy: str = _REMEDY) -> None:
        problems.append(ImportProblem(file.name, "", 0, "", what, remedy))

    try:
        content = json.loads(file.content)
    except ValueError as error:
        wrong(f"It is no JSON: {error}.")
        return None
    rows = content.get("value") if isinstance(content, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        wrong('It has no list "value" of observations.')
        return None
    number = _TABLE.search(str(content.get("@odata.context", "")))
    if number is None:
        wrong("It does not say of which table it is.")
        return None
    named = _YEAR.search(file.name)
    year = YEARS.get(number[1].upper()) or (int(named[1]) if named else None)
    if year is None:
        wrong(
            f"Of which year the table {number[1]} is, is not known here.", "Put the year in the name of the file, as in gebieden-2027.json."
        )
        return None
    return _Page(file, year, number[1].upper(), rows)


def _series(pages: Sequence[_Page], problems: list[ImportProblem]) -> Series:
    """Returns what the tables say together. Reports what is missing, malformed or said twice."""
    members, names = ({scheme: defaultdict[int, dict[str, str]](dict) for scheme in SCHEMES} for _ in range(2))
    series = Series(defaultdict(dict), members, names, {page.year: page.number for page in pages})
    codes: dict[tuple[int, str, str], str] = {}
    labels: dict[tuple[int, str, str], str] = {}
    for page in pages:
        for number, row in enumerate(page.rows, 1):
            _observation(page, number, row, (series, codes, labels), problems)
    for (year, municipality, measure), code in codes.items():
        scheme = _CODES[measure]
        members[scheme][year][municipality] = code
        names[scheme][year][code] = labels.get((year, municipality, scheme.letters), "")
    for page in pages:
        for municipality in series.labels[page.year]:
            for letters in ("JZ", "PV"):
                if (page.year, municipality, f"{letters}0001") not in codes:
                    what = f"{municipality} has no {letters} in the table of {page.year}."
                    problems.append(ImportProblem(page.file.name, "", 0, "RegioS", what, "Give all pages of the table."))
    return series


Found = tuple[Series, dict[tuple[int, str, str], str], dict[tuple[int, str, str], str]]


def _observation(page: _Page, number: int, row: Mapping[str, Any], found: Found, problems: list[ImportProblem]) -> None:
    series, codes, labels = found
    measure, municipality = str(row.get("Measure", "")).strip(), str(row.get("RegioS", "")).strip()
    value = str(row.get("StringValue") or "").strip()
    if measure != _LABEL and measure not in _CODES and measure not in _LABELS:
        return

    def wrong(column: str, what: str, remedy: str) -> None:
        problems.append(ImportProblem(page.file.name, "", number, column, what, remedy))

    if not re.fullmatch(r"GM\d{4}", municipality, re.ASCII):
        wrong("RegioS", f'"{municipality}" is not the code of a municipality.', "Download the table again.")
    elif measure == _LABEL:
        if series.labels[page.year].setdefault(municipality, value) != value or not value:
            wrong("StringValue", f"{municipality} has two names, or none.", "Give one table for each year.")
    elif measure in _LABELS:
        labels[page.year, municipality, _LABELS[measure].letters] = value
    elif value and not re.fullmatch(_CODES[measure].pattern, value, re.ASCII):
        wrong("StringValue", f'"{value}" is not a code of {_CODES[measure].letters}.', "Download the table again.")
    elif value and codes.setdefault((page.year, municipality, measure), value) != value:
        wrong("StringValue", f"{municipality} lies in two regions of one kind.", "Give one table for each year.")


OWNS = ("tables/regions.*", "tables/region-labels.*", "tables/municipalities.*", "tables/municipality-labels.*", "tables/in-*.*")
CBS = Importer("cbs", "Tables of CBS, Gebieden in Nederland: OData v4 Observations as JSON, with Tabel 33 of RvIG.", OWNS, read)
