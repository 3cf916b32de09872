"""Finds or starts a real Neo4j: NEO4J_URI, else Docker, else the Community jars from Maven Central under Java.

Its version is the one in pom.xml, or NEO4J_TEST_VERSION. From 2025.01 on it needs Java 21 or later.
`python -m tests.neo4j.server` starts one and keeps it until interrupted (for work by hand).
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from neo4j import GraphDatabase
from platformdirs import user_cache_path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

POM = Path(__file__).with_name("pom.xml")
PINNED = re.search(r"<neo4j.version>(.+?)<", POM.read_text("utf-8"))[1]  # type: ignore[index]
VERSION = os.environ.get("NEO4J_TEST_VERSION") or PINNED
KERNEL = "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0]"  # 2026 lists Cypher beside it
NAMES_MAIN_CLASS = "META-INF/services/org.neo4j.server.startup.EntryPoint"  # in the jar; the class has another name in 2026
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent", "java.lang")
# Only the quick compiler of Java: a Neo4j of the tests plans each text once. Started, loaded, and eight large texts planned, it took
# 80 s of the processor with it and 138 s without; after that planning them again took 7.7 s and 6.7 s (27 November 2026).
SHORT_LIVED = ("-XX:TieredStopAtLevel=1",)
READY_SECONDS = 300  # a busy machine; nobody waits that long for nothing, because a process that ends is told at once


class NoNeo4j(Exception):
    """There is no way to a real Neo4j here; the text says what was tried."""


@dataclass(frozen=True)
class Neo4j:
    """An address to connect to."""

    uri: str
    user: str
    password: str


@dataclass(frozen=True)
class Running:
    """A Neo4j process that asks for no user."""

    uri: str
    pid: int


@contextmanager
def neo4j() -> Iterator[Neo4j]:
    """A running Neo4j. Raises NoNeo4j where none can be had."""
    if os.environ.get("NEO4J_URI"):
        yield Neo4j(os.environ["NEO4J_URI"], os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))
    elif _docker_runs():
        with _from_docker() as found:
            yield found
    elif shutil.which("java") and shutil.which("mvn"):
        with _from_jars() as found:
            yield found
    else:
        raise NoNeo4j("NEO4J_URI is not set, no Docker engine answers, and java with mvn are not both on the path")


def _docker_runs() -> bool:
    if not shutil.which("docker"):
        return False
    return subprocess.run(["docker", "info"], capture_output=True, check=False, timeout=30).returncode == 0


def release(version: str) -> str:
    """Returns the release that a patch belongs to, as images are tagged: 5.26 for 5.26.30."""
    return ".".join(version.split(".")[:2])


@contextmanager
def _from_docker() -> Iterator[Neo4j]:
    from testcontainers.neo4j import Neo4jContainer

    with Neo4jContainer(f"neo4j:{release(VERSION)}-community", password="regiograaf-tests") as container:
        yield Neo4j(container.get_connection_url(), "neo4j", "regiograaf-tests")


def _jars() -> Path:
    """The folder with the jars, fetched once for each version and kept between runs."""
    cache = Path(os.environ.get("REGIOGRAAF_TEST_CACHE") or user_cache_path("regiograaf-tests"))
    folder = cache / f"neo4j-{VERSION}"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(cache / "fetching"):
        if not (folder / "complete").exists():
            command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", "-DincludeScope=runtime"]
            command += [f"-Dneo4j.version={VERSION}", f"-DoutputDirectory={folder}"]
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
            if done.returncode:
                raise NoNeo4j(f"Maven could not fetch Neo4j {VERSION}: {(done.stdout + done.stderr)[-500:]}")
            (folder / "complete").touch()
    return folder


def _main_class(jars: Path) -> str:
    with ZipFile(jars / f"neo4j-{VERSION}.jar") as jar:
        return jar.read(NAMES_MAIN_CLASS).decode().strip()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Lets one process at a time pass, where the system has such locks: two runs would fetch into one folder."""
    with path.open("w") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _from_jars() -> Iterator[Neo4j]:
    home = Path(tempfile.mkdtemp(prefix="regiograaf-neo4j-"))
    try:
        with started(home) as running:
            yield Neo4j(running.uri, "neo4j", "")
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def started(
    home: Path,
    *,
    heap: tuple[str, str] = ("256m", "1g"),
    page_cache: str = "256m",
    stop_seconds: float = 30,
    port: int = 0,
    password: str = "",
    options: Sequence[str] = SHORT_LIVED,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Running]:
    """A Neo4j from the jars over a folder, which stays; `heap` is what it starts with and its most. Raises NoNeo4j.

    With a `password` it asks for the user neo4j, who has that one. `options` are those of Java, `settings` more of Neo4j's own.
    """
    port, jars = port or free_port(), _jars()
    (home / "conf").mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text(_configuration(port, page_cache, settings or {}, with_users=bool(password)), "utf-8")
    opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED]
    command = ["java", *options, f"-Xms{heap[0]}", f"-Xmx{heap[1]}", *opened, "-cp", f"{jars}/*", _main_class(jars)]
    with (home / "out.log").open("wb") as log:
        process = subprocess.Popen([*command, f"--home-dir={home}", f"--config-dir={home / 'conf'}"], stdout=log, stderr=log)
    try:
        _wait(process, port, home / "out.log")
        if password:
            _change_password(port, password)
        yield Running(f"bolt://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        try:
            process.wait(stop_seconds)
        except subprocess.TimeoutExpired:
            process.kill()


def _change_password(port: int, password: str) -> None:
    """Replaces the password that the user neo4j has at the very first start."""
    with GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=("neo4j", "neo4j")) as driver:
        driver.execute_query("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password", {"password": password}, database_="system")


def _configuration(port: int, page_cache: str, more: Mapping[str, str], *, with_users: bool) -> str:
    lines = {
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.security.auth_enabled": str(with_users).lower(),
        "dbms.security.auth_max_failed_attempts": "0",  # a test tries wrong passwords, and the next one need not wait
        "dbms.usage_report.enabled": "false",
        "server.memory.pagecache.size": page_cache,
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.size": "1m",
        **more,
    }
    return "".join(f"{name}={value}\n" for name, value in lines.items())


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise NoNeo4j(f"Neo4j {VERSION} did not start: {log.read_text('utf-8', 'replace')[-800:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    with neo4j() as running:
        print(running.uri, flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            pass
