"""The pages for a browser: a browser always gets one, everything comes from our own origin, and GraphiQL hides nothing."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from api.documents.saved import shipped
from api.http import explorer
from tests.api.conftest import Client
from tests.house.readme import README

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
TYPENAME = {"query": "{ __typename }"}


@pytest.fixture(params=["built", "not built"])
def built(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(explorer, "built", lambda: request.param == "built")
    return bool(request.param == "built")


BROWSERS = {
    "Chromium": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
    "Firefox": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Safari": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "of old": "text/html, */*",
    "with JSON after it": "text/html;q=0.9, application/json;q=0.5",
}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("accept", BROWSERS.values(), ids=BROWSERS)
def test_a_browser_always_gets_the_page_whatever_the_address_asks(client: Client, built: bool, accept: str, method: str) -> None:
    for params in ({}, TYPENAME, {"documentId": "0" * 64}, {"query": "{"}, {"query": "{ __typename }", "dataVersion": "other"}):
        response = client(method, params=params, headers={"accept": accept, "if-none-match": "*"})
        assert (response.status_code, response.headers["vary"], response.headers["cache-control"]) == (
            200,
            "Accept, Accept-Encoding",
            "no-cache",
        )
        assert response.headers["content-type"].startswith("text/html")
        assert "etag" not in response.headers
        assert method == "HEAD" or "/graphql/pages/plain.js" in response.text


@pytest.mark.parametrize("accept", ["application/json", "*/*", "application/json, text/html", "application/json, text/html;q=0.9"])
def test_a_client_gets_an_answer_at_the_same_address(client: Client, accept: str) -> None:
    response = client("GET", params=TYPENAME, headers={"accept": accept})
    assert response.json()["data"] == {"__typename": "Query"}
    assert response.headers["vary"] == "Accept, Accept-Encoding"


def test_graphiql_has_an_address_of_its_own_and_hides_no_page(client: Client, built: bool) -> None:
    response = client("GET", "/graphql/editor", params=TYPENAME)
    assert response.status_code == (200 if built else 307)
    assert "built/editor.js" in response.text if built else response.headers["location"].startswith("/graphql?query=")
    assert "/graphql/pages/plain.js" in client("GET", headers=HTML).text


def test_the_old_address_of_the_page_leads_to_it(client: Client) -> None:
    assert client("GET", "/graphql/plain").headers["location"] == "/graphql"
    assert client("GET", "/graphql/plain", params={"query": "{a}"}).headers["location"] == "/graphql?query=%7Ba%7D"


def test_the_page_says_if_there_is_an_editor_and_else_how_to_get_it(client: Client, built: bool) -> None:
    text = client("GET", headers=HTML).text
    assert f'data-editor="{"there" if built else "absent"}"' in text
    assert html.unescape(text).count("npm ci --omit=dev && npm run build") == 1
    assert "npm ci --omit=dev && npm run build" in README.read_text("utf-8")


@pytest.mark.parametrize("path", ["/graphql", "/graphql/pages/plain.html", "/graphql/pages/plain.js"])
def test_a_page_may_run_no_script_but_our_own_files(client: Client, path: str) -> None:
    response = client("GET", path, headers=HTML)
    policy = dict(part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["default-src"] == "'none'"


@pytest.mark.parametrize("name", ["plain.html", "editor.html", "ref.html"])
def test_no_script_stands_in_a_page_and_nothing_is_fetched_from_elsewhere(name: str) -> None:
    text = (explorer.FOLDER / name).read_text("utf-8")
    assert re.findall(r"<script[^>]*>([^<]+)", text) == []
    assert re.findall(r"\son\w+=|style=|<style", text) == []
    named = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert [address for address in named if not re.match(r"/(?!/)|data:,$", address)] == []


@pytest.mark.parametrize("name", ["plain.js", "questions.js", "editor.mjs"])
def test_a_script_of_ours_writes_text_and_no_html_and_hears_no_other_window(name: str) -> None:
    text = (explorer.FOLDER / name).read_text("utf-8")
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacent|dangerously|document\.write|DOMParser|\beval\b|Function\(|postMessage|['\"]message['\"]|cookie"
    )
    assert re.findall(forbidden, text) == []
    assert re.search(forbidden, "element.innerHTML = answer")


def test_both_pages_offer_the_saved_questions_in_dutch_and_english(client: Client) -> None:
    offered = client("GET", "/graphql/saved.json").json()
    assert {question["document"] for question in offered} == {question.document for question in shipped().values()}
    assert tuple(question["name"] for question in offered if question["inSentences"]) == explorer.IN_SENTENCES
    assert [question["inSentences"] for question in offered] == sorted((q["inSentences"] for q in offered), reverse=True)
    for question in offered:
        assert all(question[language][text] for language in ("nl", "en") for text in ("title", "description"))
        assert isinstance(question["variables"], dict)
    for script in ("plain.js", "editor.mjs"):
        assert "from './questions.js'" in (explorer.FOLDER / script).read_text("utf-8")
    assert "/graphql/saved.json" in (explorer.FOLDER / "questions.js").read_text("utf-8")


def test_every_file_that_a_page_names_is_there(client: Client) -> None:
    for name in ("plain.html", "editor.html", "ref.html"):
        for address in re.findall(r'(?:src|href)="(/graphql/pages/[^"]+)"', (explorer.FOLDER / name).read_text("utf-8")):
            there = client("GET", address).status_code == 200
            assert there or ("/built/" in address and not explorer.built()), address


def test_graphiql_is_built_in_where_its_file_is(tmp_path: Path) -> None:
    assert not explorer.built(tmp_path)
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "editor.js").touch()
    assert explorer.built(tmp_path)


def test_a_file_outside_the_folder_is_not_given(client: Client) -> None:
    assert client("GET", "/graphql/pages/%2e%2e/app.py").status_code == 404
