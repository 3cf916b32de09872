"""Warming up: the saved questions are asked before anybody is told that the service is ready, so that no user waits for their planning."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass

import orjson

from api.answer import Answers, Question
from api.documents.saved import saved
from graph.errors import RegiograafError

log = logging.getLogger("regiograaf")


@dataclass(frozen=True, slots=True)
class Policy:
    """How an engine is warmed up: how often each saved question is asked, how many at once, and whether readiness waits for it."""

    rounds: int
    at_once: int
    awaited: bool


# A Neo4j that has just started needs thousands of calls to reach its speed. The embedded engine starts with its one user, who waits
# for the first answer: there the rest is warmed up behind it, one question at a time.
POLICIES = {"neo4j": Policy(500, 4, True), "embedded": Policy(1, 1, False)}


class WarmUp:
    """Asks the saved questions until the store is warm.

    The first round plans each of them and always runs to its end; `seconds` bounds the rounds after it.
    """

    def __init__(self, answers: Answers, seconds: float) -> None:
        self._answers, self._seconds = answers, seconds
        self._policy = POLICIES[answers.engine]
        self._asked = 0
        self.done = not self._policy.awaited

    async def run(self) -> None:
        """Asks every saved question once, so that all of them are planned, and then many times more."""
        began = time.monotonic()
        try:
            if self._seconds:
                await self._round()
                log.info("saved questions planned after %.1f s", time.monotonic() - began)
            async with asyncio.timeout(self._seconds - (time.monotonic() - began)):
                for _ in range(self._policy.rounds - 1):
                    await self._round()
        except TimeoutError:
            pass
        except RegiograafError as error:
            log.warning("not warmed up: %s", error.message)
        finally:
            self.done = True
        log.info("warm after %.1f s and %d questions", time.monotonic() - began, self._asked)

    async def _round(self) -> None:
        waiting = iter(saved().values())

        async def some() -> None:
            for one in waiting:
                await self._answers(Question(one.document, None, orjson.loads(one.variables)), "warm-up")
                self._asked += 1

        await asyncio.gather(*(some() for _ in range(self._policy.at_once)))
