"""Things that no source names: what is told of them calls them by their slug, and nothing fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.graph.domain.saying import World

Ask = Callable[..., Any]
DAY = "2020-06-01"
COVERAGE = '{ coverage(municipality: "municipality/plek", function: "function/zorg", asOf: "%s") { explanation%s } }'
CHANGES = """{ diff(from: "2018-01-01", to: "2021-01-01", withFirstNamed: true) {
  firstNamed { sentence%s } nodes { sentence%s } } }"""
TIMELINE = '{ timeline(entity: "%s", during: { startDate: "2018-01-01", endDate: "2021-01-01" }) { label%s } }'
THINGS = ("municipality/plek", "region/streek", "contract/c1", "collaboration/samen", "provider/hulp")


@pytest.fixture
def world() -> World:
    world = World("2021-01-28")
    world.says("municipality/plek", "identifier", "CBS_GM:GM1234")
    world.says("municipality/plek", "exists", True, "2015-01-01")
    world.says("municipality/plek", "memberOf", "region/streek", "2019-01-01", role="MEMBER")
    world.says("contract/c1", "runs", True, "2019-01-01", "2020-12-31")
    world.says("contract/c1", "covers", "region/streek")
    world.says("contract/c1", "delivers", "function/zorg")
    world.says("contract/c1", "supplier", "provider/hulp")
    world.says("contract/c1", "buyer", "region/streek")
    world.says("collaboration/samen", "covers", "region/streek", "2019-01-01", "2019-12-31")
    world.says("collaboration/samen", "delivers", "function/zorg", "2019-01-01", "2019-12-31")
    return world


@pytest.mark.parametrize("lang", ["", "(lang: EN)"])
def test_what_has_no_name_is_called_by_its_slug(ask: Ask, lang: str) -> None:
    told = ask(COVERAGE % (DAY, lang))
    assert all(slug in told["explanation"] for slug in ("plek", "zorg", "c1", "streek"))
    changes = ask(CHANGES % (lang, lang))
    sentences = [each["sentence"] for each in (*changes["firstNamed"], *changes["nodes"])]
    for key in THINGS:
        sentences += [moment["label"] for moment in ask(TIMELINE % (key, lang))]
    assert len(sentences) >= 15
    assert not [sentence for sentence in sentences if "None" in sentence or "null" in sentence]
    assert any("c1" in sentence for sentence in sentences)
