"""Runs the application in uvicorn: listens, warms up, and tunes the garbage collector."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import socket
from collections.abc import Callable
from typing import Any

import uvicorn

from api.answer import Answers
from api.http.app import application, with_cors
from api.serve.warm_up import WarmUp
from api.settings import Settings, WrongSetting
from graph.engines.cypher import WarmUpPolicy

log = logging.getLogger("regiograaf")


def listener(host: str, port: int) -> socket.socket:
    """Returns a socket that listens at an address. Raises WrongSetting if it is not available."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = str(error.strerror).partition(" (")[0]
        raise WrongSetting(
            f"Cannot listen on {host}:{port}: {reason}.",
            "Choose another port with --port or REGIOGRAAF_PORT (0: any free one), or another --host.",
        ) from None


async def run_server(
    answers: Answers, policy: WarmUpPolicy, settings: Settings, listening: socket.socket, say: Callable[[str], None], *, worker: bool
) -> None:
    """Serves on a listening socket until it is stopped.

    A worker shares the socket with others, and warms up before it answers.
    """
    warm_up = WarmUp(answers, policy, settings.regiograaf_warm_seconds)
    app = application(
        answers,
        kept_bytes=settings.regiograaf_kept_mib << 20,
        saved_only=settings.regiograaf_saved_only,
        is_warm=lambda: warm_up.done,
    )
    config = uvicorn.Config(with_cors(app, settings.origins), log_level="warning", access_log=False, ws="none", proxy_headers=False)
    if worker:  # other workers answer meanwhile
        await _warm_and_freeze(warm_up)
        server = uvicorn.Server(config)
        parent_watch = asyncio.ensure_future(_stop_if_orphaned(server))
        await server.serve([listening])
        parent_watch.cancel()
        return
    warming = asyncio.ensure_future(_warm_and_freeze(warm_up))
    try:
        await _Announcing(config, say).serve([listening])
    finally:
        warming.cancel()


async def _warm_and_freeze(warm_up: WarmUp) -> None:
    await warm_up.run()
    _freeze_heap()


async def _stop_if_orphaned(server: uvicorn.Server) -> None:
    """Stops a worker if its supervisor has ended without stopping it."""
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(1)
    server.should_exit = True


def _freeze_heap() -> None:
    """Excludes all present objects, which are never freed, from garbage collection.

    Raises the thresholds too, because a response of thousands of objects would cause many
    collections.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def address(listening: Any) -> str:
    """Returns the URL of the GraphQL endpoint at a listening socket."""
    host, port = listening.getsockname()[:2]
    return f"http://{host}:{port}/graphql"


class _Announcing(uvicorn.Server):
    """A server that reports its address once it has started."""

    def __init__(self, config: uvicorn.Config, say: Callable[[str], None]) -> None:
        super().__init__(config)
        self._say = say

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._say(f"Regiograaf answers at {address(self.servers[0].sockets[0])} — stop with Ctrl-C")
