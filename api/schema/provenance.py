"""Provenance: claims, their sources, the conflicts between them, and figures."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET

from api.schema.enums import enum_of
from api.schema.forward import CareFunction, Entity
from api.schema.node import After, Connection, First, ListCompleteness, Node
from api.schema.scalars import URI, Date
from api.schema.time import DEFAULT_LANGUAGE, FuzzyDate, Lang, Language, Period, Ternary, in_words
from graph.domain import predicates, words


@enum_of(predicates.PREDICATES)
class ClaimPredicate(Enum):
    pass


Predicates = Annotated[
    list[ClaimPredicate] | None, strawberry.argument(description="Only claims that say one of these things, for example memberOf.")
]


@enum_of(words.RANKS)
class ClaimRank(Enum):
    pass


@enum_of(words.METHODS)
class AssertionMethod(Enum):
    pass


@strawberry.type(description="A value that is text.")
class TextValue:
    text: str = strawberry.field(description="The text, name or code.")
    lang: Language | None = strawberry.field(description="Its language; null for a name, a code or a word of a closed list.")


@strawberry.type(description="A value that is a number.")
class NumberValue:
    number: float = strawberry.field(description="The number, for example 114.")
    unit: str | None = strawberry.field(description="What is counted or measured, for example EUR or COUNT; null if there is no unit.")


@strawberry.type(description="A value that is a date.")
class DateValue:
    date: FuzzyDate = strawberry.field(description="The date, as vague as in its source.")


@strawberry.type(description="A value that is an entity.")
class EntityValue:
    entity: Entity = strawberry.field(description="The entity that the claim names.")


ClaimValue = Annotated[
    TextValue | NumberValue | DateValue | EntityValue,
    strawberry.union("ClaimValue", description="The value of a claim: a text, a number, a date or an entity."),
]


@strawberry.type(description="A place in a source. NL: vindplaats.")
class SourceLocator:
    section: str | None = strawberry.field(description="The heading of the section, for example '3.4 Inkoop Dyslexie'. NL: paragraaf.")
    page: int | None = strawberry.field(description="The page, counted from 1. NL: bladzijde.")
    paragraph: int | None = strawberry.field(description="The paragraph within the section, counted from 1. NL: alinea.")
    footnote: str | None = strawberry.field(description="The mark of the footnote, for example 7. NL: voetnoot.")
    deep_link: URI | None = strawberry.field(description="An address that opens the source at this place.")


@enum_of(words.SOURCE_KINDS)
class SourceKind(Enum):
    pass


@enum_of(words.LEFT_OUT_REASONS)
class LeftOutReason(Enum):
    pass


@strawberry.type(description="Something that a source says and that was deliberately not made a claim. NL: weggelaten.")
class LeftOut:
    section: str = strawberry.field(description="The heading of the section, for example '3.2 Leren en verbeteren'. NL: paragraaf.")
    reason: LeftOutReason = strawberry.field(description="Why it is no claim, for example PROSE. NL: reden.")
    reason_label = in_words("The reason")

    @strawberry.field(description="What the source says there, in our own words; never a copied sentence. NL: wat er staat.")
    def text(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...


@strawberry.type(description="A document or registry that claims come from (PROV-O Entity). NL: bron.")
class Source(Node):
    kind: SourceKind = strawberry.field(description="The kind of source, a document or a registry. NL: soort bron.")
    kind_label = in_words("The kind of source")
    title: str = strawberry.field(description="Its title, in its own language. NL: titel.")
    publisher: str | None = strawberry.field(description="The organisation that published it. NL: uitgever.")
    url: URI | None = strawberry.field(description="The web address where it is published.")
    published_on: FuzzyDate | None = strawberry.field(description="When it was published; null if it bears no date. NL: publicatiedatum.")
    written_between: Period | None = strawberry.field(
        description="If it bears no date, the period in which it was written, according to its text. NL: geschreven tussen."
    )

    @strawberry.field(description="What in its text bounds that period; null if it bears a date. NL: reden van die grenzen.")
    def written_reason(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...

    read_on: Date | None = strawberry.field(description="The day on which we last read it, for example 2024-01-15. NL: geraadpleegd op.")
    licence: str | None = strawberry.field(description="The licence under which it may be used, for example CC0 1.0. NL: licentie.")

    left_out: list[LeftOut] = strawberry.field(
        description="What it says and was deliberately not made a claim, each with its reason; empty if nothing of note is left out. "
        "NL: weggelaten."
    )

    @strawberry.field(description="The claims that come from it. NL: beweringen.")
    def claims(self, first: First = UNSET, after: After = UNSET) -> ClaimConnection: ...


@strawberry.type(description="Claims that are kept, checked and published together (dcat:Dataset). NL: gegevensset.")
class Dataset:
    slug: str = strawberry.field(description="Its short name, for example network or country. NL: korte naam.")

    @strawberry.field(description="Its title. NL: titel.")
    def title(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    @strawberry.field(description="What it speaks of; of anything else its silence says nothing. NL: waarover het gaat.")
    def scope(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    version: str = strawberry.field(description="Its version; the digest of its files if nobody gave it one. NL: versie.")
    publisher: str | None = strawberry.field(description="The organisation that publishes it. NL: uitgever.")
    licence: str | None = strawberry.field(description="The licence under which it may be used, for example CC0 1.0. NL: licentie.")
    checked_on: Date = strawberry.field(
        description="The day on which it was last compared with its sources, for example 2026-11-26. NL: nagekeken op."
    )
    claim_count: int = strawberry.field(description="The number of its claims. NL: aantal beweringen.")
    sources: list[Source] = strawberry.field(description="The sources that its claims come from. NL: bronnen.")


@strawberry.type(description="Something that one source says about one entity. NL: bewering.")
class Claim(Node):
    subject: Entity = strawberry.field(description="The entity that the claim is about. NL: onderwerp.")
    predicate: str = strawberry.field(description="What it says about the entity, for example memberOf, buyer or runs.")

    @strawberry.field(
        description="What it says about the entity in words, with the role that it gives: 'deelnemer', 'trekker van'. NL: omschrijving."
    )
    def predicate_label(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    value: ClaimValue = strawberry.field(description="The value that it gives. NL: waarde.")
    figure: Figure | None = strawberry.field(
        description="The figure that it gives, which says what is counted or measured; null if it gives none. NL: cijfer."
    )
    validity: Period | None = strawberry.field(
        description="When it holds according to the source; null if the claim has no period. NL: geldigheid."
    )
    carried_forward: bool = strawberry.field(
        description="Whether it is carried forward: its source is older than asOf and no newer source confirms it. NL: voortgezet."
    )
    rank: ClaimRank = strawberry.field(description="Its weight beside other claims. NL: rang.")

    @strawberry.field(description="The reason for a rank other than NORMAL. NL: reden.")
    def rank_reason(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...

    method: AssertionMethod = strawberry.field(description="How it was established. NL: wijze van vaststelling.")
    source: Source = strawberry.field(description="The source that says it. NL: bron.")
    dataset: Dataset = strawberry.field(description="The dataset that it comes in. NL: gegevensset.")
    locator: SourceLocator | None = strawberry.field(description="The place in the source. NL: vindplaats.")

    @strawberry.field(description="What the source says, in our own words; never a copied sentence. NL: samenvatting.")
    def summary(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...

    contradicts: list[Claim] = strawberry.field(description="The claims that contradict it. NL: spreekt tegen.")


@strawberry.type(description="Claims, a page at a time. NL: beweringen.")
class ClaimConnection(Connection[Claim]):
    pass


@enum_of(words.ACCESS_ROUTES)
class AccessRoute(Enum):
    pass


@strawberry.type(description="By whom one is referred to care, according to one source. NL: toegang.")
class Access:
    route: AccessRoute = strawberry.field(description="Who refers, for example GENERAL_PRACTITIONER. NL: toegang via.")
    claim: Claim = strawberry.field(description="The claim that says so. NL: bewering.")


@enum_of(words.CONFLICT_KINDS)
class ConflictKind(Enum):
    pass


@enum_of(words.CONFLICT_STATUSES)
class ConflictStatus(Enum):
    pass


@strawberry.type(description="Two or more claims that cannot all hold; all are kept. NL: tegenspraak.")
class Conflict(Node):
    key: str = strawberry.field(description="Its short code, for example C-08. NL: code.")
    subject: Entity = strawberry.field(description="The entity that the claims are about. NL: onderwerp.")
    predicate: str = strawberry.field(description="The predicate of the claims, for example member.")
    kind: ConflictKind = strawberry.field(description="The subject of the conflict. NL: soort tegenspraak.")
    status: ConflictStatus = strawberry.field(description="The state of the conflict. NL: status.")
    kind_label = in_words("The subject of the conflict")
    status_label = in_words("The state of the conflict")
    claims: list[Claim] = strawberry.field(description="The claims that contradict each other. NL: beweringen.")
    chosen: Claim | None = strawberry.field(description="The claim that answers follow; null if none is chosen. NL: gekozen bewering.")
    rule: str = strawberry.field(
        description="The criterion that decided: rank, authority (of the source for that predicate), specificity, date (the latest "
        "source), or undecided."
    )
    rule_label = in_words("What decided, or that nothing does,")

    @strawberry.field(description="The contradiction and its consequences, in a sentence or two. NL: toelichting.")
    def explanation(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...


@strawberry.type(description="Conflicts, a page at a time. NL: tegenspraken.")
class ConflictConnection(Connection[Conflict]):
    pass


@enum_of(words.MEASURES)
class Measure(Enum):
    pass


@enum_of(words.UNITS)
class Unit(Enum):
    pass


@strawberry.type(description="A number that a source states (qb:Observation), for example 114 providers for segment B. NL: cijfer.")
class Figure(Node):
    subject: Entity = strawberry.field(description="The entity that the number is about. NL: onderwerp.")
    measure: Measure = strawberry.field(description="What is counted or measured, for example SUPPLIERS or SPEND. NL: maat.")

    @strawberry.field(description="What is counted or measured, in words, for example 'aanbieders in segment B'. NL: omschrijving.")
    def label(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    functions: list[CareFunction] = strawberry.field(
        description="The care functions that it is about, for example function/gi for the spend on certified institutions. "
        "NL: zorgfuncties."
    )
    number: float = strawberry.field(description="The number, for example 114. NL: getal.")
    unit: Unit = strawberry.field(description="Its unit, for example EUR. NL: eenheid.")
    period: Period | None = strawberry.field(description="The period that it is about; null if the source does not say. NL: periode.")
    holds: Ternary = strawberry.field(
        description="Whether it is about the day of the answer: YES in its period, NO outside it; UNKNOWN if it is vague whether that day "
        "is in its period, and if it is only carried forward to that day from an older source. NL: geldt op de peildatum."
    )
    approximate: bool = strawberry.field(description="Whether the source rounds it or says 'about'. NL: bij benadering.")
    claim: Claim = strawberry.field(description="The claim that gives it. NL: bewering.")


ConflictKinds = Annotated[
    list[ConflictKind] | None, strawberry.argument(description="Only conflicts of one of these kinds, for example COUNT. NL: soort.")
]


FIGURES = (  # how every list of figures of an entity is described
    "The numbers that sources state about it, as far as they may be about that day: a figure of another period is left out; one "
    "without a period, or carried forward to that day, holds UNKNOWN. `during: {}` gives those of all times. NL: cijfers."
)


@strawberry.type(description="The figures that were asked for, and whether any source states one. NL: cijfers.")
class StatedFigures:
    nodes: list[Figure] = strawberry.field(description="The figures; empty if no source states one. NL: cijfers.")
    is_stated: bool = strawberry.field(
        description="Whether a source states such a figure; false for the spend of 2023, for example. NL: staat in een bron."
    )
    completeness: ListCompleteness = strawberry.field(
        description="Whether the list is known to be complete: UNKNOWN, because no source says that it states every figure. "
        "NL: volledigheid."
    )


Measures = Annotated[list[Measure] | None, strawberry.argument(description="Only figures of one of these measures, for example SPEND.")]
Year = Annotated[
    int | None,
    strawberry.argument(description="Only figures whose stated period has a day in this year, for example 2022. NL: jaar."),
]
