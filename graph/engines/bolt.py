"""The store behind a Bolt address: Neo4j or the embedded engine, through the one official driver.

Every query that writes runs in a managed transaction: the embedded engine is not atomic without
one, and a cluster needs one to route and to retry. Nothing else in Regiograaf imports the driver.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Self, TypeVar

from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction, AsyncResult, AsyncSession, Query, unit_of_work
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable

from graph.engines.cypher import Address, Cypher, Execute
from graph.engines.gate import Gate
from graph.engines.profile import Profile, of_profile
from graph.errors import EngineUnavailable, QueryTimeout

SPARE = 4  # connections for upkeep beside the questions
T = TypeVar("T")


class Store:
    """An open connection to a graph store. Use as an async context manager."""

    def __init__(self, address: Address, *, query_seconds: float = 10.0, at_once: int = 16, waiting: int = 256) -> None:
        auth = (address.user, address.password) if address.user else None
        self.address = address
        self._seconds = query_seconds
        self._gate = Gate(at_once, waiting)
        self._idle: list[AsyncSession] = []  # for `read`; a new session for each query takes more CPU (graph/decisions/0006)
        self._driver: AsyncDriver = AsyncGraphDatabase.driver(
            address.uri,
            auth=auth,
            max_connection_pool_size=at_once + SPARE,
            connection_timeout=5,
            connection_acquisition_timeout=query_seconds,
            max_transaction_retry_time=query_seconds,
            notifications_min_severity="OFF",
            user_agent="regiograaf",
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        while self._idle:
            await self._idle.pop().close()
        await self._driver.close()

    async def reach(self) -> None:
        """Raises EngineUnavailable at once if the store does not answer, without the retries that a query gets."""
        await self._guarded("reach", self._driver.verify_connectivity(), None)

    async def read(self, cypher: Cypher) -> list[Any] | None:
        """Returns the values of the one record of a query, or None if it has no record. Raises Busy
        if the queue is full.

        It takes one round trip: a query that changes nothing needs no transaction of its own. If a
        cluster reports an error that can be retried, the query runs once more in a managed
        transaction, which routes and waits.
        """
        async with self._gate.place(cypher.heavy):
            return await self._guarded(cypher.name, self._read(cypher), self._seconds)

    async def _read(self, cypher: Cypher) -> list[Any] | None:
        session = self._idle.pop() if self._idle else self._session("READ")
        try:
            values = await self._asked(session, cypher)
        except BaseException as problem:  # the session may be broken, so it is not used again
            if isinstance(problem, asyncio.CancelledError):
                session.cancel()  # closing would wait for the answer
            await session.close()
            raise
        self._idle.append(session)
        return values

    async def _asked(self, session: AsyncSession, cypher: Cypher) -> list[Any] | None:
        try:
            return await _one(await session.run(Query(cypher.text, timeout=self._seconds), dict(cypher.parameters)))
        except (DriverError, Neo4jError) as error:
            if not error.is_retryable():
                raise

        @unit_of_work(timeout=self._seconds)
        async def work(transaction: AsyncManagedTransaction) -> list[Any] | None:
            return await _one(await transaction.run(cypher.text, dict(cypher.parameters)))

        return await session.execute_read(work)

    async def profile(self, cypher: Cypher, *, operators: bool = False) -> Profile:
        """Runs a query as `read` does and returns its profile. Asking for `operators` slows it down."""
        text = f"PROFILE {cypher.text}" if operators else cypher.text

        async def run() -> Profile:
            began = time.perf_counter_ns()
            async with self._session("READ") as session:
                result = await session.run(Query(text, timeout=self._seconds), dict(cypher.parameters))
                records = [tuple(record.values()) async for record in result]
                summary = await result.consume()
            elapsed = (time.perf_counter_ns() - began) // 1000
            available, streamed = 1000 * (summary.result_available_after or 0), 1000 * (summary.result_consumed_after or 0)
            if self.address.times_from_start:
                streamed -= available
            return Profile(tuple(records), available, max(streamed, 0), elapsed, *of_profile(summary.profile))

        async with self._gate.place():
            return await self._guarded(cypher.name, run(), self._seconds)

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        """Returns the values of all records of a query. For loading and checking; it does not pass the gate."""

        async def work(transaction: AsyncManagedTransaction) -> list[list[Any]]:
            result = await transaction.run(cypher.text, dict(cypher.parameters))
            return [list(record.values()) async for record in result]

        async with self._session("READ") as session:
            return await self._guarded(cypher.name, session.execute_read(work), None)

    async def write(self, work: Callable[[Execute], Awaitable[None]]) -> None:
        """Runs `work` in one transaction, which is atomic. It may run again after a conflict."""

        async def within(transaction: AsyncManagedTransaction) -> None:
            async def execute(text: str, parameters: Mapping[str, Any]) -> Any:
                result = await transaction.run(text, dict(parameters))
                return await result.values()

            await work(execute)

        async with self._session("WRITE") as session:
            await self._guarded("load", session.execute_write(within), None)

    async def define(self, definitions: Sequence[str]) -> None:
        """Creates constraints and indexes, each in a transaction of its own; those that exist are left alone."""
        for text in definitions:
            await self.write(lambda execute, text=text: execute(text, {}))  # type: ignore[misc]

    def _session(self, mode: str) -> AsyncSession:
        return self._driver.session(database=self.address.database, default_access_mode=mode)

    async def _guarded(self, name: str, answer: Awaitable[T], seconds: float | None) -> T:
        """Awaits an answer, with a time limit on this side too, and translates the errors of the driver."""
        try:
            async with asyncio.timeout(seconds and seconds + 1):
                return await answer
        except TimeoutError:
            raise _too_long(name, seconds) from None
        except ClientError as error:
            if "TransactionTimedOut" in (error.code or ""):
                raise _too_long(name, seconds) from error
            raise
        except (ServiceUnavailable, DriverError, AuthError) as error:
            raise EngineUnavailable(
                f"The graph store at {self.address.uri} does not answer: {_first_line(error)}.",
                "Check that it runs, and NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD; `regiograaf doctor` tries each step.",
            ) from error
        except Neo4jError as error:
            raise EngineUnavailable(
                f"The graph store refused {name}: {error.message}.", "Try again; if it fails again, look in the log of the store."
            ) from error


async def _one(result: AsyncResult) -> list[Any] | None:
    record = await result.single()
    return None if record is None else list(record.values())


def _too_long(name: str, seconds: float | None) -> QueryTimeout:
    return QueryTimeout(f"The query {name} took longer than {seconds:g} s.", "Ask for less at once: smaller pages, fewer levels.")


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(":")
