"""The page at /graphql in a real browser that can reach nothing but the server: it asks, and shows the answer."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from api.http import pages

QUIET = ("quic", "gpu", "background-networking", "component-update", "sync")
FLAGS = ["--headless=new", "--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in QUIET)]
TOLD = ["--virtual-time-budget=60000", "--enable-logging=stderr", "--log-level=0", "--dump-dom"]


@pytest.mark.parametrize("path", ["/graphql", "/graphql/plain"])
@pytest.mark.parametrize("width", [1200, 500])
def test_the_page_answers_its_first_question_without_the_internet(path: str, width: int, address: str, tmp_path: Path) -> None:
    browser = shutil.which("chromium")
    if not browser:
        pytest.skip("there is no chromium")
    if path == "/graphql" and not pages.built():
        pytest.skip("GraphiQL is not built in: run `npm ci && npm run build`")
    only = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", f"--user-data-dir={tmp_path}", f"--window-size={width},900"]
    done = subprocess.run([browser, *FLAGS, *TOLD, *only, address + path], capture_output=True, text=True, check=True, timeout=300)
    assert "COVERED" in done.stdout
    assert "Content Security Policy" not in done.stderr
    assert "ERR_NAME_NOT_RESOLVED" not in done.stderr
