"""Asking: one question, one Cypher, one record, one answer."""

from __future__ import annotations

import difflib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from graph.ask.parameters import Sent, parameters
from graph.compile.plan import Plan
from graph.compile.rows import Reference
from graph.domain.model import TYPE_OF_PREFIX, type_name
from graph.domain.notation import read
from graph.domain.reference import normal
from graph.engines.cypher import Cypher
from graph.errors import Ambiguous, NotFound, NotLoaded, RegiograafError
from queries import cypher

ANSWERED_APART = {("municipalities", "refs")}  # the lists of references of which each is answered for itself: root field and argument
NEAREST, CANDIDATES = 5, 10  # how many names an error gives


class Reader(Protocol):
    """The part of a store that a question uses."""

    async def read(self, cypher: Cypher) -> list[Any] | None: ...

    async def rows(self, cypher: Cypher) -> list[list[Any]]: ...


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, and the version of the data that it was read from."""

    version: str
    value: Any
    problems: tuple[RegiograafError, ...] = ()  # of single references of a list that is answered without them


async def ask(
    store: Reader, plan: Plan, sent: Mapping[str, Sent], day: date, *, explicit: bool, facts: Mapping[str, Any], heavy: bool = False
) -> Found:
    """The answer to a planned question for a day. `explicit` says that the day was asked for; `facts` are what
    the plan cannot know (engine, apiVersion); `heavy` that the question asks for much, so that small ones may pass it.

    Raises NotFound or Ambiguous where a reference does not lead to one thing, BadInput for arguments that cannot be answered,
    EngineProblem where the store fails. An error that was found in the data carries the version of the data.
    """
    bound = parameters(plan, sent, day, f"@{day.isoformat()}" if explicit else "", facts)
    record = await store.read(Cypher(plan.text, bound, plan.name, heavy))
    if record is None:
        raise NotLoaded("The graph is empty: nothing has been loaded yet.", "Run `regiograaf load --commit`.")
    version, found, row = record
    try:
        problems = list[RegiograafError]()
        for reference, hits in zip(plan.references, found, strict=True):
            apart = (plan.name, reference.argument) in ANSWERED_APART
            problems += [problem async for problem in _problems(store, reference, sent[reference.parameter], hits, apart=apart)]
        return Found(version, plan.shape(row, {**bound, "dataVersion": version}), tuple(problems))
    except RegiograafError as error:
        error.version = version
        raise


async def _problems(
    store: Reader, reference: Reference, sent: Sent, found: list[list[str]], *, apart: bool
) -> AsyncIterator[RegiograafError]:
    """Raises where a text of a reference leads to nothing or to several things; `found` has [normal text, key, name] of each thing.

    Of texts that are answered `apart` those that lead to nothing are given instead, so that the others are answered.
    """
    scope: list[str] = []
    for text in sent.value if isinstance(sent.value, list) else [sent.value]:
        notation = read(text)
        keys = (normal(text),) if reference.label == "Source" else notation.references
        hits = list(dict.fromkeys((key, name) for said, key, name in found if said in keys))
        if not hits:
            other = _other(text, reference.label)
            nearest = [] if other or notation.fault else await _nearest(store, reference.label, text)
            if not (scope or other):
                scope = [row for (row,) in await store.rows(Cypher(cypher("scopes"), {}, "scopes of the datasets"))]
            known = () if other else scope  # that it is the key of another thing says enough
            problem = NotFound(type_name(reference.label), text, nearest, reference.argument, other, known, notation.fault)
            if not apart:
                raise problem
            yield problem
        if len(hits) > 1:
            raise Ambiguous(type_name(reference.label), text, hits[:CANDIDATES], reference.argument)


def _other(text: str, label: str) -> str | None:
    """The type of thing that a text is a key of, in words, where that is not what is looked for."""
    type_ = TYPE_OF_PREFIX.get(text.partition("/")[0]) if "/" in text else None
    return type_name(type_.label) if type_ and label not in type_.labels else None


async def _nearest(store: Reader, label: str, text: str) -> list[str]:
    """The names of the things of which some reference, be it a name, an alias or a code, looks most like the text."""
    rows = await store.rows(Cypher(cypher("names-of-type"), {"label": label}, "nearest names"))
    names = {known: name for ((known, name),) in rows if known and name}
    close = difflib.get_close_matches(normal(text), names, 4 * NEAREST, 0.6)
    return list(dict.fromkeys(names[known] for known in close))[:NEAREST]
