"""Asks the saved questions when a server starts, so that no user waits for their plans."""

from __future__ import annotations

import asyncio
import logging
import time

import orjson

from api.answer import Answers, Question
from api.documents.saved import saved
from graph.engines.cypher import WarmUpPolicy
from graph.errors import RegiograafError

log = logging.getLogger("regiograaf")


class WarmUp:
    """Asks the saved questions until the store is warm.

    The first round always runs to its end: the store plans each question. `seconds` bounds the rest.
    """

    def __init__(self, answers: Answers, policy: WarmUpPolicy, seconds: float) -> None:
        self._answers, self._policy, self._seconds = answers, policy, seconds
        self._count = 0
        self.done = not policy.awaited

    async def run(self) -> None:
        """Asks every saved question once, and then as often as the policy and the time allow."""
        started = time.monotonic()
        try:
            if self._seconds:
                await self._round()
                log.info("saved questions planned after %.1f s", time.monotonic() - started)
            async with asyncio.timeout(self._seconds - (time.monotonic() - started)):
                for _ in range(self._policy.rounds - 1):
                    await self._round()
        except TimeoutError:
            pass
        except RegiograafError as error:
            log.warning("not warmed up: %s", error.message)
        finally:
            self.done = True
        log.info("warm after %.1f s and %d questions", time.monotonic() - started, self._count)

    async def _round(self) -> None:
        questions = iter(saved().values())

        async def ask_in_turn() -> None:
            for question in questions:
                await self._answers(Question(question.document, None, orjson.loads(question.variables)), "warm-up")
                self._count += 1

        await asyncio.gather(*(ask_in_turn() for _ in range(self._policy.at_once)))
