"""Collaborations: what municipalities, regions and others do together, for whom, and under which contracts."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET, enum_value

from api.schema.care import CareFunction, Procurement
from api.schema.contract import ContractConnection, ContractFilters, ContractOrders
from api.schema.entity import Organization
from api.schema.facet import Faceting
from api.schema.membership import CollaborationScale, During, Membership
from api.schema.municipality import CoveredMunicipalityConnection, Municipality, MunicipalityOrders
from api.schema.node import After, Before, Connection, First, Last, OrderDirection
from api.schema.provenance import Claim, Figure
from api.schema.scalars import Ref
from api.schema.time import DEFAULT_LANGUAGE, Lang


@strawberry.enum(description="What a collaboration is for. NL: soort samenwerking.")
class CollaborationKind(Enum):
    JOINT_PROCUREMENT = enum_value("JOINT_PROCUREMENT", description="Buying care together. NL: gezamenlijke inkoop.")
    EXPERTISE_NETWORK = enum_value("EXPERTISE_NETWORK", description="Sharing rare knowledge, for example BEN NH. NL: expertisenetwerk.")
    TRANSFORMATION_PROGRAMME = enum_value(
        "TRANSFORMATION_PROGRAMME", description="Changing the care itself, for example Noordje. NL: transformatieprogramma."
    )
    CRISIS_SERVICE = enum_value("CRISIS_SERVICE", description="Help in a crisis, for example the (L)VB crisis beds. NL: crisisdienst.")
    FUNDING = enum_value("FUNDING", description="Dividing money of the State, for example SPUK. NL: financiering.")
    PILOT = enum_value("PILOT", description="Trying something out. NL: proeftuin.")
    SUPPORT_TEAM = enum_value("SUPPORT_TEAM", description="A team that helps where local help fails, for example the RET. NL: expertteam.")
    CHAIN_AGREEMENT = enum_value(
        "CHAIN_AGREEMENT", description="Agreements between links of a chain, for example with the court. NL: ketenafspraak."
    )
    ACTION_PLAN = enum_value("ACTION_PLAN", description="A plan of actions by several parties. NL: actieplan.")
    EDUCATION_PARTNERSHIP = enum_value(
        "EDUCATION_PARTNERSHIP", description="Care together with schools. NL: samenwerkingsverband onderwijs."
    )
    JOINT_ARRANGEMENT = enum_value("JOINT_ARRANGEMENT", description="A joint arrangement under the law. NL: gemeenschappelijke regeling.")


@strawberry.enum(description="In which legal form a collaboration is cast. NL: rechtsvorm.")
class LegalForm(Enum):
    OPENBAAR_LICHAAM = enum_value("OPENBAAR_LICHAAM", description="A public body with legal personality. NL: openbaar lichaam.")
    BEDRIJFSVOERINGSORGANISATIE = enum_value(
        "BEDRIJFSVOERINGSORGANISATIE",
        description="An organisation for shared operations, with legal personality. NL: bedrijfsvoeringsorganisatie.",
    )
    GEMEENSCHAPPELIJK_ORGAAN = enum_value(
        "GEMEENSCHAPPELIJK_ORGAAN", description="A joint organ without legal personality. NL: gemeenschappelijk orgaan."
    )
    CENTRUMREGELING = enum_value("CENTRUMREGELING", description="One municipality acts for the others. NL: centrumregeling.")
    REGELING_ZONDER_MEER = enum_value(
        "REGELING_ZONDER_MEER", description="The lightest joint arrangement: agreements and nothing more. NL: regeling zonder meer."
    )
    CONVENANT = enum_value("CONVENANT", description="A covenant. NL: convenant.")
    DVO = enum_value("DVO", description="A service-level agreement. NL: dienstverleningsovereenkomst.")
    INFORMAL = enum_value("INFORMAL", description="Nothing in law. NL: informeel.")


@strawberry.type(
    description="An agreed way of working together, with members, a purpose and an area, for example the purchase of dyslexia care by two "
    "regions. NL: samenwerking."
)
class Collaboration(Organization):
    kind: CollaborationKind = strawberry.field(description="What it is for.")
    scale: CollaborationScale = strawberry.field(description="On what scale it works. NL: schaal.")
    legal_form: LegalForm | None = strawberry.field(description="Its legal form; null where no source says. NL: rechtsvorm.")

    @strawberry.field(description="What it wants to achieve. NL: doel.")
    def purpose(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...

    functions: list[CareFunction] = strawberry.field(description="The care that it is about, for example dyslexie. NL: zorgfuncties.")
    covers: list[Organization] = strawberry.field(description="The regions and municipalities for which it works. NL: gebied.")
    exceptions: list[Municipality] = strawberry.field(
        description="The municipalities within its area for which it expressly does not work, for example GM0358. NL: uitgezonderd."
    )

    @strawberry.field(description="The municipalities for which it works, with what it covers for each. NL: gedekte gemeenten.")
    def covered_municipalities(
        self,
        order_by: MunicipalityOrders = UNSET,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> CoveredMunicipalityConnection: ...

    lead: Membership | None = strawberry.field(description="Who leads it or holds its account; null where no source says. NL: trekker.")
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

    documents: list[Claim] = strawberry.field(description="The papers that belong to it, as the claims that name them. NL: documenten.")
    figures: list[Figure] = strawberry.field(description="The numbers that sources state about it. NL: cijfers.")


@strawberry.type(description="Collaborations, a page at a time. NL: samenwerkingen.")
class CollaborationConnection(Connection[Collaboration], Faceting):
    pass


@strawberry.input(description="Which collaborations to keep; conditions beside each other must all hold.")
class CollaborationFilter:
    kind: list[CollaborationKind] | None = strawberry.field(
        default=UNSET, description="Is of one of these kinds, for example JOINT_PROCUREMENT."
    )
    scale: list[CollaborationScale] | None = strawberry.field(
        default=UNSET, description="Works on one of these scales, for example REGIONAL."
    )
    legal_form: list[LegalForm] | None = strawberry.field(default=UNSET, description="Has one of these legal forms, for example CONVENANT.")
    function: list[Ref] | None = strawberry.field(default=UNSET, description="Is about one of these care functions, for example dyslexie.")
    member: list[Ref] | None = strawberry.field(default=UNSET, description="Has one of these members, for example JZ09.")
    has_conflict: bool | None = strawberry.field(default=UNSET, description="Whether the sources contradict each other about it.")
    and_: list[CollaborationFilter] | None = strawberry.field(name="and", default=UNSET, description="All of these hold.")
    or_: list[CollaborationFilter] | None = strawberry.field(name="or", default=UNSET, description="At least one of these holds.")
    not_: CollaborationFilter | None = strawberry.field(name="not", default=UNSET, description="This does not hold.")


@strawberry.enum(description="By what collaborations are put in order.")
class CollaborationOrderField(Enum):
    NAME = enum_value("NAME", description="The name.")
    START_DATE = enum_value("START_DATE", description="The first day.")
    END_DATE = enum_value("END_DATE", description="The last day.")


@strawberry.input(description="How collaborations are put in order.")
class CollaborationOrder:
    field: CollaborationOrderField = strawberry.field(description="By what.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Which way.")


CollaborationFilters = Annotated[CollaborationFilter | None, strawberry.argument(description="Which collaborations to keep.")]
CollaborationOrders = Annotated[
    list[CollaborationOrder] | None,
    strawberry.argument(description="In which order; a later one decides where an earlier one leaves a tie."),
]
