"""A load whose store goes away, and one whose clock went back, while a service answers: readers see the old data or the new, whole."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.errors import EngineProblem
from graph.load import writes
from graph.load.load import load
from tests.conftest import LOADED_AT
from tests.drills.conftest import Drill
from tests.drills.proxy import Fault, Proxy
from tests.drills.server import ROOT, service
from tests.drills.test_soak import Soak, changing_neo4j
from tests.graph.load.stepping import COMMIT, Stepping
from tests.neo4j.changed import NAMED, changed
from tests.neo4j.server import NoNeo4j, started

__all__ = ["changing_neo4j"]
EARLIER = "2025-06-01T00:00:00.000+00:00"
LATER = "2027-06-01T00:00:00.000+00:00"
NAME = Cypher("MATCH (n:Municipality {key: $key}) RETURN n.nameNl", {"key": NAMED})


@asynccontextmanager
async def asked(address: Address) -> AsyncIterator[Soak]:
    """A service that is asked all the time; an answer that is not whole fails."""
    login = {"NEO4J_URI": address.uri, "NEO4J_USER": address.user, "NEO4J_PASSWORD": address.password}
    async with service(login) as running:
        soak = Soak(running)

        async def always() -> None:
            while True:
                await soak.ask()

        asking = asyncio.ensure_future(always())
        try:
            yield soak
        finally:
            asking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asking


def test_a_load_is_seen_although_the_clock_of_the_loader_went_back(changing_neo4j: Address, drill: Drill) -> None:
    async def loaded() -> None:
        async with asked(changing_neo4j) as soak:
            command = [sys.executable, "-m", "tests.neo4j.changed", changing_neo4j.uri, "1", EARLIER]
            loading = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
            assert await loading.wait() == 0
            await soak.running.until(lambda: "Zaanstad 1" in soak.names.values())
            async with Store(changing_neo4j) as store:
                ((_, instant),) = await store.rows(Cypher(writes.CURRENT))
        assert EARLIER < LOADED_AT < instant

    drill(loaded())


@pytest.mark.parametrize("lost_at", ["the first write", "the version", "the commit"])
def test_a_load_whose_store_goes_away_leaves_the_old_graph_or_the_new_one(changing_neo4j: Address, drill: Drill, lost_at: str) -> None:
    place = urlsplit(changing_neo4j.uri)
    assert place.hostname
    assert place.port
    host, port = place.hostname, place.port

    async def loaded() -> None:
        async with asked(changing_neo4j) as soak, Proxy(host, port) as proxy, Store(changing_neo4j) as direct:
            published, lost = False, asyncio.Event()

            async def lose(text: str) -> None:
                nonlocal published
                published = published or text == writes.PUBLISH
                here = {"the first write": True, "the version": text == writes.PUBLISH, "the commit": published and text == COMMIT}
                if here[lost_at] and not lost.is_set():
                    lost.set()
                    await proxy.set(Fault.REFUSED)

            async def come_back() -> None:
                await lost.wait()
                await asyncio.sleep(0.5)
                await proxy.set(Fault.NONE)

            back = asyncio.ensure_future(come_back())
            through = Address(proxy.uri, changing_neo4j.user, changing_neo4j.password, engine="neo4j")
            async with Stepping(through, lose) as stepping:
                with contextlib.suppress(EngineProblem):
                    await load(stepping, changed("1"), LATER)
            await back
            assert (await direct.rows(NAME))[0][0] in {"Zaanstad 0", "Zaanstad 1"}
            await load(direct, changed("1"), LATER)
            assert await direct.rows(NAME) == [["Zaanstad 1"]]
            await soak.running.until(lambda: "Zaanstad 1" in soak.names.values())
        assert set(soak.names.values()) == {"Zaanstad 0", "Zaanstad 1"}

    drill(loaded())


@pytest.mark.long
@pytest.mark.neo4j
@pytest.mark.parametrize("lost_at", [writes.ANNOUNCE, writes.PUBLISH, COMMIT])
def test_a_neo4j_that_is_killed_under_a_load_has_the_old_graph_or_the_new_one(tmp_path: Path, drill: Drill, lost_at: str) -> None:
    async def killed() -> None:
        try:
            with contextlib.suppress(EngineProblem), started(tmp_path) as first:
                async with Store(Address(first.uri)) as store:
                    await load(store, changed("0"), LOADED_AT)

                async def kill(text: str) -> None:
                    if text == lost_at:
                        os.kill(first.pid, signal.SIGKILL)

                async with Stepping(Address(first.uri), kill) as stepping:
                    await load(stepping, changed("1"), LATER)
        except NoNeo4j as reason:
            pytest.skip(str(reason))
        with started(tmp_path) as second:
            async with Store(Address(second.uri)) as store:
                assert (await store.rows(NAME))[0][0] in {"Zaanstad 0", "Zaanstad 1"}
                await load(store, changed("1"), LATER)
                assert await store.rows(NAME) == [["Zaanstad 1"]]

    drill(killed())
