"""The server around the application: when it listens, when it is warm, and what of it is kept out of the collector's way."""

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
from api.http.app import application, shared
from api.serve.warm_up import WarmUp
from api.settings import Settings, WrongSetting

log = logging.getLogger("regiograaf")


def listener(host: str, port: int) -> socket.socket:
    """Returns a socket that listens at an address. Raises WrongSetting if it cannot be had."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = str(error.strerror).partition(" (")[0]
        raise WrongSetting(
            f"Cannot listen on {host}:{port}: {reason}.",
            "Choose another port with --port or REGIOGRAAF_PORT (0: any free one), or another --host.",
        ) from None


async def served(answers: Answers, settings: Settings, listening: socket.socket, say: Callable[[str], None], *, worker: bool) -> None:
    """Answers until it is stopped, on a socket that listens; a worker shares that with others, and warms up before it answers."""
    warm_up = WarmUp(answers, settings.regiograaf_warm_seconds)
    app = application(
        answers,
        kept_bytes=settings.regiograaf_kept_mib << 20,
        saved_only=settings.regiograaf_saved_only,
        warm=lambda: warm_up.done,
    )
    config = uvicorn.Config(shared(app, settings.origins), log_level="warning", access_log=False, ws="none", proxy_headers=False)
    if worker:  # the others answer meanwhile
        await _warmed_up(warm_up)
        server = uvicorn.Server(config)
        orphaned = asyncio.ensure_future(_until_orphaned(server))
        await server.serve([listening])
        orphaned.cancel()
        return
    warming = asyncio.ensure_future(_warmed_up(warm_up))
    try:
        await _Announcing(config, say).serve([listening])
    finally:
        warming.cancel()


async def _warmed_up(warm_up: WarmUp) -> None:
    await warm_up.run()
    _freeze_heap()


async def _until_orphaned(server: uvicorn.Server) -> None:
    """Stops a worker whose supervisor has ended without a word."""
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(1)
    server.should_exit = True


def _freeze_heap() -> None:
    """What was made at the start never dies: it is kept out of every later collection, and an answer of thousands of parts causes few."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def address(listening: Any) -> str:
    """Where a listening socket is answered."""
    host, port = listening.getsockname()[:2]
    return f"http://{host}:{port}/graphql"


class _Announcing(uvicorn.Server):
    """A server that says where it answers once it does."""

    def __init__(self, config: uvicorn.Config, say: Callable[[str], None]) -> None:
        super().__init__(config)
        self._say = say

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._say(f"Regiograaf answers at {address(self.servers[0].sockets[0])} — stop with Ctrl-C")
