"""Standaarden: by which rules of others our files and addresses were checked, with which program, when, and what it found."""

from __future__ import annotations

from api.pages.standards.results import Result, results
from api.pages.visit import View, Visit
from api.pages.words import Words
from api.table import Table

COLUMNS = ("standard", "errors", "warnings", "checked", "checker", "date")
IN_DUTCH = ("nl-sbb",)  # the names of the others are English


async def view(visit: Visit) -> View:
    words = visit.words
    found = tuple(results().values())
    header = tuple(words(f"standards.column.{column}") for column in COLUMNS)
    rows = tuple(
        (
            named(one, words), one.errors, sum(one.warnings.values()), f"{words(f'standards.checked.{one.key}')} ({one.checked})",
            f"{one.checker} {one.checker_version}", one.date,
        )
        for one in found
    )  # fmt: skip
    values = {
        "found": found,
        "columns": COLUMNS,
        "in_dutch": IN_DUTCH,
        "version_of": lambda one: version_in_words(one, words),
        "told": lambda one: told(one, words),
    }
    return View(words("standards.title"), values, [(words("standards.file"), Table(header, rows))], has_day=False)


def named(one: Result, words: Words) -> str:
    return f"{one.name} {version_in_words(one, words)}"


def version_in_words(one: Result, words: Words) -> str:
    """Returns the version of a standard: its number, or the day of its rules."""
    return words("standards.of", day=words.day(one.version)) if "-" in one.version else one.version


def told(one: Result, words: Words) -> str:
    """Returns what was found in a file that should be right, in a sentence."""
    errors = words.count("standards.errors", one.errors) if one.errors else words("standards.no_errors")
    warnings = sum(one.warnings.values())
    return f"{errors}; {words.count('standards.warnings', warnings)}" if warnings else errors
