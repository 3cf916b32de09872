"""Builds the ASGI application: GraphQL endpoint, pages, schema, health checks and metrics."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from api.answer import Answers, Question
from api.http import explorer, site
from api.http.compression import Compressed
from api.http.cross_origin import CORS, CrossOrigin
from api.http.endpoint import Endpoint
from api.http.metrics import CONTENT_TYPE, Metrics
from api.http.rates import Page
from api.http.rest.routes import Offer, around
from api.http.secured import Secured
from api.pages.around.take import Offered
from api.pages.site import Site
from api.schema import sdl
from graph.engines.availability import Availability

NOTHING_OFFERED = Offer()
READY_QUERY = "{ meta { dataVersion engine } }"
GRAPHQL = "/graphql"


def always() -> bool:
    return True


def never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Application:
    """Sends GraphQL requests straight to the endpoint, and all others through Starlette."""

    endpoint: Endpoint
    rest: Starlette
    visit_pages: Callable[[], Awaitable[None]]  # each once, so that their questions are planned
    refusal: Page | None = None  # for a browser
    compressing: dict[bytes, asyncio.Future[bytes]] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await Secured(Compressed(self._answer, self.endpoint.cached, self.compressing))(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == GRAPHQL:
            await self.endpoint(scope, receive, send)
        else:
            await self.rest(scope, receive, send)


def application(
    answers: Answers,
    *,
    kept_bytes: int = 0,
    saved_only: bool = False,
    is_warm: Callable[[], bool] = always,
    is_leaving: Callable[[], bool] = never,
    availability: Availability | None = None,
    metrics: Metrics | None = None,
    theme: Path | None = None,
    frames: str = "'none'",
    offer: Offer = NOTHING_OFFERED,
) -> Application:
    """Builds the application.

    /readyz reports that it is ready once `is_warm` returns True and the store answers, until `is_leaving` does. Without
    `metrics` there is no /metrics. `theme` is a file with a look of one's own; `frames` tells who may frame what stands under /embed.
    `offer` has the files that are offered, and where they are kept.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with answers.versions.watched():
            yield

    endpoint = Endpoint(answers, kept_bytes=kept_bytes, saved_only=saved_only)
    probes = _probes(answers, is_warm, is_leaving, availability)
    pages = Site(offered=Offered(tuple(offer.formats) if offer.folder else (), offer.base_url or ""))
    rest = [
        *around(site.routes(answers, pages, endpoint.cached, theme=theme, frames=frames), answers, pages, offer),
        *explorer.routes(answers.saved),
        Route("/schema.graphql", _schema),
        *probes,
    ]
    if metrics:
        rest.append(Route("/metrics", _shown(metrics)))
    lost = {HTTPException: site.no_such_page(answers, pages)}
    visit_pages = partial(site.visit_all, answers, pages, endpoint.cached)
    served = Starlette(routes=rest, lifespan=lifespan, exception_handlers=lost)
    return Application(endpoint, served, visit_pages, site.refusal(answers, pages))


def _probes(
    answers: Answers, is_warm: Callable[[], bool], is_leaving: Callable[[], bool], availability: Availability | None
) -> list[Route]:
    async def alive(request: Request) -> Response:
        return _alive(availability)

    async def ready(request: Request) -> Response:
        if is_leaving():
            return JSONResponse({"status": "stopping"}, 503)
        if availability and availability.problem:
            return JSONResponse({"status": "not ready", "store": "away"}, 503)
        if not is_warm():
            return JSONResponse({"status": "warming up"}, 503)
        response = await answers(Question(READY_QUERY))
        if response.get("data"):
            return JSONResponse({"status": "ready", **response["data"]["meta"]})
        return JSONResponse({"status": "not ready", "errors": response["errors"]}, 503)

    return [Route("/healthz", alive), Route("/readyz", ready)]


def _shown(metrics: Metrics) -> Callable[[Request], Awaitable[Response]]:
    async def show(request: Request) -> Response:
        return Response(metrics.text(), media_type=CONTENT_TYPE)

    return show


async def _schema(request: Request) -> Response:
    return PlainTextResponse(sdl())


def _alive(availability: Availability | None) -> Response:
    """Reports a store that is away. Only an engine of our own makes this service itself unwell."""
    if not availability or not availability.problem:
        return JSONResponse({"status": "alive"})
    away = {"store": "away", "awaySeconds": round(availability.away_seconds, 1)}
    if availability.restarting:
        return JSONResponse({"status": "restarting its engine", **away}, 503)
    return JSONResponse({"status": "alive", **away})


def with_cors(app: ASGIApp, origins: Sequence[str]) -> ASGIApp:
    """Returns the application with CORS headers for these origins."""
    return Secured(CrossOrigin(app, **CORS, allow_origins=origins)) if origins else app
