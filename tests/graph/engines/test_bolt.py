"""The store behind a Bolt address: what is said when nobody answers there."""

from __future__ import annotations

import asyncio
import socket

import pytest
from neo4j.exceptions import ClientError

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
                await store.reach()

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
