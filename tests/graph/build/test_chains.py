"""The evidence of coverage that a load works out is what a walk over the edges finds, for every municipality and care function."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.answers.columns import ChainRow, DivisionRow, LinkRow, PairNames, PeriodRow
from graph.answers.coverage import covered
from graph.answers.coverage_rule import Chain, Evidence
from graph.answers.evidence import offer, way
from graph.answers.shape import stored
from graph.build.bundle import Bundle
from graph.build.chains import period_row
from graph.build.records import records
from graph.dates.period import Period
from tests.graph.answers.test_coverage import FUNCTIONS, MUNICIPALITIES, REGIONS, Walk, random_world
from tests.graph.domain.saying import World
from tests.graph.worlds import FIRST, days, examples, held

WORLDS = st.integers(0, 10_000)


@given(held, st.none() | days)
def test_a_period_that_is_written_is_read_as_it_was(period: Period, written: date | None) -> None:
    link = LinkRow.of(period_row(period, written, ["claim"]))
    assert (stored(link.period), PeriodRow.of(link.period).written, link.claims) == (period, written and str(written), ["claim"])


class Loaded:
    """The evidence by the bundles of a world, found as `graph.compile.coverage` finds it: the areas of the ways, and the offers there."""

    def __init__(self, world: World) -> None:
        made = records(world.dataset)
        self.bundles: dict[str, Bundle] = {bundle.key: bundle for bundle in made.bundles()}
        self.offers = [each for bundle in self.bundles.values() for each in bundle.attached.get("Offer", ())]

    def rows(self, municipality: str, function: str) -> Iterator[list[Any]]:
        for into in self.bundles[municipality].attached.get("Way", ()):
            for each in self.offers:
                if each["place"] == f"{into['area']} {function}":
                    at = each.get("arrangement", municipality)
                    row = [each["kind"], municipality, at, into["area"], into["evidence"], each["evidence"], None, None, None]
                    assert len(row) == len(ChainRow._fields) - 1
                    yield row

    def evidence(self, municipality: str, function: str, life: Period) -> Evidence:
        by = self.bundles[function].properties.get("definedBy")
        ways = [w["evidence"] for w in self.bundles[municipality].attached.get("Way", ()) if w["area"] in (by or ())]
        defining = DivisionRow(None, by is not None, ways, self.bundles[function].properties.get("mentioned", False))
        found = covered(list(self.rows(municipality, function)), None, defining, PairNames("", (), ()), FIRST)
        return replace(found.evidence, municipality=life)


def unordered(evidence: Evidence) -> tuple[Any, ...]:
    """Evidence without the order of what has none."""

    def one(chain: Chain) -> tuple[Any, ...]:
        return chain.kind, chain.memberships, chain.terms, chain.run, Counter(chain.options), Counter(chain.exceptions), chain.name

    division = evidence.division
    chains = sorted((one(chain) for chain in evidence.chains), key=repr)
    return evidence.municipality, chains, division.defined, Counter(division.ways), division.mentioned


@examples(120)
@given(WORLDS)
def test_the_load_finds_the_chains_that_a_walk_finds(seed: int) -> None:
    world = random_world(seed)
    loaded, walk = Loaded(world), Walk(world)
    for municipality in MUNICIPALITIES:
        for function in FUNCTIONS:
            walked = walk.evidence(municipality, function, walk.chains(municipality, function))
            assert unordered(loaded.evidence(municipality, function, walked.municipality)) == unordered(walked), (municipality, function)


@examples(40)
@given(WORLDS)
def test_what_is_written_names_the_edges_that_a_question_walks(seed: int) -> None:
    """By their keys the things on a chain are found again: each is an edge of the type that its kind says."""
    world = random_world(seed)
    loaded, types = Loaded(world), {"ARRANGEMENT": "COVERS", "LOCAL": "LEFT_TO", "GAP": "LACKED_BY"}
    edges = Counter((edge.type, edge.key) for edge in world.edges)
    for each in loaded.offers:
        assert edges[types[each["kind"]], each["covers"]] == 1
        assert set(each["claims"]) >= offer(each["evidence"]).delivered
    for municipality in MUNICIPALITIES:
        for into in loaded.bundles[municipality].attached.get("Way", ()):
            assert len(into["hops"]) == len(way(into["evidence"]).links)
            assert all(edges["MEMBER_OF", hop] == 1 for hop in into["hops"])


def test_the_worlds_have_chains_of_every_kind_and_length() -> None:
    """Without them the laws above would say nothing."""
    kinds, hops, seen = Counter[str](), Counter[int](), Counter[str]()
    for seed in range(12):
        world = random_world(seed)
        loaded, walk = Loaded(world), Walk(world)
        for municipality in MUNICIPALITIES:
            for function in FUNCTIONS:
                for chain in walk.evidence(municipality, function, walk.chains(municipality, function)).chains:
                    kinds[chain.kind.name] += 1
                    hops[len(chain.memberships)] += 1
                    seen["excepted"] += bool(chain.exceptions)
                    seen["contested"] += any(link.contested for link in (*chain.memberships, *chain.arranged))
        seen["divided"] += any("definedBy" in loaded.bundles[function].properties for function in FUNCTIONS)
        seen["mentioned"] += any("mentioned" in loaded.bundles[function].properties for function in FUNCTIONS)
    assert (set(kinds), set(hops)) == ({"ARRANGEMENT", "LOCAL", "GAP"}, {0, 1, 2})
    assert (len(seen), min(*kinds.values(), *hops.values(), *seen.values()) > 5) == (4, True), (kinds, hops, seen)


def test_a_municipality_has_ways_into_areas_of_which_coverage_speaks_and_into_no_others() -> None:
    """Of the many regions that a register knows a municipality to be in, few have to do with youth care."""
    world = World()
    world.says(MUNICIPALITIES[0], "memberOf", REGIONS[0])
    world.says(MUNICIPALITIES[0], "memberOf", REGIONS[1])
    assert "Way" not in Loaded(world).bundles[MUNICIPALITIES[0]].attached
    world.says("contract/k0", "covers", REGIONS[1])
    assert [each["area"] for each in Loaded(world).bundles[MUNICIPALITIES[0]].attached["Way"]] == [REGIONS[1]]


def test_a_membership_that_becomes_disputed_changes_the_municipality_alone() -> None:
    """So an update rewrites what the evidence is of, though nothing else of it changed."""
    world = World()
    said = world.says(MUNICIPALITIES[0], "memberOf", REGIONS[0])
    other = world.says(MUNICIPALITIES[1], "memberOf", REGIONS[0])
    world.says("contract/k0", "covers", REGIONS[0])
    world.says("contract/k0", "delivers", FUNCTIONS[0])
    before = records(world.dataset).digests
    world.quarrel(said, other)
    after = records(world.dataset).digests
    assert {key for key in after if after[key] != before[key]} == {MUNICIPALITIES[0], MUNICIPALITIES[1]}
