"""Entities, with their identity, names, identifiers and claims, and the organisations among them."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET

from api.schema.enums import enum_of
from api.schema.forward import Document
from api.schema.membership import During, MembershipConnection, MembershipFilters, MembershipOrders
from api.schema.node import After, Before, Connection, First, Last, Node
from api.schema.provenance import (
    Claim,
    ClaimConnection,
    Conflict,
    ConflictKinds,
    ConflictStatus,
    Measures,
    Predicates,
    Source,
    StatedFigures,
    Year,
)
from api.schema.scalars import URI
from api.schema.time import DEFAULT_LANGUAGE, Certainty, FuzzyDate, Lang, Period, TemporalContext, in_words
from graph.domain import words

ConflictStatuses = Annotated[
    list[ConflictStatus] | None, strawberry.argument(description="Only conflicts with one of these statuses, for example OPEN.")
]


@enum_of(words.NAME_KINDS)
class AlternateNameKind(Enum):
    pass


@strawberry.type(description="Another name of the same entity. NL: andere naam.")
class AlternateName:
    name: str = strawberry.field(description="The name, for example ZaWa.")
    kind: AlternateNameKind = strawberry.field(description="The kind of name. NL: soort naam.")
    kind_label = in_words("The kind of name")
    validity: Period | None = strawberry.field(description="When it is or was used; null if no source says. NL: geldigheid.")
    claim: Claim = strawberry.field(description="The claim that gives it. NL: bewering.")


@enum_of(words.IDENTIFIER_SCHEMES)
class IdentifierScheme(Enum):
    pass


@strawberry.type(description="An identifier in a registry (adms:Identifier). NL: kenmerk.")
class Identifier:
    scheme: IdentifierScheme = strawberry.field(description="The registry that issued it, for example CBS_GM. NL: register.")
    id: str = strawberry.field(description="The identifier as the registry writes it, for example GM0479.")
    uri: URI | None = strawberry.field(description="Its URI, for example https://identifier.overheid.nl/tooi/id/gemeente/gm0479.")
    validity: Period | None = strawberry.field(description="When it is or was in use; null if no source says. NL: geldigheid.")
    is_well_formed: bool = strawberry.field(description="Whether its form and its check digit are right. NL: juiste vorm.")


@strawberry.interface(description="Anything that claims are about, with its names, identifiers and claims. NL: entiteit.")
class Entity(Node):
    id: strawberry.ID = strawberry.field(
        description="Global id, for node(id:) and for client caches. With asOf it contains the date, so that answers for two days "
        "have two ids."
    )
    uri: URI = strawberry.field(
        description="An identity that does not depend on asOf. Use it to link and to bookmark, for example "
        "urn:regiograaf:municipality:zaanstad."
    )
    slug: str = strawberry.field(description="A short name for web addresses, unique within its type, for example zaanstad.")

    @strawberry.field(description="Its name, for example Zaanstad. NL: naam.")
    def name(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    @strawberry.field(description="The name in daily use, for example BJ42, RET or K-EET; its name if it has no shorter one. NL: roepnaam.")
    def short_name(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    @strawberry.field(description="What it is, in a sentence or two. NL: omschrijving.")
    def description(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...

    alternate_names: list[AlternateName] = strawberry.field(description="Its other names, of all times. NL: andere namen.")
    identifiers: list[Identifier] = strawberry.field(description="Its identifiers in registries, for example CBS_GM:GM0479. NL: kenmerken.")
    context: TemporalContext = strawberry.field(description="The day and the data version of this answer. NL: peilmoment.")

    @strawberry.field(description="The claims about it, of all times. NL: beweringen.")
    def claims(
        self,
        predicate: Annotated[
            str | None,
            strawberry.argument(
                description="Only claims with this predicate, for example memberOf.",
                deprecation_reason="Use predicates, which are listed in this schema.",
            ),
        ] = UNSET,
        predicates: Predicates = UNSET,
        first: First = UNSET,
        after: After = UNSET,
    ) -> ClaimConnection: ...

    @strawberry.field(description="Conflicts between claims about it. NL: tegenspraken.")
    def conflicts(self, status: ConflictStatuses = UNSET, kind: ConflictKinds = UNSET) -> list[Conflict]: ...

    @strawberry.field(
        description="The figures that sources state about it, of a measure or a year. If none is stated the list is empty and isStated "
        "is false. NL: cijfers."
    )
    def stated_figures(self, measure: Measures = UNSET, year: Year = UNSET) -> StatedFigures: ...

    mentioned_in: list[Source] = strawberry.field(description="The sources that say something about it, of all times. NL: genoemd in.")
    uses: list[Document] = strawberry.field(
        description="The documents and instruments that it uses on that day, for example the BOK. NL: gebruikt."
    )
    subject_to: list[Document] = strawberry.field(
        description="The laws and rules that bind it or are about it on that day, for example the Jeugdwet. NL: gebonden aan."
    )


@enum_of(words.ORGANIZATION_STATUSES)
class OrganizationStatus(Enum):
    pass


@strawberry.interface(
    description="An organisation (org:Organization): a municipality, region, collaboration, provider, public body or governance body. "
    "NL: organisatie."
)
class Organization(Entity):
    status: OrganizationStatus = strawberry.field(description="Whether it exists on that day. NL: status.")
    status_label = in_words("The status")
    operational_period: Period | None = strawberry.field(description="When it exists; null if no source says. NL: bestaansperiode.")
    predecessors: list[Succession] = strawberry.field(
        description="The organisations that it continues, for example Beemster for the Purmerend of 2022. NL: voorgangers."
    )
    successors: list[Succession] = strawberry.field(
        description="The organisations that continue it, for example Purmerend for Beemster. NL: opvolgers."
    )
    represents: list[Representation] = strawberry.field(
        description="The organisations that it speaks for elsewhere, for example the region Zaanstreek-Waterland. NL: spreekt namens."
    )
    represented_by: list[Representation] = strawberry.field(
        description="The organisations that speak for it elsewhere, for example Zaanstad. NL: vertegenwoordigd door."
    )
    issued: list[Document] = strawberry.field(description="The documents that it issued, for example its regional vision. NL: gaf uit.")
    changes: list[ChangeEvent] = strawberry.field(description="The events that involve it, oldest first. NL: gebeurtenissen.")

    @strawberry.field(description="Its memberships of other organisations. NL: deelnames.")
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

    @strawberry.field(description="The memberships of organisations that take part in it. NL: deelnemers.")
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


@enum_of(words.LEVELS)
class RepresentationLevel(Enum):
    pass


@strawberry.type(description="That one organisation speaks for another at some level. NL: vertegenwoordiging.")
class Representation:
    organization: Organization = strawberry.field(description="The organisation at the other end. NL: organisatie.")
    level: RepresentationLevel | None = strawberry.field(
        description="The level at which it speaks, for example NATIONAL; null if no source says. NL: niveau."
    )
    period: Period = strawberry.field(description="When it speaks for the other. NL: periode.")
    claims: list[Claim] = strawberry.field(description="The claims behind it. NL: beweringen.")


@strawberry.type(description="A predecessor or successor of an organisation, with the event. NL: opvolging.")
class Succession:
    organization: Organization = strawberry.field(description="The predecessor or successor. NL: organisatie.")
    event: ChangeEvent = strawberry.field(description="The event, for example a merger. NL: gebeurtenis.")


@enum_of(words.MOMENT_KINDS)
class ChangeEventKind(Enum):
    pass


EventKinds = Annotated[
    list[ChangeEventKind] | None, strawberry.argument(description="Only events of one of these kinds, for example MERGER.")
]


@strawberry.type(
    description="Something that happened (org:ChangeEvent), or on a timeline a start or end that a source dates. An id that "
    "begins with moment/ belongs to such a start or end: of a membership, a contract, an option or the existence of "
    "an organisation. NL: gebeurtenis."
)
class ChangeEvent(Node):
    date: FuzzyDate = strawberry.field(description="When it happened, as vague as in its source. NL: datum.")
    kind: ChangeEventKind = strawberry.field(description="The kind of event. NL: soort gebeurtenis.")
    kind_label = in_words("The kind of event")
    certainty_label = in_words("The certainty")
    is_planned: bool = strawberry.field(description="Whether sources only announce it. NL: voorgenomen.")

    @strawberry.field(description="What happened, in a few words. NL: omschrijving.")
    def label(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    certainty: Certainty = strawberry.field(
        description="How certain it is that it happened: UNCERTAIN for an option that no source confirms. NL: zekerheid."
    )
    about: list[Entity] = strawberry.field(
        description="Other entities that it concerns, for example the contract that begins. NL: betreft."
    )
    original: list[Organization] = strawberry.field(description="The organisations to which it happened. NL: oorspronkelijk.")
    resulting: list[Organization] = strawberry.field(description="The organisations that result from it. NL: resulterend.")
    basis: list[Document] = strawberry.field(description="The laws on which it is based, for example Staatsblad 2021, 264. NL: grondslag.")
    claims: list[Claim] = strawberry.field(description="The claims about it. NL: beweringen.")


@strawberry.type(description="Events, a page at a time. NL: gebeurtenissen.")
class ChangeEventConnection(Connection[ChangeEvent]):
    pass
