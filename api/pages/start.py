"""Start: a field to search in, the coverage of the region about which sources say most, three ways in, and what we do not know."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from api.pages.provenance.notes import Notes
from api.pages.regions import offered, richest
from api.pages.things.blocks import Block, Cell, Desk, Part
from api.pages.things.contracts import sentence
from api.pages.visit import View, Visit
from api.table import Table

MOST_COLUMNS = 8  # of the matrix: it has to stay small
SHOWN = 3  # of each thing that is not known


async def view(visit: Visit) -> View:
    words = visit.words
    region = richest((await offered(visit))["regions"]["nodes"])
    matrix = await _matrix(visit, region) if region else None
    desk = Desk(visit, Notes(visit))
    unknown = [block for block in await _unknown(desk, region) if block]
    values = {
        "region": region,
        "matrix": matrix,
        "unknown": unknown,
        "notes": desk.notes.all(),
        "doors": _doors(visit),
    }
    return View(words("start.title"), values, [(words("start.file"), _table(visit, matrix))] if matrix else [], take="")


def _slug(thing: Mapping[str, Any]) -> str:
    return str(thing["uri"].rpartition(":")[2])


def _functions(region: Mapping[str, Any]) -> list[str]:
    return [f"function/{_slug(one)}" for one in region["functions"]][:MOST_COLUMNS]


async def _matrix(visit: Visit, region: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Returns the coverage of the functions of the region's own division: a row for each municipality, a link for each cell."""
    functions = _functions(region)
    if not functions:
        return None
    found = (await visit.ask("CoverageMatrix", region=f"region/{_slug(region)}", functions=functions))["coverageMatrix"]
    cells = {(cell["municipality"]["uri"], cell["function"]["uri"]): cell for cell in found["cells"]}
    names = {one["uri"]: one["name"].removesuffix(f" ({region['name']})") for one in found["functions"]}
    rows = [
        (one, [_cell(visit, one, other, names, cells[one["uri"], other["uri"]], region) for other in found["functions"]])
        for one in found["municipalities"]
    ]
    return {"functions": [(visit.link_to(one), names[one["uri"]]) for one in found["functions"]], "rows": rows}


def _cell(
    visit: Visit,
    municipality: Mapping[str, Any],
    function: Mapping[str, Any],
    names: Mapping[str, str],
    cell: Mapping[str, Any],
    region: Mapping[str, Any],
) -> Mapping[str, str]:
    """Returns a cell by shape and word, with a name that says all of it, and the page that explains it."""
    status, reasons = cell["statusLabel"], ", ".join(cell["reasonLabels"])
    name = visit.words(
        "start.cell", municipality=municipality["name"], function=names[function["uri"]], day=visit.words.day(visit.day),
        status=status, reasons=reasons,
    )  # fmt: skip
    link = visit.link("coverage", region=_slug(region), municipality=_slug(municipality), function=_slug(function))
    return {"status": cell["status"], "word": status, "reasons": reasons, "name": name, "link": link}


def _table(visit: Visit, matrix: Mapping[str, Any]) -> Table:
    header = (visit.words("start.municipality"), *(name for _, name in matrix["functions"]))
    return Table(header, tuple((one["name"], *(f"{cell['word']} ({cell['reasons']})" for cell in cells)) for one, cells in matrix["rows"]))


def _doors(visit: Visit) -> list[tuple[str, list[tuple[str, str]]]]:
    """Returns the three ways in, each with the pages to begin with."""
    pages = {
        "policy": [("coverage", visit.link("coverage")), ("timeline", visit.link("timeline")), ("difference", visit.link("difference"))],
        "developer": [("explorer", "/graphql")],
        "link": [("codes", visit.link("search", query="GM0370")), ("resolve", "/graphql")],
    }
    return [(door, [(visit.words(f"start.door.{door}.{key}"), link) for key, link in links]) for door, links in pages.items()]


async def _unknown(desk: Desk, region: Mapping[str, Any] | None) -> list[Block | None]:
    """Returns what is not known: extensions that nobody confirms, what comes to an end, conflicts, and what no source says."""
    visit = desk.visit
    ref = f"region/{_slug(region)}" if region else None
    functions = _functions(region) if region else []
    unconfirmed, conflicts, silent, ending = await asyncio.gather(
        visit.ask("UnconfirmedContracts"),
        visit.ask("OpenConflicts", first=SHOWN),
        visit.ask("WhatNoSourceSays", about=ref, first=SHOWN),
        visit.ask("GapsWithinAYear", region=ref, functions=functions) if functions else asyncio.sleep(0, {"gaps": []}),
    )
    return [
        _unconfirmed(desk, unconfirmed["contracts"]),
        _ending(desk, ending["gaps"], region),
        _conflicts(desk, conflicts["conflicts"]),
        _silent(desk, silent["claims"], region),
    ]


def _unconfirmed(desk: Desk, contracts: Mapping[str, Any]) -> Block:
    items = tuple(
        Cell(
            (Part(sentence(desk, one)), Part(desk.visit.words("start.unconfirmed.more"), desk.visit.link_to(one))),
            tuple(desk.notes.of(one["claims"]["nodes"])),
            between=" ",
        )
        for one in contracts["nodes"]
    )
    lead = () if items else (desk.words(desk.visit.words("start.unconfirmed.none")),)
    return Block("unconfirmed", desk.visit.words("start.unconfirmed.title"), lead=lead, items=items)


def _ending(desk: Desk, gaps: Sequence[Mapping[str, Any]], region: Mapping[str, Any] | None) -> Block | None:
    """Returns what a source says that nobody delivers, and what ends within a year without a successor, by function and day."""
    if region is None:
        return None
    words = desk.visit.words
    counted = Counter((one["function"]["name"], one["status"] == "GAP", one["changesOn"]) for one in gaps)
    items = tuple(
        desk.words(
            words.count("start.ending.gap", n, function=name)
            if gap
            else words.count("start.ending.ends", n, function=name, day=words.day(day) if day else words("start.ending.no_day"))
        )
        for (name, gap, day), n in counted.items()
    )
    lead = () if items else (desk.words(words("start.ending.none", region=region["name"])),)
    link = Part(words("start.ending.more"), desk.visit.link("coverage", region=_slug(region)))
    return Block("ending", words("start.ending.title", region=region["name"]), lead=lead, items=items, after=(Cell((link,)),))


def _conflicts(desk: Desk, conflicts: Mapping[str, Any]) -> Block:
    items = tuple(
        Cell(
            (
                desk.part(one["subject"]),
                desk.prose(one, "explanation"),
            ),
            tuple(desk.notes.of(one["claims"])),
            between=": ",
        )
        for one in conflicts["nodes"]
    )
    link = Part(desk.visit.words.count("start.conflicts.all", conflicts["totalCount"]), desk.visit.link("contradictions"))
    return Block("conflicts", desk.visit.words("start.conflicts.title"), items=items, after=(Cell((link,)),))


def _silent(desk: Desk, claims: Mapping[str, Any], region: Mapping[str, Any] | None) -> Block:
    items = tuple(desk.words(one["value"].get("text"), [one], one["value"].get("lang")) for one in claims["nodes"])
    after: tuple[Cell, ...] = ()
    if region:
        text = desk.visit.words.count("start.silent.all", claims["totalCount"], region=region["name"])
        after = (Cell((Part(text, f"{desk.visit.link_to(region)}#unknown"),)),)
    return Block("silent", desk.visit.words("start.silent.title"), items=items, after=after)
