"""Addresses of things: what each leads to, that the data is what GraphQL says, and that nothing odd breaks them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from api.answer import Answers
from graph.engines.cypher import Cypher
from graph.errors import NotFound
from tests.api.conftest import TODAY, Client
from tests.api.http.rest.conftest import HOSTILE, Get, Known, asking, problem
from tests.api.pages.things.test_thing import ONE_OF_EACH

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
OURS = "https://regiograaf.example.nl/id/"


@pytest.mark.parametrize(
    ("path", "accept", "location"),
    [
        ("/id/municipality/zaanstad", BROWSER, "/id/municipality/zaanstad.html"),
        ("/en/id/municipality/zaanstad", BROWSER, "/en/id/municipality/zaanstad.html"),
        ("/id/municipality/zaanstad", "", "/id/municipality/zaanstad.json"),
        ("/id/municipality/zaanstad", "*/*", "/id/municipality/zaanstad.json"),
        ("/id/municipality/zaanstad", "application/ld+json", "/id/municipality/zaanstad.jsonld"),
        ("/id/municipality/zaanstad", "text/turtle, application/json;q=0.9", "/id/municipality/zaanstad.ttl"),
        ("/id/municipality/zaanstad", "application/json;q=0, */*", "/id/municipality/zaanstad.html"),
        ("/id/municipality/zaanstad?asOf=2023-01-01&x=1", "application/json", "/id/municipality/zaanstad.json?asOf=2023-01-01"),
        ("/id/municipality/zaanstad?after=1", BROWSER, "/id/municipality/zaanstad.html?after=1"),
    ],
)
def test_a_thing_leads_to_its_page_or_its_data_without_asking_the_store(known: Get, path: str, accept: str, location: str) -> None:
    response = known(path, accept)
    assert (response.status_code, response.headers["location"]) == (303, location)
    assert {part.strip() for part in response.headers["vary"].split(",")} >= {"Accept"}
    assert response.headers["api-version"]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/id/GM0479", "/id/municipality/zaanstad.json"),
        ("/id/GM0370", "/id/municipality/beemster.json"),
        ("/id/GM0370.ttl", "/id/municipality/beemster.ttl"),
        ("/id/GM0370.html?asOf=2024-01-01", "/id/municipality/beemster.html?asOf=2024-01-01"),
        ("/en/id/JZ09", "/en/id/region/zaanstreek-waterland.json"),
        ("/id/urn:regiograaf:region:ijmond", "/id/region/ijmond.json"),
        ("/id/municipality/GM0370.json", "/id/municipality/beemster.json"),
        ("/id/region/zaanstad.json?asOf=2024-01-01", "/id/municipality/zaanstad.json?asOf=2024-01-01"),
        ("/id/organization/JZ09", "/id/region/zaanstreek-waterland.json"),
        ("/id/municipality/GM0370.ttl", "/id/municipality/beemster.ttl"),
    ],
)
def test_a_code_an_old_name_or_another_type_leads_to_what_it_means(get: Get, path: str, location: str) -> None:
    response = get(path)
    assert (response.status_code, response.headers["location"]) == (303, location), response.text


@pytest.mark.parametrize("ref", ONE_OF_EACH)
def test_the_data_of_a_thing_is_what_graphql_says_of_it(get: Get, loaded_client: Client, ref: str) -> None:
    body = get(f"/id/{ref}.json?asOf=2024-01-01").json()
    assert (body["asOf"], body["address"], body["uri"]) == ("2024-01-01", OURS + ref, body["entity"]["uri"])
    query = """query($r: Ref!) {
      entity(ref: $r, asOf: "2024-01-01") { uri name identifiers { id } conflicts { key } } meta { dataVersion }
    }"""
    said = loaded_client.ask(query, {"r": ref}).json()["data"]
    assert body["dataVersion"] == said["meta"]["dataVersion"]
    assert body["entity"]["name"] == said["entity"]["name"]
    assert [one["id"] for one in body["entity"]["identifiers"]] == [one["id"] for one in said["entity"]["identifiers"]]
    assert [one["key"] for one in body["entity"]["conflicts"]] == [one["key"] for one in said["entity"]["conflicts"]]


def test_what_is_gone_names_what_came_in_its_place(get: Get) -> None:
    entity = get("/id/municipality/beemster.json?asOf=2024-01-01").json()["entity"]
    assert entity["status"] == "INACTIVE"
    assert [step["organization"]["uri"] for step in entity["successors"]] == ["urn:regiograaf:municipality:purmerend"]


def test_the_data_is_in_the_language_of_the_address_and_has_a_tag_of_its_own(get: Get) -> None:
    dutch, english = get("/id/municipality/beemster.json"), get("/en/id/municipality/beemster.json")
    assert dutch.json()["entity"]["statusLabel"] != english.json()["entity"]["statusLabel"]
    assert dutch.headers["etag"] != english.headers["etag"]
    again = get("/id/municipality/beemster.json", if_none_match=dutch.headers["etag"])
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", dutch.headers["etag"])
    assert get("/id/municipality/beemster.json", method="HEAD").headers["etag"] == dutch.headers["etag"]


def test_a_day_and_a_version_make_it_last(get: Get) -> None:
    version = get("/id/municipality/zaanstad.json").json()["dataVersion"]
    exact = get(f"/id/municipality/zaanstad.json?asOf=1-6-2023&dataVersion={version}")
    assert exact.json()["asOf"] == "2023-06-01"
    assert "immutable" in exact.headers["cache-control"]
    other = get("/id/municipality/zaanstad.json?dataVersion=other")
    assert (other.status_code, problem(other)["code"]) == (409, "OTHER_DATA_VERSION")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/id/municipality/atlantis.json", 404, "NOT_FOUND"),
        ("/id/atlantis", 404, "NOT_FOUND"),
        ("/id/x/y.json", 404, "NOT_FOUND"),
        ("/id/waterland", 300, "AMBIGUOUS"),
        ("/id/municipality/zaanstad.json?asOf=2023-02-30", 400, "NO_SUCH_DAY"),
        ("/id/municipality/zaanstad?asOf=gisteren", 400, "NO_SUCH_DAY"),
        ("/id/municipality/zaanstad.json?asOf=" + "9" * 5000, 400, "TOO_LONG"),
        ("/id/municipality/" + "z" * 5000, 400, "TOO_LONG"),
        ("/id/municipality/zaanstad/", 404, "NO_PAGE"),
        ("/id/a/b/c", 404, "NO_PAGE"),
        ("/id/", 404, "NO_PAGE"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_with_its_code(get: Get, path: str, status: int, code: str) -> None:
    response = get(path)
    assert (response.status_code, problem(response)["code"]) == (status, code)


def test_a_problem_is_told_in_the_language_of_its_reader(get: Get) -> None:
    told = {key: problem(get("/id/atlantis", accept_language=key)) for key in ("nl", "")}
    assert told["nl"]["title"] == "Dit staat niet in de gegevens"
    assert told[""]["title"] == "This is not in the data"
    assert len({one["message"] for one in told.values()}) == 1
    assert told["nl"]["nearest"] == told[""]["nearest"]


def test_a_browser_gets_a_page_for_a_code_that_means_nothing(get: Get) -> None:
    response = get("/id/atlantis", BROWSER)
    assert (response.status_code, response.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "script-src 'self'" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/id/municipality/zaanstad", "/id/municipality/zaanstad.json", "/id/municipality/zaanstad.ttl", "/id/GM0479"]
)
def test_no_other_media_type_and_no_other_method(known: Get, path: str) -> None:
    for accept in ("image/png", "application/json;q=0, text/*;q=0, application/*;q=0", "x" * 3000):
        assert problem(known(path, accept))["code"] == "NOT_ACCEPTABLE"
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        response = known(path, "application/json", method=method)
        assert (response.status_code, problem(response)["code"]) == (405, "METHOD_NOT_ALLOWED")
        assert "GET" in response.headers["allow"]


class Lost(Known):
    """A store that has nothing of what is asked."""

    async def read(self, cypher: Cypher) -> list[Any] | None:
        raise NotFound("thing", "x", [], "ref")


def answered(get: Get, part: str) -> None:
    for path in (f"/id/{part}", f"/id/municipality/{part}.json", f"/id/{part}/x.json", f"/id/municipality/zaanstad.json?asOf={part}"):
        response = get(path, "application/json")
        if response.status_code not in (200, 303):
            assert problem(response)["status"] in (300, 400, 404), path
        assert "set-cookie" not in response.headers


@pytest.mark.parametrize("part", HOSTILE)
def test_whatever_stands_in_an_address_the_answer_is_a_problem_or_leads_on(runner: asyncio.Runner, part: str) -> None:
    answered(asking(runner, Answers(Lost(), lambda: TODAY, "engine")), part)


@pytest.mark.parametrize("part", ["%00", "%ff%fe"])
def test_so_it_is_with_a_store(get: Get, part: str) -> None:
    answered(get, part)
