"""What cannot be answered is told with a stable code, the argument at fault and what to do about it."""

from __future__ import annotations

from typing import Any

import pytest

from graph.answers.shape import cursor
from tests.api.conftest import Client

OTHER_LIST = cursor("Region:NAME,key", ["ijmond", "region/ijmond"])
ANOTHER_ORDER = cursor("Municipality:CODE,key", ["GM0479", "municipality/zaanstad"])
DAY = 'query ($day: Date) { municipality(ref: "zaanstad", asOf: $day) { id } }'

SWEEP: list[tuple[str, Any, str, str]] = [
    ('{ municipality(ref: "Zaandstad") { id } }', None, "NOT_FOUND", "ref"),
    ('{ coverage(municipality: "zaanstad", function: "dislexie") { status } }', None, "NOT_FOUND", "function"),
    ('{ municipality(ref: "region/zaanstreek-waterland") { id } }', None, "NOT_FOUND", "ref"),
    ('{ organization(ref: "contract/zawa-2022") { id } }', None, "NOT_FOUND", "ref"),
    ('{ municipality(ref: "zaanstad", asOf: "2023-02-30") { id } }', None, "GRAPHQL_VALIDATION_FAILED", "asOf"),
    ('{ contracts(filter: { endsBefore: "soon" }) { totalCount } }', None, "GRAPHQL_VALIDATION_FAILED", "endsBefore"),
    (DAY, {"day": "2023-02-30"}, "BAD_VARIABLES", "$day"),
    (DAY, {"day": 20230601}, "BAD_VARIABLES", "$day"),
    ("{ municipality { id } }", None, "GRAPHQL_VALIDATION_FAILED", "ref"),
    ('{ municipality(name: "zaanstad", ref: "zaanstad") { id } }', None, "GRAPHQL_VALIDATION_FAILED", "name"),
    ("{ municipalities(first: 0) { totalCount } }", None, "PAGE_SIZE", "first"),
    ("{ municipalities(first: 10000) { totalCount } }", None, "PAGE_SIZE", "first"),
    ("{ municipalities(last: -1) { totalCount } }", None, "PAGE_SIZE", "last"),
    (f'{{ municipalities(after: "{OTHER_LIST}") {{ totalCount }} }}', None, "BAD_CURSOR", "after"),
    (f'{{ municipalities(last: 5, before: "{ANOTHER_ORDER}") {{ totalCount }} }}', None, "BAD_CURSOR", "before"),
    ('{ municipalities(after: "abc") { totalCount } }', None, "BAD_CURSOR", "after"),
    ("{ municipalities(first: 1, last: 1) { totalCount } }", None, "BAD_INPUT", "last"),
    ('{ node(id: "zaanstad") { id } }', None, "BAD_ID", "id"),
    ('{ node(id: "municipality/zaanstad@2023-02-30") { id } }', None, "BAD_ID", "id"),
    ("query ($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": ["source/roo"] * 51}, "TOO_MANY", "ids"),
    ("query ($r: [Ref!]) { municipalities(refs: $r) { totalCount } }", {"r": ["zaanstad"] * 101}, "TOO_MANY", "refs"),
]


@pytest.mark.parametrize(("query", "variables", "code", "argument"), SWEEP, ids=[f"{s[2]}-{s[3]}-{n}" for n, s in enumerate(SWEEP)])
def test_what_cannot_be_answered_is_told_with_the_argument_and_what_to_do(
    loaded_client: Client, query: str, variables: Any, code: str, argument: str
) -> None:
    answer = loaded_client.ask(query, variables).json()
    assert not any((answer.get("data") or {}).values()), "no part of an answer beside it"
    told = answer["errors"][0]
    assert (told["extensions"]["code"], told["extensions"]["argument"]) == (code, argument)
    assert told["message"]
    assert told["extensions"]["remedy"].endswith((".", "?"))


def test_an_ambiguous_name_is_told_with_its_argument_and_candidates(loaded_client: Client) -> None:
    (told,) = loaded_client.ask('{ organization(ref: "Haarlemmermeer") { id } }').json()["errors"]
    assert (told["extensions"]["code"], told["extensions"]["argument"]) == ("AMBIGUOUS", "ref")
    assert len(told["extensions"]["candidates"]) > 1


def test_a_key_of_another_type_is_told_apart_from_a_misspelt_name(loaded_client: Client) -> None:
    (told,) = loaded_client.ask('{ municipality(ref: "region/zaanstreek-waterland") { id } }').json()["errors"]
    assert told["extensions"]["remedy"] == "That is the key of a region: ask for it as such, or with node(id:)."


def test_a_thing_that_is_not_there_is_null_without_an_error(loaded_client: Client) -> None:
    answer = loaded_client.ask('{ node(id: "municipality/atlantis") { id } nodes(ids: ["municipality/atlantis"]) { id } }').json()
    assert answer["data"] == {"node": None, "nodes": [None]}
    assert "errors" not in answer


def test_one_unknown_reference_of_a_list_leaves_the_others(loaded_client: Client) -> None:
    answer = loaded_client.ask('{ municipalities(refs: ["zaanstad", "Atlantis", "GM0439"]) { nodes { slug } } }').json()
    assert {n["slug"] for n in answer["data"]["municipalities"]["nodes"]} == {"zaanstad", "purmerend"}
    (error,) = answer["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["municipalities"], "NOT_FOUND")
    assert (error["extensions"]["reference"], error["extensions"]["argument"]) == ("Atlantis", "refs")


def test_a_text_that_is_no_id_is_null_in_its_place_with_an_error(loaded_client: Client) -> None:
    answer = loaded_client.ask('{ nodes(ids: ["municipality/zaanstad", "zaanstad", "municipality/x@nu", "source/roo"]) { id } }').json()
    assert answer["data"]["nodes"] == [{"id": "municipality/zaanstad"}, None, None, {"id": "source/roo"}]
    told = [(e["path"], e["extensions"]["code"], e["extensions"]["argument"]) for e in answer["errors"]]
    assert told == [(["nodes", 1], "BAD_ID", "ids"), (["nodes", 2], "BAD_ID", "ids")]


FAILING = [
    'coverage(municipality: "Zaanstadd", function: "dyslexie") { status }',
    'coverageMatrix(municipalities: ["Zaanstadd"]) { summary { count } }',
    'whoCovers(function: "dislexie") { status }',
    'gaps(region: "Nergens") { status }',
    'governance(region: "Nergens") { name }',
    'careFunctions(definedBy: "Nergens") { name }',
    'contracts(filter: { buyer: ["Nergens"] }) { totalCount }',
    'collaborations(filter: { member: ["Nergens"] }) { totalCount }',
    'timeline(entity: "Nergens") { label }',
    'diff(from: "2021-01-01", to: "2022-01-01", scope: ["Nergens"]) { totalCount }',
    'path(from: "Nergens", to: "Zaanstad") { length }',
    'compare(refs: ["Nergens", "Zaanstad"]) { organizations { name } }',
    'claims(about: "Nergens") { totalCount }',
    'events(about: "Nergens") { totalCount }',
]


@pytest.mark.parametrize("field", FAILING, ids=[field.partition("(")[0] for field in FAILING])
def test_a_root_field_that_fails_blanks_nothing_but_itself(loaded_client: Client, field: str) -> None:
    answer = loaded_client.ask(f'{{ failing: {field} good: municipality(ref: "Zaanstad") {{ name }} }}').json()
    assert answer["data"] == {"failing": None, "good": {"name": "Zaanstad"}}
    assert [error["path"] for error in answer["errors"]] == [["failing"]]
