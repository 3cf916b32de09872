"""Pages of other origins: what they may send and read, and a log line with the reason when one is refused."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.errors import shortened

log = logging.getLogger("regiograaf.access")
CORS: Mapping[str, Any] = {
    "allow_methods": ("GET", "POST"),
    "allow_headers": ("Accept", "Content-Type", "If-None-Match", "X-Request-Id"),
    "expose_headers": ("ETag", "X-Request-Id"),
    "max_age": 3600,
}


def log_refusal(origin: bytes | str, reason: str) -> None:
    text = origin.decode("latin-1") if isinstance(origin, bytes) else origin
    log.info("a page of another origin was refused", extra={"fields": {"origin": shortened(text), "reason": reason}})


class CrossOrigin(CORSMiddleware):
    """CORS as Starlette has it; each refusal is logged."""

    def preflight_response(self, request_headers: Headers) -> Response:
        response = super().preflight_response(request_headers)
        if response.status_code >= 400:
            log_refusal(request_headers["origin"], bytes(response.body).decode())
        return response

    async def simple_response(self, scope: Scope, receive: Receive, send: Send, request_headers: Headers) -> None:
        origin = request_headers.get("origin")
        own = f"//{request_headers.get('host')}"  # our pages send their origin too
        if origin is not None and not origin.endswith(own) and not self.is_allowed_origin(origin):
            log_refusal(origin, "REGIOGRAAF_CORS_ORIGINS does not name it")
        await super().simple_response(scope, receive, send, request_headers)
