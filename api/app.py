"""The Starlette application: the GraphQL endpoint, the schema, and whether it lives and is ready. It is told what day it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from api.answer import Answers, Question
from api.explorer import page, routes
from api.http import respond
from api.schema import sdl

CORS: Mapping[str, Any] = {
    "allow_methods": ("GET", "POST"),
    "allow_headers": ("Accept", "Content-Type", "X-Request-Id"),
    "expose_headers": ("X-Request-Id",),
    "max_age": 3600,
}
READY = "{ meta { dataVersion engine } }"


def application(answers: Answers, origins: Sequence[str] = ()) -> Starlette:
    """The application over something that answers; pages of these other origins may ask it."""

    async def graphql(request: Request) -> Response:
        if request.method == "GET" and "query" not in request.query_params and "text/html" in request.headers.get("accept", ""):
            return page()
        return await respond(request, answers)

    async def alive(request: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def ready(request: Request) -> Response:
        answer = await answers(Question(READY))
        if answer.get("data"):
            return JSONResponse({"status": "ready", **answer["data"]["meta"]})
        return JSONResponse({"status": "not ready", "errors": answer["errors"]}, 503)

    async def schema(request: Request) -> Response:
        return PlainTextResponse(sdl())

    async def home(request: Request) -> Response:
        return RedirectResponse("/graphql")

    return Starlette(
        routes=[
            Route("/", home),
            Route("/graphql", graphql, methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
            *routes(),
            Route("/schema.graphql", schema),
            Route("/healthz", alive),
            Route("/readyz", ready),
        ],
        middleware=[Middleware(CORSMiddleware, **CORS, allow_origins=origins)] if origins else [],
    )
