"""One measurement: a load for some seconds, what it cost in time, and what in CPU and memory of server and store."""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench.contenders import ROOT, Contender, cpu_seconds
from tests.bench.markdown import Result

SCRIPT = Path(__file__).with_name("load.lua")
IDLE, MOST_SECONDS = 0.1, 60.0


def wrk(address: str, connections: int, seconds: int, bodies: Path | None = None, *more: str, whole: int | None = None) -> list[str]:
    """The command that loads an address: posts the lines of a file in turn, or GETs; `more` are options such as headers."""
    given = [f"BODIES={bodies}"] if bodies else []
    given += [f"WHOLE={whole}"] if whole else []
    options = ["-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", str(SCRIPT)]
    return ["env", *given, "wrk", *options, *more, address]


def said(output: str) -> Result:
    """What our script printed."""
    line = next((line for line in output.splitlines() if line.startswith("@")), None)
    if line is None:
        raise SystemExit(f"wrk failed: {output}")
    found: Result = json.loads(line[1:])
    return found


def loaded(
    contender: Contender, path: str, bodies: Path | None, connections: int, seconds: int, store: int, headers: Sequence[str] = ()
) -> Result:
    """wrk against a server on loopback, bounded in time and in connections."""
    before = contender.cpu, cpu_seconds(store)
    address = f"http://127.0.0.1:{contender.port}{path}"
    options = [part for header in headers for part in ("-H", header)]
    command = wrk(address, connections, seconds, bodies, *options)
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 120, check=False)
    found = said(done.stdout + done.stderr)
    at_end = contender.cpu, cpu_seconds(store)
    lag = drained([contender], store)
    return _with_costs(found, before, at_end, contender.rss_mib) | {"drained_seconds": round(lag, 2)}


def alone(uri: str, bodies: Path, seconds: int, store: int) -> Result:
    """The driver alone, as a process of its own."""
    before = cpu_seconds(store)
    with bodies.open("rb") as given:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.raw", uri, str(seconds)], stdin=given, capture_output=True, check=True, cwd=ROOT
        )
    found: Result = json.loads(done.stdout)
    return _with_costs(found, (0.0, before), (found.pop("cpu"), cpu_seconds(store)), 0.0)


def in_turn(server: Contender, path: str, bodies: Iterable[bytes]) -> Result:
    """One client that asks, waits for the answer and asks again; `refused` counts answers with errors, such as BUSY."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    times: list[float] = []
    refused = 0
    for body in bodies:
        began = time.perf_counter()
        connection.request("POST", path, body, {"content-type": "application/json"})
        answer = connection.getresponse().read()
        times.append((time.perf_counter() - began) * 1e3)
        refused += b'"errors":' in answer
    connection.close()
    return {"requests": len(times), **percentiles(times), "refused": refused}


def percentiles(times: Sequence[float]) -> Result:
    cut = statistics.quantiles(times, n=100, method="inclusive") if len(times) > 1 else list(times) * 99
    return {"p50": cut[49], "p95": cut[94], "p99": cut[98]}


def _with_costs(found: Result, before: tuple[float, float], after: tuple[float, float], rss: float) -> Result:
    count = max(found["requests"], 1)
    found["rate"] = found["requests"] / found["seconds"]
    found["server_cpu"], found["store_cpu"] = ((b - a) * 1e3 / count for a, b in zip(before, after, strict=True))
    return found | {"rss_mib": round(rss)}


def drained(contenders: list[Contender], store: int) -> float:
    """Waits until the servers and the store are idle again: a server may go on for clients that have left."""
    began = time.monotonic()
    while time.monotonic() - began < MOST_SECONDS:
        before = sum(c.cpu for c in contenders) + cpu_seconds(store)
        time.sleep(0.25)
        if sum(c.cpu for c in contenders) + cpu_seconds(store) - before < IDLE:
            break
    return time.monotonic() - began
