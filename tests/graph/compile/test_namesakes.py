"""Namesakes: two municipalities of one name, a municipality and a region, one that went on under its own name; and their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.dates.edtf import parse
from graph.domain.claim import Text
from tests.graph.domain.saying import World

Ask = Callable[..., Any]
RESOLVE = """query R($texts: [String!]!, $types: [EntityType!], $day: Date) { resolve(identifiers: $texts, types: $types, asOf: $day) {
  problemCode candidates { confidence matchedOn successors { slug } entity { uri } } } }"""


@pytest.fixture
def world() -> World:
    world = World("2026-01-01")
    for code, name in (("PV27", "Noord-Holland"), ("PV31", "Limburg"), ("PV26", "Utrecht")):
        region = world.named(f"region/provincie-{code.lower()}", name=name)
        world.says(region, "identifier", f"CBS_PV:{code}")
        world.says(region, "kind", "PROVINCE")
    youth = world.named("region/jeugdregio-alkmaar", name="Alkmaar")
    world.says(youth, "kind", "YOUTH_REGION")
    for slug, name, code, province in (
        ("bergen-nh", "Bergen (NH.)", "GM0373", "PV27"), ("bergen-l", "Bergen (L.)", "GM0893", "PV31"),
        ("utrecht", "Utrecht", "GM0344", "PV26"), ("alkmaar", "Alkmaar", "GM0361", "PV27"),
        ("nuenen", "Nuenen, Gerwen en Nederwetten", "GM0820", "PV31"),
    ):  # fmt: skip
        key = world.named(f"municipality/{slug}", name=name, code=code)
        world.says(key, "memberOf", f"region/provincie-{province.lower()}", "2015-01-01")
    world.says(world.named("municipality/meren-oud", name="De Meren", code="GM1921"), "exists", True, "2014-01-01", "2015-06-30")
    new = world.named("municipality/meren-nieuw", name="De Meren", code="GM1940")
    world.says(new, "exists", True, "2015-07-01")
    world.says("event/meren", "name", Text("De Meren gaat over"))
    world.says("event/meren", "kind", "MERGER")
    world.says("event/meren", "date", parse("2015-07-01"))
    world.says("event/meren", "original", "municipality/meren-oud")
    world.says("event/meren", "resulting", new)
    for number in range(12):
        world.named(f"municipality/dorp-{number:02}", name="Dorp", code=f"GM{3000 + number}")
    return world


def keys(found: dict[str, Any]) -> list[str]:
    return [c["entity"]["uri"].removeprefix("urn:regiograaf:").replace(":", "/") for c in found["candidates"]]


BERGEN = ["municipality/bergen-l", "municipality/bergen-nh"]
MEANT = [
    ("Bergen", BERGEN), ("bergen", BERGEN), ("Gemeente Bergen", BERGEN), ("Bergen (gemeente)", BERGEN),
    ("Bergen (NH)", BERGEN[1:]), ("Bergen NH", BERGEN[1:]), ("Bergen (Noord-Holland)", BERGEN[1:]), ("Gemeente Bergen (N.H.)", BERGEN[1:]),
    ("Bergen (L)", BERGEN[:1]), ("Bergen, Limburg", BERGEN[:1]), ("Bergen (Gld)", []), ("Bergen (ZH)", []),
    ("Utrecht", ["municipality/utrecht", "region/provincie-pv26"]), ("Gemeente Utrecht", ["municipality/utrecht"]),
    ("Utrecht (PV)", ["region/provincie-pv26"]), ("Provincie Utrecht", ["region/provincie-pv26"]),
    ("Utrecht (U)", ["municipality/utrecht"]),
    ("Alkmaar", ["municipality/alkmaar", "region/jeugdregio-alkmaar"]), ("Jeugdregio Alkmaar", ["region/jeugdregio-alkmaar"]),
    ("Alkmaar (NH)", ["municipality/alkmaar"]), ("Jeugdregio Utrecht", []), ("Provincie Alkmaar", []),
    ("Nuenen c.a.", ["municipality/nuenen"]), ("Gemeente Nuenen ca", ["municipality/nuenen"]), ("Nuenen (L)", []),
    ("De Meren", ["municipality/meren-nieuw", "municipality/meren-oud"]), ("0373", BERGEN[1:]),
    ("https://identifier.overheid.nl/tooi/id/gemeente/gm0373", BERGEN[1:]), ("373", BERGEN[1:]),
]  # fmt: skip


def test_a_name_means_all_that_bear_it_and_what_stands_beside_it_tells_them_apart(ask: Ask) -> None:
    for (text, meant), found in zip(MEANT, ask(RESOLVE, texts=[text for text, _ in MEANT]), strict=True):
        assert sorted(keys(found)) == meant, text
        expected = "AMBIGUOUS" if len(meant) > 1 else None if meant else "UNKNOWN"
        assert found["problemCode"] == ("SEVERAL_SCHEMES" if text.isdigit() else expected), text
    assert ask(RESOLVE, texts=["Bergen (NH)"])[0]["candidates"][0]["matchedOn"] == "Bergen (NH.)"


@pytest.mark.parametrize("day", ["2015-01-01", "2026-01-01"])
def test_the_day_says_what_became_of_it_and_never_which_one_is_meant(ask: Ask, day: str) -> None:
    (found,) = ask(RESOLVE, texts=["De Meren"], day=day)
    into = {key: [s["slug"] for s in c["successors"]] for key, c in zip(keys(found), found["candidates"], strict=True)}
    assert into == {"municipality/meren-nieuw": [], "municipality/meren-oud": ["meren-nieuw"] * (day > "2015-07-01")}


def test_the_types_of_a_column_tell_namesakes_of_other_types_apart(ask: Ask) -> None:
    found = ask(RESOLVE, texts=["Utrecht", "Alkmaar", "Bergen"], types=["MUNICIPALITY"])
    assert [sorted(keys(each)) for each in found] == [["municipality/utrecht"], ["municipality/alkmaar"], BERGEN]


def test_of_a_name_that_many_bear_not_more_than_ten_candidates_are_given(ask: Ask) -> None:
    dorp, utrecht = ask(RESOLVE, texts=["Dorp", "Utrecht"])
    assert keys(dorp) == [f"municipality/dorp-{number:02}" for number in range(10)]
    assert {c["confidence"] for c in dorp["candidates"]} == {0.095}
    assert len(keys(utrecht)) == 2


def test_a_reference_is_ambiguous_where_a_list_is(whole: Ask) -> None:
    for text, candidates in (("Bergen", BERGEN), ("De Meren", ["municipality/meren-nieuw", "municipality/meren-oud"])):
        (error,) = whole(f'{{ municipality(ref: "{text}") {{ slug }} }}')["errors"]
        assert (error["extensions"]["code"], error["extensions"]["candidates"]) == ("AMBIGUOUS", candidates)
    found = whole(
        '{ a: municipality(ref: "Bergen (NH)") { slug } b: municipality(ref: "Utrecht") { slug } c: region(ref: "Utrecht") { slug } }'
    )
    assert [found["data"][name]["slug"] for name in "abc"] == ["bergen-nh", "utrecht", "provincie-pv26"]
