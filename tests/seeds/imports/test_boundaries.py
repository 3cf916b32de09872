"""Boundaries of a vintage, as TopoJSON or GeoJSON, become outlines with the days on which they hold."""

from __future__ import annotations

import json
from typing import Any

import pytest

from seeds.imports.boundaries import BOUNDARIES
from seeds.imports.cbs import CBS
from seeds.imports.importer import File, Known
from seeds.imports.rvig import RVIG
from seeds.outlines import Vintage, vintage_of
from seeds.problem import Findings
from tests.seeds.imports import real, small
from tests.seeds.imports.small import cbs_table, problems, run, rvig_table

REGIONS = {"JZ01": "Noord", "PV20": "Groningen"}
TABLES = run(CBS, [cbs_table("82949NED", {"GM0001": ("Aa", REGIONS), "GM0002": ("Bee", REGIONS)})]).files
LIVES = run(RVIG, [rvig_table(("0001", "Aa", "", "", ""), ("0002", "Bee", "0001", "", "20220324"))], small.known(TABLES)).files
SQUARE = [[[5.0, 52.0], [5.1, 52.0], [5.1, 52.1], [5.0, 52.1], [5.0, 52.0]]]


def towns() -> Known:
    return small.known(TABLES, LIVES)


def geojson(
    name: str = "2020.geojson", *, code: str = "GM0001", coordinates: Any = SQUARE, type: str = "Polygon", **properties: str
) -> File:
    feature = {"type": "Feature", "geometry": {"type": type, "coordinates": coordinates}, "properties": {"statcode": code, **properties}}
    return File(name, json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())


def topojson(name: str, *, quantized: bool) -> File:
    """Two squares beside each other, which share an arc, a province that is left out, and the region of both."""
    shared, left, right = [[1, 0], [0, 1]], [[1, 1], [-1, 0], [0, -1], [1, 0]], [[1, 0], [1, 0], [0, 1], [-1, 0]]
    whole = [shared, left, right, [[0, 0], [9, 9]]]
    arcs = whole if quantized else [_absolute(arc) for arc in whole]
    transform = {"transform": {"scale": [0.1, 0.1], "translate": [5.0, 52.0]}} if quantized else {}
    towns = [{"type": "Polygon", "id": "GM0001", "arcs": [[0, 1]]}, {"type": "Polygon", "id": "GM0002", "arcs": [[-1, 2]]}]
    region = {"type": "MultiPolygon", "id": "2020JZ01", "arcs": [[[1, 2]]]}
    province = {"type": "Polygon", "id": "PV20", "arcs": [[3]]}
    objects = {"towns": {"geometries": towns}, "regions": {"geometries": [region]}, "provinces": {"geometries": [province]}}
    return File(name, json.dumps({"type": "Topology", **transform, "objects": objects, "arcs": arcs}).encode())


def _absolute(arc: list[list[int]]) -> list[list[float]]:
    x = y = 0
    out = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        out.append([round(5 + x / 10, 5), round(52 + y / 10, 5)])
    return out


def vintage(files: dict[str, bytes], first: str) -> Vintage:
    findings = Findings(first)
    found = vintage_of(files[f"outlines/{first}.json"], findings)
    assert found
    assert findings.problems == []
    return found


@pytest.mark.parametrize("quantized", [True, False])
def test_topojson_keeps_the_arcs_that_neighbours_share(quantized: bool) -> None:
    files = dict(run(BOUNDARIES, [topojson("nl_2020.topojson", quantized=quantized)], towns()).files)
    found = vintage(files, "2020-01-01")
    assert (sorted(found.outlines), len(found.arcs)) == (["GM0001", "GM0002", "JZ01"], 3)
    assert json.loads(found.geo_json("GM0002"))["coordinates"] == [[[5.1, 52.1], [5.1, 52.0], [5.2, 52.0], [5.2, 52.1], [5.1, 52.1]]]
    assert json.loads(found.geo_json("GM0001"))["type"] == "Polygon"


def test_geojson_is_read_by_the_code_among_its_properties() -> None:
    found = vintage(dict(run(BOUNDARIES, [geojson()], towns()).files), "2020-01-01")
    assert json.loads(found.geo_json("GM0001"))["coordinates"] == SQUARE
    several = vintage(dict(run(BOUNDARIES, [geojson(type="MultiPolygon", coordinates=[SQUARE, SQUARE])], towns()).files), "2020-01-01")
    assert json.loads(several.geo_json("GM0001"))["coordinates"] == [SQUARE, SQUARE]


def test_the_name_of_a_file_says_on_which_days_it_holds() -> None:
    names = ["nl_2019-2020.json", "nl_2021.json", "nl_2022-01-01.json", "nl_2022-03-24.json"]
    files = dict(run(BOUNDARIES, [geojson(name) for name in names], towns()).files)
    days = {path: (str(vintage(files, path[9:-5]).first), str(vintage(files, path[9:-5]).last)) for path in files}
    assert list(days.values()) == [
        ("2019-01-01", "2020-12-31"), ("2021-01-01", "2021-12-31"), ("2022-01-01", "2022-03-23"), ("2022-03-24", "2022-12-31"),
    ]  # fmt: skip


def test_every_fault_of_the_files_is_told_with_its_place() -> None:
    assert "does not say on which days" in problems(BOUNDARIES, geojson("nl.json"), there=towns())[0]
    assert "does not say on which days" in problems(BOUNDARIES, geojson("nl_2020-2019.json"), there=towns())[0]
    assert "begin on the same day" in problems(BOUNDARIES, geojson("a_2020.json"), geojson("b_2020.json"), there=towns())[0]
    assert "no TopoJSON or GeoJSON" in problems(BOUNDARIES, File("nl_2020.json", b"{"), there=towns())[0]
    assert "no TopoJSON or GeoJSON" in problems(BOUNDARIES, File("nl_2020.json", b'{"type": "Feature"}'), there=towns())[0]
    assert "no municipality or youth region" in problems(BOUNDARIES, geojson(code="NL"), there=towns())[0]
    assert problems(BOUNDARIES, geojson(code="GM0009"), there=towns()) == [
        "2020.geojson, column code: GM0009 is not known here. Import the tables of CBS first, or correct the code."
    ]
    assert problems(BOUNDARIES, geojson("nl_2022.json", code="GM0002"), there=towns()) == [
        "nl_2022.json, column code: GM0002 existed .. through 2022-03-23, and these boundaries hold 2022-01-01 through 2022-12-31. "
        "Look up of which days they are, and name the file after them."
    ]
    assert (
        "positions are not degrees" in problems(BOUNDARIES, geojson(coordinates=[[[120000, 480000], [120001, 480000]]]), there=towns())[0]
    )
    assert "is a Point" in problems(BOUNDARIES, geojson(type="Point", coordinates=[]), there=towns())[0]
    assert "cannot be read" in problems(BOUNDARIES, geojson(coordinates=[[["x", "y"]]]), there=towns())[0]
    twice = json.loads(geojson().content)
    twice["features"] *= 2
    assert "is there twice" in problems(BOUNDARIES, File("2020.json", json.dumps(twice).encode()), there=towns())[0]


def test_the_real_boundaries_give_the_outlines_of_the_country() -> None:
    wanted = run(BOUNDARIES, real.boundaries(), real.shipped())
    assert {path: content == real.country(path) for path, content in wanted.files.items()} == dict.fromkeys(wanted.files, True)
    assert sum(map(len, wanted.files.values())) < 350_000
