"""Runs several worker processes, which share a listening socket and the store.

Each worker accepts connections once it is warm. A worker that ends is replaced.
"""

from __future__ import annotations

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


class NoWorkers(RegiograafError):
    """Workers cannot share the address."""

    code = "NO_WORKERS"


def listening(host: str, port: int) -> socket.socket:
    """Returns the socket of all workers. Raises NoWorkers if the address is not available."""
    if not hasattr(socket, "AF_UNIX") or sys.platform == "win32":
        raise NoWorkers("Several workers cannot share an address on this platform.", "Start one: leave --workers out.")
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=BACKLOG)
    except OSError as error:
        raise NoWorkers(f"{host}:{port} cannot be listened on: {error.strerror}.", "Choose another --host or --port.") from None


def supervise(shared: socket.socket, count: int, say: Callable[[str], None]) -> None:
    """Keeps `count` workers running until SIGTERM or SIGINT, and then stops them all."""
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    workers: list[subprocess.Popen[bytes]] = []
    try:
        while not stopping:
            for worker in [worker for worker in workers if worker.poll() is not None]:
                say(f"Worker {worker.pid} ended with status {worker.returncode}; another one starts.")
                workers.remove(worker)
                time.sleep(PAUSE_SECONDS)
            while len(workers) < count and not stopping:
                workers.append(_start(shared))
            time.sleep(0.1)
    finally:
        _stop(workers)


def _start(shared: socket.socket) -> subprocess.Popen[bytes]:
    descriptor = shared.fileno()
    command = [sys.executable, "-m", "api", "serve", "--descriptor", str(descriptor)]
    return subprocess.Popen(command, pass_fds=(descriptor,), start_new_session=True)


def _stop(workers: list[subprocess.Popen[bytes]]) -> None:
    for worker in workers:
        worker.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for worker in workers:
        try:
            worker.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
