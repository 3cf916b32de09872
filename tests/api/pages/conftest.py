"""A reader of the pages, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from httpx2 import ASGITransport, AsyncClient, Response

from api.answer import Answers
from api.http.app import application
from api.pages.address import PATHS
from api.pages.site import PAGES
from graph.domain.languages import LANGUAGES
from graph.engines.bolt import Store
from tests.api.conftest import TODAY

HTML = {"accept": "text/html"}
Read = Callable[..., Response]
# What the path and the address of a page are filled in with, where it shows nothing without.
PLACES = {"type": "municipality", "slug": "zaanstad"}


@pytest.fixture
def read(runner: asyncio.Runner, loaded: Store) -> Read:
    """Reads the page at an address of the packaged claims, whose version is known as it is on a server that runs.

    The address of a thing leads to its page, which is read then.
    """
    answers = Answers(loaded, lambda: TODAY, "engine")
    app = application(answers)

    async def get(path: str, headers: dict[str, str]) -> Response:
        await answers.versions.refresh()
        async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
            found = await client.get(path, headers=headers)
            return await client.get(found.headers["location"], headers=headers) if found.status_code == 303 else found

    return lambda path, **headers: runner.run(get(path, {**HTML, **headers}))


def addresses() -> list[Any]:
    """All pages in all languages, with a place where one is needed."""
    return [
        pytest.param(path.format(**PLACES), id=f"{page}-{language.key}")
        for page in PAGES
        for language in LANGUAGES
        if (path := PATHS[page].get(language.code))
    ]
