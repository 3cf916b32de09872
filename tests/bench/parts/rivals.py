"""The seven questions: everybody's answers are proved equal, then all are loaded in turn, round after round."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from tests.bench import measure
from tests.bench.contenders import OURS, STATIC, Contender, is_ours
from tests.bench.equal import same
from tests.bench.markdown import Result, Rounds, markdown, spread
from tests.bench.workload import ALONE, Workload
from tests.neo4j.server import Running

RAW = "driver"
COMPARED, FILLING_SECONDS = 10, 3  # sets of variables; seconds for which everybody answers before anything is timed
BIG, LONGER = 500_000, 5  # bytes of an answer from which 64 at a time saturate everybody, and get so many times the seconds
SLOW = 1.5  # seconds of one answer from which a rival is loaded one at a time only
AGAINST = ("rate", "p50", "server_cpu", "store_cpu")


class Stage:
    """Contenders that run, each over its store, and what was found out about them before anything is timed."""

    def __init__(self, contenders: Mapping[str, Contender], stores: Mapping[str, Running], logs: Path) -> None:
        self.contenders, self.stores, self._logs = contenders, stores, logs
        self._answer: dict[str, int] = {}
        self._slow: dict[str, set[str]] = {}

    def prove(self, work: Workload) -> None:
        """Compares the answers, then lets everybody answer all requests, which also fills the plan caches. Raises SystemExit."""
        ours = self.contenders[OURS]
        others = [c for n, c in self.contenders.items() if n not in (OURS, STATIC) and (is_ours(n) or work.name not in ALONE)]
        answers = [data(ours, body) for body in work.ours[:COMPARED]]
        for other in others:
            for at, mine in enumerate(answers):
                theirs = data(other, _bodies(other, work)[at])
                if mine != theirs if is_ours(other.name) else not same(work.name, mine, theirs):
                    raise SystemExit(f"{work.name}: {other.name} and Regiograaf differ; nothing was measured. {work.ours[at][-200:]!r}")
        self._answer[work.name] = max(len(orjson.dumps(answer)) for answer in answers)
        self._slow[work.name] = {who.name for who in (ours, *others) if _filled(who, _bodies(who, work)) > SLOW and not is_ours(who.name)}
        print(f"{work.name}: {len(answers)} sets of variables, equal answers of {[other.name for other in others]}", flush=True)

    def measured(
        self, asked: Sequence[Workload], connections: Sequence[int], rounds: int, seconds: int, note: Callable[[Result], None]
    ) -> None:
        """Everybody in turn, so that what else the machine does hits all of them."""
        for number in range(rounds):
            for work in asked:
                for n in connections:
                    head = {"part": "rivals", "round": number, "question": work.name, "connections": n}
                    for name, found in self._turn(work, n, seconds):
                        note(head | {"contender": name} | found | {"answer": self._answer[work.name]})

    def _turn(self, work: Workload, connections: int, seconds: int) -> Iterator[tuple[str, Result]]:
        size = self._answer[work.name]
        long = seconds * (LONGER if connections > 16 and size > BIG else 1)
        for name, who in self.contenders.items():
            if (work.name in ALONE and not is_ours(name) and name != STATIC) or (name in self._slow[work.name] and connections > 1):
                continue
            bodies = self._logs / f"{work.name}.{name}"
            bodies.write_bytes(b"\n".join(_bodies(who, work)) + b"\n")
            path = f"/{size}" if name == STATIC else who.path
            yield name, measure.loaded(who, path, bodies, connections, long, self.stores[name].pid)
        if connections == 1:
            yield RAW, measure.alone(self.stores[OURS].uri, self._logs / f"{work.name}.{OURS}", seconds, self.stores[OURS].pid)


def _bodies(who: Contender, work: Workload) -> list[bytes]:
    return work.ours if is_ours(who.name) or who.name == STATIC else work.theirs


def data(who: Contender, body: bytes) -> dict[str, Any]:
    """The data of an answer without errors. Raises SystemExit."""
    status, answer = who.post(body)
    found: dict[str, Any] = orjson.loads(answer)
    if status != 200 or found.get("errors"):
        raise SystemExit(f"{who.name} answers {status}: {answer[:600]!r} to {body[-200:]!r}")
    return dict(found["data"])


def _filled(who: Contender, bodies: list[bytes]) -> float:
    """Seconds for an answer, of all requests in turn for a while."""
    began, count = time.monotonic(), 0
    for body in bodies * 5:
        who.post(body)
        count += 1
        if time.monotonic() - began > FILLING_SECONDS:
            break
    return (time.monotonic() - began) / count


# ── tables ────────────────────────────────────────────────────────────────────────────────────────


def report(results: list[Result]) -> str:
    """Ratios with their spread, CPU for each request, never a time alone."""
    rounds = Rounds(results)
    floors = [c for c in (RAW, STATIC) if c in rounds.contenders]
    rivals = [c for c in rounds.contenders if not is_ours(c) and c not in floors]
    before = [c for c in rounds.contenders if is_ours(c) and c != OURS]
    everyone = [OURS, *before, *rivals, *floors]
    parts: list[str] = []

    def add(title: str, columns: Sequence[str], cell: Callable[[str, str], str]) -> None:
        if columns:
            parts.append(markdown(title, ["", *columns], ([q, *(cell(q, c) for c in columns)] for q in rounds.questions)))

    for n in rounds.connections:
        add(
            f"Requests for each of a rival's, {n} at a time (median of the rounds, least–most)",
            rivals,
            lambda q, c, n=n: rounds.ratio(q, n, OURS, c, "rate"),  # type: ignore[misc]
        )
        for other in before:
            add(
                f"Ours ÷ {other}, {n} at a time",
                AGAINST,
                lambda q, v, n=n, other=other: rounds.ratio(q, n, OURS, other, v),  # type: ignore[misc]
            )
    add("A rival's p50 over ours, one at a time", rivals, lambda q, c: rounds.ratio(q, 1, c, OURS, "p50"))
    for n in rounds.connections:
        there = [c for c in everyone if any(key[1:] == (n, c) for key in rounds.found)]
        add(f"p50 / p95 / p99 in ms, {n} at a time", there, lambda q, c, n=n: rounds.times(q, n, c))  # type: ignore[misc]
        add(
            f"CPU in ms for each request, server + store, {n} at a time",
            there,
            lambda q, c, n=n: rounds.cpu(q, n, c),  # type: ignore[misc]
        )
    parts.append(_floors(rounds))
    rss = {c: max(r["rss_mib"] for key, rs in rounds.found.items() for r in rs if key[2] == c) for c in everyone if c != RAW}
    parts.append(markdown("Largest resident memory, MiB", list(rss), [[str(v) for v in rss.values()]]))
    return "\n\n".join(parts)


def _floors(rounds: Rounds) -> str:
    return markdown(
        "Ours over the driver alone in the same run, and its own tail, one at a time",
        ["", "p50 ÷ driver's p50", "CPU − driver's CPU, ms", "p99 ÷ p50", "bytes"],
        (
            [q, rounds.ratio(q, 1, OURS, RAW, "p50"), _beyond(rounds, q), _tail(rounds, q), rounds.median(q, 1, OURS, "answer")]
            for q in rounds.questions
        ),
    )


def _beyond(rounds: Rounds, question: str) -> str:
    pairs = zip(rounds.of(question, 1, OURS), rounds.of(question, 1, RAW), strict=False)
    return spread([a["server_cpu"] - b["server_cpu"] for a, b in pairs if a["requests"] and b["requests"]])


def _tail(rounds: Rounds, question: str) -> str:
    return spread([r["p99"] / r["p50"] for r in rounds.of(question, 1, OURS) if r["p50"]])
