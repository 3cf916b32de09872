"""The process in which the embedded engine lives: `python -m graph.engines.child FOLDER BOLT_PORT
HTTP_PORT`.

It reads its password from the first line of standard input, prints READY, and ends when standard
input closes. That happens when the parent ends in any way, because the kernel closes the pipe of a
killed process too. A damaged database is not opened: the process ends without READY, and the parent
empties the folder.

To look for damage in a graph of the whole country takes seconds and memory that the process keeps. So a process that
ends in order leaves a digest of its files, and the next one looks only if they are not the same any more.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path
from typing import Any

DATABASE = "graph"
QUERY_MILLISECONDS = 30_000
PAGE_MIB = 4  # of pages that it keeps; the system keeps them too, and questions are as fast
CLOSED = "closed"
UNREADABLE = ("corruptedRecords", "undecodableRecords", "corruptedIndexes")


def main() -> None:
    """Starts the engine and waits for the end of the parent."""
    import arcadedb  # type: ignore[import-untyped]  # the only place that knows the engine by name

    os.environ.setdefault("ARCADEDB_NATIVE_ISOLATE_ARGS", f"-Darcadedb.maxPageRAM={PAGE_MIB}")
    folder, bolt, http = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    password = sys.stdin.readline().strip()
    place = Path(folder, "databases", DATABASE)
    exists = place.is_dir()
    if exists and not (place / "schema.json").is_file():
        sys.exit(f"{place} has lost its schema")
    closed = Path(folder, CLOSED)
    unchanged = exists and closed.is_file() and closed.read_text("ascii") == _digest(place)
    server = arcadedb.ArcadeDBServer(
        folder,
        root_password=password,
        config={
            "mode": "production",
            "bolt_defaultDatabase": DATABASE,
            "bolt_host": "127.0.0.1",
            "bolt_port": bolt,
            "http_port": http,
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        },
    )
    server.start()
    database = (server.get_database if exists else server.create_database)(DATABASE)
    if exists and not unchanged and _damaged(database):
        print(f"{place} has records that cannot be read", file=sys.stderr, flush=True)
        os._exit(1)
    # The engine ignores the timeout of the driver, but not this limit.
    database.command("sql", f"ALTER DATABASE `arcadedb.command.timeout` {QUERY_MILLISECONDS}")
    print("READY", flush=True)
    sys.stdin.read()
    server.stop()
    with contextlib.suppress(OSError):  # without it the next start looks for damage
        closed.write_text(_digest(place), "ascii")
    os._exit(0)


def _damaged(database: Any) -> bool:
    """Returns True if some record cannot be read."""
    return any(row.get(kind) for row in database.command("sql", "CHECK DATABASE") for kind in UNREADABLE)


def _digest(place: Path) -> str:
    """Returns the digest of the files of a database that is closed."""
    whole = hashlib.sha256()
    for file in sorted(place.iterdir()):
        content = file.read_bytes()
        whole.update(f"{file.name} {len(content)} ".encode() + content)
    return whole.hexdigest()


if __name__ == "__main__":
    main()
