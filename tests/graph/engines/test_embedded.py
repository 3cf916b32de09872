"""The embedded engine's life: it ends with its parent, its folder is disposable, and a crash loses nothing that was loaded."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.build.records import Records, records
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.engines.embedded import _free_port, available, embedded
from graph.engines.folder import MARK
from graph.errors import DataFolder, EngineMissing, EngineUnavailable
from graph.load.load import load
from graph.load.writes import CURRENT
from tests.graph.domain.saying import World

pytestmark = [
    pytest.mark.skipif(not available(), reason="the embedded engine has no wheel for this platform"),
    pytest.mark.skipif(sys.platform == "win32", reason="processes are looked for with ps and ended with SIGKILL"),
]
LOADED_AT = "2026-01-01T00:00:00+00:00"
SECONDS = 20
ROOT = Path(__file__).resolve().parents[3]
PARENT = """
import asyncio, pathlib, signal, sys
from graph.engines.embedded import embedded

async def main():
    async with embedded(pathlib.Path(sys.argv[1])) as address:
        print("RUNS", flush=True)
        await asyncio.sleep(600)

signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background has it ignored
asyncio.run(main())
"""


def engines(folder: Path) -> list[int]:
    """The ids of the engine processes whose folder it is."""
    listed = subprocess.run(["ps", "-ax", "-ww", "-o", "pid=,args="], capture_output=True, text=True, check=True).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if "graph.engines.child" in line and str(folder) in line]


def gone(folder: Path) -> bool:
    """Waits until no engine runs over a folder any more."""
    deadline = time.monotonic() + SECONDS
    while engines(folder):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@contextmanager
def parent(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds an embedded engine over a folder."""
    process = subprocess.Popen([sys.executable, "-c", PARENT, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout
    try:
        assert process.stdout.readline() == "RUNS\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        assert gone(folder)


def world(size: int = 3) -> Records:
    said = World()
    for number in range(size):
        said.named(f"municipality/m{number}", code=f"GM{number:04}")
    return records(said.dataset)


async def version(store: Store) -> tuple[str | None, int]:
    """The version of what a store holds, and how many municipalities it has."""
    current = (await store.rows(Cypher(CURRENT)))[0][0]
    return current, (await store.rows(Cypher("MATCH (m:Municipality) RETURN count(m)")))[0][0]


async def held(folder: Path) -> tuple[str | None, int]:
    async with embedded(folder) as address, Store(address) as store:
        return await version(store)


async def filled(folder: Path, wanted: Records) -> None:
    async with embedded(folder) as address, Store(address) as store:
        await load(store, wanted, LOADED_AT)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_engine_ends_with_its_parent_however_that_ends(tmp_path: Path, how: signal.Signals) -> None:
    with parent(tmp_path) as process:
        assert len(engines(tmp_path)) == 1
        process.send_signal(how)
        process.wait(SECONDS)
        assert gone(tmp_path)


def test_the_engine_ends_when_it_is_closed(tmp_path: Path, runner: asyncio.Runner) -> None:
    async def opened() -> list[int]:
        async with embedded(tmp_path):
            return engines(tmp_path)

    assert len(runner.run(opened())) == 1
    assert engines(tmp_path) == []


def test_what_was_loaded_is_still_there_when_the_folder_is_opened_again(tmp_path: Path, runner: asyncio.Runner) -> None:
    runner.run(filled(tmp_path, world()))
    assert runner.run(held(tmp_path)) == (world().version, 3)


def test_the_password_is_random_and_readable_by_its_owner_alone(tmp_path: Path, runner: asyncio.Runner) -> None:
    passwords = set()
    for name in ("one", "other"):
        runner.run(held(tmp_path / name))
        file = tmp_path / name / "engine" / "password"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        passwords.add(file.read_text("ascii"))
    assert len(passwords) == 2
    assert all(len(p) >= 24 for p in passwords)


def test_the_password_stands_in_no_command_line_and_in_no_log(tmp_path: Path, runner: asyncio.Runner) -> None:
    async def listed() -> str:
        async with embedded(tmp_path):
            return subprocess.run(["ps", "-ax", "-ww", "-o", "args="], capture_output=True, text=True, check=True).stdout

    everything = runner.run(listed())
    password = (tmp_path / "engine" / "password").read_text("ascii")
    assert password not in everything
    assert password not in (tmp_path / "engine" / "engine.log").read_text("utf-8", "replace")


def test_two_processes_with_one_folder_both_work(tmp_path: Path, runner: asyncio.Runner) -> None:
    runner.run(filled(tmp_path, world()))
    with parent(tmp_path):
        assert runner.run(held(tmp_path)) == (None, 0)  # a folder of its own, which goes again
        runner.run(filled(tmp_path, world(5)))
        assert len(engines(tmp_path)) == 1
    assert runner.run(held(tmp_path)) == (world().version, 3)


def test_an_engine_without_a_folder_leaves_nothing_behind(runner: asyncio.Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)

    async def opened() -> tuple[list[Path], tuple[str | None, int]]:
        async with embedded(None) as address, Store(address) as store:
            await load(store, world(), LOADED_AT)
            return list(tmp_path.glob("regiograaf-*")), await version(store)

    made, found = runner.run(opened())
    assert (len(made), found) == (1, (world().version, 3))
    assert list(tmp_path.glob("regiograaf-*")) == []


# ── accidents ─────────────────────────────────────────────────────────────────────────────────────


def damage(folder: Path, how: str) -> None:
    """Spoils the files of a database as a full disk or a careless hand would."""
    files = sorted(file for file in (folder / "engine" / "databases" / "graph").rglob("*") if file.is_file())
    assert files
    for file in files:
        whole = file.read_bytes()
        if how == "garbage":
            file.write_bytes(b"\xff" * max(64, len(whole)))
        elif how == "emptied":
            file.write_bytes(b"")
        elif how == "halved" or (how == "half a dictionary" and file.name.startswith("dictionary")):
            file.write_bytes(whole[: len(whole) // 2])
        elif (how == "no schema" and "schema" in file.name) or (how == "no links" and file.name.startswith("ABOUT")):
            file.unlink()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["garbage", "emptied", "halved", "half a dictionary", "no schema", "no links"])
def test_a_damaged_folder_is_set_aside_in_a_line_of_the_log_and_can_be_loaded(
    tmp_path: Path, runner: asyncio.Runner, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    runner.run(filled(tmp_path, world()))
    damage(tmp_path, how)
    (tmp_path / "engine" / "thesis.txt").write_text("not ours", "utf-8")
    runner.run(filled(tmp_path, world(5)))
    assert runner.run(held(tmp_path)) == (world(5).version, 5)
    assert (tmp_path / "engine-damaged" / "thesis.txt").read_text("utf-8") == "not ours"
    (line,) = [record.getMessage() for record in caplog.records if record.name == "regiograaf"]
    assert f"was damaged; it is kept as {tmp_path / 'engine-damaged'}" in line


FINDS_DAMAGE = "from graph.engines import child; child._damaged = lambda database: True; child.main()"


def test_damage_is_looked_for_only_if_the_files_are_not_as_they_were_closed(tmp_path: Path, runner: asyncio.Runner) -> None:
    def opens() -> bool:
        command = [sys.executable, "-c", FINDS_DAMAGE, str(home), str(_free_port()), str(_free_port())]
        return "READY" in subprocess.run(command, input=password, capture_output=True, text=True, check=False, cwd=ROOT).stdout

    runner.run(filled(tmp_path, world()))
    home = tmp_path / "engine"
    password = (home / "password").read_text("ascii")
    assert opens()
    (home / "databases" / "graph" / "last-tx-id.bin").write_bytes(bytes(8))
    assert not opens()


def test_a_folder_that_is_not_to_blame_is_put_back(tmp_path: Path, runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    runner.run(filled(tmp_path, world()))
    with monkeypatch.context() as broken:
        broken.setattr("sys.executable", shutil.which("false"))
        with pytest.raises(EngineUnavailable, match="did not start"):
            runner.run(held(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["engine", "in-use"]
    assert runner.run(held(tmp_path)) == (world().version, 3)


def test_the_folder_of_somebody_else_is_left_alone(tmp_path: Path, runner: asyncio.Runner) -> None:
    (tmp_path / "engine" / "databases" / "graph").mkdir(parents=True)
    (tmp_path / "engine" / "thesis.txt").write_text("not ours", "utf-8")
    with pytest.raises(DataFolder, match="is not Regiograaf's"):
        runner.run(held(tmp_path))
    assert sorted(path.name for path in (tmp_path / "engine").rglob("*")) == ["databases", "graph", "thesis.txt"]
    assert (tmp_path / "engine" / "thesis.txt").read_text("utf-8") == "not ours"


def test_the_folder_of_a_version_that_set_no_mark_is_used(tmp_path: Path, runner: asyncio.Runner) -> None:
    runner.run(filled(tmp_path, world()))
    (tmp_path / "engine" / MARK).unlink()
    assert runner.run(held(tmp_path)) == (world().version, 3)
    assert (tmp_path / "engine" / MARK).is_file()


@pytest.mark.slow
@pytest.mark.parametrize("whom", ["engine", "engine at the end"])
def test_killed_in_the_middle_of_a_load_the_old_graph_answers_when_the_folder_is_opened_again(
    tmp_path: Path, runner: asyncio.Runner, whom: str
) -> None:
    runner.run(filled(tmp_path, world()))

    def kill(done: int, total: int) -> None:
        if done >= (total if whom == "engine at the end" else total // 2):
            for process in engines(tmp_path):
                os.kill(process, signal.SIGKILL)

    async def interrupted() -> None:
        async with embedded(tmp_path) as address, Store(address, query_seconds=2) as store:
            await load(store, world(400), LOADED_AT, kill)

    with pytest.raises(EngineUnavailable):
        runner.run(interrupted())
    assert gone(tmp_path)
    assert runner.run(held(tmp_path)) == (world().version, 3)
    runner.run(filled(tmp_path, world(400)))
    assert runner.run(held(tmp_path)) == (world(400).version, 400)


def test_a_platform_without_a_wheel_is_told_so(monkeypatch: pytest.MonkeyPatch, runner: asyncio.Runner) -> None:
    monkeypatch.setattr("graph.engines.embedded.available", lambda: False)

    async def opened() -> None:
        async with embedded(None):
            pass

    with pytest.raises(EngineMissing) as missing:
        runner.run(opened())
    assert "NEO4J_URI" in missing.value.remedy
