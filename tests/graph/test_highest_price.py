"""A drill: random questions of 10, 50 and 100 % of the highest price are answered whole.

What they take of the processor is measured by `python -m tests.bench.prices`: how fast a processor is differs threefold between machines.
"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import date
from random import Random
from typing import Any

import pytest

from api.answer import Answers, Question, Request
from api.documents.prepare import SCHEMA, Refused
from api.limits import MAX_COST
from graph.engines.bolt import Store
from tests.graph.selections import LARGE, Names, Selections
from tests.graph.test_random_selections import EXPECTED, TODAY, codes, names

__all__ = ["names"]  # the fixture

SHARES = (0.1, 0.5, 1.0)
EACH, TRIED = 2, 100  # questions of each share and shape, and root fields that are tried for each
ALL_GAPS = 'query($day: Date) { gaps(region: "PV27", asOf: $day, includeUnknown: true) { status function { name } municipality { name } } }'
THREE_LEVELS = """query($day: Date) { municipalities(first: 5, asOf: $day) { nodes { name regions: memberships(first: 20) { nodes { role
  organization { name ... on Region { members(first: 20) { nodes { role } } contracts { nodes { name } } } } } } } } }"""


class Dear(Selections):
    """Selections with pages of any size, and coverage of everything."""

    def scalar(self, kind: str, name: str, of: str) -> Any:
        return self.random.randint(20, 100) if kind == "Int" and name in ("first", "last") else super().scalar(kind, name, of)

    def root(self, depth: int, width: int, number: int) -> str:
        """One random root field."""
        query = self.schema.query_type
        assert query
        name = self.random.choice([n for n in query.fields if n != "sources" and not n.startswith("_")])
        return self.asked(query, name, depth, width, number)

    def arguments(self, known: Any, of: str, root: bool) -> str:
        return super().arguments({n: a for n, a in known.items() if of not in LARGE or n != "municipalities"}, of, root)


def asked(answers: Answers, selections: Dear, price: int, depth: int, width: int) -> tuple[str, Request]:
    """A question of random root fields, put together until it costs nearly a price and no more."""
    selections.variables, selections.declared, selections.fragments = {}, [], []
    roots, found, cost = list[str](), None, 0
    for number in range(TRIED):
        before = ({**selections.variables}, [*selections.declared], [*selections.fragments])
        root = selections.root(depth, width, number)
        head = f"({', '.join(selections.declared)})" if selections.declared else ""
        text = " ".join((f"query Random{head} {{ {' '.join([*roots, root])} }}", *selections.fragments))
        with contextlib.suppress(Refused):
            request = answers.prepare(Question(text, None, selections.variables))
            if request.operation.cost(request.raw) <= price:
                roots, found, cost = [*roots, root], (text, request), request.operation.cost(request.raw)
                if cost > 0.75 * price:
                    break
                continue
        selections.variables, selections.declared, selections.fragments = before
    assert found, "no question was cheap enough"
    assert cost > price / 2, "the questions are too cheap to say anything"
    return found


def is_answered(runner: asyncio.Runner, answers: Answers, request: Request, shown: str) -> None:
    body = runner.run(answers.respond(request, TODAY)).body
    assert set(codes(body)) <= EXPECTED, f"{body['errors']}\n{shown}"


@pytest.mark.slow
@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize(("depth", "width"), [(4, 5), (5, 3)], ids=["wide", "deep"])
def test_what_the_price_allows_is_answered(
    loaded: Store, runner: asyncio.Runner, names: Names, share: float, depth: int, width: int
) -> None:
    answers = Answers(loaded, lambda: TODAY, "engine")
    selections = Dear(SCHEMA, names, Random(int(100 * share) + depth))
    for _ in range(EACH):
        question, request = asked(answers, selections, int(share * MAX_COST), depth, width)
        is_answered(runner, answers, request, question)


@pytest.mark.slow
@pytest.mark.parametrize("text", [ALL_GAPS, THREE_LEVELS], ids=["all gaps", "three levels"])
def test_large_questions_that_people_ask_are_answered(loaded: Store, runner: asyncio.Runner, text: str) -> None:
    answers = Answers(loaded, lambda: TODAY, "engine")
    is_answered(runner, answers, answers.prepare(Question(text, None, {"day": date(2023, 6, 1).isoformat()})), text)
