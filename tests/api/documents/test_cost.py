"""What a question costs: fields times page sizes, known before anything is asked, told with every answer, and bounded."""

from __future__ import annotations

from typing import Any

import pytest

from api.documents.prepare import prepare
from api.limits import MAX_COST
from tests.api.conftest import Client

PAGES = (
    "municipalities(first: 100) { nodes { memberships(first: %d) { nodes { organization { members(first: 100) { nodes { role } } } } } } }"
)


def cost(query: str, **variables: Any) -> int:
    operation, raw = prepare(query, None, variables)
    return operation.cost(raw)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{ __typename }", 0),
        ("{ meta { engine } }", 2),
        ("{ municipalities { totalCount } }", 2),
        ("{ municipalities(first: 50) { totalCount nodes { name code } } }", 103),
        ("{ municipalities { edges { cursor node { name } } } }", 1 + 1 + 25 * 3),
        ("{ municipalities(last: 2) { nodes { memberships(first: 3) { nodes { role } } } } }", 1 + 1 + 2 * (1 + 1 + 3)),
        ("{ sources { title } }", 1 + 10),
        ('{ nodes(ids: ["source/roo", "source/cbs", "source/roo"]) { id } }', 1 + 3),
        ('{ organization(ref: "x") { id ... on Municipality { code slug } ... on Region { kind } } }', 1 + 3),
        ("{ a: meta { engine } b: meta { engine } }", 4),
    ],
)
def test_a_field_costs_one_and_a_list_as_often_as_it_may_have_entries(query: str, expected: int) -> None:
    assert cost(query) == expected


def test_a_page_size_in_a_variable_counts_and_a_wrong_one_does_no_harm() -> None:
    query = "query ($n: Int) { municipalities(first: $n) { nodes { name } } }"
    assert [cost(query, n=n) for n in (1, 100, 10_000, -5, None)] == [3, 102, 102, 2, 27]


def test_every_answer_tells_what_it_cost_and_what_is_allowed(loaded_client: Client) -> None:
    answer = loaded_client.ask("{ municipalities(first: 1) { nodes { name } } }").json()
    assert answer["extensions"] == {"cost": {"requested": 3, "allowed": MAX_COST}}


def test_what_costs_too_much_is_refused_before_anything_is_asked(client: Client) -> None:
    response = client.ask(f"{{ {PAGES % 100} }}")
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "TOO_COSTLY"
    assert error["extensions"]["cost"]["requested"] > error["extensions"]["cost"]["allowed"] == MAX_COST
    assert "first" in error["extensions"]["remedy"]


def test_what_costs_less_is_planned() -> None:
    assert cost(f"{{ {PAGES % 30} }}") < MAX_COST
