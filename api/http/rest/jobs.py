"""Long work beside the event loop: in a thread, one piece after the other, equal work once, and to its end if its client leaves."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from api.answer import Answers, Question, Request, Response
from api.http.rest.answering import Refusal, refusal
from graph.ask.ask import Reader
from graph.engines.cypher import Cypher

log = logging.getLogger("regiograaf")
T = TypeVar("T")
RETRY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Beside:
    """Reads from a store whose connections belong to another event loop than that of whoever asks."""

    store: Reader
    loop: asyncio.AbstractEventLoop

    async def read(self, cypher: Cypher) -> list[Any] | None:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_read(self.store, cypher), self.loop))

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_rows(self.store, cypher), self.loop))


async def _read(store: Reader, cypher: Cypher) -> list[Any] | None:
    return await store.read(cypher)


async def _rows(store: Reader, cypher: Cypher) -> list[list[Any]]:
    return await store.rows(cypher)


@dataclass(frozen=True)
class AnswersBeside(Answers):
    """The answers of another event loop: each question is parsed and answered there, where the caches are."""

    origin: Answers | None = None
    loop: asyncio.AbstractEventLoop | None = None

    def prepare(self, question: Question, requested_version: str | None = None) -> Request:
        origin, loop = self._there()

        async def prepared() -> Request:
            return origin.prepare(question, requested_version)

        return asyncio.run_coroutine_threadsafe(prepared(), loop).result()

    async def respond(self, request: Request, today: date, request_id: str = "-") -> Response:
        origin, loop = self._there()
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(origin.respond(request, today, request_id), loop))

    def _there(self) -> tuple[Answers, asyncio.AbstractEventLoop]:
        assert self.origin is not None
        assert self.loop is not None
        return self.origin, self.loop


def beside(answers: Answers, loop: asyncio.AbstractEventLoop) -> Answers:
    """Returns answers for work in a thread, from a store that belongs to an event loop elsewhere."""
    return AnswersBeside(
        Beside(answers.store, loop), answers.today, answers.engine, request_seconds=answers.request_seconds, saved=answers.saved,
        origin=answers, loop=loop,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Jobs(Generic[T]):
    """Work that is under way, by a key that equal work shares. At most `most` pieces of it wait for their turn."""

    most: int = 8
    running: dict[Hashable, asyncio.Task[T]] = field(default_factory=dict)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def result(self, key: Hashable, work: Callable[[], Awaitable[T]], seconds: float | None = None) -> T:
        """Returns the result of some work, which is begun if it is not under way. Raises Refusal if it takes longer than some seconds."""
        task = self.running.get(key)
        if task is None:
            if len(self.running) > self.most:
                raise refusal(503, "BUSY", "As many files are being made as may be at once.", "Try again in a minute.")
            task = self.running[key] = asyncio.ensure_future(self._in_turn(work))
            task.add_done_callback(lambda done: self._forget(key, done))
        done, _ = await asyncio.wait((task,), timeout=seconds)
        if not done:
            raise in_the_making()
        return task.result()

    async def _in_turn(self, work: Callable[[], Awaitable[T]]) -> T:
        async with self.turn:
            return await work()

    def _forget(self, key: Hashable, task: asyncio.Task[T]) -> None:
        del self.running[key]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a file could not be made", exc_info=error)


def in_the_making() -> Refusal:
    message = "The file is being made, and that takes longer than a request may."
    refused = refusal(503, "EXPORT_IN_THE_MAKING", message, "Ask again as soon as Retry-After says.")
    return Refusal(503, refused.error, RETRY_SECONDS)


async def in_thread(work: Callable[[], Awaitable[T]]) -> T:
    """Returns the result of some work that runs in a thread, in an event loop of its own.

    The thread ends with the process, even if the work has not.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, failed = None, None
        try:
            result = asyncio.run(_awaited(work))
        except BaseException as error:
            failed = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, failed)

    threading.Thread(target=run, name="export", daemon=True).start()
    return await future


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()
