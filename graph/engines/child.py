"""The process in which the embedded engine lives: `python -m graph.engines.child FOLDER BOLT_PORT HTTP_PORT`.

Reads its password from the first line of standard input, says READY, and ends as soon as standard input closes, which it
does when the parent ends, however it ends: the kernel closes the pipe of a process that was killed, too.
"""

from __future__ import annotations

import os
import sys

DATABASE = "graph"
QUERY_MILLISECONDS = 30_000


def main() -> None:
    """Starts the engine and waits for the parent's end."""
    import arcadedb  # type: ignore[import-untyped]  # the only place that knows the engine by name

    folder, bolt, http = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    password = sys.stdin.readline().strip()
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
    known = os.path.isdir(os.path.join(folder, "databases", DATABASE))
    database = (server.get_database if known else server.create_database)(DATABASE)
    # The engine does not heed the driver's timeout; this bound it does.
    database.command("sql", f"ALTER DATABASE `arcadedb.command.timeout` {QUERY_MILLISECONDS}")
    print("READY", flush=True)
    sys.stdin.read()
    server.stop()
    os._exit(0)


if __name__ == "__main__":
    main()
