"""What was measured as Markdown: ratios of a run with their spread, CPU for each request, never a bare time alone."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tests.bench.contenders import OURS, STATIC

RAW = "driver"
RATE = "rate"
Result = dict[str, Any]


class Runs:
    """Results by question, connections and contender, one for each round."""

    def __init__(self, results: Iterable[Result]) -> None:
        self.found: dict[tuple[str, int, str], list[Result]] = defaultdict(list)
        for result in results:
            self.found[result["question"], result["connections"], result["contender"]].append(result)
        self.questions = sorted({q for q, _, _ in self.found})
        self.contenders = sorted({c for _, _, c in self.found})
        self.connections = sorted({n for _, n, _ in self.found})

    def ratio(self, question: str, connections: int, over: str, under: str, value: str) -> str:
        """Median and extremes of the ratio, round by round: the rounds of a run share their noise."""
        pairs = zip(self.found[question, connections, over], self.found[question, connections, under], strict=False)
        found = [a[value] / b[value] for a, b in pairs if a[value] and b[value]]
        return spread(found)

    def median(self, question: str, connections: int, contender: str, value: str) -> str:
        found = [r[value] for r in self.found[question, connections, contender]]
        return f"{statistics.median(found):.2f}" if found else "–"

    def times(self, question: str, connections: int, contender: str) -> str:
        """The medians of the percentiles; where not one answer came within a round, none."""
        came = sum(r["requests"] for r in self.found[question, connections, contender])
        return " / ".join(self.median(question, connections, contender, p) for p in ("p50", "p95", "p99")) if came else "–"

    def cpu(self, question: str, connections: int, contender: str) -> str:
        came = sum(r["requests"] for r in self.found[question, connections, contender])
        both = (self.median(question, connections, contender, part) for part in ("server_cpu", "store_cpu"))
        return " + ".join(both) if came else "–"


def spread(found: Sequence[float]) -> str:
    """Median (least–most)."""
    if not found:
        return "–"
    return f"{statistics.median(found):.2f} ({min(found):.2f}–{max(found):.2f})"


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def report(results: Iterable[Result]) -> str:
    """All tables of a run."""
    runs = Runs(results)
    rivals = [c for c in runs.contenders if c not in (OURS, STATIC, RAW)]
    parts = []

    def add(title: str, columns: Sequence[str], cell: Callable[[str, str], str]) -> None:
        if columns:
            parts.append(f"**{title}**\n\n" + markdown(["", *columns], ([q, *(cell(q, c) for c in columns)] for q in runs.questions)))

    everyone = [OURS, *rivals, *(c for c in (RAW, STATIC) if c in runs.contenders)]
    for n in runs.connections:
        add(
            f"Requests for each of a rival's, {n} at a time (median of the rounds, least–most)",
            rivals,
            lambda q, c, n=n: runs.ratio(q, n, OURS, c, "rate"),  # type: ignore[misc]
        )
    add("A rival's p50 over ours, one at a time", rivals, lambda q, c: runs.ratio(q, 1, c, OURS, "p50"))
    for n in runs.connections:
        there = [c for c in everyone if any(key[1:] == (n, c) for key in runs.found)]
        add(f"p50 / p95 / p99 in ms, {n} at a time", there, lambda q, c, n=n: runs.times(q, n, c))  # type: ignore[misc]
        add(
            f"CPU in ms for each request, server + store, {n} at a time",
            there,
            lambda q, c, n=n: runs.cpu(q, n, c),  # type: ignore[misc]
        )
    parts.append("**Ours over the floors of the same run, and its own tail, one at a time**\n\n" + markdown(
        ["", "p50 ÷ driver's p50", "CPU − driver's CPU, ms", "p99 ÷ p50", "bytes"],
        ([q, runs.ratio(q, 1, OURS, RAW, "p50"), _beyond(runs, q), _tail(runs, q), runs.median(q, 1, OURS, "answer")]
         for q in runs.questions),
    ))  # fmt: skip
    rss = {c: max(r["rss_mib"] for key, rs in runs.found.items() for r in rs if key[2] == c) for c in everyone if c != RAW}
    parts.append("**Largest resident memory, MiB**\n\n" + markdown(list(rss), [[str(v) for v in rss.values()]]))
    return "\n\n".join(parts)


def _beyond(runs: Runs, question: str) -> str:
    pairs = zip(runs.found[question, 1, OURS], runs.found[question, 1, RAW], strict=False)
    return spread([a["server_cpu"] - b["server_cpu"] for a, b in pairs if a["requests"] and b["requests"]])


def _tail(runs: Runs, question: str) -> str:
    return spread([r["p99"] / r["p50"] for r in runs.found[question, 1, OURS] if r["p50"]])
