"""A connection of HTTP with limits that uvicorn's has not: on the time for a request to arrive, on its headers, on how many there are.

    connected ── header_seconds ──▶ headers ── body_seconds ──▶ body ── the limit of the request ──▶ answer ── DRAIN_SECONDS ──▶ read

If there are as many connections as are allowed, the one that has waited longest without a whole request makes room: whoever keeps
connections open and sends nothing shuts nobody out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, Scope
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.errors import Formatted, of_request
from api.http.request import MAX_BODY, too_large
from api.http.secured import HEADERS, NO_STORE

MAX_SENT = 8 * MAX_BODY  # bytes of a body with whatever is around it: sizes of chunks, trailers
DRAIN_SECONDS = 30.0  # for a client to read what it was sent
LEAVING_SECONDS = 1.0  # for a body to arrive once the server stops
SPARE_DESCRIPTORS = 96  # for files, the store and whatever else is not a connection of a client
UNLIMITED = 4096  # connections where the system sets no lower limit

TOO_SLOW = of_request("TOO_SLOW", "The request did not arrive in time.", "Send headers and body without pauses.")
FULL = of_request("BUSY", "The server has as many connections as it takes.", "Try again in a few seconds.")
NO_HTTP = of_request("BAD_REQUEST", "This is not HTTP/1.1.", "Send a request of HTTP/1.1 or 1.0, without TLS.")
HEADERS_TOO_LARGE = of_request("HEADERS_TOO_LARGE", "The headers and the address are too large.", "Send a long question by POST.")


@dataclass(slots=True)
class Limits:
    """Bounds of the connections of one server. `waiting` has those without a whole request, in the order in which they began to wait.

    `refused` is called with the code of each connection that is refused.
    """

    header_seconds: float
    body_seconds: float
    header_bytes: int
    connections: int
    refused: Callable[[str], None] = lambda code: None
    waiting: dict[Connection, None] = field(default_factory=dict)


def connections_of_system() -> int:
    """Returns how many connections the limit on file descriptors leaves room for."""
    try:
        import resource  # not on Windows
    except ImportError:
        return UNLIMITED
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return UNLIMITED
    return max(1, min(soft - SPARE_DESCRIPTORS, UNLIMITED))


class Connection(HttpToolsProtocol):
    """One connection. Its one deadline is that of the headers, and then that of the body."""

    def __init__(self, *arguments: Any, limits: Limits, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._limits = limits
        self._deadline: asyncio.TimerHandle | None = None
        self._drain: asyncio.TimerHandle | None = None
        self._received = 0
        self._in_body = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        limits = self._limits
        if len(self.connections) > limits.connections:
            oldest = next(iter(limits.waiting), None)
            if oldest is None:
                self._refuse(503, FULL)
                return
            oldest._drop()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._limits.waiting.pop(self, None)
        for timer in (self._deadline, self._drain, self.timeout_keep_alive_task):
            if timer:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if self._deadline is None and self._is_idle():
            self._arm(self._limits.header_seconds)
        self._received += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._in_body and self._received > MAX_SENT:
            self._refuse(413, too_large().error)
        elif not self._in_body and self._received > self._limits.header_bytes:
            self._refuse(431, HEADERS_TOO_LARGE)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._deadline is None:
            self._arm(self._limits.header_seconds)

    def on_headers_complete(self) -> None:
        self._received, self._in_body = 0, True
        self._arm(self._limits.body_seconds)
        app = self.app
        if len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers) > self._limits.header_bytes:
            self.app = _headers_too_large
            self._limits.refused(HEADERS_TOO_LARGE["extensions"]["code"])
        super().on_headers_complete()
        self.app = app

    def on_message_complete(self) -> None:
        self._received, self._in_body = 0, False
        self._limits.waiting.pop(self, None)
        self._disarm()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing():  # it stays open until the client has read, which may be never
            self._arm_drain()
        elif self._is_idle():
            self._limits.waiting[self] = None

    def pause_writing(self) -> None:
        super().pause_writing()
        self._arm_drain()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._drain and not self.transport.is_closing():
            self._drain.cancel()
            self._drain = None

    def send_400_response(self, msg: str) -> None:
        self._refuse(400, NO_HTTP)

    def timeout_keep_alive_handler(self) -> None:
        self._drop()

    def shutdown(self) -> None:
        super().shutdown()
        if self._in_body and not self.transport.is_closing():
            self._arm(min(LEAVING_SECONDS, self._limits.body_seconds))

    def _is_idle(self) -> bool:
        return not self.pipeline and (self.cycle is None or self.cycle.response_complete)

    def _wait(self) -> None:
        self._limits.waiting[self] = None
        self._arm(self._limits.header_seconds)

    def _arm(self, seconds: float) -> None:
        self._disarm()
        self._deadline = self.loop.call_later(seconds, self._late)

    def _disarm(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None

    def _arm_drain(self) -> None:
        if self._drain is None:
            self._drain = self.loop.call_later(DRAIN_SECONDS, self.transport.abort)

    def _late(self) -> None:
        """Refuses what did not arrive in time. A request before it on this connection keeps its answer."""
        self._deadline = None
        if not self._in_body and not self._is_idle():
            self._arm(self._limits.header_seconds)
        elif self.cycle is None or not self.cycle.response_started or self._is_idle():
            self._refuse(408, TOO_SLOW)
        else:
            self._drop()

    def _refuse(self, status: int, error: Formatted) -> None:
        """Sends an error and closes the connection; the application hears that its client has left."""
        self._limits.refused(error["extensions"]["code"])
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        body = orjson.dumps({"errors": [error]})
        self.transport.write(b"".join([STATUS_LINE[status], *_lines(self.server_state.default_headers, status, len(body)), body]))
        self._close(self.transport.close)

    def _drop(self) -> None:
        """Closes the connection at once if it has nothing left to send."""
        self._close(self.transport.abort if self.transport.get_write_buffer_size() else self.transport.close)

    def _close(self, close: Callable[[], None]) -> None:
        self._limits.waiting.pop(self, None)
        self._disarm()
        if not self.transport.is_closing():
            close()
            self._arm_drain()


def _lines(default: list[tuple[bytes, bytes]], status: int, length: int) -> list[bytes]:
    head = [*default, *_closing(status, length)]
    return [*(b"%b: %b\r\n" % pair for pair in head), b"\r\n"]


def _closing(status: int, length: int) -> list[tuple[bytes, bytes]]:
    """Returns the headers of an error after which the connection ends."""
    head = [(b"content-type", b"application/json"), (b"content-length", b"%d" % length), NO_STORE]
    return [*head, *HEADERS, *([(b"retry-after", b"5")] if status == 503 else []), (b"connection", b"close")]


async def _headers_too_large(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    body = orjson.dumps({"errors": [HEADERS_TOO_LARGE]})
    await send({"type": "http.response.start", "status": 431, "headers": _closing(431, len(body))})
    await send({"type": "http.response.body", "body": body, "more_body": False})
