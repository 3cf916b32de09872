"""A load that a signal stops: it withdraws what it announced, and says so."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Coroutine
from typing import Any

from graph.errors import RegiograafError


class Interrupted(RegiograafError):
    """A load was stopped by a signal."""

    code = "INTERRUPTED"


async def interruptible(load: Coroutine[Any, Any, None]) -> None:
    """Runs a load. SIGTERM stops it as SIGINT does: it withdraws what it announced. Raises Interrupted then."""
    task = asyncio.current_task()
    assert task
    with contextlib.suppress(NotImplementedError):  # Windows has no SIGTERM
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        await load
    except asyncio.CancelledError:
        raise Interrupted(
            "The load was stopped before it was done.",
            "Readers see the old graph or the new one, whole; `regiograaf load` says which. Load again.",
        ) from None
