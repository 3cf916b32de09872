"""Questions never asked before, as served on a Neo4j that has just started, and what they do to the plans of the saved ones.

A server warms up; each saved question is asked; then so many random questions, each of which needs a Cypher text that nobody has
sent; then each saved question again, and once more. A saved question that takes much more processor of the store than once more had
lost its plan: time would tell less on a busy machine. `held` is the number of queries in the caches of the store at the end: if it is
less than the number of texts that were sent, plans were evicted.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import orjson

from api.documents.prepare import SCHEMA
from api.documents.saved import shipped
from graph.build.records import records
from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.load.load import load
from seeds.check import dataset
from tests.bench import measure, store
from tests.bench.contenders import OURS, WARM, Contender, cpu_seconds, running, warmed
from tests.bench.markdown import Result, markdown
from tests.graph.selections import Names, Selections
from tests.questions.counted import texts

DEPTH, WIDTH, SEED = 3, 4, 5
PLANNING_MS = 30  # of the store's processor that a question takes more, and at least twice as much, if the store planned it
AGAIN = 200  # of the questions, which are asked twice


def saved_bodies() -> dict[str, bytes]:
    """Each saved question with its example, as the warm-up asks it."""
    return {s.name: orjson.dumps({"query": s.document, "variables": orjson.loads(s.variables)}) for s in shipped().values()}


def saved_texts() -> set[str]:
    """The Cypher of all saved questions."""
    return {text for saved in shipped().values() for text in texts(saved.document, orjson.loads(saved.variables))}


def never_asked(seed: int) -> Iterator[tuple[bytes, int]]:
    """Random questions of three levels, each with a Cypher text that neither a saved question nor one before it has, and how many."""
    claims = records(dataset())
    edges = ("MEMBER_OF", "NOT_MEMBER_OF")
    memberships = [f"membership/{row[1]['key']}" for bundle in claims.bundles() for type_ in edges for row in bundle.links.get(type_, ())]
    selections = Selections(SCHEMA, Names.of(claims.dataset, memberships), Random(seed))
    known = saved_texts()
    while True:
        document, variables = selections.document(DEPTH, WIDTH)
        new = set(texts(document, variables)) - known
        known |= new
        if new:
            yield orjson.dumps({"query": document, "variables": variables}), len(new)


def measured(count: int, plans: Sequence[int], note: Callable[[Result], None]) -> None:
    """The drill, on a store of its own for each number of plans that the store may keep."""
    asked = list(islice(never_asked(SEED), count))
    sent = len(saved_texts()) + sum(new for _, new in asked)
    for kept in plans:
        with TemporaryDirectory() as name, store.started(Path(name), kept) as at:
            asyncio.run(_load(at.uri))
            with running(OURS, at.uri, Path(name), settings=WARM) as server:
                warmed(server)
                found = _drill(server, at.pid, [body for body, _ in asked])
                note({"part": "first", "plans": kept, "texts": sent} | found | {"held": asyncio.run(_held(at.uri))})


def _drill(server: Contender, store_pid: int, asked: Sequence[bytes]) -> Result:
    saved = saved_bodies()
    _costs(server, store_pid, saved)  # without the first use of whatever the warm-up does not use
    before = _costs(server, store_pid, saved)
    never = measure.in_turn(server, server.path, asked)
    after, once_more = _costs(server, store_pid, saved), _costs(server, store_pid, saved)
    again = measure.in_turn(server, server.path, asked[-AGAIN:])
    planned = sorted(name for name in saved if after[name][1] > max(2 * once_more[name][1], once_more[name][1] + PLANNING_MS))
    passes = {"saved": before, "after": after, "once_more": once_more}
    sums = {f"{key}_{of}": sum(cost[at] for cost in found.values()) for key, found in passes.items() for at, of in enumerate(("ms", "cpu"))}
    return {"never": never, "again": again, "questions": len(saved), **sums, "planned": planned}


def _costs(server: Contender, store_pid: int, saved: dict[str, bytes]) -> dict[str, tuple[float, float]]:
    """Milliseconds of each saved question on the clock, and of the store's processor."""
    measure.drained([server], store_pid)
    found = {}
    for name, body in saved.items():
        before = cpu_seconds(store_pid)
        clock = measure.in_turn(server, server.path, [body])["p50"]
        found[name] = (clock, (cpu_seconds(store_pid) - before) * 1e3)
    return found


async def _load(uri: str) -> None:
    async with Store(Address(uri)) as target:
        await load(target, records(dataset()), store.LOADED_AT)


async def _held(uri: str) -> int | None:
    """Empties the caches of Neo4j, which says of how many queries."""
    async with Store(Address(uri)) as target:
        ((said,),) = await target.rows(Cypher("CALL db.clearQueryCaches() YIELD value RETURN value", name="no plans"))
    found = re.search(r"\d+", said)
    return int(found[0]) if found else None


def report(results: list[Result]) -> str:
    def times(found: Result) -> list[str]:
        return [f"{found[p]:.0f}" for p in ("p50", "p95", "p99")]

    rows, facts = [], []
    for r in results:
        rows.append([str(r["plans"]), *times(r["never"]), *times(r["again"]), str(r["never"]["requests"]), str(r["never"]["refused"])])
        passes = (f"{r[f'{key}_ms']:.0f} ({r[f'{key}_cpu']:.0f})" for key in ("saved", "after", "once_more"))
        planned = f"{len(r['planned'])} of {r['questions']} {' '.join(r['planned'])}".strip()
        facts.append([str(r["plans"]), *passes, planned, str(r["texts"]), str(r["held"])])
    head = ["plans kept", "p50, ms", "p95", "p99", "asked again: p50", "p95", "p99", "questions", "answered with an error"]
    saved = [
        "plans kept",
        "before, ms (CPU of the store)",
        "after",
        "once more",
        "planned anew",
        "texts sent",
        "queries in the caches at the end",
    ]
    return "\n\n".join((
        markdown("Questions never asked before, one after the other, as served on Neo4j", head, rows),
        markdown("All saved questions, before and after: if the caches hold fewer queries than were sent, some were evicted", saved, facts),
    ))  # fmt: skip
