"""The conflict rule: which claim counts, and by which rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.dates.edtf import parse
from graph.dates.period import Period
from graph.domain.claim import Claim, Conflict, EntityRef, Source, Text, Value
from graph.domain.conflict import RULES, choose, decide, set_aside, specificity, written
from tests.graph.oracle import chosen_among
from tests.graph.worlds import days, examples, fuzzy_dates, periods

SOURCES = {
    s.slug: s
    for s in (
        Source("vision", "DOCUMENT", "Vision", published=parse("2021-01-28")),
        Source("later", "DOCUMENT", "Later", published=parse("2023-02")),
        Source("page", "DOCUMENT", "Page", written=parse("2015/2021")),
        Source("register", "REGISTRY", "Register", read=date(2022, 1, 1), authority={"memberOf": 3}),
        Source("undated", "DOCUMENT", "Undated"),
    )
}


def claim(
    key: str, source: str = "vision", *, start: str | None = None, end: str | None = None, value: Value | None = None, rank: str = "NORMAL"
) -> Claim:
    period = Period.of(parse(start) if start else None, parse(end) if end else None, open_ended=False, attested=SOURCES[source].attested)
    return Claim(key, "municipality/a", "memberOf", value or EntityRef("region/r"), period, source, rank=rank)


VALUES: list[Value] = [EntityRef("region/r"), Text("tekst"), 3.0]


@st.composite
def quarrels(draw: st.DrawFn) -> tuple[list[Claim], dict[str, Source]]:
    """Claims about one thing, and the sources that make them; few values, so that they often weigh the same."""
    sources = {}
    for slug in "abc":
        authority = draw(st.sampled_from([{}, {"memberOf": 1}, {"memberOf": 2}, {"other": 9}]))
        dated = draw(st.sampled_from([None, "2020-01-05", "2020-01", "2020-01-05/.."]))
        kind = draw(st.sampled_from(["published", "written"]))
        sources[slug] = Source(
            slug, "DOCUMENT", slug, authority=authority, read=draw(st.none() | st.just(date(2020, 1, 31))),
            published=parse(dated) if dated and kind == "published" else None,
            written=parse(dated) if dated and kind == "written" else None,
        )  # fmt: skip
    claims = [
        Claim(
            f"c{number}", "municipality/a", "memberOf", draw(st.sampled_from(VALUES)),
            draw(st.sampled_from([Period(), Period(start=parse("2020-01-01")), Period(end=parse("2020"))]) | periods()),
            draw(st.sampled_from("abc")), rank=draw(st.sampled_from(["NORMAL", "NORMAL", "PREFERRED", "DEPRECATED"])),
        )
        for number in range(draw(st.integers(1, 5)))
    ]  # fmt: skip
    return claims, sources


@examples(400)
@given(quarrels())
def test_the_choice_is_the_single_greatest_by_the_first_rule_that_tells_them_apart(quarrel: tuple[list[Claim], dict[str, Source]]) -> None:
    chosen, rule = choose(*quarrel)
    assert (chosen and chosen.key, rule) == chosen_among(*quarrel)
    assert rule in RULES
    assert (chosen is None) == (rule == "undecided")


@examples(200)
@given(quarrels(), st.randoms(use_true_random=False))
def test_the_order_of_the_claims_does_not_matter(quarrel: tuple[list[Claim], dict[str, Source]], random: object) -> None:
    claims, sources = quarrel
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert choose(shuffled, sources) == choose(claims, sources)


@examples(200)
@given(quarrels())
def test_whoever_loses_can_leave_without_changing_who_counts(quarrel: tuple[list[Claim], dict[str, Source]]) -> None:
    claims, sources = quarrel
    chosen, _ = choose(claims, sources)
    assume(chosen is not None and len(claims) > 1)
    for loser in claims:
        if loser is not chosen:
            assert choose([c for c in claims if c is not loser], sources)[0] is chosen


@pytest.mark.parametrize(
    ("claims", "chosen"),
    [
        ([claim("a")], ("a", "rank")),
        ([claim("a"), claim("b", rank="PREFERRED")], ("b", "rank")),
        ([claim("a", "register"), claim("b", rank="PREFERRED", start="2020-01-01")], ("b", "rank")),
        ([claim("a", start="2020-01-01", end="2021-01-01"), claim("b", "register")], ("b", "authority")),
        ([claim("a", start="2020"), claim("b", start="2020-01-01")], ("b", "specificity")),
        ([claim("a", start="2020"), claim("b", start="2020", end="2021")], ("b", "specificity")),
        ([claim("a", value=Text("vier")), claim("b")], ("b", "specificity")),
        ([claim("a"), claim("b", "later")], ("b", "date")),
        ([claim("a", "page"), claim("b", "later")], ("b", "date")),
        ([claim("a"), claim("b")], (None, "undecided")),
        ([claim("a", rank="DEPRECATED"), claim("b", "page"), claim("c", "page")], (None, "undecided")),
    ],
)
def test_rank_then_authority_then_specificity_then_date_decides(claims: Sequence[Claim], chosen: tuple[str | None, str]) -> None:
    found, rule = choose(claims, SOURCES)
    assert (found and found.key, rule) == chosen


@pytest.mark.parametrize(
    ("start", "end", "value", "measure"),
    [(None, None, 3.0, 0), (None, None, EntityRef("region/r"), 1), ("2020", None, 3.0, 1), ("2020", "2021-01-01", 3.0, 3),
     ("2020-01-01", "2021-01-01", EntityRef("region/r"), 5), ("2020-01-01~", None, 3.0, 1)],
)  # fmt: skip
def test_the_more_exactly_a_claim_dates_and_names_the_more_specific_it_is(
    start: str | None, end: str | None, value: Value, measure: int
) -> None:
    assert specificity(claim("a", start=start, end=end, value=value)) == measure


@examples(100)
@given(st.none() | fuzzy_dates, st.none() | fuzzy_dates, st.none() | days)
def test_a_source_is_as_young_as_it_can_be(published: object, attested: object, read: date | None) -> None:
    source = Source("s", "DOCUMENT", "S", published=published, written=attested, read=read)  # type: ignore[arg-type]
    dated = published or attested
    assert written(source) == (getattr(dated, "latest", None) or read or date.max)


# ── what becomes of it ────────────────────────────────────────────────────────────────────────────

CLAIMS = {c.key: c for c in (claim("old"), claim("new", "later"), claim("same-1"), claim("same-2"), claim("wrong", rank="DEPRECATED"))}


def conflict(status: str, *keys: str) -> Conflict:
    return Conflict(f"C-{status}", "municipality/a", "memberOf", "MEMBERS", status, keys, Text("omdat"))


def test_an_open_conflict_stays_undecided_whatever_the_rule_would_say() -> None:
    assert decide(conflict("OPEN", "old", "new"), CLAIMS, SOURCES) == (None, "undecided")


@pytest.mark.parametrize("status", ["RESOLVED", "EXPLAINED"])
def test_any_other_conflict_names_the_claim_that_counts(status: str) -> None:
    assert decide(conflict(status, "old", "new"), CLAIMS, SOURCES) == ("new", "date")
    assert decide(conflict(status, "same-1", "same-2"), CLAIMS, SOURCES) == (None, "undecided")


def test_only_the_losers_of_what_is_resolved_and_the_deprecated_are_set_aside() -> None:
    assert set_aside([conflict("RESOLVED", "old", "new")], CLAIMS, SOURCES) == {"old", "wrong"}
    assert set_aside([conflict("OPEN", "old", "new"), conflict("EXPLAINED", "old", "new")], CLAIMS, SOURCES) == {"wrong"}
    assert set_aside([conflict("RESOLVED", "same-1", "same-2")], CLAIMS, SOURCES) == {"wrong"}
    assert set_aside([], CLAIMS, SOURCES) == {"wrong"}


@examples(200)
@given(quarrels(), st.sampled_from(["OPEN", "EXPLAINED", "RESOLVED"]))
def test_a_conflict_never_sets_aside_the_claim_that_counts(quarrel: tuple[list[Claim], dict[str, Source]], status: str) -> None:
    claims, sources = quarrel
    said = {c.key: c for c in claims}
    one = Conflict("C", "municipality/a", "memberOf", "MEMBERS", status, tuple(said), Text("omdat"))
    aside = set_aside([one], said, sources)
    deprecated = {c.key for c in claims if c.rank == "DEPRECATED"}
    chosen, _ = chosen_among(claims, sources)
    expected = deprecated | (set(said) - {chosen} if status == "RESOLVED" and chosen else set())
    assert aside == expected
