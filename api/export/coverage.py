"""Coverage as rows: for each youth region that exists on the day, each of its municipalities and each care function that applies."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from api.answer import Question
from api.export.export import Export
from graph.ask.parameters import identified
from graph.domain.reference import key_of
from graph.errors import Changing

_NO_ROWS = "NO_MUNICIPALITIES"  # no source names a municipality of the region on the day
AT_ONCE = 4  # regions that are asked for at once
_QUESTION = """query ExportOfCoverage($region: Ref!, $asOf: Date!) {
  coverageMatrix(region: $region, asOf: $asOf) {
    context { dataVersion }
    cells {
      municipality { uri name } function { uri name } status statusLabel reasons changesOn explanation
      via { claims { id source { id } } }
    }
  }
}"""
Row = Mapping[str, Any]


async def coverage(export: Export, regions: Sequence[tuple[str, str]]) -> list[Row]:
    """Returns the coverage of regions, given by key and name, in their order. Raises Changing if the data is another."""
    free = asyncio.Semaphore(AT_ONCE)

    async def one(region: str, name: str) -> list[Row]:
        async with free:
            return await _coverage_of(export, region, name)

    return [row for rows in await asyncio.gather(*(one(*region) for region in regions)) for row in rows]


async def _coverage_of(export: Export, region: str, name: str) -> list[Row]:
    """Returns the coverage of a region; nothing if no source names a municipality of it."""
    body = await export.answers(Question(_QUESTION, variables={"region": region, "asOf": str(export.day)}))
    for error in body.get("errors", ()):
        if error["extensions"]["code"] != _NO_ROWS:
            raise Changing(f"The coverage of {region} cannot be read: {error['message']}", error["extensions"]["remedy"])
        return []
    matrix = body["data"]["coverageMatrix"]
    if matrix["context"]["dataVersion"] != export.data_version:
        raise Changing("Other data was loaded while it was being exported.", "Export it again.")
    return [_row(cell, region, name) for cell in matrix["cells"]]


def _row(cell: Mapping[str, Any], region: str, name: str) -> Row:
    claims = [claim for via in cell["via"] for claim in via["claims"]]
    return {
        "region": region, "regionName": name, "municipality": _key(cell["municipality"]), "municipalityName": cell["municipality"]["name"],
        "function": _key(cell["function"]), "functionName": cell["function"]["name"], "status": cell["status"],
        "statusLabel": cell["statusLabel"], "reasons": " ".join(cell["reasons"]), "changesOn": cell["changesOn"],
        "explanation": cell["explanation"], "sources": " ".join(sorted({_of_id(claim["source"]["id"]) for claim in claims})),
        "claims": " ".join(dict.fromkeys(_of_id(claim["id"]) for claim in claims)),
    }  # fmt: skip


def _key(thing: Mapping[str, str]) -> str:
    return key_of(thing["uri"]) or ""


def _of_id(id: str) -> str:
    return identified(id)[1]
