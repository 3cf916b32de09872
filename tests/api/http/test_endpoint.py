"""GraphQL over HTTP: methods, media types, status codes and limits, as its specification has them."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from typing import Any

import pytest
from httpx2 import Response

from api.answer import Answers
from api.http.app import application
from api.http.endpoint import media_type
from api.http.request import MAX_BODY
from api.schema import sdl
from graph.ask.ask import Reader
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.errors import EngineUnavailable
from tests.api.conftest import TODAY, Client, NeverAsked

RESPONSE, JSON = "application/graphql-response+json", "application/json"
TYPENAME = {"query": "{ __typename }"}
ANSWER = {"data": {"__typename": "Query"}}
INVALID = {
    "GRAPHQL_PARSE_FAILED": {"query": "{ municipality(ref: }"},
    "GRAPHQL_VALIDATION_FAILED": {"query": "{ nothing }"},
    "BAD_VARIABLES": {"query": "query($d: Date!) { municipality(ref: \"a\", asOf: $d) { id } }", "variables": {"d": "2023-13-01"}},
    "UNKNOWN_OPERATION": {"query": "query A { __typename }", "operationName": "B"},
}  # fmt: skip
ClientOf = Callable[[Reader], Client]


def refused(response: Response, status: int, code: str) -> dict[str, Any]:
    """The one error of a response: each has a code, a sentence and a remedy, and comes without data."""
    assert response.status_code == status
    assert response.headers["content-type"].split(";")[0] in (RESPONSE, JSON)
    body = response.json()
    assert "data" not in body
    (error,) = body["errors"]
    assert error["extensions"]["code"] == code
    assert error["message"]
    assert error["extensions"]["remedy"].endswith(".")
    return dict(error)


# ── media types and status codes ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("media", [RESPONSE, JSON])
def test_a_question_by_post_is_answered_in_the_media_type_that_is_accepted(client: Client, media: str) -> None:
    response = client("POST", json=TYPENAME, headers={"accept": media})
    assert (response.status_code, response.json()) == (200, ANSWER)
    assert response.headers["content-type"] == f"{media}; charset=utf-8"
    assert response.headers["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_question_by_get_has_query_variables_and_operation_name_in_the_address(client: Client, method: str) -> None:
    params = {
        "query": "query A($yes: Boolean!) { __typename @include(if: $yes) a: __typename } query B { b: __typename }",
        "variables": '{"yes": false}',
        "operationName": "A",
    }
    response = client(method, params=params)
    assert response.status_code == 200
    assert method == "HEAD" or response.json() == {"data": {"a": "Query"}}


@pytest.mark.parametrize("code", INVALID)
def test_a_request_that_cannot_be_asked_is_400_with_the_new_media_type(client: Client, code: str) -> None:
    refused(client("POST", json=INVALID[code], headers={"accept": RESPONSE}), 400, code)


@pytest.mark.parametrize("code", INVALID)
def test_a_request_that_cannot_be_asked_is_200_with_the_old_media_type(client: Client, code: str) -> None:
    refused(client("POST", json=INVALID[code], headers={"accept": JSON}), 200, code)


def test_a_field_error_is_200_beside_the_data(client: Client) -> None:
    response = client.ask('{ node(id: "nonsense") { id } a: __typename }')
    assert response.status_code == 200
    assert response.json()["data"] == {"node": None, "a": "Query"}
    (error,) = response.json()["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["node"], "BAD_ID")


@pytest.mark.parametrize(
    ("header", "media"),
    [
        ("*/*", JSON),
        ("application/*", JSON),
        (f"{JSON}, {RESPONSE}", JSON),
        (f"{RESPONSE}, {JSON}", RESPONSE),
        (f"{JSON};q=0.5, {RESPONSE};q=0.9", RESPONSE),
        (f"{RESPONSE}; charset=utf-8", RESPONSE),
        ("text/html, */*;q=0.1", JSON),
        ("text/html", None),
        (f"{JSON};q=0", None),
        (f"{JSON};q=much", None),
        (f"{JSON};q=2", None),
        (f"{JSON};q=nan", None),
        (f"{JSON};q=0, */*", RESPONSE),
        (f"*/*, {JSON};q=0", RESPONSE),
        (f"{JSON};q=0.0, application/*", RESPONSE),
        (f"{RESPONSE};q=0, */*", JSON),
        (f"{RESPONSE};q=0, {JSON};q=0, */*", None),
        (f"{JSON};q=0.5, */*", RESPONSE),
        ("application/*;q=0, */*", None),
        ("*/*;q=0", None),
        (f"*/*;q=0, {JSON};q=0.1", JSON),
        ("text/html;q=0, */*", JSON),
        ("", None),
    ],
)
def test_the_best_accepted_media_type_is_taken(header: str, media: str | None) -> None:
    assert media_type(header) == media


def test_without_an_accept_header_the_answer_is_json(client: Client) -> None:
    response = client("POST", json=TYPENAME, headers={"accept": "*/*"})
    assert response.headers["content-type"].startswith(JSON)


def test_nothing_acceptable_is_406(client: Client) -> None:
    refused(client("POST", json=TYPENAME, headers={"accept": "text/csv"}), 406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_405_and_say_which_are_allowed(client: Client, method: str) -> None:
    response = client(method)
    refused(response, 405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("kind", ["text/plain", "application/graphql", "multipart/form-data; boundary=x", None])
def test_another_content_type_is_415(client: Client, kind: str | None) -> None:
    headers = {"content-type": kind} if kind else {}
    refused(client("POST", content=b'{"query": "{ __typename }"}', headers=headers), 415, "UNSUPPORTED_MEDIA_TYPE")


def test_a_content_type_may_name_its_charset(client: Client) -> None:
    response = client("POST", content=b'{"query": "{ __typename }"}', headers={"content-type": "application/json; charset=utf-8"})
    assert response.json() == ANSWER


# ── bodies ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("body", [b"", b"{", b"{'query': 1}", b'{"query": "\xff"}', b'{"query": "\\ud800"}', gzip.compress(b"{}", mtime=0)])
def test_a_body_that_is_not_json_is_400(client: Client, body: bytes) -> None:
    refused(client("POST", content=body, headers={"content-type": JSON}), 400, "BAD_JSON")


@pytest.mark.parametrize(
    "sent",
    [
        [TYPENAME],
        "{ __typename }",
        {**TYPENAME, "variables": [1]},
        {**TYPENAME, "operationName": 7},
        {**TYPENAME, "extensions": "x"},
    ],
)
def test_a_body_of_another_form_is_400(client: Client, sent: object) -> None:
    refused(client("POST", json=sent), 400, "BAD_REQUEST")


@pytest.mark.parametrize("sent", [{}, {"query": None}, {"query": " "}, {"query": 5}])
def test_a_body_without_a_query_is_400(client: Client, sent: object) -> None:
    refused(client("POST", json=sent), 400, "NO_QUERY")


def test_a_get_of_nothing_is_400(client: Client) -> None:
    refused(client("GET"), 400, "NO_QUERY")


@pytest.mark.parametrize("name", ["operationName", "variables", "extensions", "documentId", "dataVersion"])
def test_an_empty_parameter_of_the_address_is_as_if_it_were_left_out(client: Client, name: str) -> None:
    response = client("GET", params={**TYPENAME, name: ""})
    assert (response.status_code, response.json()) == (200, ANSWER)


@pytest.mark.parametrize("query", ["{ __typename }", "query A { __typename }"])
def test_an_empty_operation_name_is_as_if_it_were_left_out(client: Client, query: str) -> None:
    assert client("POST", json={"query": query, "operationName": ""}).json() == ANSWER
    two = client("POST", json={"query": "query A { __typename } query B { __typename }", "operationName": ""}, headers={"accept": RESPONSE})
    assert "several operations" in refused(two, 400, "UNKNOWN_OPERATION")["message"]


@pytest.mark.parametrize(("variables", "code"), [("{", "BAD_JSON"), ("[1]", "BAD_REQUEST")])
def test_variables_in_the_address_are_a_json_object(client: Client, variables: str, code: str) -> None:
    refused(client("GET", params={"query": "{ __typename }", "variables": variables}), 400, code)


def test_a_body_over_the_limit_is_413(client: Client) -> None:
    refused(client("POST", json={"query": "{ __typename } #" + "x" * MAX_BODY}), 413, "TOO_LARGE")


def test_a_body_at_the_limit_is_answered(client: Client) -> None:
    start = b'{"query": "{ __typename } #'
    body = start + b"x" * (MAX_BODY - len(start) - 2) + b'"}'
    assert len(body) == MAX_BODY
    assert client("POST", content=body, headers={"content-type": JSON}).json() == ANSWER


# ── request ids and what is not for clients ───────────────────────────────────────────────────────


def test_a_request_id_comes_back_and_without_one_there_is_a_new_one(client: Client) -> None:
    assert client("POST", json=TYPENAME, headers={"x-request-id": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert client("PUT", headers={"x-request-id": "abc-2"}).headers["x-request-id"] == "abc-2"
    one, two = (client("POST", json=TYPENAME).headers["x-request-id"] for _ in range(2))
    assert one != two


class Failing:
    """A store in which something that nobody foresaw goes wrong."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def read(self, cypher: Cypher) -> list[Any] | None:
        raise self.error

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        raise self.error


def test_internals_are_masked_and_logged_with_the_request_id(client_of: ClientOf, caplog: pytest.LogCaptureFixture) -> None:
    client = client_of(Failing(RuntimeError("the password is swordfish")))
    response = client("POST", json={"query": "{ sources { id } m: meta { engine } }"}, headers={"x-request-id": "r-7", "accept": RESPONSE})
    assert response.status_code == 200
    assert response.json()["data"] is None
    assert [(e["path"], e["extensions"]["code"]) for e in response.json()["errors"]] == [(["sources"], "INTERNAL"), (["m"], "INTERNAL")]
    assert {e["extensions"]["requestId"] for e in response.json()["errors"]} == {"r-7"}
    assert "swordfish" not in response.text
    assert "r-7" in caplog.text
    assert "swordfish" in caplog.text


def test_the_address_of_the_store_is_logged_and_not_told(client_of: ClientOf, caplog: pytest.LogCaptureFixture) -> None:
    response = client_of(Failing(EngineUnavailable("neo4j://inside:7687 does not answer.", "Look."))).ask("{ sources { id } }")
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "ENGINE_UNAVAILABLE"
    assert "inside" not in response.text
    assert "inside" in caplog.text


def test_a_failure_before_anything_is_asked_is_500_and_masked(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("swordfish")

    monkeypatch.setattr("api.answer.prepare", broken)
    response = client("POST", json=TYPENAME, headers={"x-request-id": "r-8"})
    refused(response, 500, "INTERNAL")
    assert response.headers["x-request-id"] == "r-8"
    assert "swordfish" not in response.text
    assert "swordfish" in caplog.text


# ── the other addresses ───────────────────────────────────────────────────────────────────────────


def test_the_schema_is_there_as_text(client: Client) -> None:
    response = client("GET", "/schema.graphql")
    assert response.text == sdl()
    assert response.headers["content-type"].startswith("text/plain")


def test_it_says_that_it_lives_without_asking_the_store(client: Client) -> None:
    response = client("GET", "/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "alive"})


def test_it_is_ready_once_the_graph_is_loaded(loaded_client: Client) -> None:
    response = loaded_client("GET", "/readyz")
    assert response.status_code == 200
    assert response.json()["status"] == "ready"
    assert response.json()["dataVersion"]


def test_it_is_not_ready_with_an_empty_graph(client_of: ClientOf, empty_store: Store) -> None:
    client = client_of(empty_store)
    response = client("GET", "/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "not ready"
    assert [e["extensions"]["code"] for e in response.json()["errors"]] == ["NOT_LOADED"]
    answer = client.ask("{ municipalities { totalCount } }").json()
    assert answer["data"] == {"municipalities": None}, "an empty graph must not look like a country without municipalities"


def test_a_question_is_stopped_when_its_client_leaves(runner: asyncio.Runner) -> None:
    stopped = asyncio.Event()

    class Endless(NeverAsked):
        async def read(self, cypher: Cypher) -> list[Any] | None:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                stopped.set()
                raise
            return None

    async def leave() -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = []
        body = b'{"query": "{ sources { id } }"}'
        messages: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}, {"type": "http.disconnect"}]

        async def receive() -> dict[str, Any]:
            return messages.pop(0)

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": "POST", "path": "/graphql", "raw_path": b"/graphql", "root_path": "", "query_string": b"",
            "http_version": "1.1", "scheme": "http", "server": ("test", 80), "client": ("test", 1),
            "headers": [(b"content-type", b"application/json")],
        }  # fmt: skip
        await application(Answers(Endless(), lambda: TODAY, "engine"))(scope, receive, send)  # type: ignore[arg-type]
        await asyncio.wait_for(stopped.wait(), 5)
        return sent

    assert runner.run(leave())[0]["status"] == 499
