"""The running server, and Node with the packages of the lock file.

With REQUIRE_NODE=1 a run without Node and its packages fails; otherwise the tests that need them are skipped and say why.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from graph.engines.embedded import available
from tests.house.readme import ROOT

REQUIRED = os.environ.get("REQUIRE_NODE") == "1"
START_SECONDS, STOP_SECONDS = 300, 30
PACKAGES = ROOT / "node_modules"


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `regiograaf serve` with the packaged claims, on a port of its own."""
    if not available():
        pytest.skip("the embedded engine has no wheel for this platform")
    folder = tmp_path_factory.mktemp("served")
    log = folder / "out.log"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J_", "REGIOGRAAF_"))}
    settings = {"REGIOGRAAF_DATA_DIR": str(folder / "data"), "REGIOGRAAF_PORT": "0", "REGIOGRAAF_QUERY_SECONDS": "120"}
    environment |= {"PYTHONUNBUFFERED": "1"}
    with log.open("wb") as out:
        server = subprocess.Popen([sys.executable, "-m", "api", "serve"], cwd=ROOT, env=environment | settings, stdout=out, stderr=out)
    try:
        yield _address(server, log)
    finally:
        server.terminate()
        server.wait(STOP_SECONDS)


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    """Returns the address that the server prints, once it is ready."""
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        printed = re.search(r"http://127[.]0[.]0[.]1:\d+", log.read_text("utf-8", "replace"))
        with suppress(OSError):
            if printed and urllib.request.urlopen(printed[0] + "/readyz", timeout=5).status == 200:
                return printed[0]
        time.sleep(0.2)
    pytest.fail(f"the server was never ready; its last words:\n{log.read_text('utf-8', 'replace')[-2000:]}")


@pytest.fixture(scope="session")
def node() -> str:
    """Returns the path of Node. Its packages are those of the lock file."""
    path = shutil.which("node")
    if not path or not PACKAGES.is_dir():
        reason = "there is no Node" if not path else "its packages are not installed: run `npm ci`"
        (pytest.fail if REQUIRED else pytest.skip)(reason)
    return str(path)
