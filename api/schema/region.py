"""Regions: youth regions with their parts, provinces and larger parts of the country."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET, enum_value

from api.schema.care import CareFunction
from api.schema.collaboration import CollaborationConnection, CollaborationFilters, CollaborationOrders
from api.schema.contract import ContractConnection, ContractFilters, ContractOrders
from api.schema.entity import Organization
from api.schema.enums import enum_of
from api.schema.membership import During
from api.schema.municipality import MunicipalityConnection, MunicipalityOrders
from api.schema.node import After, Before, Connection, First, Last, OrderDirection
from api.schema.outline import GEOMETRY, NEAREST, remark_on_geometry
from api.schema.provenance import FIGURES, Access, Figure
from api.schema.scalars import Date, GeoJSON
from api.schema.time import in_words
from graph.domain import words


@enum_of(words.REGION_KINDS)
class RegionKind(Enum):
    pass


@strawberry.type(description="A region, for example the youth region Zaanstreek-Waterland (JZ09). NL: regio.")
class Region(Organization):
    kind: RegionKind = strawberry.field(description="The kind of region. NL: soort regio.")
    kind_label = in_words("The kind of region")
    geometry: GeoJSON | None = strawberry.field(description=GEOMETRY)
    geometry_nearest: Date | None = strawberry.field(description=NEAREST)
    geometry_remark = remark_on_geometry()

    @strawberry.field(
        description="The municipalities that belong to it; those of its member regions if it has none of its own, such as a landsdeel. "
        "NL: gemeenten."
    )
    def municipalities(
        self,
        order_by: MunicipalityOrders = UNSET,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> MunicipalityConnection: ...

    @strawberry.field(description="The collaborations in which it takes part. NL: samenwerkingen.")
    def collaborations(
        self,
        filter: CollaborationFilters = UNSET,
        order_by: CollaborationOrders = UNSET,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> CollaborationConnection: ...

    @strawberry.field(description=FIGURES)
    def figures(self, during: During = UNSET) -> list[Figure]: ...

    access_by: list[Access] = strawberry.field(description="By whom one is referred to care in it, for example the GP. NL: toegang via.")
    functions: list[CareFunction] = strawberry.field(
        description="The care functions that it defines, for example segment B. NL: zorgfuncties."
    )

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


@strawberry.type(description="Regions, a page at a time. NL: regio's.")
class RegionConnection(Connection[Region]):
    pass


@strawberry.enum(description="A sort key for regions. NL: sorteersleutel.")
class RegionOrderField(Enum):
    NAME = enum_value("NAME", description="The name.")


@strawberry.input(description="The sort order of regions. NL: sortering.")
class RegionOrder:
    field: RegionOrderField = strawberry.field(description="The sort key. NL: sorteersleutel.")
    direction: OrderDirection = strawberry.field(
        default=OrderDirection.ASC, description="The sort direction; ascending by default. NL: sorteerrichting."
    )


RegionKinds = Annotated[list[RegionKind] | None, strawberry.argument(description="Only regions of these kinds, for example YOUTH_REGION.")]
RegionOrders = Annotated[list[RegionOrder] | None, strawberry.argument(description="Sort order. NL: sortering.")]
