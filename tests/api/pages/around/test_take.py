"""Meenemen: only what the server offers, for the day that the address names, with the licences as the datasets name them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from api.answer import Answers
from api.export.export import Format
from api.export.formats import FORMATS
from api.http.rest.exports import Folder
from api.http.rest.routes import Offer
from api.pages.around.take import EVERYTHING
from graph.engines.bolt import Store
from tests.api.conftest import TODAY
from tests.api.http.rest.conftest import Get, asking
from tests.api.pages.conftest import HTML, Read
from tests.api.pages.html import links

PAGES = ("/", "/bronnen", "/en", "/en/sources")


def offering(runner: asyncio.Runner, store: Store, folder: Path, *names: str, base_url: str | None = None) -> Get:
    formats: dict[str, Format] = {name: FORMATS[name] for name in names}
    return asking(runner, Answers(store, lambda: TODAY, "engine"), Offer(formats, Folder(folder), base_url))


def files(page: str) -> list[str]:
    """The addresses of the section of a page."""
    return [link for link in links(page.partition('<section id="take"')[2].partition("</section>")[0]) if "/v1/" in link or "/id/" in link]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("names", [(), ("csv",), EVERYTHING])
def test_a_page_offers_the_files_of_everything_that_the_server_offers(
    runner: asyncio.Runner, loaded: Store, tmp_path: Path, path: str, names: tuple[str, ...]
) -> None:
    page = offering(runner, loaded, tmp_path, *names)(path, HTML["accept"], accept_language="nl").text
    assert files(page) == [f"/v1/export/{name}" for name in names]
    assert ('id="take"' in page) == bool(names)


@pytest.mark.parametrize(
    ("key", "forms"),
    [
        ("region/zaanstreek-waterland", ["xlsx", "csv", "ics", "atom", "ttl", "json"]),
        ("contract/zawa-2022", ["xlsx", "csv", "ics", "atom", "ttl", "json"]),
        ("governancebody/bj42", ["xlsx", "csv", "atom", "ttl", "json"]),
    ],
)
def test_the_page_of_a_thing_offers_its_forms_for_its_day_and_each_is_there(read: Read, key: str, forms: list[str]) -> None:
    found = files(read(f"/id/{key}.html?asOf=2024-01-01").text)
    assert found == [f"/id/{key}.{form}?asOf=2024-01-01" for form in forms]
    assert {read(link, accept="*/*").status_code for link in found} == {200}


def test_who_knows_its_own_address_lets_a_calendar_be_subscribed_to(runner: asyncio.Runner, loaded: Store, tmp_path: Path) -> None:
    get = offering(runner, loaded, tmp_path, "ics", base_url="https://example.nl/")
    assert "webcal://example.nl/v1/export/ics" in links(get("/", HTML["accept"]).text)
    assert "webcal://example.nl/id/region/ijmond.ics?asOf=2024-01-01" in links(
        get("/id/region/ijmond.html?asOf=2024-01-01", HTML["accept"]).text
    )


def test_the_licences_are_those_that_the_datasets_name(read: Read) -> None:
    assert "De licenties zijn: CC-BY-4.0, EUPL-1.2." in read("/id/region/ijmond.html").text
