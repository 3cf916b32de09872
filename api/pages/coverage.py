"""Dekking: which care is arranged in which municipality on a day, why, and who says so; on two days if the reader asks for a second one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.pages.address import DAY
from api.pages.matrix import Arrangement, Cell, Matrix, first_sentence, turning_days
from api.pages.provenance.notes import Notes, anchor
from api.pages.regions import offered, richest, richness
from api.pages.visit import PageProblem, View, Visit, all_pages
from api.table import Table

PARAMETERS = ("region", "municipality", "function", "compareTo", "divisions", "differences", "regions")
MOST_MUNICIPALITIES = 12  # that a reader may choose; a region shows all it has
COLUMNS_AT_ONCE = 5
MOST_DAYS = 8  # of the strip on either side of the day
COLUMNS = ("municipality", "function", "day", "status", "reason", "changes", "explanation")
Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """A question of a reader: a region or municipalities, and functions; beside it all that there is to choose from."""

    region: Found | None
    municipalities: Sequence[str]
    functions: Sequence[str]
    offered: Found  # the answer of RegionsAndFunctions
    neighbours: Sequence[Found]  # the municipalities of the region on both days

    @property
    def regions(self) -> list[Found]:
        """Returns the regions about which sources say something."""
        return [region for region in self.offered["regions"]["nodes"] if richness(region)]


async def view(visit: Visit) -> View:
    words = visit.words
    choice = await _choice(visit)
    place = choice.region["name"] if choice.region else ""
    if not choice.municipalities:
        return View(words("coverage.title", place=place), _values(visit, choice, None, Notes(visit)))
    now, before, events = await _asked(visit, choice)
    place = place or _listed([m["name"] for m in now["municipalities"]], words("coverage.and"))
    notes = Notes(visit)
    own = {choice.region["uri"]} if choice.region else {m["youthRegion"]["uri"] for m in now["municipalities"] if m["youthRegion"]}
    arranged = Arrangement(notes, words("coverage.footnote"), frozenset(own), words("coverage.general"), quality, await _conflicts(visit))
    asked_for_all = visit.one("divisions") == "all" or bool(visit.many("function"))
    matrix = arranged.matrix(now, before, all_divisions=asked_for_all, differences=bool(before and visit.one("differences")))
    cells = [*now["cells"], *(before["cells"] if before else [])]
    tables = [(words("coverage.file"), _table(visit, matrix))]
    return View(
        words("coverage.title", place=place), _values(visit, choice, matrix, notes), tables, nearest(turning_days(cells, events), visit.day)
    )


async def _choice(visit: Visit) -> Choice:
    """Returns what is asked; without a region or municipality the region about which sources say most."""
    options = await offered(visit)
    region: Found | None = None
    neighbours: list[Found] = []
    municipalities = list(dict.fromkeys(visit.many("municipality")))
    if len(municipalities) > MOST_MUNICIPALITIES:
        raise PageProblem("TOO_MANY_MUNICIPALITIES", n=MOST_MUNICIPALITIES)
    if ref := visit.one("region") or (None if municipalities else _default(options)):
        day = visit.day.isoformat()
        found = await visit.ask("RegionBeforeAndAfter", region=ref, before=visit.one("compareTo") or day, after=day)
        region = found["after"]
        listed = {m["uri"]: m for when in ("before", "after") for m in found[when]["municipalities"]["nodes"]}
        neighbours = sorted(listed.values(), key=lambda m: m["name"])
        municipalities = municipalities or [m["uri"] for m in neighbours]
    own = region["uri"] if region else None
    functions = visit.many("function") or [f["uri"] for f in options["careFunctions"] if not _of_another_region(f, own)]
    return Choice(region, municipalities, functions, options, neighbours)


def _default(options: Found) -> str | None:
    region = richest(options["regions"]["nodes"])
    return region["uri"] if region else None


def _of_another_region(function: Found, own: str | None) -> bool:
    by = function["definedBy"]
    return bool(own and by and by["__typename"] == "Region" and by["uri"] != own)


async def _asked(visit: Visit, choice: Choice) -> tuple[Found, Found | None, Sequence[Found]]:
    """Returns the answers of the day, those of the second day if one is asked for, and the events of the place; all asked at once."""
    functions = [f["uri"] for f in choice.offered["careFunctions"]] if visit.one("divisions") == "all" else list(choice.functions)
    asked = list(choice.municipalities), functions
    other = visit.one("compareTo")
    entity = choice.region["uri"] if choice.region else choice.municipalities[0]
    now, before, events = await asyncio.gather(
        _matrix(visit, "CoverageMatrixWithSources", *asked, visit.day.isoformat()),
        _matrix(visit, "CoverageMatrix", *asked, other) if other else asyncio.sleep(0),
        visit.ask("DaysOfChange", entity=entity),
    )
    return now, before, events["timeline"]


async def _matrix(visit: Visit, question: str, municipalities: list[str], functions: Sequence[str], day: str) -> Found:
    """Returns a matrix that is asked a few columns at a time, so that a store under load answers each question in time."""
    parts = [
        (await visit.ask(question, municipalities=municipalities, functions=functions[at : at + COLUMNS_AT_ONCE], asOf=day))[
            "coverageMatrix"
        ]
        for at in range(0, len(functions), COLUMNS_AT_ONCE)
    ]
    return {**parts[0], **{name: [each for part in parts for each in part[name]] for name in ("functions", "cells")}}


async def _conflicts(visit: Visit) -> dict[str, list[Found]]:
    """Returns the conflicts by the undated id of each claim that they are between."""
    found: dict[str, list[Found]] = {}
    for page in await all_pages(visit, "ConflictsByClaim", "conflicts"):
        for conflict in page["nodes"]:
            for claim in conflict["claims"]:
                found.setdefault(claim["id"], []).append(conflict)
    return found


def _values(visit: Visit, choice: Choice, matrix: Matrix | None, notes: Notes) -> dict[str, Any]:
    other = visit.one("compareTo")
    regions = choice.offered["regions"]["nodes"] if visit.one("regions") == "all" else choice.regions
    if choice.region and choice.region["uri"] not in {region["uri"] for region in regions}:
        regions = sorted([*regions, choice.region], key=lambda region: str(region["name"]))
    return {
        "choice": choice, "matrix": matrix, "notes": notes.all(), "anchor": anchor,
        "other": date.fromisoformat(other) if other else None, "regions": regions,
        "whole": None if visit.one("regions") == "all" else visit.address.with_(regions="all"),
        "everything": visit.address.with_(divisions="all"), "kept": [(n, visit.one(n)) for n in (DAY, "compareTo") if visit.one(n)],
        "chosen": {*visit.many("function"), *visit.many("municipality")}, "listed": _listed, "first_sentence": first_sentence,
        "differences": bool(visit.one("differences")), "alone": visit.address.with_(compareTo=None, differences=None),
        "only": visit.address.with_(differences=None if visit.one("differences") else "yes"),
        "embed": visit.link("embed-coverage", None, **visit.address.parameters),
    }  # fmt: skip


def _table(visit: Visit, matrix: Matrix) -> Table:
    """Returns the matrix as a table with a row for each cell and day, in the words of the page."""
    header = tuple(visit.words(f"coverage.column.{column}") for column in COLUMNS)
    cells = [cell for row in (*matrix.rows, *matrix.silent) for cell in row.cells]
    return Table(header, tuple(row for cell in cells for row in _lines(visit, cell)))


def _lines(visit: Visit, cell: Cell) -> list[tuple[Any, ...]]:
    days = [(visit.one("compareTo"), cell.before), (visit.day.isoformat(), cell.now)]
    return [
        (
            cell.municipality["name"], cell.function["name"], day, answer["statusLabel"], "; ".join(answer["reasonLabels"]),
            answer["changesOn"], answer["explanation"],
        )
        for day, answer in days if answer
    ]  # fmt: skip


def quality(answer: Found) -> str:
    """Returns the status of an answer with its reasons, in the words of the API."""
    return ", ".join((answer["statusLabel"], *answer["reasonLabels"]))


def nearest(days: Sequence[date], day: date) -> list[date]:
    """Returns the days of a strip that lie nearest to a day, a few on either side."""
    return [*[d for d in days if d <= day][-MOST_DAYS:], *[d for d in days if d > day][:MOST_DAYS]]


def _listed(names: Sequence[str], word: str) -> str:
    """Returns names as people list them: `a, b en c`."""
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last
