"""`regiograaf explain`: takes a question through each step by itself, and reports what the store says about its part."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import orjson
import typer
from graphql import parse, validate

from api.answer import Answers, Question
from api.cli.explain_text import Explanation, Field, in_columns, plain
from api.cli.short_question import short_question
from api.documents.prepare import SCHEMA, Refused, document_of, prepare
from api.documents.selection import Root
from api.errors import Formatted
from api.limits import MAX_TOKENS
from api.trace import WatchedStore
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.engines.profile import Profile
from graph.errors import BadInput, RegiograafError

T = TypeVar("T")


async def explain(store: Store, request: tuple[str, str, str | None], today: date, *, as_json: bool) -> None:
    """Explains a question with its variables and its day, prints that, and then raises the error of a root field, if there is one."""
    text, variables, as_of = request
    day = _day(as_of)
    question = await question_of(store, sys.stdin.read() if text == "-" else text, variables, day)
    explanation = await explanation_of(store, question, day or today)
    typer.echo(orjson.dumps(plain(explanation), option=orjson.OPT_INDENT_2).decode() if as_json else in_columns(explanation))
    if explanation.errors:
        raise explanation.errors[0]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(f'"{text}" is not a day.', "Write it as 2023-06-01.", "as_of") from None


@dataclass(slots=True)
class _ProfiledStore(WatchedStore):
    """A store that reads the Cypher of a root field three times: twice as a client does, and once with its operators."""

    profiles: list[Profile] = field(default_factory=list)

    async def record(self, cypher: Cypher) -> list[Any] | None:
        assert isinstance(self.store, Store)
        self.profiles = [await self.store.profile(cypher, operators=operators) for operators in (False, False, True)]
        records = self.profiles[0].records
        return list(records[0]) if records else None


async def question_of(store: Store, text: str, variables: str, day: date | None) -> Question:
    """Returns the question of a GraphQL document, of a file with one, or of the everyday words that `regiograaf ask` takes.

    Raises BadInput if it is none of them, or `variables` is not a JSON object.
    """
    values = {**({"asOf": day.isoformat()} if day else {}), **_object(variables)}  # a document ignores what it does not declare
    if "{" in text:
        return Question(text, None, values)
    file = Path(text)
    if os.path.isfile(text):  # unlike Path.is_file it takes a text of any length
        return Question(file.read_text("utf-8"), None, values)
    if file.suffix in (".graphql", ".gql"):
        raise BadInput(f'There is no file "{text}".', "Name a file, write the document itself, or - for standard input.", "question")
    question = await short_question(store, text, "NL")
    return Question(question.query, None, {**values, **{name: value for name, value in (question.variables or {}).items() if value}})


def _object(variables: str) -> Mapping[str, Any]:
    try:
        values = json.loads(variables)
    except json.JSONDecodeError as error:
        raise BadInput(f"The variables are not JSON: {error}.", """Write them as '{"name": "value"}'.""", "variables", "BAD_JSON") from None
    if not isinstance(values, dict):
        raise BadInput("The variables are not a JSON object.", """Write them as '{"name": "value"}'.""", "variables", "BAD_JSON")
    return values


async def explanation_of(store: Store, question: Question, today: date) -> Explanation:
    """Explains each step of a question. `today` is the day of a root field that names none. Raises BadInput if it cannot be asked."""
    checked = document_of(question.query)  # which also pays for what the libraries make the first time
    if isinstance(checked, tuple):
        raise _bad_input(checked[0])
    document, parsed = _timed(lambda: parse(question.query, max_tokens=MAX_TOKENS))
    _, validated = _timed(lambda: validate(SCHEMA, document))
    try:
        (operation, raw), planned = _timed(lambda: prepare(question.query, question.operation_name, question.variables or {}))
    except Refused as refused:
        raise _bad_input(refused.errors[0]) from None
    fields = [await _one(store, key, root, raw, today) for key, root in operation.roots.items()]
    _, written = _timed(lambda: orjson.dumps({"data": {f.key: f.value for f in fields}}))
    times = {"parse": parsed, "validate": validated, "plan": planned, "write": written}
    return Explanation(store.address.engine, times, tuple(fields))


async def _one(store: Store, key: str, root: Root, raw: Mapping[str, Any], today: date) -> Field:
    """Explains one root field by itself. An error that a client would get stands in it instead of a value."""
    profiled = _ProfiledStore(store)
    answers = Answers(profiled, lambda: today, store.address.engine)
    value, error = None, None
    start = time.perf_counter_ns()
    try:
        value = (await answers.read_root(root, raw, today)).value
    except RegiograafError as problem:
        error = problem
    shaped = (time.perf_counter_ns() - start - profiled.nanoseconds) // 1000
    return Field(key, root.plan.name, profiled.cypher, tuple(profiled.profiles), shaped, value, error)


def _timed(step: Callable[[], T]) -> tuple[T, int]:
    """Returns the result of a step, and its microseconds."""
    start = time.perf_counter_ns()
    return step(), (time.perf_counter_ns() - start) // 1000


def _bad_input(error: Formatted) -> BadInput:
    details = error["extensions"]
    return BadInput(error["message"], details["remedy"], "question", details["code"])
