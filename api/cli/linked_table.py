"""`regiograaf resolve`: links a column of a table, and writes the same table with what was found beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import typer

from api.answer import Answers, Question
from api.cli.short_question import data
from api.table import Cell, TableRefused, checked_suffix, read_table, shown, with_columns, write_table
from graph.domain.closed_list import ClosedList
from graph.domain.model import TYPES
from graph.domain.notation import MAX_IDENTIFIERS
from graph.domain.reference import key_of
from graph.domain.words import IDENTIFIER_SCHEMES

TITLES = ("key", "name", "uri", "confidence", "problem", "successor")
QUESTION = """query Link($identifiers: [String!]!, $scheme: IdentifierScheme, $types: [EntityType!], $asOf: Date) {
  resolve(identifiers: $identifiers, scheme: $scheme, types: $types, asOf: $asOf) {
    problemCode problem candidates { confidence entity { uri name } successors { uri } }
  }
}"""
_OUTCOMES = {
    None: "found", "SEVERAL_SCHEMES": "found, though the registry is open", "ZEROS_MISSING": "found with zeros before it",
    "AMBIGUOUS": "can mean several things", "UNKNOWN": "not found",
}  # fmt: skip
UNREAD = "cannot be read"
Progress = Callable[[int, int], None]


async def link_table(
    answers: Answers, files: tuple[Path, str | None, Path], column: str, hints: Mapping[str, Any], progress: Progress
) -> str:
    """Links a column of a table (file, sheet) and writes the result to a file; returns what came of it, in a sentence.

    Raises TableRefused or NoColumn before anything is asked.
    """
    file, sheet, out = files
    checked_suffix(out)
    if out.exists() and file.exists() and out.samefile(file):
        raise TableRefused(f"{out} is the table itself.", "Write to another file with --out.")
    table = read_table(file, sheet)
    place = table.column(column)
    texts = [shown(row[place]) for row in table.rows]
    results = await _results(answers, list(dict.fromkeys(texts)), hints, progress)
    rows = [_cells(results[text]) for text in texts]
    kept = write_table(out, with_columns(table, TITLES, rows))
    counts = Counter(_outcome(results[text]) for text in texts)
    said = ", ".join(f"{counts[outcome]} {outcome}" for outcome in (*_OUTCOMES.values(), UNREAD) if counts[outcome])
    changed = "" if kept else f" {table.form.encoding} cannot hold all names, so it is UTF-8."
    return f"{len(texts)} row{'s' if len(texts) != 1 else ''}: {said or 'nothing to link'}. Written to {out}.{changed}"


def day_of(text: str | None) -> str | None:
    """Checks a day that was given as an option. Raises BadParameter."""
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        raise typer.BadParameter(f'"{text}" is not a day. Write it as 2023-06-01.') from None


def hints_of(scheme: str | None, types: list[str] | None, day: str | None) -> dict[str, Any]:
    """Returns the options as variables of the question. Raises BadParameter."""
    return {
        "scheme": _word(scheme, IDENTIFIER_SCHEMES) if scheme else None,
        "types": [_word(type_, TYPES) for type_ in types] if types else None,
        "asOf": day_of(day),
    }


def _word(text: str, words: ClosedList) -> str:
    """Returns a word of a closed list, whatever its case."""
    if text.upper() not in words:
        raise typer.BadParameter(f"{text!r} is not one of {', '.join(words)}.")
    return text.upper()


async def _results(answers: Answers, texts: list[str], hints: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Returns the result for each text, asked in as few questions as may be."""
    out: dict[str, Any] = {}
    for start in range(0, len(texts), MAX_IDENTIFIERS):
        batch = texts[start : start + MAX_IDENTIFIERS]
        found = await data(answers, Question(QUESTION, None, {"identifiers": batch, **hints}), "column")
        out |= zip(batch, found["resolve"], strict=True)
        progress(len(out), len(texts))
    return out


def _cells(result: Mapping[str, Any]) -> tuple[Cell, ...]:
    """Returns the new cells of a row. Where a text can mean several things, none is chosen: the problem names them."""
    candidates = result["candidates"]
    if len(candidates) != 1:
        named = ", ".join(f"{c['entity']['name']} ({key_of(c['entity']['uri'])})" for c in candidates)
        return None, None, None, None, f"{result['problem']} {named}" if named else result["problem"], None
    (one,) = candidates
    entity, successors = one["entity"], "; ".join(str(key_of(s["uri"])) for s in one["successors"])
    return key_of(entity["uri"]), entity["name"], entity["uri"], one["confidence"], result["problem"], successors or None


def _outcome(result: Mapping[str, Any]) -> str:
    code = result["problemCode"]
    if not result["candidates"]:
        return _OUTCOMES["UNKNOWN"] if code in ("UNKNOWN", "SEVERAL_SCHEMES") else UNREAD
    return _OUTCOMES["AMBIGUOUS"] if len(result["candidates"]) > 1 else _OUTCOMES.get(code, UNREAD)
