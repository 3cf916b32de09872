"""Chains between two things over random little worlds in every engine: the shortest of those that go through no exception."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations, pairwise
from random import Random
from typing import Any

import pytest

from graph.compile.paths import TIMELESS, TYPES
from graph.dates.period import Period
from tests.graph.answers.test_coverage import CONTRACTS, FUNCTIONS, MUNICIPALITIES, REGIONS, Dice
from tests.graph.compile.test_holds import PROVIDERS, Sides, busy_world
from tests.graph.domain.saying import World
from tests.graph.oracle import state_of
from tests.graph.worlds import DAYS

SEEDS = range(3)
MOST = 10
PATH = """query($a: Ref!, $b: Ref!, $day: Date!, $most: Int) {
  path(from: $a, to: $b, asOf: $day, maxLength: $most) { length steps { from { id } to { id } label(lang: EN) } } }"""
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

    def distances(self, b: str) -> dict[str, int]:
        """How many steps each thing lies from another, whatever is excepted."""
        found, frontier = {b: 0}, [b]
        while frontier:
            near = {step[1]: found[x] + 1 for x in frontier for step in self.steps[x] if step[1] not in found}
            found |= near
            frontier = list(near)
        return found

    def of_length(self, a: str, b: str, length: int) -> set[tuple[Step, ...]]:
        """All chains of so many steps that go through no exception, one step after the other; a chain too far from its end is left."""
        far, chains = self.distances(b), dict[tuple[Step, ...], str]({(): a})
        for left in range(length - 1, -1, -1):
            chains = {
                (*chain, step): step[1]
                for chain, at in chains.items()
                for step in self.steps[at]
                if far.get(step[1], length) <= left and self.allowed((*chain, step), a, b)
            }
        return set(chains)

    def shortest(self, a: str, b: str, most: int = 6) -> set[tuple[Step, ...]]:
        """The shortest chains of all that go through no exception, found by trying every length."""
        return next((found for length in range(1, most + 1) if (found := self.of_length(a, b, length))), set())


PROCUREMENTS = [f"procurement/b{n}" for n in range(6)]


def excepting_world(seed: int) -> World:
    """A sparse world in which two municipalities of different areas buy together, and each contract excepts some municipalities of its
    area: often those who are nearest, so that only a chain over others holds."""
    dice, world = Dice(seed + 200), World("2020-01-05")
    for key in (*MUNICIPALITIES, *REGIONS, *CONTRACTS, *PROVIDERS, *PROCUREMENTS):
        world.named(key)
    for number, municipality in enumerate(MUNICIPALITIES):
        world.says(municipality, "memberOf", REGIONS[number % 3])
        if dice.often(0.7):
            world.says(municipality, "memberOf", REGIONS[3], **dice.dates())
    for procurement, buyers in zip(PROCUREMENTS, pairwise(MUNICIPALITIES), strict=True):
        for municipality in buyers:
            world.says(procurement, "buyer", municipality)
    for number, contract in enumerate(CONTRACTS):
        world.says(contract, "covers", REGIONS[number % 3])
        world.says(contract, "supplier", PROVIDERS[number])
        for municipality in MUNICIPALITIES[number % 3 :: 3]:
            if dice.often(0.6):
                world.says(contract, "excepts", municipality, **(dice.dates() if dice.often(0.3) else {}))
    return world


@pytest.fixture(scope="module", params=[busy_world(seed) for seed in SEEDS], ids=SEEDS)
def sides(request: pytest.FixtureRequest) -> Sides:
    return Sides(request.param)


@pytest.fixture(scope="module")
def world(sides: Sides) -> World:
    return sides.world


@pytest.fixture
def ask(ask: Any) -> Any:
    """The chains between two things of the world, each as (from, to) by (from, to)."""

    def asked(a: str, b: str, day: date, most: int = 6) -> list[list[tuple[str, str]]]:
        found = ask(PATH, a=a, b=b, day=str(day), most=most)
        assert all(path["length"] == len(path["steps"]) for path in found)
        return [[tuple(step[end]["id"].partition("@")[0] for end in ("from", "to")) for step in path["steps"]] for path in found]

    return asked


def assert_shortest(ask: Any, ways: Ways, a: str, b: str, day: date, most: int = 6) -> int:
    """Asserts that the chains between two things are the shortest that there are, at most MOST; returns their length, 0 if none."""
    expected, told = ways.shortest(a, b, most), ask(a, b, day, most)
    places = {tuple((x, y) for x, y, _ in chain) for chain in expected}
    assert bool(told) == bool(expected), (a, b, day)
    assert {tuple(path) for path in told} <= places, (a, b, day)
    assert MOST >= len(told) >= min(MOST, len(places)), (a, b, day)
    return len(told[0]) if told else 0


def test_the_chains_are_the_shortest_and_none_goes_through_an_exception(ask: Any, sides: Sides) -> None:
    random, found = Random(5), []
    for day in random.sample(DAYS, 4):
        ways = Ways(sides, day)
        alive = [k for k in MUNICIPALITIES + CONTRACTS if state_of(sides.lives.get(k, Period()), day) not in ("BEFORE", "AFTER")]
        pairs = [(m, k) for m in MUNICIPALITIES for k in CONTRACTS] + [(random.choice(PROVIDERS), r) for r in REGIONS]
        pairs += [(random.choice(REGIONS), f) for f in FUNCTIONS[:2]]
        for a, b in pairs:
            if {a, b} - {*REGIONS, *PROVIDERS, *FUNCTIONS} <= set(alive):
                found.append(assert_shortest(ask, ways, *((a, b) if random.random() < 0.5 else (b, a)), day))
    assert sum(map(bool, found)) > 20
    assert 0 in found


@pytest.mark.parametrize("sides", [excepting_world(seed) for seed in SEEDS], indirect=True, ids=SEEDS)
def test_where_each_of_the_nearest_chains_goes_through_an_exception_a_longer_one_is_found(ask: Any, sides: Sides) -> None:
    random, longer, none = Random(6), 0, 0
    day = random.choice(DAYS)
    ways = Ways(sides, day)
    for a, b in combinations((*PROCUREMENTS, *CONTRACTS, *PROVIDERS), 2):
        nearest, holding = ways.distances(b).get(a, 0), ways.shortest(a, b, 8)
        if holding and len(next(iter(holding))) == nearest and random.random() < 0.7:
            continue  # mostly what is nearest goes through an exception
        found = assert_shortest(ask, ways, a, b, day, 8)
        longer, none = longer + (found > nearest), none + (not found)
        if found > nearest:
            assert assert_shortest(ask, ways, a, b, day, found - 1) == 0
    assert longer > 2
    assert none > 0
