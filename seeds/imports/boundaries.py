"""Imports boundaries: a vintage of municipalities and youth regions as TopoJSON or GeoJSON becomes `outlines/DAY.json` of a folder.

The name of the file says on which days the vintage holds: a year, two years, or the day from which it holds, until the next one that is
given or else the end of that year. Every municipality of it must exist on those days, as far as that is known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from seeds.imports.arrangements import lives_of
from seeds.imports.importer import File, Importer, Known, Progress, Wanted
from seeds.imports.problem import ImportProblem
from seeds.outlines import Polygons, Vintage, written

ATTRIBUTION = "Grenzen: CBS en Kadaster, CC BY 4.0, vereenvoudigd"
GRID = 1e-5  # degrees: a metre, for boundaries that come without a grid of their own
_DAYS = re.compile(r"(?<!\d)(20\d\d)(?:-(20\d\d)|-(\d\d)-(\d\d))?(?!\d)")
_CODE = re.compile(r"(?:20\d\d)?((?:GM\d{4})|(?:JZ\d{2}))")
_PROPERTIES = ("code", "statcode", "gemcode", "gemeentecode", "gemeenteCode", "id")
Ring = list[tuple[float, float]]


@dataclass(slots=True)
class _Drawn:
    """Arcs as whole numbers, and the polygons of each code."""

    scale: tuple[float, float] = (GRID, GRID)
    translate: tuple[float, float] = (0.0, 0.0)
    arcs: list[list[int]] = field(default_factory=list)
    outlines: dict[str, Polygons] = field(default_factory=dict)


def read(files: Sequence[File], known: Known, progress: Progress) -> Wanted:
    """Reads each file as a vintage."""
    problems: list[ImportProblem] = []
    days = _days(files, problems)
    out: dict[str, bytes] = {}
    for file in files:
        before = len(problems)
        drawn = _drawn(file, problems)
        if len(problems) > before or file.name not in days:
            continue
        first, last = days[file.name]
        _check_lives(file, drawn, (first, last), known, problems)
        progress(f"{file.name}: {len(drawn.outlines)} outlines of {first} through {last}")
        vintage = Vintage(first, last, ATTRIBUTION, drawn.scale, drawn.translate, drawn.arcs, drawn.outlines)
        out[f"outlines/{first}.json"] = written(_only_used(vintage))
    return Wanted(problems=problems) if problems else Wanted(out)


def _days(files: Sequence[File], problems: list[ImportProblem]) -> dict[str, tuple[date, date]]:
    """Returns the first and the last day of each file, by its name."""
    found: dict[str, tuple[date, date]] = {}
    for file in files:
        match = _DAYS.search(file.name)
        try:
            if match is None:
                raise ValueError
            year = int(match[1])
            first = date(year, int(match[3]), int(match[4])) if match[3] else date(year, 1, 1)
            last = date(int(match[2]) if match[2] else year, 12, 31)
            if last < first:
                raise ValueError
        except ValueError:
            what = "Its name does not say on which days these boundaries hold."
            _report(problems, file, 0, "", what, "Call it after a year, two years or a day, such as nl_2022-03-24.topojson.")
            continue
        found[file.name] = first, last
    starts = sorted(first for first, _ in found.values())
    if len(set(starts)) < len(starts):
        _report(problems, files[0], 0, "", "Two files begin on the same day.", "Give one file for each vintage.")
    later = {first: next((start - timedelta(days=1) for start in starts if start > first), date.max) for first in starts}
    return {name: (first, min(last, later[first])) for name, (first, last) in found.items()}


def _drawn(file: File, problems: list[ImportProblem]) -> _Drawn:
    try:
        root = json.loads(file.content)
        if not isinstance(root, dict) or root.get("type") not in ("Topology", "FeatureCollection"):
            raise ValueError("it is neither a Topology nor a FeatureCollection")
    except ValueError as error:
        _report(problems, file, 0, "", f"It is no TopoJSON or GeoJSON: {error}.", "Give the boundaries in WGS 84, as TopoJSON or GeoJSON.")
        return _Drawn()
    drawn, before = _Drawn(), len(problems)
    try:
        if root["type"] == "Topology":
            _topology(file, root, drawn, problems)
        else:
            _features(file, root, drawn, problems)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        _report(problems, file, 0, "", f"A geometry cannot be read: {type(error).__name__} {error}.", "Export the boundaries again.")
    if not drawn.outlines and len(problems) == before:
        _report(problems, file, 0, "", "There is no municipality or youth region in it.", "Give each a code, such as GM0363 or JZ13.")
    return drawn


def _topology(file: File, root: Mapping[str, Any], drawn: _Drawn, problems: list[ImportProblem]) -> None:
    grid = root.get("transform")
    if grid:
        drawn.scale, drawn.translate = tuple(grid["scale"]), tuple(grid["translate"])
        drawn.arcs = [[int(number) for position in arc for number in position[:2]] for arc in root["arcs"]]
    else:
        drawn.arcs = [_differences([(position[0], position[1]) for position in arc]) for arc in root["arcs"]]
    for collection in root["objects"].values():
        for number, geometry in enumerate(collection.get("geometries", []), 1):
            _shape(file, number, geometry, drawn, problems)


def _features(file: File, root: Mapping[str, Any], drawn: _Drawn, problems: list[ImportProblem]) -> None:
    for number, feature in enumerate(root["features"], 1):
        geometry = feature.get("geometry") or {}
        polygons = [geometry["coordinates"]] if geometry.get("type") == "Polygon" else geometry.get("coordinates", [])
        numbered = []
        for polygon in polygons:
            numbered.append([[len(drawn.arcs) + place] for place in range(len(polygon))])
            for ring in polygon:
                if any(not -180 <= x <= 180 or not -90 <= y <= 90 for x, y, *_ in ring):
                    _report(problems, file, number, "geometry", "Its positions are not degrees.", "Export the boundaries in WGS 84.")
                    return
                drawn.arcs.append(_differences([(x, y) for x, y, *_ in ring]))
        shape = {
            **feature,
            "type": geometry.get("type"),
            "arcs": numbered if geometry.get("type") == "MultiPolygon" else next(iter(numbered), []),
        }
        _shape(file, number, shape, drawn, problems)


def _shape(file: File, number: int, shape: Mapping[str, Any], drawn: _Drawn, problems: list[ImportProblem]) -> None:
    """Takes the polygons of a municipality or youth region; what is neither is left out."""
    properties = shape.get("properties") or {}
    texts = [str(shape.get("id", "")), *(str(properties.get(name, "")) for name in _PROPERTIES)]
    codes = [match[1] for text in texts if (match := _CODE.fullmatch(text.strip()))]
    if not codes:
        return
    if shape["type"] not in ("Polygon", "MultiPolygon"):
        _report(problems, file, number, "geometry", f"{codes[0]} is a {shape['type']}.", "Give polygons.")
    elif codes[0] in drawn.outlines:
        _report(problems, file, number, "code", f"{codes[0]} is there twice.", "Give each once, as a MultiPolygon if it has several parts.")
    else:
        drawn.outlines[codes[0]] = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]


def _differences(positions: Ring) -> list[int]:
    whole = [(round(x / GRID), round(y / GRID)) for x, y in positions]
    pairs = [whole[0], *((x - a, y - b) for (a, b), (x, y) in pairwise(whole) if (a, b) != (x, y))]
    return [number for pair in pairs for number in pair]


def _check_lives(file: File, drawn: _Drawn, days: tuple[date, date], known: Known, problems: list[ImportProblem]) -> None:
    """Reports what is not known, and municipalities that began or ended within the days of a vintage."""
    lives = lives_of(known)
    for code in sorted(drawn.outlines):
        key = known.by_code.get(f"CBS_{code[:2]}:{code}")
        first, last = lives.get(key or "", (None, None))
        if key is None:
            _report(problems, file, 0, "code", f"{code} is not known here.", "Import the tables of CBS first, or correct the code.")
        elif (first and first > days[0]) or (last and last < days[1]):
            existed = f"{first or '..'} through {last or '..'}"
            what = f"{code} existed {existed}, and these boundaries hold {days[0]} through {days[1]}."
            _report(problems, file, 0, "code", what, "Look up of which days they are, and name the file after them.")


def _only_used(vintage: Vintage) -> Vintage:
    """Leaves out the arcs that no outline has, such as those of provinces alone."""
    used = sorted({place if place >= 0 else ~place for place in _places(vintage)})
    new = {old: number for number, old in enumerate(used)}

    def renumbered(ring: Sequence[int]) -> list[int]:
        return [new[place] if place >= 0 else ~new[~place] for place in ring]

    outlines = {code: [[renumbered(ring) for ring in polygon] for polygon in polygons] for code, polygons in vintage.outlines.items()}
    arcs = [vintage.arcs[old] for old in used]
    return Vintage(vintage.first, vintage.last, vintage.attribution, vintage.scale, vintage.translate, arcs, outlines)


def _places(vintage: Vintage) -> Iterator[int]:
    return (place for polygons in vintage.outlines.values() for polygon in polygons for ring in polygon for place in ring)


def _report(problems: list[ImportProblem], file: File, row: int, column: str, what: str, remedy: str) -> None:
    problems.append(ImportProblem(file.name, "", row, column, what, remedy))


BOUNDARIES = Importer("boundaries", "Boundaries of municipalities and youth regions by vintage, as TopoJSON or GeoJSON.", (), read)
