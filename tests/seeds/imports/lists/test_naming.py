"""A name means exactly one known thing, or is a problem with the candidates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.build.nodes import provinces_of
from graph.domain.claim import Dataset, Text
from graph.domain.model import ORGANIZATIONS, TYPE_OF_PREFIX
from graph.domain.naming import naming
from seeds.check import dataset
from seeds.imports.lists.naming import Divisions, Things
from seeds.imports.lists.table import Cell, Faults
from tests.seeds.imports.lists.region import THINGS, known

CELL = Cell("x", "lijst", "Blad1", 7, "D (Aanbieders)")
PROVIDER = ("Provider",)


def find(name: str, types: tuple[str, ...] = tuple(ORGANIZATIONS)) -> tuple[str | None, list[str], list[str]]:
    """The key, the problems, and what is shown of the match."""
    things, faults = Things(known().dataset), Faults()
    key = things.find(name, types, CELL, faults)
    return key, [f"{p.code} {p.what} {p.remedy}" for p in faults.problems], [str(match) for match in things.shown()]


@given(key=st.sampled_from(sorted(THINGS)), change=st.sampled_from([str, str.upper, str.lower, lambda s: f" {s} "]))
def test_a_key_and_a_name_that_one_thing_has_lead_to_it_in_any_case(key: str, change: object) -> None:
    type = TYPE_OF_PREFIX[key.partition("/")[0]].label
    assert find(key, (type,))[0] == key
    name = THINGS[key][0]
    if sum(name == other for other, _ in THINGS.values()) == 1:
        assert find(change(name), (type,))[0] == key  # type: ignore[operator]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Stichting De Brug", '"Stichting De Brug" → provider/de-brug (Stichting De Brug), 0.95'),
        ("de brug", '"de brug" → provider/de-brug (Stichting De Brug), 0.9'),
        ("Stichting-De Brug", '"Stichting-De Brug" → provider/de-brug (Stichting De Brug), 0.85'),
        ("provider/de-brug", '"provider/de-brug" → provider/de-brug (Stichting De Brug), 1'),
        ("KVK:01234567", '"KVK:01234567" → provider/de-brug (Stichting De Brug), 1'),
        ("9001", '"9001" → municipality/oosterdam (Oosterdam), 0.9'),
        ("GM9001", '"GM9001" → municipality/oosterdam (Oosterdam), 1'),
    ],
)
def test_every_match_is_shown_with_its_confidence(name: str, shown: str) -> None:
    assert find(name)[1:] == ([], [shown])


def test_a_name_that_several_things_have_is_a_problem_with_all_of_them() -> None:
    assert find("Berg") == (
        None,
        [
            'AMBIGUOUS_NAME "Berg" can mean several things. '
            "Write the key of the one that is meant: municipality/berg-on (Berg); municipality/berg-wn (Berg)."
        ],
        [],
    )
    assert find("Berg (ON)")[0] == "municipality/berg-on"


@pytest.fixture(scope="module")
def packaged() -> Dataset:
    return dataset()


def test_a_municipality_is_found_by_its_name_with_its_province(packaged: Dataset) -> None:
    """Each municipality in its own, and none in another; so namesakes in two provinces are told apart."""
    things, faults, written = Things(packaged), Faults(), {"PV20": "Gr", "PV21": "Fr", "PV23": "O", "PV27": "NH", "PV28": "ZH", "PV31": "L"}
    names = {c.subject: str(c.value["NL"]) for c in packaged.claims.values() if c.predicate == "name" and isinstance(c.value, Text)}
    lies_in, found = provinces_of(packaged.claims.values()), 0
    for key in (key for key, entity in packaged.entities.items() if entity.type == "Municipality"):
        for code, short in written.items():
            name = f"{naming(names[key]).name} ({short})"
            meant = things.find(name, ("Municipality",), CELL, faults) if things.has(name, ("Municipality",)) else None
            assert (meant == key) == (code in lies_in[key]), (name, meant)
            found += meant == key
    assert found > 150


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("Het Ankr", "provider/het-anker (Het Anker)"),
        ("Oude Haven", "provider/het-anker (Het Anker)"),
        ("Brug", "provider/de-brug (Stichting De Brug)"),
    ],
)
def test_a_name_that_only_resembles_a_known_one_or_is_a_former_one_is_a_problem(name: str, candidates: str) -> None:
    (problem,) = find(name, PROVIDER)[1]
    assert problem == f'UNKNOWN_NAME "{name}" is not the name of a known provider. Write the key of the one that is meant: {candidates}.'


@pytest.mark.parametrize("name", ["Zzyzx", "???", "x" * 400, "9001.0", "900.1", "9,001e3", "9002", "111222333"])
def test_a_name_that_resembles_nothing_is_a_problem(name: str) -> None:
    key, problems, _ = find(name)
    assert (key, [problem.partition(" ")[0] for problem in problems]) == (None, ["UNKNOWN_NAME"])


def test_a_thing_of_another_type_is_not_meant() -> None:
    assert find("Tweestromen", ("Municipality",))[0] is None


@given(name=st.text(max_size=40))
def test_any_text_leads_to_one_thing_or_is_one_problem(name: str) -> None:
    key, problems, shown = find(name)
    assert (key is None, len(problems), len(shown)) in ((True, 1, 0), (False, 0, 1))


def test_names_with_commas_between_them_get_their_remedy() -> None:
    things = Things(known().dataset)
    assert things.commas("De Brug, Het Anker", PROVIDER) == "Put a semicolon between the names: De Brug; Het Anker."
    assert things.commas("De Brug, Onbekend", PROVIDER) == things.commas("De Brug", PROVIDER) == ""
    assert things.find("Molenzicht, zorg en wonen", PROVIDER, CELL, Faults()) == "provider/molenzicht"


@pytest.mark.parametrize(
    ("name", "key", "where", "good"),
    [
        ("B", "function/elders-b", {"region/tweestromen"}, False), ("B", "function/elders-b", set(), False),
        ("B", "function/elders-b", {"region/elders"}, True),
        ("function/elders-b", "function/elders-b", set(), True), ("Segment B (Elders)", "function/elders-b", {"region/tweestromen"}, True),
        ("A", "function/tweestromen-a", {"municipality/oosterdam"}, True), ("dys", "function/dyslexiezorg", set(), True),
    ],
)  # fmt: skip
def test_a_segment_is_that_of_its_region_only_where_that_region_buys(name: str, key: str, where: set[str], good: bool) -> None:
    faults = Faults()
    Divisions(known().dataset).belongs(name, key, where, CELL, faults)
    assert [problem.code for problem in faults.problems] == ([] if good else ["AMBIGUOUS_NAME"])
