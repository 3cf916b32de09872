"""Changes, timelines, paths and comparisons over random little worlds in every engine, against scans of what is said, day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from graph.compile.changes import UNTOLD
from graph.dates.edtf import FuzzyDate
from graph.dates.period import Period
from graph.domain.model import PREDICATES
from tests.graph.answers.test_coverage import CONTRACTS, FUNCTIONS, MUNICIPALITIES, REGIONS, random_world
from tests.graph.domain.saying import World
from tests.graph.oracle import ONE_DAY, state_of
from tests.graph.worlds import DAYS, FIRST, random_date

SEEDS = range(5)
EVENTS = [f"event/e{n}" for n in range(4)]
SAID = {p.relation: p.name for p in PREDICATES.values() if p.relation and p.dated and p.relation not in UNTOLD} | {
    "MEMBER_OF": "memberOf",
    "NOT_MEMBER_OF": "notMemberOf",
}
INVERSE = {"BUYS", "SUPPLIES", "MANAGES"}


def eventful_world(seed: int) -> World:
    """The random world of coverage with buyers, events and dated figures in it."""
    world, random = random_world(seed), Random(seed)
    for event in EVENTS:
        world.named(event)
        world.says(event, "kind", random.choice(["MERGER", "JOIN", "CONTRACT_START", "CONTRACT_END"]))
        world.says(event, "date", random_date(random))
        world.says(event, "original", random.choice(MUNICIPALITIES))
        world.says(event, "resulting", random.choice(REGIONS))
        world.says(event, "about", random.choice(CONTRACTS))
    for contract in CONTRACTS:
        world.says(contract, "buyer", random.choice(MUNICIPALITIES), str(random.choice(DAYS[3:15])))
    for region in REGIONS:
        middle = random.choice(DAYS[5:-5])
        world.says(region, "figure", 3.0, str(FIRST), str(middle), measure="YOUNG_PEOPLE", unit="COUNT")
        world.says(region, "figure", 4.0, str(middle + ONE_DAY), measure="YOUNG_PEOPLE", unit="COUNT")
    return world


# ── what changed, by looking at every day ─────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Said:
    """One thing that may hold, by all the periods in which it does; `after` are those that count once all the others are over."""

    what: tuple[str, str, str]
    periods: tuple[tuple[Period, bool], ...]
    after: tuple[tuple[Period, bool], ...] = ()

    def on(self, day: date) -> tuple[int, Period | None]:
        over = all(state_of(p, day) == "AFTER" for p, _ in self.periods)
        known = self.after if self.after and over else self.periods
        best: tuple[int, Period | None] = (0, None)
        for period, sure in known:
            found = state_of(replace(period, stale_from=None), day)  # that a source grows old is no change
            level = 0 if found in ("BEFORE", "AFTER") else 2 if found == "YES" and sure else 1
            if level > best[0]:
                best = (level, period)
        return best


def all_said(world: World) -> Iterator[Said]:
    groups: dict[tuple[str, ...], list[Period]] = defaultdict(list)
    for edge in sorted(world.edges, key=lambda e: e.key):
        if edge.type in SAID:
            groups[edge.type, edge.start, edge.end, edge.role].append(edge.period)
    for (type_, start, end, _), periods in groups.items():
        ends = (end, start) if type_ in INVERSE else (start, end)
        yield Said((SAID[type_], *ends), tuple((p, True) for p in periods))
    for thing, life in world.lives.items():
        said = [c for c in world.accepted if c.subject == thing]
        offered = [(c.period, c.qualifiers["status"] == "EXERCISED") for c in said
                   if c.predicate == "option" and c.qualifiers["status"] != "LAPSED"]  # fmt: skip
        contract = thing.startswith("contract/")
        yield Said(("runs" if contract else "exists", thing, ""), ((life, True),), tuple(offered))
    for claim in world.accepted:
        if claim.predicate == "figure":
            yield Said(("figure", claim.subject, str(claim.value)), ((claim.period, True),))


def changes_of(said: Said, start: date, end: date) -> Iterator[tuple[str, str, tuple[str, str, str], date]]:
    days = [start + timedelta(n) for n in range((end - start).days + 1)]
    seen = [said.on(day) for day in days]
    day_ranges: list[list[int]] = []
    for at, (level, _) in enumerate(seen):
        if level and at and seen[at - 1][0]:
            day_ranges[-1].append(at)
        elif level:
            day_ranges.append([at])
    if (named := first_named(said)) and start < named <= end:
        yield "ADDED", "UNDATED", said.what, named
    for day_range in day_ranges:
        levels = [seen[at][0] for at in day_range]
        before = levels[0]
        if day_range[0] > 0:
            before = max(levels)
            source = seen[day_range[levels.index(before)]][1]
            assert source
            if source.start_basis == "STATED":
                yield "ADDED", "CERTAIN" if before == 2 else "UNCERTAIN", said.what, days[day_range[0]]
        if day_range[-1] < len(days) - 1:
            source = seen[day_range[-1]][1]
            assert source
            if source.end_basis != "INHERITED":
                sure = "UNDATED" if source.end is None else "CERTAIN" if max(levels) == 2 else "UNCERTAIN"
                yield "REMOVED", sure, said.what, days[day_range[-1] + 1]
        elif levels[-1] != before:
            at = day_range[-1]
            while seen[at - 1][0] == levels[-1]:
                at -= 1
            if dated_turn(said, days[at], seen[at][1], seen[at - 1][1], surer=levels[-1] == 2):
                yield "CHANGED", "CERTAIN" if levels[-1] == 2 else "UNCERTAIN", said.what, days[at]


def first_named(said: Said) -> date | None:
    """The day from which a source surely speaks of it, where no source dated it before."""
    attested = [p for p, _ in said.periods if p.start_basis == "ATTESTED" and p.certain_from]
    if not attested:
        return None
    first = min(attested, key=lambda p: p.certain_from or date.max)
    day = first.certain_from
    assert day
    if any(p.start_basis == "STATED" and (p.valid_from is None or p.valid_from < day) for p, _ in said.periods):
        return None
    return day if state_of(replace(first, stale_from=None), day) == "YES" else None


def dated_turn(said: Said, day: date, now: Period | None, before: Period | None, *, surer: bool) -> bool:
    """Whether it became sure or doubtful by a date that its source gives, or by an option."""
    assert now
    assert before
    if any(now is p for p, _ in said.after):
        return True
    if surer:
        return now.start_basis == "STATED" and now.valid_from is not None and now.certain_from == day
    return before.end_basis == "STATED"


def happened(world: World, start: date, end: date) -> Iterator[tuple[str, str, tuple[str, str, str]]]:
    for event in EVENTS:
        said = [c for c in world.accepted if c.subject == event]
        (when,) = [c.value for c in said if c.predicate == "date"]
        assert isinstance(when, FuzzyDate)
        first, last = when.earliest or when.latest or date.min, when.latest or when.earliest or date.max
        days = [d for d in DAYS if first <= d <= last]
        within = [start < d <= end for d in days]
        bounded = when.earliest and when.latest
        if any(within):
            for edge in world.edges:  # which is not there where a contract was over before a source told of the event
                if edge.start == event:
                    how = {"ORIGINAL": "original", "RESULTING": "resulting", "TELLS_OF": "about"}[edge.type]
                    yield "CHANGED", "CERTAIN" if all(within) and bounded else "UNCERTAIN", (how, edge.end, event)


def expected(world: World, start: date, end: date) -> list[Any]:
    dated = [c for said in all_said(world) for c in changes_of(said, start, end)]
    lived = {(kind, what[1], day) for kind, _, what, day in dated if what[0] in ("exists", "runs")}
    found = list(happened(world, start, end))
    for kind, sure, what, day in dated:  # what begins or ends with the life of a thing goes without saying
        if what[0] in ("exists", "runs") or not {(kind, what[1], day), (kind, what[2], day)} & lived:
            found.append((kind, sure, what))
    for region in REGIONS:  # the old figure goes and the new one comes on the same day: one change
        figures = [c for c in found if c[2][:2] == ("figure", region)]
        if sorted(c[0] for c in figures) == ["ADDED", "REMOVED"]:
            found = [c for c in found if c not in figures] + [("CHANGED", "CERTAIN", ("figure", region, "4.0"))]
    return sorted(c for c in found if not (c[0] == "REMOVED" and c[2][0] == "figure"))  # a figure tells of its time


DIFF = """query($from: Date!, $to: Date!, $after: String, $scope: [Ref!]) {
  diff(from: $from, to: $to, after: $after, first: 60, scope: $scope, withFirstNamed: true) {
  totalCount firstNamed { slug count sentence(lang: EN) }
  pageInfo { hasNextPage endCursor } edges { cursor
  node { kind certainty predicate subject { id } sentence(lang: EN)
  effectiveOn { earliest latest } claims { id } cause { id }
  before { ... on EntityValue { entity { id } } ... on NumberValue { number } }
  after { ... on EntityValue { entity { id } } ... on NumberValue { number } } } } } }"""


def told(change: dict[str, Any]) -> tuple[str, str, tuple[str, str, str]]:
    value = change["after"] or change["before"] or {}
    other = value.get("entity", {}).get("id", "").partition("@")[0] or (str(value["number"]) if "number" in value else "")
    if change["predicate"] in ("original", "resulting", "about"):
        other = change["cause"]["id"].partition("@")[0]
    return change["kind"], change["certainty"], (change["predicate"], change["subject"]["id"].partition("@")[0], other)


@pytest.fixture(scope="module", params=SEEDS)
def world(request: pytest.FixtureRequest) -> World:
    return eventful_world(int(request.param))


@pytest.fixture
def ask(whole: Any) -> Any:
    """What the one root field of a question answers, or the code of its error."""

    def asked(document: str, **variables: Any) -> Any:
        answer = whole(document, **variables)
        return answer["errors"][0]["extensions"]["code"] if "errors" in answer else next(iter(answer["data"].values()))

    return asked


def all_pages(ask: Any, **variables: Any) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    after = None
    while True:
        page = ask(DIFF, after=after, **variables)
        out += [edge["node"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            assert len(out) == page["totalCount"]
            return out
        after = page["pageInfo"]["endCursor"]


def test_the_changes_between_two_days_are_those_that_a_look_at_every_day_finds(ask: Any, world: World) -> None:
    random = Random(len(world.claims))
    for _ in range(4):
        start, end = sorted(random.sample(DAYS, 2))
        changes = [c for c in all_pages(ask, **{"from": str(start), "to": str(end)}) if c["predicate"] != "option"]
        explained = {c["cause"]["id"].partition("@")[0] for c in changes if c["predicate"] in ("exists", "runs") and c["cause"]}
        wanted = [c for c in expected(world, start, end) if not (c[2][0] in ("original", "resulting", "about") and c[2][2] in explained)]
        assert sorted(told(c) for c in changes) == wanted, (start, end)
        for change in changes:
            assert change["sentence"].strip().endswith(".")
            assert change["claims"]
            assert (change["effectiveOn"] is None) == (change["certainty"] == "UNDATED")


def test_what_is_told_of_a_scope_is_part_of_what_is_told_of_all(ask: Any, world: World) -> None:
    start, end = str(DAYS[0]), str(DAYS[-1])
    whole = [orderly(c) for c in all_pages(ask, **{"from": start, "to": end})]
    for thing in (REGIONS[0], MUNICIPALITIES[0], CONTRACTS[0], FUNCTIONS[0]):
        part = [orderly(c) for c in all_pages(ask, **{"from": start, "to": end, "scope": [thing]})]
        known = [c for c in part if c in whole]
        assert known == [c for c in whole if c in part]
        # What goes with the life of a thing outside the scope is told here, and goes without saying where that life is told.
        assert not {told(c[1])[2][0] for c in part if c not in known} & {"exists", "runs", "option"}
        touching = [c for c in whole if thing in (told(c[1])[2][1], told(c[1])[2][2])]
        assert [c for c in touching if c not in part] == []


def orderly(change: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return change["sentence"], change


# ── timelines and paths ───────────────────────────────────────────────────────────────────────────

TIMELINE = "query($thing: Ref!) { timeline(entity: $thing) { id kind certainty label date { edtf earliest } claims { id } about { id } } }"
NODES = (
    "query($ids: [ID!]!) { nodes(ids: $ids) { ... on ChangeEvent "
    "{ id kind certainty label date { edtf earliest } claims { id } about { id } } } }"
)


SOME = 6  # moments of each timeline that are asked by their ids, each of which is a timeline again


def test_a_moment_of_a_timeline_is_found_again_by_its_id(ask: Any, world: World) -> None:
    seen = 0
    for thing in (*REGIONS[:2], *MUNICIPALITIES[:2], *CONTRACTS[:2]):
        found = ask(TIMELINE, thing=thing)
        seen += len(found)
        some = found[:: max(1, len(found) // SOME)]
        assert ask(NODES, ids=[m["id"] for m in some]) == some
        dated = [m["date"]["earliest"] or "" for m in found]
        assert dated == sorted(dated)
    assert seen > 10


def test_a_timeline_has_each_beginning_and_end_of_a_membership_that_is_dated(ask: Any, world: World) -> None:
    told = any(c.value == "JOIN" for c in world.accepted if c.predicate == "kind")  # moments may give way to such an event
    for thing in REGIONS[:2]:
        edges = [e for e in world.edges if e.type == "MEMBER_OF" and thing in (e.start, e.end)]
        left = {f"moment/left~{e.key}" for e in edges if e.period.end and e.period.end_basis == "STATED"}
        joined = {f"moment/joined~{e.key}" for e in edges if e.period.start_basis == "STATED"}
        found = {m["id"] for m in ask(TIMELINE, thing=thing) if m["id"].startswith(("moment/left", "moment/joined"))}
        assert left <= found <= left | joined
        assert told or joined <= found


PATH = """query($from: Ref!, $to: Ref!, $day: Date, $most: Int) { path(from: $from, to: $to, asOf: $day, maxLength: $most) {
  length steps { from { id } to { id } relation label period { endKnown } claims { id } } } }"""
TIMELESS = ("BROADER", "DEFINED_BY", "UNDER", "FROM_PROCUREMENT")
LEADS = ("MEMBER_OF", "DELIVERS", "CONCERNS", "COVERS", "BUYS", *TIMELESS)


def neighbours(world: World, day: date) -> dict[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for edge in world.edges:
        if edge.type in TIMELESS or (edge.type in LEADS and state_of(edge.period, day) not in ("BEFORE", "AFTER")):
            near[edge.start].add(edge.end)
            near[edge.end].add(edge.start)
    return near


def distance(near: dict[str, set[str]], start: str, end: str) -> int | None:
    reached, at = {start}, 0
    while end not in reached:
        more = reached.union(*(near[key] for key in reached))
        if more == reached:
            return None
        reached, at = more, at + 1
    return at


def test_paths_are_as_short_as_can_be_and_hold_on_the_day(ask: Any, world: World) -> None:
    random = Random(7)
    for _ in range(6):
        start, end = random.sample([*MUNICIPALITIES[:4], *CONTRACTS, *FUNCTIONS, *REGIONS], 2)
        day, most = random.choice(DAYS[3:-6]), random.choice([1, 3, 10])
        near = neighbours(world, day)
        found, least = ask(PATH, **{"from": start, "to": end, "day": str(day), "most": most}), distance(near, start, end)
        if found == "NOT_ON_THAT_DAY":
            assert any(key in world.lives and state_of(world.lives[key], day) in ("BEFORE", "AFTER") for key in (start, end))
            continue
        assert {p["length"] for p in found} == ({least} if least is not None and least <= most else set())
        for way in found:
            places = [step["from"]["id"].partition("@")[0] for step in way["steps"]] + [way["steps"][-1]["to"]["id"].partition("@")[0]]
            assert (places[0], places[-1], len(places)) == (start, end, way["length"] + 1)
            assert all(b in near[a] for a, b in pairwise(places))
            assert all(step["claims"] and step["label"] for step in way["steps"])


COMPARE = """query($refs: [Ref!]!, $day: Date) { compare(refs: $refs, asOf: $day) {
  shared { organization { id } members { id } excluded { id } unknown { id } }
  different { organization { id } members { id } excluded { id } unknown { id } memberships { id } } } }"""


def test_what_is_shared_and_what_differs_is_what_the_memberships_of_the_day_say(ask: Any, world: World) -> None:
    for day in DAYS[4:-6:7]:
        three = MUNICIPALITIES[:3]
        taking: dict[str, set[str]] = defaultdict(set)
        for edge in world.edges:
            if edge.type == "MEMBER_OF" and edge.start in three and state_of(edge.period, day) not in ("BEFORE", "AFTER"):
                taking[edge.end].add(edge.start)
        found = ask(COMPARE, refs=three, day=str(day))
        rows = {r["organization"]["id"].partition("@")[0]: r for r in (*found["shared"], *found["different"])}
        assert {key: {m["id"].partition("@")[0] for m in r["members"]} for key, r in rows.items()} == taking
        assert {r["organization"]["id"].partition("@")[0] for r in found["shared"]} == {k for k, v in taking.items() if len(v) == 3}
        assert all(len(r["members"]) + len(r["excluded"]) + len(r["unknown"]) == 3 for r in rows.values())
