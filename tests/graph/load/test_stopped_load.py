"""A load that is killed or stopped, at each step of its way: the graph is the old one or the new one, and the next load succeeds.

The load is a process of its own, `regiograaf load --commit`, which waits before each step (`held.py`).
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.load import writes
from graph.load.load import load
from tests.conftest import empty
from tests.graph.load.stepping import COMMIT, Stepping
from tests.graph.load.test_load import LATER, Run, picture, run
from tests.graph.load.test_two_loads import ONE, a_graph, nothing, quick, the_remains_of_a_load

__all__ = ["quick", "run"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it is ended with SIGKILL")
ROOT = Path(__file__).resolve().parents[3]
SECONDS = 120
STARTS = pytest.mark.parametrize("start", [a_graph, nothing, the_remains_of_a_load], ids=lambda start: start.__name__)
Start = Callable[[Store], Awaitable[None]]
COMMITS = "MATCH (c:Commit) RETURN count(c)"


@pytest.fixture
def store(neo4j_address: Address, runner: asyncio.Runner) -> Iterator[Store]:
    store = Store(neo4j_address, query_seconds=60)
    yield store
    runner.run(empty(store))
    runner.run(store.__aexit__(None, None, None))


@contextmanager
def held_before(address: Address, number: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A load that is held before one of its steps, with the text of that."""
    environment = {**os.environ, "NEO4J_URI": address.uri, "NEO4J_USER": address.user, "NEO4J_PASSWORD": address.password}
    command = [sys.executable, "-m", "tests.graph.load.held"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        try:
            assert process.stdin
            assert process.stdout
            for done in range(number):
                if done:
                    process.stdin.write("\n")
                    process.stdin.flush()
                step = next((line for line in process.stdout if line.startswith("STEP")), "")
                assert step, "it ended before that step"
            yield process, step
        finally:
            process.kill()


def steps_of(store: Store, run: Run, start: Start) -> list[str]:
    """The steps of a load that nobody disturbs."""
    steps: list[str] = []

    async def noted(text: str) -> None:
        steps.append(text)

    async def undisturbed() -> None:
        await start(store)
        async with Stepping(store.address, noted) as stepping:
            await load(stepping, ONE, LATER)

    run(undisturbed())
    return steps


def graph(store: Store, run: Run) -> Any:
    """What readers see: nothing if there is no Dataset, as they begin there; else everything but what only loads read."""
    if run(store.rows(Cypher(writes.CURRENT)))[0][0] is None:
        return None
    nodes, links = picture(store, run)
    return [node for node in nodes if "Commit" not in node[0]], links


def whole_whatever_happens(store: Store, run: Run, start: Start, at: Callable[[list[str]], list[int]]) -> None:
    """Kills a load at some of its steps. What is read afterwards is the old or the new graph, and a load makes it the new one."""
    steps = steps_of(store, run, start)
    new = graph(store, run)
    run(start(store))
    old = graph(store, run)
    commit = max(
        n for n, text in enumerate(steps, 1) if text == COMMIT and writes.PUBLISH in steps[: n - 1] and writes.WITHDRAW not in steps[:n]
    )
    for number in at(steps):
        run(start(store))
        with held_before(store.address, number) as (process, _):
            process.kill()
            process.wait(SECONDS)
        assert graph(store, run) == (old if number <= commit else new), (number, steps[number - 1])
        run(load(store, ONE, LATER))
        assert graph(store, run) == new, (number, steps[number - 1])


def telling(steps: list[str]) -> list[int]:
    """The steps that differ most: when something is written, half way, with the version written, and the last one."""
    return [2, len(steps) // 2, steps.index(writes.PUBLISH) + 2, len(steps)]


@STARTS
def test_a_load_that_was_killed_leaves_the_old_graph_or_the_new_one(store: Store, run: Run, quick: None, start: Start) -> None:
    whole_whatever_happens(store, run, start, telling)


@pytest.mark.long
@STARTS
def test_a_load_that_was_killed_at_any_step_leaves_the_old_graph_or_the_new_one(store: Store, run: Run, quick: None, start: Start) -> None:
    whole_whatever_happens(store, run, start, lambda steps: list(range(1, len(steps) + 1)))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_load_that_is_stopped_withdraws_its_announcement_and_says_so(store: Store, run: Run, quick: None, how: signal.Signals) -> None:
    steps = steps_of(store, run, a_graph)
    run(a_graph(store))
    old = graph(store, run)
    announced = steps.index(writes.ANNOUNCE) + 3  # its commit is over, and that of the data is next
    with held_before(store.address, announced) as (process, step):
        assert step == f"STEP {COMMIT}\n"
        assert run(store.rows(Cypher(COMMITS))) == [[1]]
        process.send_signal(how)
        process.wait(SECONDS)  # not `communicate`: that ends its standard input, so the step would go on
        assert process.stderr
        error = process.stderr.read()
    assert process.returncode == 1
    *_, sentence, remedy = error.splitlines()
    assert sentence.partition(": ")[::2] == ("INTERRUPTED", "The load was stopped before it was done.")
    assert remedy == "Readers see the old graph or the new one, whole; `regiograaf load` says which. Load again."
    assert "Traceback" not in error
    assert run(store.rows(Cypher(COMMITS))) == [[0]]
    assert graph(store, run) == old
