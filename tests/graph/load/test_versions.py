"""Which version of the data a store holds, and what was read beside the commit of a load."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.errors import Changing
from graph.load import versions as versions_
from graph.load import writes
from graph.load.versions import Versions, announced

UNDER_WAY = "a load 1"


class Told:
    """A store that tells, one look after the other, its version and whether a commit is announced; then always the last."""

    def __init__(self, *looks: tuple[str, str | None]) -> None:
        self.looks = list(looks)

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        assert cypher.text == writes.WATCHED
        version, notice = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        return [[version, f"2026-01-0{version[1]}", notice]]


async def accepted(version: str, *looks: tuple[str, str | None]) -> tuple[bool, int]:
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
    async def before() -> tuple[bool, int]:
        store = Told(("v1", None), ("v1", UNDER_WAY), ("v1", None))
        versions = Versions(store, refresh_seconds=3600)
        async with versions.watched():
            await versions.refresh()
            await versions.refresh()
            return await versions.accepts("v1"), len(store.looks)

    assert runner.run(before()) == (True, 1)


@given(st.lists(st.tuples(st.sampled_from([None, "a 1", "a 2", "b 3"]), st.floats(0, 30)), min_size=1, max_size=12))
def test_nothing_is_safe_longer_than_the_last_look_without_a_notice_says(looks: list[tuple[str | None, float]]) -> None:
    """A plain reading of all looks: a notice counts until it was seen unrenewed for NOTICE_SECONDS, whatever the clocks say."""
    clock, expected, unrenewed, last = 1000.0, 0.0, 0.0, None
    versions = Versions(Told(*(("v1", notice) for notice, _ in looks), ("v1", None)), refresh_seconds=0.5)

    async def looked() -> float:
        await versions.refresh()
        return versions._safe_until

    with pytest.MonkeyPatch.context() as patch:
        for notice, pause in looks:
            clock += pause
            patch.setattr("graph.load.versions.time.monotonic", lambda now=clock: now)
            unrenewed = unrenewed + min(pause, 1.0) if notice == last else 0.0
            last = notice
            if notice is None or unrenewed > versions_.NOTICE_SECONDS:
                expected = clock + versions_.GRACE_SECONDS
            assert asyncio.run(looked()) == expected


def test_a_load_that_gave_up_takes_nothing_away(runner: asyncio.Runner) -> None:
    assert runner.run(accepted("v1", ("v1", None))) == (True, 1)


def test_what_names_a_version_for_the_first_time_is_asked_again(runner: asyncio.Runner) -> None:
    assert runner.run(accepted("v2", ("v2", None))) == (False, 1)


def test_a_commit_that_does_not_end_is_no_reason_to_wait_for_ever(runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions_, "PATIENCE_SECONDS", 0.05)

    async def waited() -> None:
        versions = Versions(Told(("v1", UNDER_WAY)), refresh_seconds=0.01)
        async with versions.watched():
            await versions.refresh()
            await versions.accepts("v1")

    with pytest.raises(Changing):
        runner.run(asyncio.wait_for(waited(), 60))


def test_a_watcher_hears_of_a_load_also_after_an_error_that_nobody_expected(runner: asyncio.Runner) -> None:
    class Broken(Told):
        broken = 3

        async def rows(self, cypher: Cypher) -> list[list[Any]]:
            if self.broken:
                self.broken -= 1
                raise ValueError
            return await super().rows(cypher)

    async def watched() -> None:
        versions = Versions(Broken(("v1", None), ("v2", None)), refresh_seconds=0.01)
        async with versions.watched(), asyncio.timeout(60):
            while versions.current != "v2":
                await asyncio.sleep(0)

    runner.run(watched())


NOTICE = Cypher("MATCH (c:Commit) RETURN c.renewed")


def test_a_notice_is_renewed_while_its_load_lives_and_is_gone_after_it(
    empty_store: Store, runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions_, "GRACE_SECONDS", 0.01)
    monkeypatch.setattr(versions_, "RENEW_SECONDS", 0.01)

    async def renewed() -> None:
        async with announced(empty_store), asyncio.timeout(60):
            ((first,),) = await empty_store.rows(NOTICE)
            while (await empty_store.rows(NOTICE))[0][0] <= first:
                await asyncio.sleep(0.01)

    runner.run(renewed())
    assert runner.run(empty_store.rows(NOTICE)) == []


def test_a_load_that_ends_leaves_the_notice_of_the_next_one(
    empty_store: Store, runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions_, "GRACE_SECONDS", 0.01)

    async def one_after_the_other() -> None:
        first, second = announced(empty_store), announced(empty_store)
        await first.__aenter__()
        await second.__aenter__()
        await first.__aexit__(None, None, None)
        assert len(await empty_store.rows(NOTICE)) == 1
        await second.__aexit__(None, None, None)
        assert await empty_store.rows(NOTICE) == []

    runner.run(one_after_the_other())
