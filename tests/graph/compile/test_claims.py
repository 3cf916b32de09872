"""The figures of a day and of a period, over a random little world in every engine, against a plain reading of their dates."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from api.answer import Answers, Question
from graph.answers.shape import figure_holds
from graph.build.records import records
from graph.domain.claim import Claim
from graph.engines.bolt import Store
from graph.load.load import load
from tests.graph.domain.saying import World
from tests.graph.worlds import DAYS, random_date

ASKED = """query Ask($day: Date!, $first: Date, $last: Date) {
  region(ref: "region/north", asOf: $day) {
    figures { id holds period { contains(date: $day) } claim { carriedForward } }
    always: figures(during: {}) { id holds }
    during: figures(during: {startDate: $first, endDate: $last}) { id }
  }
  contract(ref: "contract/k", asOf: $day) { supplierCounts { id } figures { id measure } always: supplierCounts(during: {}) { id } }
}"""


@pytest.fixture(scope="module")
def world() -> World:
    random, made = Random(11), World("2020-01-15")
    made.source("later", written="2020-01-18/2020-01-22")
    for thing, many in (("region/north", 60), ("contract/k", 20)):
        made.named(thing)
        for number in range(many):
            start, end = (random_date(random) if random.random() < part else None for part in (0.6, 0.5))
            opened = end is None and random.random() < 0.3
            measure = random.choice(["SUPPLIERS", "SPEND"])
            source = random.choice(["vision", "later"])
            made.says(thing, "figure", float(number), start, end, open_ended=opened, source=source, measure=measure, unit="COUNT")
    return made


def figures(world: World, thing: str) -> dict[str, Claim]:
    return {f"figure/{c.key}": c for c in world.claims.values() if c.predicate == "figure" and c.subject == thing}


def may_be(claim: Claim, first: date, last: date) -> bool:
    """Whether the dates as the source gives them leave a day from `first` through `last`."""
    start, end = claim.period.start, claim.period.end
    begun = start is None or start.earliest is None or start.earliest <= last
    return begun and (end is None or end.latest is None or first <= end.latest)


def test_figures_of_a_day_are_those_that_may_be_about_it(world: World, patient: Store, runner: asyncio.Runner) -> None:
    runner.run(load(patient, records(world.dataset), "2026-01-01T00:00:00+00:00"))
    region, contract, seen = figures(world, "region/north"), figures(world, "contract/k"), Counter[str]()
    for day in DAYS[::3]:
        first, last = day - timedelta(4), day + timedelta(2)
        sent = {"day": str(day), "first": str(first), "last": str(last)}
        answer = runner.run(Answers(patient, lambda: DAYS[0], "engine")(Question(ASKED, None, sent)))
        assert "errors" not in answer, answer["errors"]
        found = answer["data"]["region"]
        assert ids(found["figures"]) == {k for k, c in region.items() if may_be(c, day, day)}
        assert ids(found["during"]) == {k for k, c in region.items() if may_be(c, first, last)}
        assert ids(found["always"]) == set(region)
        assert {plain(f["id"]) for f in found["always"] if f["holds"] != "NO"} == ids(found["figures"])
        for figure in found["figures"]:  # one rule: what its period says, unless it is only carried forward
            carried = figure["claim"]["carriedForward"]
            assert figure["holds"] == ("UNKNOWN" if carried else figure["period"]["contains"])
        suppliers = {k for k, c in contract.items() if c.qualifiers["measure"] == "SUPPLIERS"}
        of_contract = answer["data"]["contract"]
        assert ids(of_contract["supplierCounts"]) == {f for f in ids(of_contract["figures"]) if f in suppliers}
        assert ids(of_contract["always"]) == suppliers
        seen.update(f["holds"] for f in found["always"])
    assert set(seen) == {"YES", "NO", "UNKNOWN"}, seen


def ids(found: list[dict[str, str]]) -> set[str]:
    return {plain(figure["id"]) for figure in found}


def plain(id_: str) -> str:
    return id_.partition("@")[0]


def row(*dates: str | None, end_known: bool, written: str) -> list[object]:
    """A figure with exact bounds: its first day and the day after its last."""
    first, to = dates
    return [first, to, first, to, first, to, None, end_known, written, "STATED", "STATED", None, False]


@pytest.mark.parametrize(("day", "expected"), [("2021-12-31", "NO"), ("2022-01-01", "YES"), ("2022-12-31", "YES"), ("2023-01-01", "NO")])
def test_a_figure_of_a_year_is_about_the_days_of_that_year(day: str, expected: str) -> None:
    year = row("2022-01-01", "2023-01-01", end_known=True, written="2023-09-22")
    assert figure_holds(year, date.fromisoformat(day)) == expected


def test_a_figure_without_an_end_is_carried_forward_from_the_day_after_its_source() -> None:
    since = row("2022-01-01", None, end_known=False, written="2023-09-22")
    assert [figure_holds(since, date(2023, 9, 22) + timedelta(n)) for n in (-1, 0, 1)] == ["YES", "YES", "UNKNOWN"]


def test_a_figure_that_is_still_to_come_is_not_about_today_whenever_its_source_was_written() -> None:
    to_come = row("2030-01-01", None, end_known=False, written="2023-09-22")
    assert figure_holds(to_come, date(2024, 1, 1)) == "NO"
