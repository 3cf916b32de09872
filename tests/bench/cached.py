"""Kept answers beside fixed bytes through the same server: the same question again (200), and again by who has the answer already (304)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson

from tests.bench import measure
from tests.bench.contenders import CACHED, STATIC, Contender
from tests.bench.table import RATE, markdown, spread
from tests.bench.workload import Workload

CONNECTIONS = (1, 16)
KEPT, UNCHANGED = "200 from the cache", "304"
Result = dict[str, Any]


class NoCache(Exception):
    """The server keeps no answers: it sends no ETag, or knows none again."""


def address(body: bytes) -> str:
    """The question of a POST as the path of a GET."""
    asked = orjson.loads(body)
    return "/graphql?" + urlencode({**asked, "variables": orjson.dumps(asked["variables"]).decode()})


def tag(server: Contender, path: str) -> tuple[str, int]:
    """The ETag of an answer and its bytes. Raises NoCache."""
    status, headers, answer = server.ask("GET", path, None, {})
    found = headers.get("etag")
    if status != 200 or not found:
        raise NoCache(f"{status} without an ETag")
    again, _, empty = server.ask("GET", path, None, {"if-none-match": found})
    if again != 304 or empty:
        raise NoCache(f"{again} to its own ETag")
    return found, len(answer)


def measured(
    asked: list[Workload],
    servers: dict[str, Contender],
    store: int,
    folder: Path,
    rounds: int,
    seconds: int,
    note: Callable[[Result], None],
) -> list[Result]:
    """Each question with one set of variables, against fixed bytes of the same length and of none, round by round."""
    ours, fixed = servers[CACHED], servers[STATIC]
    found = []
    for number in range(rounds):
        for work in asked:
            path, bodies = address(work.ours[0]), folder / f"{work.name}.again"
            bodies.write_bytes(work.ours[0] + b"\n")
            etag, size = tag(ours, path)
            for connections in CONNECTIONS:
                turns: dict[str, tuple[Contender, str, Path | None, list[str]]] = {
                    KEPT: (ours, ours.path, bodies, []),
                    f"{STATIC} {KEPT}": (fixed, f"/{size}", bodies, []),
                    UNCHANGED: (ours, path, None, [f"If-None-Match: {etag}"]),
                    f"{STATIC} {UNCHANGED}": (fixed, "/0", None, []),
                }
                for name, (server, at, given, headers) in turns.items():
                    result = measure.loaded(server, at, given, connections, seconds, store, headers)
                    result |= {"round": number, "question": work.name, "connections": connections, "contender": name, "answer": size}
                    found.append(result)
                    note(result)
    return found


def report(results: list[Result]) -> str:
    """Requests and CPU for each of the static server's, by question."""
    by = {(r["round"], r["question"], r["connections"], r["contender"]): r for r in results}
    rounds, names = sorted({r["round"] for r in results}), sorted({r["question"] for r in results})

    def cell(question: str, kind: str, connections: int, value: str) -> str:
        both = [(by[n, question, connections, kind], by[n, question, connections, f"{STATIC} {kind}"]) for n in rounds]
        return spread([mine[value] / fixed[value] for mine, fixed in both if mine[value] and fixed[value]])

    head = [f"{kind}, {n} at a time" for kind in (KEPT, UNCHANGED) for n in CONNECTIONS]
    rate = [[q, *(cell(q, kind, n, RATE) for kind in (KEPT, UNCHANGED) for n in CONNECTIONS)] for q in names]
    cpu = [[q, *(cell(q, kind, n, "server_cpu") for kind in (KEPT, UNCHANGED) for n in CONNECTIONS)] for q in names]
    return (
        f"**Kept answers: requests for each of fixed bytes of the same length (304: of none)**\n\n{markdown(['', *head], rate)}\n\n"
        f"**Kept answers: server CPU of a request ÷ that of fixed bytes**\n\n{markdown(['', *head], cpu)}"
    )
