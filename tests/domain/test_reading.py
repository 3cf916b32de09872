"""Nothing of the careful reading is lost in silence: every numbered fact is a claim, or stands in the table of what is left out."""

from __future__ import annotations

import re

import pytest

from graph.domain.claim import Dataset
from seeds import claims_folder

FACTS = {
    "MUN": 19, "REG": 22, "ORG": 27, "COL": 37, "CON": 37, "GOV": 25, "SEG": 22, "INS": 23, "DOC": 25, "FIG": 20, "EVT": 23,
}  # fmt: skip
IDS = [f"{kind}-{number:02}" for kind, count in FACTS.items() for number in range(1, count + 1)]
ROW = re.compile(r"^\| *([^|]*[^| ]) *\| *([^|]*[^| ]) *\| *([^|]*[^| ]) *\|$", re.MULTILINE)


def left_out() -> list[tuple[str, str, str]]:
    """The rows of the tables, without their heads."""
    rows = ROW.findall(claims_folder().joinpath("left-out.md").read_text("utf-8"))
    return [row for row in rows if row[2] != "why left out" and set(row[0]) != {"-"}]


def test_the_reading_has_280_facts() -> None:
    assert len(IDS) == sum(FACTS.values()) == 280


@pytest.mark.parametrize("kind", FACTS)
def test_every_fact_is_a_claim_or_is_left_out_by_name(said: Dataset, kind: str) -> None:
    told = {key.partition(".")[0] for key in said.claims}
    named = {id for row in left_out() for id in re.findall(r"[A-Z]{3}-\d\d", row[0])}
    assert [id for id in IDS if id.startswith(kind) and id not in told | named] == []


def test_a_fact_that_is_left_out_is_no_claim(said: Dataset) -> None:
    told = {key.partition(".")[0] for key in said.claims}
    assert [row[0] for row in left_out() if row[0] in told] == []


def test_everything_left_out_has_a_reason() -> None:
    assert left_out()
    assert [row[0] for row in left_out() if len(row[2].split()) < 3] == []


def test_no_claim_bears_the_number_of_a_fact_that_the_reading_does_not_have(said: Dataset) -> None:
    numbered = {key.partition(".")[0] for key in said.claims if re.match(r"[A-Z]{3}-\d\d\.", key)}
    assert sorted(id for id in numbered - set(IDS) if not id.startswith("NEW-")) == []


def test_every_document_and_registry_is_a_source_of_something(said: Dataset) -> None:
    assert {claim.source for claim in said.claims.values()} == set(said.sources)


@pytest.mark.parametrize(("figure", "number"), [
    ("REG-12.count", 42), ("FIG-16.regions-landsdeel", 9), ("FIG-16.regions-noordje", 8), ("FIG-16.regions-crisis-lvb", 5),
    ("FIG-16.regions-gi-2024", 3), ("FIG-16.regions-aa-zawa", 2), ("FIG-04.suppliers-b", 114), ("FIG-05.suppliers-c", 25),
    ("FIG-06.suppliers-v", 8), ("FIG-07.contracted-gis", 4), ("FIG-08.spend-c-v", 59.3e6), ("FIG-09.spend-b", 7.9e6),
    ("FIG-10.spend", 4.5e6), ("FIG-11.total", 71.7e6), ("FIG-01.young-people", 86000), ("FIG-02.share", 10.4), ("FIG-03.share", 10.5),
])  # fmt: skip
def test_a_figure_stands_as_the_source_has_it(said: Dataset, figure: str, number: float) -> None:
    assert said.claims[figure].value == number
