"""The pages for a browser: everything comes from our own origin, and GraphiQL or a page that says that it is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.documents.saved import saved
from api.http import pages
from tests.api.conftest import Client

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
TYPENAME = {"query": "{ __typename }"}


@pytest.fixture(params=["built", "not built"])
def built(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(pages, "built", lambda: request.param == "built")
    return bool(request.param == "built")


def test_a_browser_gets_a_page_and_a_question_in_the_address_an_answer(client: Client, built: bool) -> None:
    response = client("GET", headers=HTML)
    assert response.headers["content-type"].startswith("text/html")
    assert ("built/editor.js" in response.text) is built
    assert client("GET", params=TYPENAME, headers=HTML).json()["data"] == {"__typename": "Query"}


def test_the_plain_page_says_whether_there_is_an_editor(client: Client, built: bool) -> None:
    text = client("GET", "/graphql/plain").text
    assert f'data-editor="{"there" if built else "absent"}"' in text
    assert "npm run build" in text


@pytest.mark.parametrize("path", ["/graphql", "/graphql/plain", "/graphql/pages/plain.html", "/graphql/pages/plain.js"])
def test_a_page_may_run_no_script_but_our_own_files(client: Client, path: str) -> None:
    response = client("GET", path, headers=HTML)
    policy = dict(part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["default-src"] == "'none'"


@pytest.mark.parametrize("name", ["plain.html", "editor.html", "ref.html"])
def test_no_script_stands_in_a_page_and_nothing_is_fetched_from_elsewhere(name: str) -> None:
    text = (pages.PAGES / name).read_text("utf-8")
    assert re.findall(r"<script[^>]*>([^<]+)", text) == []
    assert re.findall(r"\son\w+=|style=|<style", text) == []
    named = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert [address for address in named if not re.match(r"/(?!/)|data:,$", address)] == []


def test_the_plain_page_is_told_the_saved_questions_without_asking_one(client: Client) -> None:
    listed = client("GET", "/graphql/saved.json").json()
    assert [one["document"] for one in listed] == [one.document for one in saved().values()]
    assert all(one["nl"] and one["en"] and one["variables"] for one in listed)
    assert "/graphql/saved.json" in (pages.PAGES / "plain.js").read_text("utf-8")


def test_every_file_that_a_page_names_is_there(client: Client) -> None:
    for name in ("plain.html", "editor.html", "ref.html"):
        for address in re.findall(r'(?:src|href)="(/graphql/pages/[^"]+)"', (pages.PAGES / name).read_text("utf-8")):
            there = client("GET", address).status_code == 200
            assert there or ("/built/" in address and not pages.built()), address


def test_graphiql_is_built_in_where_its_file_is(tmp_path: Path) -> None:
    assert not pages.built(tmp_path)
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "editor.js").touch()
    assert pages.built(tmp_path)


def test_a_file_outside_the_folder_is_not_given(client: Client) -> None:
    assert client("GET", "/graphql/pages/%2e%2e/app.py").status_code == 404
