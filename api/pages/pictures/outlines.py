"""Outlines on a plane: from degrees to whole numbers, so that neighbours share their border to the dot, and where a name fits.

The projection is equirectangular with the cosine of the middle latitude: within the Netherlands nobody sees the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import Any

from markupsafe import Markup

from api.pages.pictures.svg import element

Point = tuple[int, int]
Ring = list[Point]
Edge = tuple[Point, Point]
SCAN_LINES = 15  # at which a place for a name is looked for


@dataclass(frozen=True, slots=True)
class Plane:
    """Puts degrees on a picture: its edges, the units of a degree of latitude, and how much narrower one of longitude is."""

    west: float
    north: float
    scale: float
    narrow: float
    margin: float
    height: int

    def point(self, longitude: float, latitude: float) -> Point:
        x = self.margin + (longitude - self.west) * self.narrow * self.scale
        y = self.margin + (self.north - latitude) * self.scale
        return round(x), round(y)


def plane_of(geometries: Iterable[Mapping[str, Any]], width: int, most_height: int, margin: int) -> Plane:
    """Returns the plane on which geometries fill a width, or a height if they are tall."""
    points = [point for geometry in geometries for ring in _rings(geometry) for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrow = cos(radians((south + north) / 2))
    scale = min((width - 2 * margin) / ((east - west) * narrow), (most_height - 2 * margin) / (north - south))
    shift = (width - 2 * margin - (east - west) * narrow * scale) / (2 * narrow * scale)  # to the middle
    return Plane(west - shift, north, scale, narrow, margin, round((north - south) * scale) + 2 * margin)


def rings_of(geometry: Mapping[str, Any], plane: Plane) -> list[Ring]:
    """Returns the rings of a polygon or several on a plane, without points that coincide and rings that are no area there."""
    found = []
    for ring in _rings(geometry):
        points = [plane.point(x, y) for x, y in ring]
        kept = [point for place, point in enumerate(points) if not place or point != points[place - 1]]
        if len(set(kept)) > 2:
            found.append(kept)
    return found


def _rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[tuple[float, float]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return (ring for polygon in polygons for ring in polygon)


def path(lines: Iterable[Ring], *, closed: bool = True) -> str:
    """Returns the data of a path, as short as it can be written: each step relative to the one before."""
    return "".join(f"M{_pair(*line[0])}l{_steps(line, closed)}" for line in lines)


def _steps(line: Ring, closed: bool) -> str:
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(line)]
    straight: list[Point] = []
    for dx, dy in steps:  # steps in one direction are one step
        if straight and straight[-1][0] * dy == straight[-1][1] * dx and (straight[-1][0] * dx > 0 or straight[-1][1] * dy > 0):
            straight[-1] = straight[-1][0] + dx, straight[-1][1] + dy
        else:
            straight.append((dx, dy))
    if closed:
        straight.pop()  # z draws it
    written = ""
    for dx, dy in straight:
        written += f"{' ' if written and dx >= 0 else ''}{_pair(dx, dy)}"
    return f"{written}{'z' if closed else ''}"


def _pair(x: int, y: int) -> str:
    return f"{x}{y}" if y < 0 else f"{x} {y}"


def borders(areas: Iterable[tuple[str, list[Ring]]]) -> list[Ring]:
    """Returns the lines that part areas of different groups, or an area from nothing; each area comes with the name of its group."""
    sides: dict[Edge, list[str]] = {}
    for group, rings in areas:
        for ring in rings:
            for a, b in pairwise(ring):
                sides.setdefault((a, b) if a < b else (b, a), []).append(group)
    return _chained([edge for edge, groups in sides.items() if len(groups) % 2 or len(set(groups)) > 1])


def _chained(edges: Sequence[Edge]) -> list[Ring]:
    """Returns edges as lines that are as long as they can be, in the order of the edges."""
    at: dict[Point, dict[Edge, None]] = {}
    for edge in edges:
        for point in edge:
            at.setdefault(point, {})[edge] = None
    lines: list[Ring] = []
    for edge in edges:
        if edge in at[edge[0]]:
            line = [edge[0]]
            while (here := at[line[-1]]) and (following := next(iter(here))):
                for point in following:
                    del at[point][following]
                line.append(following[1] if following[0] == line[-1] else following[0])
            lines.append(line)
    return lines


def name_place(rings: Sequence[Ring]) -> tuple[float, float, float]:
    """Returns the middle of the widest place inside an area, not far from its own middle, and how wide it is there."""
    largest = max(rings, key=_area)
    top, bottom = min(y for _, y in largest), max(y for _, y in largest)
    edges = [(x1, y1, x2, y2) for ring in rings for (x1, y1), (x2, y2) in pairwise(ring) if y1 != y2]
    spans = []
    for line in range(1, SCAN_LINES + 1):
        y = top + (bottom - top) * (0.2 + 0.6 * line / (SCAN_LINES + 1)) + 0.003  # never through a point
        crossings = sorted(x1 + (y - y1) * (x2 - x1) / (y2 - y1) for x1, y1, x2, y2 in edges if (y1 > y) != (y2 > y))
        spans += [(right - left, (left + right) / 2, y) for left, right in zip(crossings[::2], crossings[1::2], strict=True)]
    if not spans:
        return *largest[0], 0.0
    width, x, y = max(spans, key=lambda span: (round(span[0] - abs(span[2] - (top + bottom) / 2) * 0.6, 3), -span[2]))
    return x, y, width


def extent(rings: Sequence[Ring]) -> int:
    """Returns how wide an area is from its west to its east; no name has more room in it."""
    across = [x for ring in rings for x, _ in ring]
    return max(across) - min(across)


def _area(ring: Ring) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2


def shape(rings: Sequence[Ring], **attributes: object) -> Markup:
    """Returns an area as an element."""
    return element("path", d=path(rings), **attributes)
