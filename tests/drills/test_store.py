"""Neo4j behind a proxy that makes faults: each answer is right or a refusal with the right code, and all is well soon after."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from tests.drills.conftest import Drill
from tests.drills.proxy import Fault, Proxy
from tests.drills.server import ROOT, Service, service
from tests.neo4j.server import NoNeo4j, started

AWAY = {"ENGINE_UNAVAILABLE"}
ANNOUNCED = Cypher("MATCH (c:Commit) RETURN c.renewed")
ORPHANS = Cypher("SHOW TRANSACTIONS YIELD currentQuery WHERE NOT currentQuery STARTS WITH 'SHOW' RETURN currentQuery")
SLOW_QUESTION = '{ gaps(asOf: "20%02d-06-01") { status } }'
HANG_UPS, AT_ONCE = 200, 20
CROWD = 16 + 256 + 28  # REGIOGRAAF_AT_ONCE, REGIOGRAAF_WAITING, and some that find no place


@asynccontextmanager
async def behind(address: Address, *options: str, **environment: str) -> AsyncIterator[tuple[Service, Proxy]]:
    """A service that reaches a Neo4j through a proxy."""
    place = urlsplit(address.uri)
    assert place.hostname
    assert place.port
    login = {"NEO4J_USER": address.user, "NEO4J_PASSWORD": address.password}
    async with (
        Proxy(place.hostname, place.port) as proxy,
        service({"NEO4J_URI": proxy.uri, **login, **environment}, *options) as running,
    ):
        yield running, proxy


@pytest.fixture(scope="module")
def through_proxy(filled_neo4j: Address, drill: Drill) -> Iterator[tuple[Service, Proxy]]:
    context = behind(filled_neo4j)
    yield drill(context.__aenter__())
    drill(context.__aexit__(None, None, None))


async def faulty(running: Service, proxy: Proxy, fault: Fault, seconds: float) -> None:
    """Makes a fault while the checker asks, and waits until all is well again."""
    async with running.checked() as tally:
        await running.until(lambda: tally.right > 3)
        async with proxy.during(fault):
            await running.until(lambda: tally.refused)
            await running.until(running.away)
            assert (await running.status("/healthz"))[0] == 200  # a restart of this process would help nobody
            await asyncio.sleep(seconds)
        right = tally.right
        await running.until(lambda: tally.right > right + 3)
        await running.until(running.ready)
    assert set(tally.refused) == AWAY


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.RESET, Fault.HANGING, Fault.BLACK_HOLE])
def test_a_store_that_is_away_is_told_and_comes_back(through_proxy: tuple[Service, Proxy], drill: Drill, fault: Fault) -> None:
    drill(faulty(*through_proxy, fault, 0))


@pytest.mark.long
@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.RESET, Fault.HANGING, Fault.BLACK_HOLE])
def test_a_store_that_is_away_for_long_is_told_and_comes_back(through_proxy: tuple[Service, Proxy], drill: Drill, fault: Fault) -> None:
    drill(faulty(*through_proxy, fault, 60))


def test_each_reason_of_an_absence_is_logged_once(through_proxy: tuple[Service, Proxy], drill: Drill) -> None:
    running, proxy = through_proxy
    before = len(running.log)
    drill(faulty(running, proxy, Fault.REFUSED, 3))
    drill(running.until(lambda: any("answers again" in line for line in running.log[before:])))
    logged = running.log[before:]
    reasons = [line for line in logged if "the store is away" in line]
    assert reasons
    assert len(reasons) == len(set(reasons))
    assert len([line for line in logged if "answers again" in line]) == 1


def test_an_answer_that_is_cut_is_never_given(through_proxy: tuple[Service, Proxy], drill: Drill) -> None:
    async def cut(running: Service, proxy: Proxy) -> None:
        async with running.checked() as tally:
            async with proxy.during(Fault.CUT):
                await running.until(lambda: sum(tally.refused.values()) > 5)
            right = tally.right
            await running.until(lambda: tally.right > right + 3)
        assert set(tally.refused) == AWAY

    drill(cut(*through_proxy))


def test_a_slow_link_is_no_absence(through_proxy: tuple[Service, Proxy], drill: Drill) -> None:
    async def slow(running: Service, proxy: Proxy) -> None:
        async with running.checked() as tally, proxy.during(Fault.SLOW):
            await running.until(lambda: tally.right > 10)
        assert tally.refused == {}

    drill(slow(*through_proxy))


def test_more_questions_than_the_pool_and_the_queue_hold_are_refused_and_leave_both_empty(
    through_proxy: tuple[Service, Proxy], drill: Drill
) -> None:
    questions = [f'{{ municipality(ref: "Zaanstad", asOf: "{2015 + n // 28}-01-{1 + n % 28:02d}") {{ name }} }}' for n in range(CROWD)]

    async def full(running: Service, proxy: Proxy) -> None:
        async with proxy.during(Fault.HANGING):
            bodies = await asyncio.gather(*map(running.ask, questions))
            await running.until(running.away)
        assert {error["extensions"]["code"] for body in bodies for error in body["errors"]} == AWAY | {"BUSY"}
        await running.until(running.ready)
        bodies = [await running.ask(question) for question in questions]
        assert [body["data"]["municipality"]["name"] for body in bodies] == ["Zaanstad"] * CROWD

    drill(full(*through_proxy))


def test_clients_that_hang_up_leave_nothing_running(through_proxy: tuple[Service, Proxy], filled_neo4j: Address, drill: Drill) -> None:
    async def hang_up(running: Service, number: int) -> None:
        place = urlsplit(running.address)
        _, writer = await asyncio.open_connection(place.hostname, place.port)
        body = json.dumps({"query": SLOW_QUESTION % (number % 100)})
        writer.write(
            f"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n{body}".encode()
        )
        await writer.drain()
        await asyncio.sleep(number % 7 / 20)  # some before the question is sent to the store, some after
        writer.transport.abort()

    async def hung_up(running: Service) -> None:
        for first in range(0, HANG_UPS, AT_ONCE):
            await asyncio.gather(*(hang_up(running, first + n) for n in range(AT_ONCE)))
        async with Store(filled_neo4j) as store:

            async def none_left() -> bool:
                return [row for row in await store.rows(ORPHANS) if "Dataset" not in row[0] or "Commit" not in row[0]] == []

            await running.until(none_left)
        async with running.checked() as tally:
            await running.until(lambda: tally.right > 3)
        assert tally.refused == {}

    drill(hung_up(through_proxy[0]))


def test_an_announcement_that_nobody_fulfils_ends_by_its_own_time(
    through_proxy: tuple[Service, Proxy], filled_neo4j: Address, drill: Drill
) -> None:
    async def killed(running: Service) -> None:
        async with running.checked() as tally, Store(filled_neo4j) as store:
            command = [sys.executable, "-m", "tests.neo4j.changed", filled_neo4j.uri, "killed", "2027-01-01T00:00:00.000+00:00"]
            loading = subprocess.Popen(command, cwd=ROOT)
            try:

                async def announced() -> bool:
                    assert loading.poll() is None
                    return await store.rows(ANNOUNCED) != []

                await running.until(announced)
            finally:
                loading.kill()
                loading.wait()
            await running.until(lambda: tally.refused, 30)  # the next ones are refused, and wait no minute for that
            right = tally.right
            await running.until(lambda: tally.right > right + 3, 45)  # a minute, when nothing ended it
        assert set(tally.refused) == {"DATA_CHANGING"}

    drill(killed(through_proxy[0]))


def planned(running: Service) -> list[str]:
    return running.logged("saved questions planned")


def test_when_the_store_comes_back_the_saved_questions_are_planned_again(filled_neo4j: Address, drill: Drill) -> None:
    async def away() -> None:
        async with behind(filled_neo4j, REGIOGRAAF_WARM_SECONDS="1") as (running, proxy):
            assert len(planned(running)) == 1
            async with proxy.during(Fault.REFUSED):
                await running.until(running.away)
            await running.until(running.ready)
            assert len(planned(running)) == 2  # ready only after that

    drill(away())


def test_a_worker_that_hangs_is_replaced(filled_neo4j: Address, drill: Drill) -> None:
    async def stopped() -> None:
        async with behind(filled_neo4j, "--workers", "2") as (running, _):
            listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
            workers = [int(pid) for pid, parent in map(str.split, listed.splitlines()) if int(parent) == running.process.pid]
            assert len(workers) == 2
            subprocess.run(["kill", f"-{signal.SIGSTOP.value}", str(workers[0])], check=True)
            await running.until(lambda: running.logged(f"Worker {workers[0]} hangs"))
            await running.until(lambda: running.logged(f"Worker {workers[0]} ended.*another one starts"))
            async with running.checked() as tally:
                await running.until(lambda: tally.right > 20)
            assert tally.refused == {}

    drill(stopped())


# ── long ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.long
@pytest.mark.neo4j
def test_after_a_restart_of_neo4j_all_is_planned_again(tmp_path: Path, drill: Drill) -> None:
    async def restarted() -> None:
        try:
            with started(tmp_path) as first:
                await load_at(first.uri)
                place = urlsplit(first.uri)
                assert place.hostname
                assert place.port
                proxy = Proxy(place.hostname, place.port)
                await proxy.__aenter__()
                context = service({"NEO4J_URI": proxy.uri, "NEO4J_USER": "", "REGIOGRAAF_WARM_SECONDS": "1"})
                running = await context.__aenter__()
        except NoNeo4j as reason:
            pytest.skip(str(reason))
        try:
            async with running.checked() as tally:
                await running.until(running.away)
                with started(tmp_path) as second:
                    proxy.store = (str(urlsplit(second.uri).hostname), urlsplit(second.uri).port or 0)
                    await running.until(running.ready)
                    right = tally.right
                    await running.until(lambda: tally.right > right + 3)
            assert len(planned(running)) == 2
            assert set(tally.refused) <= AWAY | {"REQUEST_TIMEOUT"}  # it is there before it has planned anything
        finally:
            await context.__aexit__(None, None, None)
            await proxy.__aexit__()

    drill(restarted())


async def load_at(uri: str) -> None:
    """Loads the packaged claims in a process of its own."""
    command = [sys.executable, "-m", "api", "load", "--commit"]
    loading = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env={"NEO4J_URI": uri, "NEO4J_USER": "", "PATH": ""})
    assert await loading.wait() == 0
