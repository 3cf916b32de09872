"""Questions never asked before: by their one text and in steps, turn by turn. `python -m tests.bench.cold [COUNT [SEED]]`.

Loads the packaged claims into a real Neo4j (its own, or that at NEO4J_URI), makes it warm, has the closed set planned, and asks
COUNT random questions of three levels, each both ways. Prints milliseconds and ratios, and of what the slowest consist; the load
average stands beside.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Iterator
from datetime import date
from random import Random
from typing import Any

from api.answer import Answers, Question
from api.documents.prepare import SCHEMA, Refused, prepare
from graph.ask.parameters import Sent, parameters
from graph.ask.plan_ahead import plan_ahead
from graph.ask.stepwise import record
from graph.build.records import records
from graph.compile.plan import Plan, in_steps
from graph.compile.steps.prepared import closed
from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.errors import RegiograafError
from graph.load.load import load
from seeds.check import dataset
from tests.graph.selections import Names, Selections
from tests.neo4j.server import neo4j

TODAY = date(2026, 11, 21)
DEPTH, WIDTH = 3, 4
WARM = 300


def questions(count: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    claims = records(dataset())
    edges = ("MEMBER_OF", "NOT_MEMBER_OF")
    memberships = [f"membership/{row[1]['key']}" for bundle in claims.bundles() for type_ in edges for row in bundle.links.get(type_, ())]
    selections = Selections(SCHEMA, Names.of(dataset(), memberships), Random(seed))
    return (selections.document(DEPTH, WIDTH) for _ in range(count))


async def timed(work: Awaitable[Any]) -> float:
    began = time.perf_counter()
    await work
    return (time.perf_counter() - began) * 1000


def asked(text: str, variables: dict[str, Any]) -> Iterator[tuple[Plan, dict[str, Any], float]]:
    """The plans of a document with their parameters, and the milliseconds that it took to make them."""
    began = time.perf_counter()
    try:
        operation, raw = prepare(text, None, variables)
    except Refused:
        return
    made = (time.perf_counter() - began) * 1000
    for root in operation.roots.values():
        sent = {name: Sent(slot.kind, slot.read(raw), slot.argument) for name, slot in root.slots.items()}
        day = root.as_of.read(raw) if root.as_of else None
        try:
            bound = parameters(root.plan, sent, date.fromisoformat(day) if day else TODAY, "", {})
        except RegiograafError:
            continue
        yield root.plan, bound, made


async def both_ways(store: Store, count: int, seed: int) -> list[dict[str, float]]:
    """Each question by its one text and in steps, the one first and the other first in turn; a text that came before is left out."""
    seen, known, rows = set[str](), {step.text for step in closed()}, list[dict[str, float]]()
    for text, variables in questions(count, seed):
        for plan, bound, made in asked(text, variables):
            if plan.text in seen or plan.row.in_one:  # search, resolve, diff, timeline, path and compare have no steps
                continue
            seen.add(plan.text)
            references, first = in_steps(plan)
            texts = {step.text for step in (*references, *first.all()) if step.text}
            ways = {"one": lambda p=plan, b=bound: store.read(Cypher(p.text, b)), "steps": lambda p=plan, b=bound: record(store, p, b)}
            row = {"made": made, "texts": len(texts), "new": len(texts - known)}
            for name in sorted(ways, reverse=len(rows) % 2 == 0):
                row[name] = await timed(ways[name]())
            row["again"] = await timed(ways["one"]())
            known |= texts
            rows.append(row)
    return rows


def percentiles(values: list[float]) -> str:
    cuts = statistics.quantiles(values, n=20)
    return f"p50 {statistics.median(values):6.1f}  p95 {cuts[18]:6.1f}"


def told(rows: list[dict[str, float]]) -> None:
    usual, unusual = [r for r in rows if not r["new"]], [r for r in rows if r["new"]]
    print(f"{len(rows)} questions, {len(unusual)} of them with a step that was not planned ahead")
    for name, what in (
        ("made", "our part: parse, validate, compile"), ("one", "one text, never seen"), ("steps", "in steps"), ("again", "one text, again")
    ):  # fmt: skip
        print(f"  {what:36} {percentiles([r[name] for r in rows])}")
    for what, some in (("all steps planned ahead", usual), ("with a new step", unusual)):
        if len(some) > 1:
            print(f"  in steps, {what:26} {percentiles([r['steps'] for r in some])}  ({len(some)})")
    print(f"  one text ÷ steps, of each question     {percentiles([r['one'] / r['steps'] for r in rows])}")
    slow = sorted(rows, key=lambda r: r["steps"])[-len(rows) // 20 :]
    texts, new = (statistics.mean(r[name] for r in slow) for name in ("texts", "new"))
    print(f"  the slowest twentieth: {texts:.1f} texts, {new:.1f} of them new")


async def measured(address: Address, count: int, seed: int) -> None:
    async with Store(address, query_seconds=120) as store:
        await load(store, records(dataset()), "2026-01-01T00:00:00+00:00")
        ahead = await plan_ahead(store)
        print(f"planned ahead, cold JVM: {ahead.texts} texts in {ahead.seconds:.1f} s")
        answers = Answers(store, lambda: TODAY, "neo4j")
        for text, variables in questions(WARM, seed + 1):
            await answers(Question(text, None, variables))
        ahead = await plan_ahead(store)
        print(f"planned ahead, again: {ahead.texts} texts in {ahead.seconds:.1f} s; load average {os.getloadavg()[0]:.1f}")
        assert store.planning
        await store.planning.close()
        told(await both_ways(store, count, seed))
        print(f"load average {os.getloadavg()[0]:.1f}")
        times = [await timed(answers(Question(text, None, variables))) for text, variables in questions(count, seed + 2)]
        print(f"  as served, the one texts being planned meanwhile   {percentiles(times)}  load average {os.getloadavg()[0]:.1f}")


def main() -> None:
    count, seed = (int(given or usual) for given, usual in zip((*sys.argv[1:], "", "")[:2], (200, 5), strict=True))
    with neo4j() as found:
        asyncio.run(measured(Address(found.uri, found.user, found.password, None, "neo4j"), count, seed))


if __name__ == "__main__":
    main()
