"""`regiograaf ask`: everyday words in any order become one care function, one municipality and one day."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from api.answer import Answers
from api.cli.short_question import ALL_NAMES, MAX_WORDS, answer_text, short_question
from graph.engines.bolt import Store
from graph.errors import BadInput
from tests.api.conftest import TODAY, Client


def ask(store: Store, runner: asyncio.Runner, text: str, language: str = "NL") -> str:
    return runner.run(answer_text(store, Answers(store, lambda: TODAY, "engine"), text, language))


def variables(store: Store, runner: asyncio.Runner, text: str) -> dict[str, Any]:
    return dict(runner.run(short_question(store, text, "NL")).variables or {})


@pytest.mark.parametrize(
    ("text", "function", "municipality"),
    [
        ("dyslexie Aalsmeer", "dyslexie", "Aalsmeer"),
        ("Aalsmeer dyslexie", "dyslexie", "Aalsmeer"),
        ("Wie levert dyslexiezorg in Zaanstad?", "dyslexiezorg", "Zaanstad"),
        ("In Zaanstad, wie levert daar vandaag de dyslexiezorg?", None, None),
        ("Who delivers dyslexia care in the municipality of Zaanstad?", "dyslexia care", "the municipality of Zaanstad"),
        ("Wie regelt dyslexiezorg voor de gemeente Zaanstad", "dyslexiezorg", "de gemeente Zaanstad"),
        ("dyslexie GM0479", "dyslexie", "GM0479"),
    ],
)
def test_words_are_understood_in_any_order_with_fillers_between_them(
    loaded: Store, runner: asyncio.Runner, text: str, function: str | None, municipality: str | None
) -> None:
    if function is None:
        with pytest.raises(BadInput, match='"daar" is not understood'):
            variables(loaded, runner, text)
        return
    asked = variables(loaded, runner, text)
    assert (asked["function"], asked["municipality"], asked["asOf"]) == (function, municipality, None)


@pytest.mark.parametrize(
    "day", ["2023-06-01", "2023-6-1", "1-6-2023", "01/06/2023", "1.6.2023", "1 juni 2023", "1 Jun 2023", "1st June 2023"]
)
def test_a_day_is_understood_as_people_write_it(loaded: Store, runner: asyncio.Runner, day: str) -> None:
    for text in (f"dyslexie Aalsmeer {day}", f"Wie levert op {day} dyslexiezorg in Aalsmeer?"):
        assert variables(loaded, runner, text)["asOf"] == "2023-06-01"


@pytest.mark.parametrize("day", ["1 maart 2024", "1 mrt 2024", "1 March 2024", "1 mar. 2024"])
def test_months_are_known_in_both_languages(loaded: Store, runner: asyncio.Runner, day: str) -> None:
    assert variables(loaded, runner, f"dyslexie Aalsmeer {day}")["asOf"] == "2024-03-01"


@pytest.mark.parametrize(
    ("text", "code", "message", "remedy"),
    [
        (
            "Wie levert dyslexiezorg in Zaanstadt?",
            "NOT_FOUND",
            'The municipality "Zaanstadt" is not in the data.',
            "Did you mean Zaanstad?",
        ),
        ("dislexie Zaanstad", "NOT_FOUND", 'The care function "dislexie" is not in the data.', "Did you mean Dyslexiezorg?"),
        ("dislexie Zaanstadt", "NOT_FOUND", 'The care function "dislexie" is not in the data.', "Did you mean Dyslexiezorg?"),
        ("dyslexie", "BAD_INPUT", "does not name both a care function and a municipality", "careFunctions"),
        ("", "BAD_INPUT", "does not name both a care function and a municipality", "regiograaf ask"),
        ("dyslexie Aalsmeer morgen", "BAD_INPUT", '"morgen" is not understood.', "regiograaf ask"),
        ("dyslexie Aalsmeer 31-2-2023", "BAD_INPUT", "31-2-2023 is not a day of the calendar.", "1-6-2023"),
        ("dyslexie Aalsmeer 1-6-2023 of 2-6-2023", "BAD_INPUT", "two days: 1-6-2023 and 2-6-2023", "one day"),
        ("woord " * (MAX_WORDS + 1), "BAD_INPUT", f"more than {MAX_WORDS} words", "regiograaf ask"),
    ],
)
def test_an_error_says_in_plain_words_what_is_wrong_and_what_to_do(
    loaded: Store, runner: asyncio.Runner, text: str, code: str, message: str, remedy: str
) -> None:
    with pytest.raises(BadInput) as refused:
        ask(loaded, runner, text)
    assert refused.value.code == code
    assert message in refused.value.message
    assert remedy in refused.value.remedy
    assert "$" not in refused.value.message + refused.value.remedy


def test_the_answer_is_a_text_with_its_day_its_sources_and_its_conflicts(loaded: Store, runner: asyncio.Runner) -> None:
    dutch = ask(loaded, runner, "Wie levert dyslexiezorg in Aalsmeer op 1 juni 2023?")
    assert dutch.startswith("UNKNOWN (EXCLUDED) · 2023-06-01\n\n")
    assert "\n[1] Regiovisie" in dutch
    assert "It is not known who delivers dyslexia care in Aalsmeer" in ask(loaded, runner, "dyslexie Aalsmeer 2023-06-01", "EN")


def test_the_names_that_an_error_points_to_are_answered_as_it_says(loaded_client: Client) -> None:
    names = loaded_client.ask(ALL_NAMES).json()["data"]
    assert names["careFunctions"]
    assert names["municipalities"]["nodes"]
