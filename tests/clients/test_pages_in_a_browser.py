"""The pages for people in a real browser: at three widths, in both languages, by keyboard, at 200 %, on paper, without JavaScript.

With REQUIRE_BROWSER=1 a run without Chromium fails; otherwise what needs it is skipped and says why.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.api.pages.conftest import addresses
from tests.clients.test_browser import browser

__all__ = ["browser"]  # the fixture

CHECKS = Path(__file__).parent / "browser" / "pages.mjs"
pytestmark = pytest.mark.slow
DAY = "?asOf=2024-01-01"
PATHS = [f"{parameter.values[0]}{DAY}" for parameter in addresses()]


@pytest.mark.parametrize("check", ["widths", "zoom", "markup", "keyboard", "noscript", "print"])
def test_every_page_is_for_everybody(node: str, address: str, browser: str, check: str) -> None:
    done = subprocess.run([node, str(CHECKS), check, address, browser, *PATHS], capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr


JOURNEYS = re.findall(r"^  async '([^']+)'\(page\)", (CHECKS.parent / "journeys.mjs").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_policy_officer_finds_what_she_came_for(node: str, address: str, browser: str, journey: str) -> None:
    script = CHECKS.parent / "journeys.mjs"
    done = subprocess.run([node, str(script), journey, address, browser], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
