"""Outlines: the boundary of a municipality or region on a day, or why there is none."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from tests.domain.conftest import Ask

ASKED = "geometry geometryRemark(lang: EN) nl: geometryRemark"
NOT_ON = "There are no boundaries of this day here; there are from {} through {}."


def rings(geometry: dict[str, Any]) -> list[list[list[float]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def inside(point: tuple[float, float], geometry: dict[str, Any]) -> bool:
    """True if a point lies in a geometry: it sees an odd number of sides to its right."""
    x, y = point
    crossed = 0
    for ring in rings(geometry):
        for (x1, y1), (x2, y2) in pairwise(ring):
            crossed += (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return crossed % 2 == 1


WEESP, ZAANDAM = (5.041, 52.307), (4.826, 52.439)


@pytest.mark.parametrize(
    ("day", "weesp", "amsterdam"),
    [("2021-06-01", True, False), ("2022-03-23", True, False), ("2022-03-24", None, True), ("2026-01-01", None, True)],
)
def test_the_vintage_of_the_day_is_used(ask: Ask, day: str, weesp: bool | None, amsterdam: bool) -> None:
    found = ask(
        f'{{ w: municipality(ref: "Weesp", asOf: "{day}") {{ geometry }} a: municipality(ref: "Amsterdam", asOf: "{day}") {{ geometry }} }}'
    )
    assert (found["w"]["geometry"] and inside(WEESP, found["w"]["geometry"])) == weesp
    assert inside(WEESP, found["a"]["geometry"]) == amsterdam


def test_a_youth_region_is_the_area_of_its_municipalities(ask: Ask) -> None:
    found = ask(f'{{ region(ref: "JZ09", asOf: "2024-06-01") {{ {ASKED} }} }}')
    assert inside(ZAANDAM, found["geometry"])
    assert not inside(WEESP, found["geometry"])
    assert found["geometry"]["attribution"] == "Grenzen: CBS en Kadaster, CC BY 4.0, vereenvoudigd"
    assert found["geometryRemark"] is None


def test_on_a_day_without_a_vintage_the_reason_is_told(ask: Ask) -> None:
    found = ask(f"""{{
      before: municipality(ref: "Zaanstad", asOf: "2018-12-31") {{ {ASKED} }}
      after: municipality(ref: "Zaanstad", asOf: "2027-01-01") {{ {ASKED} }}
      gone: municipality(ref: "Beemster", asOf: "2022-01-01") {{ {ASKED} }}
      never: region(ref: "PV27", asOf: "2024-06-01") {{ {ASKED} }}
    }}""")
    assert {name: (each["geometry"], each["geometryRemark"]) for name, each in found.items()} == {
        "before": (None, NOT_ON.format("1 January 2019", "31 December 2026")),
        "after": (None, NOT_ON.format("1 January 2019", "31 December 2026")),
        "gone": (None, NOT_ON.format("1 January 2019", "31 December 2021")),
        "never": (None, "There are no boundaries of this area here."),
    }
    assert found["before"]["nl"] == "Van deze dag zijn hier geen grenzen; wel van 1 januari 2019 tot en met 31 december 2026."
    assert found["never"]["nl"] == "Van dit gebied zijn hier geen grenzen."


@pytest.mark.parametrize(
    ("ref", "day", "nearest"),
    [
        ("Zandvoort", "2015-06-01", "2019-01-01"),
        ("Zandvoort", "2024-06-01", "2024-06-01"),
        ("Zandvoort", "2031-06-01", "2026-12-31"),
        ("Beemster", "2022-01-01", "2021-12-31"),
    ],
)
def test_the_nearest_day_with_an_outline_is_told(ask: Ask, ref: str, day: str, nearest: str) -> None:
    asked = [f'{name}(ref: "{each}", asOf: "{day}") {{ geometryNearest }}' for name, each in (("municipality", ref), ("region", "PV27"))]
    found = ask("{" + " ".join(asked) + "}")
    assert found == {"municipality": {"geometryNearest": nearest}, "region": {"geometryNearest": None}}
    again = ask(f'{{ municipality(ref: "{ref}", asOf: "{nearest}") {{ geometry geometryRemark }} }}')
    assert again["geometry"]
    assert again["geometryRemark"] is None


@pytest.mark.parametrize("year", [2019, 2021, 2022, 2026])
def test_every_municipality_and_youth_region_of_a_day_has_an_outline(ask: Ask, year: int) -> None:
    municipalities = "municipalities(first: 100) { nodes { slug geometry } }"
    regions = ask(f'{{ regions(kind: [YOUTH_REGION], asOf: "{year}-01-01", first: 100) {{ nodes {{ slug geometry {municipalities} }} }} }}')
    areas = [*regions["nodes"], *(node for region in regions["nodes"] for node in region["municipalities"]["nodes"])]
    assert [area["slug"] for area in areas if not area["geometry"]] == []
    for ring in (ring for area in areas for ring in rings(area["geometry"])):
        assert ring[0] == ring[-1]
        assert all(3.2 < x < 7.3 and 50.7 < y < 53.6 for x, y in ring)
