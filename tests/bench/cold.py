"""Questions never asked before, as served by a Neo4j that has just started: `python -m tests.bench.cold [COUNT [SEED [WARM_SECONDS]]]`.

Loads the packaged claims into a real Neo4j (its own, or that at NEO4J_URI), warms up as `serve` does, and asks COUNT random questions of
three levels twice, one after the other. Prints milliseconds, and which root fields the slowest twentieth asks for; the load average
stands beside.
"""

from __future__ import annotations

import asyncio
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from api.answer import Answers, Question
from api.documents.prepare import SCHEMA
from api.serve.warm_up import WarmUp
from graph.build.records import records
from graph.engines.bolt import Store
from graph.engines.cypher import Address
from graph.load.load import load
from seeds.check import dataset
from tests.graph.selections import Names, Selections
from tests.neo4j.server import neo4j

TODAY = date(2026, 11, 21)
DEPTH, WIDTH = 3, 4


def questions(count: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    claims = records(dataset())
    edges = ("MEMBER_OF", "NOT_MEMBER_OF")
    memberships = [f"membership/{row[1]['key']}" for bundle in claims.bundles() for type_ in edges for row in bundle.links.get(type_, ())]
    selections = Selections(SCHEMA, Names.of(dataset(), memberships), Random(seed))
    return (selections.document(DEPTH, WIDTH) for _ in range(count))


async def timed(answers: Answers, asked: list[tuple[str, dict[str, Any]]]) -> list[float]:
    """The milliseconds that each question took, one after the other."""
    times = []
    for text, variables in asked:
        began = time.perf_counter()
        await answers(Question(text, None, variables))
        times.append((time.perf_counter() - began) * 1000)
    return times


def line(name: str, times: list[float]) -> str:
    cuts = statistics.quantiles(times, n=20)
    return f"  {name:28} p50 {statistics.median(times):7.1f}  p95 {cuts[18]:7.1f}  load average {os.getloadavg()[0]:.1f}"


async def measured(address: Address, count: int, seed: int, warm_seconds: int) -> None:
    async with Store(address, query_seconds=120) as store:
        await load(store, records(dataset()), "2026-01-01T00:00:00+00:00")
    async with Store(address, query_seconds=120) as store:
        answers = Answers(store, lambda: TODAY, "neo4j")
        began = time.monotonic()
        await WarmUp(answers, address.warm_up, warm_seconds, store.availability).run()
        print(f"{count} questions of seed {seed}, warmed up for {time.monotonic() - began:.1f} s")
        asked = list(questions(count, seed))
        first, again = await timed(answers, asked), await timed(answers, asked)
        print(line("for the first time", first))
        print(line("again", again))
        slowest = sorted(range(count), key=lambda at: first[at])[-max(1, count // 20) :]
        roots = Counter(name for at in slowest for name in re.findall(r"^  (?:\w+: )?(\w+)", asked[at][0], re.MULTILINE))
        print("  the slowest twentieth asks for: " + ", ".join(f"{name} {times}" for name, times in roots.most_common(8)))


def main() -> None:
    count, seed, warm = (int(given or usual) for given, usual in zip((*sys.argv[1:], "", "", "")[:3], (200, 5, 30), strict=True))
    with neo4j() as running:
        asyncio.run(measured(Address(running.uri, running.user, running.password, None, "neo4j"), count, seed, warm))


if __name__ == "__main__":
    main()
