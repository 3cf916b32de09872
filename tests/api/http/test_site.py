"""Pages that are kept: what is asked of the store for them, and that pages and API share what is kept. The pages: tests/api/pages."""

from __future__ import annotations

import asyncio
from importlib.resources import files
from urllib.parse import urlencode

import orjson
import pytest
from httpx2 import ASGITransport, AsyncClient, Response

from api.documents.saved import shipped
from api.pages.address import FORMS
from graph.engines.bolt import Store
from tests.api.http.test_cache import Asking, asking, run

MOST_SCRIPT_BYTES = 12_000
PAGE = "/verschil?from=2021-01-01&to=2022-01-01&scope=JZ09&asOf=2026-01-01"


async def read(client: Asking, path: str = PAGE, tag: str = "") -> Response:
    async with AsyncClient(transport=ASGITransport(app=client.app), base_url="http://test") as reader:
        return await reader.get(path, headers={"accept": "text/html", "if-none-match": tag})


def test_the_same_page_is_asked_of_the_store_once_and_its_file_asks_nothing_more(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            first = await read(client)
            reads = client.store.reads
            assert reads
            again = await read(client)
            assert (again.status_code, again.content, again.headers) == (200, first.content, first.headers)
            assert (await read(client, PAGE.replace("?", ".csv?"))).status_code == 200
            assert client.store.reads == reads

    run(runner, work())


def test_a_page_and_the_api_share_what_is_kept(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            await read(client)
            reads, saved = client.store.reads, next(one for one in shipped().values() if one.name == "NameOf")
            asked = {"ref": "JZ09", "asOf": "2022-01-01", "lang": "NL"}
            sent = urlencode({"query": saved.document, "variables": orjson.dumps(asked).decode()}).encode()
            got = await client.sent("GET", sent, b"", {"accept": "application/json"})
            assert got.body["data"]["entity"]["name"] == "Zaanstreek-Waterland"
            assert client.store.reads == reads

    run(runner, work())


def test_a_page_is_made_anew_of_a_new_version_and_nothing_is_kept_where_no_memory_is_given(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            old = await read(client)
            client.store.loads("v2", "2026-02-01")
            await client.versions.refresh()
            new = await read(client)
            assert "v2" in new.text
            assert new.headers["etag"] != old.headers["etag"]
        async with asking(loaded, kept_bytes=0) as client:
            first = await read(client)
            reads = client.store.reads
            assert (await read(client)).content == first.content
            assert client.store.reads > reads

    run(runner, work())


def test_the_first_visit_by_a_reader_asks_nothing_after_the_visits_of_the_server(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded, kept_bytes=16 << 20) as client:
            await client.app.visit_pages()
            reads = client.store.reads
            for path in ("/", "/dekking", "/kaart", "/verschil"):
                assert (await read(client, path)).status_code == 200
            assert client.store.reads == reads

    run(runner, work())


@pytest.mark.parametrize("form", FORMS)
def test_a_reader_who_has_a_page_or_file_is_told_that_it_is_still_the_same(loaded: Store, runner: asyncio.Runner, form: str) -> None:
    path = PAGE if form == "html" else PAGE.replace("?", f".{form}?")

    async def work() -> None:
        async with asking(loaded, kept_bytes=16 << 20) as client:
            first = await read(client, path)
            again = await read(client, path, first.headers["etag"])
            assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
            assert again.headers["etag"] == first.headers["etag"]
            client.store.loads("v2", "2026-02-01")
            await client.versions.refresh()
            assert (await read(client, path, first.headers["etag"])).status_code == 200

    run(runner, work())


def test_the_scripts_of_all_pages_together_are_small() -> None:
    scripts = [file.read_bytes() for file in (files("api.pages") / "static").iterdir() if file.name.endswith(".js")]
    assert scripts
    assert sum(map(len, scripts)) <= MOST_SCRIPT_BYTES
