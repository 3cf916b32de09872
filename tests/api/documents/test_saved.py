"""Saved questions: all of them answer, by their id as by their text, and a server can be told to answer nothing else."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from httpx2 import ASGITransport, AsyncClient, Response

from api.answer import Answers, Question
from api.documents.saved import Saved, digits, document, shipped
from api.http.app import application
from graph.ask.ask import Reader
from graph.engines.bolt import Store
from queries import operation, operations
from tests.api.conftest import TODAY, Client, NeverAsked
from tests.conftest import engine

__all__ = ["engine"]  # on both engines

RESPONSE = "application/graphql-response+json"
EVERY = list(shipped().values())
COVERAGE = next(one for one in EVERY if one.name == "Coverage")


@pytest.fixture
def strict(runner: asyncio.Runner) -> Callable[[Reader], Callable[..., Response]]:
    """A client of an application that answers saved questions only."""

    def of(store: Reader) -> Callable[..., Response]:
        app = application(Answers(store, lambda: TODAY, "engine"), saved_only=True)

        async def send(sent: Any) -> Response:
            async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
                return await client.post("/graphql", json=sent, headers={"accept": RESPONSE})

        return lambda **sent: runner.run(send(sent))

    return of


def says_something(value: Any) -> bool:
    """Returns if an answer says anything at all."""
    if isinstance(value, dict | list):
        return any(map(says_something, value.values() if isinstance(value, dict) else value))
    return value not in (None, 0)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_every_saved_question_answers_its_example(one: Saved, loaded: Store, runner: asyncio.Runner) -> None:
    answer = runner.run(Answers(loaded, lambda: TODAY, "engine")(Question(one.document, None, orjson.loads(one.variables))))
    assert "errors" not in answer
    for value in answer["data"].values():
        assert says_something(value), "an example that finds nothing shows nothing"


def test_there_are_saved_questions_for_everybody() -> None:
    assert len(EVERY) >= 14
    assert len({one.name for one in EVERY}) == len(EVERY)
    for name in operations():
        text = operation(name)
        (found,) = re.findall(r"^query (\w+)", text, re.MULTILINE)
        assert re.sub(r"(?<!^)([A-Z])", r"-\1", found).lower() == name, "the file is named after its operation"
    for one in EVERY:
        assert re.search(r" (Voor|voor) .+\.$", one.descriptions["NL"])
        assert re.search(r" (For|for) .+\.$", one.descriptions["EN"])


def test_a_saved_question_has_a_title_of_its_own_in_each_language() -> None:
    titles = [title for question in EVERY for title in question.titles.values()]
    assert len(set(titles)) == len(titles) == 2 * len(EVERY)
    assert all(title.endswith("?") and len(title) <= 90 for title in titles)


def test_no_operation_says_in_comments_what_the_language_has_descriptions_for() -> None:
    assert not [name for name in operations() if re.search(r"^\s*#", operation(name), re.MULTILINE)]


@pytest.mark.parametrize("variables", [{"l": None}, {}])
def test_a_language_that_is_null_or_left_out_is_the_default(client: Client, variables: dict[str, Any]) -> None:
    found = client.ask("query($l: Language) { savedQuestions { title(lang: $l) } }", variables).json()
    assert [one["title"] for one in found["data"]["savedQuestions"]] == [one.titles["NL"] for one in EVERY]


def test_the_interface_lists_them_with_their_text_and_an_example(client: Client) -> None:
    text = """query($l: Language) { savedQuestions {
      __typename name documentId document variables title ask: title(lang: EN) nl: description en: description(lang: $l)
    } }"""
    found = client.ask(text, {"l": "EN"}).json()["data"]["savedQuestions"]
    assert [one["name"] for one in found] == [one.name for one in EVERY]
    for one, known in zip(found, EVERY, strict=True):
        assert (one["title"], one["ask"]) == (known.titles["NL"], known.titles["EN"])
        assert (one["nl"], one["en"], one["__typename"]) == (known.descriptions["NL"], known.descriptions["EN"], "SavedQuestion")
        assert one["documentId"] == f"sha256:{digits(one['document'])}"
        assert orjson.loads(one["variables"]) is not None


@pytest.mark.parametrize("prefix", ["sha256:", ""])
def test_a_saved_question_is_asked_by_its_id(loaded_client: Client, prefix: str) -> None:
    id_, variables = prefix + digits(COVERAGE.document), orjson.loads(COVERAGE.variables)
    expected = loaded_client.ask(COVERAGE.document, variables).json()
    assert expected["data"]["coverage"]["status"] == "UNKNOWN"
    assert loaded_client("POST", json={"documentId": id_, "variables": variables}).json() == expected
    by_get = {"documentId": id_, "variables": COVERAGE.variables}
    assert loaded_client("GET", params=by_get).json() == expected
    assert loaded_client("GET", params=by_get, headers={"accept": "application/json, text/html;q=0.9"}).json() == expected


def test_the_clients_of_apollo_ask_by_its_digest(loaded_client: Client) -> None:
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": digits(COVERAGE.document)}}
    found = loaded_client("POST", json={"extensions": extensions, "variables": orjson.loads(COVERAGE.variables)}).json()
    assert found["data"]["coverage"]["status"] == "UNKNOWN"
    params = {"extensions": orjson.dumps(extensions).decode(), "variables": COVERAGE.variables}
    assert loaded_client("GET", params=params).json() == found
    both = {"query": COVERAGE.document, "extensions": extensions, "variables": orjson.loads(COVERAGE.variables)}
    assert loaded_client("POST", json=both).json() == found


@pytest.mark.parametrize("id_", ["sha256:" + "0" * 64, "0" * 64, "md5:1", ""])
def test_an_id_of_nothing_is_an_error_that_clients_know(client: Client, id_: str) -> None:
    response = client("POST", json={"documentId": id_}, headers={"accept": RESPONSE})
    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (400, "PERSISTED_QUERY_NOT_FOUND")
    assert "savedQuestions" in error["extensions"]["remedy"]
    assert document(id_, shipped()) is None


def test_an_id_beside_another_document_is_an_error(client: Client) -> None:
    response = client("POST", json={"query": "{ __typename }", "documentId": "0" * 64}, headers={"accept": RESPONSE})
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_REQUEST")
    assert client("POST", json={"documentId": 7}).json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_where_only_saved_questions_are_answered_their_text_is_too_and_nothing_else(
    strict: Callable[[Reader], Callable[..., Response]], loaded: Store
) -> None:
    ask, variables = strict(loaded), orjson.loads(COVERAGE.variables)
    for sent in ({"documentId": COVERAGE.document_id}, {"query": COVERAGE.document}):
        assert ask(**sent, variables=variables).json()["data"]["coverage"]["status"] == "UNKNOWN"
    never = strict(NeverAsked())
    for text in ("{ __typename }", COVERAGE.document + " "):
        response = never(query=text)
        assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (400, "NOT_SAVED")
