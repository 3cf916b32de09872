"""What little worlds are made of: strategies for vague dates, periods and chains, all within a few weeks, and plain claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from graph.answers.coverage_rule import Chain, ChainKind, Division, Evidence, Link, Option
from graph.dates.edtf import FuzzyDate, parse
from graph.dates.period import Period

FIRST, LAST = date(2020, 1, 1), date(2020, 1, 28)  # all dates that a strategy makes lie between these
DAYS = [FIRST + timedelta(n) for n in range(-3, (LAST - FIRST).days + 4)]  # all days on which anything can differ, and a few beyond


PARTS = {"quick": 20, "usual": 4, "whole": 1}  # by profile: an example in so many is tried


def examples(count: int) -> settings:
    """So many examples in a whole run, and a part of them in others; the same ones in every run: what fails once fails always."""
    part = PARTS.get(settings.get_current_profile_name(), 1)
    return settings(max_examples=max(count // part, 5), derandomize=True, database=None)


days = st.dates(FIRST, LAST)


def between(first: date, last: date) -> FuzzyDate:
    return parse(first.isoformat() if first == last else f"{first}/{last}")


def random_date(random: Random, first: date = FIRST, last: date = LAST) -> FuzzyDate:
    """The same as `fuzzy_dates`, for worlds that are too dear to be made a hundred times over."""
    one, other = sorted(first + timedelta(random.randint(0, (last - first).days)) for _ in range(2))
    return random.choice([between(one, one), between(one, one), between(one, other), parse(f"{one}/.."), parse(f"../{one}")])


def random_period(random: Random) -> Period:
    start, end, attested = (random_date(random) if random.random() < part else None for part in (0.7, 0.6, 0.8))
    return Period.of(start, end, open_ended=end is None and random.random() < 0.3, attested=attested)


fuzzy_dates: st.SearchStrategy[FuzzyDate] = st.one_of(
    days.map(lambda d: parse(d.isoformat())),
    st.tuples(days, days).map(lambda two: between(min(two), max(two))),
    days.map(lambda d: parse(f"{d}/..")),
    days.map(lambda d: parse(f"../{d}")),
)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any period that a claim can have, also one that ends before it begins, as vague dates may."""
    start = draw(st.none() | fuzzy_dates)
    end = draw(st.none() | fuzzy_dates)
    attested = draw(st.none() | fuzzy_dates)
    return Period.of(start, end, open_ended=end is None and draw(st.booleans()), attested=attested)


def _marked(period: Period, stale_from: date | None, planned: bool) -> Period:
    return replace(period, stale_from=stale_from, planned=planned)


seldom = st.sampled_from([False, False, False, True])
held = st.builds(_marked, periods(), st.none() | st.none() | days, seldom)  # periods that may grow old, or be only planned
links = st.builds(
    Link,
    period=held,
    written=st.none() | days,
    contested=seldom,
)
options = st.builds(Option, st.integers(1, 4), periods(), st.sampled_from(["OPEN", "EXERCISED", "LAPSED", "UNKNOWN"]))


def few(items: st.SearchStrategy[object], most: int) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=most).map(tuple)


chains = st.builds(
    Chain,
    kind=st.sampled_from([ChainKind.ARRANGEMENT] * 4 + [ChainKind.LOCAL, ChainKind.GAP]),
    memberships=few(links, 2),
    terms=few(links, 2),
    run=st.none() | links,
    options=few(options, 3),
    exceptions=st.just(()) | few(links, 2),
    name=st.sampled_from("abc"),
)
divisions = st.builds(Division, st.booleans(), few(few(links, 2), 2), st.booleans())
evidence = st.builds(Evidence, st.just(Period()) | periods(), st.lists(chains, max_size=5), st.just(Division()) | divisions, seldom)
