"""Who is measured: Regiograaf, the rivals from their folder, and a server of fixed bytes; each a process group whose CPU is read."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from tests.neo4j.server import free_port

ROOT = Path(__file__).parents[2]
TICK = os.sysconf("SC_CLK_TCK")
OURS, CACHED, STATIC = "regiograaf", "cached", "static"
PATIENT = "60"  # seconds for a question and for a request, as nobody else here has a limit
KEPT_MIB = 64  # of the one server that may keep answers; all others of ours ask the store every time
WARM = {"REGIOGRAAF_WARM_SECONDS": "30"}  # of a server that is measured as it is served; the others are asked everything once
READY_SECONDS, STOP_SECONDS = 300, 30


@dataclass
class Contender:
    """A running server. `path` is where it answers GraphQL; `log` is what it said."""

    name: str
    port: int
    path: str
    process: subprocess.Popen[bytes]
    log: Path

    def post(self, body: bytes, path: str | None = None) -> tuple[int, bytes]:
        status, _, answer = self.ask("POST", path or self.path, body, {"content-type": "application/json"})
        return status, answer

    def ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, Message, bytes]:
        """One request on a connection of its own: status, headers, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def pids(self) -> list[int]:
        return [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit() and _group(int(p.name)) == self.process.pid]

    @property
    def cpu(self) -> float:
        return sum(cpu_seconds(pid) for pid in self.pids())

    @property
    def rss_mib(self) -> float:
        return sum(map(rss_mib, self.pids()))

    @property
    def engine(self) -> int:
        """The embedded engine, which is a child in a process group of its own."""
        (found,) = children(self.process.pid)
        return found


def children(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    numbers = [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()]
    return [number for number in numbers if (found := _stat(number)) and int(found[1]) == pid]


def rss_mib(pid: int) -> float:
    """Resident memory of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _group(pid: int) -> int:
    found = _stat(pid)
    return int(found[2]) if found else -1


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    found = _stat(pid)
    return (int(found[11]) + int(found[12])) / TICK if found else 0.0


@contextmanager
def running(name: str, uri: str, logs: Path, folder: Path = ROOT, settings: Mapping[str, str] | None = None) -> Iterator[Contender]:
    """A contender that answers, over the store at an address; of ours without an address over the embedded engine.

    `folder` is the checkout of Regiograaf, or the folder of the rivals; `settings` are those of Regiograaf.
    """
    port = free_port()
    command, within, path, more = _how(name, port, folder)
    environment = {**os.environ, "NEO4J_URI": uri, "NEO4J_USER": "", "PORT": str(port), **more, **(settings or {})}
    log = logs / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=within, env=environment, stdout=out, stderr=out, start_new_session=True)
    contender = Contender(name, port, path, process, log)
    try:
        _until(contender, lambda: _answers(contender))
        yield contender
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def is_ours(name: str) -> bool:
    """Whether it is Regiograaf, of this checkout or of another one."""
    return name.startswith(OURS)


def _how(name: str, port: int, folder: Path) -> tuple[list[str], Path, str, dict[str, str]]:
    """Command, folder, path and environment."""
    if is_ours(name) or name == CACHED:
        settings = {
            "REGIOGRAAF_KEPT_MIB": str(KEPT_MIB if name == CACHED else 0),  # what is compared is asking, not keeping
            "REGIOGRAAF_WARM_SECONDS": "0",
            "REGIOGRAAF_QUERY_SECONDS": PATIENT,
            "REGIOGRAAF_REQUEST_SECONDS": PATIENT,
        }
        return [sys.executable, "-m", "api", "serve", "--port", str(port)], folder, "/graphql", settings
    if name == STATIC:
        return [sys.executable, "-m", "tests.bench.fixed", str(port)], ROOT, "/", {}
    if name in ("yoga", "apollo"):
        return ["node", f"{name}.mjs"], folder / "node", "/graphql" if name == "yoga" else "/", {"NODE_ENV": "production"}
    uvicorn = [str(folder / ".venv/bin/uvicorn"), "graphpeers.app:app", "--host", "127.0.0.1", "--port", str(port)]
    options = ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
    return [*uvicorn, *options], folder / "python", "/graphql", {"PEER": name}


def _answers(contender: Contender) -> bool:
    """Whether it is ready. A server of ours that answers may not yet know the version of its data; without one it sends no ETag."""
    try:
        if is_ours(contender.name) or contender.name == CACHED:
            return contender.ask("GET", "/readyz", None, {})[0] == 200
        contender.post(b'{"query":"{ __typename }"}')
    except OSError:
        return False
    return True


def warmed(contender: Contender) -> None:
    """Waits until a server of ours has planned the saved questions and visited the pages, which it does when it is ready already."""
    _until(contender, lambda: b"pages visited" in contender.log.read_bytes())


def _until(contender: Contender, so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and contender.process.poll() is None:
        if so():
            return
        time.sleep(0.2)
    raise SystemExit(f"{contender.name} does not start: {contender.log.read_text('utf-8', 'replace')[-800:]}")


def prepared(peers: Path, cache: Path) -> Path:
    """A copy of the rivals' folder with what they need installed, as their README says; the given one is only read."""
    copy = cache / "peers"
    if not (copy / "complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(peers, copy, ignore=shutil.ignore_patterns("node_modules", ".venv"))
        subprocess.run(["chmod", "-R", "u+w", str(copy)], check=True)
        subprocess.run([sys.executable, "-m", "venv", str(copy / ".venv")], check=True)
        subprocess.run([str(copy / ".venv/bin/pip"), "install", "-q", "-r", str(copy / "python/requirements.txt")], check=True)
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=copy / "node", check=True)
        (copy / "complete").touch()
    return copy
