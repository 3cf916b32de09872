"""The same questions on several times the data: db hits, CPU and times there over those here, in one interleaved run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench import measure
from tests.bench.contenders import Contender
from tests.bench.markdown import Result, markdown, ratio
from tests.bench.raw import profiled
from tests.bench.workload import Workload
from tests.neo4j.server import Running

PROFILED = 5
HERE, THERE = "here", "there"
Side = tuple[str, Workload, Contender, Running]  # here or there


def measured(sides: Sequence[Side], times: int, folder: Path, rounds: int, seconds: int, note: Callable[[Result], None]) -> None:
    """A question here and there in turn, round after round, one at a time."""
    for name, work, server, _ in sides:
        (folder / f"{name}.{work.name}").write_bytes(b"\n".join(work.ours) + b"\n")
        for body in work.ours:
            server.post(body)  # the plans are made before anything is timed
    hits = {name: asyncio.run(_hits(at.uri, work)) for name, work, _, at in sides}
    for number in range(rounds):
        for name, work, server, at in sides:
            head = {"part": "growth", "round": number, "question": work.name, "connections": 1, "contender": name, "times": times}
            found = measure.loaded(server, server.path, folder / f"{name}.{work.name}", 1, seconds, at.pid)
            note(head | found | {"db_hits": hits[name]})


async def _hits(uri: str, work: Workload) -> float:
    """Mean db hits of a request."""
    found = [sum(await profiled(uri, body)) for body in work.ours[:PROFILED]]
    return sum(found) / len(found)


def report(results: list[Result]) -> str:
    rows = []
    for question in sorted({r["question"] for r in results}):
        here, there = ([r for r in results if r["question"] == question and r["contender"] == side] for side in (HERE, THERE))
        over = [ratio(there, here, value) for value in ("db_hits", "store_cpu", "server_cpu", "p50")]
        rows.append([question, f"{here[0]['db_hits']:,.0f}", *over])
    head = ["", "db hits here", "db hits ÷", "store CPU ÷", "server CPU ÷", "p50 ÷"]
    return markdown(f"{results[0]['times']} times the data, one at a time: there ÷ here", head, rows)
