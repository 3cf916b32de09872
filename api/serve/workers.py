"""Runs several worker processes, which share a listening socket and the store.

Each worker accepts connections once it is warm. A worker that ends is replaced. Each worker writes to a pipe of its own every
second; one that hangs writes nothing, so it is killed and replaced too.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from graph.errors import RegiograafError

BACKLOG = 2048
PAUSE_SECONDS = 1.0  # before a worker that ended by itself is replaced
STOP_SECONDS = 15
LOOK_SECONDS = 0.1
BEAT_SECONDS = 1.0
HANGING_SECONDS = 10.0  # without a beat; a worker that works hard is late by less
FIRST_BEAT_SECONDS = 60.0  # a worker that starts imports everything first


class NoWorkers(RegiograafError):
    """Workers cannot share the address."""

    code = "NO_WORKERS"


def listening(host: str, port: int) -> socket.socket:
    """Returns the socket of all workers. Raises NoWorkers if the address is not available."""
    if not hasattr(socket, "AF_UNIX") or sys.platform == "win32":
        raise NoWorkers("Several workers cannot share an address on this platform.", "Start one: leave --workers out.")
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=BACKLOG)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NoWorkers(f"{host}:{port} cannot be listened on: {reason}.", "Choose another --host or --port.") from None


def supervise(shared: socket.socket, count: int, say: Callable[[str], None]) -> None:
    """Keeps `count` workers running until SIGTERM or SIGINT, and then stops them all."""
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    workers: list[_Worker] = []
    try:
        while not stopping:
            for worker in [worker for worker in workers if worker.ended(say)]:
                workers.remove(worker)
                time.sleep(PAUSE_SECONDS)
            while len(workers) < count and not stopping:
                workers.append(_Worker(shared))
            time.sleep(LOOK_SECONDS)
    finally:
        _stop(workers)


class _Worker:
    """A worker process, and the end of the pipe at which its beats arrive.

    Silence is counted in looks, so that a supervisor that was stopped itself does not take its own absence for that of a worker.
    """

    def __init__(self, shared: socket.socket) -> None:
        descriptor = shared.fileno()
        self._beats, beating = os.pipe()
        os.set_blocking(self._beats, False)
        command = [sys.executable, "-m", "api", "serve", "--descriptor", str(descriptor), "--heartbeat", str(beating)]
        self.process = subprocess.Popen(command, pass_fds=(descriptor, beating), start_new_session=True)
        os.close(beating)
        self._patience = FIRST_BEAT_SECONDS

    def ended(self, say: Callable[[str], None]) -> bool:
        """Returns if the process has ended, and says so. Kills it first if it hangs."""
        if self._beaten():
            self._patience = HANGING_SECONDS
        self._patience -= LOOK_SECONDS
        if self._patience <= 0 and self.process.poll() is None:
            say(f"Worker {self.process.pid} hangs: nothing was heard of it for {HANGING_SECONDS:g} s; it is killed.")
            self.process.kill()
            self.process.wait()
        if self.process.poll() is None:
            return False
        say(f"Worker {self.process.pid} ended with status {self.process.returncode}; another one starts.")
        self.close()
        return True

    def _beaten(self) -> bool:
        with contextlib.suppress(BlockingIOError):
            return bool(os.read(self._beats, 4096))
        return False

    def close(self) -> None:
        os.close(self._beats)


async def beat(descriptor: int) -> None:
    """Writes to the pipe of this worker every second. A full pipe means that the supervisor is stopped, which is no reason to wait."""
    os.set_blocking(descriptor, False)
    while True:
        with contextlib.suppress(BlockingIOError, BrokenPipeError):
            os.write(descriptor, b".")
        await asyncio.sleep(BEAT_SECONDS)


def _stop(workers: list[_Worker]) -> None:
    for worker in workers:
        worker.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for worker in workers:
        try:
            worker.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            worker.process.kill()
            worker.process.wait()
        worker.close()
