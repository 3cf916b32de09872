"""The process in which the embedded engine lives: `python -m graph.engines.child FOLDER BOLT_PORT HTTP_PORT`.

It reads its password from the first line of standard input, prints READY, and ends when standard input closes. That happens when the
parent ends in any way, because the kernel closes the pipe of a killed process too. A damaged database is not opened: the process
ends without READY, and the parent empties the folder.
"""

from __future__ import annotations

import os
import sys
from typing import Any

DATABASE = "graph"
QUERY_MILLISECONDS = 30_000
UNREADABLE = ("corruptedRecords", "undecodableRecords", "corruptedIndexes")


def main() -> None:
    """Starts the engine and waits for the end of the parent."""
    import arcadedb  # type: ignore[import-untyped]  # the only place that knows the engine by name

    folder, bolt, http = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    password = sys.stdin.readline().strip()
    place = os.path.join(folder, "databases", DATABASE)
    exists = os.path.isdir(place)
    if exists and not os.path.isfile(os.path.join(place, "schema.json")):
        sys.exit(f"{place} has lost its schema")
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
    if exists and _damaged(database):
        print(f"{place} has records that cannot be read", file=sys.stderr, flush=True)
        os._exit(1)
    # The engine ignores the timeout of the driver, but not this limit.
    database.command("sql", f"ALTER DATABASE `arcadedb.command.timeout` {QUERY_MILLISECONDS}")
    print("READY", flush=True)
    sys.stdin.read()
    server.stop()
    os._exit(0)


def _damaged(database: Any) -> bool:
    """Returns True if some record cannot be read. The check takes some hundredths of a second."""
    return any(row.get(kind) for row in database.command("sql", "CHECK DATABASE") for kind in UNREADABLE)


if __name__ == "__main__":
    main()
