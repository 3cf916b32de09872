"""Too much at once: the tail of a small question beside 64 clients on the big list, and how soon a question ends after its client left."""

from __future__ import annotations

import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import cycle, takewhile
from pathlib import Path
from typing import Any

import orjson
from neo4j import GraphDatabase

from api.documents.prepare import Refused, prepare
from tests.bench import measure
from tests.bench.contenders import OURS, STATIC, Contender
from tests.bench.markdown import Result, markdown, spread
from tests.bench.nation import Rows
from tests.bench.parts.rivals import data
from tests.bench.workload import Workload

CLIENTS, SECONDS, SETTLE = 64, 10, 2
LEAVING, PATIENCE = 10, 30.0
OPEN = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'MATCH (d:Dataset' RETURN count(*)"


def point(server: Contender, path: str, bodies: list[bytes]) -> Result:
    """One client that asks for so many seconds."""
    until = time.monotonic() + SECONDS
    return measure.in_turn(server, path, takewhile(lambda _: time.monotonic() < until, cycle(bodies)))


def measured(
    servers: Mapping[str, Contender], big: Workload, small: Workload, answer: int, folder: Path, rounds: int, note: Callable[[Result], None]
) -> None:
    """The small question and fixed bytes, each alone and beside the load, in turn."""
    bodies = folder / "big"
    bodies.write_bytes(b"\n".join(big.ours) + b"\n")
    ours = servers[OURS]
    asked = {OURS: (ours, ours.path), STATIC: (servers[STATIC], "/1000")}
    for number in range(rounds):
        for name, (server, path) in asked.items():
            for beside in (False, True):
                result = _beside(ours, bodies, answer, server, path, small.ours) if beside else point(server, path, small.ours)
                note({"part": "overload", "round": number, "contender": name, "beside": beside} | result)


def _beside(ours: Contender, bodies: Path, answer: int, server: Contender, path: str, small: list[bytes]) -> Result:
    address = f"http://127.0.0.1:{ours.port}{ours.path}"
    command = measure.wrk(address, CLIENTS, SECONDS + 2 * SETTLE, bodies, whole=answer // 2)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as load:
        time.sleep(SETTLE)
        found = point(server, path, small)
        output, _ = load.communicate(timeout=120)
    measure.drained([ours], load.pid)
    of_load = measure.said(output)
    return found | {"load_requests": of_load["requests"], "load_short": of_load["short"], "load_failed": of_load["failed"]}


# ── clients that leave ────────────────────────────────────────────────────────────────────────────


def heavy(rows: Rows) -> bytes:
    """A question that keeps the store busy for long: a matrix as large as its price allows."""
    places = [str(row["code"]) for row in rows["Municipality"][:100]]
    functions = [f"function/{row['code'].lower()}" for row in rows["CareService"]]
    matrix = 'coverageMatrix(municipalities: $m, functions: $f, asOf: "2023-06-01") { cells { status } }'
    text = f"query Heavy($m: [Ref!]!, $f: [Ref!]!) {{ {matrix} }}"
    for many in range(len(functions), 0, -1):
        variables = {"m": places, "f": functions[:many]}
        with suppress(Refused):
            prepare(text, "Heavy", variables)
            break
    return orjson.dumps({"query": text, "operationName": "Heavy", "variables": variables})


def left(server: Contender, uri: str, body: bytes) -> Result:
    """How long the question takes when its client stays, and milliseconds from a client's leaving until the store has ended it."""
    began = time.perf_counter()
    data(server, body)
    whole = (time.perf_counter() - began) * 1e3
    head = f"POST {server.path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ended = []
    with GraphDatabase.driver(uri, auth=None) as driver, driver.session() as session:
        for _ in range(LEAVING):
            with socket.create_connection(("127.0.0.1", server.port)) as client:
                client.sendall(head.encode() + body)
                if not _until(lambda: _open(session) > 0):
                    raise SystemExit("The question that is to be left never reached the store.")
            gone = time.perf_counter()
            if not _until(lambda: _open(session) == 0):
                raise SystemExit(f"{PATIENCE:g} s after its client left, the question still runs.")
            ended.append((time.perf_counter() - gone) * 1e3)
    return {"part": "overload", "whole": whole, "median": statistics.median(ended), "most": max(ended), "times": LEAVING}


def _open(session: Any) -> int:
    return int(session.run(OPEN).single()[0])


def _until(so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if so():
            return True
        time.sleep(0.005)
    return False


def report(results: list[Result]) -> str:
    """Both tails with the noise of the same load, and the leaving."""
    by = {(r["contender"], r["round"], r["beside"]): r for r in results if "beside" in r}
    rounds = sorted({number for _, number, beside in by if beside})

    def over(name: str, value: str) -> str:
        return spread([by[name, n, True][value] / by[name, n, False][value] for n in rounds if (name, n, True) in by])

    def of(name: str, beside: bool) -> str:
        return spread([by[name, n, beside]["p99"] for n in rounds if (name, n, beside) in by])

    rows = [[name, of(name, False), of(name, True), over(name, "p99"), over(name, "p50")] for name in (OURS, STATIC)]
    head = ["", "p99 alone, ms", "p99 beside, ms", "p99 beside ÷ alone", "p50 beside ÷ alone"]
    beside = [r for key, r in by.items() if key[2]]
    asked, refused = (sum(r[key] for r in beside if r["contender"] == OURS) for key in ("requests", "refused"))
    load, short = (sum(r[key] for r in beside) for key in ("load_requests", "load_short"))
    said = [
        markdown(f"A point question beside {CLIENTS} clients on the big list; static: the noise of the same load", head, rows),
        f"Beside the load {refused} of {asked} point questions were answered with an error, and {short} of the load's own {load}.",
    ]
    for after in (r for r in results if "whole" in r):
        said.append(
            f"**A client that leaves** ({after['times']} times): the store has ended its question {after['median']:.0f} ms later "
            f"(most {after['most']:.0f}); with a client that stays it takes {after['whole']:.0f} ms."
        )
    return "\n\n".join(said)
