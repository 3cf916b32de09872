"""A network in columns: things that are connected, each in the column of its kind, in an order in which few lines cross.

The picture is the same every time: the order begins with the names, and a fixed number of passes moves each thing to the middle of what it
is connected to (the barycentre method); names decide between equals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PASSES = 6
BOX_WIDTH, BOX_HEIGHT, ACROSS, DOWN, TOP, SIDE = 208, 62, 62, 10, 46, 12


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in a network: its address as a URI, its name, and the place of its column."""

    uri: str
    name: str
    column: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two things."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of a network: the upper left corner of its box, by URI; the columns that are there; the size of all."""

    at: Mapping[str, tuple[float, float]]
    columns: Mapping[int, float]  # the left side of each
    width: float
    height: float


def chosen(nodes: Sequence[Node], focus: str, edges: Sequence[Edge], most: int) -> tuple[list[Node], dict[int, int]]:
    """Returns the things that fit, `most` in a column: what touches the focus first, then by name; and how many each column leaves out."""
    near = {end for edge in edges if focus in (edge.source, edge.target) for end in (edge.source, edge.target)}
    kept: list[Node] = []
    left_out: dict[int, int] = {}
    for column in sorted({node.column for node in nodes}):
        inside = sorted(
            (node for node in nodes if node.column == column), key=lambda node: (node.uri != focus, node.uri not in near, _name(node))
        )
        kept += inside[:most]
        if len(inside) > most:
            left_out[column] = len(inside) - most
    return kept, left_out


def layout(nodes: Sequence[Node], edges: Sequence[Edge]) -> Layout:
    """Returns where things stand; every edge must be between two of them."""
    columns = ordered(nodes, edges)
    tallest = max(len(column) for column in columns.values())
    height = TOP + tallest * (BOX_HEIGHT + DOWN)
    at: dict[str, tuple[float, float]] = {}
    lefts: dict[int, float] = {}
    for place, (column, inside) in enumerate(columns.items()):
        lefts[column] = SIDE + place * (BOX_WIDTH + ACROSS)
        above = (tallest - len(inside)) * (BOX_HEIGHT + DOWN) / 2
        for row, node in enumerate(inside):
            at[node.uri] = (lefts[column], TOP + above + row * (BOX_HEIGHT + DOWN))
    return Layout(at, lefts, 2 * SIDE + len(columns) * BOX_WIDTH + (len(columns) - 1) * ACROSS, height)


def ordered(nodes: Sequence[Node], edges: Sequence[Edge]) -> dict[int, list[Node]]:
    """Returns the things of each column from top to bottom."""
    columns = {column: sorted((node for node in nodes if node.column == column), key=_name) for column in sorted({n.column for n in nodes})}
    touching: dict[str, list[str]] = {node.uri: [] for node in nodes}
    for edge in edges:
        touching[edge.source].append(edge.target)
        touching[edge.target].append(edge.source)
    column_of = {node.uri: node.column for node in nodes}
    for turn in range(PASSES):
        for column in list(columns) if turn % 2 == 0 else list(reversed(columns)):
            heights = {node.uri: (row + 0.5) / len(inside) for inside in columns.values() for row, node in enumerate(inside)}
            middles = {}
            for node in columns[column]:
                others = [heights[uri] for uri in touching[node.uri] if column_of[uri] != column] or [heights[node.uri]]
                middles[node] = round(sum(others) / len(others), 6), *_name(node)
            columns[column] = sorted(columns[column], key=middles.__getitem__)
    return columns


def crossings(columns: Mapping[int, Sequence[Node]], edges: Sequence[Edge]) -> int:
    """Returns how many pairs of lines between the same two columns cross."""
    place = {node.uri: (column, row) for column, inside in columns.items() for row, node in enumerate(inside)}
    lines = [tuple(sorted((place[edge.source], place[edge.target]))) for edge in edges]
    return sum(
        (a[0][0], a[1][0]) == (b[0][0], b[1][0]) and (a[0][1] - b[0][1]) * (a[1][1] - b[1][1]) < 0
        for number, a in enumerate(lines)
        for b in lines[:number]
    )


def curve(source: tuple[float, float], target: tuple[float, float]) -> str:
    """Returns the data of a line from box to box: from side to side, or round the right side within one column."""
    (x1, y1), (x2, y2) = sorted((source, target))
    y1, y2 = y1 + BOX_HEIGHT / 2, y2 + BOX_HEIGHT / 2
    if x1 == x2:
        right = x1 + BOX_WIDTH
        bend = right + ACROSS * 0.7
        return f"M{right:.0f} {y1:.0f}C{bend:.0f} {y1:.0f} {bend:.0f} {y2:.0f} {right:.0f} {y2:.0f}"
    left, middle = x1 + BOX_WIDTH, (x1 + BOX_WIDTH + x2) / 2
    return f"M{left:.0f} {y1:.0f}C{middle:.0f} {y1:.0f} {middle:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"


def _name(node: Node) -> tuple[str, str]:
    return node.name.casefold(), node.uri
