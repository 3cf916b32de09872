"""The commit of a load, announced: a read beside it can see some of each version, so readers are told in time when it may begin.

A database shows what is committed, but not all of a commit at one instant. The load says in the store that it will commit no
earlier than GRACE_SECONDS from then, waits that long, commits, and takes the announcement back. Who looked and saw none
knows that for GRACE_SECONDS from then no commit begins (`graph.load.versions`).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from graph.engines.bolt import Store
from graph.errors import EngineProblem
from graph.load import writes

GRACE_SECONDS = 1.2  # more than twice as long as readers leave between two looks
STALE_SECONDS = 60.0  # after which an announcement counts as left by a load that died


@contextlib.asynccontextmanager
async def announced(store: Store) -> AsyncIterator[None]:
    """Within it a commit may begin."""
    given = {"grace": int(1000 * GRACE_SECONDS), "stale": int(1000 * STALE_SECONDS)}
    await store.write(lambda statement: statement(writes.ANNOUNCE, given))
    try:
        await asyncio.sleep(GRACE_SECONDS)
        yield
    finally:
        with contextlib.suppress(EngineProblem):  # then it grows stale
            await store.write(lambda statement: statement(writes.WITHDRAW, {}))
