"""The parts of the matrix that need no store: first sentences, steps, and the days on which something turns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from api.pages.coverage import nearest
from api.pages.matrix import chain_of, first_sentence, turning_days


@pytest.mark.parametrize(
    ("first", "others"),
    [
        ("In Bergen (NH.) is dyslexie op 1 mei 2024 geregeld.", " Dat gebeurt met X [1].\n[1] Bron, 3.4"),
        ("Beemster bestaat op 1 januari 2024 niet meer: het ging op in Purmerend.", ""),
        ("Wie het levert, is niet bekend.", " Bekend is wel: Y."),
    ],
)
def test_the_first_sentence_is_the_answer(first: str, others: str) -> None:
    assert first_sentence({"explanation": first + others}) == first


def test_steps_that_two_ways_share_are_told_once() -> None:
    def step(start: str, label: str, end: str) -> dict[str, Any]:
        return {"from": {"name": start}, "label": label, "to": {"name": end}}

    lies = step("Zaanstad", "is lid van", "Zaanstreek-Waterland")
    ways = [{"steps": [lies, step("Zaanstreek-Waterland", "valt onder", name)]} for name in ("A", "B")]
    assert (
        chain_of({"via": ways})
        == "Zaanstad is lid van Zaanstreek-Waterland; Zaanstreek-Waterland valt onder A; Zaanstreek-Waterland valt onder B"
    )


def test_what_ends_changes_on_the_day_after_its_last_day() -> None:
    answers: list[Any] = [
        {"changesOn": "2027-01-01", "via": [{"period": {"startDate": "2023-01-01", "endDate": "2026-12-31"}}]},
        {"changesOn": None},
    ]
    events = [
        {"kind": "LEAVE", "date": {"earliest": "2021-12-31", "precision": "DAY"}},
        {"kind": "CONTRACT_START", "date": {"earliest": "2022-01-01", "precision": "YEAR"}},
        {"kind": "PUBLICATION", "date": {"earliest": "2021-01-28", "precision": "DAY"}},
    ]
    assert turning_days(answers, events) == [date(2022, 1, 1), date(2023, 1, 1), date(2027, 1, 1)]
    assert turning_days([{"changesOn": None, "via": [{"period": {"startDate": None, "endDate": "9999-12-31"}}]}], []) == []


def test_a_strip_has_the_days_on_either_side() -> None:
    days = [date(2000 + n, 1, 1) for n in range(30)]
    assert nearest(days, date(2015, 6, 1)) == days[8:24]
    assert nearest([], date(2015, 6, 1)) == []
