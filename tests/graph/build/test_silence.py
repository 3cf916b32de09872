"""Municipalities of whose youth care no source says anything: the answers say so, and nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from api.answer import Answers, Question
from graph.build.records import records
from graph.domain.claim import Text
from graph.engines.bolt import Store
from graph.load.load import load
from tests.graph.domain.saying import World

UTRECHT, AALSMEER = "municipality/utrecht", "municipality/aalsmeer"
ASKED = """{
  municipality(ref: "GM0344") {
    contracts { totalCount completeness nl: remark en: remark(lang: EN) }
    coverage { status reasons }
  }
  other: municipality(ref: "GM0358") { contracts { totalCount remark } coverage { status reasons } }
  coverage(municipality: "GM0344", function: "function/dyslexia") { reasonLabels nl: explanation en: explanation(lang: EN) }
}"""


def world() -> World:
    """A register of two municipalities in two youth regions of one province, and a document about one of the regions."""
    said = World()
    register = said.register()
    for key, name, code in ((UTRECHT, "Utrecht", "GM0344"), (AALSMEER, "Aalsmeer", "GM0358")):
        said.says(key, "name", Text(name), source=register)
        said.says(key, "identifier", f"CBS_GM:{code}", source=register)
        said.says(key, "memberOf", f"region/of-{name.lower()}", source=register)
        said.says(f"region/of-{name.lower()}", "memberOf", "region/province", source=register)
        said.says(key, "memberOf", "collaboration/fire-brigade", source=register)
    said.says("region/province", "kind", "PROVINCE", source=register)
    said.says("region/of-aalsmeer", "practice", Text("Eerst praten", "Talk first"))
    said.says("region/province", "practice", Text("Overal praten", "Talk everywhere"))
    said.named("function/dyslexia", name="Dyslexiezorg")
    return said


def silent(said: World) -> set[str]:
    made = records(said.dataset)
    return {
        key for key, entity in said.entities.items() if entity.type == "Municipality" and "contractsRemarkNl" in made.bundle(key).properties
    }


def test_a_municipality_is_silent_if_only_registers_know_it() -> None:
    assert silent(world()) == {UTRECHT}


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("contract/one", "covers", "region/of-utrecht"),
        ("contract/one", "covers", "region/province"),
        ("contract/one", "excepts", UTRECHT),
        ("contract/one", "buyer", UTRECHT),
        ("procurement/one", "buyer", UTRECHT),
        ("function/dyslexia", "leftTo", "region/of-utrecht"),
        ("function/dyslexia", "lackedBy", "region/province"),
    ],
)
def test_care_that_any_source_tells_of_it_or_of_its_areas_ends_the_silence(subject: str, predicate: str, value: str) -> None:
    said = world()
    said.says(subject, predicate, value, source="register")
    assert silent(said) == set()


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        (UTRECHT, "practice", Text("Eerst luisteren")),
        ("region/of-utrecht", "practice", Text("Eerst luisteren")),
        ("collaboration/network", "member", UTRECHT),
        ("collaboration/network", "member", "region/of-utrecht"),
    ],
)
def test_a_document_that_speaks_of_it_or_of_its_region_ends_the_silence(subject: str, predicate: str, value: Any) -> None:
    said = world()
    said.says(subject, predicate, value)
    assert silent(said) == set()


def test_what_registers_tell_of_members_is_no_care() -> None:
    said = world()
    said.says("collaboration/health", "member", "region/of-utrecht", source="register")
    assert silent(said) == {UTRECHT}


def test_coverage_and_lists_say_that_no_source_speaks_of_it(empty_store: Store, runner: asyncio.Runner) -> None:
    run: Callable[[Any], Any] = runner.run
    run(load(empty_store, records(world().dataset), "2026-11-27T00:00:00.000+00:00"))
    found = run(Answers(empty_store, lambda: date(2023, 6, 1), "engine")(Question(ASKED)))["data"]
    remark = "Utrecht (GM0344) is bekend; geen bron hier zegt iets over de jeugdhulp daar."
    known = "Utrecht (GM0344) is known; no source here says anything about youth care there."
    assert found["municipality"] == {
        "contracts": {"totalCount": 0, "completeness": "UNKNOWN", "nl": remark, "en": known},
        "coverage": [{"status": "UNKNOWN", "reasons": ["NOT_IN_DATA"]}],
    }
    assert found["other"] == {
        "contracts": {"totalCount": 0, "remark": None}, "coverage": [{"status": "UNKNOWN", "reasons": ["MENTIONED"]}],
    }  # fmt: skip
    assert found["coverage"] == {
        "reasonLabels": ["niet in de gegevens"],
        "nl": f"Wie op 1 juni 2023 in Utrecht dyslexiezorg levert, is niet bekend. {remark}",
        "en": f"It is not known who delivers dyslexiezorg in Utrecht on 1 June 2023. {known}",
    }
