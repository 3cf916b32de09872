"""Equal selections have one Cypher text, so that the pages need few of them. No engine is needed for this."""

from __future__ import annotations

import re
from typing import Any

import pytest
from graphql import Visitor, parse, print_ast, visit
from graphql.language import FieldNode, IntValueNode, NameNode, StringValueNode

from tests.questions.counted import different_texts, recorded, texts
from tests.questions.page import Page, pages

PAGES = pages()
PLANNED = [page for page in PAGES if texts(page.question.query, page.question.variables)]  # the others are refused
TEXTS = recorded()[0]


class _Otherwise(Visitor):
    """The same selection with other aliases and other values."""

    def leave_field(self, node: FieldNode, *_: Any) -> FieldNode:
        key = node.alias.value if node.alias else node.name.value
        return FieldNode(**{**_parts(node), "alias": NameNode(value=f"other_{key}")})

    def leave_string_value(self, node: StringValueNode, *_: Any) -> StringValueNode:
        return StringValueNode(value=_other(node.value), block=False)

    def leave_int_value(self, node: IntValueNode, *_: Any) -> IntValueNode:
        return IntValueNode(value=str(int(node.value) + 1))


def _parts(node: Any) -> dict[str, Any]:
    return {key: getattr(node, key) for key in node.keys}


def _other(value: Any) -> Any:
    """Another value of the same kind; words of a closed list stay, because they shape the question."""
    if isinstance(value, dict):
        return {key: _other(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_other(inner) for inner in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value + 1
    if not isinstance(value, str) or re.fullmatch("[A-Z_]+", value):
        return value
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return "2019-02-03"
    return value.replace("@", "x@") if "@" in value else value + "x"  # an id keeps its day, or it would be none


@pytest.mark.parametrize("page", PLANNED, ids=lambda page: page.file.stem)
def test_an_equal_selection_with_other_aliases_and_values_has_the_same_text(page: Page) -> None:
    question = page.question
    otherwise = print_ast(visit(parse(question.query), _Otherwise()))
    assert otherwise != print_ast(parse(question.query))
    same = texts(otherwise, _other(question.variables))
    assert same == texts(question.query, question.variables)


def test_the_pages_need_no_more_different_texts_than_recorded() -> None:
    assert different_texts(PAGES) <= TEXTS
