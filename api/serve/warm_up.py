"""Asks the saved questions and visits the pages when a server starts and when its store comes back, so that no user waits for plans."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

import orjson

from api.answer import Answers, Question
from graph.engines.availability import Availability
from graph.engines.cypher import WarmUpPolicy
from graph.engines.watching import watch
from graph.errors import EngineUnavailable, RegiograafError

log = logging.getLogger("regiograaf")
AGAIN_SECONDS = 1.0


async def _no_pages() -> None:
    pass


class WarmUp:
    """Asks the saved questions until the store is warm, and again when a store comes back that was away: it may have lost its plans.

    The first round always runs to its end: the store plans each question. `seconds` bounds the rest. `visit_pages` visits the pages,
    which ask the same questions with other variables; readiness does not wait for it.
    """

    def __init__(
        self,
        answers: Answers,
        policy: WarmUpPolicy,
        seconds: float,
        availability: Availability,
        visit_pages: Callable[[], Awaitable[None]] = _no_pages,
    ) -> None:
        self._answers, self._policy, self._seconds, self._availability = answers, policy, seconds, availability
        self._visit_pages = visit_pages
        self._count = 0
        self._warm_life = 0  # the life of the store that is warm

    @property
    def done(self) -> bool:
        return not self._policy.awaited or not self._seconds or self._warm_life == self._availability.lives

    async def run(self) -> None:
        """Asks every saved question once, and then as often as the policy and the time allow."""
        life, started = self._availability.lives, time.monotonic()
        try:
            if self._seconds and await self._plan(started):
                await self._rest(started)
        except RegiograafError as error:
            log.warning("not warmed up: %s", error.message)
        finally:
            self._warm_life = life
        log.info("warm after %.1f s and %d questions", time.monotonic() - started, self._count)

    async def keep(self) -> None:
        """Visits the pages, and plans all again in each new life of the store, for ever."""
        await self._pages()
        await watch("the warm-up", self._again, AGAIN_SECONDS)

    async def _again(self) -> None:
        availability = self._availability
        await availability.until(lambda: availability.problem is None and availability.lives != self._warm_life)
        life, started = availability.lives, time.monotonic()
        if not self._seconds or await self._plan(started):
            self._warm_life = life
            await self._rest(started)
            await self._pages()

    async def _pages(self) -> None:
        if self._seconds:
            started = time.monotonic()
            await self._visit_pages()
            log.info("pages visited after %.1f s", time.monotonic() - started)

    async def _plan(self, started: float) -> bool:
        """Asks every saved question once. Returns False if the store went away meanwhile."""
        planned = await self._round()
        if planned:
            log.info("saved questions planned after %.1f s", time.monotonic() - started)
        return planned

    async def _rest(self, started: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._seconds - (time.monotonic() - started)):
                for _ in range(self._policy.rounds - 1):
                    if not await self._round():
                        return

    async def _round(self) -> bool:
        questions = iter(self._answers.saved.values())
        there = True

        async def ask_in_turn() -> None:
            nonlocal there
            for question in questions:
                answer = await self._answers(Question(question.document, None, orjson.loads(question.variables)), "warm-up")
                self._count += 1
                there = there and all(error["extensions"]["code"] != EngineUnavailable.code for error in answer.get("errors", ()))

        await asyncio.gather(*(ask_in_turn() for _ in range(self._policy.at_once)))
        return there
