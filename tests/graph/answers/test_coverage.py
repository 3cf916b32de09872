"""Coverage as the interface answers it, over random little worlds in every engine, against a walk over the list of edges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from graph.answers.coverage_rule import REASONS, STATUSES, Chain, ChainKind, Division, Evidence, Link, Option
from graph.build.edges import Edge
from graph.dates.period import Period
from graph.domain.conflict import written
from tests.graph.domain.saying import World
from tests.graph.oracle import change_after, coverage_of
from tests.graph.worlds import DAYS, FIRST, LAST, random_date

SEEDS = range(6)
MUNICIPALITIES = [f"municipality/m{n}" for n in range(7)]
REGIONS = [f"region/r{n}" for n in range(4)]
FUNCTIONS = [f"function/f{n}" for n in range(7)]  # the last but one is defined by a region, the last is only named
CONTRACTS = [f"contract/k{n}" for n in range(4)]
COLLABORATIONS = [f"collaboration/s{n}" for n in range(3)]


# ── a random world ────────────────────────────────────────────────────────────────────────────────


class Dice:
    """Random choices, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def often(self, part: float) -> bool:
        return self.random.random() < part

    def one(self, items: Sequence[str]) -> str:
        return self.random.choice(items)

    def few(self, items: list[str], most: int) -> list[str]:
        return self.random.sample(items, self.random.randint(1, min(most, len(items))))

    def dates(self) -> dict[str, Any]:
        """Of a claim: mostly wide periods, as in life; sometimes vague, sometimes none at all."""
        if self.often(0.25):
            return {}
        start = random_date(self.random, FIRST, FIRST + timedelta(15)) if self.often(0.85) else None
        end = random_date(self.random, FIRST + timedelta(12), LAST) if self.often(0.5) else None
        return {"start": start, "end": end, "open_ended": end is None and self.often(0.2)}


def random_world(seed: int) -> World:
    dice = Dice(seed)
    world = World("2020-01-05")
    sources = [
        "vision",
        world.source("page", written="2020-01-01/2020-01-20"),
        world.source("later", "2020-01-18"),
        world.source("old", "2017-01-08"),
    ]
    for number, key in enumerate(MUNICIPALITIES):
        world.named(key, code=f"GM{number:04}")
    for key in (*REGIONS, *FUNCTIONS, *CONTRACTS, *COLLABORATIONS):
        world.named(key)

    def says(subject: str, predicate: str, value: Any, **more: Any) -> str:
        return world.says(subject, predicate, value, source=dice.one(sources), **{**dice.dates(), **more})

    def undated(subject: str, predicate: str, value: Any) -> str:
        return world.says(subject, predicate, value, source=dice.one(sources))

    said = [says(m, "memberOf", region) for m in MUNICIPALITIES for region in dice.few(REGIONS, 2)]
    said += [says(one, "memberOf", other) for one in REGIONS for other in dice.few(REGIONS, 1) if one != other and dice.often(0.6)]
    said += [says(m, "memberOf", dice.one(REGIONS + COLLABORATIONS), role=dice.one(["LEAD", "MEMBER"])) for m in MUNICIPALITIES]
    for number, function in enumerate(FUNCTIONS[1:-1], 1):
        for broader in dice.few(FUNCTIONS[:number], 2):
            undated(function, "broader", broader)
    undated(FUNCTIONS[-2], "definedBy", REGIONS[0])
    for arrangement in (*CONTRACTS, *COLLABORATIONS):
        said += [says(arrangement, "delivers", f) for f in dice.few(FUNCTIONS[:-1], 2)]
        said += [says(arrangement, "covers", area) for area in dice.few(REGIONS + MUNICIPALITIES[:2], 2)]
        said += [says(arrangement, "excepts", m) for m in dice.few(MUNICIPALITIES, 2) if dice.often(0.5)]
    for contract in CONTRACTS:
        planned = {"planned": True} if dice.often(0.15) else {}
        said.append(says(contract, "runs", True, **planned))
        for number in range(1, dice.random.randint(1, 4)):
            first = FIRST + timedelta(10 + 5 * number)
            status = dice.one(["OPEN", "UNKNOWN", "EXERCISED", "LAPSED"])
            world.says(contract, "option", float(number), str(first), str(first + timedelta(4)), status=status)
    said += [says(s, "exists", True) for s in COLLABORATIONS if dice.often(0.5)]
    said += [says(m, "exists", True, start="1900", end=f"{LAST - timedelta(4)}") for m in MUNICIPALITIES[-2:]]
    undated(CONTRACTS[0], "succeededBy", CONTRACTS[1])
    said += [says(dice.one(FUNCTIONS[:-1]), said_of, dice.one(REGIONS)) for said_of in ("leftTo", "lackedBy")]
    for _ in range(4):
        status, kind = dice.one(["OPEN", "OPEN", "EXPLAINED", "RESOLVED"]), dice.one(["MEMBERS", "VALIDITY", "SCOPE", "NAMING"])
        world.quarrel(*dice.few(said, 2), status=status, kind=kind)
    return world


def world_of(seed: int) -> World:
    """A random world with a contract that is over but for an option that no source confirms."""
    world = random_world(seed)
    extended = world.named("contract/extended")
    for predicate, value in (("delivers", FUNCTIONS[0]), ("covers", REGIONS[0])):
        world.says(extended, predicate, value)
    world.says(extended, "runs", True, str(FIRST), str(FIRST + timedelta(12)))
    world.says(extended, "option", 1.0, str(FIRST + timedelta(13)), str(LAST), status="UNKNOWN")
    return world


# ── a walk over its edges ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Found:
    """A chain with the keys of the things on it, from the municipality to what it ends in, and the claims behind it."""

    chain: Chain
    way: tuple[str, ...]
    claims: frozenset[str]


class Walk:
    """All chains there are, found by going through the list of edges again and again."""

    def __init__(self, world: World) -> None:
        self.world, self.edges, self.lives = world, world.edges, world.lives
        self.contested = {
            key for c in world.conflicts.values() if c.status == "OPEN" and c.kind in ("VALIDITY", "MEMBERS", "SCOPE") for key in c.claims
        }

    def of(self, type_: str, start: str | None = None, end: str | None = None) -> Iterator[Edge]:
        for edge in self.edges:
            if edge.type == type_ and start in (None, edge.start) and end in (None, edge.end):
                yield edge

    def link(self, edge: Edge) -> Link:
        return Link(edge.period, edge.written, any(key in self.contested for key in edge.claims))

    def broader(self, function: str) -> set[str]:
        """The function and, where nobody has defined it for an area of its own, what it is part of."""
        return {function} if any(self.of("DEFINED_BY", start=function)) else self.broader_than(function)

    def broader_than(self, function: str) -> set[str]:
        """The function and what it is part of."""
        found = {function}
        for _ in range(3):
            found |= {edge.end for one in found for edge in self.of("BROADER", start=one)}
        return found

    def ways(self, municipality: str) -> Iterator[tuple[str, tuple[Edge, ...]]]:
        """The areas that a municipality lies in, itself among them, and the memberships that put it there."""
        yield municipality, ()
        for first in self.of("MEMBER_OF", start=municipality):
            if first.role == "MEMBER":
                yield first.end, (first,)
                for second in self.of("MEMBER_OF", start=first.end):
                    if second.role == "MEMBER" and second is not first:
                        yield second.end, (first, second)

    def run(self, arrangement: str) -> Link | None:
        if arrangement not in self.lives:
            return None
        said = [c for c in self.world.accepted if c.subject == arrangement and c.predicate in ("exists", "runs")]
        youngest = max(written(self.world.sources[c.source]) for c in said)
        return Link(self.lives[arrangement], youngest, any(c.key in self.contested for c in said))

    def options(self, arrangement: str) -> tuple[Option, ...]:
        said = (c for c in self.world.accepted if c.subject == arrangement and c.predicate == "option")
        return tuple(Option(int(str(c.value)[0]), c.period, str(c.qualifiers["status"])) for c in said)

    def chains(self, municipality: str, function: str) -> list[Found]:
        found = []
        for area, hops in self.ways(municipality):
            memberships = tuple(self.link(hop) for hop in hops)
            places = (municipality, *(hop.end for hop in hops))
            for covers in self.of("COVERS", end=area):
                at = covers.start
                excepts = list(self.of("EXCEPTS", start=at, end=municipality))
                for delivers in self.of("DELIVERS", start=at):
                    if delivers.end in self.broader(function):
                        chain = Chain(
                            ChainKind.ARRANGEMENT, memberships, (self.link(delivers), self.link(covers)), self.run(at), self.options(at),
                            tuple(self.link(e) for e in excepts), f"{at} {area}",
                        )  # fmt: skip
                        found.append(Found(chain, (*places, at), self.behind(at, *hops, covers, delivers, *excepts)))
            for left in self.of("LEFT_TO", start=function, end=area):
                chain = Chain(ChainKind.LOCAL, memberships, (self.link(left),), name=f"{municipality} {area}")
                found.append(Found(chain, (*places, municipality), self.behind(municipality, *hops, left)))
            for lacked in self.of("LACKED_BY", start=function, end=area):
                chain = Chain(ChainKind.GAP, memberships, (self.link(lacked),), name=f"{area} {area}")
                found.append(Found(chain, (*places, function), self.behind(area, *hops, lacked)))
        return found

    def behind(self, living: str, *edges: Edge) -> frozenset[str]:
        life = {c.key for c in self.world.accepted if c.subject == living and c.predicate in ("exists", "runs")}
        return frozenset(life.union(*(edge.claims for edge in edges)))

    def evidence(self, municipality: str, function: str, chained: list[Found]) -> Evidence:
        by = {edge.end for edge in self.of("DEFINED_BY", start=function)}
        ways = tuple(tuple(self.link(hop) for hop in hops) for area, hops in self.ways(municipality) if area in by)
        wider = self.broader_than(function)
        delivered = any(edge.end in wider for edge in self.of("DELIVERS"))
        told = any(self.of("LEFT_TO", start=function)) or any(self.of("LACKED_BY", start=function))
        division = Division(bool(by), ways, not delivered and not told)
        return Evidence(self.lives.get(municipality, Period()), [c.chain for c in chained], division)

    def answer(self, municipality: str, function: str, day: date) -> dict[str, Any]:
        chained = self.chains(municipality, function)
        world = self.evidence(municipality, function, chained)
        status, reasons, numbers = coverage_of(world, day)
        change = change_after(world, day, DAYS[-1])
        told = shortest([chained[n] for n in numbers])
        claims = {key for chain in told for key in chain.claims}
        conflicts = sorted(f"conflict/{c.key}" for c in self.world.conflicts.values() if claims & set(c.claims))
        return {
            "status": status, "reasons": reasons, "changesOn": change and str(change), "via": Counter(c.way for c in told),
            "claims": Counter(tuple(sorted(c.claims)) for c in told), "conflicts": conflicts,
        }  # fmt: skip


def shortest(chained: list[Found]) -> list[Found]:
    """Of several ways from a municipality into the same area for the same arrangement only the shortest."""
    ways = [c.way for c in chained]
    least = {way[-2:]: min(len(w) for w in ways if w[-2:] == way[-2:]) for way in ways}
    return [c for c in chained if len(c.way) == least[c.way[-2:]]]


# ── what is asked ─────────────────────────────────────────────────────────────────────────────────

CELL = """{
    municipality { slug } function { slug } status reasons changesOn explanation(lang: EN)
    via { arrangement { id } steps { from { id } to { id } relation } claims { id } } conflicts { id } }"""
MATRIX = f"query($m: [Ref!], $f: [Ref!], $day: Date) {{ coverageMatrix(municipalities: $m, functions: $f, asOf: $day) {{ cells {CELL} }} }}"
ONE = f"query($m: Ref!, $f: Ref!, $day: Date) {{ coverage(municipality: $m, function: $f, asOf: $day) {CELL} }}"
WHO = f"query($f: Ref!, $day: Date) {{ whoCovers(function: $f, asOf: $day) {CELL} }}"
OF = f"query($m: Ref!, $f: [Ref!], $day: Date) {{ municipality(ref: $m, asOf: $day) {{ coverage(functions: $f) {CELL} }} }}"


def key_of(claim: dict[str, Any]) -> str:
    return str(claim["id"]).removeprefix("claim/").partition("@")[0]


def told(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell of an answer in the words of the walk."""
    change = cell["changesOn"]  # the walk looks no further than the last of the days; what grows old does so years later
    ways = [[step["from"]["id"] for step in chain["steps"]] + [chain["steps"][-1]["to"]["id"]] for chain in cell["via"]]
    return {
        "status": cell["status"], "reasons": set(cell["reasons"]), "changesOn": change if change and change <= str(DAYS[-1]) else None,
        "via": Counter(tuple(key.partition("@")[0] for key in way) for way in ways),
        "claims": Counter(tuple(sorted(key_of(c) for c in chain["claims"])) for chain in cell["via"]),
        "conflicts": sorted(c["id"].partition("@")[0] for c in cell["conflicts"]),
    }  # fmt: skip


@pytest.fixture(scope="module", params=SEEDS)
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def walk(seed: int) -> Walk:
    return Walk(world_of(seed))


@pytest.fixture(scope="module")
def world(walk: Walk) -> World:
    return walk.world


def test_every_way_to_ask_for_coverage_tells_what_a_walk_over_the_edges_tells(ask: Any, walk: Walk, seed: int) -> None:
    random = Random(seed)
    slugs = [key.partition("/")[2] for key in MUNICIPALITIES]
    functions = [key.partition("/")[2] for key in FUNCTIONS]
    for day in sorted(random.sample(DAYS, 4)):
        cells = ask(MATRIX, m=slugs, f=functions, day=str(day))["cells"]
        assert len(cells) == len(slugs) * len(functions)
        for cell in cells:
            pair = (f"municipality/{cell['municipality']['slug']}", f"function/{cell['function']['slug']}")
            assert told(cell) == walk.answer(*pair, day), (*pair, day)
            assert cell["explanation"]
        m, f = random.choice(slugs), random.choice(functions)
        of_function = [c for c in cells if c["function"]["slug"] == f]
        of_municipality = [c for c in cells if c["municipality"]["slug"] == m]
        assert ask(ONE, m=m, f=f, day=str(day)) in of_function
        assert ask(OF, m=m, f=functions, day=str(day))["coverage"] == of_municipality
        assert ask(WHO, f=f, day=str(day)) == [c for c in of_function if c["status"] != "NOT_APPLICABLE"]


def test_the_random_worlds_show_every_status_and_every_reason() -> None:
    statuses, reasons = set(), set()
    for seed in SEEDS:
        walk = Walk(world_of(seed))
        for municipality in MUNICIPALITIES:
            for function in FUNCTIONS:
                world = walk.evidence(municipality, function, walk.chains(municipality, function))
                for day in DAYS[::5]:
                    status, why, _ = coverage_of(world, day)
                    statuses.add(status)
                    reasons |= why
    assert (statuses, reasons) == (set(STATUSES), set(REASONS) - {"NOT_IN_DATA"})  # which tests/graph/build/test_silence.py shows
