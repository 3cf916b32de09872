"""What every thing has: identity, names, identifiers and claims; and what every organisation has besides."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET, enum_value

from api.schema.membership import During, MembershipConnection, MembershipFilters, MembershipOrders
from api.schema.node import After, Before, First, Last, Node
from api.schema.provenance import Claim, ClaimConnection, Conflict, ConflictStatus
from api.schema.scalars import URI
from api.schema.time import DEFAULT_LANGUAGE, Certainty, FuzzyDate, Lang, Period, TemporalContext

ConflictStatuses = Annotated[
    list[ConflictStatus] | None, strawberry.argument(description="Only conflicts that have come this far, for example OPEN.")
]


@strawberry.enum(description="What sort of name it is. NL: soort naam.")
class AlternateNameKind(Enum):
    OFFICIAL = enum_value("OFFICIAL", description="The name in law or in a registry. NL: officiële naam.")
    SHORT = enum_value("SHORT", description="A shorter name in daily use. NL: korte naam.")
    ABBREVIATION = enum_value("ABBREVIATION", description="An abbreviation, for example ZaWa. NL: afkorting.")
    FORMER = enum_value("FORMER", description="A name of the past. NL: vroegere naam.")
    MISSPELLING = enum_value(
        "MISSPELLING", description="A wrong spelling that occurs in sources, so that it can be found. NL: verschrijving."
    )


@strawberry.type(description="Another name of the same thing. NL: andere naam.")
class AlternateName:
    name: str = strawberry.field(description="The name, for example ZaWa.")
    kind: AlternateNameKind = strawberry.field(description="What sort of name it is.")
    validity: Period | None = strawberry.field(description="When it is or was used; null where no source says. NL: geldigheid.")


@strawberry.enum(description="A registry that hands out identifiers. NL: register.")
class IdentifierScheme(Enum):
    CBS_GM = enum_value("CBS_GM", description="Municipality code of Statistics Netherlands, for example GM0479. NL: gemeentecode.")
    CBS_JZ = enum_value("CBS_JZ", description="Youth region code of Statistics Netherlands, for example JZ09. NL: jeugdzorgregiocode.")
    CBS_PV = enum_value("CBS_PV", description="Province code of Statistics Netherlands, for example PV27. NL: provinciecode.")
    TOOI = enum_value("TOOI", description="Thesaurus of government organisations, for example gm0479. NL: TOOI-waardelijst.")
    KVK = enum_value("KVK", description="Chamber of Commerce number, eight digits, for example 27381312. NL: KVK-nummer.")
    RSIN = enum_value("RSIN", description="Legal entity number, nine digits with an eleven-test. NL: RSIN.")
    OIN = enum_value(
        "OIN", description="Government identification number, for example 00000001822477348000. NL: organisatie-identificatienummer."
    )
    AGB = enum_value("AGB", description="Care provider code of Vektis, eight digits. NL: AGB-code.")
    OCID = enum_value("OCID", description="Open Contracting ID of a procurement.")
    TENDERNED = enum_value("TENDERNED", description="Number of a publication on TenderNed. NL: TenderNed-kenmerk.")
    WIKIDATA = enum_value("WIKIDATA", description="Wikidata item, a Q and digits.")
    ROO = enum_value(
        "ROO", description="Registry of government organisations, for example 24962655. NL: Register van Overheidsorganisaties."
    )
    LOCAL = enum_value("LOCAL", description="An identifier of our own. NL: eigen kenmerk.")


@strawberry.type(description="An identifier in a registry (adms:Identifier). NL: kenmerk.")
class Identifier:
    scheme: IdentifierScheme = strawberry.field(description="The registry that handed it out.")
    id: str = strawberry.field(description="The identifier as the registry writes it, for example GM0479.")
    uri: URI | None = strawberry.field(description="Its URI, for example https://identifier.overheid.nl/tooi/id/gemeente/gm0479.")
    validity: Period | None = strawberry.field(description="When it is or was in use; null where no source says. NL: geldigheid.")
    is_well_formed: bool = strawberry.field(description="Whether it has the form, and the check digit, that its registry prescribes.")


@strawberry.interface(description="Anything that the sources speak of, with its names, identifiers and claims. NL: entiteit.")
class Entity(Node):
    id: strawberry.ID = strawberry.field(
        description="Global id. Without asOf the id of 'now'; with asOf it carries the date, so that normalised client caches stay right."
    )
    uri: URI = strawberry.field(
        description="Identity that does not change with asOf: join and bookmark on this, for example urn:regiograaf:municipality:zaanstad."
    )
    slug: str = strawberry.field(description="Short name for addresses, unique within its type, for example zaanstad.")

    @strawberry.field(description="Its name, for example Zaanstad. NL: naam.")
    def name(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    @strawberry.field(description="What it is, in a sentence or two. NL: omschrijving.")
    def description(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...

    alternate_names: list[AlternateName] = strawberry.field(description="Its other names, of all times. NL: andere namen.")
    identifiers: list[Identifier] = strawberry.field(description="Its identifiers in registries, for example CBS_GM:GM0479. NL: kenmerken.")
    context: TemporalContext = strawberry.field(description="What this answer was computed for. NL: peilmoment.")

    @strawberry.field(description="What the sources say of it, of all times. NL: beweringen.")
    def claims(
        self,
        predicate: Annotated[str | None, strawberry.argument(description="Only claims that say this, for example memberOf.")] = UNSET,
        first: First = UNSET,
        after: After = UNSET,
    ) -> ClaimConnection: ...

    @strawberry.field(description="Where the sources contradict each other about it. NL: tegenspraken.")
    def conflicts(self, status: ConflictStatuses = UNSET) -> list[Conflict]: ...


@strawberry.enum(description="Whether an organisation exists on a day. NL: status.")
class OrganizationStatus(Enum):
    NOT_YET_FORMED = enum_value("NOT_YET_FORMED", description="It does not exist yet. NL: nog niet opgericht.")
    ACTIVE = enum_value("ACTIVE", description="It exists. NL: actief.")
    INACTIVE = enum_value("INACTIVE", description="It exists no more. NL: opgeheven.")
    UNKNOWN = enum_value("UNKNOWN", description="No source says. NL: onbekend.")


@strawberry.interface(
    description="An organisation (org:Organization): a municipality, region, collaboration, provider, public body or governance body. "
    "NL: organisatie."
)
class Organization(Entity):
    status: OrganizationStatus = strawberry.field(description="Whether it exists on the day asked about.")
    operational_period: Period | None = strawberry.field(description="When it exists; null where no source says. NL: bestaansperiode.")
    predecessors: list[Succession] = strawberry.field(
        description="What it came from, for example Beemster for the Purmerend of 2022. NL: voorgangers."
    )
    successors: list[Succession] = strawberry.field(description="What it went into, for example Purmerend for Beemster. NL: opvolgers.")
    changes: list[ChangeEvent] = strawberry.field(description="The events in which it takes part, oldest first. NL: gebeurtenissen.")

    @strawberry.field(description="What it takes part in. NL: lidmaatschappen.")
    def memberships(
        self,
        filter: MembershipFilters = UNSET,
        order_by: MembershipOrders = UNSET,
        during: During = UNSET,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> MembershipConnection: ...

    @strawberry.field(description="Who takes part in it. NL: deelnemers.")
    def members(
        self,
        filter: MembershipFilters = UNSET,
        order_by: MembershipOrders = UNSET,
        during: During = UNSET,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> MembershipConnection: ...


@strawberry.type(description="One step from an organisation to the one before or after it. NL: opvolging.")
class Succession:
    organization: Organization = strawberry.field(description="The organisation before or after.")
    event: ChangeEvent = strawberry.field(description="The event that made the step.")


@strawberry.enum(description="What sort of event it is. NL: soort gebeurtenis.")
class ChangeEventKind(Enum):
    MERGER = enum_value("MERGER", description="Organisations become one, as Beemster and Purmerend did. NL: fusie of herindeling.")
    SPLIT = enum_value("SPLIT", description="An organisation is divided. NL: splitsing.")
    RENAME = enum_value("RENAME", description="An organisation takes another name. NL: naamswijziging.")
    CODE_CHANGE = enum_value("CODE_CHANGE", description="A registry gives it another code. NL: codewijziging.")
    FOUNDATION = enum_value("FOUNDATION", description="Something begins to exist. NL: oprichting.")
    DISSOLUTION = enum_value("DISSOLUTION", description="Something ceases to exist. NL: opheffing.")
    JOIN = enum_value("JOIN", description="Someone begins to take part. NL: toetreding.")
    LEAVE = enum_value("LEAVE", description="Someone ceases to take part. NL: uittreding.")
    TENDER = enum_value("TENDER", description="A tender is published or awarded. NL: aanbesteding.")
    CONTRACT_START = enum_value("CONTRACT_START", description="A contract begins. NL: ingang van een contract.")
    CONTRACT_EXTENSION = enum_value("CONTRACT_EXTENSION", description="A contract is extended. NL: verlenging.")
    CONTRACT_END = enum_value("CONTRACT_END", description="A contract ends. NL: einde van een contract.")
    AGREEMENT = enum_value("AGREEMENT", description="Parties agree or adopt something. NL: afspraak.")


@strawberry.type(
    description="Something that happened (org:ChangeEvent), or on a timeline a beginning or end that a source dates. Its id leads back to "
    "it either way; one that begins with moment/ is made of the period of a membership, a contract, an option or a life. NL: gebeurtenis."
)
class ChangeEvent(Node):
    date: FuzzyDate = strawberry.field(description="When it happened, as vague as its source.")
    kind: ChangeEventKind = strawberry.field(description="What sort of event it is.")

    @strawberry.field(description="What happened, in a few words.")
    def label(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    certainty: Certainty = strawberry.field(
        description="How sure it is that it happened: UNCERTAIN for an option to extend a contract that no source confirms. NL: zekerheid."
    )
    about: list[Entity] = strawberry.field(description="What else it concerns, for example the contract that begins. NL: betreft.")
    original: list[Organization] = strawberry.field(description="The organisations to which it happened. NL: oorspronkelijk.")
    resulting: list[Organization] = strawberry.field(description="The organisations that came out of it. NL: resulterend.")
    claims: list[Claim] = strawberry.field(description="The claims that tell of it.")
