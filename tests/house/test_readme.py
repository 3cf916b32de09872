"""The README tells the truth: its own commands, from a built wheel, in an empty folder, give the answer that it prints."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.house.readme import ROOT, block

START_SECONDS = 600  # installing from the package index is in it
STOP_SECONDS = 30

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="the README's commands are for a POSIX shell"),
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of a stranger with a fresh virtual environment: no settings, no checkout on the path."""
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("REGIOGRAAF_", "NEO4J_", "PYTHON", "VIRTUAL_ENV", "COV_"))}
    port = str(_free_port())
    return kept | {
        "PATH": f"{tmp_path / 'venv' / 'bin'}{os.pathsep}{kept['PATH']}",
        "REGIOGRAAF_PORT": port,
        "REGIOGRAAF_DATA_DIR": str(tmp_path / "data"),
        "address": f"http://127.0.0.1:{port}",
    }


def test_the_commands_of_the_readme_give_the_answer_that_it_prints(wheel: Path, bare: dict[str, str], tmp_path: Path) -> None:
    commands = _with(wheel, block("run"))
    empty = tmp_path / "empty"
    empty.mkdir()
    with _running(commands, bare, empty, tmp_path / "out.log") as server:
        _wait(server, bare["address"] + "/readyz", tmp_path / "out.log")
        answer = _ask(bare["address"], block("question"))
        assert _engines(bare["REGIOGRAAF_DATA_DIR"]), "the engine's process was not found"
    printed = json.loads(block("answer"))
    assert answer == (printed if "data" in printed else {"data": printed})
    assert _gone(bare["REGIOGRAAF_DATA_DIR"]), "the engine outlived the program"
    assert [f.name for f in empty.iterdir() if f.name != ".venv"] == [], "the program wrote into the folder that it was started in"


def test_a_region_of_ones_own_is_there_after_the_commands_of_the_readme(wheel: Path, bare: dict[str, str], tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    install = _with(wheel, block("run")).replace("regiograaf serve", "regiograaf --version")
    for commands in (install, block("own")):
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands], cwd=empty, env=bare, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    made, answer = done.stdout.split("\n", 1)
    assert made == "mijn-regio: 10 files, an example of each kind. Read LEESMIJ.md; then: regiograaf check --claims mijn-regio"
    assert answer == block("own answer")
    assert sorted(f.name for f in empty.iterdir()) == [".venv", "mijn-regio"]


def _with(wheel: Path, commands: str) -> str:
    """The README's commands with the wheel where they name the checkout."""
    replaced, times = re.subn(r"(pip install )(['\"]?)\.(\[[^\]]*\])?\2(?=\s|$)", rf"\1'{wheel}\3'", commands, flags=re.MULTILINE)
    assert times, "the README's commands install nothing"
    return replaced


@contextmanager
def _running(commands: str, environment: dict[str, str], folder: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["bash", "-euo", "pipefail", "-c", commands], cwd=folder, env=environment, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError), urllib.request.urlopen(url, timeout=5) as response:
            if response.status == 200:
                return
        time.sleep(0.2)
    pytest.fail(f"it was never ready; its last words:\n{log.read_text('utf-8', 'replace')[-3000:]}")


def _ask(address: str, question: str) -> object:
    body = json.dumps({"query": question}).encode()
    request = urllib.request.Request(f"{address}/graphql", body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


def _engines(folder: str) -> list[str]:
    """The processes of the embedded engine over a folder, which is one of their arguments."""
    lines = subprocess.run(["ps", "-A", "-ww", "-o", "pid=,args="], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in lines if "graph.engines.child" in line and folder in line]


def _gone(folder: str) -> bool:
    deadline = time.monotonic() + STOP_SECONDS
    while _engines(folder) and time.monotonic() < deadline:
        time.sleep(0.2)
    return not _engines(folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
