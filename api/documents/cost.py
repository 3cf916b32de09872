"""What a question costs before it is asked: a number of fields, worked out once for each plan as a function of its page sizes.

A field costs 1. What is asked of the entries of a list counts as often as there may be entries: `first` or `last` for a page
(25 unless told), as many as are pointed at for `nodes` and `_entities`, 10 for a list that is short by nature. Of a thing that may be of
several types the dearest counts. An example: `municipalities(first: 50) { totalCount nodes { name code } }` costs
1 + 1 + 1 + 50 × 2 = 103.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graphql import GraphQLSchema, get_named_type, get_nullable_type, is_list_type

from api.limits import SHORT_LIST
from graph.compile.rows import DEFAULT_PAGE, MAX_PAGE
from graph.question import Ask, Parameter

Sizes = Mapping[str, int]
Cost = Callable[[Sizes], int]


def cost(schema: GraphQLSchema, question: Ask) -> Cost:
    """The cost of a root field, given the size of each page and list by the name of its parameter."""
    return _field(schema, "Query", question, None)


def _field(schema: GraphQLSchema, parent: str, ask: Ask, page: Cost | None) -> Cost:
    """The cost of a field; `page` is the size of the page that it gives the entries of."""
    if ask.field == "__typename":
        return lambda sizes: 1
    type_ = schema.type_map[parent].fields[ask.field].type  # type: ignore[attr-defined]
    connection = get_named_type(type_).name.endswith("Connection")
    times: Cost = (page or _length(ask)) if is_list_type(get_nullable_type(type_)) else (lambda sizes: 1)
    inner = _size(ask) if connection else None
    kinds = [[_field(schema, name, child, inner) for child in children] for name, children in ask.children]
    if not kinds:
        return lambda sizes: 1
    return lambda sizes: 1 + times(sizes) * max(sum(one(sizes) for one in kind) for kind in kinds)


def _size(ask: Ask) -> Cost:
    count = ask.argument("first") or ask.argument("last")
    if not isinstance(count, Parameter):
        return lambda sizes: DEFAULT_PAGE
    name = count.name
    return lambda sizes: max(0, min(sizes[name], MAX_PAGE))


def _length(ask: Ask) -> Cost:
    places = ask.argument("places")
    if not isinstance(places, Parameter):
        return lambda sizes: SHORT_LIST
    name = places.name
    return lambda sizes: sizes[name]
