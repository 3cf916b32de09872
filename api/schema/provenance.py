"""Where everything comes from: claims, the sources that make them, the conflicts between them, and the numbers they state."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET

from api.schema.enums import enum_of
from api.schema.forward import Entity
from api.schema.node import After, Connection, First, Node
from api.schema.scalars import URI, Date
from api.schema.time import DEFAULT_LANGUAGE, FuzzyDate, Lang, Language, Period
from graph.domain import words


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
    unit: str | None = strawberry.field(description="What is counted or measured, for example providers; null where it is bare.")


@strawberry.type(description="A value that is a date.")
class DateValue:
    date: FuzzyDate = strawberry.field(description="The date, as vague as its source.")


@strawberry.type(description="A value that is another entity.")
class EntityValue:
    entity: Entity = strawberry.field(description="The entity that the claim names.")


ClaimValue = Annotated[
    TextValue | NumberValue | DateValue | EntityValue,
    strawberry.union("ClaimValue", description="What stands to the right of a predicate: a text, a number, a date or an entity."),
]


@strawberry.type(description="Where in a source something stands. NL: vindplaats.")
class SourceLocator:
    section: str | None = strawberry.field(description="The heading of the section, for example '3.4 Inkoop Dyslexie'. NL: paragraaf.")
    page: int | None = strawberry.field(description="The page, counted from 1. NL: bladzijde.")
    paragraph: int | None = strawberry.field(description="The paragraph within the section, counted from 1. NL: alinea.")
    footnote: str | None = strawberry.field(description="The mark of the footnote, for example 7. NL: voetnoot.")
    deep_link: URI | None = strawberry.field(description="An address that opens the source at this place.")


@enum_of(words.SOURCE_KINDS)
class SourceKind(Enum):
    pass


@strawberry.type(description="A document or registry that claims come from (PROV-O Entity). NL: bron.")
class Source(Node):
    kind: SourceKind = strawberry.field(description="Whether it is a document or a registry.")
    title: str = strawberry.field(description="Its title, in its own language.")
    publisher: str | None = strawberry.field(description="The organisation that published it. NL: uitgever.")
    url: URI | None = strawberry.field(description="Where it is public.")
    published_on: FuzzyDate | None = strawberry.field(description="When it was published; null where it bears no date.")
    written_between: Period | None = strawberry.field(description="The bounds that its text gives where it bears no date.")
    read_on: Date | None = strawberry.field(description="The day on which it was last read, for example 2024-01-15. NL: geraadpleegd op.")
    licence: str | None = strawberry.field(description="The licence under which it may be used, for example CC0 1.0. NL: licentie.")

    @strawberry.field(description="What it says, in the order in which it says it.")
    def claims(self, first: First = UNSET, after: After = UNSET) -> ClaimConnection: ...


@strawberry.type(description="One statement by one source about one thing. NL: bewering.")
class Claim(Node):
    subject: Entity = strawberry.field(description="What the claim is about.")
    predicate: str = strawberry.field(description="What it says of it, for example memberOf, buyer or runs.")
    value: ClaimValue = strawberry.field(description="What it says that it is.")
    validity: Period | None = strawberry.field(
        description="When it says that it holds; null where what it says has no time. NL: geldigheid."
    )
    carried_forward: bool = strawberry.field(
        description="Whether a later date only inherits it: the source was dated before asOf and nothing newer confirms it."
    )
    rank: ClaimRank = strawberry.field(description="How much it counts beside others.")

    @strawberry.field(description="Why it has another rank than NORMAL.")
    def rank_reason(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...

    method: AssertionMethod = strawberry.field(description="How it came to be.")
    source: Source = strawberry.field(description="Who says so. NL: bron.")
    locator: SourceLocator | None = strawberry.field(description="Where in the source it stands.")

    @strawberry.field(description="What the source says, in our own words; never a copied sentence. NL: samenvatting.")
    def summary(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...

    contradicts: list[Claim] = strawberry.field(description="The claims with which it cannot hold together. NL: spreekt tegen.")


@strawberry.type(description="Claims, a page at a time. NL: beweringen.")
class ClaimConnection(Connection[Claim]):
    pass


@enum_of(words.CONFLICT_KINDS)
class ConflictKind(Enum):
    pass


@enum_of(words.CONFLICT_STATUSES)
class ConflictStatus(Enum):
    pass


@strawberry.type(description="Two or more claims that cannot all hold; all are kept. NL: tegenspraak.")
class Conflict(Node):
    subject: Entity = strawberry.field(description="What the claims are about.")
    predicate: str = strawberry.field(description="What they say of it, for example member.")
    kind: ConflictKind = strawberry.field(description="What they disagree about.")
    status: ConflictStatus = strawberry.field(description="How far it has come.")
    claims: list[Claim] = strawberry.field(description="The claims that disagree.")
    chosen: Claim | None = strawberry.field(description="The claim that the answers follow; null while nothing is chosen.")
    rule: str = strawberry.field(
        description="The rule that chose it: rank, authority (of the source for that predicate), specificity, date (the source written "
        "last), or undecided."
    )

    @strawberry.field(description="What is at odds and what that means, in a sentence or two. NL: toelichting.")
    def explanation(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...


@strawberry.type(description="Conflicts, a page at a time. NL: tegenspraken.")
class ConflictConnection(Connection[Conflict]):
    pass


@strawberry.type(description="A number that a source states (qb:Observation), for example 114 providers for segment B. NL: cijfer.")
class Figure(Node):
    subject: Entity = strawberry.field(description="What the number is about.")
    measure: str = strawberry.field(description="What is counted or measured, for example providers. NL: maat.")
    number: float = strawberry.field(description="The number, for example 114. NL: getal.")
    unit: str = strawberry.field(description="Its unit, for example percent, EUR or providers. NL: eenheid.")
    period: Period | None = strawberry.field(description="The time that it is about; null where the source does not say.")
    approximate: bool = strawberry.field(description="Whether the source rounds it or says 'about'. NL: bij benadering.")
    claim: Claim = strawberry.field(description="The claim that states it.")
