"""Two workers at one address over one Neo4j: both hear of a load by another process, and no answer mixes two versions."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.serve.workers import NoWorkers, listening
from graph.engines.bolt import Store
from graph.engines.cypher import Address
from graph.load.load import load
from tests.conftest import empty
from tests.neo4j.changed import changed

ROOT = Path(__file__).resolve().parents[2]
BOUND_SECONDS = 300
NAME = 'municipality(ref: "municipality/zaanstad") { name context { dataVersion } }'
VERSIONS: dict[str, str] = {}  # which data a name belongs to
BODY = json.dumps({"query": f"{{ a: {NAME} b: {NAME} }}"}).encode()

pytestmark = pytest.mark.skipif(os.name != "posix", reason="several workers share a descriptor, which is POSIX")


@pytest.fixture
def neo4j_with_one(neo4j_address: Address, runner: asyncio.Runner) -> Iterator[Address]:
    """A Neo4j with version `one`."""

    async def filled() -> None:
        async with Store(neo4j_address) as store:
            await empty(store)
            await load(store, changed("one"), "2026-01-01T00:00:00.000+00:00")

    async def emptied() -> None:
        async with Store(neo4j_address) as store:
            await empty(store)

    runner.run(filled())
    yield neo4j_address
    runner.run(emptied())


@pytest.fixture
def served(neo4j_with_one: Address) -> Iterator[str]:
    """The address of two workers."""
    environment = {
        **os.environ, "NEO4J_URI": neo4j_with_one.uri, "NEO4J_USER": neo4j_with_one.user, "NEO4J_PASSWORD": neo4j_with_one.password,
        "REGIOGRAAF_WARM_SECONDS": "0",
    }  # fmt: skip
    command = [sys.executable, "-m", "api", "serve", "--workers", "2", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    too_long = threading.Timer(BOUND_SECONDS, process.kill)
    too_long.start()
    try:
        assert process.stdout
        line = next((line for line in process.stdout if "answers at" in line), "")
        found = re.search(r"http://\S+", line)
        too_long.cancel()
        assert found, "it did not start"
        yield found[0]
    finally:
        too_long.cancel()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=BOUND_SECONDS)
    assert process.returncode == 0


def answer(address: str, *, loading: bool = False) -> tuple[str, str] | None:
    """Which worker answered, and from which version; all of an answer is of one. None where a load kept it from being so."""
    request = urllib.request.Request(address, BODY, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=BOUND_SECONDS) as response:
        body: dict[str, Any] = json.load(response)
        worker = response.headers["x-request-id"][:10]  # what names the process
    if loading and {e["extensions"]["code"] for e in body.get("errors", ())} == {"DATA_CHANGING"}:
        return None
    assert "errors" not in body
    ((name, version),) = {(body["data"][key]["name"], body["data"][key]["context"]["dataVersion"]) for key in "ab"}
    assert VERSIONS.setdefault(name, version) == version
    return worker, name.removeprefix("Zaanstad ")


def noted(seen: dict[str, list[str]], answered: tuple[str, str] | None) -> None:
    """Adds what a worker answered to the versions that it went through."""
    if answered and (not seen.setdefault(answered[0], []) or seen[answered[0]][-1] != answered[1]):
        seen[answered[0]].append(answered[1])


def until(address: str, version: str, seen: dict[str, list[str]]) -> None:
    """Asks until two workers have answered from a version."""
    deadline = time.monotonic() + BOUND_SECONDS
    while sum(versions[-1] == version for versions in seen.values()) < 2:
        assert time.monotonic() < deadline, f"only {seen} answered"
        noted(seen, answer(address, loading=version != "one"))


def test_every_worker_hears_of_a_load_and_none_goes_back(neo4j_with_one: Address, served: str) -> None:
    seen: dict[str, list[str]] = {}
    until(served, "one", seen)
    for version, day in (("two", "02"), ("three", "03")):
        command = [sys.executable, "-m", "tests.neo4j.changed", neo4j_with_one.uri, version, f"2026-01-{day}T00:00:00.000+00:00"]
        with subprocess.Popen(command, cwd=ROOT) as loading:
            while loading.poll() is None:
                noted(seen, answer(served, loading=True))
        assert loading.returncode == 0
        until(served, version, seen)
    assert list(seen.values()) == [["one", "two", "three"]] * 2


def test_a_taken_address_is_told() -> None:
    with listening("127.0.0.1", 0) as taken, pytest.raises(NoWorkers) as told:
        listening("127.0.0.1", taken.getsockname()[1])
    assert told.value.code == "NO_WORKERS"
