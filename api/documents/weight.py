"""How much a root field asks for: an estimate of the rows behind its answer, from page sizes and levels alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema, get_named_type, get_nullable_type, is_list_type

from graph.compile.rows import DEFAULT_PAGE
from graph.question import Ask, Parameter

LIST = 5  # what a list without pages is taken to hold; those of the graph are short
WHOLE = {"coverageMatrix": 400, "gaps": 400, "whoCovers": 60}  # they look at every municipality, or at every pair, whatever they show
HEAVY = 250

Term = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Weight:
    """An estimate: so many rows, and so many times the sizes of these pages, added up."""

    fixed: int
    terms: tuple[Term, ...]

    def rows(self, sizes: Mapping[str, Any]) -> int:
        """The estimate for page sizes, by the name of their parameter; what is no size counts as the usual page."""
        total = self.fixed
        for factor, names in self.terms:
            for name in names:
                size = sizes.get(name)
                factor *= size if isinstance(size, int) else DEFAULT_PAGE
            total += factor
        return total


def weight(schema: GraphQLSchema, question: Ask) -> Weight:
    """The weight of a root field."""
    query = schema.query_type
    assert query
    terms: list[Term] = [(WHOLE.get(question.field, 1), ())]
    _weigh(schema, query, question, (1, ()), terms)
    return Weight(sum(factor for factor, names in terms if not names), tuple(term for term in terms if term[1]))


def _weigh(schema: GraphQLSchema, parent: GraphQLObjectType, asked: Ask, times: Term, terms: list[Term]) -> None:
    if not asked.children:
        return
    type_ = get_nullable_type(parent.fields[asked.field].type)
    factor, names = times
    size = asked.argument("first") or asked.argument("last")
    if isinstance(size, Parameter):
        times = factor, (*names, size.name)
    elif get_named_type(type_).name.endswith("Connection"):
        times = factor * DEFAULT_PAGE, names
    elif is_list_type(type_) and asked.field not in ("nodes", "edges"):  # those of a connection are its page
        times = factor * LIST, names
    if times != (factor, names):
        terms.append(times)
    widest: list[Term] = []
    for name, children in asked.children:
        inner = schema.get_type(name)
        if isinstance(inner, GraphQLObjectType):
            found: list[Term] = []
            for child in children:
                _weigh(schema, inner, child, times, found)
            widest = max(widest, found, key=len)
    terms += widest
