"""Questions to the packaged claims, on the day on which every question page is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from api.answer import Answers, Question
from graph.domain.claim import Dataset
from graph.engines.bolt import Store
from seeds.check import dataset

TODAY = date(2026, 11, 21)
Ask = Callable[[str], Any]


@pytest.fixture(scope="session")
def said() -> Dataset:
    """The packaged claims as they stand in the files."""
    return dataset()


@pytest.fixture
def whole(loaded: Store, runner: asyncio.Runner) -> Ask:
    """The whole response to a question."""
    answers = Answers(loaded, lambda: TODAY, "engine")
    return lambda query: runner.run(answers(Question(query)))


@pytest.fixture
def ask(whole: Ask) -> Ask:
    """What a question answers: the value of its one root field, or the values of several by name."""

    def asked(query: str) -> Any:
        answer = whole(query)
        assert "errors" not in answer, answer["errors"]
        data = answer["data"]
        return next(iter(data.values())) if len(data) == 1 else data

    return asked


@pytest.fixture
def refused(whole: Ask) -> Ask:
    """The extensions of the one error of a question."""

    def asked(query: str) -> Any:
        (error,) = whole(query)["errors"]
        return error["extensions"]

    return asked
