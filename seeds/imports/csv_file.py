"""Reads a CSV of a registry: UTF-8, commas, the names of the columns on the first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Mapping

from seeds.imports.importer import File
from seeds.imports.problem import ImportProblem

Cells = Mapping[str, str]
Wrong = Callable[[int, str, str, str], None]  # takes row, column, what is wrong, what to do


def columns(file: File) -> list[str]:
    """Returns the names of the columns of a file, whatever it is."""
    first = file.content.split(b"\n", 1)[0].decode("utf-8-sig", "replace")
    return next(csv.reader([first.strip()]), [])


def rows(file: File, wanted: Collection[str], problems: list[ImportProblem]) -> list[tuple[int, Cells]]:
    """Returns the rows with their numbers, or none if the file cannot be read. `wanted` are the columns that it must have."""
    wrong, before = reporter(file, problems), len(problems)
    missing = [name for name in wanted if name not in columns(file)]
    if missing:
        wrong(1, ", ".join(missing), "It has no such column.", "Give the file as it was exported, with the names of the columns.")
        return []
    try:
        text = file.content.decode("utf-8-sig")
        found = list(enumerate(csv.DictReader(io.StringIO(text, newline=""), strict=True), 2))
    except UnicodeDecodeError as error:
        wrong(file.content[: error.start].count(b"\n") + 1, "", "It is not text in UTF-8.", "Save it as CSV in UTF-8.")
        return []
    except csv.Error as error:
        wrong(0, "", f"It is not CSV: {error}.", "Download the file again.")
        return []
    for number, row in found:
        if None in row or None in row.values():
            wrong(number, "", "It has more or fewer cells than there are columns.", "Put a cell that has a comma in it in quotes.")
    return [] if len(problems) > before else [(number, {name: cell.strip() for name, cell in row.items()}) for number, row in found]


def reporter(file: File, problems: list[ImportProblem]) -> Wrong:
    """Returns a function that reports a problem of a file."""

    def wrong(row: int, column: str, what: str, remedy: str) -> None:
        problems.append(ImportProblem(file.name, "", row, column, what, remedy))

    return wrong
