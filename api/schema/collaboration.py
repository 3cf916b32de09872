"""Collaborations of municipalities, regions and others, with their areas and contracts."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET, enum_value

from api.schema.care import CareFunction, Procurement
from api.schema.contract import ContractConnection, ContractFilters, ContractOrders
from api.schema.entity import Organization
from api.schema.enums import enum_of
from api.schema.facet import Faceting
from api.schema.membership import CollaborationScale, During, Membership
from api.schema.municipality import CoveredMunicipalityConnection, Municipality, MunicipalityOrders
from api.schema.node import After, Before, Connection, First, Last, OrderDirection
from api.schema.provenance import FIGURES, Claim, Figure
from api.schema.scalars import Ref
from api.schema.time import DEFAULT_LANGUAGE, Lang, in_words
from graph.domain import words


@enum_of(words.COLLABORATION_KINDS)
class CollaborationKind(Enum):
    pass


@enum_of(words.LEGAL_FORMS)
class LegalForm(Enum):
    pass


@strawberry.type(
    description="An agreed way of working together, with members, a purpose and an area, for example the purchase of dyslexia care by two "
    "regions. NL: samenwerking."
)
class Collaboration(Organization):
    kind: CollaborationKind = strawberry.field(description="The purpose of the collaboration. NL: soort samenwerking.")
    scale: CollaborationScale = strawberry.field(description="Its geographic scale. NL: schaal.")
    legal_form: LegalForm | None = strawberry.field(description="Its legal form; null if no source says. NL: rechtsvorm.")
    kind_label = in_words("The purpose")
    scale_label = in_words("The scale")
    legal_form_label = in_words("The legal form; null if no source says,")

    @strawberry.field(description="What it wants to achieve. NL: doel.")
    def purpose(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...

    functions: list[CareFunction] = strawberry.field(description="Its care functions, for example dyslexie. NL: zorgfuncties.")
    covers: list[Organization] = strawberry.field(description="The regions and municipalities for which it works. NL: gebied.")
    exceptions: list[Municipality] = strawberry.field(
        description="The municipalities within its area for which it expressly does not work, for example GM0358. NL: uitgezonderd."
    )

    @strawberry.field(description="The municipalities for which it works, each with its coverage. NL: gedekte gemeenten.")
    def covered_municipalities(
        self,
        order_by: MunicipalityOrders = UNSET,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> CoveredMunicipalityConnection: ...

    lead: Membership | None = strawberry.field(
        description="The membership of the organisation that leads it or holds its account; null if no source says. NL: trekker."
    )
    procurements: list[Procurement] = strawberry.field(description="The procurements that it holds. NL: inkoopprocedures.")

    @strawberry.field(description="The contracts that were concluded under it. NL: contracten.")
    def contracts(
        self,
        filter: ContractFilters = UNSET,
        order_by: ContractOrders = UNSET,
        during: During = UNSET,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> ContractConnection: ...

    documents: list[Claim] = strawberry.field(
        description="The claims about the titles of the documents that it uses. NL: documenten.",
        deprecation_reason="Ask uses, which has the documents themselves.",
    )

    @strawberry.field(description=FIGURES)
    def figures(self, during: During = UNSET) -> list[Figure]: ...


@strawberry.type(description="Collaborations, a page at a time. NL: samenwerkingen.")
class CollaborationConnection(Connection[Collaboration], Faceting):
    pass


@strawberry.input(description="Selects collaborations. All conditions must hold. NL: filter.")
class CollaborationFilter:
    kind: list[CollaborationKind] | None = strawberry.field(
        default=UNSET, description="Has one of these kinds, for example JOINT_PROCUREMENT."
    )
    scale: list[CollaborationScale] | None = strawberry.field(default=UNSET, description="Has one of these scales, for example REGIONAL.")
    legal_form: list[LegalForm] | None = strawberry.field(default=UNSET, description="Has one of these legal forms, for example CONVENANT.")
    function: list[Ref] | None = strawberry.field(default=UNSET, description="Concerns one of these care functions, for example dyslexie.")
    member: list[Ref] | None = strawberry.field(default=UNSET, description="Has one of these members, for example JZ09.")
    has_conflict: bool | None = strawberry.field(default=UNSET, description="Whether the sources contradict each other about it.")
    and_: list[CollaborationFilter] | None = strawberry.field(name="and", default=UNSET, description="All of these hold.")
    or_: list[CollaborationFilter] | None = strawberry.field(name="or", default=UNSET, description="At least one of these holds.")
    not_: CollaborationFilter | None = strawberry.field(name="not", default=UNSET, description="This does not hold.")


@strawberry.enum(description="A sort key for collaborations. NL: sorteersleutel.")
class CollaborationOrderField(Enum):
    NAME = enum_value("NAME", description="The name.")
    START_DATE = enum_value("START_DATE", description="The first day.")
    END_DATE = enum_value("END_DATE", description="The last day.")


@strawberry.input(description="The sort order of collaborations. NL: sortering.")
class CollaborationOrder:
    field: CollaborationOrderField = strawberry.field(description="The sort key. NL: sorteersleutel.")
    direction: OrderDirection = strawberry.field(
        default=OrderDirection.ASC, description="The sort direction; ascending by default. NL: sorteerrichting."
    )


CollaborationFilters = Annotated[CollaborationFilter | None, strawberry.argument(description="Selects collaborations. NL: filter.")]
CollaborationOrders = Annotated[
    list[CollaborationOrder] | None,
    strawberry.argument(description="Sort order. Later keys break ties. NL: sortering."),
]
