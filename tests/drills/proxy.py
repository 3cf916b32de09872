"""A proxy in front of a store that makes the faults of a network: it refuses, resets, cuts, holds, loses or delays what passes."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum
from typing import Self

CHUNK = 16_384
DELAY_SECONDS = 0.05  # of each chunk on a slow link
CUT_BYTES = 700  # of an answer that pass before a connection is cut


class Fault(Enum):
    """The state of the link."""

    NONE = "none"
    REFUSED = "refused"  # nobody listens, and all connections are gone
    RESET = "reset"  # each connection is reset, the new ones too
    CUT = "cut"  # each connection is reset in the middle of an answer
    HANGING = "hanging"  # nothing passes; all of it passes later
    BLACK_HOLE = "black hole"  # what is sent is lost, and the connections of that time never work again
    SLOW = "slow"


class Link:
    """Two ends of one connection."""

    def __init__(self, client: asyncio.StreamWriter, store: asyncio.StreamWriter | None) -> None:
        self.ends = [end for end in (client, store) if end]
        self.lost = False

    def reset(self) -> None:
        for end in self.ends:
            with contextlib.suppress(OSError, RuntimeError):
                end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            end.transport.abort()


class Proxy:
    """Passes bytes between clients and a store. Use as an async context manager."""

    def __init__(self, host: str, port: int) -> None:
        self.store = (host, port)
        self.fault = Fault.NONE
        self.links: set[Link] = set()
        self._changed = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        await self._listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.set(Fault.REFUSED)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def set(self, fault: Fault) -> None:
        """Makes a fault, or ends it with NONE."""
        self.fault = fault
        if fault is Fault.REFUSED and self._server:
            self._server.close()
            self._server = None
        elif fault is not Fault.REFUSED and not self._server:
            await self._listen()
        for link in list(self.links):
            if fault in (Fault.REFUSED, Fault.RESET):
                link.reset()
            elif fault is Fault.BLACK_HOLE:
                link.lost = True
        async with self._changed:
            self._changed.notify_all()

    @asynccontextmanager
    async def during(self, fault: Fault) -> AsyncIterator[None]:
        """Makes a fault for a while."""
        await self.set(fault)
        try:
            yield
        finally:
            await self.set(Fault.NONE)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        link = Link(writer, None)
        self.links.add(link)
        try:
            if self.fault is Fault.RESET:
                return
            link.lost = self.fault is Fault.BLACK_HOLE
            store_reader, store_writer = await asyncio.open_connection(*self.store)
            link.ends.append(store_writer)
            await asyncio.gather(self._pass(link, reader, store_writer, False), self._pass(link, store_reader, writer, True))
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            link.reset()
            self.links.discard(link)
            self._tasks.discard(task)

    async def _pass(self, link: Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answers: bool) -> None:
        passed = 0
        while chunk := await reader.read(CHUNK):
            if self.fault is Fault.SLOW:
                await asyncio.sleep(DELAY_SECONDS)
            async with self._changed:
                await self._changed.wait_for(lambda: self.fault is not Fault.HANGING)
            if link.lost:
                continue
            passed += len(chunk)
            if answers and self.fault is Fault.CUT and passed > CUT_BYTES:
                writer.write(chunk[: len(chunk) // 2])
                await writer.drain()
                break
            writer.write(chunk)
            await writer.drain()
        link.reset()
