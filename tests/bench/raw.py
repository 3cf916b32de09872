"""A floor: the driver alone with the Cypher of our plans, one question after the other.

`python -m tests.bench.raw URI SECONDS < bodies` prints times, the driver's CPU for each request, and with PROFILE what the store did.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase

from api.documents.prepare import prepare
from graph.ask.parameters import Sent, parameters
from tests.bench.measure import percentiles

Text = tuple[str, dict[str, Any]]


def texts(body: bytes) -> list[Text]:
    """The Cypher of a request with its parameters, one for each root field."""
    asked = orjson.loads(body)
    operation, raw = prepare(asked["query"], asked["operationName"], asked["variables"])
    found = []
    for root in operation.roots.values():
        sent = {name: Sent(slot.kind, slot.read(raw), slot.argument) for name, slot in root.slots.items()}
        day = root.as_of.read(raw) if root.as_of else None
        found.append((root.plan.text, parameters(root.plan, sent, date.fromisoformat(day) if day else date.today(), "", {})))  # noqa: DTZ011
    return found


async def one(driver: AsyncDriver, text: Text) -> None:
    """One auto-commit read, one record: the least that the driver can be asked for."""
    async with driver.session(default_access_mode=READ_ACCESS, fetch_size=-1) as session:
        result = await session.run(text[0], text[1])
        await result.values()


async def measure(uri: str, seconds: float, bodies: list[bytes]) -> dict[str, Any]:
    """Requests in turn for so many seconds; a request of several root fields asks them at once."""
    asked = [texts(body) for body in bodies]
    async with AsyncGraphDatabase.driver(uri, auth=None, notifications_min_severity="OFF") as driver:
        for request in asked[:5]:
            await asyncio.gather(*(one(driver, text) for text in request))
        times: list[float] = []
        began, cpu = time.perf_counter(), time.process_time()
        while time.perf_counter() - began < seconds:
            at = time.perf_counter()
            await asyncio.gather(*(one(driver, text) for text in asked[len(times) % len(asked)]))
            times.append((time.perf_counter() - at) * 1e3)
        spent, lasted = time.process_time() - cpu, time.perf_counter() - began
    return {"requests": len(times), "seconds": lasted, **percentiles(times), "cpu": spent, "failed": 0}


async def profiled(uri: str, body: bytes) -> list[int]:
    """The db hits of each Cypher of a request."""
    hits = []
    async with AsyncGraphDatabase.driver(uri, auth=None, notifications_min_severity="OFF") as driver, driver.session() as session:
        for text, given in texts(body):
            result = await session.run("PROFILE " + text, given)
            hits.append(_hits((await result.consume()).profile or {}))
    return hits


def _hits(plan: Mapping[str, Any]) -> int:
    return int(plan.get("dbHits", 0)) + sum(_hits(child) for child in plan.get("children", []))


def main() -> None:
    bodies = sys.stdin.buffer.read().splitlines()
    print(json.dumps(asyncio.run(measure(sys.argv[1], float(sys.argv[2]), bodies))))


if __name__ == "__main__":
    main()
