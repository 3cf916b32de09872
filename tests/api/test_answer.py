"""Answers on both engines: ids that lead back, references that lead nowhere, and the limits of lists."""

from __future__ import annotations

import asyncio
import base64
import json
from datetime import date
from typing import Any

import pytest

from api.answer import Answers, Question
from graph.answers.shape import bounded
from graph.engines.bolt import Store
from graph.errors import BadInput
from tests.api.conftest import Client
from tests.conftest import engine
from tests.questions.page import Recording

__all__ = ["engine"]  # on both engines

EVERY_NODE = """
  municipality(ref: "zaanstad"DAY) { id memberships(first: 3) { nodes { id } } changes { id } claims(first: 2) { nodes { id } } }
  region(ref: "JZ09"DAY) { id figures { id } }
  collaboration(ref: "collaboration/dyslexie"DAY) { id conflicts { id } members(first: 2) { nodes { id onBehalfOf { id } } } }
  provider(ref: "Parlan"DAY) { id }
  contract(ref: "contract/gi-current"DAY) { id suppliers { nodes { id } } figures { id } }
  procurement: contract(ref: "contract/zawa-2022"DAY) { procurement { id } buyers { id } }
  governance(region: "JZ09"DAY) { id }
  careFunctions(DAY) { id }
  beemster: municipality(ref: "beemster"DAY) { changes { id } }
  bodies: collaboration(ref: "landsdeel-noord-holland"DAY) { members(filter: { takesPart: false }) { nodes { id member { id } } } }
  sources { id }
"""


def ids(found: Any) -> set[str]:
    """All ids in an answer."""
    if isinstance(found, dict):
        return {v for k, v in found.items() if k == "id"} | {i for v in found.values() for i in ids(v)}
    return {i for v in found for i in ids(v)} if isinstance(found, list) else set()


def answered(client: Client, query: str, variables: Any = None) -> Any:
    body = client.ask(query, variables).json()
    assert "errors" not in body, body["errors"]
    return body["data"]


def error(client: Client, query: str, variables: Any = None) -> dict[str, Any]:
    """The one error of a question; it has a sentence and a remedy."""
    body = client.ask(query, variables).json()
    (found,) = body["errors"]
    assert found["message"].endswith((".", '"'))
    assert found["extensions"]["remedy"].endswith((".", "?"))
    return dict(found["extensions"])


@pytest.mark.parametrize("day", ["", "2023-07-01"])
def test_every_id_leads_back_to_its_thing(loaded_client: Client, day: str) -> None:
    text = EVERY_NODE.replace("(DAY)", f'(asOf: "{day}")' if day else "").replace("DAY", f', asOf: "{day}"' if day else "")
    found = sorted({i for line in text.strip().splitlines() for i in ids(answered(loaded_client, "{" + line + "}"))})
    kinds = {i.partition("/")[0] for i in found}
    assert len(kinds) >= 13, kinds
    for at in range(0, len(found), 8):
        nodes = answered(loaded_client, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": found[at : at + 8]})["nodes"]
        assert [n and n["id"] for n in nodes] == found[at : at + 8]
    for id_ in found[:: len(found) // 20]:
        assert answered(loaded_client, "query($id: ID!) { node(id: $id) { id } }", {"id": id_})["node"] == {"id": id_}


NOWHERE = [
    'municipality(ref: "X") { id }',
    'organization(ref: "X") { id }',
    'municipalities(refs: ["zaanstad", "X"]) { totalCount }',
    'municipalities(region: "X") { nodes { id } }',
    'collaborations(filter: { function: "X" }) { totalCount }',
    'collaborations(filter: { or: [{ kind: PILOT }, { not: { member: ["X"] } }] }) { totalCount }',
    'providers(filter: { contract: "X" }) { totalCount }',
    'providers(filter: { collaboration: "X" }) { totalCount }',
    'contracts(filter: { function: "X" }) { totalCount }',
    'contracts(filter: { supplier: "X" }) { totalCount }',
    'contracts(filter: { buyer: "X" }) { totalCount }',
    'contracts(filter: { municipality: "X" }) { totalCount }',
    'careFunctions(definedBy: "X") { id }',
    'governance(region: "X") { id }',
    'coverage(municipality: "X", function: "dyslexie") { status }',
    'coverage(municipality: "zaanstad", function: "X") { status }',
    'coverageMatrix(municipalities: ["X"], functions: ["dyslexie"]) { cells { status } }',
    'coverageMatrix(municipalities: ["zaanstad"], functions: ["X"]) { context { asOf } }',
    'coverageMatrix(region: "X") { summary { count } }',
    'whoCovers(function: "X") { status }',
    'whoCovers(function: "dyslexie", region: "X") { status }',
    'gaps(region: "X") { status }',
    'gaps(municipalities: ["X"]) { status }',
    'gaps(region: "JZ09", functions: ["X"]) { status }',
    'municipality(ref: "zaanstad") { memberships(filter: { organization: "X" }) { totalCount } }',
    'municipality(ref: "zaanstad") { memberships(filter: { function: "X" }) { totalCount } }',
    'municipality(ref: "zaanstad") { coverage(functions: ["X"]) { status } }',
    'municipality(ref: "zaanstad") { contracts(filter: { buyer: "X" }) { totalCount } }',
    'region(ref: "JZ09") { members(filter: { member: "X" }) { totalCount } }',
    'region(ref: "JZ09") { collaborations(filter: { function: "X" }) { totalCount } }',
    'node(id: "region/zaanstreek-waterland") { ... on Region { collaborations(filter: { member: "X" }) { totalCount } } }',
]


@pytest.mark.parametrize("field", NOWHERE)
def test_a_reference_that_leads_nowhere_is_an_error_wherever_it_stands(loaded_client: Client, field: str) -> None:
    found = error(loaded_client, "{ " + field.replace('"X"', '"Nergenshuizen"') + " }")
    assert (found["code"], found["reference"]) == ("NOT_FOUND", "Nergenshuizen")


@pytest.mark.parametrize(("ref", "more"), [("region/zaanstreek-waterland", 0), ("Nergens", 2), ("KVK:1", 1)])
def test_a_reference_that_leads_nowhere_asks_the_store_for_what_its_error_tells(
    loaded: Store, runner: asyncio.Runner, ref: str, more: int
) -> None:
    """The nearest names and the scope of the data; neither for the key of another thing, and no names for what cannot be read."""
    recording = Recording(loaded)
    body = runner.run(Answers(recording, lambda: date(2026, 11, 21), "engine")(Question(f'{{ municipality(ref: "{ref}") {{ id }} }}')))
    told = body["errors"][0]["extensions"]
    assert (told["code"], recording.upkeep, bool(told["scope"])) == ("NOT_FOUND", more, more > 0)


def test_an_ambiguous_reference_lists_its_candidates(loaded_client: Client) -> None:
    found = error(loaded_client, '{ organization(ref: "Haarlemmermeer") { id } }')
    assert (found["code"], found["candidates"]) == ("AMBIGUOUS", ["municipality/haarlemmermeer", "region/haarlemmermeer"])


@pytest.mark.parametrize(
    ("code", "argument", "query"),
    [
        ("PAGE_SIZE", "first", "{ conflicts(first: 0) { totalCount } }"),
        ("PAGE_SIZE", "first", '{ contract(ref: "zawa-2022") { suppliers(first: -1) { totalCount } } }'),
        ("PAGE_SIZE", "last", "{ regions(last: 501) { totalCount } }"),
        ("BAD_INPUT", "withinMonths", "{ gaps(withinMonths: 601) { status } }"),
        ("BAD_INPUT", "withinMonths", "{ gaps(withinMonths: -1) { status } }"),
        ("BAD_ID", "id", '{ node(id: "zaanstad") { id } }'),
        ("BAD_ID", "id", '{ node(id: "municipality/zaanstad@morgen") { id } }'),
        ("TOO_MANY", "refs", "{ municipalities(refs: [" + '"zaanstad" ' * 101 + "]) { totalCount } }"),
    ],
)
def test_an_argument_beyond_its_bounds_is_refused(loaded_client: Client, code: str, argument: str, query: str) -> None:
    found = error(loaded_client, query)
    assert (found["code"], found["argument"]) == (code, argument)


def test_what_json_writes_as_12_point_0_is_a_whole_number(loaded_client: Client) -> None:
    query = 'query($n: Int) { gaps(region: "JZ09", withinMonths: $n) { status } municipalities(first: $n) { nodes { id } } }'
    assert answered(loaded_client, query, {"n": 12.0}) == answered(loaded_client, query, {"n": 12})


def test_more_combinations_than_can_be_answered_at_once_are_refused() -> None:
    with pytest.raises(BadInput) as refused:
        bounded([None] * 2001, 2000)
    assert refused.value.code == "TOO_MANY"


def written(cursor: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(cursor).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "", "x", "é", "AAAA", written([]), written({}), written(["Region:NAME,key"]), written(["Region:NAME,key", "zaanstad"]),
        written(["Region:NAME,key", "a", 5]), written(["Region:NAME,key", "a", None]), written(["Region:NAME,key", "a", "b", "c"]),
        written(["Municipality:NAME,key", "a", "b"]), written(["Region:NAME-,key", "a", "b"]),
    ],
)  # fmt: skip
def test_what_is_no_cursor_of_the_list_is_refused(loaded_client: Client, cursor: str) -> None:
    found = error(loaded_client, "query($c: String) { regions(after: $c) { nodes { id } } }", {"c": cursor})
    assert (found["code"], found["argument"]) == ("BAD_CURSOR", "after")


PAGED = [
    ("municipalities", "", "orderBy: [{ field: CODE, direction: DESC }]"),
    ("regions", "", ""),
    ("collaborations", "", "orderBy: [{ field: START_DATE, direction: DESC }, { field: NAME }]"),
    ("collaborations", "", "orderBy: [{ field: START_DATE }]"),
    ("contracts", "", "orderBy: [{ field: END_DATE, direction: DESC }]"),
    ("contracts", "", "orderBy: [{ field: MAX_EXTENT_DATE }]"),
    ("members", 'region(ref: "JZ09")', "orderBy: [{ field: END_DATE }, { field: MEMBER_NAME, direction: DESC }]"),
    ("memberships", 'municipality(ref: "zaanstad")', ""),
]


@pytest.mark.parametrize(("name", "within", "order"), PAGED)
def test_pages_forwards_and_backwards_are_the_whole_list_once(loaded_client: Client, name: str, within: str, order: str) -> None:
    forwards, backwards = (_walked(loaded_client, name, within, order, ahead) for ahead in (True, False))
    total = _list(loaded_client, f"{name}(first: 100 {order})", within)
    assert forwards == backwards
    assert forwards[:100] == [n["id"] for n in total["nodes"]]
    assert len(set(forwards)) == len(forwards) == total["totalCount"] > 0


def _list(client: Client, field: str, within: str) -> Any:
    inner = f"{field} {{ totalCount nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }}"
    data = answered(client, f"{{ {within} {{ {inner} }} }}" if within else f"{{ {inner} }}")
    return next(iter(next(iter(data.values())).values())) if within else next(iter(data.values()))


def _walked(client: Client, name: str, within: str, order: str, ahead: bool) -> list[str]:
    found: list[str] = []
    size, at, more, end = ("first", "after", "hasNextPage", "endCursor") if ahead else ("last", "before", "hasPreviousPage", "startCursor")
    cursor = None
    while True:
        page = _list(client, f"{name}({size}: 3 {at}: {json.dumps(cursor)} {order})", within)
        entries = [n["id"] for n in page["nodes"]]
        found = [*found, *entries] if ahead else [*entries, *found]
        assert page["pageInfo"]["hasPreviousPage" if ahead else "hasNextPage"] is (cursor is not None)
        cursor = page["pageInfo"][end]
        if not page["pageInfo"][more]:
            return found


def test_what_is_not_known_comes_last_whichever_way_a_list_is_ordered(loaded_client: Client) -> None:
    query = "{{ contracts(orderBy: [{{ field: END_DATE, direction: {} }}]) {{ nodes {{ period {{ end {{ latest }} }} }} }} }}"
    for direction in ("ASC", "DESC"):
        ends = [(n["period"]["end"] or {}).get("latest") for n in answered(loaded_client, query.format(direction))["contracts"]["nodes"]]
        known = [e for e in ends if e]
        assert ends == sorted(known, reverse=direction == "DESC") + [None] * (len(ends) - len(known))
        assert None in ends
