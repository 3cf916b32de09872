"""Security headers: every response has each of them once, whatever is asked and however it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from httpx2 import ASGITransport, AsyncClient, Response

from api.answer import Answers
from api.http.app import application, with_cors
from api.http.secured import HEADERS
from graph.engines.cypher import Cypher
from graph.errors import EngineUnavailable
from tests.api.conftest import TODAY

HTML = {"accept": "text/html"}
TYPENAME = {"query": "{ __typename }"}
OURS = "https://jeugd.example.nl"
PREFLIGHT = {"origin": OURS, "access-control-request-method": "POST"}
ASKED: list[tuple[str, str, dict[str, Any], int]] = [
    ("GET", "/graphql", {"headers": HTML}, 200),
    ("GET", "/graphql", {"params": TYPENAME}, 200),
    ("GET", "/graphql", {"params": TYPENAME, "headers": {"if-none-match": '"x"'}}, 200),
    ("POST", "/graphql", {"json": TYPENAME}, 200),
    ("POST", "/graphql", {"json": {"query": "{ sources { id } }"}}, 200),
    ("POST", "/graphql", {"json": {}}, 400),
    ("POST", "/graphql", {"content": b"{}", "headers": {"content-type": "text/plain"}}, 415),
    ("PUT", "/graphql", {}, 405),
    ("GET", "/graphql", {"headers": {"accept": "text/csv"}}, 406),
    ("GET", "/", {}, 503),
    ("GET", "/begrippen", {}, 200),
    ("GET", "/theme.css", {}, 200),
    ("GET", "/static/pages.css", {}, 200),
    ("GET", "/graphql/plain", {}, 307),
    ("GET", "/graphql/editor", {}, 0),
    ("GET", "/graphql/saved.json", {}, 200),
    ("GET", "/graphql/pages/plain.html", {}, 200),
    ("GET", "/graphql/pages/plain.js", {}, 200),
    ("GET", "/graphql/pages/nothing.js", {}, 404),
    ("GET", "/graphql/pages/", {}, 404),
    ("POST", "/graphql/pages/plain.js", {}, 405),
    ("GET", "/schema.graphql", {}, 200),
    ("POST", "/schema.graphql", {}, 405),
    ("GET", "/healthz", {}, 200),
    ("GET", "/readyz", {}, 503),
    ("GET", "/nothing", {}, 404),
    ("GET", "/id/municipality/zaanstad", {}, 303),
    ("GET", "/id/municipality/zaanstad.json", {}, 503),
    ("GET", "/id/municipality/zaanstad.ttl", {}, 503),
    ("GET", "/id/GM0479", {"headers": {"accept": "text/css"}}, 406),
    ("GET", "/v1/openapi.json", {}, 200),
    ("GET", "/v1/export/nothing", {}, 404),
    ("POST", "/graphql", {"json": TYPENAME, "headers": {"content-encoding": "gzip"}}, 415),
    ("GET", "/schema.graphql", {"headers": {"accept-encoding": "identity;q=0"}}, 406),
    ("OPTIONS", "/graphql", {"headers": PREFLIGHT}, 200),
    ("OPTIONS", "/graphql", {"headers": {**PREFLIGHT, "origin": "https://elsewhere.example"}}, 400),
    ("POST", "/graphql", {"json": TYPENAME, "headers": {"origin": OURS}}, 200),
]


class Away:
    """A store that does not answer."""

    async def read(self, cypher: Cypher) -> list[Any] | None:
        raise EngineUnavailable("It is away.", "Wait.")

    rows: Callable[..., Any] = read


@pytest.mark.parametrize(("method", "path", "request_", "status"), ASKED, ids=[f"{m} {p} {s}" for m, p, _, s in ASKED])
def test_every_response_has_each_header_once_a_content_type_and_no_cookie(
    runner: asyncio.Runner, method: str, path: str, request_: dict[str, Any], status: int
) -> None:
    app = with_cors(application(Answers(Away(), lambda: TODAY, "engine")), (OURS,))

    async def ask() -> Response:
        async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
            return await client.request(method, path, **request_)

    response = runner.run(ask())
    assert status in (0, response.status_code)
    for name, _ in HEADERS:
        assert len(response.headers.get_list(name.decode())) == 1, name
    assert response.headers["x-content-type-options"] == "nosniff"
    policy = response.headers["content-security-policy"]
    for directive in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        assert f"{directive} 'none'" in policy
    assert "set-cookie" not in response.headers
    media, _, charset = response.headers.get("content-type", "").partition("; charset=")
    assert media or not response.content
    assert charset == "utf-8" or not media.startswith("text/")
    if status >= 400 or path in ("/healthz", "/readyz"):
        assert response.headers["cache-control"] == "no-store"
