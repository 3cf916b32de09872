"""The rules of publishers, as files in `shared` beside the project. None of them is kept in git."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

from tests.house.readme import ROOT


class Missing(Exception):
    """The rules of a publisher, or a program that checks by them, are not on this machine."""


def rules(place: str) -> Path:
    """Returns a file or folder of a publisher's rules. Raises Missing if it is not beside the project."""
    found = next((folder / place for folder in _beside() if (folder / place).exists()), None)
    if found is None:
        raise Missing(f"shared/standards/{place} is not beside the project")
    return found


@cache
def _beside() -> tuple[Path, ...]:
    """The folders in which `shared` may lie: beside the project, and beside the checkout that a work tree belongs to."""
    git = subprocess.run(["git", "rev-parse", "--git-common-dir"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    places = (ROOT.parent, (ROOT / git).resolve().parent.parent) if git else (ROOT.parent,)
    return tuple(place / "shared/standards" for place in places)


def needed(place: str) -> Path:
    """Returns a file or folder of a publisher's rules for a test, which is skipped without it; with REQUIRE_SHARED=1 it fails."""
    try:
        return rules(place)
    except Missing as missing:
        without(missing)


def without(missing: Missing) -> NoReturn:
    """Skips the test, or fails it with REQUIRE_SHARED=1."""
    if os.environ.get("REQUIRE_SHARED") == "1":
        pytest.fail(str(missing))
    pytest.skip(str(missing))
