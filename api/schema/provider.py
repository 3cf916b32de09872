"""Providers: the organisations that deliver care."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET, enum_value

from api.schema.contract import ContractConnection, ContractFilters, ContractOrders
from api.schema.entity import Organization
from api.schema.membership import During
from api.schema.node import After, Before, Connection, First, Last, OrderDirection
from api.schema.scalars import Ref


@strawberry.type(description="An organisation that delivers youth care, for example Parlan. NL: jeugdhulpaanbieder.")
class Provider(Organization):
    is_certified_institution: bool | None = strawberry.field(
        description="Whether it may carry out child protection and youth probation; null if no source says. NL: gecertificeerde "
        "instelling (GI)."
    )

    @strawberry.field(description="The contracts under which it delivers. NL: contracten.")
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


@strawberry.type(description="Providers, a page at a time. NL: aanbieders.")
class ProviderConnection(Connection[Provider]):
    pass


@strawberry.input(description="Selects providers. All conditions must hold. NL: filter.")
class ProviderFilter:
    contract: list[Ref] | None = strawberry.field(
        default=UNSET, description="Delivers under one of these contracts, for example contract/zawa-2022."
    )
    collaboration: list[Ref] | None = strawberry.field(
        default=UNSET, description="Takes part in one of these collaborations, for example noordje."
    )
    is_certified_institution: bool | None = strawberry.field(
        default=UNSET, description="Whether it is a certified institution. NL: gecertificeerde instelling."
    )
    name_contains: str | None = strawberry.field(
        default=UNSET,
        description="Its name contains this text, regardless of case and accents, for example jeugd. Punctuation counts where the "
        "text has it: 's finds ’s Heerenloo alone.",
    )
    and_: list[ProviderFilter] | None = strawberry.field(name="and", default=UNSET, description="All of these hold.")
    or_: list[ProviderFilter] | None = strawberry.field(name="or", default=UNSET, description="At least one of these holds.")
    not_: ProviderFilter | None = strawberry.field(name="not", default=UNSET, description="This does not hold.")


@strawberry.enum(description="A sort key for providers. NL: sorteersleutel.")
class ProviderOrderField(Enum):
    NAME = enum_value("NAME", description="The name.")


@strawberry.input(description="The sort order of providers. NL: sortering.")
class ProviderOrder:
    field: ProviderOrderField = strawberry.field(description="The sort key. NL: sorteersleutel.")
    direction: OrderDirection = strawberry.field(
        default=OrderDirection.ASC, description="The sort direction; ascending by default. NL: sorteerrichting."
    )


ProviderFilters = Annotated[ProviderFilter | None, strawberry.argument(description="Selects providers. NL: filter.")]
ProviderOrders = Annotated[list[ProviderOrder] | None, strawberry.argument(description="Sort order. NL: sortering.")]
