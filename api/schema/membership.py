"""Membership: a dated, sourced edge with a role between an organisation and what it takes part in."""

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


@strawberry.type(description="That one organisation takes part in another, as what and when (org:Membership). NL: deelname.")
class Membership(Node):
    member: Organization = strawberry.field(description="Who takes part. NL: deelnemer.")
    organization: Organization = strawberry.field(description="What it takes part in.")
    role: MembershipRole = strawberry.field(description="As what it takes part. NL: rol.")

    @strawberry.field(description="The role in words, as the source has it where it says more than the role.")
    def role_label(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    on_behalf_of: Organization | None = strawberry.field(
        description="For whom it takes part, for example the region Zaanstreek-Waterland for Zaanstad. NL: namens."
    )
    takes_part: bool = strawberry.field(
        description="False where a source says expressly that it does not take part (Amstelveen and Aalsmeer in dyslexia)."
    )
    member_during: Period = strawberry.field(description="When it takes part (org:memberDuring).")
    context: TemporalContext = strawberry.field(description="What this answer was computed for. NL: peilmoment.")
    claims: list[Claim] = strawberry.field(description="The claims behind it. NL: beweringen.")
    conflicts: list[Conflict] = strawberry.field(description="Where the sources contradict each other about it. NL: tegenspraken.")


@strawberry.type(description="Memberships, a page at a time. NL: deelnames.")
class MembershipConnection(Connection[Membership], Wholeness, Faceting):
    pass


@strawberry.input(description="Which memberships to keep; conditions beside each other must all hold.")
class MembershipFilter:
    role: list[MembershipRole] | None = strawberry.field(default=UNSET, description="Has one of these roles, for example ACCOUNT_HOLDER.")
    scale: list[CollaborationScale] | None = strawberry.field(
        default=UNSET, description="Is of a collaboration on one of these scales, for example SUPRA_REGIONAL."
    )
    function: list[Ref] | None = strawberry.field(
        default=UNSET, description="Is of something that delivers or concerns one of these care functions, for example dyslexie."
    )
    organization: list[Ref] | None = strawberry.field(default=UNSET, description="Is of one of these organisations, for example JZ09.")
    member: list[Ref] | None = strawberry.field(default=UNSET, description="Is by one of these members, for example GM0479.")
    has_conflict: bool | None = strawberry.field(default=UNSET, description="Whether the sources contradict each other about it.")
    takes_part: bool | None = strawberry.field(
        name="takesPart",
        default=UNSET,
        description="False lists who, as a source says expressly, does not take part, and only those; they are never among the members "
        "otherwise. Counts at the top of a filter only.",
    )
    and_: list[MembershipFilter] | None = strawberry.field(name="and", default=UNSET, description="All of these hold.")
    or_: list[MembershipFilter] | None = strawberry.field(name="or", default=UNSET, description="At least one of these holds.")
    not_: MembershipFilter | None = strawberry.field(name="not", default=UNSET, description="This does not hold.")


@strawberry.enum(description="By what memberships are put in order.")
class MembershipOrderField(Enum):
    MEMBER_NAME = enum_value("MEMBER_NAME", description="The name of the member.")
    ORGANIZATION_NAME = enum_value("ORGANIZATION_NAME", description="The name of what it takes part in.")
    START_DATE = enum_value("START_DATE", description="The first day of the membership.")
    END_DATE = enum_value("END_DATE", description="The last day of the membership.")


@strawberry.input(description="How memberships are put in order.")
class MembershipOrder:
    field: MembershipOrderField = strawberry.field(description="By what.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Which way.")


MembershipFilters = Annotated[MembershipFilter | None, strawberry.argument(description="Which memberships to keep.")]
MembershipOrders = Annotated[
    list[MembershipOrder] | None, strawberry.argument(description="In which order; a later one decides where an earlier one leaves a tie.")
]
During = Annotated[
    PeriodInput | None, strawberry.argument(description="What held on some day of this period, instead of on asOf. NL: gedurende.")
]
