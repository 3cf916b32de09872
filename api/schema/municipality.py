"""Municipalities, and lists of them with their coverage."""

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
from api.schema.outline import GEOMETRY, NEAREST, remark_on_geometry
from api.schema.scalars import Date, GeoJSON, Ref


@strawberry.type(description="A municipality, for example Zaanstad (GM0479). NL: gemeente.")
class Municipality(Organization):
    code: str = strawberry.field(description="Its code at Statistics Netherlands, for example GM0479. NL: gemeentecode.")
    province: Region | None = strawberry.field(description="Its province, for example PV27. NL: provincie.")
    youth_region: Region | None = strawberry.field(description="Its youth region, for example JZ09. NL: jeugdregio.")
    subregion: Region | None = strawberry.field(description="Its part of the youth region, for example Zaanstreek. NL: subregio.")
    geometry: GeoJSON | None = strawberry.field(description=GEOMETRY)
    geometry_nearest: Date | None = strawberry.field(description=NEAREST)
    geometry_remark = remark_on_geometry()

    @strawberry.field(
        description="Its coverage on that day: one answer for each care function; without functions, for those that apply. NL: dekking."
    )
    def coverage(
        self,
        functions: Annotated[
            list[Ref] | None, strawberry.argument(description="Only these care functions, for example dyslexie; all by default.")
        ] = UNSET,
    ) -> list[Coverage]: ...

    @strawberry.field(description="The contracts that apply to it. NL: contracten.")
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


@strawberry.enum(description="A sort key for municipalities. NL: sorteersleutel.")
class MunicipalityOrderField(Enum):
    NAME = enum_value("NAME", description="The name.")
    CODE = enum_value("CODE", description="The code, for example GM0479.")


@strawberry.input(description="The sort order of municipalities. NL: sortering.")
class MunicipalityOrder:
    field: MunicipalityOrderField = strawberry.field(description="The sort key. NL: sorteersleutel.")
    direction: OrderDirection = strawberry.field(
        default=OrderDirection.ASC, description="The sort direction; ascending by default. NL: sorteerrichting."
    )


MunicipalityOrders = Annotated[
    list[MunicipalityOrder] | None,
    strawberry.argument(description="Sort order. Later keys break ties. NL: sortering."),
]


@strawberry.type(description="A municipality in a list of covered municipalities, with its coverage. NL: gedekte gemeente.")
class CoveredMunicipalityEdge(Edge[Municipality]):
    coverage: list[Coverage] = strawberry.field(description="Its coverage: one answer for each care function. NL: dekking.")


@strawberry.type(description="Covered municipalities, a page at a time. NL: gedekte gemeenten.")
class CoveredMunicipalityConnection(Page, Wholeness):
    edges: list[CoveredMunicipalityEdge] = strawberry.field(description="The municipalities on this page, each with its coverage.")
    nodes: list[Municipality] = strawberry.field(description="The municipalities on this page, without cursors.")
