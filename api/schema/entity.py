"""What every thing has: identity, names, identifiers and claims; and what every organisation has besides."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET

from api.schema.enums import enum_of
from api.schema.membership import During, MembershipConnection, MembershipFilters, MembershipOrders
from api.schema.node import After, Before, First, Last, Node
from api.schema.provenance import Claim, ClaimConnection, Conflict, ConflictStatus
from api.schema.scalars import URI
from api.schema.time import DEFAULT_LANGUAGE, Certainty, FuzzyDate, Lang, Period, TemporalContext
from graph.domain import words

ConflictStatuses = Annotated[
    list[ConflictStatus] | None, strawberry.argument(description="Only conflicts that have come this far, for example OPEN.")
]


@enum_of(words.NAME_KINDS)
class AlternateNameKind(Enum):
    pass


@strawberry.type(description="Another name of the same thing. NL: andere naam.")
class AlternateName:
    name: str = strawberry.field(description="The name, for example ZaWa.")
    kind: AlternateNameKind = strawberry.field(description="What sort of name it is.")
    validity: Period | None = strawberry.field(description="When it is or was used; null where no source says. NL: geldigheid.")


@enum_of(words.IDENTIFIER_SCHEMES)
class IdentifierScheme(Enum):
    pass


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


@enum_of(words.ORGANIZATION_STATUSES)
class OrganizationStatus(Enum):
    pass


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


@enum_of(words.EVENT_KINDS)
class ChangeEventKind(Enum):
    pass


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
