"""Warming up: the saved questions are asked before anybody is told that the service is ready, so that no user waits for the first time."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import orjson

from api.answer import Answers, Question
from api.documents.saved import saved
from graph.errors import RegiograafError

log = logging.getLogger("regiograaf")
Step = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Manner:
    """How an engine is warmed: how often each saved question is asked, how many at once, and whether readiness waits for it."""

    rounds: int
    at_once: int
    awaited: bool


# A Neo4j that has just started needs thousands of calls to reach its speed. The embedded engine starts with its one user, who waits
# for the first answer: there the rest is warmed behind it, one question at a time.
MANNERS = {"neo4j": Manner(500, 4, True), "embedded": Manner(1, 1, False)}


class Warmth:
    """Whether the service is warm yet. `seconds` bounds the whole of it; at its end the service is as warm as it is going to be."""

    def __init__(self, answers: Answers, seconds: float, then: Iterable[Step] = ()) -> None:
        self._answers, self._seconds, self._then = answers, seconds, tuple(then)
        self._manner = MANNERS[answers.engine]
        self._asked = 0
        self.enough = not self._manner.awaited

    async def rise(self) -> None:
        """Asks the saved questions, then takes the steps that come next, such as plans made ahead, and asks them many times more."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._seconds):
                await self._round()
                for step in self._then:
                    await step()
                    await self._round()
                for _ in range(self._manner.rounds - 1 - len(self._then)):
                    await self._round()
        except TimeoutError:
            pass
        except RegiograafError as error:
            log.warning("not warmed up: %s", error.message)
        finally:
            self.enough = True
        log.info("warm after %.1f s and %d questions", time.monotonic() - began, self._asked)

    async def _round(self) -> None:
        waiting = iter(saved().values())

        async def some() -> None:
            for one in waiting:
                await self._answers(Question(one.document, None, orjson.loads(one.variables)), "warm-up")
                self._asked += 1

        await asyncio.gather(*(some() for _ in range(self._manner.at_once)))
