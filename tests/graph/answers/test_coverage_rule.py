"""The coverage rule: against a plain oracle over random chains, and reason by reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.answers.coverage_rule import REASONS, STATUSES, Chain, ChainKind, Division, Evidence, Link, Option, Verdict, judge
from graph.dates.edtf import parse
from graph.dates.period import Period
from tests.graph.oracle import change_after, coverage_of, said_by
from tests.graph.worlds import DAYS, LAST, chains, days, evidence, examples, periods

ALWAYS = Period()


# ── against the oracle ────────────────────────────────────────────────────────────────────────────


@examples(120)
@given(chains, st.just(ALWAYS) | periods())
def test_one_chain_says_what_a_plain_reading_of_it_says(chain: Chain, municipality: Period) -> None:
    for day in DAYS:
        found, expected = judge(chain, municipality, day), said_by(chain, municipality, day)
        assert (found and (found[0], set(found[1]))) == expected, day


@examples(150)
@given(evidence)
def test_the_verdict_is_that_of_a_plain_reading_of_all_chains(world: Evidence) -> None:
    for day in DAYS:
        verdict = world.decide(day)
        assert (verdict.status, set(verdict.reasons), sorted(verdict.chains)) == coverage_of(world, day), day


@examples(60)
@given(evidence, days)
def test_the_answer_changes_on_the_day_that_looking_at_every_day_finds(world: Evidence, day: date) -> None:
    assert world.changes_on(day) == change_after(world, day, DAYS[-1])


# ── what always holds ─────────────────────────────────────────────────────────────────────────────


@examples(90)
@given(evidence, st.sampled_from(DAYS))
def test_a_verdict_has_a_known_status_and_known_reasons_in_their_order(world: Evidence, day: date) -> None:
    verdict = world.decide(day)
    assert verdict.status in STATUSES
    assert verdict.reasons
    assert list(verdict.reasons) == [r for r in REASONS if r in verdict.reasons]


@examples(90)
@given(evidence, st.sampled_from(DAYS))
def test_nothing_is_a_gap_that_no_source_states(world: Evidence, day: date) -> None:
    chained, verdict = world.chains, world.decide(day)
    if verdict.status == "GAP":
        assert {chained[i].kind for i in verdict.chains} == {ChainKind.GAP}
        assert "STATED_GAP" in verdict.reasons
    assert replace(world, chains=[c for c in chained if c.kind is not ChainKind.GAP]).decide(day).status != "GAP"


@examples(90)
@given(evidence, st.sampled_from(DAYS))
def test_covered_rests_on_chains_that_are_certain_in_every_step(world: Evidence, day: date) -> None:
    chained, verdict = world.chains, world.decide(day)
    if verdict.status == "COVERED":
        assert verdict.chains
        for chain in (chained[i] for i in verdict.chains):
            status, reasons = said_by(chain, world.municipality, day) or ("", set())
            assert status == "COVERED"
            assert reasons - {"CARRIED_FORWARD"} in ({"IN_FORCE"}, {"LOCAL_RESPONSIBILITY"})


@examples(90)
@given(evidence, chains, st.sampled_from(DAYS))
def test_what_has_ended_takes_no_cover_away(world: Evidence, chain: Chain, day: date) -> None:
    ended = replace(chain, terms=(*chain.terms, Link(during("2018-01-01", "2018-12-31"))), exceptions=())
    before = world.decide(day)
    if before.status == "COVERED":
        assert replace(world, chains=[*world.chains, ended]).decide(day) == before


@examples(90)
@given(evidence, st.sampled_from(DAYS), st.randoms(use_true_random=False))
def test_the_order_of_chains_does_not_matter(world: Evidence, day: date, random: object) -> None:
    order = list(range(len(world.chains)))
    random.shuffle(order)  # type: ignore[attr-defined]
    one, other = world.decide(day), replace(world, chains=[world.chains[i] for i in order]).decide(day)
    assert (one.status, one.reasons) == (other.status, other.reasons)
    assert set(one.chains) == {order[i] for i in other.chains}


@examples(60)
@given(evidence)
def test_after_the_last_change_the_answer_stays(world: Evidence) -> None:
    day, seen = DAYS[0], 0
    while (following := world.changes_on(day)) is not None:
        assert following > day
        day, seen = following, seen + 1
    assert seen <= len(DAYS)
    assert change_after(world, day, LAST) is None


# ── reason by reason ──────────────────────────────────────────────────────────────────────────────

DAY_2023, WRITTEN = date(2023, 6, 1), date(2021, 1, 28)


def during(start: str | None, end: str | None, *, attested: str | None = None) -> Period:
    first, last, written = (parse(text) if text else None for text in (start, end, attested))
    return Period.of(first, last, open_ended=False, attested=written)


FIRM = Link(during("2022-01-01", "2023-12-31"))
LASTING = Link(during("2015-01-01", "2030-12-31"))
GONE, TO_COME, VAGUE = Link(during("2015-01-01", "2020-12-31")), Link(during("2025-01-01", "2026-12-31")), Link(during("2023", "2030"))
UNDATED = Link(during(None, None, attested="2021-01-28"), WRITTEN)
PLAN = Link(during("2022-01-01", "2023-12-31").intended())
OLD = Link(during("2015-01-01", None).carried(date(2018, 12, 31)))
LATER = Link(during(None, None, attested="2024"))
PLAIN = Chain(ChainKind.ARRANGEMENT, (LASTING,), (LASTING,), FIRM)
GAP = Chain(ChainKind.GAP, (LASTING,), (LASTING,))
LOCAL = Chain(ChainKind.LOCAL, (LASTING,), (LASTING,))


def option(number: int, start: str, end: str, status: str = "UNKNOWN") -> Option:
    return Option(number, during(start, end), status)


def said(*chained: Chain, day: str = "2023-06-01", municipality: Period = ALWAYS) -> str:
    found = Evidence(municipality, chained).decide(date.fromisoformat(day))
    return " ".join((found.status, *found.reasons))


@pytest.mark.parametrize(
    ("chain", "answer"),
    [
        (PLAIN, "COVERED IN_FORCE"),
        (replace(PLAIN, run=None), "COVERED IN_FORCE"),
        (LOCAL, "COVERED LOCAL_RESPONSIBILITY"),
        (GAP, "GAP STATED_GAP"),
        (replace(PLAIN, run=GONE), "UNKNOWN ENDED"),
        (replace(PLAIN, run=TO_COME), "UNKNOWN NOT_STARTED"),
        (replace(PLAIN, terms=(GONE,)), "UNKNOWN ENDED"),
        (replace(PLAIN, terms=(TO_COME,)), "UNKNOWN NOT_STARTED"),
        (replace(PLAIN, terms=(GONE, TO_COME)), "UNKNOWN ENDED"),
        (replace(PLAIN, memberships=(GONE,)), "UNKNOWN NO_SOURCE"),
        (replace(PLAIN, memberships=(TO_COME,)), "UNKNOWN NO_SOURCE"),
        (replace(PLAIN, run=VAGUE), "UNCERTAIN VAGUE_DATE"),
        (replace(PLAIN, memberships=(VAGUE,)), "UNCERTAIN VAGUE_DATE"),
        (replace(PLAIN, exceptions=(VAGUE,)), "UNCERTAIN VAGUE_DATE"),
        (replace(PLAIN, run=PLAN), "UNCERTAIN PLAN_NOT_CONFIRMED"),
        (replace(PLAIN, memberships=(OLD,)), "UNCERTAIN STALE"),
        (replace(PLAIN, terms=(OLD,)), "UNCERTAIN STALE"),
        (replace(LOCAL, terms=(VAGUE,)), "UNCERTAIN LOCAL_RESPONSIBILITY VAGUE_DATE"),
        (replace(PLAIN, exceptions=(LASTING,)), "UNKNOWN EXCLUDED"),
        (replace(PLAIN, exceptions=(GONE,)), "COVERED IN_FORCE"),
        (replace(PLAIN, exceptions=(TO_COME,)), "COVERED IN_FORCE"),
        (replace(PLAIN, terms=(replace(LASTING, contested=True),)), "UNCERTAIN CONTESTED"),
        (replace(PLAIN, memberships=(replace(LASTING, contested=True),)), "UNCERTAIN CONTESTED"),
        (replace(PLAIN, run=replace(FIRM, contested=True)), "UNCERTAIN CONTESTED"),
        (replace(PLAIN, run=replace(VAGUE, contested=True)), "UNCERTAIN VAGUE_DATE CONTESTED"),
        (replace(PLAIN, terms=(UNDATED,)), "COVERED CARRIED_FORWARD IN_FORCE"),
        (replace(PLAIN, memberships=(UNDATED,)), "COVERED IN_FORCE"),
        (replace(GAP, terms=(UNDATED,)), "GAP CARRIED_FORWARD STATED_GAP"),
        (replace(GAP, terms=(VAGUE,)), "UNCERTAIN VAGUE_DATE"),
        (replace(PLAIN, run=None, terms=(LATER,)), "UNKNOWN ATTESTED_LATER"),
        (replace(PLAIN, memberships=(LATER,)), "UNKNOWN ATTESTED_LATER"),
    ],
)
def test_each_reason_has_its_cause(chain: Chain, answer: str) -> None:
    assert said(chain) == answer


def test_without_any_chain_no_source_speaks() -> None:
    assert Evidence(ALWAYS, []).decide(DAY_2023) == Verdict("UNKNOWN", ("NO_SOURCE",))


def test_where_no_source_speaks_of_any_care_the_answer_is_not_in_the_data() -> None:
    def told(division: Division) -> Verdict:
        return Evidence(ALWAYS, [], division, silent=True).decide(DAY_2023)

    assert told(Division()) == told(Division(mentioned=True)) == Verdict("UNKNOWN", ("NOT_IN_DATA",))
    assert told(Division(defined=True)) == Verdict("NOT_APPLICABLE", ("OTHER_DIVISION",))
    assert Evidence(ALWAYS, []).changes_on(DAY_2023) is None


def test_a_function_that_sources_only_name_is_mentioned_and_that_of_another_region_does_not_apply() -> None:
    def told(division: Division) -> str:
        found = Evidence(ALWAYS, [], division).decide(DAY_2023)
        return " ".join((found.status, *found.reasons))

    assert told(Division(mentioned=True)) == "UNKNOWN MENTIONED"
    assert told(Division(defined=True, ways=((LASTING,),))) == "UNKNOWN NO_SOURCE"
    assert told(Division(defined=True, ways=((GONE,),))) == "NOT_APPLICABLE OTHER_DIVISION"
    assert told(Division(defined=True)) == "NOT_APPLICABLE OTHER_DIVISION"


def test_what_someone_arranges_outweighs_whose_division_it_is() -> None:
    assert Evidence(ALWAYS, [PLAIN], Division(defined=True)).decide(DAY_2023).status == "COVERED"


def test_an_arrangement_that_never_came_to_a_municipality_is_not_told() -> None:
    excepted = replace(PLAIN, run=TO_COME, exceptions=(Link(during("2025-01-01", None)),))
    assert said(excepted) == "UNKNOWN NO_SOURCE"
    assert said(replace(PLAIN, run=TO_COME), municipality=during("1900-01-01", "2024-12-31")) == "UNKNOWN NO_SOURCE"
    assert said(replace(PLAIN, run=GONE), municipality=during("2021-01-01", None)) == "UNKNOWN NO_SOURCE"


def test_a_detour_adds_no_doubt_to_a_surer_way_to_the_same_arrangement() -> None:
    one, detour = replace(PLAIN, run=VAGUE, name="a"), replace(PLAIN, run=VAGUE, memberships=(OLD,), name="a")
    assert said(one, detour) == said(detour, one) == "UNCERTAIN VAGUE_DATE"
    assert said(one, replace(detour, name="b")) == "UNCERTAIN VAGUE_DATE STALE"


def test_that_another_arrangement_takes_over_changes_the_answer() -> None:
    first = replace(PLAIN, run=Link(during("2022-01-01", "2023-12-31")), name="first")
    second = replace(PLAIN, run=Link(during("2024-01-01", "2025-12-31")), name="second")
    assert Evidence(ALWAYS, [first, second]).changes_on(DAY_2023) == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("day", "answer"),
    [("2021-12-31", "UNKNOWN NOT_STARTED"), ("2023-06-01", "COVERED IN_FORCE"), ("2024-06-01", "UNCERTAIN OPTION_NOT_CONFIRMED"),
     ("2026-12-31", "UNCERTAIN OPTION_NOT_CONFIRMED"), ("2027-01-01", "UNKNOWN ENDED"), ("2027-06-01", "UNKNOWN ENDED")],
)  # fmt: skip
def test_two_firm_years_and_three_options_that_no_source_confirms(day: str, answer: str) -> None:
    options = tuple(option(n, f"{2023 + n}-01-01", f"{2023 + n}-12-31") for n in (1, 2, 3))
    terms = (Link(during("2022-01-01", "2023-12-31/2026-12-31")),)
    chain = replace(PLAIN, terms=terms, options=options)
    assert said(chain, day=day) == answer
    assert Evidence(ALWAYS, [chain]).changes_on(DAY_2023) == date(2024, 1, 1)
    assert Evidence(ALWAYS, [chain]).changes_on(date(2024, 6, 1)) == date(2027, 1, 1)


def test_an_option_that_was_used_covers_and_one_that_lapsed_does_not() -> None:
    for status, answer in (("EXERCISED", "COVERED IN_FORCE"), ("LAPSED", "UNKNOWN ENDED"), ("OPEN", "UNCERTAIN OPTION_NOT_CONFIRMED")):
        assert said(replace(PLAIN, options=(option(1, "2024-01-01", "2024-12-31", status),)), day="2024-06-01") == answer


def test_of_options_for_the_same_day_one_that_was_used_is_enough() -> None:
    options = (option(1, "2024-01-01", "2024-12-31"), option(2, "2024-01-01", "2025-12-31", "EXERCISED"))
    assert said(replace(PLAIN, options=options), day="2024-06-01") == "COVERED IN_FORCE"
    assert said(replace(PLAIN, options=options[::-1]), day="2024-06-01") == "COVERED IN_FORCE"


def test_what_covers_without_doubt_outweighs_everything_but_a_stated_gap() -> None:
    others = [replace(PLAIN, run=GONE), replace(PLAIN, run=PLAN), replace(PLAIN, exceptions=(LASTING,)), replace(PLAIN, run=TO_COME)]
    for other in others:
        assert said(PLAIN, other) == said(other, PLAIN) == "COVERED IN_FORCE"
    assert said(PLAIN, GAP) == "UNCERTAIN IN_FORCE CONTESTED STATED_GAP"


def test_an_express_exception_outweighs_what_only_may_still_run() -> None:
    assert said(replace(PLAIN, run=PLAN), replace(PLAIN, exceptions=(LASTING,))) == "UNKNOWN EXCLUDED"


def test_an_express_exception_outweighs_what_ended_or_is_to_come() -> None:
    assert said(replace(PLAIN, run=GONE), replace(PLAIN, exceptions=(LASTING,)), replace(PLAIN, run=TO_COME)) == "UNKNOWN EXCLUDED"


def test_an_express_exception_takes_nothing_from_a_stated_gap() -> None:
    assert said(replace(PLAIN, exceptions=(LASTING,)), GAP) == "GAP STATED_GAP"


def test_what_may_run_outweighs_what_ended() -> None:
    assert said(replace(PLAIN, run=GONE), replace(PLAIN, run=PLAN)) == "UNCERTAIN PLAN_NOT_CONFIRMED"


def test_a_gap_beside_what_may_run_is_contested() -> None:
    assert said(replace(PLAIN, run=PLAN), GAP) == "UNCERTAIN PLAN_NOT_CONFIRMED CONTESTED STATED_GAP"


def test_a_gap_outweighs_what_ended() -> None:
    assert said(replace(PLAIN, run=GONE), GAP) == "GAP STATED_GAP"


def test_what_ended_and_what_is_to_come_are_both_told() -> None:
    assert said(replace(PLAIN, run=GONE), replace(PLAIN, run=TO_COME)) == "UNKNOWN ENDED NOT_STARTED"


def test_nothing_is_carried_where_something_else_needs_no_carrying() -> None:
    carried = replace(PLAIN, terms=(UNDATED,))
    assert said(carried, PLAIN) == "COVERED IN_FORCE"
    assert said(carried, carried) == "COVERED CARRIED_FORWARD IN_FORCE"


def test_of_a_municipality_that_does_not_exist_nothing_is_asked() -> None:
    assert said(PLAIN, municipality=during("1900-01-01", "2021-12-31")) == "NOT_APPLICABLE NO_MUNICIPALITY"
    assert said(PLAIN, municipality=during("2024-01-01", None)) == "NOT_APPLICABLE NO_MUNICIPALITY"


def test_the_end_of_a_municipality_changes_the_answer() -> None:
    assert Evidence(during("1900-01-01", "2023-08-31"), [PLAIN]).changes_on(DAY_2023) == date(2023, 9, 1)


def test_growing_older_than_its_sources_is_no_change_of_the_answer() -> None:
    chains_: Sequence[Chain] = [Chain(ChainKind.ARRANGEMENT, (), (replace(UNDATED, written=date(2024, 1, 1)),))]
    assert said(*chains_, day="2023-06-01") == "COVERED IN_FORCE"
    assert said(*chains_, day="2025-06-01") == "COVERED CARRIED_FORWARD IN_FORCE"
    assert Evidence(ALWAYS, chains_).changes_on(DAY_2023) is None
