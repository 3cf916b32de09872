"""A client of the application, without a network, in the one event loop of the run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from httpx2 import ASGITransport, AsyncClient, Response

from api.answer import Answers
from api.http.app import application
from graph.ask.ask import Reader
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher

TODAY = date(2026, 11, 21)


class NeverAsked:
    """A store for questions that must be refused, or answered from the schema, before anything is asked."""

    async def read(self, cypher: Cypher) -> list[Any] | None:
        raise AssertionError(f"asked: {cypher.name}")

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        raise AssertionError(f"asked: {cypher.name}")


class Client:
    """Sends one request at a time."""

    def __init__(self, runner: asyncio.Runner, store: Reader) -> None:
        self._runner, self._application = runner, application(Answers(store, lambda: TODAY, "engine"))

    def __call__(self, method: str, path: str = "/graphql", **request: Any) -> Response:
        async def send() -> Response:
            transport = ASGITransport(app=self._application)
            async with AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.request(method, path, **request)

        return self._runner.run(send())

    def ask(self, query: str, variables: Any = None, *, media: str = "application/graphql-response+json") -> Response:
        return self("POST", json={"query": query, "variables": variables}, headers={"accept": media})


@pytest.fixture(scope="session", params=["embedded"])
def engine(request: pytest.FixtureRequest) -> str:
    """The embedded engine alone: what stands before the graph is the same for both.

    A file whose tests hold for each engine imports `engine` of `tests.conftest`; `pages/test_engines.py` compares the pages of both.
    """
    return str(request.param)


@pytest.fixture
def client_of(runner: asyncio.Runner) -> Callable[[Reader], Client]:
    return lambda store: Client(runner, store)


@pytest.fixture
def client(client_of: Callable[[Reader], Client]) -> Client:
    """A client of an application that must not ask its store anything."""
    return client_of(NeverAsked())


@pytest.fixture
def loaded_client(client_of: Callable[[Reader], Client], loaded: Store) -> Client:
    """A client of the packaged claims, on each engine."""
    return client_of(loaded)
