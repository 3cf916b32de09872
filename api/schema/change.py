"""Changes: what began, ended or became doubtful between two days, and the timeline of one thing."""

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
from api.schema.time import DEFAULT_LANGUAGE, Certainty, FuzzyDate, Lang
from graph.domain import words


@enum_of(words.CHANGE_KINDS)
class ChangeKind(Enum):
    pass


@strawberry.type(description="One thing that changed between two days. NL: wijziging.")
class Change:
    kind: ChangeKind = strawberry.field(description="What became of it.")
    certainty: Certainty = strawberry.field(
        description="How sure that is: UNCERTAIN for an option that no source confirms or a firm term that is over. NL: zekerheid."
    )
    subject: Entity = strawberry.field(description="Of what it is said, as on the later day. NL: onderwerp.")
    predicate: str = strawberry.field(
        description="What is said of it, as in claims (memberOf, covers, buyer, runs, exists, option …); notMemberOf where a source says "
        "expressly that it does not take part; original, resulting or about for an event."
    )
    before: ClaimValue | None = strawberry.field(description="What was said before; null where nothing was. NL: was.")
    after: ClaimValue | None = strawberry.field(description="What is said afterwards; null where nothing is any more. NL: wordt.")
    effective_on: FuzzyDate | None = strawberry.field(
        description="The first day on which it was so, as vague as the sources; null where no source says since when. NL: ingangsdatum."
    )
    claims: list[Claim] = strawberry.field(description="The claims behind it. NL: beweringen.")
    cause: ChangeEvent | None = strawberry.field(
        description="The event that brought it about, where one is known that concerns the same thing at that time. NL: aanleiding."
    )

    @strawberry.field(description="The change in a sentence. NL: zin.")
    def sentence(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...


@strawberry.type(description="Changes, a page at a time. NL: wijzigingen.")
class ChangeConnection(Connection[Change]):
    pass


@strawberry.type(description="Questions about what became of things.")
class Changes:
    @strawberry.field(
        description="What began, ended or changed after one day, up to and including another: memberships, areas, contracts and their "
        "options, functions, lives of organisations, dated names, codes and figures, and events; oldest first. At most 5000 facts at once. "
        "NL: verschil tussen twee dagen."
    )
    def diff(
        self,
        from_: Annotated[Date, strawberry.argument(name="from", description="The earlier day, for example 2021-12-31.")],
        to: Annotated[Date, strawberry.argument(description="The later day, for example 2022-01-01.")],
        scope: Annotated[
            list[Ref] | None,
            strawberry.argument(
                description="Only these things and what hangs on them, for example JZ09: of a region its arrangements, and which of its "
                "members began or ceased to exist; everything unless told. NL: reikwijdte."
            ),
        ] = UNSET,
        types: Annotated[
            list[EntityType] | None,
            strawberry.argument(description="Only what is said of, or names, a thing of one of these sorts, for example CONTRACT."),
        ] = UNSET,
        first: First = UNSET,
        after: After = UNSET,
    ) -> ChangeConnection: ...

    @strawberry.field(
        description="What happened to one thing, oldest first: its events, memberships and life beginning and ending as far as a source "
        "dates that, and the beginnings, ends and options of its contracts. Ends are dated by the last day. An option is a possibility "
        "(CONTRACT_EXTENSION, UNCERTAIN) until a source confirms it. NL: tijdlijn."
    )
    def timeline(
        self,
        entity: Annotated[Ref, strawberry.argument(description="Which thing, for example JZ09, beemster or contract/zawa-2022.")],
        during: During = UNSET,
    ) -> list[ChangeEvent]: ...
