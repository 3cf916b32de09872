"""How things are pointed at and lists are paged through, as Relay has it, and whether a list is known to be whole."""

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
        description="The day for which the answer holds, for example 2023-06-01; today in Amsterdam unless told. NL: peildatum."
    ),
]
First = Annotated[int | None, strawberry.argument(description="At most this many, counted from the start of the list, for example 25.")]
After = Annotated[str | None, strawberry.argument(description="Only what comes after this cursor of an earlier answer.")]
Last = Annotated[int | None, strawberry.argument(description="At most this many, counted from the end of the list, for example 25.")]
Before = Annotated[str | None, strawberry.argument(description="Only what comes before this cursor of an earlier answer.")]


@strawberry.interface(description="Anything that has a global id and can be asked for again with node(id:).")
class Node:
    id: strawberry.ID = strawberry.field(description="Global id: opaque, for node(id:) and for client caches.")


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follows this page.")
    has_previous_page: bool = strawberry.field(description="Whether more comes before this page.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first on this page; null where the page is empty.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last on this page; null where the page is empty.")


@strawberry.enum(description="Which way a list is put in order. NL: sorteerrichting.")
class OrderDirection(Enum):
    ASC = enum_value("ASC", description="From A to Z and from early to late; what is not known comes last. NL: oplopend.")
    DESC = enum_value("DESC", description="From Z to A and from late to early; what is not known comes last. NL: aflopend.")


@enum_of(words.COMPLETENESS)
class ListCompleteness(Enum):
    pass


@strawberry.type(description="One thing in a list, with its place.")
class Edge(Generic[T]):
    cursor: str = strawberry.field(description="Its place in the list, for after and before.")
    node: T = strawberry.field(description="The thing itself.")


@strawberry.type(description="A page of a list: what every connection has.")
class Page:
    page_info: PageInfo = strawberry.field(description="Where this page stands in the list.")
    total_count: int = strawberry.field(description="How many there are in the whole list, all pages together.")


@strawberry.type(description="A page of things.")
class Connection(Page, Generic[T]):
    edges: list[Edge[T]] = strawberry.field(description="The things on this page, each with its place in the list.")
    nodes: list[T] = strawberry.field(description="The things on this page, without their places.")


@strawberry.type(description="What is said about the wholeness of a list.")
class Wholeness:
    completeness: ListCompleteness = strawberry.field(description="Whether the list is known to be whole.")

    @strawberry.field(
        description="What the sources do not say about the list, for example that a fourth institution is counted and not named."
    )
    def remark(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...
