"""Filling the embedded engine: what it holds already is neither read nor loaded again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.build.records import records
from graph.engines.bolt import Store
from graph.load.load import content
from seeds.check import dataset
from seeds.filling import Filling
from seeds.problem import ClaimsRefused
from tests.conftest import empty
from tests.seeds.world import TOWN, write

Run = Callable[[Any], Any]


@pytest.fixture
def run(runner: asyncio.Runner) -> Run:
    return runner.run


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that has an entry for each time that claims are read."""
    times: list[int] = []

    def counting(*folders: Any) -> Any:
        times.append(len(folders))
        return dataset(*folders)

    monkeypatch.setattr("seeds.filling.dataset", counting)
    return times


def fill(store: Store, run: Run, folder: Path, file: Path) -> tuple[str, int, bool]:
    async def work() -> tuple[str, int, bool]:
        filling = Filling([folder], file, lambda: "2026-11-27T00:00:00.000+00:00")
        with filling.reading():
            made, loaded = await filling.fill(store)
        return made.version, made.claims, loaded

    found: tuple[str, int, bool] = run(work())
    assert run(content(store)).version == found[0]
    return found


def test_what_is_there_is_not_read_again(empty_store: Store, run: Run, tmp_path: Path, counted: list[int]) -> None:
    folder, file = write(tmp_path, {}), tmp_path / "version.json"
    version = records(dataset(folder)).version
    assert fill(empty_store, run, folder, file) == (version, 3, True)
    assert fill(empty_store, run, folder, file) == (version, 3, False)
    assert counted == [1]


def test_what_differs_is_read_and_loaded(empty_store: Store, run: Run, tmp_path: Path, counted: list[int]) -> None:
    file = tmp_path / "version.json"
    first = fill(empty_store, run, write(tmp_path, {}), file)
    other = fill(empty_store, run, write(tmp_path, {"municipalities/town.yaml": TOWN.replace("Stad", "Dorp")}), file)
    assert (other[2], other[0] == first[0], counted) == (True, False, [1, 1])


@pytest.mark.parametrize("kept", [None, "", "{}", "[]", '{"key": "another", "version": "x", "claims": 3}'])
def test_a_version_that_is_not_kept_is_made_again(
    empty_store: Store, run: Run, tmp_path: Path, counted: list[int], kept: str | None
) -> None:
    folder, file = write(tmp_path, {}), tmp_path / "version.json"
    version = fill(empty_store, run, folder, file)[0]
    file.unlink() if kept is None else file.write_text(kept, "utf-8")
    assert fill(empty_store, run, folder, file) == (version, 3, False)
    assert counted == [1, 1]


def test_a_store_that_lost_its_graph_is_filled_again(empty_store: Store, run: Run, tmp_path: Path, counted: list[int]) -> None:
    folder, file = write(tmp_path, {}), tmp_path / "version.json"
    version = fill(empty_store, run, folder, file)[0]
    run(empty(empty_store))
    assert fill(empty_store, run, folder, file) == (version, 3, True)
    assert counted == [1, 1]


def test_claims_with_a_problem_are_refused_and_nothing_is_kept(empty_store: Store, run: Run, tmp_path: Path) -> None:
    folder, file = write(tmp_path, {"municipalities/town.yaml": "a: 'b"}), tmp_path / "version.json"
    with pytest.raises(ClaimsRefused):
        fill(empty_store, run, folder, file)
    assert not file.exists()
