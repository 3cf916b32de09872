"""Each start for a client: the commands of its page, with the real client against the running server, print what the page says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import PACKAGES

FOLDER = Path(__file__).parent
ADDRESS = "http://127.0.0.1:8000"
WITH_NODE = ("typescript", "apollo", "urql", "relay", "gateway")
WITH_PYTHON = ("gql", "ariadne_codegen")


def block(name: str, kind: str) -> str:
    found = re.search(rf"^```{kind}\n(.*?)^```", (FOLDER / name / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found, f"{name}/README.md has no block of {kind}"
    return found[1]


def printed(name: str, folder: Path, address: str, environment: Mapping[str, str], installs: str) -> Any:
    """What the last command of a page prints, in a copy of its folder where what it installs is there already."""
    shutil.copytree(FOLDER / name, folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    first, *commands = block(name, "sh").splitlines()
    assert first.startswith(installs)
    script = "\n".join(commands).replace(ADDRESS, address)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder, env={**os.environ, **environment, "REGIOGRAAF": f"{address}/graphql"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


@pytest.mark.parametrize("name", WITH_NODE)
def test_a_start_with_node_prints_what_its_page_says(name: str, node: str, address: str, tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(PACKAGES)
    (tmp_path / "package.json").write_text('{"type": "module"}', "utf-8")
    assert printed(name, tmp_path / name, address, {}, "npm install ") == json.loads(block(name, "json"))


@pytest.mark.slow
@pytest.mark.parametrize("name", WITH_PYTHON)
def test_a_start_with_python_prints_what_its_page_says(name: str, address: str, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    path = f"{tmp_path / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["bash", "-c", block(name, "sh").splitlines()[0] + " -q"], env={**os.environ, "PATH": path}, check=True)
    assert printed(name, tmp_path / name, address, {"PATH": path}, "pip install ") == json.loads(block(name, "json"))


@pytest.mark.parametrize("name", WITH_NODE)
def test_what_a_start_installs_is_in_the_lock_file(name: str) -> None:
    _, _, *packages = block(name, "sh").splitlines()[0].split()
    locked = json.loads((FOLDER.parents[1] / "package-lock.json").read_text("utf-8"))["packages"]
    assert packages
    assert [package for package in packages if f"node_modules/{package}" not in locked] == []


def test_every_start_has_a_page_and_every_page_a_start() -> None:
    assert {path.parent.name for path in FOLDER.glob("*/README.md")} == {*WITH_NODE, *WITH_PYTHON}
    shown = (FOLDER.parents[1] / "api" / "README.md").read_text("utf-8")
    assert [name for name in (*WITH_NODE, *WITH_PYTHON) if f"../tests/clients/{name}/README.md" not in shown] == []


def test_graphql_over_http_is_kept_to_the_letter(node: str, address: str) -> None:
    done = subprocess.run(
        [node, "tests/clients/http/audit.mjs"],
        cwd=PACKAGES.parent, env={**os.environ, "REGIOGRAAF": f"{address}/graphql"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    results = json.loads(done.stdout)
    assert len(results) > 50
    assert [result for result in results if result["status"] != "ok"] == []
