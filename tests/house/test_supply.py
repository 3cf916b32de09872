"""What the image is made of is locked, listed, and the same each time it is made."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.house.sbom import BUILD_LOCK, LOCK, ROOT, SBOM, direct, locked, text

SOURCES = ("api", "graph", "queries", "seeds", ".ci", "pyproject.toml", "README.md", "LICENSE")


def requirements(table: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [Requirement(line) for line in (project["project"]["dependencies"] if table == "run" else project["build-system"]["requires"])]


@pytest.mark.parametrize(("table", "lock"), [("run", LOCK), ("build", BUILD_LOCK)], ids=["run", "build"])
def test_the_lock_has_what_is_asked_for_in_a_version_that_fits(table: str, lock: Path) -> None:
    versions = locked(lock)
    wrong = [str(r) for r in requirements(table) if not r.specifier.contains(versions.get(r.name.lower(), "0"), prereleases=True)]
    assert wrong == [], "run .ci/lock"


@pytest.mark.parametrize("lock", [LOCK, BUILD_LOCK], ids=["run", "build"])
def test_every_package_of_a_lock_has_digests_and_nothing_else_stands_in_it(lock: Path) -> None:
    entries = lock.read_text("utf-8").replace(" \\\n", " ").splitlines()
    digests = r"( +--hash=sha256:[0-9a-f]{64})+"
    assert entries
    assert [entry[:80] for entry in entries if not re.fullmatch(rf"[a-z0-9._-]+==[^ ]+( ; [^\n]*?)?{digests}", entry)] == []


def test_the_list_of_packages_is_that_of_the_lock() -> None:
    assert SBOM.read_text("utf-8") == text(), "run python -m tests.house.sbom"
    assert set(direct()) <= set(locked(LOCK))


def test_the_image_takes_packages_by_their_digests_only() -> None:
    commands = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    installs = re.findall(r"pip install [^&\n]*", commands)
    assert len(installs) == 3
    assert [line for line in installs if "--require-hashes -r" not in line and "--no-deps --no-index" not in line] == []
    assert all("--no-build-isolation" in line for line in re.findall(r"pip wheel [^&\n]*", commands))


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two wheels of the same source, from two folders in which every file has another time."""
    built = list[Path]()
    for number in (1, 2):
        folder = tmp_path_factory.mktemp(f"source-{number}")
        for name in SOURCES:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
            copy(ROOT / name, folder / name)
        for file in folder.rglob("*"):
            os.utime(file, (1_000_000_000 * number, 1_000_000_000 * number))
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder / "dist"), str(folder)]
        subprocess.run(command, check=True, cwd=folder)
        built += (folder / "dist").glob("*.whl")
    return built


@pytest.mark.slow
def test_two_wheels_of_the_same_source_are_the_same_bytes(wheels: list[Path]) -> None:
    one, two = wheels
    assert one.name == two.name
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.slow
def test_the_wheel_carries_the_list_of_packages(wheels: list[Path]) -> None:
    with zipfile.ZipFile(wheels[0]) as wheel:
        (name,) = (name for name in wheel.namelist() if ".dist-info/sboms/" in name)
        assert wheel.read(name).decode() == text()
