"""Changes between two days, and the timeline of one entity."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET

from api.schema.entity import ChangeEvent, Entity
from api.schema.enums import enum_of
from api.schema.membership import During
from api.schema.node import After, Connection, First
from api.schema.provenance import Claim, ClaimValue
from api.schema.scalars import Date, Ref
from api.schema.search import EntityType
from api.schema.time import DEFAULT_LANGUAGE, Certainty, FuzzyDate, Lang, in_words
from graph.domain import words


@enum_of(words.CHANGE_KINDS)
class ChangeKind(Enum):
    pass


@strawberry.type(description="A change between two days. NL: wijziging.")
class Change:
    kind: ChangeKind = strawberry.field(description="The kind of change. NL: soort wijziging.")
    kind_label = in_words("The kind of change")
    certainty_label = in_words("The certainty")
    certainty: Certainty = strawberry.field(
        description="How certain it is: UNCERTAIN for an option that no source confirms or a firm term that is over. NL: zekerheid."
    )
    subject: Entity = strawberry.field(description="The entity that changed, as on the later day. NL: onderwerp.")
    predicate: str = strawberry.field(
        description="What changed, as in claims (memberOf, covers, buyer, runs, exists, option …); notMemberOf if a source expressly "
        "says that it does not take part; original, resulting or about for an event."
    )
    before: ClaimValue | None = strawberry.field(description="The value before the change; null if there was none. NL: was.")
    after: ClaimValue | None = strawberry.field(description="The value after the change; null if there is none. NL: wordt.")
    effective_on: FuzzyDate | None = strawberry.field(
        description="The day on which the change took effect, as vague as in the sources; null if no source says. NL: ingangsdatum."
    )
    claims: list[Claim] = strawberry.field(description="The claims behind it. NL: beweringen.")
    cause: ChangeEvent | None = strawberry.field(
        description="The event that caused the change, if one is known for the same entity and time. NL: aanleiding."
    )

    @strawberry.field(description="The change in a sentence. NL: zin.")
    def sentence(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...


@strawberry.type(
    description="A source that speaks of things for the first time between the two days, and does not say since when they are so: a "
    "text was written, and as far as anybody says nothing changed. NL: voor het eerst vermeld."
)
class FirstNamed:
    slug: str = strawberry.field(description="The slug of the source, for example regiovisie-zawa.")
    title: str = strawberry.field(description="The title of the source. NL: titel.")
    count: int = strawberry.field(description="How many facts it is the first to name. NL: aantal.")
    date: FuzzyDate = strawberry.field(description="The day from which that is certain: the source was written by then. NL: datum.")

    @strawberry.field(description="This in a sentence. NL: zin.")
    def sentence(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...


@strawberry.type(description="Changes, a page at a time. NL: wijzigingen.")
class ChangeConnection(Connection[Change]):
    first_named: list[FirstNamed] = strawberry.field(
        description="What sources name for the first time between the two days, by source; these are no changes, and stand among the "
        "others only withFirstNamed. NL: voor het eerst vermeld."
    )


@strawberry.type(description="Questions about changes.")
class Changes:
    @strawberry.field(
        description="What began, ended or changed after one day, up to and including another: memberships, areas, contracts and "
        "their options, functions, organisations, dated names, codes and figures, and events; oldest first. At most 5000 "
        "facts at once. NL: verschil tussen twee dagen."
    )
    def diff(
        self,
        from_: Annotated[Date, strawberry.argument(name="from", description="The earlier day, for example 2021-12-31.")],
        to: Annotated[Date, strawberry.argument(description="The later day, for example 2022-01-01.")],
        scope: Annotated[
            list[Ref] | None,
            strawberry.argument(
                description="Only these entities and what belongs to them, for example JZ09: for a region also its arrangements, "
                "and members that began or ceased to exist. Everything by default. NL: reikwijdte."
            ),
        ] = UNSET,
        types: Annotated[
            list[EntityType] | None,
            strawberry.argument(description="Only changes that involve an entity of one of these types, for example CONTRACT."),
        ] = UNSET,
        with_first_named: Annotated[
            bool,
            strawberry.argument(
                description="Whether to list each fact that a source names for the first time without saying since when it is so; "
                "such a change is ADDED and UNDATED. They are counted in firstNamed either way."
            ),
        ] = False,
        first: First = UNSET,
        after: After = UNSET,
    ) -> ChangeConnection | None: ...

    @strawberry.field(
        description="What happened to one entity, oldest first: its events, the dated starts and ends of its memberships and its "
        "existence, and the starts, ends and options of its contracts. An end has the date of the last day. An option is "
        "UNCERTAIN (CONTRACT_EXTENSION) until a source confirms it. NL: tijdlijn."
    )
    def timeline(
        self,
        entity: Annotated[Ref, strawberry.argument(description="The entity, for example JZ09, beemster or contract/zawa-2022.")],
        during: During = UNSET,
    ) -> list[ChangeEvent] | None: ...
