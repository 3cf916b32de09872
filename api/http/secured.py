"""Security headers on every response: nothing is guessed, framed, run or kept that the response does not allow itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from api.answer import API_VERSION
from api.http.rest.addresses import is_rest

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),  # does not concern pages that CORS allows to ask
    (  # of what is no page; a page has its own
        b"content-security-policy",
        b"default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
)
VERSION = (b"api-version", API_VERSION.encode())  # of the REST addresses, as the API Design Rules want it
NO_STORE = (b"cache-control", b"no-store")
OF_THE_MOMENT = ("/healthz", "/readyz", "/metrics")


@dataclass(frozen=True, slots=True)
class Secured:
    """Adds to each response of an application the headers that it lacks. Errors and reports of the moment may not be stored."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def secured(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"] = list(message.get("headers", ()))
                there = {name for name, _ in headers}
                headers += [pair for pair in HEADERS if pair[0] not in there]
                if is_rest(scope["path"]) and VERSION[0] not in there:
                    headers.append(VERSION)
                if b"cache-control" not in there and (message["status"] >= 400 or scope["path"] in OF_THE_MOMENT):
                    headers.append(NO_STORE)
            await send(message)

        await self.app(scope, receive, secured)
