"""The store behind a Bolt address: Neo4j or the embedded engine, through the one official driver.

Every query that writes runs in a managed transaction: the embedded engine is not atomic without
one, and a cluster needs one to route and to retry. Nothing but this and `reach` imports the driver.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self, TypeVar

from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction, AsyncResult, AsyncSession, Query, unit_of_work
from neo4j.exceptions import ClientError, DriverError, Neo4jError

from graph.engines.availability import Availability
from graph.engines.cypher import Address, Cypher, Execute
from graph.engines.gate import Gate
from graph.engines.profile import Profile, of_profile
from graph.errors import EngineUnavailable, LoadDisturbed, QueryTimeout

log = logging.getLogger("regiograaf")
DISTURBED = ("Neo.ClientError.Schema.ConstraintValidationFailed", "Neo.ClientError.Statement.EntityNotFound")  # by another writer
LOAD_SECONDS = 3600  # for a transaction of a load; Neo4j takes it instead of its own db.transaction.timeout
SPARE = 4  # connections for upkeep beside the questions
CONNECT_SECONDS = 5.0
ACQUIRE_SECONDS = 5.0  # with the greetings of a new connection
IDLE_SECONDS = 30.0  # after which a connection is tried before it is used
REPEAT_SECONDS = 0.1  # before a query is read once more
WRITE_AGAIN_SECONDS = 10.0  # in which a transaction that writes may run again
CLOSE_SECONDS = 5.0
LONGEST_REASON = 300
OURS = ("Neo.ClientError.Statement", "Neo.ClientError.Schema", "Neo.ClientError.Procedure")  # mistakes in our own queries
CHECK = "Check that it runs, and NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD; `regiograaf doctor` tries each step."
T = TypeVar("T")


class Store:
    """An open connection to a graph store. Use as an async context manager."""

    def __init__(self, address: Address, *, query_seconds: float = 10.0, at_once: int = 16, waiting: int = 256) -> None:
        self.address = address
        self.availability = Availability(f"The graph store at {address.uri}")
        self._seconds, self._at_once = query_seconds, at_once
        self.gate = Gate(at_once, waiting)
        self._closing: set[asyncio.Task[None]] = set()
        self._connect()

    def _connect(self) -> None:
        """Makes a driver without connections, which opens them as they are needed."""
        address = self.address
        self._idle: list[AsyncSession] = []  # for `_run`; a new session for each query takes more CPU (graph/decisions/0006)
        self._driver: AsyncDriver = AsyncGraphDatabase.driver(
            address.uri,
            auth=(address.user, address.password) if address.user else None,
            max_connection_pool_size=self._at_once + SPARE,
            connection_timeout=CONNECT_SECONDS,
            connection_acquisition_timeout=ACQUIRE_SECONDS,
            max_transaction_retry_time=WRITE_AGAIN_SECONDS,
            liveness_check_timeout=IDLE_SECONDS,
            notifications_min_severity="OFF",
            user_agent="regiograaf",
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._close(self._driver, self._idle)
        await asyncio.gather(*self._closing)

    async def _close(self, driver: AsyncDriver, idle: list[AsyncSession]) -> None:
        """Closes a driver; a connection that is dead does not keep it for long."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                while idle:
                    await idle.pop().close()
                await driver.close()

    def move(self, address: Address) -> None:
        """Leaves all connections and makes new ones, to an address that may be another."""
        closing = asyncio.ensure_future(self._close(self._driver, self._idle))
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)
        self.address = address
        self._connect()

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Watches while it is open if the store answers, so that questions end at once when it goes away."""
        task = asyncio.ensure_future(self.availability.watch(self._look))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait((task,))

    async def _look(self) -> None:
        if self.availability.problem:  # connections from before may be dead without knowing it
            self.move(self.address)
        async with self._translated("look", self._seconds), self._session("READ") as session:
            await (await session.run("RETURN 1")).consume()

    async def read(self, cypher: Cypher) -> list[Any] | None:
        """Returns the values of the one record of a query, or None if it has no record. Raises Busy
        if the queue is full.

        It takes one round trip: a query that changes nothing needs no transaction of its own.
        """
        self.availability.check()

        async def work(session: AsyncSession) -> list[Any] | None:
            return await _one(await session.run(Query(cypher.text, timeout=self._seconds), dict(cypher.parameters)))

        async with self.gate.place(cypher.heavy):
            return await self._guarded(cypher.name, lambda: self._twice(cypher.name, work), self._seconds)

    async def _twice(self, name: str, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """Runs a query that changes nothing; once more, on another connection, if it fails in a way that may pass."""
        try:
            return await self._run(work)
        except Exception as error:
            if not (error.is_retryable() if isinstance(error, DriverError | Neo4jError) else _is_reset(error)):
                raise
            log.info("%s is read once more: %s", name, _on_one_line(error))
        await asyncio.sleep(REPEAT_SECONDS)
        return await self._run(work)

    async def _run(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        idle = self._idle  # of this driver
        session = idle.pop() if idle else self._session("READ")
        try:
            found = await work(session)
        except BaseException as problem:  # the session may be broken, so it is not used again
            if isinstance(problem, asyncio.CancelledError):
                session.cancel()  # closing would wait for the answer
            await session.close()
            raise
        idle.append(session)
        return found

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

        async with self.gate.place():
            return await self._guarded(cypher.name, run, self._seconds)

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        """Returns the values of all records of a query. For loading and checking; it does not pass the gate."""

        async def work(session: AsyncSession) -> list[list[Any]]:
            result = await session.run(Query(cypher.text, timeout=LOAD_SECONDS), dict(cypher.parameters))
            return [list(record.values()) async for record in result]

        return await self._guarded(cypher.name, lambda: self._twice(cypher.name, work), None)

    async def write(self, work: Callable[[Execute], Awaitable[None]]) -> None:
        """Runs `work` in one transaction, which is atomic. It may run again after a conflict, and the log says so."""
        runs = 0

        @unit_of_work(timeout=LOAD_SECONDS)
        async def within(transaction: AsyncManagedTransaction) -> None:
            nonlocal runs
            runs += 1
            if runs > 1:
                log.warning("a transaction that writes runs again, for the %d. time", runs)

            async def execute(text: str, parameters: Mapping[str, Any]) -> Any:
                result = await transaction.run(text, dict(parameters))
                return await result.values()

            await work(execute)

        async with self._session("WRITE") as session:
            try:
                await self._guarded("load", lambda: session.execute_write(within), None)
            except ClientError as error:
                if error.code not in DISTURBED:
                    raise
                raise LoadDisturbed(
                    "Another load, or another program, has written to the database at the same time.",
                    "Nothing of this load can be seen. Give Regiograaf its own database, run one load at a time, and load again.",
                ) from error

    async def define(self, definitions: Sequence[str]) -> None:
        """Creates constraints and indexes, each in a transaction of its own; those that exist are left alone."""
        for text in definitions:
            await self.write(lambda execute, text=text: execute(text, {}))  # type: ignore[misc]

    def _session(self, mode: str) -> AsyncSession:
        return self._driver.session(database=self.address.database, default_access_mode=mode)

    async def _guarded(self, name: str, ask: Callable[[], Awaitable[T]], seconds: float | None) -> T:
        """Awaits an answer, with a time limit on this side too, which expires when the store goes away."""
        self.availability.check()
        try:
            async with self._translated(name, seconds), asyncio.timeout(seconds and seconds + 1) as limit:
                with self.availability.ending(limit):
                    answer = await ask()
        except TimeoutError:
            self.availability.check()
            raise _too_long(name, seconds) from None
        self.availability.heard()
        return answer

    @asynccontextmanager
    async def _translated(self, name: str, seconds: float | None) -> AsyncIterator[None]:
        """Translates the errors of the driver. A mistake in a query of ours stays what it is."""
        try:
            yield
        except Neo4jError as error:
            code = error.code or ""
            if "TransactionTimedOut" in code:
                raise _too_long(name, seconds) from error
            if code.startswith(OURS):
                raise
            raise self._refused(name, code, error.message or "") from error
        except Exception as error:
            if not (isinstance(error, DriverError) or _is_reset(error)):
                raise
            self.availability.doubt()
            raise EngineUnavailable(f"The graph store at {self.address.uri} does not answer: {_on_one_line(error)}.", CHECK) from error

    def _refused(self, name: str, code: str, message: str) -> EngineUnavailable:
        uri, why = self.address.uri, message.partition("\n")[0].rstrip(".")
        if code.startswith("Neo.ClientError.Security"):
            return EngineUnavailable(f"The graph store at {uri} refuses the user {self.address.user!r}: {why}.", CHECK)
        if code.startswith("Neo.ClientError.Database"):
            return EngineUnavailable(
                f"The graph store at {uri} has no such database: {why}.", "Check NEO4J_DATABASE, and that it is started."
            )
        return EngineUnavailable(f"The graph store refused {name}: {why}.", "Try again; if it fails again, look in the log of the store.")


def _is_reset(error: Exception) -> bool:
    """Returns if a connection was reset. The driver lets some of these errors through as asyncio and uvloop raise them."""
    return isinstance(error, ConnectionError) or (isinstance(error, RuntimeError) and "handler is closed" in str(error))


async def _one(result: AsyncResult) -> list[Any] | None:
    record = await result.single()
    return None if record is None else list(record.values())


def _too_long(name: str, seconds: float | None) -> QueryTimeout:
    if seconds is None:
        return QueryTimeout(
            f"The graph store stopped {name}, which took longer than a transaction may.",
            "Nothing of it can be seen. Look in Neo4j for its db.transaction.timeout and for what kept it busy, then try again.",
        )
    return QueryTimeout(f"The query {name} took longer than {seconds:g} s.", "Ask for less at once: smaller pages, fewer levels.")


def _on_one_line(error: Exception) -> str:
    """Returns the text of an error with its reason, which the driver gives on a line of its own."""
    return " ".join(str(error).split())[:LONGEST_REASON].rstrip(".:")
