"""The store behind a Bolt address: what is said when nobody answers there."""

from __future__ import annotations

import asyncio
import socket

import pytest

from graph.engines.bolt import Address, Cypher, Store
from graph.errors import EngineUnavailable, QueryTimeout


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
            await store.read(Cypher("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(a * b % 7)", name="endless"))

    with pytest.raises(QueryTimeout, match=r"endless took longer than 0\.5 s"):
        runner.run(endless())
