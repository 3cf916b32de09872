"""A service under load while other data is loaded: no error, no answer of two versions, and in the long form no memory that only grows."""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import linear_regression, median

import pytest

from graph.build.records import Records
from graph.engines.bolt import Store
from graph.engines.cypher import Address
from graph.load.load import load
from tests.conftest import LOADED_AT, empty
from tests.drills.conftest import Drill
from tests.drills.server import ROOT, Service, service
from tests.neo4j.changed import changed

CLIENTS = 4
CAPACITY_SECONDS = 5.0
SHARE = 0.5  # of what it can answer
GROWTH = 1.0  # MiB a minute, after the first third
NAME = 'municipality(ref: "municipality/zaanstad", asOf: "{day}") {{ name context {{ dataVersion }} }}'
QUESTION = f'{{{{ {{one}}: {NAME} {{two}}: {NAME} municipalities(first: 30, asOf: "{{day}}") {{{{ totalCount nodes {{{{ id }}}} }}}} }}}}'


@pytest.fixture
def changing_neo4j(neo4j_address: Address, claims: Records, runner: asyncio.Runner) -> Iterator[Address]:
    """A Neo4j with version `0`, into which a drill loads others; it has the packaged claims afterwards."""

    async def holds(records: Records) -> None:
        async with Store(neo4j_address) as store:
            await empty(store)
            await load(store, records, LOADED_AT)

    runner.run(holds(changed("0")))
    yield neo4j_address
    runner.run(holds(claims))


@dataclass
class Soak:
    """What was seen: the times of the answers, which name each version has, and the memory in MiB by the minute."""

    running: Service
    random: Random = field(default_factory=lambda: Random(1))
    seconds: list[float] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    memory: list[tuple[float, float]] = field(default_factory=list)

    async def ask(self) -> None:
        """Asks a question that nobody asked before, by its names or its day. Fails if the answer is not whole and of one version."""
        one, two = (f"{letter}{self.random.randrange(10**6)}" for letter in "ab")
        day = f"{self.random.randrange(2016, 2026)}-{self.random.randrange(1, 13):02d}-01"
        started = time.monotonic()
        body = await self.running.ask(QUESTION.format(one=one, two=two, day=day))
        self.seconds.append(time.monotonic() - started)
        assert "errors" not in body, body["errors"]
        found = {(body["data"][key]["name"], body["data"][key]["context"]["dataVersion"]) for key in (one, two)}
        ((name, version),) = found
        assert self.names.setdefault(version, name) == name
        assert len(body["data"]["municipalities"]["nodes"]) == min(30, body["data"]["municipalities"]["totalCount"]) > 0

    async def ask_often(self, seconds: float, rate: float | None = None) -> int:
        """Asks for so long, as often as it is answered or `rate` times a second, and returns the number of answers."""
        before, end = len(self.seconds), time.monotonic() + seconds

        async def client(number: int) -> None:
            due = time.monotonic() + (number / rate if rate else 0)
            while time.monotonic() < end:
                await self.ask()
                due += CLIENTS / rate if rate else 0
                await asyncio.sleep(max(0.0, due - time.monotonic()) if rate else 0)

        await asyncio.gather(*(client(number) for number in range(CLIENTS)))
        return len(self.seconds) - before

    async def weigh(self) -> None:
        """Notes the memory of the service once a second, where the system tells it."""
        status, started = Path(f"/proc/{self.running.process.pid}/status"), time.monotonic()
        while status.exists():
            resident = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmRSS"))
            self.memory.append(((time.monotonic() - started) / 60, int(resident.split()[1]) / 1024))
            await asyncio.sleep(1)


async def soaked(address: Address, seconds: float, loads: int) -> Soak:
    """Asks at half of what is answered, for so many seconds, with so many loads of other data, evenly spread."""
    login = {"NEO4J_URI": address.uri, "NEO4J_USER": address.user, "NEO4J_PASSWORD": address.password}
    async with service({**login, "REGIOGRAAF_KEPT_MIB": "1", "REGIOGRAAF_WARM_SECONDS": "1"}) as running:
        soak = Soak(running)
        capacity = await soak.ask_often(CAPACITY_SECONDS) / CAPACITY_SECONDS
        soak.seconds.clear()

        async def load_others() -> None:
            for number in range(1, loads + 1):
                await asyncio.sleep(seconds / (loads + 1))
                instant = f"2027-01-{number:02d}T00:00:00.000+00:00"
                loading = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "tests.neo4j.changed", address.uri, str(number), instant, cwd=ROOT
                )
                assert await loading.wait() == 0

        weighing = asyncio.ensure_future(soak.weigh())
        loading = asyncio.ensure_future(load_others())
        answered = await soak.ask_often(seconds, SHARE * capacity)
        while not loading.done():  # on a busy machine they take longer
            answered += await soak.ask_often(1, SHARE * capacity)
        await loading
        await running.until(lambda: _newest(soak, str(loads)))
        weighing.cancel()
    by_minute = " ".join(f"{mebibytes:.0f}" for _, mebibytes in soak.memory[::60])
    print(
        f"{capacity:.0f} a second at most; {answered} at half of that: median {1000 * median(soak.seconds):.0f} ms, "
        f"slowest {1000 * max(soak.seconds):.0f} ms; MiB by the minute: {by_minute}"
    )
    return soak


async def _newest(soak: Soak, version: str) -> bool:
    await soak.ask()
    return f"Zaanstad {version}" in soak.names.values()


def test_under_load_nothing_is_wrong_while_other_data_is_loaded(changing_neo4j: Address, drill: Drill) -> None:
    soak = drill(soaked(changing_neo4j, 10, 1))
    assert set(soak.names.values()) == {"Zaanstad 0", "Zaanstad 1"}


@pytest.mark.long
def test_for_ten_minutes_nothing_is_wrong_and_the_memory_does_not_grow(changing_neo4j: Address, drill: Drill) -> None:
    soak = drill(soaked(changing_neo4j, 600, 5))
    assert set(soak.names.values()) == {f"Zaanstad {number}" for number in range(6)}
    settled = list(itertools.islice(soak.memory, len(soak.memory) // 3, None))
    slope = linear_regression([minute for minute, _ in settled], [mebibytes for _, mebibytes in settled]).slope
    assert slope <= GROWTH, f"{slope:.2f} MiB a minute"
