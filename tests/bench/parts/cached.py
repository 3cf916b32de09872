"""Kept answers beside fixed bytes through the same server: the same question again (200), and again by who has the answer already (304)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

import orjson

from tests.bench import measure
from tests.bench.contenders import CACHED, STATIC, Contender
from tests.bench.markdown import RATE, Result, Rounds, markdown
from tests.bench.workload import Workload

CONNECTIONS = (1, 16)
KEPT, UNCHANGED = "200 from the cache", "304"


def address(body: bytes) -> str:
    """The question of a POST as the path of a GET."""
    asked = orjson.loads(body)
    return "/graphql?" + urlencode({**asked, "variables": orjson.dumps(asked["variables"]).decode()})


def tag(server: Contender, path: str) -> tuple[str, int]:
    """The ETag of an answer and its bytes. Raises SystemExit if the server keeps no answers."""
    status, headers, answer = server.ask("GET", path, None, {})
    found = headers.get("etag")
    if status != 200 or not found:
        raise SystemExit(f"{status} without an ETag: {answer[:600]!r}")
    again, _, empty = server.ask("GET", path, None, {"if-none-match": found})
    if again != 304 or empty:
        raise SystemExit(f"{again} to its own ETag")
    return found, len(answer)


def measured(
    asked: list[Workload],
    servers: Mapping[str, Contender],
    store: int,
    folder: Path,
    rounds: int,
    seconds: int,
    note: Callable[[Result], None],
) -> None:
    """Each question with one set of variables, against fixed bytes of the same length and of none, round by round."""
    ours, fixed = servers[CACHED], servers[STATIC]
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
                    head = {"part": "cached", "round": number, "question": work.name, "connections": connections, "contender": name}
                    note(head | measure.loaded(server, at, given, connections, seconds, store, headers) | {"answer": size})


def report(results: list[Result]) -> str:
    """Requests and CPU for each of the static server's, by question."""
    rounds, kinds = Rounds(results), [(kind, n) for kind in (KEPT, UNCHANGED) for n in CONNECTIONS]
    head = ["", *(f"{kind}, {n} at a time" for kind, n in kinds)]

    def rows(value: str) -> list[list[str]]:
        return [[q, *(rounds.ratio(q, n, kind, f"{STATIC} {kind}", value) for kind, n in kinds)] for q in rounds.questions]

    return "\n\n".join((
        markdown("Kept answers: requests for each of fixed bytes of the same length (304: of none)", head, rows(RATE)),
        markdown("Kept answers: server CPU of a request ÷ that of fixed bytes", head, rows("server_cpu")),
    ))  # fmt: skip
