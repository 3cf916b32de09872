"""Builds the ASGI application: GraphQL endpoint, pages, schema and health checks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from api.answer import Answers, Question
from api.http.endpoint import Endpoint
from api.http.pages import routes
from api.schema import sdl

CORS: Mapping[str, Any] = {
    "allow_methods": ("GET", "POST"),
    "allow_headers": ("Accept", "Content-Type", "If-None-Match", "X-Request-Id"),
    "expose_headers": ("ETag", "X-Request-Id"),
    "max_age": 3600,
}
READY_QUERY = "{ meta { dataVersion engine } }"
GRAPHQL = "/graphql"


def always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Application:
    """Sends GraphQL requests straight to the endpoint, and all others through Starlette."""

    endpoint: Endpoint
    rest: Starlette

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == GRAPHQL:
            await self.endpoint(scope, receive, send)
        else:
            await self.rest(scope, receive, send)


def application(answers: Answers, *, kept_bytes: int = 0, saved_only: bool = False, is_warm: Callable[[], bool] = always) -> Application:
    """Builds the application. /readyz reports that it is ready once `is_warm` returns True."""

    async def alive(request: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def ready(request: Request) -> Response:
        if not is_warm():
            return JSONResponse({"status": "warming up"}, 503)
        response = await answers(Question(READY_QUERY))
        if response.get("data"):
            return JSONResponse({"status": "ready", **response["data"]["meta"]})
        return JSONResponse({"status": "not ready", "errors": response["errors"]}, 503)

    async def schema(request: Request) -> Response:
        return PlainTextResponse(sdl())

    async def home(request: Request) -> Response:
        return RedirectResponse(GRAPHQL)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with answers.versions.watched():
            yield

    endpoint = Endpoint(answers, kept_bytes=kept_bytes, saved_only=saved_only)
    rest = [
        Route("/", home),
        *routes(),
        Route("/schema.graphql", schema),
        Route("/healthz", alive),
        Route("/readyz", ready),
    ]
    return Application(endpoint, Starlette(routes=rest, lifespan=lifespan))


def with_cors(app: Application, origins: Sequence[str]) -> ASGIApp:
    """Returns the application with CORS headers for these origins."""
    return CORSMiddleware(app, **CORS, allow_origins=origins) if origins else app
