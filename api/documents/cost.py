"""Prices a question before it is asked: an estimate of the rows and the work behind its answer, as a function of its page sizes.

A field costs 1. The fields of the entries of a list count as often as there may be entries: `first` or `last` for a page
(25 by default), the number of ids or references that are sent, a usual length for a list without pages. Some fields make the
store work whatever they return (`WORK`), a reference in a list costs 45, and a coverage answer costs 200 for each municipality
and care function that it looks at. Of a thing that may be of several types the dearest counts. An example:
`municipalities(first: 50) { totalCount nodes { name code } }` costs 1 + 500 + 20 for the list + 1 + 1 + 50 × 2 = 623;
`{ gaps { status } }` looks at 50 × 20 pairs and costs 1 + 5000 + 1000 × 200 + 1000 × 1 = 206,001.

The weights were measured as seconds of processor on the embedded engine (27 November 2026): about 20 µs for 1 at the most on
one day, 60 to 90 µs on another on which the same two cores were three times as slow. So what `api.limits.MAX_COST` allows takes
8 s of one core on the first, and on the second the time of a request may end it (`REGIOGRAAF_REQUEST_SECONDS`);
`python -m tests.bench.prices` measures it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from graphql import GraphQLSchema, get_named_type, get_nullable_type, is_list_type

from api.limits import SHORT_LIST
from graph.compile.roots import MAX_CELLS
from graph.compile.rows import DEFAULT_PAGE, MAX_PAGE
from graph.question import Argument, Ask, Fields, Items, Parameter

Sizes = Callable[[str], int]  # the page size, or the number of values, of a parameter
Price = Callable[[Sizes], int]
HEAVY = 3000  # above this a question takes one of the few places for heavy ones

CELL = 200  # one municipality and one care function
MUNICIPALITIES, IN_REGION, FUNCTIONS = 50, 10, 20  # looked at if the question does not name them
COVERAGE = frozenset({"coverageMatrix", "gaps", "whoCovers", "coverage"})
LENGTHS = {"sources": 50, "via": 3, "steps": 5, "path": 3}  # usual lengths of lists without pages; others have SHORT_LIST
WORK = {  # what the store does for a field whatever is asked of it
    "diff": 15_000, "timeline": 1500, "path": 2000, "compare": 600, "search": 2000, "counts": 500,
}  # fmt: skip
ROOT_WORK = {  # as a root field only: a list of the country filters and orders all of a kind
    "claims": 2500, "coverage": 2000, "coverageMatrix": 5000, "gaps": 5000, "whoCovers": 5000, "sources": 5000, "municipalities": 500,
    "collaborations": 500, "regions": 150,
}  # fmt: skip
REFERENCE, IDENTIFIER = 45, 50  # looking one up in a list of them
CHANGES = 100  # a diff is gathered as a whole, however small its page
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
    own, length, inner = _own(ask, named.name)
    work = _with_arguments(ask, own, ROOT_WORK.get(ask.field, 0) if parent == "Query" else 0)
    if not is_list_type(get_nullable_type(type_)):
        length = _fixed(1)
    elif ask.field in lengths:
        length = lengths[ask.field]
    kinds = [[_field(schema, name, child, inner) for child in children] for name, children in ask.children]
    if not kinds:
        return lambda sizes: 1 + work(sizes)
    return lambda sizes: 1 + work(sizes) + length(sizes) * max(sum(child(sizes) for child in kind) for kind in kinds)


def _with_arguments(ask: Ask, work: Price, more: int) -> Price:
    """Adds to the work of a field what its lists of references take, and `more`."""
    lists = {*_references(Fields(ask.arguments))} if ask.field not in COVERAGE else set[str]()
    each = IDENTIFIER if ask.field == "resolve" else REFERENCE
    return lambda sizes: more + work(sizes) + each * sum(map(sizes, lists))


def _references(argument: Argument) -> Iterator[str]:
    """Yields the names of all parameters inside an argument that are lists of references or identifiers."""
    if isinstance(argument, Parameter):
        if argument.many and argument.kind in ("Ref", "Identifiers"):
            yield argument.name
    elif isinstance(argument, Fields | Items):
        for part in argument.of:
            yield from _references(part[1] if isinstance(part, tuple) else part)


def _own(ask: Ask, type_: str) -> tuple[Price, Price, Mapping[str, Price]]:
    """The work of a field, the length of its list, and the lengths of the lists inside its value."""
    if ask.field in COVERAGE and type_ in ("Coverage", "CoverageMatrix"):
        rows, columns = _municipalities(ask), _functions(ask)

        def cells(sizes: Sizes) -> int:
            return min(rows(sizes) * columns(sizes), MAX_CELLS)

        return (lambda sizes: CELL * cells(sizes)), cells, {"cells": cells, "municipalities": rows, "functions": columns}
    if type_.endswith("Connection"):
        page = _page(ask)
        work = WORK.get(ask.field, 0) + (EVERY_TEXT if ask.get("text", Parameter) else 0)
        return _fixed(CONNECTION + work), _fixed(1), {"nodes": page, "edges": page}
    for name in ("places", "identifiers"):
        if many := ask.get(name, Parameter):
            return _fixed(0), partial(_count, many.name), {}
    return _fixed(WORK.get(ask.field, 0)), _fixed(LENGTHS.get(ask.field, SHORT_LIST)), {}


def _fixed(number: int) -> Price:
    return lambda sizes: number


def _count(name: str, sizes: Sizes) -> int:
    return sizes(name)


def _page(ask: Ask) -> Price:
    least, most = (CHANGES if ask.field == "diff" else 0), (SEARCH_HITS if ask.field == "search" else MAX_PAGE)
    count = ask.get("first", Parameter) or ask.get("last", Parameter)
    if not count:
        return _fixed(max(least, min(DEFAULT_PAGE, most)))
    name = count.name
    return lambda sizes: max(least, min(sizes(name), most))


def _municipalities(ask: Ask) -> Price:
    if many := ask.get("municipalities", Parameter):
        return partial(_count, many.name)
    if ask.get("municipality", Parameter) or ask.field == "coverage":
        return _fixed(1)
    return _fixed(IN_REGION if ask.get("region", Parameter) else MUNICIPALITIES)


def _functions(ask: Ask) -> Price:
    if many := ask.get("functions", Parameter):
        return partial(_count, many.name)
    return _fixed(1 if ask.get("function", Parameter) else FUNCTIONS)
