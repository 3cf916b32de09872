"""From claims to the relationships of the graph: which claims speak of the same edge, and when it holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.build.edges import Edge
from graph.dates.period import state
from graph.domain.claim import Text
from graph.domain.model import PREDICATES
from tests.graph.domain.saying import World
from tests.graph.worlds import DAYS, FIRST, days, examples, fuzzy_dates

A, B, R, S = "municipality/a", "municipality/b", "region/r", "collaboration/s"
K, L, F, P = "contract/k", "contract/l", "function/f", "provider/p"


def told(world: World) -> list[tuple[str, str, str, str]]:
    """Each edge as type, first day of which a source speaks, last day and claims."""
    return [(e.type, str(e.period.spoken_from), last(e), " ".join(e.claims)) for e in world.edges]


def last(edge: Edge) -> str:
    return str(edge.period.valid_to and edge.period.valid_to - timedelta(1))


# ── which claims make one edge ────────────────────────────────────────────────────────────────────


def test_two_claims_of_the_same_edge_for_the_same_time_are_one_edge() -> None:
    world = World()
    world.says(A, "memberOf", R, "2020-01-01", "2021-12-31", key="one")
    world.says(R, "member", A, "2020-01-01", "2021-12-31", key="other")
    assert told(world) == [("MEMBER_OF", "2020-01-01", "2021-12-31", "one other")]


def test_other_roles_and_other_ends_are_other_edges() -> None:
    world = World()
    world.says(A, "memberOf", R, "2020-01-01", key="plain")
    world.says(A, "memberOf", R, "2020-01-01", role="LEAD", key="lead")
    world.says(B, "memberOf", R, "2020-01-01", key="b")
    assert [(e.start, e.role, e.claims) for e in world.edges] == [(A, "MEMBER", ("plain",)), (A, "LEAD", ("lead",)), (B, "MEMBER", ("b",))]


def test_stated_periods_apart_are_edges_apart() -> None:
    world = World()
    world.says(A, "memberOf", R, "2015-01-01", "2016-12-31", key="early")
    world.says(A, "memberOf", R, "2018-01-01", "2019-12-31", key="late")
    assert sorted(told(world)) == [("MEMBER_OF", "2015-01-01", "2016-12-31", "early"), ("MEMBER_OF", "2018-01-01", "2019-12-31", "late")]


def test_of_stated_periods_that_overlap_the_conflict_rule_picks_one_and_the_others_support_it() -> None:
    world = World()
    world.says(A, "memberOf", R, "2020", "2021", key="vague")
    world.says(A, "memberOf", R, "2020-03-01", "2021-12-31", key="exact")
    assert told(world) == [("MEMBER_OF", "2020-03-01", "2021-12-31", "vague exact")]


def test_a_rank_outweighs_exactness() -> None:
    world = World()
    world.says(A, "memberOf", R, "2020", "2021", key="vague", rank="PREFERRED")
    world.says(A, "memberOf", R, "2020-03-01", "2021-12-31", key="exact")
    assert told(world) == [("MEMBER_OF", "2020-01-01", "2021-12-31", "vague exact")]


def test_an_undated_claim_supports_the_edge_that_holds_while_its_source_was_written() -> None:
    world = World("2021-01-28")
    world.says(A, "memberOf", R, "2020-01-01", "2021-12-31", key="stated")
    world.says(A, "memberOf", R, key="undated")
    assert told(world) == [("MEMBER_OF", "2020-01-01", "2021-12-31", "stated undated")]


def test_an_undated_claim_makes_an_edge_of_its_own_where_none_holds_then() -> None:
    world = World("2021-01-28")
    world.says(A, "memberOf", R, "2015-01-01", "2016-12-31", key="stated")
    world.says(A, "memberOf", R, key="undated")
    assert told(world) == [("MEMBER_OF", "2015-01-01", "2016-12-31", "stated"), ("MEMBER_OF", "2021-01-28", "None", "undated")]


def test_an_undated_claim_of_the_very_day_on_which_a_stated_period_begins_supports_it() -> None:
    world = World("2021-01-28")
    world.says(A, "memberOf", R, key="undated")
    world.says(A, "memberOf", R, "2021-01-28", key="stated")
    assert told(world) == [("MEMBER_OF", "2021-01-28", "None", "stated undated")]


def test_attestations_before_and_after_a_stated_period_are_edges_apart() -> None:
    world = World("2015-01-01")
    world.says(A, "memberOf", R, key="before")
    world.says(A, "memberOf", R, "2018-01-01", "2019-12-31", key="stated")
    world.says(A, "memberOf", R, key="after", source=world.source("later", "2021-06-01"))
    assert sorted(told(world)) == [
        ("MEMBER_OF", "2015-01-01", "2017-12-31", "before"), ("MEMBER_OF", "2018-01-01", "2019-12-31", "stated"),
        ("MEMBER_OF", "2021-06-01", "None", "after"),
    ]  # fmt: skip


def test_undated_claims_make_one_edge_from_the_earliest_on() -> None:
    world = World("2021-01-28")
    early = world.source("early", "2018-05-01")
    world.says(A, "memberOf", R, key="late")
    world.says(A, "memberOf", R, key="early", source=early)
    assert told(world) == [("MEMBER_OF", "2018-05-01", "None", "late early")]


def test_an_attestation_is_carried_forward_only_until_a_stated_period_begins() -> None:
    world = World("2015-01-01")
    world.says(A, "memberOf", R, key="attested")
    world.says(A, "memberOf", R, "2018-01-01", "2019-12-31", key="stated", source=world.source("later", "2021"))
    assert sorted(told(world)) == [
        ("MEMBER_OF", "2015-01-01", "2017-12-31", "attested"), ("MEMBER_OF", "2018-01-01", "2019-12-31", "stated"),
    ]  # fmt: skip
    attested = next(e for e in world.edges if e.claims == ("attested",))
    assert (attested.period.end, attested.period.end_known) == (None, False)


def test_the_youngest_source_behind_an_edge_is_remembered() -> None:
    world = World("2021-01-28")
    world.says(A, "memberOf", R, "2020-01-01")
    world.says(A, "memberOf", R, "2020-01-01", source=world.source("later", "2023-02"))
    assert [e.written for e in world.edges] == [date(2023, 2, 28)]


def test_qualifiers_stand_on_the_edge_and_the_first_that_says_it_wins() -> None:
    world = World()
    world.says(A, "memberOf", R, "2020-01-01", role="LEAD", roleLabel=Text("trekker", "lead"))
    world.says(A, "memberOf", R, "2020-01-01", role="LEAD", roleLabel=Text("voorzitter"), onBehalfOf=S)
    (edge,) = world.edges
    assert edge.properties == {"roleLabelNl": "trekker", "roleLabelEn": "lead", "onBehalfOf": S}


def test_what_is_only_planned_is_so_marked_and_a_source_that_says_it_is_makes_it_no_plan() -> None:
    world = World()
    world.says(S, "member", A, "2020-01-01", planned=True)
    assert [e.period.planned for e in world.edges] == [True]
    world.says(S, "member", A, "2020-01-01")
    assert [e.period.planned for e in world.edges] == [False]


def test_what_belongs_to_a_planned_arrangement_is_planned() -> None:
    world = World()
    world.says(K, "runs", True, "2022-01-01", planned=True)
    world.says(K, "covers", R)
    assert [e.period.planned for e in world.edges] == [True]


def test_an_edge_without_an_end_grows_old_three_years_after_its_last_source() -> None:
    world = World("2021-01-28")
    world.says(A, "memberOf", R, "2020-01-01")
    world.says(B, "memberOf", R, "2020-01-01", open_ended=True)
    assert [e.period.stale_from for e in world.edges] == [date(2024, 1, 29), None]


def test_who_expressly_takes_no_part_is_no_member() -> None:
    world = World()
    world.says(S, "member", A, "2020-01-01", takesPart=False, key="not")
    world.says(S, "member", A, "2020-01-01", key="yes")
    assert [(e.type, e.claims) for e in world.edges] == [("NOT_MEMBER_OF", ("not",)), ("MEMBER_OF", ("yes",))]
    assert len({e.key for e in world.edges}) == 2


# ── what an arrangement lends ─────────────────────────────────────────────────────────────────────


def test_a_membership_that_is_carried_forward_ends_when_a_source_denies_it() -> None:
    world = World()
    world.says(A, "memberOf", S, "2018-01-01", key="in")
    world.says(A, "memberOf", S, "2023-01-01", takesPart=False, key="out")
    assert ("MEMBER_OF", "2018-01-01", "2022-12-31", "in") in told(world)


def test_what_is_said_without_dates_of_a_contract_holds_as_long_as_it_runs() -> None:
    world = World("2021-01-28")
    world.says(K, "runs", True, "2018-01-01", "2019-12-31")
    for predicate, value in (("covers", R), ("delivers", F), ("supplier", P), ("buyer", A), ("excepts", A), ("contractManager", R)):
        world.says(K, predicate, value)
    assert {(e.type, str(e.period.valid_from), last(e)) for e in world.edges} == {
        (t, "2018-01-01", "2019-12-31") for t in ("COVERS", "DELIVERS", "SUPPLIES", "BUYS", "EXCEPTS", "MANAGES")
    }


def test_what_a_contract_lends_limits_and_makes_nothing_certain() -> None:
    world = World("2019-06-01")
    world.says(K, "runs", True, "2018-01-01", "2019-12-31")
    world.says(K, "covers", R)
    (edge,) = world.edges
    assert (edge.period.start_basis, edge.period.end_basis) == ("INHERITED", "INHERITED")
    assert [state(edge.period, date(*d)).name for d in [(2017, 12, 31), (2018, 1, 1), (2019, 5, 31), (2019, 6, 1), (2020, 1, 1)]] == [
        "BEFORE", "MAYBE", "MAYBE", "YES", "AFTER",
    ]  # fmt: skip


def test_what_is_said_of_a_part_of_a_contract_does_not_end_the_whole() -> None:
    world = World()
    world.says(K, "runs", True, "2018-01-01")
    world.says(L, "runs", True, "2022-01-01", "2025-12-31")
    world.says(K, "succeededBy", L, part=R)
    assert world.lives[K].valid_to is None


def test_a_contract_runs_through_the_options_that_were_used() -> None:
    world = World()
    world.says(K, "runs", True, "2022-01-01", "2023-12-31")
    for number, status in ((1, "EXERCISED"), (2, "UNKNOWN")):
        world.says(K, "option", float(number), f"{2023 + number}-01-01", f"{2023 + number}-12-31", status=status)
    assert world.lives[K].valid_to == date(2025, 1, 1)


def test_a_stated_start_is_kept_and_the_contract_lends_only_the_end() -> None:
    world = World()
    world.says(K, "runs", True, "2018-01-01", "2019-12-31")
    world.says(K, "covers", R, "2019-01-01")
    assert told(world) == [("COVERS", "2019-01-01", "2019-12-31", "c001")]


def test_a_membership_of_a_collaboration_inherits_its_life() -> None:
    world = World()
    world.says(S, "exists", True, "2018-01-01", open_ended=True)
    world.says(A, "memberOf", S)
    (edge,) = world.edges
    assert (str(edge.period.valid_from), edge.period.valid_to, edge.period.end_known) == ("2018-01-01", None, True)


def test_a_membership_of_a_region_inherits_nothing() -> None:
    world = World("2021-01-28")
    world.says(R, "exists", True, "2015-01-01")
    world.says(A, "memberOf", R)
    assert told(world) == [("MEMBER_OF", "2021-01-28", "None", "c001")]


def test_options_widen_what_a_contract_lends() -> None:
    world = World()
    world.says(K, "runs", True, "2022-01-01", "2023-12-31")
    for number, year in enumerate((2024, 2025, 2026), 1):
        world.says(K, "option", float(number), f"{year}-01-01", f"{year}-12-31")
    world.says(K, "covers", R)
    (edge,) = world.edges
    assert (str(edge.period.valid_from), last(edge)) == ("2022-01-01", "2026-12-31")
    assert [state(edge.period, date(year, 6, 1)).name for year in (2023, 2024, 2026, 2027)] == ["YES", "MAYBE", "MAYBE", "AFTER"]


def test_a_contract_without_an_end_is_carried_forward_until_its_successor_begins() -> None:
    world = World()
    world.says(K, "runs", True, "2018-01-01")
    world.says(L, "runs", True, "2022", "2025-12-31")
    world.says(K, "succeededBy", L)
    world.says(K, "covers", R, key="covers")
    life = world.lives[K]
    assert [state(life, date(*d)).name for d in [(2021, 12, 31), (2022, 1, 1), (2022, 12, 30), (2022, 12, 31)]] == [
        "YES", "MAYBE", "MAYBE", "AFTER",
    ]  # fmt: skip
    assert not life.end_known
    assert ("COVERS", "2018-01-01", "2022-12-30", "covers") in told(world)


def test_a_successor_that_is_only_planned_ends_nothing_but_certainty() -> None:
    world = World()
    world.says(K, "runs", True, "2018-01-01")
    world.says(L, "runs", True, "2022-01-01", planned=True)
    world.says(K, "succeededBy", L)
    assert [state(world.lives[K], date(*d)).name for d in [(2021, 12, 31), (2022, 1, 1), (2023, 1, 1)]] == ["YES", "MAYBE", "MAYBE"]


def test_a_successor_that_began_on_a_day_or_earlier_leaves_no_certainty() -> None:
    world = World()
    world.says(K, "runs", True, "2018-01-01")
    world.says(L, "runs", True, "../2022-01-01")
    world.says(K, "succeededBy", L)
    assert [state(world.lives[K], date(*d)).name for d in [(2018, 1, 1), (2021, 12, 31), (2022, 1, 1)]] == ["MAYBE", "MAYBE", "AFTER"]


def test_a_stated_end_is_not_moved_by_a_successor() -> None:
    world = World()
    world.says(K, "runs", True, "2018-01-01", "2023-12-31")
    world.says(L, "runs", True, "2022-01-01")
    world.says(K, "succeededBy", L)
    assert state(world.lives[K], date(2023, 6, 1)).name == "YES"


# ── no edge outlives its ends ─────────────────────────────────────────────────────────────────────


def test_an_edge_ends_with_the_thing_it_starts_from() -> None:
    world = World()
    world.says(A, "exists", True, "1900-01-01", "2021-12-31")
    world.says(A, "memberOf", R, "2015-01-01")
    assert told(world) == [("MEMBER_OF", "2015-01-01", "2021-12-31", "c001")]


def test_an_edge_begins_with_the_thing_it_leads_to() -> None:
    world = World("2015-06-01")
    world.says(R, "exists", True, "2018-01-01")
    world.says(A, "memberOf", R, "2015-01-01", "2020-12-31")
    assert told(world) == [("MEMBER_OF", "2018-01-01", "2020-12-31", "c001")]


def test_an_edge_between_things_that_never_met_is_no_edge() -> None:
    world = World()
    world.says(A, "exists", True, "1900-01-01", "2009-12-31")
    world.says(A, "memberOf", R, "2015-01-01")
    assert world.edges == []


def test_what_lost_a_resolved_conflict_makes_no_edge() -> None:
    world = World()
    loser = world.says(A, "memberOf", R, "2020")
    winner = world.says(A, "memberOf", S, "2020-01-01")
    world.quarrel(loser, winner, status="RESOLVED")
    assert [e.claims for e in world.edges] == [(winner,)]


# ── over random claims ────────────────────────────────────────────────────────────────────────────

RELATIONS = [
    (A, "memberOf", R), (R, "member", A), (B, "memberOf", R), (A, "memberOf", S), (S, "member", B), (K, "covers", R), (K, "covers", A),
    (K, "delivers", F), (S, "concerns", F), (K, "excepts", A), (K, "supplier", P), (K, "buyer", A), (K, "under", S), (F, "leftTo", R),
]  # fmt: skip


@st.composite
def spoken(draw: st.DrawFn, *, living: bool) -> World:
    """A world in which several sources speak of a few edges; with `living`, also of when their ends exist."""
    world = World(draw(fuzzy_dates))
    for slug in ("b", "c"):
        world.source(slug, draw(fuzzy_dates), authority=draw(st.sampled_from([{}, {"memberOf": 2}])))
    for _ in range(draw(st.integers(1, 12))):
        subject, predicate, value = draw(st.sampled_from(RELATIONS))
        start, end = draw(st.none() | fuzzy_dates), draw(st.none() | fuzzy_dates)
        if start and start.earliest and end and end.latest and end.latest < start.earliest:
            end = None
        says: dict[str, Any] = {"role": "LEAD"} if "member" in predicate and draw(st.booleans()) else {}
        world.says(subject, predicate, value, start, end, source=draw(st.sampled_from(["vision", "b", "c"])), **says)
    for thing, predicate in ((A, "exists"), (R, "exists"), (S, "exists"), (K, "runs")) if living else ():
        if draw(st.booleans()):
            first, final = sorted((draw(days), draw(days)))
            world.says(thing, predicate, True, draw(st.sampled_from([None, str(first)])), draw(st.sampled_from([None, str(final)])))
    return world


def relating(world: World) -> list[str]:
    return [c.key for c in world.accepted if PREDICATES[c.predicate].relation]


@examples(150)
@given(spoken(living=False))
def test_every_accepted_claim_with_a_relation_supports_exactly_one_edge(world: World) -> None:
    supported = Counter(key for edge in world.edges for key in edge.claims)
    empty = [c for c in world.accepted if c.period.empty]  # as one whose source was written after the end that it states
    if not empty:
        assert supported == Counter(relating(world))
    assert supported <= Counter(relating(world))


@examples(150)
@given(spoken(living=True))
def test_no_claim_supports_two_edges_and_no_edge_is_empty(world: World) -> None:
    supported = Counter(key for edge in world.edges for key in edge.claims)
    assert set(supported) <= set(relating(world))
    assert set(supported.values()) <= {1}
    for edge in world.edges:
        assert edge.claims
        assert not edge.period.empty


@examples(200)
@given(spoken(living=True))
def test_edges_with_the_same_ends_and_role_are_never_shown_on_the_same_day(world: World) -> None:
    same = defaultdict(list)
    for edge in world.edges:
        same[edge.type, edge.start, edge.end, edge.role].append(edge.period)
    for periods in same.values():
        for day in DAYS:
            assert sum(state(p, day).shown for p in periods) <= 1, day


def test_what_an_older_source_names_stops_where_a_newer_period_begins_also_if_the_collaboration_ends_later() -> None:
    world = World("2020-01-02")
    older = world.source("b", "2020-01-01")
    world.says(A, "memberOf", S, source=older, role="LEAD")
    world.says(A, "memberOf", S, None, "2020-01-02", role="LEAD")
    world.says(S, "exists", True, None, "2020-01-02")
    periods = [edge.period for edge in world.edges]
    assert len(periods) == 2
    assert [sum(state(p, day).shown for p in periods) for day in DAYS] == [1] * DAYS.index(date(2020, 1, 3)) + [0] * (
        len(DAYS) - DAYS.index(date(2020, 1, 3))
    )


@examples(150)
@given(spoken(living=True))
def test_every_edge_has_a_key_of_its_own(world: World) -> None:
    for kinds in ({"MEMBER_OF", "NOT_MEMBER_OF"}, {"SUPPLIES"}, {"COVERS"}, {"DELIVERS"}):
        keys = [e.key for e in world.edges if e.type in kinds]
        assert len(keys) == len(set(keys))


@examples(150)
@given(spoken(living=True))
def test_no_edge_is_shown_after_either_of_its_ends(world: World) -> None:
    lives = world.lives
    ends_known = {key: life.valid_to for key, life in lives.items() if life.valid_to}
    for edge in world.edges:
        for end in (edge.start, edge.end):
            if end in ends_known:
                assert not state(edge.period, ends_known[end]).shown


@examples(100)
@given(spoken(living=True), st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter_where_each_has_a_source_of_its_own(world: World, random: object) -> None:
    for number, (key, claim) in enumerate(world.claims.items()):
        published = f"{FIRST + timedelta(number)}"
        world.claims[key] = replace(claim, source=world.source(f"s{number}", published))
    turned = World()
    turned.entities, turned.sources = world.entities, world.sources
    keys = list(world.claims)
    random.shuffle(keys)  # type: ignore[attr-defined]
    turned.claims = {key: world.claims[key] for key in keys}
    assert comparable(turned) == comparable(world)


def comparable(world: World) -> set[tuple[object, ...]]:
    return {(e.type, e.start, e.end, e.role, e.period.valid_from, e.period.valid_to, frozenset(e.claims), e.written) for e in world.edges}
