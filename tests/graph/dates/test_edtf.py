"""Dates as vague as their source: every form has its bounds and its words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates.edtf import NotADate, parse
from tests.graph.worlds import examples

DAYS = st.dates(date(1800, 1, 1), date(2200, 12, 31))
MONTHS = st.dates(date(1800, 1, 1), date(2200, 12, 31)).map(lambda d: d.replace(day=1))


def bounds(text: str) -> tuple[str | None, str | None, str]:
    found = parse(text)
    earliest, latest = (day.isoformat() if day else None for day in (found.earliest, found.latest))
    return earliest, latest, found.precision


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2021-04-28", "2021-04-28", "2021-04-28", "DAY"),
        ("2021-04-28~", "2021-04-27", "2021-04-29", "UNKNOWN"),
        ("2021-04-28?", "2021-04-28", "2021-04-28", "UNKNOWN"),
        ("2021-04", "2021-04-01", "2021-04-30", "MONTH"),
        ("2020-02", "2020-02-01", "2020-02-29", "MONTH"),
        ("2022-12~", "2022-11-01", "2023-01-31", "MONTH"),
        ("2022-01~", "2021-12-01", "2022-02-28", "MONTH"),
        ("2022-01?", "2022-01-01", "2022-01-31", "MONTH"),
        ("2021", "2021-01-01", "2021-12-31", "YEAR"),
        ("2021~", "2020-01-01", "2022-12-31", "YEAR"),
        ("2021?", "2021-01-01", "2021-12-31", "YEAR"),
        ("2021-21", "2021-03-01", "2021-05-31", "SEASON"),
        ("2021-22", "2021-06-01", "2021-08-31", "SEASON"),
        ("2021-23", "2021-09-01", "2021-11-30", "SEASON"),
        ("2021-24", "2021-12-01", "2022-02-28", "SEASON"),
        ("2023-24", "2023-12-01", "2024-02-29", "SEASON"),
        ("2021-23~", "2021-06-01", "2022-02-28", "SEASON"),
        ("2021-21~", "2020-12-01", "2021-08-31", "SEASON"),
        ("2021-23?", "2021-09-01", "2021-11-30", "SEASON"),
        ("2021-04-21/2021-04-30", "2021-04-21", "2021-04-30", "UNKNOWN"),
        ("2021/2022-03", "2021-01-01", "2022-03-31", "UNKNOWN"),
        ("2021-12-31/..", "2021-12-31", None, "UNKNOWN"),
        ("../2013", None, "2013-12-31", "UNKNOWN"),
        ("2021~/2022~", "2020-01-01", "2023-12-31", "UNKNOWN"),
    ],
)
def test_every_form_has_its_bounds(text: str, earliest: str | None, latest: str | None, precision: str) -> None:
    assert bounds(text) == (earliest, latest, precision)
    assert parse(text).edtf == text
    assert parse(text).exact == (precision == "DAY")


@pytest.mark.parametrize(
    "text",
    [
        "", "..", "../..", "/", "2021/", "/2021", "21", "2021-4", "2021-13", "2021-20", "2021-25", "2021-02-29", "2021-23-01", "2021-00",
        "2021-00-05", "2021-05-00", "0000", "0001~", "9999-12~", "9999-12-31~", "2022/2021", "2021-04-30/2021-04-21", "2021/2022/2023",
        "2021~?", "~2021", " 2021", "2021\n", "٢٠٢١", "1 juni 2023", "2021-06-01T00:00", "-2021", "2021-06-XX",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_examples_of_what_is(text: str) -> None:
    with pytest.raises(NotADate, match="2023-06-01"):
        parse(text)


@examples(200)
@given(st.text(st.sampled_from("0123456789-/.~? "), max_size=22))
def test_a_text_is_a_date_with_ordered_bounds_or_no_date_at_all(text: str) -> None:
    try:
        found = parse(text)
    except NotADate:
        return
    assert found.earliest or found.latest
    assert not (found.earliest and found.latest) or found.earliest <= found.latest


@examples(200)
@given(DAYS)
def test_a_day_is_itself(day: date) -> None:
    assert bounds(day.isoformat()) == (day.isoformat(), day.isoformat(), "DAY")


@examples(200)
@given(DAYS)
def test_about_a_day_reaches_a_day_to_either_side(day: date) -> None:
    found = parse(f"{day.isoformat()}~")
    assert found.earliest
    assert found.latest
    assert (day - found.earliest, found.latest - day) == (timedelta(1), timedelta(1))


@examples(200)
@given(MONTHS)
def test_a_month_runs_from_its_first_day_to_the_day_before_the_next(month: date) -> None:
    found = parse(f"{month:%Y-%m}")
    assert found.latest
    assert found.earliest == month
    assert (found.latest + timedelta(1)).day == 1
    assert 27 <= (found.latest - month).days <= 30


@examples(200)
@given(MONTHS)
def test_about_a_month_is_three_whole_months_with_it_in_the_middle(month: date) -> None:
    found, before, after = parse(f"{month:%Y-%m}~"), month - timedelta(1), month + timedelta(31)
    assert (found.earliest, found.latest) == (parse(f"{before:%Y-%m}").earliest, parse(f"{after:%Y-%m}").latest)


@examples(200)
@given(st.integers(1800, 2200), st.sampled_from([21, 22, 23, 24]))
def test_seasons_follow_each_other_without_a_day_between(year: int, season: int) -> None:
    following = f"{year}-{season + 1}" if season < 24 else f"{year + 1}-21"
    found = parse(f"{year}-{season}")
    assert found.latest
    assert found.latest + timedelta(1) == parse(following).earliest


@examples(200)
@given(st.integers(1800, 2200), st.sampled_from([21, 22, 23, 24]))
def test_about_a_season_reaches_over_both_its_neighbours(year: int, season: int) -> None:
    before = f"{year}-{season - 1}" if season > 21 else f"{year - 1}-24"
    after = f"{year}-{season + 1}" if season < 24 else f"{year + 1}-21"
    found = parse(f"{year}-{season}~")
    assert (found.earliest, found.latest) == (parse(before).earliest, parse(after).latest)


FORMS = st.one_of(
    DAYS.map(date.isoformat),
    MONTHS.map(lambda d: f"{d:%Y-%m}"),
    DAYS.map(lambda d: f"{d:%Y}"),
    st.builds(lambda d, s: f"{d:%Y}-{s}", DAYS, st.sampled_from([21, 22, 23, 24])),
).flatmap(lambda text: st.sampled_from([text, f"{text}~", f"{text}?"]))


@examples(200)
@given(FORMS, FORMS)
def test_an_interval_runs_from_the_earliest_of_its_left_to_the_latest_of_its_right(left: str, right: str) -> None:
    one, other = parse(left), parse(right)
    assert one.earliest
    assert other.latest
    if one.earliest > other.latest:
        with pytest.raises(NotADate):
            parse(f"{left}/{right}")
    else:
        found = parse(f"{left}/{right}")
        assert (found.earliest, found.latest, found.exact) == (one.earliest, other.latest, False)
    assert (parse(f"{left}/..").earliest, parse(f"{left}/..").latest) == (one.earliest, None)
    assert (parse(f"../{right}").earliest, parse(f"../{right}").latest) == (None, other.latest)


@examples(200)
@given(FORMS)
def test_doubt_changes_no_bound_and_vagueness_only_widens(text: str) -> None:
    plain = text.rstrip("~?")
    exact, doubtful, about = parse(plain), parse(f"{plain}?"), parse(f"{plain}~")
    assert (doubtful.earliest, doubtful.latest) == (exact.earliest, exact.latest)
    assert sorted([about.earliest, exact.earliest, exact.latest, about.latest]) == [  # type: ignore[type-var]
        about.earliest, exact.earliest, exact.latest, about.latest,
    ]  # fmt: skip
    assert about.earliest != exact.earliest
    assert about.latest != exact.latest
