"""Runs `regiograaf load --commit` with a small world for claims, and prints and holds each step until a line comes in.

`python -m tests.graph.load.held`, with NEO4J_URI set. A step that is interrupted holds nothing any more.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import Any

from api import __main__ as command_line
from api.serve import opened
from graph.engines.cypher import Address
from graph.load import first_load, versions
from tests.graph.load.stepping import Stepping
from tests.graph.load.test_two_loads import ONE, SMALL_ROWS


class Held(Stepping):
    """A store whose steps wait for a line on standard input."""

    _lines: asyncio.StreamReader | None = None
    _free = False

    def __init__(self, address: Address, **_: Any) -> None:
        super().__init__(address, self._wait)

    async def _wait(self, text: str) -> None:
        if self._free:
            return
        if self._lines is None:
            self._lines = asyncio.StreamReader()
            protocol = asyncio.StreamReaderProtocol(self._lines)
            await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
        print(f"STEP {text}", flush=True)
        try:
            await self._lines.readline()
        except asyncio.CancelledError:
            self._free = True
            raise


if __name__ == "__main__":
    versions.GRACE_SECONDS, first_load.TRANSACTION_ROWS = 0, SMALL_ROWS
    vars(command_line).update(dataset=lambda *folders: ONE.dataset)
    vars(opened).update(Store=Held)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background has it ignored
    sys.argv = ["regiograaf", "load", "--commit"]
    command_line.main()
