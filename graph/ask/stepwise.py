"""Answering step by step: each list of a question by a Cypher of its own, level after level, siblings at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol, runtime_checkable

from graph.compile.plan import Plan, in_steps
from graph.compile.steps.split import BELOW, IDS, INSIDE, Inside, Reading, Step
from graph.engines.cypher import Cypher
from graph.engines.planning import Planning

Things = Mapping[str, Any]  # by variable: what tells a step below of a thing
Entry = tuple[Things, Sequence[Any]]  # what is outside of a row, and the row as its step gave it


class Asked(Protocol):
    """What a step needs of a store."""

    async def read(self, cypher: Cypher) -> list[Any] | None: ...


@runtime_checkable
class Planner(Protocol):
    """A store that may plan slowly; `planning` is None where it does not."""

    planning: Planning | None


class Moved(Exception):
    """The data changed between two steps, or there is none: what was found does not belong together."""


async def answered(store: Asked, plan: Plan, bound: Mapping[str, Any], *, heavy: bool = False) -> list[Any] | None:
    """The record of a plan; None where the store holds no graph.

    By its one text, unless the store plans slowly and has not planned that text yet. Then in steps, and the text is planned
    for whoever asks next.
    """
    planning = store.planning if isinstance(store, Planner) else None
    if planning and not plan.row.in_one and not planning.knows(plan.text, bound):
        try:
            found = await record(store, plan, bound, heavy=heavy)
        except Moved:
            pass  # the one text can only speak of one version
        else:
            planning.of_version(found[0])
            planning.later(plan.text, bound)
            return found
    found_at_once = await store.read(Cypher(plan.text, bound, plan.name, heavy))
    if planning and found_at_once:
        planning.of_version(found_at_once[0])
        planning.done(plan.text, bound)
    return found_at_once


async def record(store: Asked, plan: Plan, bound: Mapping[str, Any], *, heavy: bool = False) -> list[Any]:
    """The record of a plan as `graph.ask.ask` takes it. Raises Moved where the steps do not all speak of one version of the data."""
    references, first = in_steps(plan)
    run = _Run(store, bound, plan.name, heavy)
    *found, rows = await together((*(run.values(step, [{}]) for step in references), run.first(first)))
    return [run.version, [hits for ((hits,),) in found], rows]


@dataclass(slots=True)
class _Run:
    store: Asked
    bound: Mapping[str, Any]
    name: str
    heavy: bool
    version: str = ""

    async def first(self, step: Step) -> Any:
        """The one row of the dataset."""
        assert step.reads
        rows = (await self._asked(step, []))[0][1] if step.text else [[[], None, [], [], []]]
        return (await self._filled(step.reads, [({}, rows[0])]))[0]

    async def values(self, step: Step, outside: Sequence[Things]) -> list[list[Any]]:
        """For each parent the values of a step: the list of its rows, or what it has instead. Parents that are the same are asked once."""
        numbers: dict[tuple[Any, ...], int] = {}
        keys = [tuple(_key(things[v]) for v in sorted(step.outside)) for things in outside]
        parents: list[Things] = []
        for key, things in zip(keys, outside, strict=True):
            if key not in numbers:
                numbers[key] = len(parents)
                parents.append(things)
        asked = await self._asked(step, [[at, *(things[v] for v in step.uses)] for at, things in enumerate(parents)]) if parents else []
        found: dict[int, list[Any]] = {at: values for at, *values in asked}
        if len(found) < len(parents):
            raise Moved
        if step.reads:
            lists = await self._lists(step.reads, parents, [found[at][0] for at in range(len(parents))])
            found = {at: [rows] for at, rows in enumerate(lists)}
        return [found[numbers[key]] for key in keys]

    async def _asked(self, step: Step, parents: list[list[Any]]) -> list[Any]:
        limit = self.bound[step.limit[1:]] if step.limit.startswith("$") else int(step.limit or 0)
        given = {own: self.bound[name] for own, name in step.given.items()}
        sent = {"parents": parents, "wants": list(step.wants), "limit": limit, **step.words, **given}
        found = await self.store.read(Cypher(step.text, {"step": sent}, f"{self.name}, a step", self.heavy))
        if found is None or found[0] != (self.version or found[0]):
            raise Moved
        self.version = found[0]
        rows: list[Any] = found[1]
        return rows

    async def _lists(self, reading: Reading, outside: Sequence[Things], lists: Sequence[Sequence[Any]]) -> list[list[Any]]:
        """Lists of rows as their step gave them become lists of rows of the plan."""
        entries = [(things, row) for things, rows in zip(outside, lists, strict=True) for row in rows]
        filled = iter(await self._filled(reading, entries))
        return [list(islice(filled, len(rows))) for rows in lists]

    async def _filled(self, reading: Reading, entries: Sequence[Entry]) -> list[list[Any]]:
        """Rows of the plan: the columns that were asked for, and what the lists below found."""
        if not entries:
            return []
        things = [{**outside, **dict(zip(reading.binds, row[IDS], strict=True))} for outside, row in entries] if reading.below else []
        below = await together(self._below(one, things, entries) for one in reading.below)
        return [
            [below[path[1]][at][path[2]] if path[0] == BELOW else _at(row, path) for path in reading.columns]
            for at, (_, row) in enumerate(entries)
        ]

    async def _below(self, one: Step | Inside, things: Sequence[Things], entries: Sequence[Entry]) -> list[list[Any]]:
        if isinstance(one, Step):
            return await self.values(one, things)
        return [[rows] for rows in await self._lists(one.reads, things, [row[INSIDE][one.at] for _, row in entries])]


def _key(thing: Any) -> Any:
    """Equal for what is certainly the same thing."""
    return thing if isinstance(thing, str) else id(thing)


def _at(row: Any, path: Sequence[int]) -> Any:
    for place in path:
        row = row[place]
    return row


async def together(work: Iterable[Any]) -> list[Any]:
    """The results of several at the same time; when one fails the others are not waited for, and its error is raised as it is."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
