"""Tables of Markdown, and the ratios in them: round by round, because what a round measures shares its noise."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

RATE = "rate"
Result = dict[str, Any]


class Rounds:
    """Results by question, connections and contender, one for each round."""

    def __init__(self, results: Iterable[Result]) -> None:
        self.found: dict[tuple[str, int, str], list[Result]] = defaultdict(list)
        for result in results:
            self.found[result["question"], result["connections"], result["contender"]].append(result)
        self.questions = sorted({q for q, _, _ in self.found})
        self.connections = sorted({n for _, n, _ in self.found})
        self.contenders = sorted({c for _, _, c in self.found})

    def of(self, question: str, connections: int, contender: str) -> list[Result]:
        return self.found.get((question, connections, contender), [])

    def ratio(self, question: str, connections: int, over: str, under: str, value: str) -> str:
        return ratio(self.of(question, connections, over), self.of(question, connections, under), value)

    def median(self, question: str, connections: int, contender: str, value: str) -> str:
        return median([r[value] for r in self.of(question, connections, contender) if r["requests"]])

    def times(self, question: str, connections: int, contender: str) -> str:
        """The medians of the percentiles; – if no answer came within any round."""
        return _joined(" / ", (self.median(question, connections, contender, p) for p in ("p50", "p95", "p99")))

    def cpu(self, question: str, connections: int, contender: str) -> str:
        return _joined(" + ", (self.median(question, connections, contender, part) for part in ("server_cpu", "store_cpu")))


def ratio(over: Sequence[Result], under: Sequence[Result], value: str) -> str:
    """Median and extremes of the ratio of each round in which both answered."""
    pairs = [(a, b) for a, b in zip(over, under, strict=False) if a.get("requests", 1) and b.get("requests", 1)]
    return spread([a[value] / b[value] for a, b in pairs if a[value] and b[value]])


def spread(found: Sequence[float]) -> str:
    """Median (least–most)."""
    return f"{statistics.median(found):.2f} ({min(found):.2f}–{max(found):.2f})" if found else "–"


def median(found: Sequence[float]) -> str:
    return f"{statistics.median(found):.2f}" if found else "–"


def markdown(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table under a title."""
    lines = [head, ["---"] * len(head), *rows]
    return f"**{title}**\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _joined(sign: str, values: Iterable[str]) -> str:
    found = list(values)
    return "–" if "–" in found else sign.join(found)
