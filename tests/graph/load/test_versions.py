"""Which version of the data a store holds, and what was read beside the commit of a load."""

from __future__ import annotations

import asyncio
from typing import Any

from graph.engines.cypher import Cypher
from graph.load import writes
from graph.load.versions import Versions

UNDER_WAY = -1  # milliseconds until the commit may begin


class Told:
    """A store that tells, one look after the other, its version and whether a commit is announced; then always the last."""

    def __init__(self, *looks: tuple[str, int | None]) -> None:
        self.looks = list(looks)

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        assert cypher.text == writes.WATCHED
        version, begins = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        return [[version, f"2026-01-0{version[1]}", begins]]


async def accepted(version: str, *looks: tuple[str, int | None]) -> tuple[bool, int]:
    """Whether an answer from a version is given, and how many looks were left then."""
    store = Told(("v1", UNDER_WAY), *looks)  # the first is that of the beginning
    versions = Versions(store, refresh_seconds=3600)
    async with versions.watched():
        await versions.refresh()
        found = await versions.accepts(version)
    return found, len(store.looks)


def test_what_was_read_beside_a_commit_waits_for_its_end_and_is_then_asked_again(runner: asyncio.Runner) -> None:
    assert runner.run(asyncio.wait_for(_beside(), 60)) == (False, 1)


async def _beside() -> tuple[bool, int]:
    versions = Versions(store := Told(("v1", UNDER_WAY), ("v1", UNDER_WAY), ("v1", UNDER_WAY), ("v2", None)), refresh_seconds=0.01)
    async with versions.watched():
        await versions.refresh()
        return await versions.accepts("v1"), len(store.looks)


def test_what_was_read_before_an_announced_commit_is_given(runner: asyncio.Runner) -> None:
    assert runner.run(accepted("v1", ("v1", 1000))) == (True, 1)


def test_a_load_that_gave_up_takes_nothing_away(runner: asyncio.Runner) -> None:
    assert runner.run(accepted("v1", ("v1", None))) == (True, 1)


def test_what_names_a_version_for_the_first_time_is_asked_again(runner: asyncio.Runner) -> None:
    assert runner.run(accepted("v2", ("v2", None))) == (False, 1)
