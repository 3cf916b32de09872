"""Errors in the language of the reader: beside what programs read, never in place of it, and never in a cache."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.errors import of_request
from api.http.reader import for_reader
from api.pages.words import Words, own_texts
from graph.ask.ask import Reader
from graph.domain.languages import LANGUAGES, Language
from graph.engines.bolt import Store
from graph.errors import Busy
from tests.api.conftest import Client
from tests.api.http.test_endpoint import Failing

MANUAL = Path(__file__).resolve().parents[3] / "api/ERRORS.md"
RESPONSE = "application/graphql-response+json"
TITLES = {"nl": "Dit staat niet in de gegevens", "en": "This is not in the data"}


def codes_of_the_api() -> list[str]:
    """Returns the codes of the manual that can be met over HTTP."""
    section = MANUAL.read_text("utf-8").partition("\n## Codes\n")[2].partition("\n## ")[0]
    return [code for code, when in re.findall(r"^\| `([A-Z_]+)` \| (.*)$", section, re.MULTILINE) if not when.startswith("Command line:")]


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one.ours], ids=lambda one: one.code)
@pytest.mark.parametrize("code", codes_of_the_api())
def test_every_code_of_the_api_has_a_title_and_a_sentence_in_each_language(code: str, language: Language) -> None:
    texts = own_texts(language)
    assert texts[f"problem.{code}.title"]
    assert texts[f"problem.{code}.text"].endswith(".")
    (told,) = for_reader([of_request(code, "A message.", "A remedy.")], language.key.encode())
    assert told["extensions"]["title"] == Words(language)(f"problem.{code}.title")
    assert told["extensions"].keys() == {"code", "remedy", "title", "text"}
    assert "{" not in told["extensions"]["text"].replace('{"asOf"', "")


def test_every_text_of_an_error_is_that_of_a_code_or_of_a_page() -> None:
    pages = {"TOO_MANY_MUNICIPALITIES", "OTHER"}
    codes = {key.split(".")[1] for key in own_texts(LANGUAGES[0]) if key.startswith("problem.") and key.endswith(".title")}
    assert codes == {*codes_of_the_api(), *pages}


@pytest.mark.parametrize(("header", "key"), [("nl", "nl"), ("nl-NL,nl;q=0.9,en;q=0.8", "nl"), ("en-GB", "en"), ("fr", "nl")])
def test_a_reader_is_told_in_the_language_that_is_asked_for(
    loaded: Store, client_of: Callable[[Store], Client], header: str, key: str
) -> None:
    client = client_of(loaded)
    query = {"query": '{ municipality(ref: "Nergenshuizen") { name } }'}
    plain = client("POST", json=query, headers={"accept": RESPONSE})
    told = client("POST", json=query, headers={"accept": RESPONSE, "accept-language": header})
    (error,), (same,) = told.json()["errors"], plain.json()["errors"]
    assert error["extensions"].pop("title") == TITLES[key]
    assert "Nergenshuizen" in error["extensions"].pop("text")
    assert error == same
    assert (told.status_code, told.json()["data"]) == (plain.status_code, plain.json()["data"])
    assert {each.strip() for each in told.headers["vary"].split(",")} == {"Accept", "Accept-Language", "Accept-Encoding"}
    assert told.headers["cache-control"] == "no-store"


def test_an_answer_without_errors_is_the_same_bytes_with_the_same_tag_in_every_language(
    loaded: Store, client_of: Callable[[Store], Client]
) -> None:
    client, params = client_of(loaded), {"query": '{ municipality(ref: "Zaanstad") { name } }'}
    client("GET", params=params, headers={"accept": RESPONSE})
    first, second = (client("GET", params=params, headers={"accept": RESPONSE, "accept-language": key}) for key in ("nl", "en"))
    assert (first.content, first.headers.get("etag")) == (second.content, second.headers.get("etag"))
    assert first.headers["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize(
    ("method", "request_", "code"),
    [
        ("POST", {"json": {"query": "{"}}, "GRAPHQL_PARSE_FAILED"),
        ("POST", {"json": {"query": "{ nothing }"}}, "GRAPHQL_VALIDATION_FAILED"),
        ("POST", {"content": b"{", "headers": {"content-type": "application/json"}}, "BAD_JSON"),
        ("PUT", {}, "METHOD_NOT_ALLOWED"),
        ("GET", {"params": {"documentId": "0" * 64}}, "PERSISTED_QUERY_NOT_FOUND"),
    ],
)
def test_what_is_refused_before_anything_is_read_is_told_too(client: Client, method: str, request_: dict[str, Any], code: str) -> None:
    headers = {"accept": RESPONSE, "accept-language": "nl", **request_.get("headers", {})}
    response = client(method, **{**request_, "headers": headers})
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == code
    assert error["extensions"]["title"] == Words(LANGUAGES[0])(f"problem.{code}.title")
    assert response.headers["cache-control"] == "no-store"


def test_an_error_of_the_store_is_told_and_its_code_stays(client_of: Callable[[Reader], Client]) -> None:
    client = client_of(Failing(Busy("Full.", "Wait.")))
    headers = {"accept": RESPONSE, "accept-language": "nl"}
    (error,) = client("POST", json={"query": "{ sources { id } }"}, headers=headers).json()["errors"]
    assert error["message"] == "Full."
    assert error["extensions"] == {
        "code": "BUSY",
        "remedy": "Wait.",
        "title": "Het is druk",
        "text": "Probeer het over een minuut opnieuw.",
    }


@pytest.mark.parametrize("header", ["", "*", ",,;q=2", "x" * 5000])
def test_no_header_makes_an_error_of_an_error(client: Client, header: str) -> None:
    headers = {"accept": RESPONSE, "accept-language": header}
    assert client("POST", json={"query": "{"}, headers=headers).json()["errors"][0]["extensions"]["code"] == "GRAPHQL_PARSE_FAILED"


# ── addresses that lead nowhere ───────────────────────────────────────────────────────────────────

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.mark.parametrize(
    ("path", "header", "key"),
    [
        ("/nergens", "", "nl"),
        ("/nergens", "en-GB,en", "en"),
        ("/en/nowhere", "nl", "en"),
        ("/dekking/nergens", "nl", "nl"),
        ("/id/municipality/a/b", "", "nl"),
        ("/static/nothing.css", "", "nl"),
        ("/graphql/pages/nothing.js", "", "nl"),
    ],
)
def test_an_unknown_address_is_a_page_for_a_browser(
    loaded: Store, client_of: Callable[[Store], Client], path: str, header: str, key: str
) -> None:
    response = client_of(loaded)("GET", path, headers={"accept": HTML, "accept-language": header})
    assert (response.status_code, response.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert f'<html lang="{key}">' in response.text
    assert "NO_PAGE" in response.text
    assert response.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in response.headers["content-security-policy"]


@pytest.mark.parametrize("accept", ["application/json", "*/*", "text/css,*/*;q=0.1", ""])
def test_anybody_else_gets_a_line_of_text(client: Client, accept: str) -> None:
    response = client("GET", "/nergens", headers={"accept": accept})
    assert (response.status_code, response.text) == (404, "Not Found")


def test_a_page_that_is_sent_something_says_that_it_can_only_be_read(loaded: Store, client_of: Callable[[Store], Client]) -> None:
    response = client_of(loaded)("POST", "/bronnen", headers={"accept": HTML})
    assert (response.status_code, set(response.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
    assert "METHOD_NOT_ALLOWED" in response.text


def test_an_unknown_address_is_a_page_also_while_the_store_is_away(client_of: Callable[[Reader], Client]) -> None:
    response = client_of(Failing(Busy("Full.", "Wait.")))("GET", "/nergens", headers={"accept": HTML})
    assert response.status_code == 404
    assert "Deze pagina is er niet" in response.text
