"""Two Neo4j of the same version and settings, one with our graph and one with that of the rivals: their labels are the same words.

Each is filled once for its layout and scale and kept in the cache of the tests; a run starts both from there.
"""

from __future__ import annotations

import ast
import asyncio
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml

from api.cli.doctor import PLANS_SETTING
from graph.build.records import records
from graph.engines.bolt import Store
from graph.engines.cypher import Address
from graph.load.load import load
from tests.bench.against import NATION
from tests.bench.contenders import ROOT
from tests.bench.nation import SEED, dataset
from tests.neo4j import server
from tests.neo4j.server import Running

LOADED_AT = "2026-01-01T00:00:00+00:00"
HEAP, PAGE_CACHE = "2g", "512m"
PLANS = 1000  # that a Neo4j keeps where nobody sets it
PLANS_IN_COMPOSE = "NEO4J_" + PLANS_SETTING.replace("_", "__").replace(".", "_")  # how its image spells a setting
_LOAD = (
    "import sys; from pathlib import Path; from tests.bench.store import load_ours; from tests.neo4j.server import Running; "
    "load_ours(Running(sys.argv[1], 0), Path(sys.argv[2]), int(sys.argv[3]))"
)


def plans_of_compose(text: str | None = None) -> int:
    """How many plans the Neo4j of docker-compose.yml keeps, or of such a text: the measured ones keep as many."""
    services = yaml.safe_load(text or (ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    return int(services["neo4j"]["environment"].get(PLANS_IN_COMPOSE, PLANS))


def started(home: Path, plans: int | None = None) -> AbstractContextManager[Running]:
    """A Neo4j over a folder that stays, with the memory that all of them get here."""
    kept = {PLANS_SETTING: str(plans or plans_of_compose())}
    return server.started(home, heap=(HEAP, HEAP), page_cache=PAGE_CACHE, stop_seconds=120, options=(), settings=kept)


def filled(home: Path, load_it: Callable[[Running], object]) -> Path:
    """The folder of a Neo4j with the data, filled now if it is not there yet."""
    if not (home / "complete").exists():
        shutil.rmtree(home, ignore_errors=True)
        with started(home) as running:
            load_it(running)
        (home / "complete").touch()
    return home


def ours(cache: Path, peers: Path, scale: int, layout: int, checkout: Path) -> Path:
    """The store of a checkout of Regiograaf, loaded by that checkout; those of one layout share it. Another nation is another store."""
    nation = blake2b(NATION.read_bytes(), digest_size=4).hexdigest()
    return filled(cache / f"ours-{layout}-{nation}-{SEED}-{scale}", lambda running: loaded(running, checkout, peers, scale))


def loaded(running: Running, checkout: Path, peers: Path, scale: int) -> dict[str, Any]:
    """Loads the nation by a checkout, as a process of its own, and returns what it took."""
    command = [sys.executable, "-c", _LOAD, running.uri, str(peers), str(scale)]
    said = subprocess.run(command, cwd=checkout, stdout=subprocess.PIPE, text=True, check=True).stdout
    return dict(ast.literal_eval(said.strip().splitlines()[-1]))


def theirs(cache: Path, peers: Path, scale: int) -> Path:
    """The store of the rivals, loaded by their own loader."""
    command = [str(peers / ".venv/bin/python"), "data/generate.py", "--scale", str(scale), "--seed", str(SEED)]

    def load_it(running: Running) -> None:
        subprocess.run(command, cwd=peers, env={"NEO4J_URI": running.uri, "PATH": "/usr/bin:/bin"}, check=True)

    return filled(cache / f"theirs-{SEED}-{scale}", load_it)


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
        "scale": scale, "things": len(made.dataset.entities), "claims": len(made.dataset.claims),
        "dataset_seconds": round(built - began, 1), "first_sign_seconds": round(heard[0] - built, 2),
        "load_seconds": round(time.monotonic() - built, 1), "cpu_seconds": round(time.process_time(), 1),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "load_average": round(os.getloadavg()[0], 1),
    }  # fmt: skip
    print(f"\n{took}", flush=True)
    return took
