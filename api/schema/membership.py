"""Memberships: one organisation takes part in another, in a role and a period, according to sources."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET, enum_value

from api.schema.enums import enum_of
from api.schema.facet import Faceting
from api.schema.forward import Organization
from api.schema.node import Connection, Node, OrderDirection, Wholeness
from api.schema.provenance import Claim, Conflict
from api.schema.scalars import Ref
from api.schema.time import DEFAULT_LANGUAGE, Lang, Period, PeriodInput, TemporalContext
from graph.domain import words


@enum_of(words.SCALES)
class CollaborationScale(Enum):
    pass


@enum_of(words.ROLES)
class MembershipRole(Enum):
    pass


@strawberry.type(description="A membership of one organisation in another, with its role and period (org:Membership). NL: deelname.")
class Membership(Node):
    member: Organization = strawberry.field(description="The organisation that takes part. NL: deelnemer.")
    organization: Organization = strawberry.field(
        description="The organisation that it takes part in, for example Noordje. NL: organisatie."
    )
    role: MembershipRole = strawberry.field(description="The role in which it takes part. NL: rol.")

    @strawberry.field(description="The role in words: as the source puts it, or else the name of the role. NL: omschrijving van de rol.")
    def role_label(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    on_behalf_of: Organization | None = strawberry.field(
        description="The organisation on whose behalf it takes part, for example the region Zaanstreek-Waterland. NL: namens."
    )
    takes_part: bool = strawberry.field(
        description="False if a source expressly says that it does not take part, as for Amstelveen and Aalsmeer in dyslexia. NL: "
        "neemt deel."
    )
    member_during: Period = strawberry.field(description="When it takes part (org:memberDuring). NL: periode.")
    context: TemporalContext = strawberry.field(description="The day and the data version of this answer. NL: peilmoment.")
    claims: list[Claim] = strawberry.field(description="The claims behind it. NL: beweringen.")
    conflicts: list[Conflict] = strawberry.field(description="Conflicts between claims about it. NL: tegenspraken.")


@strawberry.type(description="Memberships, a page at a time. NL: deelnames.")
class MembershipConnection(Connection[Membership], Wholeness, Faceting):
    pass


@strawberry.input(description="Selects memberships. All conditions must hold. NL: filter.")
class MembershipFilter:
    role: list[MembershipRole] | None = strawberry.field(default=UNSET, description="Has one of these roles, for example ACCOUNT_HOLDER.")
    scale: list[CollaborationScale] | None = strawberry.field(
        default=UNSET, description="Its organization has one of these scales, for example SUPRA_REGIONAL."
    )
    function: list[Ref] | None = strawberry.field(
        default=UNSET, description="Its organization delivers or concerns one of these care functions, for example dyslexie."
    )
    organization: list[Ref] | None = strawberry.field(default=UNSET, description="Its organization is one of these, for example JZ09.")
    member: list[Ref] | None = strawberry.field(default=UNSET, description="Its member is one of these, for example GM0479.")
    has_conflict: bool | None = strawberry.field(default=UNSET, description="Whether the sources contradict each other about it.")
    takes_part: bool | None = strawberry.field(
        name="takesPart",
        default=UNSET,
        description="False lists only the organisations that, according to a source, expressly do not take part. Otherwise they are "
        "never listed. It works at the top of a filter only; within and, or and not it is refused (BAD_INPUT).",
    )
    and_: list[MembershipFilter] | None = strawberry.field(name="and", default=UNSET, description="All of these hold.")
    or_: list[MembershipFilter] | None = strawberry.field(name="or", default=UNSET, description="At least one of these holds.")
    not_: MembershipFilter | None = strawberry.field(name="not", default=UNSET, description="This does not hold.")


@strawberry.enum(description="A sort key for memberships. NL: sorteersleutel.")
class MembershipOrderField(Enum):
    MEMBER_NAME = enum_value("MEMBER_NAME", description="The name of the member.")
    ORGANIZATION_NAME = enum_value("ORGANIZATION_NAME", description="The name of the organisation that it takes part in.")
    START_DATE = enum_value("START_DATE", description="The first day of the membership.")
    END_DATE = enum_value("END_DATE", description="The last day of the membership.")


@strawberry.input(description="The sort order of memberships. NL: sortering.")
class MembershipOrder:
    field: MembershipOrderField = strawberry.field(description="The sort key. NL: sorteersleutel.")
    direction: OrderDirection = strawberry.field(
        default=OrderDirection.ASC, description="The sort direction; ascending by default. NL: sorteerrichting."
    )


MembershipFilters = Annotated[MembershipFilter | None, strawberry.argument(description="Selects memberships. NL: filter.")]
MembershipOrders = Annotated[
    list[MembershipOrder] | None, strawberry.argument(description="Sort order. Later keys break ties. NL: sortering.")
]
During = Annotated[
    PeriodInput | None, strawberry.argument(description="Selects what held on any day of this period, instead of on asOf. NL: gedurende.")
]
