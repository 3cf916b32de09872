"""Reads the outlines of a vintage of boundaries, `outlines/DAY.json`, and writes them.

The file has what TopoJSON has, in less space: rings are lists of arcs, which neighbours share; `~2` is arc 2 backwards. An arc is a
list of whole numbers, x and y in turn, each position but the first a difference. They are written as an encoded polyline: five bits a
character, the lowest first, and the sign in the lowest bit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from graph.domain.outline import Outline
from seeds.problem import Findings

KEYS = ("from", "until", "attribution", "scale", "translate", "arcs", "outlines")
_LAST = re.compile("[?-^]")  # of a number
_ARC = re.compile("([_-~]*[?-^])+")
DIGITS = 5  # of a degree: a metre
Polygons = Sequence[Sequence[Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Vintage:
    """A vintage of boundaries: the days on which it holds, its arcs, and the polygons of each code (GM0363, JZ09)."""

    first: date
    last: date
    attribution: str
    scale: tuple[float, float]
    translate: tuple[float, float]
    arcs: Sequence[Sequence[int]]
    outlines: Mapping[str, Polygons]

    def outline(self, code: str) -> Outline:
        """Returns the outline of a code."""
        return Outline(self.first, self.last, partial(self.geo_json, code))

    def geo_json(self, code: str) -> str:
        """Returns the geometry of a code, with the attribution."""
        polygons = [[self._ring(ring) for ring in polygon] for polygon in self.outlines[code]]
        shape = {"type": "Polygon", "coordinates": polygons[0]} if len(polygons) == 1 else {"type": "MultiPolygon", "coordinates": polygons}
        return json.dumps({**shape, "attribution": self.attribution}, separators=(",", ":"))

    def _ring(self, arcs: Sequence[int]) -> list[list[float]]:
        out: list[list[float]] = []
        for number in arcs:
            positions = self._positions(self.arcs[number if number >= 0 else ~number])
            out += (positions if number >= 0 else positions[::-1])[1 if out else 0 :]  # an arc begins where the one before it ended
        return out

    def _positions(self, arc: Sequence[int]) -> list[list[float]]:
        x = y = 0
        out = []
        for dx, dy in zip(arc[::2], arc[1::2], strict=True):
            x, y = x + dx, y + dy
            out.append([round(x * self.scale[0] + self.translate[0], DIGITS), round(y * self.scale[1] + self.translate[1], DIGITS)])
        return out


def written(vintage: Vintage) -> bytes:
    """Returns the file of a vintage: an arc and an outline on a line each, so that a review sees what changed."""
    head = {"from": str(vintage.first), "until": str(vintage.last), "attribution": vintage.attribution}
    lines = [f"{json.dumps(key)}:{json.dumps(value)}" for key, value in head.items()]
    lines += [f'"scale":{json.dumps(vintage.scale)}', f'"translate":{json.dumps(vintage.translate)}']
    arcs = ",\n".join(json.dumps(_encoded(arc)) for arc in vintage.arcs)
    outlines = ",\n".join(f'"{code}":{json.dumps(vintage.outlines[code], separators=(",", ":"))}' for code in sorted(vintage.outlines))
    return ("{" + ",\n".join(lines) + f',\n"arcs":[\n{arcs}],\n"outlines":{{\n{outlines}}}}}\n').encode()


def vintage_of(content: bytes, findings: Findings) -> Vintage | None:
    """Reads the file of a vintage, or None if there is a problem with it."""
    try:
        root = json.loads(content)
        vintage = _vintage(root)
        _check(vintage)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        what = f"These are no outlines of a vintage: {type(error).__name__} {error}."
        findings.add("WRONG_VALUE", 1, what, "Write the file with `regiograaf import boundaries`.")
        return None
    return vintage


def _encoded(numbers: Sequence[int]) -> str:
    out = []
    for number in numbers:
        rest = ~(number << 1) if number < 0 else number << 1
        while rest >= 32:
            out.append(chr((rest & 31 | 32) + 63))
            rest >>= 5
        out.append(chr(rest + 63))
    return "".join(out)


def _decoded(text: str) -> list[int]:
    out, number, shift = list[int](), 0, 0
    for sign in text:
        bits = ord(sign) - 63
        number |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            out.append(~(number >> 1) if number & 1 else number >> 1)
            number = shift = 0
    return out


def _check(vintage: Vintage) -> None:
    """Raises ValueError if an outline names an arc that is not there."""
    many = len(vintage.arcs)
    for code, polygons in vintage.outlines.items():
        if not polygons or not all(-many <= place < many for polygon in polygons for ring in polygon for place in ring):
            raise ValueError(f"{code} has an arc that is not there")


class _Arcs(Sequence[Sequence[int]]):
    """Arcs as they are written, each decoded when it is asked for: the check of the claims draws nothing."""

    def __init__(self, texts: Sequence[str]) -> None:
        if not all(_ARC.fullmatch(text) and len(_LAST.findall(text)) % 2 == 0 for text in texts):
            raise ValueError("an arc is no encoded polyline")
        self._texts = texts
        self._decoded: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, number: Any) -> Any:
        if number not in self._decoded:
            self._decoded[number] = _decoded(self._texts[number])
        return self._decoded[number]


def _vintage(root: Any) -> Vintage:
    if set(root) != set(KEYS):
        raise ValueError(f"the keys are not {', '.join(KEYS)}")
    first, last = date.fromisoformat(root["from"]), date.fromisoformat(root["until"])
    if last < first:
        raise ValueError(f"{last} is before {first}")
    (sx, sy), (tx, ty) = root["scale"], root["translate"]
    return Vintage(
        first, last, str(root["attribution"]), (float(sx), float(sy)), (float(tx), float(ty)), _Arcs(root["arcs"]), root["outlines"]
    )
