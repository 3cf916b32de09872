"""What holds for whom on a day, asked from every side of random little worlds in every engine, against a walk over the list of edges."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from graph.build.edges import Edge
from graph.dates.period import Period
from tests.graph.answers.test_coverage import (
    COLLABORATIONS,
    CONTRACTS,
    FUNCTIONS,
    MUNICIPALITIES,
    REGIONS,
    Dice,
    random_world,
)
from tests.graph.domain.saying import World
from tests.graph.oracle import state_of
from tests.graph.worlds import DAYS, FIRST, random_date

SEEDS = range(4)
PROVIDERS = [f"provider/p{n}" for n in range(4)]
ARRANGEMENTS = (*CONTRACTS, *COLLABORATIONS)
WIDE, BARE = "region/wide", "region/bare"  # one has regions alone as its members, the other has no members


def busy_world(seed: int) -> World:
    """A world with areas and exceptions, in which providers supply, organisations buy and take part, and lives are vague."""
    dice, world = Dice(seed + 100), random_world(seed)
    for key in PROVIDERS:
        world.named(key)
    said = []
    for contract in CONTRACTS:
        said += [world.says(contract, "supplier", p, **dice.dates()) for p in dice.few(PROVIDERS, 3)]
        said += [world.says(contract, "buyer", b, **dice.dates()) for b in dice.few(REGIONS + MUNICIPALITIES[:2], 2)]
        said += [world.says(contract, "concerns", f, **dice.dates()) for f in dice.few(FUNCTIONS, 1) if dice.often(0.4)]
        if dice.often(0.7):
            world.says(contract, "under", dice.one(COLLABORATIONS))
    for collaboration in COLLABORATIONS:
        said += [world.says(p, "memberOf", collaboration, role="PROVIDER", **dice.dates()) for p in dice.few(PROVIDERS, 2)]
        said += [world.says(r, "memberOf", collaboration, **dice.dates()) for r in dice.few(REGIONS, 2)]
        said += [world.says(m, "memberOf", collaboration, takesPart=False, **dice.dates()) for m in dice.few(MUNICIPALITIES[:3], 1)]
    for municipality in MUNICIPALITIES[:2]:
        start = random_date(dice.random, FIRST, FIRST + timedelta(12))
        world.says(municipality, "exists", True, start=start, open_ended=True)
    for key in (WIDE, BARE):
        world.named(key)
    said += [world.says(region, "memberOf", WIDE, **dice.dates()) for region in dice.few(REGIONS, 3)]
    for _ in range(3):
        world.quarrel(*dice.few(said, 2))
    return world


class Sides:
    """The rule in plain words, over the list of edges."""

    def __init__(self, world: World) -> None:
        self.world, self.edges, self.lives = world, world.edges, world.lives

    def shown(self, period: Period, day: date) -> bool:
        return state_of(period, day) not in ("BEFORE", "AFTER")

    def on(self, day: date, *types: str) -> list[Edge]:
        return [edge for edge in self.edges if edge.type in types and self.shown(edge.period, day)]

    def exists(self, key: str, day: date) -> bool:
        return self.shown(self.lives.get(key, Period()), day)

    def areas(self, key: str, day: date) -> set[str]:
        """A municipality, the areas that it is a member of, and the areas that these are members of."""
        found, members = {key}, [edge for edge in self.on(day, "MEMBER_OF") if edge.role == "MEMBER"]
        for _ in range(2):
            found |= {edge.end for edge in members if edge.start in found}
        return found

    def municipalities(self, region: str, day: date) -> list[str]:
        """The municipalities of a region on a day; without any of its own, those of the regions that are its members."""
        member = {(edge.start, edge.end) for edge in self.on(day, "MEMBER_OF") if edge.role == "MEMBER"}
        own = {m for m in MUNICIPALITIES if self.exists(m, day) and (m, region) in member}
        parts = {one for one, other in member if other == region and one.startswith("region/")}
        return slugs(own or {m for m in MUNICIPALITIES if self.exists(m, day) and any((m, part) in member for part in parts)})

    def arrangements(self, municipality: str, day: date) -> set[str]:
        """What holds for a municipality on a day."""
        if not self.exists(municipality, day):
            return set()
        excepting = {edge.start for edge in self.on(day, "EXCEPTS") if edge.end == municipality}
        areas = self.areas(municipality, day)
        return {edge.start for edge in self.on(day, "COVERS") if edge.end in areas} - excepting

    def contracts(self, municipality: str, day: date) -> list[str]:
        return slugs(self.arrangements(municipality, day) & set(CONTRACTS))

    def pairs(self, day: date, *types: str) -> set[tuple[str, str]]:
        """The ends of relations on a day, and of those that were there as long as their arrangement, which is over."""
        lasting = (e for e in self.edges if e.type in types and e.properties.get("kept"))
        ended = {(e.start, e.end) for e in lasting if e.period.valid_to and e.period.valid_to <= day}
        return ended | {(edge.start, edge.end) for edge in self.on(day, *types)}


def slug(key: str) -> str:
    return key.partition("/")[2].partition("@")[0]


def slugs(keys: Any) -> list[str]:
    return sorted(slug(key) for key in keys)


def listed(connection: dict[str, Any]) -> list[str]:
    return [node["slug"] for node in connection["nodes"]]


@pytest.fixture(scope="module", params=SEEDS)
def sides(request: pytest.FixtureRequest) -> Sides:
    return Sides(busy_world(request.param))


@pytest.fixture(scope="module")
def world(sides: Sides) -> World:
    return sides.world


# ── for a municipality ────────────────────────────────────────────────────────────────────────────

MUNICIPALITY = """query($m: Ref!, $ms: [Ref!]!, $day: Date!, $later: Date!) {
  municipality(ref: $m, asOf: $day) {
    contracts(first: 50) { totalCount nodes { slug } }
    active: contracts(first: 50, filter: {status: [ACTIVE]}) { nodes { slug functions { slug } } }
    meanwhile: contracts(first: 50, during: {startDate: $day, endDate: $later}) { totalCount nodes { slug } }
    coverage { function { slug } status reasons }
  }
  contracts(filter: {municipality: $ms}, asOf: $day, first: 50) { totalCount nodes { slug } }
  others: contracts(filter: {not: {municipality: $ms}}, asOf: $day, first: 50) { totalCount nodes { slug } }
  meanwhile: contracts(filter: {municipality: $ms}, during: {startDate: $day, endDate: $later}, first: 50) { nodes { slug } }
}"""


def test_contracts_hold_for_a_municipality_as_a_walk_over_the_edges_says(ask: Any, sides: Sides) -> None:
    seen: Counter[bool] = Counter()
    for day in DAYS[1::8]:
        later = day + timedelta(6)
        for m in MUNICIPALITIES:
            expected = sides.contracts(m, day)
            data = ask(MUNICIPALITY, m=m, ms=[m], day=str(day), later=str(later))
            assert listed(data["municipality"]["contracts"]) == expected, (m, day)
            assert listed(data["contracts"]) == expected, (m, day)
            assert listed(data["others"]) == sorted(set(slugs(CONTRACTS)) - set(expected)), (m, day)
            assert data["contracts"]["totalCount"] + data["others"]["totalCount"] == len(CONTRACTS)
            assert data["municipality"]["contracts"]["totalCount"] == len(expected)
            excepted = {edge.start for edge in sides.on(day, "EXCEPTS") if edge.end == m}
            assert not set(listed(data["municipality"]["active"])) & set(slugs(excepted))
            assert sides.exists(m, day) or expected == []
            seen[bool(expected)] += 1
            whenever = {k for n in range(7) for k in sides.contracts(m, day + timedelta(n))}
            meanwhile = data["municipality"]["meanwhile"]
            assert listed(meanwhile) == listed(data["meanwhile"]) == sorted(whenever & set(running(sides, day, later))), (m, day)
            assert meanwhile["totalCount"] == len(meanwhile["nodes"])
    assert min(seen.values()) > 2, seen


def running(sides: Sides, first: date, last: date) -> list[str]:
    """The contracts that may run on a day of a period, by an option too."""
    options = [c for c in sides.world.accepted if c.predicate == "option" and c.qualifiers["status"] != "LAPSED"]
    found = []
    for contract in CONTRACTS:
        periods = [sides.lives.get(contract, Period()), *(c.period for c in options if c.subject == contract)]
        if any((p.valid_from or date.min) <= last and first < (p.valid_to or date.max) for p in periods):
            found.append(contract)
    return slugs(found)


WALKED = """query($m: Ref!, $day: Date!, $later: Date!, $after: String) { municipality(ref: $m, asOf: $day) {
  contracts(first: 1, after: $after, during: {startDate: $day, endDate: $later}, filter: {not: {status: [ENDED]}}) {
    totalCount pageInfo { hasNextPage endCursor } nodes { slug } } } }"""


def test_the_total_is_what_the_pages_hold_together(ask: Any) -> None:
    walked = 0
    for m in MUNICIPALITIES:
        day, later, found, after = str(DAYS[4]), str(DAYS[20]), list[str](), None
        while True:
            page = ask(WALKED, m=m, day=day, later=later, after=after)["contracts"]
            found += listed(page)
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        assert len(found) == len(set(found)) == page["totalCount"]
        walked += len(found)
    assert walked


COMPARED = """query($ms: [Ref!]!, $day: Date!) { compare(refs: $ms, asOf: $day) {
  contracts { contract { slug } organizations { id } excluded { id } } } }"""
COVERED = """query($s: Ref!, $day: Date!) { collaboration(ref: $s, asOf: $day) {
  coveredMunicipalities(first: 50) { totalCount nodes { slug } } } }"""


def test_comparisons_and_covered_municipalities_say_the_same(ask: Any, sides: Sides) -> None:
    bought = ("BUYS", "SUPPLIES", "MANAGES")
    under = {(edge.start, edge.end) for edge in sides.edges if edge.type == "UNDER"}
    for day in DAYS[2::9]:
        rows = ask(COMPARED, ms=MUNICIPALITIES, day=str(day))["contracts"]
        told = {row["contract"]["slug"]: slugs(one["id"] for one in row["organizations"]) for row in rows}
        parties = {(edge.start, edge.end) for edge in sides.on(day, *bought)}
        held = {k: [m for m in MUNICIPALITIES if k in sides.arrangements(m, day) or (m, k) in parties] for k in CONTRACTS}
        assert told == {slug(k): slugs(ms) for k, ms in held.items() if ms}, day
        for row in rows:
            assert not set(slugs(one["id"] for one in row["excluded"])) & set(told[row["contract"]["slug"]])
        for s in COLLABORATIONS:
            arranged = {s} | {k for k, at in under if at == s}
            expected = [m for m in MUNICIPALITIES if arranged & sides.arrangements(m, day)]
            found = ask(COVERED, s=s, day=str(day))["coveredMunicipalities"]
            assert (listed(found), found["totalCount"]) == (slugs(expected), len(expected)), (s, day)


REGION = """query($r: Ref!, $day: Date!, $ms: [Ref!]!, $f: [Ref!]!, $one: Ref!) {
  region(ref: $r, asOf: $day) {
    municipalities(first: 50) { totalCount nodes { slug } } contracts(first: 50) { totalCount nodes { slug } }
    first: municipalities(first: 1) { nodes { slug } } last: municipalities(last: 1) { nodes { slug } } }
  municipalities(region: $r, asOf: $day) { totalCount nodes { slug } }
  named: municipalities(region: $r, refs: $ms, asOf: $day) { nodes { slug } }
  coverageMatrix(region: $r, functions: $f, asOf: $day) { municipalities { slug } }
  both: coverageMatrix(region: $r, municipalities: $ms, functions: $f, asOf: $day) { municipalities { slug } cells { status } }
  whoCovers(function: $one, region: $r, asOf: $day) { municipality { slug } }
  gaps(region: $r, municipalities: $ms, functions: $f, includeUnknown: true, asOf: $day) { municipality { slug } }
}"""


def test_every_list_of_a_region_has_the_same_municipalities(whole: Any, sides: Sides) -> None:
    some = MUNICIPALITIES[::2]
    for day in DAYS[3::10]:
        for region in (*REGIONS, WIDE, BARE):
            inside = sides.municipalities(region, day)
            both = [m for m in inside if m in slugs(some)]
            answer = whole(REGION, r=region, day=str(day), ms=some, f=FUNCTIONS[:1], one=FUNCTIONS[0])
            data, around = answer["data"], answer["data"]["region"]
            assert listed(around["municipalities"]) == inside, (region, day)
            assert around["municipalities"]["totalCount"] == len(inside)
            assert (listed(around["first"]), listed(around["last"])) == (inside[:1], inside[-1:])
            covering = slugs(at for at, area in sides.pairs(day, "COVERS") if area == region and at in CONTRACTS)
            assert listed(around["contracts"]) == sorted(set(covering)), (region, day)
            assert around["contracts"]["totalCount"] == len(set(covering))
            if not inside:  # an empty list would say that all is well there
                refused = {error["path"][0]: error["extensions"]["code"] for error in answer["errors"]}
                assert refused == dict.fromkeys(data.keys() - {"region"}, "NO_MUNICIPALITIES"), (region, day)
                continue
            assert "errors" not in answer, answer["errors"]
            assert listed(data["municipalities"]) == inside
            assert data["municipalities"]["totalCount"] == len(inside)
            assert listed(data["named"]) == both
            assert slugs("/" + m["slug"] for m in data["coverageMatrix"]["municipalities"]) == inside
            assert [m["slug"] for m in data["both"]["municipalities"]] == both
            assert len(data["both"]["cells"]) == len(both)
            assert sorted(c["municipality"]["slug"] for c in data["whoCovers"]) == inside
            assert {c["municipality"]["slug"] for c in data["gaps"]} <= set(both)


def test_the_worlds_have_regions_that_are_read_through_and_regions_without_municipalities() -> None:
    """On other days the same region has other municipalities, or none."""
    found: Counter[str] = Counter()
    for sides in (Sides(busy_world(seed)) for seed in SEEDS):
        found["through"] += len({tuple(some) for day in DAYS if (some := sides.municipalities(WIDE, day))})
        found["none"] += sum(not sides.municipalities(region, day) for region, day in product((*REGIONS, WIDE), DAYS))
    assert min(found["through"], found["none"]) > 3, found


# ── both sides of a relation ──────────────────────────────────────────────────────────────────────

CONTRACT = """query($k: Ref!, $ks: [Ref!]!, $day: Date!) {
  contract(ref: $k, asOf: $day) {
    suppliers(first: 50) { nodes { member { slug } } facets { field value count } } buyers { id } functions { slug } covers { slug } }
  providers(filter: {contract: $ks}, asOf: $day, first: 50) { nodes { slug } }
}"""
PROVIDER = """query($p: Ref!, $ps: [Ref!]!, $b: [Ref!]!, $f: [Ref!]!, $day: Date!) {
  provider(ref: $p, asOf: $day) {
    contracts(first: 50) { totalCount nodes { slug } }
    memberships(first: 50) { nodes { organization { id } } } }
  contracts(filter: {supplier: $ps}, asOf: $day, first: 50) { nodes { slug } }
  bought: contracts(filter: {buyer: $b}, asOf: $day, first: 50) { nodes { slug } }
  delivering: contracts(filter: {function: $f}, asOf: $day, first: 50) { nodes { slug } }
  collaborations(filter: {member: $ps}, asOf: $day, first: 50) { nodes { slug } }
  concerned: collaborations(filter: {function: $f}, asOf: $day, first: 50) { nodes { slug functions { slug } } }
}"""
COLLABORATION = """query($s: Ref!, $ss: [Ref!]!, $f: [Ref!]!, $day: Date!) {
  collaboration(ref: $s, asOf: $day) {
    members(first: 50) { nodes { member { id } role } } functions { slug }
    of: members(first: 50, filter: {function: $f}) { totalCount } }
  providers(filter: {collaboration: $ss}, asOf: $day, first: 50) { nodes { slug } }
}"""
PATH = "query($a: Ref!, $b: Ref!, $day: Date!) { path(from: $a, to: $b, asOf: $day, maxLength: 1) { length } }"


def test_both_sides_of_a_relation_agree_on_every_day(ask: Any, sides: Sides) -> None:
    for day in DAYS[::11]:
        supplies, buys = sides.pairs(day, "SUPPLIES"), sides.pairs(day, "BUYS")
        concerns = sides.pairs(day, "DELIVERS", "CONCERNS")
        takes_part = sides.pairs(day, "MEMBER_OF")
        for k in CONTRACTS:
            data = ask(CONTRACT, k=k, ks=[k], day=str(day))
            suppliers = {p for p, at in supplies if at == k}
            assert {n["member"]["slug"] for n in data["contract"]["suppliers"]["nodes"]} == set(slugs(suppliers)), (k, day)
            assert listed(data["providers"]) == slugs(suppliers), (k, day)
            assert slugs(b["id"] for b in data["contract"]["buyers"]) == slugs(b for b, at in buys if at == k)
            assert slugs("/" + f["slug"] for f in data["contract"]["functions"]) == slugs({f for at, f in concerns if at == k})
        for p, b, f in zip(PROVIDERS, MUNICIPALITIES, FUNCTIONS, strict=False):
            data = ask(PROVIDER, p=p, ps=[p], b=[b], f=[f], day=str(day))
            supplied = slugs({k for at, k in supplies if at == p})
            assert listed(data["provider"]["contracts"]) == listed(data["contracts"]) == supplied, (p, day)
            assert data["provider"]["contracts"]["totalCount"] == len(supplied)
            assert listed(data["bought"]) == slugs({k for at, k in buys if at == b})
            assert listed(data["delivering"]) == slugs({k for k, at in concerns if at == f and k in CONTRACTS})
            exist = {s for s in COLLABORATIONS if sides.exists(s, day)}
            assert listed(data["collaborations"]) == slugs({s for at, s in takes_part if at == p} & exist), (p, day)
            assert {slug(n["organization"]["id"]) for n in data["provider"]["memberships"]["nodes"]} == {
                slug(s) for at, s in takes_part if at == p
            }
            assert listed(data["concerned"]) == slugs({s for s, at in concerns if at == f} & exist)
            assert all(slug(f) in {one["slug"] for one in n["functions"]} for n in data["concerned"]["nodes"])
        for s in COLLABORATIONS:
            data = ask(COLLABORATION, s=s, ss=[s], f=FUNCTIONS[:1], day=str(day))
            members = [one["member"]["id"].partition("@")[0] for one in data["collaboration"]["members"]["nodes"]]
            assert set(members) == {at for at, there in takes_part if there == s}
            concerned = (s, FUNCTIONS[0]) in concerns
            assert data["collaboration"]["of"]["totalCount"] == (len(members) if concerned else 0)
            assert listed(data["providers"]) == slugs({at for at in members if at in PROVIDERS}), (s, day)
        for p, k in zip(PROVIDERS, CONTRACTS, strict=True):
            alive = state_of(sides.lives.get(k, Period()), day) not in ("BEFORE", "AFTER")
            if alive:
                assert bool(ask(PATH, a=p, b=k, day=str(day))) == ((p, k) in supplies), (p, k, day)


# ── facets and conflicts ──────────────────────────────────────────────────────────────────────────

LISTS = """query($s: Ref!, $k: Ref!, $day: Date!) {
  contracts(asOf: $day, first: 50) { facets { field value count } nodes { functions { id } } }
  collaborations(asOf: $day, first: 50) { facets { field value count } nodes { functions { id } } }
  collaboration(ref: $s, asOf: $day) { members(first: 50) { facets { field value count }
    nodes { organization { ... on Collaboration { functions { id } } } } } }
  contract(ref: $k, asOf: $day) { suppliers(first: 50) { facets { field value count }
    nodes { organization { ... on Collaboration { functions { id } } } } } }
  plain: contract(ref: $k, asOf: $day) { suppliers(first: 50) { facets { field value count } } }
  quarrelled: collaborations(asOf: $day, first: 50, filter: {hasConflict: true}) { nodes { conflicts { id } } }
  agreed: collaborations(asOf: $day, first: 50, filter: {hasConflict: false}) { nodes { conflicts { id } } }
  memberships: collaboration(ref: $s, asOf: $day) {
    quarrelled: members(first: 50, filter: {hasConflict: true}) { nodes { conflicts { id } } }
    agreed: members(first: 50, filter: {hasConflict: false}) { nodes { conflicts { id } } }
    all: members(first: 50) { totalCount } }
}"""


def of_functions(connection: dict[str, Any]) -> dict[str, int]:
    return {f["value"]: f["count"] for f in connection["facets"] if f["field"] == "FUNCTION"}


def told_by(entries: list[dict[str, Any]]) -> dict[str, int]:
    """The facets that one would count from the entries themselves."""
    found: Counter[str] = Counter()
    for entry in entries:
        found.update({f["id"].partition("@")[0] for f in entry.get("functions", ())} or {"UNKNOWN"})
    return dict(found)


def test_facets_count_what_the_entries_have_on_the_day(ask: Any, sides: Sides) -> None:
    for day in DAYS[::9]:
        for s, k in zip(COLLABORATIONS, CONTRACTS, strict=False):
            data = ask(LISTS, s=s, k=k, day=str(day))
            for name in ("contracts", "collaborations"):
                assert of_functions(data[name]) == told_by(data[name]["nodes"]), (name, day)
            members, suppliers = data["collaboration"]["members"], data["contract"]["suppliers"]
            assert of_functions(members) == told_by([n["organization"] for n in members["nodes"]]), (s, day)
            assert suppliers["facets"] == data["plain"]["suppliers"]["facets"]
            if all("functions" in n["organization"] for n in suppliers["nodes"]):
                assert of_functions(suppliers) == told_by([n["organization"] for n in suppliers["nodes"]]), (k, day)


def test_what_has_a_conflict_shows_conflicts(ask: Any, sides: Sides) -> None:
    for day in DAYS[::12]:
        for s in COLLABORATIONS:
            data = ask(LISTS, s=s, k=CONTRACTS[0], day=str(day))
            for part in (data, data["memberships"]):
                assert all(n["conflicts"] for n in part["quarrelled"]["nodes"])
                assert not any(n["conflicts"] for n in part["agreed"]["nodes"])
            parts = data["memberships"]
            assert len(parts["quarrelled"]["nodes"]) + len(parts["agreed"]["nodes"]) == parts["all"]["totalCount"]


def test_the_worlds_have_exceptions_that_matter() -> None:
    """Without them the tests above would say nothing."""
    mattering = gone = 0
    for seed in SEEDS:
        sides = Sides(busy_world(seed))
        for m, day in product(MUNICIPALITIES, DAYS[1::8]):
            areas, exists = sides.areas(m, day), sides.exists(m, day)
            covering = {e.start for e in sides.on(day, "COVERS") if e.end in areas}
            mattering += exists and bool(covering - sides.arrangements(m, day))
            gone += not exists
    assert (mattering > 3, gone > 3) == (True, True)
