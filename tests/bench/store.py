"""Two Neo4j of the same version and settings, one with our graph and one with that of the rivals: their labels are the same words.

Each is filled once for each fingerprint and kept in the cache of the tests; a run starts both from there.
"""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import subprocess
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from graph.build.records import records
from graph.engines.bolt import Store
from graph.engines.cypher import Address
from graph.load.load import load
from tests.bench.nation import SEED, dataset
from tests.neo4j import server
from tests.neo4j.server import Running

LOADED_AT = "2026-01-01T00:00:00+00:00"
HEAP, PAGE_CACHE = "2g", "512m"


def started(home: Path) -> AbstractContextManager[Running]:
    """A Neo4j over a folder that stays, with the memory that all of them get here."""
    return server.started(home, heap=(HEAP, HEAP), page_cache=PAGE_CACHE, stop_seconds=120, options=())


def filled(name: str, cache: Path, scale: int, load_it: Any) -> Path:
    """The folder of a Neo4j with the data, filled now if it is not there yet."""
    home = cache / f"{name}-{SEED}-{scale}"
    if not (home / "complete").exists():
        shutil.rmtree(home, ignore_errors=True)
        with started(home) as running:
            load_it(running)
        (home / "complete").touch()
    return home


def load_ours(running: Running, peers: Path, scale: int) -> dict[str, Any]:
    """Claims → records → load, as `regiograaf load` does it. What it took is returned and printed."""
    began = time.monotonic()
    made = records(dataset(peers, scale))
    built = time.monotonic()
    heard: list[float] = []

    def show(done: int, total: int) -> None:
        heard.append(time.monotonic())
        print(f"\r{100 * done // total} %", end="", file=sys.stderr)

    async def work() -> None:
        async with Store(Address(running.uri)) as store:
            await load(store, made, LOADED_AT, show)

    asyncio.run(work())
    took = {
        "what": "load", "scale": scale, "things": len(made.dataset.entities), "claims": len(made.dataset.claims),
        "dataset_seconds": round(built - began, 1), "first_sign_seconds": round(heard[0] - built, 2),
        "load_seconds": round(time.monotonic() - built, 1), "cpu_seconds": round(time.process_time(), 1),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "load_average": round(os.getloadavg()[0], 1),
    }  # fmt: skip
    print(f"\n{took}", flush=True)
    return took


def load_theirs(running: Running, peers: Path, python: Path, scale: int) -> None:
    """The rivals' own loader."""
    command = [str(python), "data/generate.py", "--scale", str(scale), "--seed", str(SEED)]
    subprocess.run(command, cwd=peers, env={"NEO4J_URI": running.uri, "PATH": "/usr/bin:/bin"}, check=True)
