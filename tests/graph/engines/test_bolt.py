"""The store behind a Bolt address: what is said when nobody answers there."""

from __future__ import annotations

import asyncio
import dataclasses
import socket

import pytest
from neo4j.exceptions import ClientError, Neo4jError

from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.errors import EngineUnavailable, QueryTimeout

ENDLESS = Cypher("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(a * b % 7)", name="endless")


def test_an_address_where_nobody_answers_is_told_at_once(runner: asyncio.Runner) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        uri = f"bolt://127.0.0.1:{closed.getsockname()[1]}"

        async def reach() -> None:
            async with Store(Address(uri)) as store:
                await store.rows(Cypher("RETURN 1"))

        with pytest.raises(EngineUnavailable, match=f"{uri} does not answer") as found:
            runner.run(reach())
    assert "\n" not in found.value.message
    assert "NEO4J_URI" in found.value.remedy


def test_a_question_that_takes_too_long_is_stopped(neo4j_address: Address, runner: asyncio.Runner) -> None:
    async def endless() -> None:
        async with Store(neo4j_address, query_seconds=0.5) as store:
            await store.read(ENDLESS)

    with pytest.raises(QueryTimeout, match=r"endless took longer than 0\.5 s"):
        runner.run(endless())


def test_a_load_that_takes_longer_than_a_transaction_may_is_told_so(
    neo4j_address: Address, runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.engines.bolt.LOAD_SECONDS", 0.5)

    async def endless() -> None:
        async with Store(neo4j_address) as store:
            for attempt in (store.write(lambda execute: execute(ENDLESS.text, {})), store.rows(ENDLESS)):
                with pytest.raises(QueryTimeout, match="longer than a transaction may") as told:
                    await attempt
                assert "db.transaction.timeout" in told.value.remedy

    runner.run(endless())


BEGUN = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND range' RETURN currentQuery"


def test_questions_take_turns_with_as_few_sessions_as_were_needed_at_once(neo4j_address: Address, runner: asyncio.Runner) -> None:
    async def asked() -> tuple[list[list[object] | None], int]:
        async with Store(neo4j_address, at_once=3) as store:
            made = []
            session = store._session

            def counted(mode: str) -> object:
                made.append(mode)
                return session(mode)

            store._session = counted  # type: ignore[method-assign,assignment]
            found = await asyncio.gather(*(store.read(Cypher("RETURN $n", {"n": n})) for n in range(20)))
            return found, len(made)

    found, made = runner.run(asked())
    assert found == [[n] for n in range(20)]
    assert made <= 3


def test_after_a_question_that_failed_or_was_left_the_next_one_is_answered(neo4j_address: Address, runner: asyncio.Runner) -> None:
    async def asked() -> list[object] | None:
        async with Store(neo4j_address, query_seconds=60) as store:
            left = asyncio.ensure_future(
                store.read(Cypher("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(a * b % 7)"))
            )
            async with asyncio.timeout(60):
                while not await store.rows(Cypher(BEGUN)):
                    await asyncio.sleep(0)
            left.cancel()
            await asyncio.wait([left])
            with pytest.raises(ClientError):
                await store.read(Cypher("RETURN 1 / $n", {"n": 0}, "wrong"))
            return await store.read(Cypher("RETURN 1"))

    assert runner.run(asked()) == [1]


REFUSALS = [
    ("Neo.ClientError.Security.Unauthorized", "refuses the user 'someone'"),
    ("Neo.ClientError.Security.AuthenticationRateLimit", "refuses the user 'someone'"),
    ("Neo.ClientError.Security.Forbidden", "refuses the user 'someone'"),
    ("Neo.ClientError.Database.DatabaseNotFound", "has no such database"),
    ("Neo.TransientError.General.DatabaseUnavailable", "refused question"),
    ("Neo.DatabaseError.General.UnknownError", "refused question"),
    ("Neo.ClientError.Cluster.NotALeader", "refused question"),
]


@pytest.mark.parametrize(("code", "said"), REFUSALS)
def test_what_a_store_refuses_is_told_as_unavailable(runner: asyncio.Runner, code: str, said: str) -> None:
    async def fail() -> None:
        raise Neo4jError._hydrate_neo4j(code=code, message="It is so.\nAt length.")

    async def refused() -> None:
        async with Store(Address("bolt://127.0.0.1:1", "someone", "secret")) as store:
            await store._guarded("question", fail, None)

    with pytest.raises(EngineUnavailable, match=said) as found:
        runner.run(refused())
    assert "secret" not in found.value.message
    assert "\n" not in found.value.message


@pytest.mark.parametrize("error", [ConnectionResetError(104, "reset"), RuntimeError("unable to perform operation; the handler is closed")])
def test_a_reset_that_the_driver_lets_through_is_told_as_unavailable(runner: asyncio.Runner, error: Exception) -> None:
    async def fail() -> None:
        raise error

    async def reset() -> None:
        async with Store(Address("bolt://127.0.0.1:1")) as store:
            await store._guarded("question", fail, None)

    with pytest.raises(EngineUnavailable, match="does not answer"):
        runner.run(reset())


def test_a_database_that_is_not_there_is_told(neo4j_address: Address, runner: asyncio.Runner) -> None:
    async def read() -> None:
        async with Store(dataclasses.replace(neo4j_address, database="elsewhere")) as store:
            await store.read(Cypher("RETURN 1"))

    with pytest.raises(EngineUnavailable, match="has no such database"):
        runner.run(read())


def test_a_question_ends_when_its_store_goes_away(neo4j_address: Address, runner: asyncio.Runner) -> None:
    async def gone() -> None:
        async with Store(neo4j_address, query_seconds=600) as store:
            asked = asyncio.ensure_future(store.read(ENDLESS))
            async with asyncio.timeout(60):
                while not await store.rows(Cypher(BEGUN)):
                    await asyncio.sleep(0)
            store.availability.lost(EngineUnavailable("It is gone.", "Wait."))
            await asyncio.wait_for(asked, 60)

    with pytest.raises(EngineUnavailable, match="It is gone"):
        runner.run(gone())
