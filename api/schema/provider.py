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
        description="Whether it may carry out child protection and youth probation; null where no source says. "
        "NL: gecertificeerde instelling (GI)."
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


@strawberry.input(description="Which providers to keep; conditions beside each other must all hold.")
class ProviderFilter:
    contract: list[Ref] | None = strawberry.field(default=UNSET, description="Delivers under one of these contracts.")
    collaboration: list[Ref] | None = strawberry.field(
        default=UNSET, description="Takes part in one of these collaborations, for example noordje."
    )
    is_certified_institution: bool | None = strawberry.field(
        default=UNSET, description="Whether it is a certified institution. NL: gecertificeerde instelling."
    )
    name_contains: str | None = strawberry.field(
        default=UNSET, description="Its name has this in it, whatever the case and accents, for example jeugd."
    )
    and_: list[ProviderFilter] | None = strawberry.field(name="and", default=UNSET, description="All of these hold.")
    or_: list[ProviderFilter] | None = strawberry.field(name="or", default=UNSET, description="At least one of these holds.")
    not_: ProviderFilter | None = strawberry.field(name="not", default=UNSET, description="This does not hold.")


@strawberry.enum(description="By what providers are put in order.")
class ProviderOrderField(Enum):
    NAME = enum_value("NAME", description="The name.")


@strawberry.input(description="How providers are put in order.")
class ProviderOrder:
    field: ProviderOrderField = strawberry.field(description="By what.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Which way.")


ProviderFilters = Annotated[ProviderFilter | None, strawberry.argument(description="Which providers to keep.")]
ProviderOrders = Annotated[list[ProviderOrder] | None, strawberry.argument(description="In which order.")]
