"""`regiograaf explain`: a question taken through every step by itself, each looked at once, and what the store tells of its part."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import orjson
import typer
from graphql import parse, validate

from api.answer import Answers, Question
from api.cli.explain_text import Explanation, Field, in_columns, plain
from api.cli.short_question import asked as understood
from api.documents.prepare import SCHEMA, Refused, document_of, prepare
from api.documents.selection import Root
from api.errors import Formatted
from api.limits import MAX_TOKENS
from api.trace import WatchedStore
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.engines.profile import Look
from graph.errors import BadInput, RegiograafError

T = TypeVar("T")


QUESTION = Annotated[
    str, typer.Argument(help="A GraphQL document, a file with one, - for standard input, or as `ask`: 'dyslexie Aalsmeer 2023-06-01'.")
]
VARIABLES = Annotated[str, typer.Option(help="""Variables of the document: '{"name": "value"}'.""")]
AS_OF = Annotated[str | None, typer.Option(help="The day of whatever names none: 2023-06-01. Default: today.")]
AS_JSON = Annotated[bool, typer.Option("--json", help="For machines: the same as JSON.")]


async def explain(store: Store, asked: tuple[str, str, str | None], today: date, *, as_json: bool) -> None:
    """Prints what there is to see of a question, given with its variables and its day; the error of a root field is raised after that."""
    text, variables, as_of = asked
    day = _day(as_of)
    question = await question_of(store, sys.stdin.read() if text == "-" else text, variables, day)
    found = await explained(store, question, day or today)
    typer.echo(orjson.dumps(plain(found), option=orjson.OPT_INDENT_2).decode() if as_json else in_columns(found))
    if found.errors:
        raise found.errors[0]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(f'"{text}" is no day.', "Write it as 2023-06-01.", "as_of") from None


@dataclass(slots=True)
class _ProfiledStore(WatchedStore):
    """A store that reads the Cypher of a root field three times: twice as a client does, and once with its operators."""

    looks: list[Look] = field(default_factory=list)

    async def record(self, cypher: Cypher) -> list[Any] | None:
        assert isinstance(self.store, Store)
        self.looks = [await self.store.look(cypher, profiled=profiled) for profiled in (False, False, True)]
        records = self.looks[0].records
        return list(records[0]) if records else None


async def question_of(store: Store, text: str, variables: str, day: date | None) -> Question:
    """What is to be explained: a GraphQL document, the name of a file with one, or the few words that `regiograaf ask` takes.

    Raises BadInput where it is none of them, or `variables` is no JSON object.
    """
    given = {**({"asOf": day.isoformat()} if day else {}), **_object(variables)}  # what a document does not declare is not read
    if "{" in text:
        return Question(text, None, given)
    file = Path(text)
    if file.is_file():
        return Question(file.read_text("utf-8"), None, given)
    if file.suffix in (".graphql", ".gql"):
        raise BadInput(f'There is no file "{text}".', "Name a file, write the document itself, or - for standard input.", "question")
    found = await understood(store, text, "NL")
    return Question(found.query, None, {**given, **{name: value for name, value in (found.variables or {}).items() if value}})


def _object(variables: str) -> Mapping[str, Any]:
    try:
        found = json.loads(variables)
    except json.JSONDecodeError as error:
        raise BadInput(f"The variables are not JSON: {error}.", """Write them as '{"name": "value"}'.""", "variables", "BAD_JSON") from None
    if not isinstance(found, dict):
        raise BadInput("The variables are not a JSON object.", """Write them as '{"name": "value"}'.""", "variables", "BAD_JSON")
    return found


async def explained(store: Store, question: Question, today: date) -> Explanation:
    """Every step of a question. `today` is the day of a root field that names none. Raises BadInput where it cannot be asked."""
    wrong = document_of(question.query)  # which also pays for what the libraries make the first time
    if isinstance(wrong, tuple):
        raise _in_words(wrong[0])
    document, parsed = _timed(lambda: parse(question.query, max_tokens=MAX_TOKENS))
    _, validated = _timed(lambda: validate(SCHEMA, document))
    try:
        (operation, raw), planned = _timed(lambda: prepare(question.query, question.operation_name, question.variables or {}))
    except Refused as refused:
        raise _in_words(refused.errors[0]) from None
    fields = [await _one(store, key, root, raw, today) for key, root in operation.roots.items()]
    _, written = _timed(lambda: orjson.dumps({"data": {f.key: f.value for f in fields}}))
    times = {"parse": parsed, "validate": validated, "plan": planned, "write": written}
    return Explanation(store.address.engine, times, tuple(fields))


async def _one(store: Store, key: str, root: Root, raw: Mapping[str, Any], today: date) -> Field:
    """One root field by itself; an error that a client would get stands in it instead of a value."""
    profiled = _ProfiledStore(store)
    answers = Answers(profiled, lambda: today, store.address.engine)
    value, error = None, None
    began = time.perf_counter_ns()
    try:
        value = (await answers.read_root(root, raw, today)).value
    except RegiograafError as problem:
        error = problem
    shaped = (time.perf_counter_ns() - began - profiled.nanoseconds) // 1000
    return Field(key, root.plan.name, profiled.cypher, tuple(profiled.looks), shaped, value, error)


def _timed(step: Callable[[], T]) -> tuple[T, int]:
    """What a step gives, and its microseconds."""
    began = time.perf_counter_ns()
    return step(), (time.perf_counter_ns() - began) // 1000


def _in_words(error: Formatted) -> BadInput:
    about = error["extensions"]
    return BadInput(error["message"], about["remedy"], "question", about["code"])
