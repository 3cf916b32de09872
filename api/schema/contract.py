"""Contracts, with their buyers, providers, areas, periods and options."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET, enum_value

from api.schema.care import CareFunction, Procurement
from api.schema.entity import Entity, Organization
from api.schema.enums import enum_of
from api.schema.facet import Faceting
from api.schema.forward import Collaboration, CoveredMunicipalityConnection, Municipality, MunicipalityOrder
from api.schema.membership import During, MembershipConnection
from api.schema.node import After, Before, Connection, First, Last, OrderDirection, Wholeness
from api.schema.provenance import FIGURES, Figure
from api.schema.scalars import Date, Ref
from api.schema.time import Period, in_words
from graph.domain import words


@enum_of(words.CONTRACT_STATUSES)
class ContractStatus(Enum):
    pass


@enum_of(words.OPTION_STATUSES)
class OptionStatus(Enum):
    pass


InOrder = Annotated[list[MunicipalityOrder] | None, strawberry.argument(description="Sort order. Later keys break ties. NL: sortering.")]


@strawberry.type(description="An option to extend a contract. NL: verlengingsoptie.")
class ContractOption:
    number: int = strawberry.field(description="The number of the extension, counted from 1. NL: volgnummer.")
    period: Period = strawberry.field(
        description="The period by which it extends the contract, for example 2024-01-01 through 2024-12-31. NL: periode."
    )
    status: OptionStatus = strawberry.field(description="Whether it was used, as far as is known. NL: status.")
    status_label = in_words("The status")


@strawberry.type(description="A contract, or a set of equal contracts, between buyers and providers of care (OCDS Contract). NL: contract.")
class Contract(Entity):
    procurement: Procurement | None = strawberry.field(description="The procurement that it results from. NL: inkoopprocedure.")
    collaboration: Collaboration | None = strawberry.field(
        description="The collaboration under which it was concluded, for example the joint purchase of dyslexia care. NL: samenwerking."
    )
    buyers: list[Organization] = strawberry.field(description="The buyers, for example JZ09. NL: inkopers.")

    @strawberry.field(
        description="The providers, each as a membership with role PROVIDER. Its organization is the collaboration under which the "
        "contract was concluded, or else the first buyer. NL: gecontracteerde aanbieders."
    )
    def suppliers(self, first: First = UNSET, after: After = UNSET) -> MembershipConnection: ...

    @strawberry.field(
        description="Numbers of providers, if a source gives a number without names (114 providers for segment B); on that day, as "
        "figures. NL: aantallen aanbieders."
    )
    def supplier_counts(self, during: During = UNSET) -> list[Figure]: ...

    @strawberry.field(description=FIGURES)
    def figures(self, during: During = UNSET) -> list[Figure]: ...

    contract_manager: Organization | None = strawberry.field(description="The organisation that manages it. NL: contractmanagement.")
    functions: list[CareFunction] = strawberry.field(description="Its care functions, for example dyslexie. NL: zorgfuncties.")
    covers: list[Organization] = strawberry.field(description="The regions and municipalities for which it holds. NL: gebied.")
    exceptions: list[Municipality] = strawberry.field(
        description="The municipalities within its area for which it expressly does not hold. NL: uitgezonderd."
    )
    is_planned: bool = strawberry.field(description="Whether sources only announce it. NL: voorgenomen.")
    status: ContractStatus = strawberry.field(description="Whether it is in force on that day. NL: status.")
    status_label = in_words("The status")
    period: Period = strawberry.field(description="Its firm term, with maxExtentDate for all its options. NL: looptijd.")
    options: list[ContractOption] = strawberry.field(description="The options to extend it, in order. NL: verlengingsopties.")
    days_to_end: int | None = strawberry.field(
        description="Days from asOf to period.endDate; negative if the end is past, null if no end is known. NL: dagen tot einde."
    )
    succeeded_by: Contract | None = strawberry.field(description="The contract that replaces it. NL: opgevolgd door.")
    succeeds: list[Contract] = strawberry.field(description="The contracts that it replaces. NL: volgt op.")

    @strawberry.field(description="The municipalities for which it holds, each with its coverage. NL: gedekte gemeenten.")
    def covered_municipalities(
        self,
        order_by: InOrder = UNSET,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> CoveredMunicipalityConnection: ...


@strawberry.type(description="Contracts, a page at a time. NL: contracten.")
class ContractConnection(Connection[Contract], Wholeness, Faceting):
    pass


@strawberry.input(description="Selects contracts. All conditions must hold. NL: filter.")
class ContractFilter:
    function: list[Ref] | None = strawberry.field(default=UNSET, description="Concerns one of these care functions, for example dyslexie.")
    supplier: list[Ref] | None = strawberry.field(default=UNSET, description="Has one of these providers, for example parlan.")
    buyer: list[Ref] | None = strawberry.field(default=UNSET, description="Has one of these buyers, for example JZ09.")
    municipality: list[Ref] | None = strawberry.field(
        default=UNSET, description="Holds on the day for one of these municipalities, in its area and not excepted, for example GM0479."
    )
    status: list[ContractStatus] | None = strawberry.field(default=UNSET, description="Has one of these statuses, for example ACTIVE.")
    ends_before: Date | None = strawberry.field(default=UNSET, description="Ends before this day, for example 2024-01-01.")
    ends_after: Date | None = strawberry.field(default=UNSET, description="Ends after this day, for example 2022-12-31.")
    has_successor: bool | None = strawberry.field(default=UNSET, description="Whether another contract replaces it.")
    and_: list[ContractFilter] | None = strawberry.field(name="and", default=UNSET, description="All of these hold.")
    or_: list[ContractFilter] | None = strawberry.field(name="or", default=UNSET, description="At least one of these holds.")
    not_: ContractFilter | None = strawberry.field(name="not", default=UNSET, description="This does not hold.")


@strawberry.enum(description="A sort key for contracts. NL: sorteersleutel.")
class ContractOrderField(Enum):
    NAME = enum_value("NAME", description="The name.")
    START_DATE = enum_value("START_DATE", description="The first day.")
    END_DATE = enum_value("END_DATE", description="The last day of the firm term.")
    MAX_EXTENT_DATE = enum_value("MAX_EXTENT_DATE", description="The last possible day, if every option is used.")


@strawberry.input(description="The sort order of contracts. NL: sortering.")
class ContractOrder:
    field: ContractOrderField = strawberry.field(description="The sort key. NL: sorteersleutel.")
    direction: OrderDirection = strawberry.field(
        default=OrderDirection.ASC, description="The sort direction; ascending by default. NL: sorteerrichting."
    )


ContractFilters = Annotated[ContractFilter | None, strawberry.argument(description="Selects contracts. NL: filter.")]
ContractOrders = Annotated[list[ContractOrder] | None, strawberry.argument(description="Sort order. Later keys break ties. NL: sortering.")]
