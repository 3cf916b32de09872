"""The pages in a real browser that can reach nothing but the server: it clicks, opens links, and sees answers.

With REQUIRE_BROWSER=1 a run without Chromium fails; otherwise what needs it is skipped and says why.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from api.http import explorer

VISITS = Path(__file__).parent / "browser" / "visits.mjs"
pytestmark = pytest.mark.slow
REQUIRED = os.environ.get("REQUIRE_BROWSER") == "1"


@pytest.fixture(scope="session")
def browser() -> str:
    """The path of Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        (pytest.fail if REQUIRED else pytest.skip)("there is no Chromium: on Debian, `apt-get install chromium`")
    return str(path)


def visit(name: str, node: str, address: str, browser: str) -> None:
    done = subprocess.run([node, str(VISITS), name, address, browser], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr


def test_a_click_on_each_question_in_graphiql_answers_that_question(node: str, address: str, browser: str) -> None:
    if not explorer.built():
        (pytest.fail if REQUIRED else pytest.skip)("GraphiQL is not built: run `npm ci && npm run build`")
    visit("editor", node, address, browser)


def test_a_click_on_each_example_of_the_page_answers_it_in_the_language_of_the_page(node: str, address: str, browser: str) -> None:
    visit("page", node, address, browser)


def test_the_address_of_an_answer_shows_the_same_sentence_in_another_browser_and_after_a_reload(
    node: str, address: str, browser: str
) -> None:
    visit("link", node, address, browser)


def test_a_link_that_cannot_be_answered_is_a_page_that_says_why(node: str, address: str, browser: str) -> None:
    visit("wrong", node, address, browser)
