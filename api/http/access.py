"""The access log: one line for each request, with what was asked, what it cost and how it ended. Metrics count the same requests."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from starlette.types import ASGIApp, Receive, Scope, Send

from api.answer import Request
from api.errors import Formatted, shortened
from api.http.metrics import Metrics
from api.http.secured import OF_THE_MOMENT

log = logging.getLogger("regiograaf.access")
NOTES = "regiograaf.notes"  # where a scope has them
SLOW_SECONDS = 1.0
Which = Literal["all", "problems", "none"]


@dataclass(slots=True)
class Notes:
    """Holds what is found out about a request. `store_seconds` is the time in which its root fields waited and were
    read, `language` its Accept-Language."""

    request_id: str = "-"
    language: bytes = b""
    status: int = 0
    seconds: float = 0.0
    request: Request | None = None
    store_seconds: float = 0.0
    codes: tuple[str, ...] = ()

    def errors(self, errors: Iterable[Formatted]) -> None:
        self.codes = tuple(dict.fromkeys(error["extensions"]["code"] for error in errors))


@dataclass(frozen=True, slots=True)
class Logged:
    """Writes a line for each request: for all of them, or for those with an error and those that took more than a second.

    `metrics` count each request, whatever is written; health checks and /metrics itself are not counted.
    """

    app: ASGIApp
    which: Which
    metrics: Metrics | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        notes, started = Notes(), time.monotonic()
        scope[NOTES] = notes

        async def noted(message: Any) -> None:
            if message["type"] == "http.response.start":
                notes.status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            notes.seconds = time.monotonic() - started
            if self.metrics and scope["path"] not in OF_THE_MOMENT:
                self.metrics.count(notes.status, notes.codes, notes.seconds)
            if self._is_written(notes):
                log.info("request", extra={"fields": fields(scope, notes)})

    def _is_written(self, notes: Notes) -> bool:
        if self.which == "problems":
            return bool(notes.codes) or notes.status >= 400 or notes.seconds > SLOW_SECONDS
        return self.which == "all"


def fields(scope: Scope, notes: Notes) -> dict[str, Any]:
    """Returns what is told of a request that has ended: by its line in the log, and by its span."""
    request = notes.request
    return {
        "id": notes.request_id,
        "method": shortened(scope["method"]),
        "path": shortened(scope["path"]),
        "operation": shortened(request.label) if request else None,
        "price": request.operation.cost(request.raw) if request else None,
        "store_ms": round(1000 * notes.store_seconds, 1),
        "ms": round(1000 * notes.seconds, 1),
        "status": notes.status,
        "code": ",".join(notes.codes) or None,
    }
