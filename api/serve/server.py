"""Runs the application in uvicorn: listens, warms up, stops with notice, and tunes the garbage collector."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import socket
import time
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from math import ceil
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from api.answer import Answers
from api.export.export import Format
from api.export.formats import FORMATS
from api.export.rdf.dcat import CATALOGUE, publisher_of
from api.http.access import Logged
from api.http.app import Application, application, with_cors
from api.http.metrics import Metrics
from api.http.rates import Rates
from api.http.rest.exports import Folder
from api.http.rest.openapi import Contact
from api.http.rest.routes import Offer
from api.http.secured import Secured
from api.http.telemetry import NAME, Spans, exporting
from api.serve.connection import Connection, Limits, connections_of_system
from api.serve.listening import address, greeting
from api.serve.warm_up import WarmUp
from api.settings import Settings
from graph.engines.availability import Availability
from graph.engines.bolt import Store
from graph.errors import WrongSetting

log = logging.getLogger("regiograaf")
SPARE_SECONDS = 2  # beside the time of a request, for answers on their way when the server stops


async def run_server(
    answers: Answers,
    store: Store,
    settings: Settings,
    listening: socket.socket,
    say: Callable[[str], None],
    clock: Callable[[], float],
    *,
    worker: bool,
) -> None:
    """Serves on a listening socket until it is stopped. Raises EngineUnavailable if the store will not come back.

    A worker shares the socket with others, and warms up before it answers.
    """
    availability = store.availability
    metrics = Metrics(answers, store, clock, pid=os.getpid() if worker else None) if settings.regiograaf_metrics else None
    app = application(
        answers,
        kept_bytes=settings.regiograaf_kept_mib << 20,
        saved_only=settings.regiograaf_saved_only,
        is_warm=lambda: warm_up.done,
        is_leaving=lambda: server.is_leaving,
        availability=availability,
        metrics=metrics,
        theme=settings.theme,
        frames=settings.frames,
        offer=offer(settings),
    )
    warm_up = WarmUp(answers, store.address.warm_up, settings.regiograaf_warm_seconds, availability, app.visit_pages)
    server = LeavingServer(_config(around(app, settings, metrics), settings, metrics), settings.regiograaf_notice_seconds)
    if not worker:
        server.started_hook = lambda: say(greeting(address(listening)))
    async with store.watched():
        if worker:  # other workers answer meanwhile
            await _warm_and_freeze(warm_up)
        beside = [_stop_if_given_up(server, availability), warm_up.keep() if worker else _warm_and_keep(warm_up)]
        await _serve(server, listening, [*beside, _stop_if_orphaned(server)] if worker else beside)
    if availability.given_up:
        raise availability.given_up


def offer(settings: Settings) -> Offer:
    """Returns what the settings say of the files to take along, the address of the server, and who answers for it."""
    folder = Folder(settings.regiograaf_data_dir / "export", settings.regiograaf_export_mib << 20)
    email = settings.regiograaf_contact.removeprefix("mailto:") if settings.regiograaf_contact.startswith("mailto:") else ""
    texts = (settings.regiograaf_publisher_name, email, settings.regiograaf_publisher_uri)
    contact = Contact(*texts) if all(texts) else None
    base_url = settings.regiograaf_base_url or None
    return Offer(offered(settings), folder, base_url, settings.regiograaf_ocid_prefix, contact, settings.regiograaf_oin)


def offered(settings: Settings) -> dict[str, Format]:
    """Returns the formats that a server offers: the catalogue only if the settings give what it needs."""
    try:
        publisher_of(settings)
        complete = bool(settings.regiograaf_base_url)
    except WrongSetting:
        complete = False
    return {name: each for name, each in FORMATS.items() if complete or each.name != CATALOGUE}


async def _serve(server: uvicorn.Server, listening: socket.socket, beside: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Serves until the server stops; what runs beside it ends with it."""
    tasks = [asyncio.ensure_future(each) for each in beside]
    try:
        await server.serve([listening])
    finally:
        for task in tasks:
            task.cancel()


def around(app: Application, settings: Settings, metrics: Metrics | None = None) -> ASGIApp:
    """Returns the application within what the settings put around it: limits of rate, other origins, headers, the access log, spans."""
    limited = Rates(
        app, settings.regiograaf_requests_per_minute, settings.regiograaf_requests_at_once, settings.regiograaf_client_header, app.refusal
    )
    outer = Secured(with_cors(limited, settings.origins))
    if settings.regiograaf_access_log == "none" and not metrics and not settings.regiograaf_telemetry:
        return outer
    logged = Logged(outer, settings.regiograaf_access_log, metrics)
    return Spans(logged, exporting().get_tracer(NAME)) if settings.regiograaf_telemetry else logged


def _config(app: ASGIApp, settings: Settings, metrics: Metrics | None = None) -> uvicorn.Config:
    limits = Limits(
        header_seconds=settings.regiograaf_header_seconds,
        body_seconds=settings.regiograaf_body_seconds,
        header_bytes=settings.regiograaf_header_kib << 10,
        connections=settings.regiograaf_connections or connections_of_system(),
    )
    if metrics:
        limits.refused = metrics.refuse
    return uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        access_log=False,
        ws="none",
        proxy_headers=False,
        server_header=False,
        http=partial(Connection, limits=limits),  # type: ignore[arg-type]  # it is called, and never asked what it is
        timeout_graceful_shutdown=ceil(settings.regiograaf_request_seconds) + SPARE_SECONDS,
    )


async def _warm_and_freeze(warm_up: WarmUp) -> None:
    await warm_up.run()
    _freeze_heap()


async def _warm_and_keep(warm_up: WarmUp) -> None:
    await _warm_and_freeze(warm_up)
    await warm_up.keep()


async def _stop_if_given_up(server: uvicorn.Server, availability: Availability) -> None:
    """Stops a server whose store will not come back."""
    await availability.until(lambda: availability.given_up is not None)
    server.should_exit = True


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


class LeavingServer(uvicorn.Server):
    """A server that gives notice before it stops: /readyz is 503 while it still answers, so that others take over.

    After the second signal it waits for nobody.
    """

    def __init__(self, config: uvicorn.Config, notice_seconds: float) -> None:
        super().__init__(config)
        self._notice_seconds = notice_seconds
        self._stop_at: float | None = None
        self.started_hook: Callable[[], None] = lambda: None

    @property
    def is_leaving(self) -> bool:
        return self._stop_at is not None

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.started_hook()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.is_leaving:
            self.force_exit = True
            super().handle_exit(sig, frame)
            return
        self._captured_signals.append(sig)
        self._stop_at = time.monotonic() + self._notice_seconds

    async def on_tick(self, counter: int) -> bool:
        if self._stop_at is not None and time.monotonic() >= self._stop_at:
            self.should_exit = True
        return await super().on_tick(counter)
