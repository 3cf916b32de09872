"""The one table of formats, by the names that the command line and the addresses of exports know them by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from api.answer import Answers
from api.export import atom, geojson, graphml, ics
from api.export.archive import archive
from api.export.claims import CLAIMS_CSV, NDJSON
from api.export.export import Export, Format
from api.export.lists import CSV, XLSX
from api.export.ocds import package as ocds
from api.export.rdf import graph
from api.export.rdf.dcat import catalogue
from graph.engines.cypher import Cypher
from graph.errors import Changing, WrongSetting
from graph.load.stored import stored
from graph.load.writes import CURRENT

SINGLE = (
    NDJSON, CLAIMS_CSV, CSV, XLSX, *graph.FORMATS, ocds.FORMAT, graphml.FORMAT, graphml.NODES, graphml.EDGES, geojson.FORMAT,
    ics.FORMAT, atom.FORMAT,
)  # fmt: skip
# The catalogue names the other formats, and needs settings that not everybody has: it is not in the archive.
FORMATS: Mapping[str, Format] = {each.name: each for each in (*SINGLE, archive(SINGLE), catalogue(lambda: FORMATS.values()))}


def format_of(name: str) -> Format:
    """Returns the format of a name. Raises WrongSetting if there is none."""
    if name not in FORMATS:
        raise WrongSetting(f'There is no format "{name}".', f"Use one of: {', '.join(FORMATS)}.")
    return FORMATS[name]


async def export_of(answers: Answers, day: date, base_url: str | None = None, ocid_prefix: str = "") -> Export:
    """Reads all that a store holds. Raises NotLoaded, and Changing if another version is loaded meanwhile."""
    dataset = await stored(answers.store)
    version = (await answers.store.rows(Cypher(CURRENT, name="current version")))[0][0]
    export = Export(dataset, answers, day, version, base_url or None, ocid_prefix)
    await unchanged(export)
    return export


async def unchanged(export: Export) -> None:
    """Raises Changing if the store no longer holds the version of an export: what was asked of it may be of another."""
    if (await export.answers.store.rows(Cypher(CURRENT, name="current version")))[0][0] != export.data_version:
        raise Changing("Other data was loaded while it was being exported.", "Export it again.")
