"""The same questions on several times the data: db hits, CPU and times there over those here, in one interleaved run."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.bench import measure, store
from tests.bench.contenders import OURS, Contender, running
from tests.bench.nation import rows
from tests.bench.raw import profiled
from tests.bench.table import markdown, spread
from tests.bench.workload import Workload, workloads
from tests.neo4j.server import Running

PROFILED = 5
Result = dict[str, Any]


def report(given: argparse.Namespace, here: Contender, at: Running, folder: Path, note: Callable[[Result], None]) -> str:
    """Fills and starts the larger store and a server over it, measures both in turn, and says how it grows."""
    names, scale = tuple(given.only.split(",")), given.scale * given.times
    small = workloads(names, given.peers, rows(given.peers, given.scale)[0])
    large = workloads(names, given.peers, rows(given.peers, scale)[0])
    home = store.filled("ours", given.cache, scale, lambda to: store.load_ours(to, given.peers, scale))
    with store.started(home) as grown, running(f"{OURS}-{given.times}-times", given.peers, grown.uri, folder) as there:
        lines = []
        for one, other in zip(small, large, strict=True):
            both = _turns(((one, here, at), (other, there, grown)), folder, given, note)
            hits = [asyncio.run(_hits(to.uri, work)) for to, work in ((at, one), (grown, other))]
            lines.append(
                [
                    one.name,
                    f"{hits[0]:,.0f}",
                    f"{hits[1] / max(hits[0], 1):.2f}",
                    *(_over(both, of) for of in ("store_cpu", "server_cpu", "p50")),
                ]
            )
    head = ["", "db hits here", "db hits ÷", "store CPU ÷", "server CPU ÷", "p50 ÷"]
    return f"**{given.times} times the data, one at a time: there ÷ here**\n\n{markdown(head, lines)}"


async def _hits(uri: str, work: Workload) -> float:
    """Mean db hits of a request."""
    found = [sum(await profiled(uri, body)) for body in work.ours[:PROFILED]]
    return sum(found) / len(found)


def _turns(
    both: Sequence[tuple[Workload, Contender, Running]], folder: Path, given: argparse.Namespace, note: Callable[[Result], None]
) -> list[list[Result]]:
    """A question here and there in turn, round after round."""
    files = [folder / f"{server.name}.{work.name}" for work, server, _ in both]
    for file, (work, server, _) in zip(files, both, strict=True):
        file.write_bytes(b"\n".join(work.ours) + b"\n")
        for body in work.ours:
            server.post(body)  # the plans are made before anything is timed
    found: list[list[Result]] = [[] for _ in both]
    for number in range(given.rounds):
        for results, file, (work, server, at) in zip(found, files, both, strict=True):
            result = measure.loaded(server, server.path, file, 1, given.seconds, at.pid)
            results.append(result | {"what": "growth", "round": number, "question": work.name, "connections": 1, "contender": server.name})
            note(results[-1])
    return found


def _over(both: list[list[Result]], value: str) -> str:
    return spread([there[value] / here[value] for here, there in zip(*both, strict=True) if here[value]])
