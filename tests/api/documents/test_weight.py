"""What a question weighs: small ones are light, many pages at once are heavy, and the sizes of pages count, variables too."""

from __future__ import annotations

from typing import Any

import pytest

from api.documents.prepare import prepare
from api.documents.saved import saved

PAGES = "{ " + " ".join(f"p{i}: municipalities(first: 100) {{ nodes {{ name }} }}" for i in range(5)) + " }"
NESTED = "query($n: Int) { municipalities(first: 50) { nodes { memberships(first: $n) { nodes { role } } } } }"


def heavy(text: str, variables: dict[str, Any] | None = None) -> bool:
    operation, raw = prepare(text, None, variables or {})
    return operation.heavy(raw)


@pytest.mark.parametrize(
    ("text", "variables", "expected"),
    [
        ('{ municipality(ref: "a") { name memberships { nodes { role } } } }', {}, False),
        ('{ coverage(municipality: "a", function: "b") { status via { steps { label } } } }', {}, False),
        ("{ municipalities(first: 100) { nodes { name code } } }", {}, False),
        (PAGES, {}, True),
        (NESTED, {"n": 2}, False),
        (NESTED, {"n": 20}, True),
        ('{ coverageMatrix(region: "a") { summary { count } } }', {}, True),
        ("{ __typename savedQuestions { name } }", {}, False),
    ],
)
def test_a_question_is_heavy_when_it_asks_for_many_rows(text: str, variables: dict[str, Any], expected: bool) -> None:
    assert heavy(text, variables) is expected


def test_a_question_about_one_thing_that_is_saved_is_light() -> None:
    light = {one.name for one in saved().values() if not heavy(one.document, {"asOf": "2023-06-01", **_required(one.document)})}
    assert {"Coverage", "MembershipsOfAMunicipality", "Mergers", "StateOfTheData"} <= light


def _required(document: str) -> dict[str, str]:
    return {name: "a" for name in ("municipality", "function", "region", "collaboration", "contract") if f"${name}: Ref!" in document}
