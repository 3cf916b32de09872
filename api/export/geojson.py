"""The municipalities of a day as GeoJSON (RFC 7946), with the boundaries that hold on that day, what each takes part in, and coverage.

Positions are longitude and latitude (CRS84); outer rings run against the clock and holes with it. A municipality of whose boundaries
nothing is known on the day has no geometry, and a remark that says so. Names of properties are flat, so that a map can colour by them:
`status_dyslexie` is the coverage of the care function `dyslexie`, and `coverage` has the reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import orjson

from api.export.asked import asked
from api.export.colophon import colophon
from api.export.export import Export, Format
from api.export.network import Network, network_of
from graph.answers.change_rule import CERTAIN, UNCERTAIN
from graph.answers.outline import geometry, geometry_remark
from graph.build.edges import MEMBER_OF, Edge
from graph.dates.period import State, state
from graph.domain.claim import Text
from graph.domain.languages import DEFAULT
from graph.domain.outline import in_turn
from graph.domain.reference import key_of

MUNICIPALITY = "municipality/"
BY_KIND = {"YOUTH_REGION": "youthRegion", "PROVINCE": "province"}  # the regions whose names are properties of their own
_QUESTION, _FIELD = "CoverageMatrix", "coverageMatrix"
_ANSWER = ("status", "statusLabel", "reasons", "reasonLabels", "changesOn", "explanation")
Coverage = Mapping[str, Mapping[str, Any]]  # the cells of one municipality by care function
Found = dict[str, Any]


async def write(export: Export) -> AsyncIterator[bytes]:
    """Yields the municipalities of the day of an export, each with its coverage, as one FeatureCollection."""
    whole = await network_of(export)
    covered = await coverage(export, whole)
    drawn = [feature(export, whole, key, covered.get(key, {})) for key in _municipalities(export, whole)]
    attributions = sorted({each["properties"]["attribution"] for each in drawn if each["properties"].get("attribution")})
    without = sum(each["geometry"] is None for each in drawn)
    head = {"type": "FeatureCollection", **colophon(export), "attribution": attributions, "withoutGeometry": without}
    yield orjson.dumps(head)[:-1] + b',"features":['
    for place, each in enumerate(drawn):
        yield (b"," if place else b"") + b"\n" + orjson.dumps(each)
    yield b"\n]}\n"


async def coverage(export: Export, whole: Network) -> Mapping[str, Coverage]:
    """Returns the coverage of each municipality for each care function: a column at a time, as a store under load can answer it."""
    found: dict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for function in (key for key in whole.things if key.startswith("function/")):
        matrix = (await asked(export, _QUESTION, functions=[function]))[_FIELD]
        for cell in matrix["cells"]:
            found[str(key_of(cell["municipality"]["uri"]))][function] = {name: cell[name] for name in _ANSWER}
    return found


def feature(export: Export, whole: Network, key: str, covered: Coverage) -> Found:
    """Returns a municipality as a feature."""
    about = whole.things[key]
    shape, remark = _shape(export, key)
    memberships = [edge for edge in whole.starting.get(key, ()) if edge.type == MEMBER_OF and state(edge.period, export.day).shown]
    properties: Found = {
        "key": key, "code": about.get("code"), "name": whole.name(key, DEFAULT), "uri": export.uri(key),
        "existence": _certainty(state(whole.spans[key], export.day)) if key in whole.spans else None,
        **_regions(whole, memberships), "attribution": shape.pop("attribution", None) if shape else None, "geometryRemark": remark,
        **{f"status_{_slug(function)}": cell["status"] for function, cell in sorted(covered.items())},
        "memberships": [_membership(export, whole, edge) for edge in memberships],
        "coverage": [{"function": _slug(function), **cell} for function, cell in sorted(covered.items())],
    }  # fmt: skip
    known = {name: value for name, value in properties.items() if value is not None}
    return {"type": "Feature", "id": export.uri(key), "geometry": shape, "properties": known}


def _municipalities(export: Export, whole: Network) -> Iterator[str]:
    yield from (key for key in whole.things if key.startswith(MUNICIPALITY) and whole.exists(key, export.day))


def _shape(export: Export, key: str) -> tuple[Found | None, str | None]:
    """Returns the geometry of a municipality on the day, or None and a remark on the days of which there is one."""
    outlines = list(in_turn(export.dataset.outlines.get(key, ())))
    here = next((each for each in outlines if each.first <= export.day <= each.last), None)
    if here:
        return wound(geometry(here.draw())), None
    first, last = (outlines[0].first.isoformat(), outlines[-1].last.isoformat()) if outlines else (None, None)
    return None, geometry_remark(False, first, last, DEFAULT)


def _regions(whole: Network, memberships: Sequence[Edge]) -> Found:
    """Returns the names of the youth region and the province by their kinds; of several each, in order."""
    found: dict[str, set[str]] = defaultdict(set)
    for edge in memberships:
        if edge.role == "MEMBER" and (name := BY_KIND.get(str(whole.things[edge.end].get("kind")))):
            found[name].add(whole.name(edge.end, DEFAULT))
    return {name: "; ".join(sorted(found[name])) for name in BY_KIND.values() if name in found}


def _membership(export: Export, whole: Network, edge: Edge) -> Found:
    about, period = whole.things[edge.end], edge.period
    known = {
        "organization": export.uri(edge.end), "name": whole.name(edge.end, DEFAULT), "type": about["type"], "kind": about.get("kind"),
        "role": edge.role, "from": period.start.edtf if period.start else None, "to": period.end.edtf if period.end else None,
        "certainty": _certainty(state(period, export.day)),
    }  # fmt: skip
    return {name: value for name, value in known.items() if value is not None}


def _slug(key: str) -> str:
    return key.partition("/")[2]


def _certainty(now: State) -> str:
    return CERTAIN if now is State.YES else UNCERTAIN


# ── the right-hand rule ───────────────────────────────────────────────────────────────────────────


def wound(shape: Found) -> Found:
    """Returns a polygon or several whose outer rings run against the clock and whose holes run with it."""
    parts = shape["coordinates"]
    turned = _wound(parts) if shape["type"] == "Polygon" else [_wound(polygon) for polygon in parts]
    return {**shape, "coordinates": turned}


def _wound(polygon: Sequence[Any]) -> list[Any]:
    return [ring if (_area(ring) > 0) == (place == 0) else ring[::-1] for place, ring in enumerate(polygon)]


def _area(ring: Sequence[Sequence[float]]) -> float:
    """Returns twice the area of a ring, which is negative if it runs with the clock."""
    return sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairwise(ring))


FORMAT = Format(
    "geojson",
    "regiograaf.geojson",
    "application/geo+json",
    Text("Gemeenten met hun grenzen en dekking, voor een kaart", "Municipalities with their boundaries and coverage, for a map"),
    write,
)
