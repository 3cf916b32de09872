"""Figures: each with a measure and a unit of a closed list, about a period, and what no source states is said so."""

from __future__ import annotations

import pytest

from graph.domain.claim import Dataset
from graph.domain.words import MEASURES, UNITS
from tests.domain.conftest import Ask


def test_every_figure_has_a_measure_and_a_unit(said: Dataset) -> None:
    figures = [c for c in said.claims.values() if c.predicate == "figure"]
    assert figures
    assert {str(c.qualifiers["measure"]) for c in figures} <= set(MEASURES)
    assert {str(c.qualifiers["unit"]) for c in figures} <= set(UNITS)


def test_money_is_spent_on_care_that_is_named(said: Dataset) -> None:
    spent = {c.key: str(c.qualifiers["functions"]).split() for c in said.claims.values() if c.qualifiers.get("measure") == "SPEND"}
    assert len(spent) == 4
    assert spent["FIG-10.spend"] == ["function/gi"]
    assert all(key in said.entities for keys in spent.values() for key in keys)


@pytest.mark.parametrize(("year", "numbers"), [(2021, []), (2022, [4.5e6]), (2023, [])])
def test_what_is_not_stated_for_a_year_is_said_so(ask: Ask, year: int, numbers: list[float]) -> None:
    asked = f"statedFigures(measure: [SPEND], year: {year}) {{ isStated completeness nodes {{ number }} }}"
    found = ask(f'{{ contract(ref: "gi-current") {{ {asked} }} }}')["statedFigures"]
    assert found == {"isStated": bool(numbers), "completeness": "UNKNOWN", "nodes": [{"number": n} for n in numbers]}


def test_a_figure_without_a_year_is_not_one_of_a_year(ask: Ask) -> None:
    asked = (
        "every: statedFigures(measure: [YOUNG_PEOPLE]) { isStated } dated: statedFigures(measure: [YOUNG_PEOPLE], year: 2023) { isStated }"
    )
    assert ask(f'{{ region(ref: "JZ09") {{ {asked} }} }}') == {"every": {"isStated": True}, "dated": {"isStated": False}}


@pytest.mark.parametrize(("year", "numbers"), [(2015, [9]), (2016, [8]), (2021, [8]), (2022, [7])])
def test_the_municipalities_of_a_year_are_counted(ask: Ask, year: int, numbers: list[int]) -> None:
    asked = f"statedFigures(measure: [MUNICIPALITIES], year: {year}) {{ nodes {{ number }} }}"
    assert [n["number"] for n in ask(f'{{ region(ref: "JZ09") {{ {asked} }} }}')["statedFigures"]["nodes"]] == numbers


@pytest.mark.parametrize(("day", "listed"), [("2021-06-01", []), ("2022-06-01", [4.5e6]), ("2023-06-01", [])])
def test_the_spend_of_a_year_is_listed_on_the_days_of_that_year(ask: Ask, day: str, listed: list[float]) -> None:
    asked = "{ measure number holds }"
    found = ask(f'{{ contract(ref: "gi-current", asOf: "{day}") {{ figures {asked} always: figures(during: {{}}) {asked} }} }}')
    assert [(f["number"], f["holds"]) for f in found["figures"] if f["measure"] == "SPEND"] == [(n, "YES") for n in listed]
    assert [(f["number"], f["holds"]) for f in found["always"] if f["measure"] == "SPEND"] == [(4.5e6, "YES" if listed else "NO")]


@pytest.mark.parametrize("day", ["2022-06-01", "2025-06-01"])
def test_a_figure_without_a_period_is_listed_on_every_day_and_marked(ask: Ask, day: str) -> None:
    found = ask(f'{{ region(ref: "JZ09", asOf: "{day}") {{ figures {{ measure holds }} }} }}')["figures"]
    assert [f["holds"] for f in found if f["measure"] == "YOUNG_PEOPLE"] == ["UNKNOWN"]


def test_the_municipalities_of_a_day_are_counted_once(ask: Ask) -> None:
    """The region had eight municipalities until Beemster went, and then seven: each day lists its own count."""
    for day, number in (("2018-06-01", 8), ("2022-06-01", 7)):
        found = ask(f'{{ region(ref: "JZ09", asOf: "{day}") {{ figures {{ measure number holds }} }} }}')["figures"]
        assert number in [f["number"] for f in found if f["measure"] == "MUNICIPALITIES"]
        assert {f["number"] for f in found if f["measure"] == "MUNICIPALITIES" and f["holds"] == "YES"} <= {number}


def test_a_year_has_four_digits(ask: Ask, refused: Ask) -> None:
    assert refused('{ region(ref: "JZ09") { statedFigures(year: 22) { isStated } } }')["code"] == "BAD_INPUT"
    assert ask('{ region(ref: "JZ09") { statedFigures(measure: [SPEND], year: 9999) { isStated } } }')["statedFigures"] == {
        "isStated": False
    }


def test_a_rule_has_its_numbers(ask: Ask) -> None:
    found = ask('{ document(ref: "maximale-wachttijd") { figures { measure number unit } } }')["figures"]
    assert found == [
        {"measure": "DECISION_TIME", "number": 2, "unit": "WEEKS"}, {"measure": "WAITING_TIME", "number": 3, "unit": "MONTHS"},
    ]  # fmt: skip
