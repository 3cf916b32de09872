"""OpenTelemetry: one span for each request, with what its line of the access log says. Where spans go, the variables OTEL_… say.

A span has no address of a client, no variables and no text of a question, since these may say who asked what.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.access import NOTES, fields
from api.http.secured import OF_THE_MOMENT
from graph.errors import WrongSetting

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Tracer

NAME = "regiograaf"


def exporting() -> TracerProvider:
    """Returns a provider of spans that sends them by OTLP over HTTP. Raises WrongSetting if its packages are not installed."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise WrongSetting(
            "REGIOGRAAF_TELEMETRY needs the packages of OpenTelemetry.", "Install them: pip install 'regiograaf[otel]'."
        ) from None
    about = {"service.name": os.environ.get("OTEL_SERVICE_NAME", NAME), "service.version": version(NAME)}
    provider = TracerProvider(resource=Resource.create(about))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider


@dataclass(frozen=True, slots=True)
class Spans:
    """Makes a span of each request but health checks and /metrics; it continues the trace that the headers name."""

    app: ASGIApp
    tracer: Tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OF_THE_MOMENT:
            await self.app(scope, receive, send)
            return
        from opentelemetry.propagate import extract
        from opentelemetry.trace import SpanKind, Status, StatusCode

        named = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        with self.tracer.start_as_current_span(f"{scope['method']} request", extract(named), SpanKind.SERVER) as span:
            await self.app(scope, receive, send)
            told = fields(scope, scope[NOTES])
            span.set_attributes({f"{NAME}.{name}": value for name, value in told.items() if value is not None})
            span.set_attributes({"http.request.method": told["method"], "http.response.status_code": told["status"]})
            if told["status"] >= 500:
                span.set_status(Status(StatusCode.ERROR))
