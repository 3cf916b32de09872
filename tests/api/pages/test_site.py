"""What holds for every page: its language, its day, its entity tag, its files, its policy, and what it says when something is wrong."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from httpx2 import ASGITransport, AsyncClient, Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from api.answer import Answers
from api.http.app import Application, application
from api.http.site import MOST_VALUES
from api.pages.site import PAGES, parameters_of
from api.settings import Settings
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.errors import EngineUnavailable
from tests.api.conftest import TODAY, Client
from tests.api.pages.conftest import HTML, Read, addresses
from tests.graph.worlds import examples
from tests.house.readme import ROOT

MOST_BYTES = 150_000
HOSTILE = ["<script>alert(1)</script>", "GM0479", "JZ09", "zaanstad", "0000-00-00", "%00", "\u202e", "'", '"', "a" * 10_000]


class Away:
    """A store that does not answer."""

    async def read(self, cypher: Cypher) -> list[object] | None:
        raise EngineUnavailable("Bolt at 10.0.0.7 is away.", "Wait.")

    rows: Callable[..., object] = read


@pytest.mark.parametrize("path", addresses())
def test_every_page_is_there_in_its_language(read: Read, path: str) -> None:
    response = read(path)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{"en" if path.startswith("/en") else "nl"}">' in response.text
    assert len(response.content) <= MOST_BYTES
    assert len(re.findall(r"<h1[ >]", response.text)) == 1


@pytest.mark.parametrize("path", addresses())
def test_nothing_is_fetched_from_elsewhere_and_no_style_or_script_stands_in_a_page(read: Read, path: str) -> None:
    response = read(path)
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"[^>]*(?:rel="stylesheet"|></script>)', response.text)
    assert not re.search(r"<script(?![^>]*src=\"/static/)|<style| style=\"| on[a-z]+=\"", response.text)
    policy = response.headers["content-security-policy"]
    assert all(part in policy for part in ("default-src 'none'", "script-src 'self'", "object-src 'none'", "base-uri 'none'"))
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", addresses())
def test_a_reader_who_has_the_page_is_told_that_it_is_still_the_same(read: Read, path: str) -> None:
    read(path)  # the version of the data is known after the first answer
    tag = read(path).headers["etag"]
    again = read(path, **{"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert read(f"{path}?asOf=2022-01-01").headers["etag"] != tag


@pytest.mark.parametrize("path", addresses())
@pytest.mark.parametrize("day", ["1-1-2022", "1 January 2022"])  # how days are read is tried in tests/api/test_day.py
def test_a_day_may_be_written_as_people_write_it(read: Read, path: str, day: str) -> None:
    response = read(f"{path}?asOf={quote(day)}")
    assert (response.status_code, response.headers["location"]) == (302, f"{path}?asOf=2022-01-01")


@pytest.mark.parametrize("day", ["31-2-2022", "<b>"])
@pytest.mark.parametrize("path", addresses())
def test_what_is_no_day_is_told_so_in_the_language_of_the_reader(read: Read, path: str, day: str) -> None:
    response = read(f"{path}?asOf={quote(day)}")
    assert response.status_code == 400
    assert "NO_SUCH_DAY" in response.text
    assert "<b>" not in response.text


@pytest.mark.parametrize("path", addresses())
def test_the_day_stands_in_the_title_and_in_the_addresses_of_a_page_that_has_one(read: Read, path: str) -> None:
    text = read(f"{path}?asOf=2022-01-01").text
    if "rg-as-of" in text:
        day = "1 January 2022" if path.startswith("/en") else "1 januari 2022"
        assert day in re.findall(r"<title>(.*?)</title>", text)[0]
        assert re.search(r"data-address>[^<]*asOf=2022-01-01&amp;dataVersion=[0-9a-f]+<", text)


@pytest.mark.parametrize("path", addresses())
def test_exactly_this_state_is_refused_once_the_data_are_others(read: Read, path: str) -> None:
    response = read(f"{path}?dataVersion=0000000000000000")
    if response.status_code != 200:  # a page of words alone depends on no data
        assert response.status_code == 409
        assert "OTHER_DATA_VERSION" in response.text


@pytest.mark.parametrize("path", addresses())
def test_a_table_is_there_as_csv_and_xlsx_with_the_same_words(read: Read, path: str) -> None:
    links = re.findall(r'href="(/[^"]*\.(?:csv|xlsx)[^"]*)"', read(f"{path}?asOf=2023-06-01").text)
    if not links:
        return
    csv_link, xlsx_link = (next(link.replace("&amp;", "&") for link in links if f".{form}" in link) for form in ("csv", "xlsx"))
    written = read(csv_link)
    assert written.content.startswith(b"\xef\xbb\xbf")
    header, *rows = written.content.decode("utf-8-sig").splitlines()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(read(xlsx_link).content)).get_sheet_by_index(0).to_python()
    assert header.split(";") == [str(title) for title in sheet[0]]
    assert len(sheet) - 1 <= len(rows)
    assert re.search(r'filename="[a-z-]+-2023-06-01\.csv"|filename="[a-z-]+-\d{4}-\d\d-\d\d\.csv"', written.headers["content-disposition"])


@pytest.mark.parametrize("path", addresses())
def test_a_store_that_is_away_is_a_page_that_says_so_and_leaks_nothing(client_of: Callable[[object], Client], path: str) -> None:
    client = client_of(Away())
    response = client("GET", path, headers=HTML)
    if response.status_code == 303:  # the address of a thing
        response = client("GET", response.headers["location"], headers=HTML)
    if response.status_code != 200:  # a page of words alone
        assert response.status_code == 503
        assert "ENGINE_UNAVAILABLE" in response.text
    assert "10.0.0.7" not in response.text
    assert response.headers["cache-control"] == "no-store" or response.status_code == 200


@settings(examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_address_makes_the_server_fail(read: Read, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([str(parameter.values[0]) for parameter in addresses()]))
    page = data.draw(st.sampled_from(sorted(PAGES)))
    names = st.sampled_from([*parameters_of(page), "query", "x"])
    hostile = st.sampled_from(
        ["<script>alert(1)</script>", "GM0479", "JZ09", "zaanstad", "0000-00-00", "%00", "\u202e", "'", '"', "a" * 10_000]
    )
    pairs = data.draw(st.lists(st.tuples(names, st.one_of(hostile, st.text(max_size=30))), max_size=MOST_VALUES + 5))
    response = read(path + "?" + "&".join(f"{name}={quote(value, errors='ignore')}" for name, value in pairs))
    assert response.status_code < 500
    assert "<script>alert" not in response.text


def test_a_reader_of_english_is_led_to_english_and_all_others_read_dutch(read: Read) -> None:
    assert read("/", **{"accept-language": "en-GB,en;q=0.9"}).headers["location"] == "/en"
    assert read("/", **{"accept-language": "nl-NL,nl;q=0.9,en;q=0.8"}).status_code == 200
    assert read("/", **{"accept-language": "fr"}).status_code == 200


def test_a_theme_of_ones_own_is_one_file(loaded: Store, runner: asyncio.Runner, tmp_path: Path) -> None:
    own = tmp_path / "own.css"
    own.write_text(":root { --utrecht-document-color: #123456; }", "utf-8")
    for theme, expected in ((None, "--utrecht-heading-color"), (own, "#123456")):
        response = runner.run(_get(application(Answers(loaded, lambda: TODAY, "engine"), theme=theme), "/theme.css"))
        assert response.headers["content-type"].startswith("text/css")
        assert expected in response.text


def test_every_colour_of_a_style_is_a_property_that_the_theme_has() -> None:
    """So a theme of one file changes all that is seen; what a style falls back to is the value of our own theme."""
    folder = ROOT / "api/pages/static"
    theme = dict(re.findall(r"^  (--[\w-]+): (.+);$", (folder / "theme.css").read_text("utf-8"), re.MULTILINE))
    for file in folder.glob("*.css"):
        for name in re.findall(r"var\((--[\w-]+)", file.read_text("utf-8")):
            assert name in theme, f"{file.name}: {name}"


@pytest.mark.parametrize("first", ["", "&after=2"])
def test_a_file_has_the_whole_list_from_its_beginning(read: Read, loaded_client: Client, first: str) -> None:
    after = loaded_client.ask('{ search(query: "zaan", asOf: "2024-01-01", first: 25) { totalCount pageInfo { endCursor } } }').json()
    found = after["data"]["search"]
    start = f"&after={quote(found['pageInfo']['endCursor'])}" if first else ""
    lines = read(f"/zoeken.csv?query=zaan&asOf=2024-01-01{start}").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + found["totalCount"] > 26


def test_a_file_that_has_no_room_for_the_whole_list_says_so(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.pages.site.MOST_ROWS", 10)
    _, *lines = read("/tegenspraken.csv").content.decode("utf-8-sig").splitlines()
    assert len(list(csv.reader(lines, delimiter=";"))) == 11
    assert lines[-1].startswith("De lijst is langer. Dit bestand heeft de eerste 10 regels.;")


@pytest.mark.parametrize(
    ("origins", "expected"), [("", "'none'"), ("https://a.nl, https://b.nl:8080", "https://a.nl https://b.nl:8080"), ("*", "*")]
)
def test_only_what_stands_under_embed_may_be_framed_and_only_by_whom_the_setting_names(
    loaded: Store, runner: asyncio.Runner, origins: str, expected: str
) -> None:
    frames = Settings(regiograaf_frame_origins=origins).frames
    app = application(Answers(loaded, lambda: TODAY, "engine"), frames=frames)
    for path in (str(parameter.values[0]) for parameter in addresses()):
        policy = runner.run(_get(app, path)).headers["content-security-policy"]
        assert policy.endswith(f"frame-ancestors {expected if '/embed/' in path else chr(39) + 'none' + chr(39)}")


async def _get(app: Application, path: str) -> Response:
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
        return await client.get(path, headers=HTML)
