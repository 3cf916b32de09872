"""Whatever stands in a request, the answer is right or says what is wrong: never INTERNAL, never 500, never the whole input again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from graphql import parse_value
from httpx2 import Response

from api.documents.literals import literal_value
from api.documents.prepare import SCHEMA
from api.errors import LONGEST_ECHO, shortened
from api.limits import MAX_CONDITIONS
from tests.api.conftest import Client
from tests.api.documents.hostile import LONG, requests

QUERY = SCHEMA.query_type
assert QUERY
ROOTS = sorted(name for name, field in QUERY.fields.items() if field.args)
NOT_THEIRS = {"INTERNAL", "QUERY_TIMEOUT", "ENGINE_UNAVAILABLE", "NOT_LOADED", "BUSY", "DATA_CHANGING"}
STEP = 19  # of 16,000 requests, so that each value and each of the three ways to send it still comes at many places
ENTITIES = "query ($v: [_Any!]!) { _entities(representations: $v) { __typename } }"


def codes_of(response: Response, shown: object) -> Iterator[str]:
    """The codes of a response that has nothing against the promise: what its errors say is short."""
    assert response.status_code in (200, 400), shown
    for error in response.json().get("errors", ()):
        code, argument = error["extensions"]["code"], error["extensions"].get("argument", "")
        assert code not in NOT_THEIRS, f"{error}\n{shown}"
        said = " ".join((error["message"], error["extensions"]["remedy"], argument))
        assert "x" * (LONGEST_ECHO + 1) not in said, f"{code} repeats all of it"
        assert len(error["message"]) <= LONGEST_ECHO or code in ("NOT_FOUND", "AMBIGUOUS"), error
        yield code


@pytest.mark.parametrize("root", ROOTS)
def test_no_value_of_any_argument_is_our_fault(loaded_client: Client, root: str) -> None:
    codes = set[str]()
    for sent in islice(requests(root), 0, None, STEP):
        content = json.dumps(sent).encode()
        media = {"content-type": "application/json", "accept": "application/graphql-response+json"}
        codes.update(codes_of(loaded_client("POST", content=content, headers=media), content[:2000]))
    assert codes & {"GRAPHQL_VALIDATION_FAILED", "BAD_VARIABLES"}, "nothing was refused, so nothing hostile was sent"


def nested(before: str, after: str, many: int) -> str:
    return before * many + "{}" + after * many


FILTER = "query ($v: ProviderFilter) { providers(filter: $v) { totalCount } }"


@pytest.mark.parametrize("many", [3, 100, 250, 400, 900])
@pytest.mark.parametrize(("before", "after"), [('{"not": ', "}"), ('{"and": [', "]}")])
def test_a_filter_may_be_nested_and_is_refused_where_that_is_too_deep(loaded_client: Client, before: str, after: str, many: int) -> None:
    value = nested(before, after, many)
    sent = f'{{"query": {json.dumps(FILTER)}, "variables": {{"v": {value}}}}}'
    headers = {"content-type": "application/json", "accept": "application/graphql-response+json"}
    codes = list(codes_of(loaded_client("POST", content=sent.encode(), headers=headers), value[:100]))
    assert codes == [] if many < 200 else codes in ([], ["TOO_LARGE"], ["BAD_JSON"])


@pytest.mark.parametrize("many", [50, 253, 300, 1000])
def test_a_representation_may_be_nested_and_is_refused_where_that_is_too_deep(loaded_client: Client, many: int) -> None:
    sent = f'{{"query": {json.dumps(ENTITIES)}, "variables": {{"v": [{{"a": {"[" * many}1{"]" * many}}}]}}}}'
    headers = {"content-type": "application/json", "accept": "application/graphql-response+json"}
    (code,) = codes_of(loaded_client("POST", content=sent.encode(), headers=headers), many)
    assert code == "BAD_INPUT" if many < 200 else code in ("TOO_LARGE", "BAD_JSON")


def test_as_many_conditions_as_are_allowed_are_answered_and_more_are_refused(loaded_client: Client) -> None:
    def filtered(many: int) -> Any:
        return loaded_client.ask(FILTER, {"v": {"and": [{"nameContains": "a"}] * many}}).json()

    assert filtered((MAX_CONDITIONS - 1) // 2)["data"]["providers"]["totalCount"] > 0
    (error,) = filtered(MAX_CONDITIONS // 2 + 1)["errors"]
    assert error["extensions"]["code"] == "TOO_LARGE"


LONG_REQUESTS: dict[str, dict[str, Any]] = {
    "a field": {"query": f"{{ {LONG} }}"},
    "a field of a field": {"query": f"{{ meta {{ {LONG} }} }}"},
    "an argument": {"query": f"{{ meta({LONG}: 1) {{ engine }} }}"},
    "a directive": {"query": f"{{ meta @{LONG} {{ engine }} }}"},
    "a fragment": {"query": f"{{ ...{LONG} }}"},
    "a type": {"query": f"{{ ... on {LONG} {{ id }} }}"},
    "a variable": {"query": f"query (${LONG}: Int!) {{ meta {{ engine }} }}"},
    "a variable that is not declared": {"query": f"{{ municipalities(first: ${LONG}) {{ totalCount }} }}"},
    "a type of a variable": {"query": f"query ($v: {LONG}) {{ meta {{ engine }} }}"},
    "an alias": {"query": f"{{ {LONG}: contracts(filter: {{takesPart: true}}) {{ totalCount }} }}"},
    "an alias that asks too much": {
        "query": '{ municipality(ref: "a") ' + f"{{ {LONG}: region {{ municipalities {{ nodes " * 8 + "{ id }" + " } } }" * 8 + " }"
    },
    "a word": {"query": f"{{ regions(kind: {LONG}) {{ totalCount }} }}"},
    "an operation": {"query": "query A { meta { engine } }", "operationName": LONG},
    "a syntax error": {"query": f"{{ meta ){LONG}"},
    "a text that does not end": {"query": f'{{ meta(a: "{LONG}'},
    "a document id": {"documentId": LONG},
}


@pytest.mark.parametrize("name", LONG_REQUESTS)
def test_an_error_repeats_at_most_a_part_of_a_long_name(client: Client, name: str) -> None:
    response = client("POST", json=LONG_REQUESTS[name], headers={"accept": "application/graphql-response+json"})
    assert list(codes_of(response, name))


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "X" * 300},
        {"method": "POST", "content": b"{}", "headers": {"content-type": LONG}},
        {"method": "GET", "params": {"query": "{ __typename }", "variables": LONG}},
        {"method": "GET", "params": {"query": "{ __typename }", "operationName": LONG}},
    ],
    ids=["method", "content type", "variables", "operation"],
)
def test_an_error_of_the_request_repeats_at_most_a_part_of_it(client: Client, request_: dict[str, Any]) -> None:
    (error,) = client(**request_).json()["errors"]
    assert len(error["message"]) <= LONGEST_ECHO


@pytest.mark.parametrize(
    ("representation", "name"),
    [
        ({"__typename": "Municipality", "id": {"a": 1}}, 'Municipality with id {"a":1}'),
        ({"__typename": "Municipality", "uri": None}, "Municipality with uri null"),
        ({"__typename": "Municipality", "code": True}, "Municipality with code true"),
        ({"__typename": "Municipality", "code": "x"}, 'Municipality with code "x"'),
        ({"__typename": None, "id": "a"}, 'An object without __typename with id "a"'),
        ({"__typename": ["Municipality"]}, "An object without __typename with no key"),
        ([{"a": None}], '[{"a":null}]'),
        (False, "false"),
    ],
)
def test_a_representation_is_named_as_it_was_sent(loaded_client: Client, representation: Any, name: str) -> None:
    (error,) = loaded_client.ask(ENTITIES, {"v": [representation]}).json()["errors"]
    assert name in error["message"]


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    assert shortened("a" * LONGEST_ECHO) == "a" * LONGEST_ECHO
    found = shortened(f"The name {LONG} is wrong.")
    assert found.startswith("The name x")
    assert found.endswith("x is wrong.")
    assert len(found) <= LONGEST_ECHO


def test_a_literal_is_read_as_json_would_give_it() -> None:
    values: list[Any] = [None, True, 12, -3, 1.5, "a", [1, [2]], {"a": {"b": None}}]
    for value in values:
        text = json.dumps(value).replace('"a":', "a:").replace('"b":', "b:")
        assert literal_value(parse_value(text)) == value
    assert literal_value(parse_value("9" * 5000)) == "9" * 5000
    assert literal_value(parse_value("[$v]"), {"v": 7}) == [7]
