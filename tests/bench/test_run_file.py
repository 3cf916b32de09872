"""A run is one file, which is named by its day, its commit and its machine, and names no host or folder."""

from __future__ import annotations

import json
import platform
from pathlib import Path

import pytest

from tests.bench.contenders import ROOT
from tests.bench.run_file import RunFile, begun, name, unused
from tests.bench.store import PLANS, plans_of_compose
from tests.bench.table import tables

COMPOSE = "services: {neo4j: {environment: {NEO4J_AUTH: none%s}}}"


def test_a_run_is_named_by_its_day_its_commit_and_its_machine() -> None:
    run = {"when": "2026-11-28T06:00:00+00:00", "commit": "1689616abcdef", "machine": {"cores": 2}}
    assert name(run) == "2026-11-28-1689616-2-cores"
    assert name(run | {"commit": ""}) == "2026-11-28-no-commit-2-cores"


def test_no_run_takes_the_file_of_another(tmp_path: Path) -> None:
    for expected in ("run.json", "run-2.json", "run-3.json"):
        file = unused(tmp_path, "run")
        assert file.name == expected
        file.touch()


def test_the_file_holds_the_run_after_each_measurement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = RunFile(tmp_path / "runs", {"rounds": 1})
    for number in range(2):
        run.note({"part": "load", "contender": "regiograaf", "round": number, "load_seconds": 1.0})
        (file,) = (tmp_path / "runs").iterdir()
        assert json.loads(file.read_text("utf-8")) == json.loads(json.dumps(run.content))
        assert len(run.content["measurements"]) == number + 1
    assert all("load" in found for found in run.content["measurements"])
    assert capsys.readouterr().out.count("load_seconds 1.00") == 2


def test_the_head_of_a_run_names_no_host_and_no_folder() -> None:
    text = json.dumps(begun({"rounds": 2, "seconds": 3}))
    assert [word for word in (platform.node(), str(Path.home()), str(ROOT), str(Path.cwd())) if f'"{word}' in text] == []
    assert set(json.loads(text)["versions"]) == {"python", "neo4j", "driver", "arcadedb", "node"}
    assert tables(json.loads(text)).startswith("Run of ")


def test_the_measured_neo4j_keeps_as_many_plans_as_that_of_compose() -> None:
    assert plans_of_compose(COMPOSE % "") == PLANS
    assert plans_of_compose(COMPOSE % ", NEO4J_server_memory_query__cache_per__db__cache__num__entries: 4000") == 4000
    assert plans_of_compose() >= PLANS
