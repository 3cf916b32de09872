"""What is known of a store's plans: by text and form of the parameters, bounded, and made in the background."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from graph.engines import planning
from graph.engines.planning import Planning, form
from graph.errors import EngineUnavailable


class Store:
    """Plans what it is told to, unless it is down."""

    def __init__(self, *, down: bool = False, busy: int = 0) -> None:
        self.planned: list[str] = []
        self.down, self.busy = down, busy
        self.planning = Planning(self.plan, self.idle)

    def idle(self) -> bool:
        self.busy -= 1
        return self.busy < 0

    async def plan(self, text: str, parameters: Mapping[str, Any]) -> None:
        await asyncio.sleep(0)
        if self.down:
            raise EngineUnavailable("It is down.", "Wait.")
        self.planned.append(text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [(["a"], ["b"], True), (["a"], ["a", "b"], False), (["a"] * 2, ["a"] * 10, True), (["a"] * 10, ["a"] * 11, False),
     (["a"] * 11, ["a"] * 100, True), ([], ["a"], False), ("ab", "abcdefghij", True), ("a", "ab", False), (1, 1000, True), (1, "1", False)],
)  # fmt: skip
def test_a_plan_is_for_a_power_of_ten_of_a_length(one: object, other: object, same: bool) -> None:
    assert (form("t", {"p": one}) == form("t", {"p": other})) is same


def test_a_text_is_known_once_it_is_planned(runner: asyncio.Runner) -> None:
    async def work() -> None:
        store = Store(busy=2)
        store.planning.later("t", {"p": 1})
        assert not store.planning.knows("t", {"p": 2})
        await store.planning.settled()
        assert store.planning.knows("t", {"p": 2})
        assert store.planned == ["t"]

    runner.run(work())


def test_no_more_texts_wait_than_there_is_room_for(runner: asyncio.Runner) -> None:
    async def work() -> None:
        store = Store()
        for number in range(planning.WAITING + 5):
            store.planning.later(f"t{number}", {})
        await store.planning.settled()
        assert len(store.planned) == planning.WAITING

    runner.run(work())


def test_a_planning_that_fails_is_dropped_and_the_next_one_is_tried(runner: asyncio.Runner) -> None:
    async def work() -> None:
        store = Store(down=True)
        store.planning.later("t", {})
        await store.planning.settled()
        assert not store.planning.knows("t", {})
        store.down = False
        store.planning.later("t", {})
        await store.planning.settled()
        assert store.planning.knows("t", {})

    runner.run(work())


def test_the_texts_used_longest_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "KEPT", 2)
    store = Store()
    for text in ("a", "b", "a", "c"):
        store.planning.done(text, {})
    assert [text for text in "abc" if store.planning.knows(text, {})] == ["a", "c"]


def test_with_other_data_nothing_is_known(runner: asyncio.Runner) -> None:
    store = Store()
    store.planning.of_version("1")
    store.planning.done("t", {})
    store.planning.of_version("1")
    assert store.planning.knows("t", {})
    store.planning.of_version("2")
    assert not store.planning.knows("t", {})


def test_closing_gives_up_what_waits(runner: asyncio.Runner) -> None:
    async def work() -> None:
        store = Store(busy=1000)
        store.planning.later("t", {})
        await asyncio.sleep(0)
        await store.planning.close()
        assert store.planned == []

    runner.run(work())
