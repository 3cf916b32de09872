"""What is read back from a store is the Dataset that was loaded into it, but for the places in files. Properties, on each engine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import partial
from random import Random
from typing import Any

import pytest

from graph.build.records import Records, records
from graph.dates.edtf import parse
from graph.domain.claim import Claim, Dataset, LeftOut, Locator, Source, Text
from graph.domain.outline import Outline, in_turn
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.errors import Changing, NotLoaded
from graph.load import writes
from graph.load.load import load
from graph.load.stored import ENTITIES, stored
from tests.graph.domain.saying import World
from tests.graph.load.test_batches import a_world
from tests.graph.load.test_update import outlined

LOADED_AT = "2026-01-01T00:00:00+00:00"


def comparable(dataset: Dataset) -> Dataset:
    """A Dataset without places, with its outlines drawn: what is left must be equal."""
    claims = {key: replace(claim, place="") for key, claim in dataset.claims.items()}
    outlines: Mapping[str, Sequence[Any]] = {
        key: [(each.first, each.last, each.draw()) for each in in_turn(outlines)] for key, outlines in dataset.outlines.items() if outlines
    }
    return replace(dataset, claims=claims, outlines=outlines)


def everything_said() -> Dataset:
    """A dataset in which each part of a claim, a source and a dataset that may be there is there."""
    said = World("2021-01-28")
    said.named("region/north", name="Noord")
    said.named("collaboration/together")
    said.source("plan", written="2020-05/2020-07", authority={"memberOf": 3, "name": 2})
    said.sources["plan"] = replace(
        said.sources["plan"], publisher="Gemeente", url="https://example.nl/plan", licence="CC0-1.0", read=date(2026, 1, 2),
        written_reason=Text("daarom", "because"),
        left_out=(LeftOut("3.2", Text("proza", "prose"), "PROSE"), LeftOut("4", Text("a", "b"), "OTHER_DOCUMENT")),
    )  # fmt: skip
    said.sources["register"] = Source("register", "REGISTRY", "Register")
    town = said.named("municipality/town", code="GM0001")
    said.says(
        town, "memberOf", "region/north", "2019~", "2022-12-31", key="m", role="MEMBER", roleLabel=Text("lid", "member"), planned=True,
        onBehalfOf="collaboration/together",
    )  # fmt: skip
    said.says(town, "memberOf", "collaboration/together", takesPart=False, source="plan", key="n")
    about: dict[str, Any] = {"approximate": True, "label": Text("geld"), "functions": "function/a function/b"}
    said.says(town, "figure", 12.5, "2020", measure="BUDGET", unit="EUR", **about)
    said.says(town, "exists", True, "../2015-01-01", open_ended=True, source="register")
    said.says("region/north", "kind", "YOUTH_REGION", rank="PREFERRED", key="k")
    said.says("event/begun", "date", parse("2021-23"), planned=True)
    said.says("collaboration/together", "purpose", Text("doel", "purpose"))
    locator = Locator("3.1", 12, 3, "4", "https://example.nl/plan#3")
    said.claims["m"] = replace(said.claims["m"], locator=locator, summary=Text("in het kort", "in short"), method="MANUAL")
    said.claims["k"] = replace(said.claims["k"], rank_reason=Text("nieuwer", "newer"))
    said.named("function/a")
    said.named("function/b")
    said.quarrel("n", "m", status="OPEN")
    boundary = Outline(date(2019, 1, 1), date(2020, 12, 31), lambda: '{"type":"Point","coordinates":[5,52]}')
    other = Outline(date(2020, 6, 1), date(2020, 6, 30), lambda: '{"type":"Point","coordinates":[6,52]}')
    return replace(said.dataset, outlines={town: [boundary, other]})


def random_world(seed: int) -> Dataset:
    random = Random(seed)
    world = a_world(random)
    return replace(world, outlines=outlined(random, world.entities))


MADE: dict[str, Callable[[], Dataset]] = {
    "everything": everything_said,
    **{f"world {seed}": partial(random_world, seed) for seed in range(3)},
}


@pytest.mark.parametrize("name", MADE)
def test_what_was_loaded_is_read_back(name: str, empty_store: Store, runner: asyncio.Runner) -> None:
    wanted = records(MADE[name]())
    runner.run(load(empty_store, wanted, LOADED_AT))
    found = runner.run(stored(empty_store))
    assert comparable(found) == comparable(wanted.dataset)
    assert records(found).version == wanted.version


def test_the_packaged_claims_are_read_back(loaded: Store, claims: Records, runner: asyncio.Runner) -> None:
    found = runner.run(stored(loaded))
    assert comparable(found) == comparable(claims.dataset)
    assert list(found.claims) == sorted(claims.dataset.claims)
    assert records(found).version == claims.version


def test_every_part_of_a_claim_is_somewhere_in_what_is_said() -> None:
    """So that a new part of a claim or source is not forgotten here. An example."""
    said = everything_said()
    parts: dict[Any, list[Any]] = {
        Claim: [*said.claims.values()],
        Source: [*said.sources.values()],
        Locator: [c.locator for c in said.claims.values()],
    }
    for kind, values in parts.items():
        for name in (part.name for part in fields(kind)):
            assert name in ("place", "dataset") or len({repr(getattr(value, name)) for value in values}) > 1, f"{kind.__name__}.{name}"


def test_a_store_without_a_graph_is_not_loaded(empty_store: Store, runner: asyncio.Runner) -> None:
    with pytest.raises(NotLoaded):
        runner.run(stored(empty_store))


def test_what_changes_while_it_is_read_is_not_mixed() -> None:
    """Another load between the first and the last look. An example, without an engine."""

    class Reloaded:
        looks = 0

        async def rows(self, cypher: Cypher) -> list[list[Any]]:
            if cypher.text == writes.CURRENT:
                self.looks += 1
                return [["version", f"load {self.looks}"]]
            return [["municipality/town", "Municipality"]] if cypher.text == ENTITIES else []

    with pytest.raises(Changing):
        asyncio.run(stored(Reloaded()))
