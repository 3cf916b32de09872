"""GeoJSON is opened by shapely, and keeps the rules of RFC 7946."""

from __future__ import annotations

import asyncio
import json
import warnings
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.answer import Answers, Question
from api.export.asked import asked
from api.export.export import Export
from api.export.geojson import FORMAT, feature, wound
from api.export.network import Network, network
from graph.build.records import Records
from graph.engines.bolt import Store
from graph.errors import Changing, RegiograafError
from tests.api.conftest import TODAY
from tests.api.export.conftest import Written

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import shapely
    from shapely.geometry import shape
    from shapely.validation import explain_validity

DAYS = (date(2016, 1, 1), date(2019, 1, 1), date(2022, 1, 1), date(2022, 3, 24), date(2024, 6, 1), date(2026, 12, 31))
CROSSED = {"lelystad", "waterland"}  # as their boundaries are published, a line that was simplified crosses itself


@pytest.fixture(scope="session", params=["embedded"])
def engine(request: pytest.FixtureRequest) -> str:
    """The embedded engine alone: both engines give the same answers, which other tests hold."""
    return str(request.param)


def features(export: Export, whole: Network) -> list[dict[str, Any]]:
    keys = [key for key in whole.things if key.startswith("municipality/") and whole.exists(key, export.day)]
    made: list[dict[str, Any]] = json.loads(json.dumps([feature(export, whole, key, {}) for key in keys]))
    return made


def rings(geometry: Any) -> list[Any]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [(place, ring) for polygon in polygons for place, ring in enumerate(polygon)]


@pytest.mark.parametrize("day", DAYS)
def test_outer_rings_run_against_the_clock_and_are_closed_and_lie_in_the_netherlands(export: Export, whole: Network, day: date) -> None:
    for each in features(replace(export, day=day), whole):
        if each["geometry"] is None:
            continue
        assert set(each["geometry"]) == {"type", "coordinates"}
        for place, ring in rings(each["geometry"]):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert shapely.LinearRing(ring).is_ccw == (place == 0)
        west, south, east, north = shape(each["geometry"]).bounds
        assert 3 < west < east < 8
        assert 50 < south < north < 54


@pytest.mark.parametrize("day", DAYS)
def test_every_municipality_of_the_day_is_a_feature_with_a_boundary_or_a_remark(export: Export, whole: Network, day: date) -> None:
    made = features(replace(export, day=day), whole)
    assert len({each["id"] for each in made}) == len(made)
    assert all((each["geometry"] is None) == ("geometryRemark" in each["properties"]) for each in made)
    assert all(("attribution" in each["properties"]) == (each["geometry"] is not None) for each in made)
    assert any(each["geometry"] for each in made) == (day >= date(2019, 1, 1))


def test_shapely_finds_the_shapes_valid_but_for_those_that_are_published_crossed(export: Export, whole: Network) -> None:
    made = [each for each in features(export, whole) if each["geometry"]]
    wrong = {each["id"].rpartition("/")[2]: explain_validity(shape(each["geometry"])) for each in made}
    assert {slug for slug, what in wrong.items() if what != "Valid Geometry"} <= CROSSED
    assert sum(shape(each["geometry"]).area for each in made) == pytest.approx(5.0, abs=0.7)  # square degrees


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=6, unique=True))
def test_a_ring_is_turned_only_if_it_runs_the_wrong_way(points: list[tuple[int, int]]) -> None:
    ring = [list(point) for point in (*points, points[0])]
    polygon = shapely.Polygon(ring)
    if not polygon.is_valid:
        return
    outer, hole = wound({"type": "Polygon", "coordinates": [ring, ring]})["coordinates"]
    assert shapely.LinearRing(outer).is_ccw
    assert not shapely.LinearRing(hole).is_ccw
    assert all(each in (ring, ring[::-1]) for each in (outer, hole))


def test_it_says_where_a_municipality_belongs_and_since_when(export: Export, whole: Network) -> None:
    (zaanstad,) = (each for each in features(export, whole) if each["id"] == "https://example.nl/id/municipality/zaanstad")
    about = zaanstad["properties"]
    assert (about["code"], about["name"], about["youthRegion"], about["province"]) == (
        "GM0479", "Zaanstad", "Zaanstreek-Waterland", "Noord-Holland",
    )  # fmt: skip
    assert about["attribution"] == "Grenzen: CBS en Kadaster, CC BY 4.0, vereenvoudigd"
    named = {each["name"] for each in features(replace(export, day=date(2021, 12, 31)), whole) for each in [each["properties"]]}
    assert "Beemster" in named
    assert "Beemster" not in {each["properties"]["name"] for each in features(export, whole)}


def test_on_a_day_without_boundaries_it_says_of_which_days_there_are(export: Export, whole: Network) -> None:
    (zaanstad,) = (each for each in features(replace(export, day=date(2016, 1, 1)), whole) if each["id"].endswith("/zaanstad"))
    remark = "Van deze dag zijn hier geen grenzen; wel van 1 januari 2019 tot en met 31 december 2026."
    assert (zaanstad["geometry"], zaanstad["properties"]["geometryRemark"]) == (None, remark)


# ── with the answers of a store ───────────────────────────────────────────────────────────────────


@pytest.fixture
def answered(export: Export, loaded: Store, claims: Records) -> Export:
    """A small export of the packaged claims whose answers come from a store: two care functions."""
    entities = {
        key: each
        for key, each in export.dataset.entities.items()
        if each.type != "CareFunction" or key in ("function/dyslexie", "function/zawa-b")
    }
    kept = {
        key: claim for key, claim in export.dataset.claims.items() if claim.subject in entities and not str(claim.value).count("function/")
    }
    dataset = replace(export.dataset, entities=entities, claims=kept, conflicts={})
    return replace(
        export, dataset=dataset, answers=Answers(loaded, lambda: TODAY, "engine"), data_version=claims.version, day=date(2023, 6, 1)
    )


def test_each_municipality_has_the_coverage_that_the_answers_give(answered: Export, written: Written, runner: asyncio.Runner) -> None:
    content = written(FORMAT, answered)
    assert content == written(FORMAT, answered)
    collection = json.loads(content)
    assert (collection["type"], collection["asOf"], collection["dataVersion"]) == (
        "FeatureCollection", "2023-06-01", answered.data_version,
    )  # fmt: skip
    assert len(collection["sources"]) == len(answered.dataset.sources)
    assert collection["attribution"] == ["Grenzen: CBS en Kadaster, CC BY 4.0, vereenvoudigd"]
    assert all({"status_dyslexie", "status_zawa-b"} <= each["properties"].keys() for each in collection["features"])
    found = {each["id"].rpartition("/")[2]: each["properties"] for each in collection["features"]}
    assert found["zaanstad"]["status_dyslexie"] == "COVERED"
    assert (found["aalsmeer"]["status_dyslexie"], found["aalsmeer"]["coverage"][0]["reasons"]) == ("UNKNOWN", ["EXCLUDED"])
    query = '{ coverage(municipality: "purmerend", function: "zawa-b", asOf: "2023-06-01") { status explanation } }'
    single = runner.run(answered.answers(Question(query)))["data"]["coverage"]
    (cell,) = (each for each in found["purmerend"]["coverage"] if each["function"] == "zawa-b")
    assert {name: cell[name] for name in single} == single


def test_answers_of_another_version_are_not_written(answered: Export, runner: asyncio.Runner) -> None:
    with pytest.raises(Changing):
        runner.run(asked(replace(answered, data_version="another"), "CoverageMatrix", functions=["dyslexie"], municipalities=["zaanstad"]))


def test_what_cannot_be_answered_is_an_error_with_its_code(answered: Export, runner: asyncio.Runner) -> None:
    with pytest.raises(RegiograafError) as raised:
        runner.run(asked(answered, "CoverageMatrix", functions=["no-such-care"]))
    assert raised.value.code == "NOT_FOUND"
    with pytest.raises(RegiograafError) as refused:
        runner.run(asked(answered, "CoverageMatrix", functions=7))
    assert refused.value.code


def test_municipalities_are_the_same_in_whatever_order_they_were_read(export: Export, whole: Network) -> None:
    dataset = replace(export.dataset, claims=dict(reversed(list(export.dataset.claims.items()))))
    assert features(replace(export, dataset=dataset), network(dataset))[:40] == features(export, whole)[:40]
