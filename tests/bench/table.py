"""The tables of runs, made from their files alone: `python -m tests.bench.table FILE…`."""

from __future__ import annotations

import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench.contenders import STATIC
from tests.bench.markdown import RATE, Result
from tests.bench.parts import cached, embedded, first, growth, loading, overload, pages, rivals

REPORTS: Mapping[str, Callable[[list[Result]], str]] = {
    "rivals": rivals.report, "cached": cached.report, "overload": overload.report, "growth": growth.report,
    "load": loading.report, "embedded": embedded.report, "pages": pages.report, "first": first.report,
}  # fmt: skip


def tables(run: Result) -> str:
    """All that is said of a run: of what it is, how noisy it was, and a part for each that was measured."""
    parts: dict[str, list[Result]] = defaultdict(list)
    for found in run["measurements"]:
        parts[found["part"]].append(found)
    return "\n\n".join([headline(run), noise(run), *(report(parts[part]) for part, report in REPORTS.items() if part in parts)]) + "\n"


def headline(run: Result) -> str:
    machine, versions = run["machine"], {name: number for name, number in run["versions"].items() if number}
    numbers = ", ".join(f"{name} {number}" for name, number in versions.items())
    changed = " with changes that are in no commit" if run["dirty"] else ""
    return (
        f"Run of {run['when'][:16].replace('T', ' ')} UTC, commit {run['commit'][:7]}{changed}, on {machine['cores']} cores with "
        f"{machine['memory_mib'] / 1024:.0f} GiB; {numbers}. Rounds: {run['arguments']['rounds']}, each of {run['arguments']['seconds']} s."
    )


def noise(run: Result) -> str:
    """How noisy the run was: how much the rate of fixed bytes swung between rounds, and how busy the machine was before and after."""
    before, after = run["load_before"][0], run["load_after"][0]
    busy = f"Load average {before:.1f} before and {after:.1f} after, on {run['machine']['cores']} cores"
    if before > run["machine"]["cores"] / 2:
        busy += ": other work ran when this began, so ratios count and times do not"
    found = swings(run["measurements"])
    if not found:
        return f"**Noise.** {busy}. No fixed bytes were served in two rounds, so nobody knows how much this run swings."
    middle, most = statistics.median(found), max(found)
    return (
        f"**Noise.** {busy}. The same fixed bytes, through the same server, came {middle:.2f} times as fast in one round as in another "
        f"(median of {len(found)}; most {most:.2f}). A rate that differs by less than that between rounds or runs may be noise; "
        f"the ratios of one round share it."
    )


def swings(measurements: list[Result]) -> list[float]:
    """The greatest rate of fixed bytes over the least, for the same size and connections; of those with at least two rounds."""
    rates: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for found in measurements:
        if found.get("contender", "").startswith(STATIC) and found.get(RATE):
            rates[found["part"], found["question"], str(found["connections"]), found["contender"]].append(found[RATE])
    return sorted(max(each) / min(each) for each in rates.values() if len(each) > 1)


def main() -> None:
    """Prints the tables of each file that is named."""
    for file in sys.argv[1:]:
        print(tables(json.loads(Path(file).read_text("utf-8"))))


if __name__ == "__main__":
    main()
