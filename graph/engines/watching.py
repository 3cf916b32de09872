"""Watchers that stay: whatever one runs into is logged once, it looks less often for a while, and it goes on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import NoReturn

from graph.errors import RegiograafError

log = logging.getLogger("regiograaf")
LONGEST_PAUSE_SECONDS = 2.0


async def watch(name: str, look: Callable[[], Awaitable[object]], seconds: float) -> NoReturn:
    """Looks every so many seconds, for ever. Logs when looking goes on failing, when it fails otherwise, and when it works again."""
    failing, failures, pause = "", 0, seconds
    while True:
        try:
            await look()
        except Exception as error:
            kind = error.message if isinstance(error, RegiograafError) else type(error).__name__
            failures += 1
            if failures > 1 and kind != failing and not getattr(error, "logged", False):
                log.error("%s fails, and goes on: %s", name, kind, exc_info=None if isinstance(error, RegiograafError) else error)
                failing = kind
            pause = min(max(2 * pause, seconds), LONGEST_PAUSE_SECONDS)
        else:
            if failing:
                log.warning("%s works again", name)
            failing, failures, pause = "", 0, seconds
        await asyncio.sleep(pause)
