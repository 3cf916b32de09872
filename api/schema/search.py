"""Searching: things by a name, alias, abbreviation, code or misspelling, as someone types it."""

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


@strawberry.type(description="One thing that answers to a search. NL: treffer.")
class SearchEdge:
    cursor: str = strawberry.field(description="Its place in the list, for after.")
    node: Entity = strawberry.field(description="The thing itself, on the day asked about.")
    score: float = strawberry.field(
        description="How well it answers: 1 the text itself; from 0.8 the text begins so; from 0.6 every word that is typed begins a word "
        "of the text; up to 0.5 the text is only alike, which counts only where nothing answers better. Another name takes off 0.01, a "
        "former one or a slug 0.02, a misspelling 0.03. NL: score."
    )
    matched_text: str = strawberry.field(description="The name, alias or code that answers, as the source writes it. NL: gevonden tekst.")
    matched_kind: MatchedKind = strawberry.field(description="What sort of text that is.")
    exists_on_day: Ternary = strawberry.field(
        description="Whether it exists on the day asked about; things of the past and the future are found too. UNKNOWN where no source "
        "dates it. NL: bestaat op de peildatum."
    )
    superseded_by: list[Entity] = strawberry.field(
        description="What it has gone into by the day asked about, for example Purmerend for Beemster; empty while it exists. "
        "NL: opgegaan in."
    )


@strawberry.type(description="What answers to a search, the best first. NL: zoekresultaat.")
class SearchConnection(Page):
    edges: list[SearchEdge] = strawberry.field(description="The things on this page, each with how well it answers.")
    nodes: list[Entity] = strawberry.field(description="The things on this page, without how well they answer.")
    suggestions: list[str] = strawberry.field(
        description="Where nothing answers: the nearest names there are, the nearest first; otherwise empty. NL: bedoelde u."
    )


Query = Annotated[
    str,
    strawberry.argument(
        description="What is typed: a name, alias, abbreviation or code, the last word perhaps unfinished; for example zaans. "
        "At most 200 characters, with at least one letter or digit. NL: zoektekst."
    ),
]
Types = Annotated[list[EntityType] | None, strawberry.argument(description="Only things of these types, for example MUNICIPALITY.")]


@strawberry.type(description="Questions for things of which the name is only known about.")
class Finding:
    @strawberry.field(
        description="Things by name, alias, abbreviation, code or misspelling, also while it is being typed; case, accents and hyphens do "
        "not matter. Of all times: existsOnDay and supersededBy say how it stands on the day. NL: zoeken."
    )
    def search(
        self, query: Query, types: Types = UNSET, as_of: AsOf = UNSET, first: First = UNSET, after: After = UNSET
    ) -> SearchConnection: ...
