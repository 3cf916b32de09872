"""The process of the embedded engine is killed, stopped, or finds its files damaged: it comes back by itself, or the service ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from httpx2 import HTTPError
from prometheus_client.parser import text_string_to_metric_families

from graph.engines.embedded import available
from tests.drills.conftest import Drill
from tests.drills.server import BOUND_SECONDS, Service, service
from tests.graph.engines.test_embedded import damage, engines

pytestmark = [
    pytest.mark.skipif(not available(), reason="the embedded engine has no wheel for this platform"),
    pytest.mark.skipif(sys.platform == "win32", reason="processes are looked for with ps and ended with SIGKILL"),
]
AWAY = {"ENGINE_UNAVAILABLE"}


@asynccontextmanager
async def embedded(folder: Path) -> AsyncIterator[Service]:
    async with service({"REGIOGRAAF_DATA_DIR": str(folder), "REGIOGRAAF_METRICS": "true"}) as running:
        yield running


def zombies(parent: int) -> list[str]:
    listed = subprocess.run(["ps", "-eo", "ppid=,stat="], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if line.split()[0] == str(parent) and line.split()[1].startswith("Z")]


def send(folder: Path, number: signal.Signals) -> int:
    (engine,) = engines(folder)
    os.kill(engine, number)
    return engine


async def metric(running: Service, name: str) -> float:
    """A metric without labels, as the service shows it."""
    text = (await running.client.get(running.address.removesuffix("/graphql") + "/metrics")).text
    (value,) = (sample.value for family in text_string_to_metric_families(text) for sample in family.samples if sample.name == name)
    return value


async def unavailable(running: Service) -> bool:
    return (await running.status("/healthz"))[0] == 503


@pytest.mark.parametrize("damaged", [False, True])
def test_an_engine_that_was_killed_is_started_again(tmp_path: Path, drill: Drill, damaged: bool) -> None:
    started = time.monotonic()

    async def killed() -> None:
        async with embedded(tmp_path) as running, running.checked() as tally:
            await running.until(lambda: tally.right > 3)
            if damaged:
                damage(tmp_path, "garbage")
            assert await metric(running, "regiograaf_engine_restarts_total") == 0
            first = send(tmp_path, signal.SIGKILL)
            await running.until(lambda: unavailable(running))
            assert await metric(running, "regiograaf_store_away") == 1
            assert (await running.status("/readyz"))[0] == 503
            await running.until(running.ready)
            right = tally.right
            await running.until(lambda: tally.right > right + 3)
            assert set(tally.refused) == AWAY
            assert engines(tmp_path) != [first]
            assert zombies(running.process.pid) == []
            assert (await running.status("/healthz")) == (200, {"status": "alive"})
            assert len(running.logged("killed by SIGKILL")) == 1
            assert await metric(running, "regiograaf_engine_restarts_total") == 1
            assert await metric(running, "regiograaf_store_away") == 0
            assert await metric(running, "regiograaf_data_age_seconds") < time.monotonic() - started

    drill(killed())


def test_the_third_death_within_a_minute_ends_the_service(tmp_path: Path, drill: Drill) -> None:
    async def dying() -> None:
        async with embedded(tmp_path) as running:
            deadline = time.monotonic() + BOUND_SECONDS
            while running.process.poll() is None and time.monotonic() < deadline:  # a slow machine needs more than three
                for engine in engines(tmp_path):
                    os.kill(engine, signal.SIGKILL)
                with contextlib.suppress(HTTPError):
                    await running.until(lambda: running.process.poll() is not None or unavailable(running))
                    await running.until(lambda: running.process.poll() is not None or running.ready())
            assert await asyncio.to_thread(running.process.wait, BOUND_SECONDS) == 1
            (reason,) = running.logged("^ENGINE_UNAVAILABLE: The embedded engine has ended 3 times")
            assert "killed by SIGKILL" in reason

    drill(dying())


def test_an_engine_that_hangs_is_told_and_comes_back(tmp_path: Path, drill: Drill) -> None:
    async def hanging() -> None:
        async with embedded(tmp_path) as running, running.checked() as tally:
            await running.until(lambda: tally.right > 3)
            send(tmp_path, signal.SIGSTOP)
            await running.until(lambda: tally.refused)
            send(tmp_path, signal.SIGCONT)
            right = tally.right
            await running.until(lambda: tally.right > right + 3)
            assert set(tally.refused) == AWAY

    drill(hanging())


@pytest.mark.long
def test_an_engine_that_goes_on_hanging_is_killed_and_started_again(tmp_path: Path, drill: Drill) -> None:
    async def hanging() -> None:
        async with embedded(tmp_path) as running, running.checked() as tally:
            await running.until(lambda: tally.right > 3)
            send(tmp_path, signal.SIGSTOP)
            await running.until(lambda: running.logged("hanging and killed by SIGKILL"))
            right = tally.right
            await running.until(lambda: tally.right > right + 3)
            assert set(tally.refused) == AWAY

    drill(hanging())
