"""Outlines on a plane: neighbours share their border, and a path says no more and no less than its points."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.pictures.outlines import Ring, borders, name_place, path, plane_of, rings_of

POINTS = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=3, max_size=12, unique=True)


def square(west: float, south: float, size: float = 0.1) -> dict[str, Any]:
    ring = [(west, south), (west + size, south), (west + size, south + size), (west, south + size), (west, south)]
    return {"type": "Polygon", "coordinates": [ring]}


def points_of(data: str) -> list[Ring]:
    """Draws the data of a path."""
    lines: list[Ring] = []
    for part in filter(None, data.split("M")):
        start, _, steps = part.rstrip("z").partition("l")
        numbers = [[int(number) for number in re.findall(r"-?\d+", one)] for one in (start, steps)]
        line: Ring = [(numbers[0][0], numbers[0][1])]
        for dx, dy in zip(numbers[1][::2], numbers[1][1::2], strict=True):
            line.append((line[-1][0] + dx, line[-1][1] + dy))
        lines.append(line)
    return lines


@given(POINTS)
def test_a_path_goes_through_the_corners_of_its_ring(points: Ring) -> None:
    ring = [*points, points[0]]
    (drawn,) = points_of(path([ring]))
    assert set(drawn) <= set(ring)
    corners = [
        b
        for (a, b, c) in zip(ring, ring[1:], [*ring[2:], ring[1]], strict=False)
        if (b[0] - a[0]) * (c[1] - b[1]) != (b[1] - a[1]) * (c[0] - b[0])
    ]
    assert set(corners[:-1]) <= set(drawn)


def test_north_is_up_and_a_degree_of_longitude_is_narrower() -> None:
    plane = plane_of([square(5.0, 52.0)], 500, 500, 10)
    (ring,) = rings_of(square(5.0, 52.0), plane)
    assert min(y for _, y in ring) == 10
    assert ring[0][1] > ring[2][1]  # its south is below its north
    wide, tall = ring[1][0] - ring[0][0], ring[0][1] - ring[2][1]
    assert wide == pytest.approx(tall * 0.615, abs=2)


def test_neighbours_of_one_group_have_no_border_between_them() -> None:
    plane = plane_of([square(5.0, 52.0), square(5.1, 52.0)], 400, 400, 0)
    left, right = rings_of(square(5.0, 52.0), plane), rings_of(square(5.1, 52.0), plane)
    middle = {frozenset(edge) for edge in pairwise(left[0])} & {frozenset(edge) for edge in pairwise(right[0])}
    assert middle

    def drawn(one: str, other: str) -> set[frozenset[tuple[int, int]]]:
        return {frozenset(edge) for line in borders([(one, left), (other, right)]) for edge in pairwise(line)}

    assert not drawn("a", "a") & middle
    assert drawn("a", "b") >= middle
    assert len(drawn("a", "a")) == 6


def test_a_name_stands_inside_its_area() -> None:
    plane = plane_of([square(5.0, 52.0)], 200, 200, 0)
    x, y, width = name_place(rings_of(square(5.0, 52.0), plane))
    assert 0 < x < 200
    assert 0 < y < plane.height
    assert width == pytest.approx(123, abs=3)


def test_what_is_no_area_on_the_plane_is_left_out() -> None:
    plane = plane_of([square(5.0, 52.0, 3)], 300, 300, 0)
    assert rings_of(square(6.0, 53.0, 0.0001), plane) == []
