"""The benchmark: what is asked for is started, measured in turn, and kept as one file, from which the tables are made."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import orjson
from platformdirs import user_cache_path

from tests.bench import store
from tests.bench.against import Checkout, checkout, here
from tests.bench.contenders import CACHED, OURS, ROOT, STATIC, Contender, prepared, running
from tests.bench.nation import Rows, rows
from tests.bench.parts import cached, embedded, first, growth, loading, overload, pages, rivals
from tests.bench.run_file import RUNS, RunFile
from tests.bench.table import tables
from tests.bench.workload import ALONE, NAMES, Workload, workloads

RIVALS = ("yoga", "apollo", "batched")
CONNECTIONS = (1, 16, 64)
NATION = ("rivals", "cached", "overload", "growth", "load")  # parts that need the nation, whose generator the rivals have
PARTS = ("rivals", "cached", "overload", "load", "embedded", "pages", "first")
KEPT_OUT = ("peers", "cache", "runs")  # folders: of a machine, and of no interest


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--peers", type=Path, help="the folder of the rivals, which is only read; needed for the nation")
    parser.add_argument("--parts", type=_words, default=PARTS, help=f"of {', '.join(PARTS)}, growth")
    parser.add_argument("--against", default="", metavar="REV", help="another commit of Regiograaf, run beside this one")
    parser.add_argument("--seconds", type=int, default=3, choices=range(1, 11), metavar="1-10")
    parser.add_argument("--rounds", type=int, default=2, choices=range(1, 11), metavar="1-10")
    parser.add_argument("--only", type=_words, default=NAMES + ALONE, help="questions, such as Q1,Q2")
    parser.add_argument("--peer", type=_words, default=RIVALS, help="rivals, such as yoga,batched; empty for none")
    parser.add_argument("--connections", type=_numbers, default=CONNECTIONS)
    parser.add_argument("--scale", type=int, default=1, help="nations")
    parser.add_argument("--times", type=int, default=10, help="so many times the data, for growth")
    parser.add_argument("--questions", type=int, default=2000, help="never asked before, for first")
    parser.add_argument(
        "--plans", type=_numbers, default=(store.plans_of_compose(),), help="that Neo4j keeps, for first, such as 1000,4000"
    )
    parser.add_argument("--runs", type=Path, default=RUNS, help="where the file of the run goes")
    parser.add_argument("--cache", type=Path, default=user_cache_path("regiograaf-tests") / "bench", help="where the filled stores stay")
    given = parser.parse_args()
    if unknown := set(given.parts) - {*PARTS, *NATION}:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    if not given.peers and set(given.parts) & set(NATION):
        parser.error(f"{', '.join(NATION)} need --peers")
    return given


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split(",") if word)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, _words(text)))


def main() -> None:
    """Measures, keeps the run as a file, prints its tables."""
    given = _arguments()
    run = RunFile(given.runs, {key: value for key, value in vars(given).items() if key not in KEPT_OUT})
    with ExitStack() as stack:
        checkouts = [here(), *([stack.enter_context(checkout(given.against))] if given.against else [])]
        if {"rivals", "cached", "overload", "growth"} & set(given.parts):
            _Nation(given, run, checkouts).measure()
        if "load" in given.parts:
            loading.measured(checkouts, given.peers, given.scale, run.note)
        if "embedded" in given.parts:
            embedded.measured(checkouts, given.rounds, given.seconds, run.note)
    if "pages" in given.parts:
        asyncio.run(pages.run(pages.PATHS, given.rounds + 1, run.note))  # of which the first does not count
    if "first" in given.parts:
        first.measured(given.questions, given.plans, run.note)
    print(f"\n{tables(run.content)}\nKept as {run.path.name}.")


class _Nation:
    """The parts that ask about the nation, over two Neo4j that run for all of them."""

    def __init__(self, given: argparse.Namespace, run: RunFile, checkouts: Sequence[Checkout]) -> None:
        self.given, self.note, self.checkouts = given, run.note, checkouts
        self.times = (given.rounds, given.seconds, run.note)

    def measure(self) -> None:
        given, made = self.given, rows(self.given.peers, self.given.scale)[0]
        asked = workloads(given.only, given.peers, made)
        with ExitStack() as stack:
            logs = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            stage = self._started(stack, logs)
            if "rivals" in given.parts:
                for work in asked:
                    stage.prove(work)
                stage.measured(asked, given.connections, *self.times)
            if "cached" in given.parts:
                self._cached(asked, stage, logs)
            if "overload" in given.parts:
                self._overload(made, stage, logs)
            if "growth" in given.parts:
                self._growth(asked, stage, logs)

    def _started(self, stack: ExitStack, logs: Path) -> rivals.Stage:
        given, home = self.given, {}
        others = given.peer if "rivals" in given.parts else ()
        peers = prepared(given.peers, given.cache) if others else ROOT
        for each in self.checkouts:
            home[each.name] = store.ours(given.cache, given.peers, given.scale, each.layout, each.folder)
        home |= dict.fromkeys(others, store.theirs(given.cache, peers, given.scale) if others else Path())
        started = {folder: stack.enter_context(store.started(folder)) for folder in dict.fromkeys(home.values())}
        stores = {name: started[folder] for name, folder in home.items()} | {STATIC: started[home[OURS]]}
        folders = dict.fromkeys(others, peers) | {each.name: each.folder for each in self.checkouts}
        found = [stack.enter_context(running(n, at.uri, logs, folders.get(n, ROOT))) for n, at in stores.items()]
        return rivals.Stage({each.name: each for each in found}, stores, logs)

    def _cached(self, asked: list[Workload], stage: rivals.Stage, logs: Path) -> None:
        at = stage.stores[OURS]
        with running(CACHED, at.uri, logs) as server:
            cached.measured(asked, {**stage.contenders, CACHED: server}, at.pid, logs, *self.times)

    def _overload(self, made: Rows, stage: rivals.Stage, logs: Path) -> None:
        ours: Contender = stage.contenders[OURS]
        big, small = workloads(("Q5", "Q1"), self.given.peers, made)
        size = len(orjson.dumps(rivals.data(ours, big.ours[0])))
        overload.measured(stage.contenders, big, small, size, logs, self.given.rounds, self.note)
        self.note(overload.left(ours, stage.stores[OURS].uri, overload.heavy(made)))

    def _growth(self, asked: list[Workload], stage: rivals.Stage, logs: Path) -> None:
        given, scale = self.given, self.given.scale * self.given.times
        grown = workloads(given.only, given.peers, rows(given.peers, scale)[0])
        home = store.ours(given.cache, given.peers, scale, self.checkouts[0].layout, ROOT)
        name = f"{OURS}-{given.times}-times"
        with store.started(home) as at, running(name, at.uri, logs) as there:
            for one, other in zip(asked, grown, strict=True):
                here_ = (growth.HERE, one, stage.contenders[OURS], stage.stores[OURS])
                growth.measured((here_, (growth.THERE, other, there, at)), given.times, logs, *self.times)
