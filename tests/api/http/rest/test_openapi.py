"""The description of the REST addresses: by the API Design Rules, and what it promises is what the routes do."""

from __future__ import annotations

import re
from typing import Any

import orjson
import pytest

from api.answer import API_VERSION
from api.export.export import Format
from api.http.rest.openapi import document
from graph.domain.claim import Text
from tests.api.http.rest.conftest import Get, problem
from tests.clients.conftest import node  # noqa: F401  # a fixture
from tests.standards.checkers import spectral
from tests.standards.ours import CONTACT
from tests.standards.publishers import needed

CSV = Format("csv", "lists.zip", "application/zip", Text("Alle lijsten", "All lists"), lambda export: iter(()))  # type: ignore[arg-type, return-value]


def described(base_url: str | None = "https://example.nl") -> Any:
    return document({"csv": CSV}, base_url, CONTACT)


@pytest.mark.usefixtures("node")
def test_the_check_finds_what_breaks_the_rules() -> None:
    """That the description breaks none is held by tests/standards/test_results.py."""
    needed("api-design-rules/linter.yaml")
    wrong = described()
    del wrong["info"]["contact"]
    wrong["servers"] = [{"url": "https://example.nl/api"}]
    wrong["paths"]["/Export_Files/{name}"] = wrong["paths"].pop("/export/{name}")
    wrong["components"]["parameters"]["asOf"]["name"] = "as_of"
    del wrong["paths"]["/openapi.json"]["get"]["responses"]["200"]["headers"]
    codes = {one["code"] for one in spectral(wrong) if one["severity"] == 0}
    rules = {"include-major-version-in-uri", "paths-kebab-case", "query-keys-camel-case", "missing-header"}
    assert codes >= {"info-contact", *(f"nlgov:{rule}" for rule in rules)}


def test_whoever_answers_for_the_server_is_named_only_if_that_is_known() -> None:
    assert "contact" not in document({}, None, None)["info"]
    assert described()["info"]["contact"]["email"] == "info@example.nl"


def test_every_reference_leads_somewhere_and_every_operation_has_a_name_of_its_own() -> None:
    whole = described()
    text = orjson.dumps(whole).decode()
    for path in re.findall(r'"\$ref":"#/([^"]+)"', text):
        found: Any = whole
        for part in path.split("/"):
            found = found[part]
    names = [operation["operationId"] for path in whole["paths"].values() for name, operation in path.items() if name == "get"]
    assert len(names) == len(set(names)) == len(whole["paths"])


def test_the_description_is_what_is_served_for_every_origin(known: Get) -> None:
    response = known("/v1/openapi.json")
    assert response.json() == document({}, None, None)
    assert (response.headers["api-version"], response.headers["access-control-allow-origin"]) == (API_VERSION, "*")
    again = known("/v1/openapi.json", if_none_match=response.headers["etag"])
    assert (again.status_code, again.content, again.headers["api-version"]) == (304, b"", API_VERSION)


@pytest.mark.parametrize(
    ("path", "method", "accept", "code"),
    [
        ("/v1/openapi.json", "GET", "text/html;q=0.1, image/*", "NOT_ACCEPTABLE"),
        ("/v1/openapi.json", "POST", "*/*", "METHOD_NOT_ALLOWED"),
        ("/v1/openapi.json/", "GET", "*/*", "NO_PAGE"),
        ("/v1/openapi.yaml", "GET", "*/*", "NO_PAGE"),
        ("/v1/", "GET", "*/*", "NO_PAGE"),
        ("/v1/" + "x" * 5000, "GET", "*/*", "NO_PAGE"),
        ("/v1/%2e%2e/etc/passwd", "GET", "*/*", "NO_PAGE"),
        ("/v1/export", "GET", "*/*", "NO_PAGE"),
    ],
)
def test_every_other_address_is_a_problem(known: Get, path: str, method: str, accept: str, code: str) -> None:
    assert problem(known(path, accept, method=method))["code"] == code


def test_a_coding_that_cannot_be_made_is_a_problem_too(known: Get) -> None:
    response = known("/v1/openapi.json", accept_encoding="identity;q=0")
    assert (response.status_code, problem(response)["code"]) == (406, "NOT_ACCEPTABLE")
