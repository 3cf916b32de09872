"""A watcher outlives whatever it runs into, and says so once."""

from __future__ import annotations

import asyncio
import logging

import pytest
from neo4j.exceptions import AuthError

from graph.engines.watching import watch
from graph.errors import EngineUnavailable

WRONG: list[Exception | None] = [
    AuthError("no"), AuthError("no"), AuthError("no"), None, ValueError(), None,
    EngineUnavailable("gone", "wait"), EngineUnavailable("gone", "wait"), None,
    EngineUnavailable("away", "wait", logged=True), EngineUnavailable("away", "wait", logged=True), None,
]  # fmt: skip


def test_a_watcher_goes_on_after_any_error_and_logs_each_change_once(
    runner: asyncio.Runner, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.engines.watching.LONGEST_PAUSE_SECONDS", 0.0)
    looks, over = list(WRONG), asyncio.Event()

    async def look() -> None:
        if not looks:
            over.set()
        elif error := looks.pop(0):
            raise error

    async def watched() -> None:
        watching = asyncio.ensure_future(watch("the watcher", look, 0.0))
        async with asyncio.timeout(60):
            await over.wait()
        watching.cancel()

    with caplog.at_level(logging.INFO, "regiograaf"):
        runner.run(watched())
    assert [record.getMessage() for record in caplog.records] == [
        "the watcher fails, and goes on: AuthError",  # one failure alone, such as the ValueError, is no change of state
        "the watcher works again",
        "the watcher fails, and goes on: gone",
        "the watcher works again",
    ]
