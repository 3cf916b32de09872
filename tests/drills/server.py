"""The service as a process of its own, and the checker: it asks all the time, and compares each answer with the right one."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from httpx2 import AsyncClient, HTTPError, Limits

ROOT = Path(__file__).resolve().parents[2]
BOUND_SECONDS = 600  # for what has to happen at all, on a busy machine
QUESTIONS = (
    '{ municipality(ref: "Zaanstad", asOf: "2024-06-01") { name memberships(first: 20) { totalCount nodes { id role } } } }',
    '{ municipalities(first: 30, asOf: "2024-06-01") { totalCount nodes { id name } } }',
    '{ collaborations(first: 20, asOf: "2024-06-01") { totalCount nodes { id name } } }',
)


@dataclass
class Tally:
    """The answers so far: how many were right, the code of each refusal, the slowest, and all that must never be."""

    right: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    wrong: list[Any] = field(default_factory=list)
    slowest: float = 0.0

    def count(self, seconds: float, body: dict[str, Any], expected: dict[str, Any]) -> None:
        self.slowest = max(self.slowest, seconds)
        errors = body.get("errors")
        if not errors and body.get("data") == expected:
            self.right += 1
        elif errors and not any((body.get("data") or {}).values()):
            for error in errors:
                code = error["extensions"]["code"]
                self.refused[code] = self.refused.get(code, 0) + 1
        else:
            self.wrong.append(body)


class Service:
    """A running service."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address = process, address
        self.log: list[str] = []
        self.expected: dict[str, dict[str, Any]] = {}
        self.tally = Tally()
        self.client = AsyncClient(timeout=BOUND_SECONDS, limits=Limits(max_connections=400))

    async def ask(self, question: str) -> dict[str, Any]:
        """Asks one question and returns the body of the answer."""
        body: dict[str, Any] = (await self.client.post(self.address, json={"query": question})).json()
        return body

    async def learn(self) -> None:
        """Learns the right answers while all is well."""
        for question in QUESTIONS:
            body = await self.ask(question)
            assert "errors" not in body, body
            self.expected[question] = body["data"]

    async def check(self) -> Tally:
        """Asks each question once and counts the answers."""
        for question, expected in self.expected.items():
            await self._check_one(question, expected)
        return self.tally

    async def _check_one(self, question: str, expected: dict[str, Any]) -> None:
        started = time.monotonic()
        body = await self.ask(question)
        self.tally.count(time.monotonic() - started, body, expected)

    @asynccontextmanager
    async def checked(self, clients: int = 3) -> AsyncIterator[Tally]:
        """Asks all the time, each client one question after the other. Fails if any answer was neither right nor refused."""
        self.tally = Tally()

        async def always(offset: int) -> None:
            asked = list(self.expected.items())
            while True:
                for question, expected in asked[offset:] + asked[:offset]:
                    await self._check_one(question, expected)
                await asyncio.sleep(0.02)

        tasks = [asyncio.ensure_future(always(n % len(self.expected))) for n in range(clients)]
        try:
            yield self.tally
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert self.tally.wrong == []
        assert (broken := [e for e in ended if not isinstance(e, asyncio.CancelledError)]) == [], broken

    async def status(self, path: str) -> tuple[int, dict[str, Any]]:
        response = await self.client.get(self.address.removesuffix("/graphql") + path)
        return response.status_code, response.json()

    async def until(self, holds: Callable[[], Any], seconds: float = BOUND_SECONDS) -> float:
        """Waits until something holds, which may be a coroutine function, and returns how long it took."""
        started = time.monotonic()
        while True:
            with contextlib.suppress(HTTPError):
                found = holds()
                if await found if asyncio.iscoroutine(found) else found:
                    return time.monotonic() - started
            assert time.monotonic() - started < seconds, (self.tally, self.log[-20:])
            await asyncio.sleep(0.05)

    async def ready(self) -> bool:
        return (await self.status("/readyz"))[0] == 200

    async def away(self) -> bool:
        """Returns if the service has noticed that its store is away, which it also says of itself."""
        status, body = await self.status("/readyz")
        return status == 503 and body.get("store") == "away"

    def logged(self, pattern: str) -> list[str]:
        return [line for line in self.log if re.search(pattern, line)]


@asynccontextmanager
async def service(environment: dict[str, str], *options: str) -> AsyncIterator[Service]:
    """Starts the service and stops it at the end. Its log is read all the time."""
    settings = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("NEO4J", "REGIOGRAAF"))},
        "REGIOGRAAF_KEPT_MIB": "0", "REGIOGRAAF_WARM_SECONDS": "0",
        "REGIOGRAAF_QUERY_SECONDS": "60",  # a busy machine takes long over a first plan; a store that is away is noticed without it
        **environment,
    }  # fmt: skip
    command = [sys.executable, "-m", "api", "serve", "--port", "0", *options]
    process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    started, log = asyncio.Event(), list[str]()
    loop = asyncio.get_running_loop()

    def read() -> None:
        assert process.stdout
        for line in process.stdout:
            log.append(line.rstrip())
            if "answers at" in line:
                loop.call_soon_threadsafe(started.set)
        if not loop.is_closed():
            loop.call_soon_threadsafe(started.set)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        await asyncio.wait_for(started.wait(), BOUND_SECONDS)
        found = next((m for line in log if (m := re.search(r"answers at (http://\S+)", line))), None)
        assert found, log
        running = Service(process, found[1])
        running.log = log
        async with running.client:
            await running.until(running.ready)
            await running.learn()
            yield running
    finally:
        process.terminate()
        try:
            await asyncio.to_thread(process.wait, 30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        await asyncio.to_thread(reader.join)
        assert process.stdout
        process.stdout.close()
