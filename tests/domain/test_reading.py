"""Nothing of the careful reading is lost in silence: every numbered fact is a claim, and what is left out is told with its reason."""

from __future__ import annotations

import re

import pytest

from graph.domain.claim import Dataset, Text
from graph.domain.words import LEFT_OUT_REASONS
from tests.domain.conftest import Ask

FACTS = {
    "MUN": 19, "REG": 22, "ORG": 27, "COL": 37, "CON": 37, "GOV": 25, "SEG": 22, "INS": 23, "DOC": 25, "FIG": 20, "EVT": 23,
}  # fmt: skip
IDS = [f"{kind}-{number:02}" for kind, count in FACTS.items() for number in range(1, count + 1)]
THE_SAME = {"REG-15": "FIG-01.young-people"}  # facts that say what another fact says, and the claim of that


def test_the_reading_has_280_facts() -> None:
    assert len(IDS) == sum(FACTS.values()) == 280


@pytest.mark.parametrize("kind", FACTS)
def test_every_fact_is_a_claim(said: Dataset, kind: str) -> None:
    told = {key.partition(".")[0] for key in said.claims}
    assert [id for id in IDS if id.startswith(kind) and id not in told | set(THE_SAME)] == []


def test_a_fact_that_says_the_same_as_another_is_told_once(said: Dataset) -> None:
    assert set(THE_SAME.values()) <= set(said.claims)
    assert not set(THE_SAME) & {key.partition(".")[0] for key in said.claims}


# ── what is left out ──────────────────────────────────────────────────────────────────────────────


def test_what_is_left_out_is_told_of_each_source_that_leaves_something_out(said: Dataset) -> None:
    entries = {slug: [entry.reason for entry in source.left_out] for slug, source in said.sources.items() if source.left_out}
    assert set(entries) == {"persbericht-2021", "regiovisie-zawa", "samenwerking-gooi-en-vechtstreek", "werkwijze-aa-zawa"}
    assert {reason for reasons in entries.values() for reason in reasons} == set(LEFT_OUT_REASONS)
    assert [slug for slug, reasons in entries.items() if "PERSONAL_DATA" in reasons] == ["samenwerking-gooi-en-vechtstreek"]


@pytest.mark.parametrize("lang", ["NL", "EN"])
def test_what_is_left_out_can_be_asked_with_the_reason_in_words(ask: Ask, said: Dataset, lang: str) -> None:
    asked = f"id leftOut {{ section text(lang: {lang}) reason reasonLabel(lang: {lang}) }}"
    for found in ask(f"{{ sources {{ {asked} }} }}"):
        source = said.sources[found["id"].removeprefix("source/")]
        assert found["leftOut"] == [
            {
                "section": entry.section, "text": entry.text[lang], "reason": entry.reason,
                "reasonLabel": LEFT_OUT_REASONS.name(entry.reason, lang),
            }
            for entry in source.left_out
        ]  # fmt: skip


def test_what_is_left_out_of_a_section_that_has_claims_is_no_text_of_a_claim(said: Dataset) -> None:
    claimed = {c.value["NL"] for c in said.claims.values() if isinstance(c.value, Text)}
    assert [entry.text["NL"] for source in said.sources.values() for entry in source.left_out if entry.text["NL"] in claimed] == []


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
