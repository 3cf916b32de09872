"""The access log: one line a request, with its operation, price and code, and nothing in it that a client can forge."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from httpx2 import ASGITransport, AsyncClient

from api.answer import Answers
from api.documents.saved import shipped
from api.errors import LONGEST_ECHO
from api.http.access import Logged, Which
from api.http.app import application, with_cors
from graph.engines.cypher import Cypher
from graph.errors import QueryTimeout
from tests.api.conftest import TODAY

OURS, OTHER = "https://jeugd.example.nl", "https://elsewhere.example"
PREFLIGHT = {"access-control-request-method": "POST"}
Ask = Callable[..., list[dict[str, Any]]]


class TooSlow:
    """A store that takes too long."""

    async def read(self, cypher: Cypher) -> list[Any] | None:
        raise QueryTimeout("It took too long.", "Ask for less.")

    rows: Callable[..., Any] = read


@pytest.fixture
def lines(runner: asyncio.Runner, caplog: pytest.LogCaptureFixture) -> Ask:
    """The fields of the lines that a request writes."""

    def ask(method: str, path: str, *, which: Which = "all", origins: tuple[str, ...] = (), **request: Any) -> list[dict[str, Any]]:
        app = Logged(with_cors(application(Answers(TooSlow(), lambda: TODAY, "engine")), origins), which)

        async def one() -> None:
            async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
                await client.request(method, path, **request)

        caplog.clear()
        with caplog.at_level(logging.INFO, "regiograaf.access"):
            runner.run(one())
        return [record.fields for record in caplog.records if record.name == "regiograaf.access"]  # type: ignore[attr-defined]

    return ask


def test_a_line_has_all_that_is_known_of_a_request(lines: Ask) -> None:
    query = "query Bronnen { sources { title } }"
    (line,) = lines("POST", "/graphql", json={"query": query}, headers={"x-request-id": "r-7"})
    assert line.pop("ms") >= line.pop("store_ms") >= 0
    assert line == {
        "id": "r-7", "method": "POST", "path": "/graphql", "operation": "Bronnen", "price": 5051, "status": 200, "code": "QUERY_TIMEOUT",
    }  # fmt: skip


def test_an_operation_without_a_name_is_known_by_its_document(lines: Ask) -> None:
    (line,) = lines("GET", "/graphql", params={"query": "{ __typename }"})
    assert line["operation"] == "sha256:" + "7f56e67dd21a"
    one = next(iter(shipped().values()))
    (line,) = lines("GET", "/graphql", params={"documentId": one.document_id, "variables": one.variables})
    assert line["operation"] == one.name


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({"json": {"query": "{"}}, 200, "GRAPHQL_PARSE_FAILED"),
        ({"json": {}}, 400, "NO_QUERY"),
        ({"content": b"x" * 300_000, "headers": {"content-type": "application/json"}}, 413, "TOO_LARGE"),
    ],
)
def test_a_refused_request_has_its_code(lines: Ask, request_: dict[str, Any], status: int, code: str) -> None:
    (line,) = lines("POST", "/graphql", **request_)
    assert (line["status"], line["code"], line["operation"], line["price"]) == (status, code, None, None)


def test_other_addresses_have_a_line_too(lines: Ask) -> None:
    (line,) = lines("GET", "/nothing")
    assert (line["path"], line["status"], line["code"]) == ("/nothing", 404, None)


def test_problems_are_requests_with_an_error(lines: Ask) -> None:
    assert lines("GET", "/graphql", which="problems", params={"query": "{ __typename }"}) == []
    assert len(lines("GET", "/graphql", which="problems", params={"query": "{ sources { id } }"})) == 1
    assert len(lines("GET", "/nothing", which="problems")) == 1


@pytest.mark.parametrize(
    ("method", "path", "request_"),
    [
        ("GET", "/" + "x" * 5000, {}),
        ("POST", "/graphql", {"json": {"query": f"query {'x' * 5000} {{ __typename }}"}}),
        ("POST", "/graphql", {"json": {"query": "query A { __typename }", "operationName": "x" * 5000}}),
        ("OPTIONS", "/graphql", {"headers": {"origin": "https://" + "x" * 5000, **PREFLIGHT}}),
        ("X" * 5000, "/graphql", {}),
    ],
)
def test_nothing_in_a_line_is_longer_than_200_signs(lines: Ask, method: str, path: str, request_: dict[str, Any]) -> None:
    for line in lines(method, path, **request_):
        assert max(len(str(value)) for value in line.values()) <= LONGEST_ECHO


@pytest.mark.parametrize(
    ("origins", "method", "headers", "reason"),
    [
        ((), "OPTIONS", PREFLIGHT, "REGIOGRAAF_CORS_ORIGINS is not set"),
        ((OURS,), "OPTIONS", PREFLIGHT, "Disallowed CORS origin"),
        ((OURS,), "POST", {}, "REGIOGRAAF_CORS_ORIGINS does not name it"),
    ],
)
def test_why_a_page_of_another_origin_is_refused_has_a_line(
    lines: Ask, origins: tuple[str, ...], method: str, headers: dict[str, str], reason: str
) -> None:
    first, _ = lines(
        method, "/graphql", origins=origins, headers={"origin": OTHER, **headers}, **({"json": {}} if method == "POST" else {})
    )
    assert first == {"origin": OTHER, "reason": reason}


def test_our_own_pages_are_no_other_origin(lines: Ask) -> None:
    (line,) = lines("POST", "/graphql", origins=(OURS,), headers={"origin": "http://test"}, content=b"{}")
    assert line["path"] == "/graphql"
