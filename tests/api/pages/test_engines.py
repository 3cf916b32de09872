"""Every page is the same on both engines, byte for byte but for the name of the engine in its entity tag."""

from __future__ import annotations

import asyncio

import pytest
from httpx2 import ASGITransport, AsyncClient

from api.answer import Answers
from api.http.app import application
from graph.engines.bolt import Store
from tests.api.conftest import TODAY
from tests.api.pages.conftest import HTML, addresses


@pytest.mark.parametrize("path", addresses())
def test_a_page_is_the_same_on_both_engines(loaded_everywhere: dict[str, Store], runner: asyncio.Runner, path: str) -> None:
    async def read(store: Store) -> str:
        app = application(Answers(store, lambda: TODAY, "engine"))
        async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
            return (await client.get(f"{path}?asOf=2024-01-01", headers=HTML)).text

    first, second = (runner.run(read(store)) for store in loaded_everywhere.values())
    assert first == second
