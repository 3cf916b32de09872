"""The file of a vintage: what is written is read again, and what is no outline is a problem and never a wrong shape."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.check import dataset
from seeds.outlines import Vintage, vintage_of, written
from seeds.problem import Findings
from tests.seeds.world import TOWN, beside, write, wrong

arcs = st.lists(
    st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=12).filter(lambda arc: len(arc) % 2 == 0), min_size=1, max_size=4
)
SIDES = [[0, 0, 1, 0], [1, 0, 0, 1], [0, 0, 0, 1], [0, 1, 1, 0]]
SQUARE = Vintage(date(2020, 1, 1), date(2020, 12, 31), "Ik", (0.1, 0.1), (5.0, 52.0), SIDES, {"GM0001": [[[0, 1, ~3, ~2]]]})
CODED = TOWN + "  - {id: T.code, identifier: 'CBS_GM:GM0001', source: register}\n"


@given(arcs, st.data())
def test_what_is_written_is_read_again(numbers: list[list[int]], data: st.DataObject) -> None:
    places = st.lists(st.integers(-len(numbers), len(numbers) - 1), min_size=1, max_size=3)
    polygons = data.draw(st.lists(st.lists(places, min_size=1, max_size=2), min_size=1, max_size=2))
    vintage = Vintage(date(2020, 1, 1), date(2021, 12, 31), "Iemand", (0.5, 0.25), (3.0, 50.0), numbers, {"GM0001": polygons})
    findings = Findings("outlines/2020-01-01.json")
    found = vintage_of(written(vintage), findings)
    assert findings.problems == []
    assert found
    assert [list(arc) for arc in found.arcs] == numbers
    assert (found.first, found.last, found.attribution, found.outlines) == (
        vintage.first,
        vintage.last,
        vintage.attribution,
        vintage.outlines,
    )
    assert found.geo_json("GM0001") == vintage.geo_json("GM0001")


def test_arcs_that_neighbours_share_are_put_together_as_rings() -> None:
    square = json.loads(SQUARE.geo_json("GM0001"))
    assert square == {
        "type": "Polygon", "coordinates": [[[5.0, 52.0], [5.1, 52.0], [5.1, 52.1], [5.0, 52.1], [5.0, 52.0]]], "attribution": "Ik",
    }  # fmt: skip


def test_outlines_belong_to_what_has_their_code_and_those_of_ones_own_folder_come_last(tmp_path: Path) -> None:
    world = write(tmp_path, {"municipalities/town.yaml": CODED, "outlines/2020-01-01.json": written(SQUARE)})
    mine = beside(tmp_path, "mine", {"outlines/2020-01-01.json": written(SQUARE).decode().replace('"Ik"', '"Jij"')})
    found = dataset(world, mine).outlines
    assert list(found) == ["municipality/town"]
    assert [json.loads(each.draw())["attribution"] for each in found["municipality/town"]] == ["Ik", "Jij"]


def test_an_outline_of_nothing_is_a_problem(tmp_path: Path) -> None:
    assert wrong(tmp_path, {"outlines/2020-01-01.json": written(SQUARE)}) == ["outlines/2020-01-01.json:1 DANGLING_REFERENCE"]


GOOD = written(SQUARE).decode()


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", GOOD.replace('"until":"2020', '"until":"2019'), GOOD.replace("[[[0,1,-4,-3]]]", "[[[0,1,-4,-9]]]"),
        GOOD.replace("[[[0,1,-4,-3]]]", "[]"), GOOD.replace('"??A?"', '"??A"'),
        GOOD.replace('"??A?"', '"??A~"'), GOOD.replace("0.1", '"x"'),
    ],
)  # fmt: skip
def test_what_is_no_vintage_is_a_problem(tmp_path: Path, text: str) -> None:
    assert text != GOOD
    assert wrong(tmp_path, {"municipalities/town.yaml": CODED, "outlines/2020-01-01.json": text}) == [
        "outlines/2020-01-01.json:1 WRONG_VALUE"
    ]
