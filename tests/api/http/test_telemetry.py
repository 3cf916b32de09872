"""Spans of OpenTelemetry: one of each request, with what the access log says and nothing that tells who asked."""

from __future__ import annotations

import asyncio
import builtins
import json
from datetime import date
from typing import Any

import pytest
from httpx2 import ASGITransport, AsyncClient
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api.answer import Answers
from api.http.access import Logged
from api.http.app import application
from api.http.telemetry import Spans, exporting
from graph.engines.bolt import Store
from graph.errors import WrongSetting

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
QUESTION = {"query": "query Secret($ref: Ref!) { municipality(ref: $ref) { name } }", "variables": {"ref": "Zaanstad"}}


def spans(store: Store, runner: asyncio.Runner, *requests: tuple[str, str, dict[str, Any]]) -> tuple[ReadableSpan, ...]:
    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    app = Spans(Logged(application(Answers(store, lambda: date(2026, 11, 21), "engine")), "none"), provider.get_tracer("test"))

    async def asked() -> None:
        async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as client:
            for method, path, options in requests:
                await client.request(method, path, **options)

    runner.run(asked())
    return kept.get_finished_spans()


def test_a_request_has_a_span_that_continues_the_trace_of_its_headers(loaded: Store, runner: asyncio.Runner) -> None:
    headers = {"traceparent": f"00-{TRACE}-{PARENT}-01"}
    (span,) = spans(loaded, runner, ("POST", "/graphql", {"json": QUESTION, "headers": headers}))
    assert span.parent
    assert (f"{span.context.trace_id:032x}", f"{span.parent.span_id:016x}") == (TRACE, PARENT)
    told = dict(span.attributes or {})
    assert (told["regiograaf.operation"], told["http.response.status_code"]) == ("Secret", 200)
    assert told["regiograaf.price"]
    assert "regiograaf.code" not in told


def test_a_span_tells_the_code_of_an_error_and_neither_variables_nor_the_question(loaded: Store, runner: asyncio.Runner) -> None:
    wrong = {**QUESTION, "variables": {"ref": "Nergenshuizen"}}
    (span,) = spans(loaded, runner, ("POST", "/graphql", {"json": wrong}))
    assert (span.attributes or {})["regiograaf.code"] == "NOT_FOUND"
    assert not [word for word in ("Nergenshuizen", "$ref", "127.0.0.1") if word in json.dumps(json.loads(span.to_json()))]


def test_health_checks_have_no_span(loaded: Store, runner: asyncio.Runner) -> None:
    assert spans(loaded, runner, ("GET", "/healthz", {}), ("GET", "/readyz", {})) == ()


def test_without_its_packages_the_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("opentelemetry"):
            raise ImportError(name)
        return original(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(WrongSetting, match="needs the packages"):
        exporting()


def test_what_is_exported_names_the_service() -> None:
    provider = exporting()
    assert provider.resource.attributes["service.name"] == "regiograaf"
    provider.shutdown()
