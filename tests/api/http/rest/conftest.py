"""A program that asks the REST addresses, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from httpx2 import ASGITransport, AsyncClient, Response

from api.answer import Answers
from api.http.app import application
from api.http.rest.routes import Offer
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.load import writes
from tests.api.conftest import TODAY

Get = Callable[..., Response]
# What nobody should ask: parts of an address that are long, impossible, of another alphabet, or meant to break out of something.
HOSTILE = [
    "x" * 5000, "%00", "..%2f..%2fetc%2fpasswd", "%ff%fe", "a'b\"c", "{{7*7}}", "%0d%0aset-cookie:a=b", "%ED%A0%80", "%20",
    "<script>alert(1)</script>", "MATCH (n) RETURN n", "GM9999",
]  # fmt: skip
LEAKS = ("Traceback", "site-packages", "/work/", 'File "', "arcadedb", "neo4j.", "MATCH (", "bolt://")


@pytest.fixture(scope="session", params=["embedded"])
def engine(request: pytest.FixtureRequest) -> str:
    """The embedded engine alone: what is asked is asked by saved questions, which are tried on both."""
    return str(request.param)


@dataclass
class Known:
    """A store that tells its version and nothing else."""

    version: str = "v1"
    loaded_at: str = "2026-01-01"
    read_rows: list[str] = field(default_factory=list)

    async def read(self, cypher: Cypher) -> list[Any] | None:
        raise AssertionError(f"asked: {cypher.name}")

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        if cypher.text == writes.WATCHED:
            return [[self.version, self.loaded_at, None]]
        raise AssertionError(f"asked: {cypher.name}")


def asking(runner: asyncio.Runner, answers: Answers, offer: Offer | None = None) -> Get:
    """Returns a client of an application whose version of the data is known, as on a server that runs. It follows no redirects."""
    app = application(answers, offer=offer or Offer())

    async def send(method: str, path: str, headers: dict[str, str]) -> Response:
        await answers.versions.refresh()
        async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
            return await client.request(method, path, headers=headers)

    def get(path: str, accept: str = "", *, method: str = "GET", **headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return runner.run(send(method, path, {**({"accept": accept} if accept else {}), **named}))

    return get


@pytest.fixture
def known(runner: asyncio.Runner) -> Get:
    """Asks a server whose store may not be asked."""
    return asking(runner, Answers(Known(), lambda: TODAY, "engine"))


@pytest.fixture
def get(runner: asyncio.Runner, loaded: Store) -> Get:
    """Asks a server with the packaged claims."""
    answers = Answers(loaded, lambda: TODAY, "engine", request_seconds=300)  # the first form reads all claims, however slow the machine
    return asking(runner, answers, Offer(base_url="https://regiograaf.example.nl/"))


def problem(response: Response) -> Any:
    """The problem that a response tells, after what holds for all of them: it has all members, is not kept, and gives nothing away."""
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["api-version"]
    body = response.json()
    assert body.keys() >= {"type", "title", "status", "detail", "code", "message", "remedy"}
    assert (body["status"], body["type"]) == (response.status_code, f"urn:regiograaf:problem:{body['code']}")
    assert [leak for leak in LEAKS if leak in body["title"] + body["remedy"]] == []
    assert len(response.content) < 4000
    return body
