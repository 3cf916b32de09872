"""A list of a region answers questions: what it says counts on the days that it gives, and nothing more."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from api.answer import Answers, Question
from graph.build.records import records
from graph.engines.bolt import Store
from graph.load.load import load
from seeds.imports.importer import File
from seeds.imports.lists.contracts import CONTRACT_LISTS
from seeds.read import read_all
from tests.domain.conftest import Ask
from tests.seeds.imports.lists.region import WORLD, Value, as_xlsx, ask, own_folder, rows

TERM: dict[str, Value] = {"Ingangsdatum": date(2024, 1, 1), "Einddatum": date(2027, 12, 31), "Inkopers": "Oosterdam; Westerveen"}
LIST: list[dict[str, Value]] = [
    {"Kenmerk": "TS-1", "Naam": "Dyslexiezorg 2024", **TERM, "Aanbieders": "De Brug", "Zorgfuncties": "dys", "Gebied": "Tweestromen"},
    {"Kenmerk": "TS-2", "Naam": "Segment A 2024", **TERM, "Zorgfuncties": "A", "Gebied": "Tweestromen", "Uitgezonderd": "Westerveen"},
    {"Kenmerk": "TS-2", "Rij geldt vanaf": "1-1-2024", "Rij geldt t/m": "31-12-2025", "Aanbieders": "Boerderij De Linde (nieuw)"},
]


@pytest.fixture
def answer(empty_store: Store, runner: asyncio.Runner) -> Ask:
    """The value of the one root field of a question to the region with its list."""
    files = ask(CONTRACT_LISTS, File("lijst.xlsx", as_xlsx(rows(*LIST)))).files
    runner.run(load(empty_store, records(read_all(WORLD, own_folder(files)).dataset), "2026-11-27T00:00:00.000+00:00"))
    answers = Answers(empty_store, lambda: date(2026, 11, 27), "engine")

    def asked(query: str) -> Any:
        response = runner.run(answers(Question(query)))
        assert "errors" not in response, response["errors"]
        return next(iter(response["data"].values()))

    return asked


def _status(answer: Ask, municipality: str, function: str, day: str) -> tuple[str, list[str]]:
    found = answer(f'{{ coverage(municipality: "{municipality}", function: "{function}", asOf: "{day}") {{ status reasons }} }}')
    return found["status"], found["reasons"]


def test_care_is_arranged_from_the_day_of_the_list_and_before_that_perhaps(answer: Ask) -> None:
    assert _status(answer, "Oosterdam", "Dyslexiezorg", "2026-11-15") == ("COVERED", ["IN_FORCE"])
    assert _status(answer, "Oosterdam", "Dyslexiezorg", "2025-06-01") == ("UNCERTAIN", ["VAGUE_DATE"])
    assert _status(answer, "Oosterdam", "Dyslexiezorg", "2023-06-01")[0] == "UNKNOWN"
    assert _status(answer, "Oosterdam", "Dyslexiezorg", "2028-01-01") == ("UNKNOWN", ["ENDED"])


def test_an_exception_of_the_list_is_one(answer: Ask) -> None:
    assert _status(answer, "Westerveen", "function/tweestromen-a", "2026-11-15") == ("UNKNOWN", ["EXCLUDED"])


def test_the_source_of_an_answer_is_the_list_and_the_place_in_it_the_reference(answer: Ask) -> None:
    claims = "claims(first: 1) { nodes { source { title } locator { section } dataset { slug } } }"
    found = answer(f'{{ contract(ref: "contract/ts-1") {{ name period {{ startDate endDate }} {claims} }} }}')
    assert (found["name"], found["period"]) == ("Dyslexiezorg 2024", {"startDate": "2024-01-01", "endDate": "2027-12-31"})
    (claim,) = found["claims"]["nodes"]
    assert (claim["source"]["title"], claim["locator"]["section"], claim["dataset"]["slug"]) == ("Contracten Tweestromen", "TS-1", "eigen")


def test_a_provider_of_a_row_with_dates_is_one_for_those_days(answer: Ask) -> None:
    suppliers = "suppliers(first: 5) { nodes { member { name } } }"
    found = {
        day: answer(f'{{ contract(ref: "contract/ts-2", asOf: "{day}") {{ {suppliers} }} }}')["suppliers"]["nodes"]
        for day in ("2025-06-01", "2026-06-01")
    }
    assert found == {"2025-06-01": [{"member": {"name": "Boerderij De Linde"}}], "2026-06-01": []}
