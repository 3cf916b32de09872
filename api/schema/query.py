"""The root fields: one entity, lists, coverage and provenance."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry import UNSET

from api.schema.care import CareFunction
from api.schema.change import Changes
from api.schema.claim_change import Staying
from api.schema.collaboration import Collaboration, CollaborationConnection, CollaborationFilters, CollaborationOrders
from api.schema.comparison import Comparing
from api.schema.contract import Contract, ContractConnection, ContractFilters, ContractOrders
from api.schema.coverage import Coverage, CoverageMatrix
from api.schema.document import Document, DocumentConnection, DocumentKinds
from api.schema.entity import ChangeEventConnection, ConflictStatuses, Entity, EventKinds, Organization
from api.schema.federation import Federated
from api.schema.governance import GovernanceBody
from api.schema.membership import During
from api.schema.meta import Meta
from api.schema.municipality import Municipality, MunicipalityConnection, MunicipalityOrders
from api.schema.node import After, AsOf, Before, First, Last, Node
from api.schema.path import Connected
from api.schema.provenance import ClaimConnection, ConflictConnection, ConflictKinds, Predicates, Source
from api.schema.provider import Provider, ProviderConnection, ProviderFilters, ProviderOrders
from api.schema.region import Region, RegionConnection, RegionKinds, RegionOrders
from api.schema.resolve import Linking
from api.schema.saved import SavedQuestion
from api.schema.scalars import Ref
from api.schema.search import Finding
from api.schema.time import PeriodInput

MunicipalityRef = Annotated[Ref, strawberry.argument(description="The municipality, for example GM0479 or zaanstad.")]
RegionRef = Annotated[Ref, strawberry.argument(description="The region, for example JZ09 or ZaWa.")]
FunctionRef = Annotated[Ref, strawberry.argument(description="The care function, for example dyslexie.")]
InMunicipality = Annotated[Ref | None, strawberry.argument(description="Only for this municipality, for example GM0479.")]
InMunicipalities = Annotated[list[Ref] | None, strawberry.argument(description="Only these municipalities, for example GM0479 and GM0439.")]
InRegion = Annotated[
    Ref | None,
    strawberry.argument(
        description="Only the municipalities of this region, for example JZ09; those of its member regions if it has none of its own, such "
        "as a landsdeel. If no source names any on the day, that is an error (NO_MUNICIPALITIES)."
    ),
]
OfFunctions = Annotated[
    list[Ref] | None, strawberry.argument(description="Only these care functions, for example dyslexie; all by default.")
]


@strawberry.type(description="Questions about one entity.")
class Things:
    @strawberry.field(description="A municipality. An unknown reference is an error (NOT_FOUND). NL: gemeente.")
    def municipality(self, ref: MunicipalityRef, as_of: AsOf = UNSET) -> Municipality | None: ...

    @strawberry.field(description="A region. An unknown reference is an error (NOT_FOUND). NL: regio.")
    def region(self, ref: RegionRef, as_of: AsOf = UNSET) -> Region | None: ...

    @strawberry.field(description="A collaboration. An unknown reference is an error (NOT_FOUND). NL: samenwerking.")
    def collaboration(
        self,
        ref: Annotated[Ref, strawberry.argument(description="The collaboration, for example dyslexie or Noordje.")],
        as_of: AsOf = UNSET,
    ) -> Collaboration | None: ...

    @strawberry.field(description="A provider. An unknown reference is an error (NOT_FOUND). NL: aanbieder.")
    def provider(
        self, ref: Annotated[Ref, strawberry.argument(description="The provider, for example Parlan.")], as_of: AsOf = UNSET
    ) -> Provider | None: ...

    @strawberry.field(description="A contract. An unknown reference is an error (NOT_FOUND). NL: contract.")
    def contract(
        self,
        ref: Annotated[Ref, strawberry.argument(description="The contract, by its slug, URI or name, for example zawa-2022.")],
        as_of: AsOf = UNSET,
    ) -> Contract | None: ...

    @strawberry.field(
        description="A document, law, instrument or rule. An unknown reference is an error (NOT_FOUND). NL: document, wet of regel."
    )
    def document(
        self,
        ref: Annotated[Ref, strawberry.argument(description="The document, for example BOK or jeugdwet.")],
        as_of: AsOf = UNSET,
    ) -> Document | None: ...

    @strawberry.field(
        description="An entity of any type: also a care function, a governance body, a procurement or a public body. An unknown "
        "reference is an error (NOT_FOUND), and so is one that can mean several (AMBIGUOUS, with the candidates). NL: entiteit."
    )
    def entity(
        self,
        ref: Annotated[Ref, strawberry.argument(description="The entity, for example BJ42, VNG, BOK or function/gi.")],
        as_of: AsOf = UNSET,
    ) -> Entity | None: ...

    @strawberry.field(description="An organisation of any type. An unknown reference is an error (NOT_FOUND). NL: organisatie.")
    def organization(
        self,
        ref: Annotated[Ref, strawberry.argument(description="The organisation, for example GM0479, ZaWa or Parlan.")],
        as_of: AsOf = UNSET,
    ) -> Organization | None: ...


@strawberry.type(description="Questions that return lists.")
class Lists:
    @strawberry.field(
        description="The municipalities that exist on the day. Of refs that lead nowhere each has an error of its own (NOT_FOUND), and the "
        "others are answered. NL: gemeenten."
    )
    def municipalities(
        self,
        refs: InMunicipalities = UNSET,
        region: InRegion = UNSET,
        as_of: AsOf = UNSET,
        order_by: MunicipalityOrders = UNSET,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> MunicipalityConnection | None: ...

    @strawberry.field(description="The regions that exist on the day. NL: regio's.")
    def regions(
        self,
        kind: RegionKinds = UNSET,
        as_of: AsOf = UNSET,
        order_by: RegionOrders = UNSET,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> RegionConnection: ...

    @strawberry.field(description="The collaborations that exist on the day. NL: samenwerkingen.")
    def collaborations(
        self,
        filter: CollaborationFilters = UNSET,
        order_by: CollaborationOrders = UNSET,
        as_of: AsOf = UNSET,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> CollaborationConnection | None: ...

    @strawberry.field(description="The providers that exist on the day. NL: aanbieders.")
    def providers(
        self,
        filter: ProviderFilters = UNSET,
        order_by: ProviderOrders = UNSET,
        as_of: AsOf = UNSET,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> ProviderConnection | None: ...

    @strawberry.field(description="All contracts, with their status on the day. NL: contracten.")
    def contracts(
        self,
        filter: ContractFilters = UNSET,
        order_by: ContractOrders = UNSET,
        during: During = UNSET,
        as_of: AsOf = UNSET,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> ContractConnection | None: ...

    @strawberry.field(description="The documents, laws, instruments and rules that sources mention. NL: documenten.")
    def documents(
        self, kind: DocumentKinds = UNSET, as_of: AsOf = UNSET, first: First = UNSET, after: After = UNSET
    ) -> DocumentConnection: ...

    @strawberry.field(description="The care functions. NL: zorgfuncties.")
    def care_functions(
        self,
        defined_by: Annotated[
            Ref | None, strawberry.argument(description="Only those that this organisation defines, for example JZ09.")
        ] = UNSET,
        as_of: AsOf = UNSET,
    ) -> list[CareFunction] | None: ...

    @strawberry.field(
        description="The bodies in which a region consults and decides: its own, and those in which it has a seat. NL: overleggen."
    )
    def governance(self, region: RegionRef, as_of: AsOf = UNSET) -> list[GovernanceBody] | None: ...


@strawberry.type(description="Questions about coverage.")
class Covering:
    @strawberry.field(description="Whether a municipality is covered for a care function, and by which arrangement. NL: dekking.")
    def coverage(self, municipality: MunicipalityRef, function: FunctionRef, as_of: AsOf = UNSET) -> Coverage | None: ...

    @strawberry.field(
        description="The coverage of many municipalities for many care functions at once. Of a region, without functions, each "
        "municipality is without the divisions of other regions than its own. NL: dekkingsoverzicht."
    )
    def coverage_matrix(
        self, municipalities: InMunicipalities = UNSET, region: InRegion = UNSET, functions: OfFunctions = UNSET, as_of: AsOf = UNSET
    ) -> CoverageMatrix | None: ...

    @strawberry.field(
        description="The coverage of a care function, municipality by municipality; without municipality, those to which it does not apply "
        "are left out. NL: wie dekt wat."
    )
    def who_covers(
        self, function: FunctionRef, municipality: InMunicipality = UNSET, region: InRegion = UNSET, as_of: AsOf = UNSET
    ) -> list[Coverage] | None: ...

    @strawberry.field(
        description="Gaps that a source states, and coverage that ends soon without a successor. A municipality that is named and does not "
        "exist on the day is an error (NOT_ON_THAT_DAY). NL: lacunes."
    )
    def gaps(
        self,
        region: InRegion = UNSET,
        municipalities: InMunicipalities = UNSET,
        functions: OfFunctions = UNSET,
        as_of: AsOf = UNSET,
        within_months: Annotated[
            int | None, strawberry.argument(description="Also coverage that ends within this many months, for example 12.")
        ] = 0,
        include_unknown: Annotated[
            bool | None, strawberry.argument(description="Also combinations for which no source says who delivers.")
        ] = False,
    ) -> list[Coverage] | None: ...


@strawberry.type(description="Questions about the sources of the data.")
class Provenance:
    @strawberry.field(description="The conflicts between claims, of all times. NL: tegenspraken.")
    def conflicts(
        self, status: ConflictStatuses = UNSET, kind: ConflictKinds = UNSET, first: First = UNSET, after: After = UNSET
    ) -> ConflictConnection: ...

    @strawberry.field(description="The claims behind the data, of all times. NL: beweringen.")
    def claims(
        self,
        source: Annotated[
            Ref | None, strawberry.argument(description="Only claims of this source, by its id, for example source/regiovisie-zawa.")
        ] = UNSET,
        predicate: Predicates = UNSET,
        about: Annotated[Ref | None, strawberry.argument(description="Only claims about this entity, for example JZ09.")] = UNSET,
        text: Annotated[
            str | None,
            strawberry.argument(description="Only claims with this text in their value or their summary, for example wachtlijst."),
        ] = UNSET,
        as_of: AsOf = UNSET,
        first: First = UNSET,
        after: After = UNSET,
    ) -> ClaimConnection | None: ...

    @strawberry.field(description="The events, of all times, oldest first. NL: gebeurtenissen.")
    def events(
        self,
        kind: EventKinds = UNSET,
        during: Annotated[
            PeriodInput | None, strawberry.argument(description="Only events that may have happened in this period. NL: gedurende.")
        ] = UNSET,
        about: Annotated[
            Ref | None, strawberry.argument(description="Only events that involve this entity, for example beemster.")
        ] = UNSET,
        as_of: AsOf = UNSET,
        first: First = UNSET,
        after: After = UNSET,
    ) -> ChangeEventConnection | None: ...

    @strawberry.field(description="All documents and registries behind the data. NL: bronnen.")
    def sources(self) -> list[Source]: ...

    @strawberry.field(description="The saved questions, which can be asked by their id. NL: bewaarde vragen.")
    def saved_questions(self) -> list[SavedQuestion]: ...

    @strawberry.field(description="Information about the service and its data. NL: over deze dienst.")
    def meta(self) -> Meta: ...


@strawberry.type(description="The questions that can be asked. Answers from the graph hold for one day: asOf, or today in Amsterdam.")
class Query(Things, Lists, Covering, Changes, Staying, Connected, Comparing, Finding, Linking, Provenance, Federated):
    @strawberry.field(description="The entity with this global id, on the day that the id contains; null if there is none.")
    def node(
        self,
        id: Annotated[
            strawberry.ID, strawberry.argument(description="A global id from an earlier answer, for example municipality/zaanstad.")
        ],
    ) -> Node | None: ...

    @strawberry.field(
        description="The entities with these global ids, in the same order; null if there is none. A text that is no id is null with an "
        "error of its own (BAD_ID)."
    )
    def nodes(
        self,
        ids: Annotated[
            list[strawberry.ID], strawberry.argument(description="Global ids from earlier answers, for example municipality/zaanstad.")
        ],
    ) -> list[Node | None]: ...
