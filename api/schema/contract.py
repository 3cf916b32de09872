"""Contracts: who buys what of whom, where, how long, and with which options to extend."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET, enum_value

from api.schema.care import CareFunction, Procurement
from api.schema.entity import Entity, Organization
from api.schema.enums import enum_of
from api.schema.facet import Faceting
from api.schema.forward import Collaboration, Municipality
from api.schema.membership import MembershipConnection
from api.schema.node import After, Connection, First, OrderDirection, Wholeness
from api.schema.provenance import Figure
from api.schema.scalars import Date, Ref
from api.schema.time import Period
from graph.domain import words


@enum_of(words.CONTRACT_STATUSES)
class ContractStatus(Enum):
    pass


@enum_of(words.OPTION_STATUSES)
class OptionStatus(Enum):
    pass


@strawberry.type(description="An option to extend a contract. NL: verlengingsoptie.")
class ContractOption:
    number: int = strawberry.field(description="Which extension it is, counted from 1.")
    period: Period = strawberry.field(description="The time by which it extends the contract, for example 2024-01-01 through 2024-12-31.")
    status: OptionStatus = strawberry.field(description="What became of it.")


@strawberry.type(
    description="A contract, or one set of equal contracts, between buyers and suppliers of care (OCDS Contract). NL: contract."
)
class Contract(Entity):
    procurement: Procurement | None = strawberry.field(description="The procurement that it came from. NL: inkoopprocedure.")
    collaboration: Collaboration | None = strawberry.field(
        description="The collaboration under which it was concluded, for example the joint purchase of dyslexia care. NL: samenwerking."
    )
    buyers: list[Organization] = strawberry.field(description="Who buys. NL: inkopers.")

    @strawberry.field(
        description="Who delivers: a membership of each provider with role PROVIDER. Its organization is the collaboration under which the "
        "contract was concluded, or else the first buyer of the contract. NL: gecontracteerde aanbieders."
    )
    def suppliers(self, first: First = UNSET, after: After = UNSET) -> MembershipConnection: ...

    supplier_counts: list[Figure] = strawberry.field(
        description="Stated where a source gives a number without the names (114 providers for segment B). NL: aantallen aanbieders."
    )
    figures: list[Figure] = strawberry.field(description="All numbers that sources state about it. NL: cijfers.")
    contract_manager: Organization | None = strawberry.field(description="Who manages it. NL: contractmanagement.")
    functions: list[CareFunction] = strawberry.field(description="The care that it is about, for example dyslexie. NL: zorgfuncties.")
    covers: list[Organization] = strawberry.field(description="The regions and municipalities for which it holds. NL: gebied.")
    exceptions: list[Municipality] = strawberry.field(
        description="The municipalities within its area for which it expressly does not hold. NL: uitgezonderd."
    )
    is_planned: bool = strawberry.field(description="Whether the source only announces it. NL: voorgenomen.")
    status: ContractStatus = strawberry.field(description="Whether it is in force on the day asked about.")
    period: Period = strawberry.field(description="Its firm term, with maxExtentDate for all its options. NL: looptijd.")
    options: list[ContractOption] = strawberry.field(description="The options to extend it, in order. NL: verlengingsopties.")
    days_to_end: int | None = strawberry.field(
        description="Days from asOf to period.endDate; negative when past, null when no end is known. NL: dagen tot einde."
    )
    succeeded_by: Contract | None = strawberry.field(description="The contract that replaces it. NL: opgevolgd door.")


@strawberry.type(description="Contracts, a page at a time. NL: contracten.")
class ContractConnection(Connection[Contract], Wholeness, Faceting):
    pass


@strawberry.input(description="Which contracts to keep; conditions beside each other must all hold.")
class ContractFilter:
    function: list[Ref] | None = strawberry.field(default=UNSET, description="Is about one of these care functions, for example dyslexie.")
    supplier: list[Ref] | None = strawberry.field(default=UNSET, description="Has one of these providers, for example parlan.")
    buyer: list[Ref] | None = strawberry.field(default=UNSET, description="Has one of these buyers, for example JZ09.")
    municipality: list[Ref] | None = strawberry.field(
        default=UNSET, description="Holds for one of these municipalities, for example GM0479."
    )
    status: list[ContractStatus] | None = strawberry.field(default=UNSET, description="Has one of these statuses, for example ACTIVE.")
    ends_before: Date | None = strawberry.field(default=UNSET, description="Its last day is before this day, for example 2024-01-01.")
    ends_after: Date | None = strawberry.field(default=UNSET, description="Its last day is after this day, for example 2022-12-31.")
    has_successor: bool | None = strawberry.field(default=UNSET, description="Whether another contract replaces it.")
    and_: list[ContractFilter] | None = strawberry.field(name="and", default=UNSET, description="All of these hold.")
    or_: list[ContractFilter] | None = strawberry.field(name="or", default=UNSET, description="At least one of these holds.")
    not_: ContractFilter | None = strawberry.field(name="not", default=UNSET, description="This does not hold.")


@strawberry.enum(description="By what contracts are put in order.")
class ContractOrderField(Enum):
    NAME = enum_value("NAME", description="The name.")
    START_DATE = enum_value("START_DATE", description="The first day.")
    END_DATE = enum_value("END_DATE", description="The last day of the firm term.")
    MAX_EXTENT_DATE = enum_value("MAX_EXTENT_DATE", description="The last possible day, with every option used.")


@strawberry.input(description="How contracts are put in order.")
class ContractOrder:
    field: ContractOrderField = strawberry.field(description="By what.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Which way.")


ContractFilters = Annotated[ContractFilter | None, strawberry.argument(description="Which contracts to keep.")]
ContractOrders = Annotated[
    list[ContractOrder] | None, strawberry.argument(description="In which order; a later one decides where an earlier one leaves a tie.")
]
