"""Global ids and pagination as in Relay, and the completeness of lists."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Generic, TypeVar

import strawberry
from strawberry import enum_value

from api.schema.enums import enum_of
from api.schema.scalars import Date
from api.schema.time import DEFAULT_LANGUAGE, Lang
from graph.domain import words

T = TypeVar("T")

AsOf = Annotated[
    Date | None,
    strawberry.argument(
        description="The day for which the answer holds, for example 2023-06-01; today in Amsterdam by default. NL: peildatum."
    ),
]
First = Annotated[int | None, strawberry.argument(description="The page size, counted from the start of the list, for example 25.")]
After = Annotated[str | None, strawberry.argument(description="Returns the entries after this cursor of an earlier answer.")]
Last = Annotated[int | None, strawberry.argument(description="The page size, counted from the end of the list, for example 25.")]
Before = Annotated[str | None, strawberry.argument(description="Returns the entries before this cursor of an earlier answer.")]


@strawberry.interface(description="Anything with a global id, which node(id:) finds again.")
class Node:
    id: strawberry.ID = strawberry.field(description="Global id: opaque, for node(id:) and for client caches.")


@strawberry.type(description="The place of a page in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether a page follows this one.")
    has_previous_page: bool = strawberry.field(description="Whether a page comes before this one.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first entry on this page; null if the page is empty.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last entry on this page; null if the page is empty.")


@strawberry.enum(description="The sort direction of a list. NL: sorteerrichting.")
class OrderDirection(Enum):
    ASC = enum_value("ASC", description="From A to Z and from early to late; unknown values come last. NL: oplopend.")
    DESC = enum_value("DESC", description="From Z to A and from late to early; unknown values come last. NL: aflopend.")


@enum_of(words.COMPLETENESS)
class ListCompleteness(Enum):
    pass


@strawberry.type(description="An entry of a list, with its cursor.")
class Edge(Generic[T]):
    cursor: str = strawberry.field(description="The cursor of the entry, for after and before.")
    node: T = strawberry.field(description="The entry itself.")


@strawberry.type(description="A page of a list.")
class Page:
    page_info: PageInfo = strawberry.field(description="The place of this page in the list.")
    total_count: int = strawberry.field(description="The number of entries of the whole list. NL: totaal.")


@strawberry.type(description="A page of a list.")
class Connection(Page, Generic[T]):
    edges: list[Edge[T]] = strawberry.field(description="The entries on this page, each with its cursor.")
    nodes: list[T] = strawberry.field(description="The entries on this page, without cursors.")


@strawberry.type(description="A list with information about its completeness.")
class Wholeness:
    completeness: ListCompleteness = strawberry.field(description="Whether the list is known to be complete. NL: volledigheid.")

    @strawberry.field(
        description="What the sources leave out of the list, for example that they count a fourth institution without naming it. NL: "
        "opmerking."
    )
    def remark(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...
