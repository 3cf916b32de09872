"""A run as one file: when, of which commit, on what machine, with which arguments, and all measurements.

It names no host, user or folder. It is written anew after each measurement, so that a run that is cut off keeps what it has.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench.contenders import ROOT
from tests.bench.markdown import Result
from tests.neo4j.server import VERSION

RUNS = Path(__file__).with_name("runs")
_NOT_OURS = ":!tests/bench/runs"  # a run that was kept changes nothing that is measured


class RunFile:
    """A run that is under way. `content` is what the file holds."""

    def __init__(self, folder: Path, arguments: Mapping[str, Any]) -> None:
        self.content: Result = begun(arguments)
        folder.mkdir(parents=True, exist_ok=True)
        self.path = unused(folder, name(self.content))

    def note(self, found: Result) -> None:
        """Keeps a measurement, with how busy the machine was."""
        found["load"] = round(os.getloadavg()[0], 2)
        self.content["measurements"].append(found)
        self.content["load_after"] = _load()
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps(self.content, indent=1, ensure_ascii=False) + "\n", "utf-8")
        part.replace(self.path)
        print(line(found), flush=True)


def begun(arguments: Mapping[str, Any]) -> Result:
    """The head of a run that begins now."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _said("git", "rev-parse", "HEAD"),
        "dirty": bool(_said("git", "status", "--porcelain", "--", ".", _NOT_OURS)),
        "machine": {"cores": os.cpu_count(), "memory_mib": memory >> 20},
        "versions": {
            "python": platform.python_version(), "neo4j": VERSION, "driver": version("neo4j"), "arcadedb": version("arcadedb"),
            "node": _said("node", "--version").removeprefix("v"),
        },
        "load_before": _load(), "load_after": _load(), "arguments": dict(arguments), "measurements": [],
    }  # fmt: skip


def name(run: Result) -> str:
    """The name of a run's file: its day, its commit, and the machine in words."""
    return f"{run['when'][:10]}-{run['commit'][:7] or 'no-commit'}-{run['machine']['cores']}-cores"


def unused(folder: Path, stem: str) -> Path:
    """The first of STEM.json, STEM-2.json and so on that is not there yet."""
    path, number = folder / f"{stem}.json", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.json", number + 1
    return path


def line(found: Result) -> str:
    """A measurement as it is shown while the run goes on."""
    return "  ".join(f"{key} {f'{value:.2f}' if isinstance(value, float) else value}" for key, value in found.items())


def _load() -> list[float]:
    return [round(value, 2) for value in os.getloadavg()]


def _said(*command: str) -> str:
    """What a program says; nothing if it is not there, or fails."""
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
