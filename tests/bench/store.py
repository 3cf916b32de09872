"""Two Neo4j of the same version and settings, one with our graph and one with that of the rivals: their labels are the same words.

Each is filled once for each fingerprint and kept in the cache of the tests; a run starts both from there.
"""

from __future__ import annotations

import asyncio
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from graph import write
from graph.element import Relationship
from graph.engines.bolt import Address, Statement, Store
from graph.load import load
from graph.records import Records, records
from tests.bench.nation import SEED, dataset, slices
from tests.neo4j import server
from tests.neo4j.server import Running

LOADED_AT = "2026-01-01T00:00:00+00:00"
HEAP, LOADING_HEAP, PAGE_CACHE = "2g", "3g", "512m"
SLICE = 50_000  # contracts: as many as the nation itself has


class _Bulk(Store):
    """A store that commits every statement by itself: in one transaction the nation did not get in, with 8 GiB of heap."""

    async def write(self, work: Callable[[Statement], Awaitable[None]]) -> None:
        async def statement(text: str, parameters: Mapping[str, Any]) -> None:
            await super(_Bulk, self).write(lambda inner: inner(text, parameters))

        await work(statement)


def started(home: Path, heap: str = HEAP) -> AbstractContextManager[Running]:
    """A Neo4j over a folder that stays, with the memory that all of them get here."""
    return server.started(home, heap=(HEAP, heap), page_cache=PAGE_CACHE, stop_seconds=120)


def filled(name: str, cache: Path, scale: int, load_it: Any) -> Path:
    """The folder of a Neo4j with the data, filled now if it is not there yet."""
    home = cache / f"{name}-{SEED}-{scale}"
    if not (home / "complete").exists():
        shutil.rmtree(home, ignore_errors=True)
        with started(home, LOADING_HEAP) as running:
            load_it(running)
        (home / "complete").touch()
    return home


def load_ours(running: Running, peers: Path, scale: int) -> dict[str, Any]:
    """Claims → records → load, as `regiograaf load` does it. What it took is returned and printed."""
    began = time.monotonic()
    made = records(dataset(peers, scale))
    built = time.monotonic()

    async def work() -> None:
        async with _Bulk(Address(running.uri)) as store:
            await load(store, made, LOADED_AT, lambda done, total: print(f"\r{100 * done // total} %", end="", file=sys.stderr))

    asyncio.run(work())
    took = {
        "what": "load", "scale": scale, "nodes": len(made.nodes), "relationships": len(made.relationships),
        "records_seconds": round(built - began, 1), "load_seconds": round(time.monotonic() - built, 1),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip
    print(f"\n{took}", flush=True)
    return took


def load_in_slices(running: Running, peers: Path, scale: int) -> None:
    """The same in parts, for a nation that does not fit in memory as a whole: each element with the first part that has it."""
    began, seen, counts = time.monotonic(), set[Identity](), [0, 0]

    async def work() -> None:
        async with _Bulk(Address(running.uri)) as store:
            await store.define(write.definitions())
            for number, part in enumerate(slices(peers, scale, SLICE)):
                new = fresh(records(part), seen, keep=number == 0)
                counts[0], counts[1] = counts[0] + len(new.nodes), counts[1] + len(new.relationships)
                for text, rows in write.creation(new):
                    await store.write(lambda statement, text=text, rows=rows: statement(text, {"rows": rows}))  # type: ignore[misc]
                print(f"part {number}: {counts[0]} nodes, {counts[1]} relationships, {time.monotonic() - began:.0f} s", flush=True)
            await store.write(lambda statement: statement(write.OPEN, {}))
            about = {"version": f"{SEED}/{scale}", "loadedAt": LOADED_AT}
            await store.write(lambda statement: statement(write.CLOSE, about))

    asyncio.run(work())


Identity = tuple[Any, ...]


def fresh(made: Records, seen: set[Identity], *, keep: bool) -> Records:
    """What was not seen yet; with `keep` it is seen from now on. Only what all parts share has to be kept in mind."""
    nodes = [n for n in made.nodes if (n.labels, n.key) not in seen]
    links = [r for r in made.relationships if _link(r) not in seen]
    if keep:
        seen.update((n.labels, n.key) for n in nodes)
        seen.update(_link(r) for r in links)
    return Records(tuple(nodes), tuple(links), made.version)


def _link(link: Relationship) -> Identity:
    return link.type, link.start, link.end, link.properties.get("key")


def load_theirs(running: Running, peers: Path, python: Path, scale: int) -> None:
    """The rivals' own loader."""
    command = [str(python), "data/generate.py", "--scale", str(scale), "--seed", str(SEED)]
    subprocess.run(command, cwd=peers, env={"NEO4J_URI": running.uri, "PATH": "/usr/bin:/bin"}, check=True)
