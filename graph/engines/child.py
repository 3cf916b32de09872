"""The process in which the embedded engine lives: `python -m graph.engines.child FOLDER BOLT_PORT HTTP_PORT`.

Reads its password from the first line of standard input, says READY, and ends as soon as standard input closes, which it
does when the parent ends, however it ends: the kernel closes the pipe of a process that was killed, too. A database that is
damaged is not opened: the process ends without READY, and the parent makes the folder anew.
"""

from __future__ import annotations

import os
import sys
from typing import Any

DATABASE = "graph"
QUERY_MILLISECONDS = 30_000
UNREADABLE = ("corruptedRecords", "undecodableRecords", "corruptedIndexes")


def main() -> None:
    """Starts the engine and waits for the parent's end."""
    import arcadedb  # type: ignore[import-untyped]  # the only place that knows the engine by name

    folder, bolt, http = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    password = sys.stdin.readline().strip()
    place = os.path.join(folder, "databases", DATABASE)
    known = os.path.isdir(place)
    if known and not os.path.isfile(os.path.join(place, "schema.json")):
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
    database = (server.get_database if known else server.create_database)(DATABASE)
    if known and _damaged(database):
        print(f"{place} has records that cannot be read", file=sys.stderr, flush=True)
        os._exit(1)
    # The engine does not heed the driver's timeout; this bound it does.
    database.command("sql", f"ALTER DATABASE `arcadedb.command.timeout` {QUERY_MILLISECONDS}")
    print("READY", flush=True)
    sys.stdin.read()
    server.stop()
    os._exit(0)


def _damaged(database: Any) -> bool:
    """Whether something in the database cannot be read; looking takes some hundredths of a second."""
    return any(row.get(kind) for row in database.command("sql", "CHECK DATABASE") for kind in UNREADABLE)


if __name__ == "__main__":
    main()
