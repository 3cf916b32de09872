"""The pages for people in a real browser: at three widths, in both languages, by keyboard, at 200 %, on paper, without JavaScript.

Each script reads all its pages in one browser, so that a page is asked of the server once; a test then says what one check found.
With REQUIRE_BROWSER=1 a run without Chromium fails; otherwise what needs it is skipped and says why.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.api.pages.conftest import addresses
from tests.clients.test_browser import browser

__all__ = ["browser"]  # the fixture

FOLDER = Path(__file__).parent / "browser"
pytestmark = pytest.mark.slow
DAY = "?asOf=2024-01-01"
# The address of a thing leads to its page.
PATHS = [f"{path}{'.html' if '/id/' in path else ''}{DAY}" for path in (str(parameter.values[0]) for parameter in addresses())]
CHECKS = ("opened", "alone", "widths", "zoom", "theme", "markup", "keyboard", "noscript", "print")
JOURNEYS = re.findall(r"^  async '([^']+)'\(page\)", (FOLDER / "journeys.mjs").read_text("utf-8"), re.MULTILINE)
Wrong = dict[str, list[str]]


def run(script: str, node: str, *arguments: str) -> Wrong:
    """Returns what a script found wrong, by check."""
    command = [node, str(FOLDER / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1200, check=False)
    assert done.returncode == 0, done.stderr
    found: Wrong = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def found(node: str, address: str, browser: str) -> Wrong:
    return run("pages.mjs", node, address, browser, *PATHS)


@pytest.fixture(scope="module")
def lost(node: str, address: str, browser: str) -> Wrong:
    return run("journeys.mjs", node, address, browser)


@pytest.mark.parametrize("check", CHECKS)
def test_every_page_is_for_everybody(found: Wrong, check: str) -> None:
    assert found[check] == []


def test_no_check_is_left_out(found: Wrong) -> None:
    assert sorted(found) == sorted(CHECKS)


@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_policy_officer_finds_what_she_came_for(lost: Wrong, journey: str) -> None:
    assert lost[journey] == []
