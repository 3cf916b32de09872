"""Prices a question before it is asked: an estimate of the rows and the work behind its answer, as a function of its page sizes.

A field costs 1. The fields of the entries of a list count as often as there may be entries: `first` or `last` for a page
(25 by default), the number of ids or references that are sent, a usual length for a list without pages. Some fields make the
store work whatever they return (`WORK`), and a coverage answer costs 200 for each municipality and care function that it looks
at. Of a thing that may be of several types the dearest counts. An example: `municipalities(first: 50) { totalCount nodes
{ name code } }` costs 1 + 20 for the list + 1 + 1 + 50 × 2 = 124; `{ gaps { status } }` looks at 50 × 20 pairs and costs
1 + 1000 × 200 + 1000 × 1 = 201,001.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from graphql import GraphQLSchema, get_named_type, get_nullable_type, is_list_type

from api.limits import SHORT_LIST
from graph.compile.roots import MAX_CELLS
from graph.compile.rows import DEFAULT_PAGE, MAX_PAGE
from graph.question import Ask, Parameter

Sizes = Callable[[str], int]  # the page size, or the number of values, of a parameter
Price = Callable[[Sizes], int]
HEAVY = 3000  # above this a question takes one of the few places for heavy ones

CELL = 200  # one municipality and one care function
MUNICIPALITIES, IN_REGION, FUNCTIONS = 50, 10, 20  # looked at if the question does not name them
COVERAGE = frozenset({"coverageMatrix", "gaps", "whoCovers", "coverage"})
LENGTHS = {"sources": 50, "via": 3, "steps": 5, "path": 3}  # usual lengths of lists without pages; others have SHORT_LIST
WORK = {  # what the store does for a field whatever is asked of it
    "diff": 4000, "timeline": 100, "path": 100, "compare": 200, "search": 20, "counts": 500,
}  # fmt: skip
EVERY_TEXT = 2000  # a word is looked for in every claim: no index holds what they say
SEARCH_HITS = 5  # a search rarely finds more, whatever its page size
CONNECTION = 20  # filtering, ordering and counting before the first entry


def price(schema: GraphQLSchema, question: Ask) -> Price:
    """Returns the price of a root field as a function of the sizes of its parameters."""
    return _field(schema, "Query", question, {})


def _field(schema: GraphQLSchema, parent: str, ask: Ask, lengths: Mapping[str, Price]) -> Price:
    """The price of a field; `lengths` holds the lengths of lists that the arguments of its parent decide."""
    if ask.field == "__typename":
        return lambda sizes: 1
    type_ = schema.type_map[parent].fields[ask.field].type  # type: ignore[attr-defined]
    named = get_named_type(type_)
    work, length, inner = _own(ask, named.name)
    if not is_list_type(get_nullable_type(type_)):
        length = _fixed(1)
    elif ask.field in lengths:
        length = lengths[ask.field]
    kinds = [[_field(schema, name, child, inner) for child in children] for name, children in ask.children]
    if not kinds:
        return lambda sizes: 1 + work(sizes)
    return lambda sizes: 1 + work(sizes) + length(sizes) * max(sum(child(sizes) for child in kind) for kind in kinds)


def _own(ask: Ask, type_: str) -> tuple[Price, Price, Mapping[str, Price]]:
    """The work of a field, the length of its list, and the lengths of the lists inside its value."""
    if ask.field in COVERAGE and type_ in ("Coverage", "CoverageMatrix"):
        rows, columns = _municipalities(ask), _functions(ask)

        def cells(sizes: Sizes) -> int:
            return min(rows(sizes) * columns(sizes), MAX_CELLS)

        return (lambda sizes: CELL * cells(sizes)), cells, {"cells": cells, "municipalities": rows, "functions": columns}
    if type_.endswith("Connection"):
        page = _page(ask)
        work = WORK.get(ask.field, 0) + (EVERY_TEXT if ask.argument("text") else 0)
        return _fixed(CONNECTION + work), _fixed(1), {"nodes": page, "edges": page}
    for name in ("places", "identifiers"):
        if isinstance(many := ask.argument(name), Parameter):
            return _fixed(0), partial(_count, many.name), {}
    return _fixed(WORK.get(ask.field, 0)), _fixed(LENGTHS.get(ask.field, SHORT_LIST)), {}


def _fixed(number: int) -> Price:
    return lambda sizes: number


def _count(name: str, sizes: Sizes) -> int:
    return sizes(name)


def _page(ask: Ask) -> Price:
    count = ask.argument("first") or ask.argument("last")
    if not isinstance(count, Parameter):
        return _fixed(SEARCH_HITS if ask.field == "search" else DEFAULT_PAGE)
    name = count.name
    most = SEARCH_HITS if ask.field == "search" else MAX_PAGE
    return lambda sizes: max(0, min(sizes(name), most))


def _municipalities(ask: Ask) -> Price:
    if isinstance(many := ask.argument("municipalities"), Parameter):
        return partial(_count, many.name)
    if ask.argument("municipality") or ask.field == "coverage":
        return _fixed(1)
    return _fixed(IN_REGION if ask.argument("region") else MUNICIPALITIES)


def _functions(ask: Ask) -> Price:
    if isinstance(many := ask.argument("functions"), Parameter):
        return partial(_count, many.name)
    return _fixed(1 if ask.argument("function") else FUNCTIONS)
