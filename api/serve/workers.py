"""Several processes at one address: they share a listening socket and the store, and nothing else.

Each worker takes connections once it is warm, so that the address answers with the first of them; one that ends is started again.
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
PAUSE_SECONDS = 1.0  # before a worker that ended by itself is started again
STOP_SECONDS = 15


class NoWorkers(RegiograafError):
    """Several workers cannot be had here."""

    code = "NO_WORKERS"


def listening(host: str, port: int) -> socket.socket:
    """The socket of all workers. Raises NoWorkers where the address cannot be had."""
    if not hasattr(socket, "AF_UNIX") or sys.platform == "win32":
        raise NoWorkers("Several workers cannot share an address on this platform.", "Start one: leave --workers out.")
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=BACKLOG)
    except OSError as error:
        raise NoWorkers(f"{host}:{port} cannot be listened on: {error.strerror}.", "Choose another --host or --port.") from None


def supervise(shared: socket.socket, amount: int, say: Callable[[str], None]) -> None:
    """Keeps so many workers running until SIGTERM or SIGINT; then waits until they have ended."""
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    workers: list[subprocess.Popen[bytes]] = []
    try:
        while not stopping:
            for ended in [each for each in workers if each.poll() is not None]:
                say(f"Worker {ended.pid} ended with status {ended.returncode}; another one is started.")
                workers.remove(ended)
                time.sleep(PAUSE_SECONDS)
            while len(workers) < amount and not stopping:
                workers.append(_started(shared))
            time.sleep(0.1)
    finally:
        _end(workers)


def _started(shared: socket.socket) -> subprocess.Popen[bytes]:
    descriptor = shared.fileno()
    command = [sys.executable, "-m", "api", "serve", "--descriptor", str(descriptor)]
    return subprocess.Popen(command, pass_fds=(descriptor,), start_new_session=True)


def _end(workers: list[subprocess.Popen[bytes]]) -> None:
    for each in workers:
        each.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for each in workers:
        try:
            each.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            each.kill()
            each.wait()
