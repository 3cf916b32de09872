"""Imports Landelijke Tabel 33 of RvIG: since when and until when each municipality exists, as published (UTF-16, comma).

The table gives the first day on which a municipality no longer exists; a claim has the last day on which it does. Old municipalities
have no first day in it: they were there on 1 January 2015, and since when no source says.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from seeds.imports.compact import DATES, dates, table, with_dates
from seeds.imports.importer import File, Importer, Known, Progress, Wanted
from seeds.imports.problem import ImportProblem

SINCE = date(2015, 1, 1)  # of municipalities that ended before, no dataset speaks
SOURCE = "rvig-landelijke-tabel-33"
NO_MUNICIPALITY = ("0000", "1999")  # "unknown", and the registration of people who live abroad
CODE, NAME, NEW, FIRST, END = (
    "92.10 Gemeentecode", "92.11 Gemeentenaam", "92.12 Nieuwe gemeentecode", "99.98 Datum ingang tabelregel",
    "99.99 Datum beëindiging tabelregel",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Life:
    """A municipality in the table. `end` is the first day on which it no longer exists; None is not given."""

    code: str
    name: str
    first: date | None
    end: date | None

    @property
    def last_day(self) -> date | None:
        return self.end - timedelta(days=1) if self.end else None


def is_table(file: File) -> bool:
    """Returns True if a file is this table, by its first bytes."""
    return "Gemeentecode" in file.content[:200].decode("utf-16", "ignore")


def lives(file: File) -> tuple[dict[str, Life], list[ImportProblem]]:
    """Reads the table: the municipalities that existed on 1 January 2015 or later, by their code (GM0363)."""
    try:
        rows = list(csv.reader(io.StringIO(file.content.decode("utf-16"), newline="")))
    except (UnicodeError, csv.Error):
        return {}, [_problem(file, 0, "", "It is not a UTF-16 table.", "Give the file of RvIG as it was downloaded.")]
    wanted = [CODE, NAME, NEW, FIRST, END]
    if not rows or rows[0] != wanted:
        return {}, [_problem(file, 1, "", f"Its columns are not {', '.join(wanted)}.", "Give Landelijke Tabel 33 as RvIG publishes it.")]
    found: dict[str, Life] = {}
    problems: list[ImportProblem] = []
    for number, row in enumerate(rows[1:], 2):
        life = _life(file, number, row, problems)
        if life is None or row[0] in NO_MUNICIPALITY or (life.end and life.end <= SINCE):
            continue
        if life.code in found:
            problems.append(_problem(file, number, CODE, f"{life.code} is in the table twice.", "Remove one of the rows."))
        found[life.code] = life
    return found, problems


def _life(file: File, number: int, row: Sequence[str], problems: list[ImportProblem]) -> Life | None:
    before = len(problems)
    if len(row) != 5:
        problems.append(_problem(file, number, "", f"The row has {len(row)} cells instead of 5.", "Download the file again."))
        return None
    if not re.fullmatch(r"\d{4}", row[0], re.ASCII):
        problems.append(_problem(file, number, CODE, f'"{row[0]}" is not a code of four digits.', "Keep the leading zeros."))
    if not row[1].strip():
        problems.append(_problem(file, number, NAME, "The municipality has no name.", "Download the file again."))
    first, end = (_day(file, number, column, cell, problems) for column, cell in ((FIRST, row[3]), (END, row[4])))
    if first and end and end <= first:
        problems.append(_problem(file, number, END, "It ends before it begins.", "Look up both days."))
    return Life(f"GM{row[0]}", row[1].strip(), first, end) if len(problems) == before else None


def _day(file: File, number: int, column: str, cell: str, problems: list[ImportProblem]) -> date | None:
    if not cell:
        return None
    try:
        return date(int(cell[:4]), int(cell[4:6]), int(cell[6:])) if re.fullmatch(r"\d{8}", cell, re.ASCII) else date.fromisoformat("")
    except ValueError:
        problems.append(_problem(file, number, column, f'"{cell}" is not a day.', "Write it as 20220324."))
        return None


def _problem(file: File, row: int, column: str, what: str, remedy: str) -> ImportProblem:
    return ImportProblem(file.name, "", row, column, what, remedy)


def read(files: Sequence[File], known: Known, progress: Progress) -> Wanted:
    """Reads the table as claims on the existence and the official names of the municipalities that are known."""
    if len(files) != 1:
        problem = _problem(files[1], 0, "", "Tabel 33 is one file.", "Give one file.")
        return Wanted(problems=[problem])
    found, problems = lives(files[0])
    progress(f"{files[0].name}: {len(found)} municipalities since {SINCE}")
    if problems:
        return Wanted(problems=problems)
    slugs = {code: slug for code in found if (slug := known.slug(f"CBS_GM:{code}"))}
    unknown = sorted(found.keys() - slugs.keys())
    notes = [f"Not known here, so left out: {', '.join(unknown)}. Import the tables of CBS first."] if unknown else []
    return Wanted({**_existence(found, slugs), **_names(found, slugs, known)}, notes=notes)


def _existence(found: Mapping[str, Life], slugs: Mapping[str, str]) -> dict[str, bytes]:
    rows = [
        {"slug": slug, "code": code[2:], "name": found[code].name, **dates(_start(found[code]), str(found[code].last_day or ""))}
        for code, slug in slugs.items()
    ]
    comment = """
        Since when and until when each municipality exists. The table of RvIG gives the first day after the end; `until` is the last day.
        "../2015-01-01": that table has no first day, and on 1 January 2015 the municipality was there."""
    claim = {
        "id": "rvig.{slug}.exists", "exists": "true", "source": SOURCE, "section": "Landelijke Tabel 33: {code} {name}",
        "method": "REGISTRY_IMPORT",
    }  # fmt: skip
    return table("municipality-lives", "Municipality", comment, ("slug", "code", "name", *DATES), rows, with_dates(claim))


def _start(life: Life) -> str:
    return str(life.first) if life.first else f"../{SINCE}"


def _names(found: Mapping[str, Life], slugs: Mapping[str, str], known: Known) -> dict[str, bytes]:
    """Returns the names that differ from those that are known, such as "Laren" beside "Laren (NH.)"."""
    names = known.names(besides=SOURCE)
    rows = [
        {"slug": slug, "code": code[2:], "name": found[code].name}
        for code, slug in slugs.items()
        if found[code].name not in names.get(f"municipality/{slug}", ())
    ]
    comment = "Municipalities that RvIG writes otherwise than CBS: the label of CBS may have the province behind it."
    claim = {
        "id": "rvig.{slug}.name", "alternateName": "{name}", "nameKind": "OFFICIAL", "source": SOURCE,
        "section": "Landelijke Tabel 33: {code} {name}", "method": "REGISTRY_IMPORT",
    }  # fmt: skip
    return table("municipality-names-rvig", "Municipality", comment, ("slug", "code", "name"), rows, [claim])


OWNS = ("tables/municipality-lives.*", "tables/municipality-names-rvig.*")
RVIG = Importer("rvig", "Landelijke Tabel 33 of RvIG, one CSV in UTF-16.", OWNS, read)
