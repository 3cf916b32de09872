"""Pages: going through a list page by page, forwards or backwards, gives the whole list once and in its order."""

from __future__ import annotations

import asyncio
from datetime import date
from itertools import product
from typing import Any

import pytest

from api.answer import Answers, Question
from graph.engines.bolt import Store

# A list: what it hangs on, its field, the type of its orders and the fields that it can be ordered by.
LISTS = [
    ("", "municipalities", "MunicipalityOrder", ("NAME", "CODE")),
    ("", "collaborations", "CollaborationOrder", ("NAME", "START_DATE")),
    ("", "contracts", "ContractOrder", ("NAME", "START_DATE", "END_DATE", "MAX_EXTENT_DATE")),
    ('region(ref: "zaanstreek-waterland")', "members", "MembershipOrder", ("MEMBER_NAME", "START_DATE", "END_DATE")),
    ('municipality(ref: "zaanstad")', "memberships", "MembershipOrder", ("ORGANIZATION_NAME", "START_DATE", "END_DATE")),
]
ORDERS = [
    (on, field, type_, [{"field": f, "direction": direction}])
    for (on, field, type_, fields) in LISTS
    for f, direction in product(fields, ("ASC", "DESC"))
] + [
    ("", "contracts", "ContractOrder", [{"field": "END_DATE", "direction": "DESC"}, {"field": "START_DATE", "direction": "ASC"}]),
    ('municipality(ref: "zaanstad")', "memberships", "MembershipOrder",
     [{"field": "START_DATE", "direction": "ASC"}, {"field": "ORGANIZATION_NAME", "direction": "DESC"}]),
]  # fmt: skip


@pytest.fixture
def ask(loaded: Store, runner: asyncio.Runner) -> Any:
    answers = Answers(loaded, lambda: date(2023, 6, 1), "engine")

    def asked(on: str, field: str, type_: str, **variables: Any) -> Any:
        names = {"first": "Int", "last": "Int", "after": "String", "before": "String", "orderBy": f"[{type_}!]"}
        head = ", ".join(f"${name}: {names[name]}" for name in variables)
        given = ", ".join(f"{name}: ${name}" for name in variables)
        page = "{ totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"
        one = f"{field}({given}) {page}"
        answer = runner.run(answers(Question(f"query({head}) {{ {f'{on} {{ {one} }}' if on else one} }}", None, variables)))
        assert "errors" not in answer, answer
        (found,) = answer["data"].values()
        return found[field] if on else found

    return asked


def walked(ask: Any, list_: tuple[Any, ...], size: int, *, backwards: bool) -> list[str]:
    """All ids of a list, read page by page."""
    on, field, type_, order = list_
    forth, back = ("first", "after", "hasNextPage", "endCursor"), ("last", "before", "hasPreviousPage", "startCursor")
    count, beyond, more, edge = back if backwards else forth
    ids: list[str] = []
    cursor = None
    while True:
        variables = {"orderBy": order, count: size, **({beyond: cursor} if cursor else {})}
        page = ask(on, field, type_, **variables)
        here = [e["node"]["id"] for e in page["edges"]]
        assert len(here) <= size
        ids = here + ids if backwards else ids + here
        info = page["pageInfo"]
        cursors = [e["cursor"] for e in page["edges"]] or [None]
        assert (info["startCursor"], info["endCursor"]) == (cursors[0], cursors[-1])
        assert len(ids) <= page["totalCount"]
        if not info[more]:
            return ids
        cursor = info[edge]


@pytest.mark.parametrize("list_", ORDERS, ids=lambda o: f"{o[1]}-{'-'.join(x['field'] + ' ' + x['direction'] for x in o[3])}")
def test_page_by_page_is_the_whole_list_once(ask: Any, list_: tuple[Any, ...]) -> None:
    on, field, type_, order = list_
    whole = ask(on, field, type_, orderBy=order, first=100)
    ids = [e["node"]["id"] for e in whole["edges"]]
    if whole["totalCount"] > 100:
        ids = walked(ask, list_, 100, backwards=False)
    assert len(set(ids)) == len(ids) == whole["totalCount"]
    assert len(ids) > 4
    size = min(len(ids) // 3, 99)
    assert walked(ask, list_, size, backwards=False) == ids
    assert walked(ask, list_, size, backwards=True) == ids


def test_descending_is_ascending_turned_round_but_for_what_is_equal(ask: Any) -> None:
    def names(direction: str) -> list[str]:
        order = [{"field": "NAME", "direction": direction}]
        return walked(ask, ("", "municipalities", "MunicipalityOrder", order), 100, backwards=False)

    assert names("DESC") == names("ASC")[::-1]
