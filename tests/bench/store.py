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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.engines.bolt import Address, Store
from graph.load import load
from graph.records import records
from tests.bench.nation import SEED, dataset
from tests.neo4j import server

LOADED_AT = "2026-01-01T00:00:00+00:00"
HEAP, PAGE_CACHE = "2g", "512m"


@dataclass(frozen=True)
class Running:
    """A Neo4j process."""

    uri: str
    pid: int


@contextmanager
def started(home: Path) -> Iterator[Running]:
    """A Neo4j over a folder that stays."""
    port = server._free_port()
    (home / "conf").mkdir(parents=True, exist_ok=True)
    settings = server._configuration(port).replace("pagecache.size=256m", f"pagecache.size={PAGE_CACHE}")
    (home / "conf" / "neo4j.conf").write_text(settings, "utf-8")
    opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in server.OPENED]
    command = ["java", f"-Xms{HEAP}", f"-Xmx{HEAP}", *opened, "-cp", f"{server._jars()}/*", "org.neo4j.server.CommunityEntryPoint"]
    with (home / "out.log").open("wb") as log:
        process = subprocess.Popen([*command, f"--home-dir={home}", f"--config-dir={home / 'conf'}"], stdout=log, stderr=log)
    try:
        server._wait(process, port, home / "out.log")
        yield Running(f"bolt://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        try:
            process.wait(120)
        except subprocess.TimeoutExpired:
            process.kill()


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
