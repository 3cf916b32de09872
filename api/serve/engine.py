"""Starts the embedded engine again when its process dies, and gives up when that happens too often."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable

from graph.engines.bolt import Store
from graph.engines.cypher import Address
from graph.engines.embedded import Engine
from graph.errors import EngineProblem, EngineUnavailable

log = logging.getLogger("regiograaf")
MOST_DEATHS, WITHIN_SECONDS = 3, 60.0
HANGING_SECONDS = 20.0  # after which an engine that says nothing is killed
FILL_SECONDS = 300.0
LOOK_SECONDS = 0.1
REMEDY = "Look in engine.log in its data folder; remove that folder, or set NEO4J_URI."


async def keep_running(engine: Engine, store: Store, fill: Callable[[Address], Awaitable[object]]) -> None:
    """Starts the engine again after each death, with the graph checked and filled, until it has died too often in too short a time.

    The engine checks its files when it opens them, and begins with an empty folder if they are damaged; `fill` then loads the claims.
    """
    try:
        store.availability.give_up(await _kept(engine, store, fill))
    except Exception as error:
        log.exception("the embedded engine cannot be kept running")
        store.availability.give_up(EngineUnavailable(f"The embedded engine cannot be kept running: {type(error).__name__}.", REMEDY))


async def _kept(engine: Engine, store: Store, fill: Callable[[Address], Awaitable[object]]) -> EngineUnavailable:
    """Keeps the engine running, and returns why that is of no more use."""
    deaths: deque[float] = deque(maxlen=MOST_DEATHS)
    while True:
        how = await _death(engine, store)
        deaths.append(time.monotonic())
        if len(deaths) == MOST_DEATHS and deaths[-1] - deaths[0] < WITHIN_SECONDS:
            ended = f"The embedded engine has ended {MOST_DEATHS} times within {WITHIN_SECONDS:g} s, the last time {how}."
            return EngineUnavailable(ended, REMEDY)
        store.availability.lost(EngineUnavailable(f"The embedded engine has ended, {how}; it starts again.", REMEDY), restarting=True)
        try:
            address = await engine.restart()
        except EngineProblem as problem:
            return EngineUnavailable(problem.message, problem.remedy)
        store.availability.restarts += 1
        try:
            async with asyncio.timeout(FILL_SECONDS):
                await fill(address)
        except (EngineProblem, TimeoutError) as problem:
            log.error("the embedded engine was not filled: %s", problem)
            engine.kill()
            continue
        store.move(address)
        store.availability.found()


async def _death(engine: Engine, store: Store) -> str:
    """Waits for the end of the engine's process and says how it came. Kills it if it has said nothing for long."""
    hanging = ""
    while (how := engine.ended()) is None:
        if not hanging and store.availability.away_seconds > HANGING_SECONDS:
            engine.kill()
            hanging = "hanging and "
        await asyncio.sleep(LOOK_SECONDS)
    return hanging + how
