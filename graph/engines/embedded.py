"""The embedded engine: a child process with a Bolt listener on a free loopback port and a random
password.

Its folder can be deleted: the claims rebuild it (`folder.py` says which folder is ours). One process
uses a folder at a time; a second process finds it locked and gets a temporary folder.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import logging
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from graph.engines import folder as folders
from graph.engines.child import DATABASE
from graph.engines.cypher import Address, WarmUpPolicy
from graph.errors import EngineMissing, EngineProblem, EngineUnavailable

log = logging.getLogger("regiograaf")
# Its one user waits for the first answer, so the rest is warmed up behind that, one question at a time.
WARM_UP = WarmUpPolicy(rounds=1, at_once=1, awaited=False)
START_SECONDS = 60
STOP_SECONDS = 15


def available() -> bool:
    """Returns True if the embedded engine is installed."""
    return importlib.util.find_spec("arcadedb") is not None


class Engine:
    """The embedded engine in its folder. It can be started again after its process has died."""

    def __init__(self, folder: Path, process: subprocess.Popen[str], address: Address) -> None:
        self._folder, self._process, self.address = folder, process, address
        self._starting: asyncio.Future[tuple[subprocess.Popen[str], Address]] | None = None

    def ended(self) -> str | None:
        """Says how the process has ended, and buries it; None while it runs."""
        status = self._process.poll()
        if status is None:
            return None
        return f"killed by {signal.Signals(-status).name}" if status < 0 else f"with status {status}"

    def kill(self) -> None:
        self._process.kill()

    async def restart(self) -> Address:
        """Starts the engine again after its process has died, at an address of its own. Raises EngineUnavailable and DataFolder."""
        _stop(self._process)
        with folders.problems_told(self._folder):
            self._starting = asyncio.ensure_future(_started(self._folder))
            self._process, self.address = await asyncio.shield(self._starting)
        return self.address

    async def close(self) -> None:
        """Ends the process, also one that is being started."""
        if self._starting:
            with contextlib.suppress(EngineProblem, OSError):
                self._process, self.address = await self._starting
        await asyncio.to_thread(_stop, self._process)


@asynccontextmanager
async def embedded(folder: Path | None) -> AsyncIterator[Address]:
    """Runs the embedded engine as `running` does, for whoever needs only its address."""
    async with running(folder) as engine:
        yield engine.address


@asynccontextmanager
async def running(folder: Path | None) -> AsyncIterator[Engine]:
    """Runs the embedded engine in `folder`, or in a temporary folder if that is None or in use.

    Raises EngineMissing, and DataFolder if the folder is not ours, cannot be written to, or its disk is full.
    """
    if not available():
        raise EngineMissing(
            "There is no embedded engine for this platform (it has wheels for Linux with glibc, macOS on Apple silicon and Windows).",
            "Set NEO4J_URI to a Neo4j 5.26 server; everything else is the same.",
        )
    with contextlib.ExitStack() as stack:
        with folders.problems_told(folder or Path(tempfile.gettempdir())):
            if folder is None or not stack.enter_context(_reserved(folder)):
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="regiograaf-", ignore_cleanup_errors=True)))
            engine = Engine(folder, *await _started(folder))
        try:
            with folders.full_disk_told(folder):
                yield engine
        finally:
            await engine.close()


async def _started(folder: Path) -> tuple[subprocess.Popen[str], Address]:
    """Starts the engine. If it cannot open its folder, sets that aside and tries once more in a new one."""
    try:
        return await asyncio.to_thread(_start, folder)
    except EngineUnavailable:
        if folders.is_full(folder):
            raise
    aside = folders.set_aside(folder)
    try:
        started = await asyncio.to_thread(_start, folder)
    except EngineUnavailable:
        folders.put_back(folder)
        raise
    log.warning("The data folder of the embedded engine was damaged; it is kept as %s, and the graph is loaded anew.", aside)
    return started


def _start(folder: Path) -> tuple[subprocess.Popen[str], Address]:
    home = folders.prepared(folder)
    password, port = _password(home), _free_port()
    command = [sys.executable, "-m", "graph.engines.child", str(home), str(port), str(_free_port())]
    log = home / "engine.log"
    with log.open("ab") as errors:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True, cwd=_importable()
        )
    assert process.stdin
    assert process.stdout
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(password + "\n")
        process.stdin.flush()
    too_long = threading.Timer(START_SECONDS, process.kill)
    too_long.start()
    ready = any("READY" in line for line in process.stdout)
    too_long.cancel()
    if not ready:
        _stop(process)
        raise EngineUnavailable(
            f"The embedded engine did not start; its log is {log}.", "Remove the folder and try again, or set NEO4J_URI."
        )
    address = Address(
        f"bolt://127.0.0.1:{port}", "root", password, DATABASE, "embedded", WARM_UP, counts_db_hits=False, times_from_start=True
    )
    return process, address


def _stop(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    assert process.stdout
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()


def _importable() -> Path:
    """Returns a folder from which `graph` can be imported, installed or not."""
    return Path(__file__).resolve().parents[2]


def _password(home: Path) -> str:
    """Returns the password of the engine. The engine keeps a hash of it on disk, so the password stays there too, for the owner alone."""
    file = home / "password"
    with contextlib.suppress(FileExistsError), os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
        new.write(secrets.token_urlsafe(24))
    return file.read_text("ascii")


@contextlib.contextmanager
def _reserved(folder: Path) -> Iterator[bool]:
    """Yields True if this process has the folder to itself. The lock ends with the process at the latest."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "in-use").open("a+b") as file:
        yield _locked(file.fileno())


def _locked(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
