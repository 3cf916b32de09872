"""Searching entities by name, alias, abbreviation, code or misspelling, also while the user is typing."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET

from api.schema.entity import Entity
from api.schema.enums import enum_of
from api.schema.node import After, AsOf, First, Page
from api.schema.time import Ternary
from graph.domain import model, words


@enum_of(model.TYPES)
class EntityType(Enum):
    pass


@enum_of(words.TEXT_KINDS)
class MatchedKind(Enum):
    pass


@strawberry.type(description="An entity that matches a search. NL: treffer.")
class SearchEdge:
    cursor: str = strawberry.field(description="The cursor of the entry, for after.")
    node: Entity = strawberry.field(description="The entity, on that day. NL: entiteit.")
    score: float = strawberry.field(
        description="How well it matches: 1 for an exact match; from 0.8 if the text begins with the search; from 0.6 if every word "
        "of the search begins a word of the text; up to 0.5 if the text is only similar, which counts only if nothing "
        "matches better. Another name loses 0.01, a former name or a slug 0.02, a misspelling 0.03. NL: score."
    )
    matched_text: str = strawberry.field(description="The name, alias or code that matches, as the source writes it. NL: gevonden tekst.")
    matched_kind: MatchedKind = strawberry.field(description="The kind of that text. NL: soort tekst.")
    exists_on_day: Ternary = strawberry.field(
        description="Whether it exists on that day; a search also finds entities of the past and the future. UNKNOWN if no source "
        "dates it. NL: bestaat op de peildatum."
    )
    superseded_by: list[Entity] = strawberry.field(
        description="The entities that continue it on that day, for example Purmerend for Beemster; empty while it exists. NL: opgegaan in."
    )


@strawberry.type(description="The matches of a search, the best first. NL: zoekresultaat.")
class SearchConnection(Page):
    edges: list[SearchEdge] = strawberry.field(description="The matches on this page, each with its score.")
    nodes: list[Entity] = strawberry.field(description="The matches on this page, without scores.")
    suggestions: list[str] = strawberry.field(
        description="If nothing matches, the nearest names, the nearest first; otherwise empty. NL: bedoelde u."
    )


Query = Annotated[
    str,
    strawberry.argument(
        description="The text to search for: a name, alias, abbreviation or code; the last word may be unfinished, for example "
        "zaans. At most 200 characters, with at least one letter or digit. NL: zoektekst."
    ),
]
Types = Annotated[list[EntityType] | None, strawberry.argument(description="Only entities of these types, for example MUNICIPALITY.")]


@strawberry.type(description="Search by name.")
class Finding:
    @strawberry.field(
        description="Finds entities by name, alias, abbreviation, code or misspelling, also while the user is typing. Case, accents "
        "and hyphens do not matter. It finds entities of all times; existsOnDay and supersededBy tell their state on the "
        "day. NL: zoeken."
    )
    def search(
        self, query: Query, types: Types = UNSET, as_of: AsOf = UNSET, first: First = UNSET, after: After = UNSET
    ) -> SearchConnection: ...
