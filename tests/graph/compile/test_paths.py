"""Chains between two things over random little worlds in every engine: the shortest there are, and none through an exception."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest

from api.answer import Answers, Question
from graph.build.records import records
from graph.compile.paths import TIMELESS, TYPES
from graph.dates.period import Period
from graph.engines.bolt import Store
from graph.load.load import load
from tests.graph.answers.test_coverage import CONTRACTS, FUNCTIONS, MUNICIPALITIES, REGIONS
from tests.graph.compile.test_holds import PROVIDERS, Sides, busy_world
from tests.graph.oracle import state_of
from tests.graph.worlds import DAYS, FIRST

SEEDS = range(3)
MOST = 10
PATH = """query($a: Ref!, $b: Ref!, $day: Date!) {
  path(from: $a, to: $b, asOf: $day) { length steps { from { id } to { id } label(lang: EN) } } }"""
Step = tuple[str, str, str]  # from, to, type


class Ways:
    """The chains of a world on a day, by going on step by step from one end."""

    def __init__(self, sides: Sides, day: date) -> None:
        self.excepted = sides.pairs(day, "EXCEPTS")
        self.steps: dict[str, set[Step]] = defaultdict(set)
        for edge in sides.edges:
            if edge.type in TYPES.split("|") and (edge.type in TIMELESS or sides.shown(edge.period, day)):
                self.steps[edge.start].add((edge.start, edge.end, edge.type))
                self.steps[edge.end].add((edge.end, edge.start, edge.type))

    def allowed(self, chain: tuple[Step, ...], *ends: str) -> bool:
        """No area of an arrangement that excepts a municipality on the chain, or at an end of it."""
        places = {*ends, *(place for step in chain for place in step[:2])}
        covering = {place for step in chain if step[2] == "COVERS" for place in step[:2]}
        return not any(k in covering and m in places for k, m in self.excepted)

    def shortest(self, a: str, b: str, most: int = 6) -> set[tuple[Step, ...]]:
        """All shortest chains over no area of an arrangement that excepts an end; those through other exceptions are left out."""
        chains: list[tuple[Step, ...]] = [()]
        reached = {a}
        for _ in range(most):
            longer = [
                (*chain, step)
                for chain in chains
                for step in self.steps[chain[-1][1] if chain else a]
                if step[1] not in reached and not (step[2] == "COVERS" and self.excepting(step) & {a, b})
            ]
            reached |= {chain[-1][1] for chain in longer}
            if b in reached:
                return {chain for chain in longer if chain[-1][1] == b and self.allowed(chain)}
            chains = longer
        return set()

    def excepting(self, step: Step) -> set[str]:
        """The municipalities that the arrangement of a step excepts."""
        return {m for k, m in self.excepted if k in step[:2]}


@pytest.fixture(scope="module", params=SEEDS)
def sides(request: pytest.FixtureRequest) -> Sides:
    return Sides(busy_world(request.param))


@pytest.fixture
def ask(empty_store: Store, sides: Sides, runner: asyncio.Runner) -> Iterator[Any]:
    """The chains between two things of the world, each as (from, to) by (from, to)."""
    runner.run(load(empty_store, records(sides.world.dataset), "2026-01-01T00:00:00+00:00"))
    store = Store(empty_store.address, query_seconds=120)
    answers = Answers(store, lambda: FIRST, "engine")

    def asked(a: str, b: str, day: date) -> list[list[tuple[str, str]]]:
        answer = runner.run(answers(Question(PATH, None, {"a": a, "b": b, "day": str(day)})))
        assert "errors" not in answer, answer["errors"]
        found = answer["data"]["path"]
        assert all(path["length"] == len(path["steps"]) for path in found)
        return [[tuple(step[end]["id"].partition("@")[0] for end in ("from", "to")) for step in path["steps"]] for path in found]

    yield asked
    runner.run(store.__aexit__(None, None, None))


def test_the_chains_are_the_shortest_and_none_goes_through_an_exception(ask: Any, sides: Sides) -> None:
    random, found, empty = Random(5), 0, 0
    for day in random.sample(DAYS, 4):
        ways = Ways(sides, day)
        alive = [k for k in MUNICIPALITIES + CONTRACTS if state_of(sides.lives.get(k, Period()), day) not in ("BEFORE", "AFTER")]
        pairs = [(m, k) for m in MUNICIPALITIES for k in CONTRACTS] + [(random.choice(PROVIDERS), r) for r in REGIONS]
        pairs += [(random.choice(REGIONS), f) for f in FUNCTIONS[:2]]
        for a, b in pairs:
            if not {a, b} - {*REGIONS, *PROVIDERS, *FUNCTIONS} <= set(alive):
                continue
            one, other = (a, b) if random.random() < 0.5 else (b, a)
            expected = ways.shortest(one, other)
            told = ask(one, other, day)
            places = {tuple((x, y) for x, y, _ in chain) for chain in expected}
            assert bool(told) == bool(expected), (one, other, day)
            assert {tuple(path) for path in told} <= places, (one, other, day)
            assert len(told) == min(MOST, len(told)) >= min(MOST, len(places)), (one, other, day)
            found, empty = found + bool(told), empty + (not told)
    assert (found > 20, empty > 0) == (True, True), (found, empty)
