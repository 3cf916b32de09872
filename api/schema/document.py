"""Documents, laws, instruments and rules: what they are, whom they bind and who uses them."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET

from api.schema.entity import Entity, Organization
from api.schema.enums import enum_of
from api.schema.membership import During
from api.schema.node import Connection
from api.schema.provenance import Claim, Figure
from api.schema.time import Period
from graph.domain import words


@enum_of(words.DOCUMENT_KINDS)
class DocumentKind(Enum):
    pass


@strawberry.type(
    description="A document, law, instrument or rule that sources mention, for example the Jeugdwet, the BOK or the maximum waiting "
    "time. NL: document, wet, instrument of regel."
)
class Document(Entity):
    kind: DocumentKind = strawberry.field(description="The kind of document, for example LAW or RULE. NL: soort document.")
    in_force: Period | None = strawberry.field(
        description="Its date, or the period for which it was made; null if no source says. NL: datum of looptijd."
    )
    texts: list[Claim] = strawberry.field(
        description="The claims about its title and about what it says, each in the words of one source. NL: inhoud."
    )
    issued_by: list[Organization] = strawberry.field(description="The organisations that issued it, for example the VNG. NL: van wie.")
    binds: list[Organization] = strawberry.field(
        description="The organisations that it binds, for example the region Zaanstreek-Waterland. NL: geldt voor wie."
    )
    applies_to: list[Entity] = strawberry.field(
        description="The contracts, care functions and other things that it is about. NL: geldt voor wat."
    )
    used_by: list[Entity] = strawberry.field(
        description="The organisations, contracts and collaborations that use it, for example the RET. NL: gebruikt door."
    )

    @strawberry.field(
        description="The numbers that it sets and that may be about that day, for example a waiting time of 3 months. `during: {}` gives "
        "those of all times. NL: cijfers."
    )
    def figures(self, during: During = UNSET) -> list[Figure]: ...


@strawberry.type(description="Documents, laws, instruments and rules, a page at a time. NL: documenten.")
class DocumentConnection(Connection[Document]):
    pass


DocumentKinds = Annotated[
    list[DocumentKind] | None, strawberry.argument(description="Only documents of one of these kinds, for example LAW.")
]
