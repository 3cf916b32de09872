"""Municipalities, and lists of them with what covers each."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET, enum_value

from api.schema.contract import ContractConnection, ContractFilters, ContractOrders
from api.schema.entity import Organization
from api.schema.forward import Coverage, Region
from api.schema.membership import During
from api.schema.node import After, Before, Connection, Edge, First, Last, OrderDirection, Page, Wholeness
from api.schema.scalars import GeoJSON, Ref


@strawberry.type(description="A municipality, for example Zaanstad (GM0479). NL: gemeente.")
class Municipality(Organization):
    code: str = strawberry.field(description="Its code at Statistics Netherlands, for example GM0479. NL: gemeentecode.")
    province: Region | None = strawberry.field(description="The province in which it lies, for example PV27. NL: provincie.")
    youth_region: Region | None = strawberry.field(description="The youth region that it belongs to, for example JZ09. NL: jeugdregio.")
    subregion: Region | None = strawberry.field(
        description="The part of the youth region that it belongs to, for example Zaanstreek. NL: subregio."
    )
    geometry: GeoJSON | None = strawberry.field(description="Its boundary. Not loaded yet: always null. NL: grens.")

    @strawberry.field(description="Who covers what for it on the day asked about: one answer for each care function. NL: dekking.")
    def coverage(
        self,
        functions: Annotated[
            list[Ref] | None, strawberry.argument(description="Only these care functions, for example dyslexie; all unless told.")
        ] = UNSET,
    ) -> list[Coverage]: ...

    @strawberry.field(description="The contracts that hold for it. NL: contracten.")
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


@strawberry.type(description="Municipalities, a page at a time. NL: gemeenten.")
class MunicipalityConnection(Connection[Municipality], Wholeness):
    pass


@strawberry.enum(description="By what municipalities are put in order.")
class MunicipalityOrderField(Enum):
    NAME = enum_value("NAME", description="The name.")
    CODE = enum_value("CODE", description="The code, for example GM0479.")


@strawberry.input(description="How municipalities are put in order.")
class MunicipalityOrder:
    field: MunicipalityOrderField = strawberry.field(description="By what.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Which way.")


MunicipalityOrders = Annotated[
    list[MunicipalityOrder] | None,
    strawberry.argument(description="In which order; a later one decides where an earlier one leaves a tie."),
]


@strawberry.type(description="A municipality in a list of covered ones, with what covers it.")
class CoveredMunicipalityEdge(Edge[Municipality]):
    coverage: list[Coverage] = strawberry.field(description="How it is covered: one answer for each care function. NL: dekking.")


@strawberry.type(description="Covered municipalities, a page at a time. NL: gedekte gemeenten.")
class CoveredMunicipalityConnection(Page, Wholeness):
    edges: list[CoveredMunicipalityEdge] = strawberry.field(description="The municipalities on this page, each with what covers it.")
    nodes: list[Municipality] = strawberry.field(description="The municipalities on this page, without their places.")
