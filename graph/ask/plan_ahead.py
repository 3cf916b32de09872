"""Planning ahead: the closed set of steps, before anyone asks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from graph.compile.steps.prepared import closed
from graph.compile.steps.split import Step
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher

AT_ONCE = 2  # of the connections beside those for questions


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many texts a store has planned, and how long that took in seconds."""

    texts: int
    seconds: float


async def plan_ahead(store: Store, most: int | None = None) -> Ahead:
    """Has a store plan the steps that questions usually take, or the `most` plainest of them, by asking each of nothing.

    A store that does not plan slowly has nothing to do. Raises EngineProblem where the store fails.
    """
    began = time.monotonic()
    steps = islice(closed() if store.planning else (), most)
    planned = await asyncio.gather(*(_planned(store, steps) for _ in range(AT_ONCE)))
    return Ahead(sum(planned), time.monotonic() - began)


async def _planned(store: Store, steps: Iterator[Step]) -> int:
    count = 0
    for step in steps:
        await store.rows(Cypher(step.text, {"step": of_nothing(step)}, "a step, planned ahead"))
        count += 1
    return count


def of_nothing(step: Step) -> dict[str, Any]:
    """What a step is asked when nothing is to be found: no parents, no entries, references that lead nowhere, and some day."""
    given: dict[str, Any] = {own: date(2000, 1, 1) if name.startswith(("asOf", "day_")) else [] for own, name in step.given.items()}
    return {"parents": [], "wants": [False] * len(step.wants), "limit": 0, **step.words, **given}
