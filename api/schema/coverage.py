"""Coverage: who covers what, where nobody does, and where nobody says."""

from __future__ import annotations

from enum import Enum

import strawberry

from api.schema.care import CareFunction
from api.schema.entity import Entity
from api.schema.enums import enum_of
from api.schema.municipality import Municipality
from api.schema.provenance import Claim, Conflict
from api.schema.provider import Provider
from api.schema.scalars import Date
from api.schema.time import DEFAULT_LANGUAGE, Lang, Period, TemporalContext
from graph.domain import words


@enum_of(words.COVERAGE_STATUSES)
class CoverageStatus(Enum):
    pass


@enum_of(words.COVERAGE_REASONS)
class CoverageReason(Enum):
    pass


@strawberry.type(description="One step of a path: how one thing leads to the next. NL: stap.")
class PathStep:
    from_: Entity = strawberry.field(name="from", description="Where the step begins, for example a municipality. NL: van.")
    to: Entity = strawberry.field(description="Where the step ends, for example its youth region. NL: naar.")
    relation: str = strawberry.field(description="What leads from the one to the other, for example MEMBER_OF. NL: relatie.")

    @strawberry.field(description="The relation in words, for example 'neemt deel aan'.")
    def label(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    period: Period | None = strawberry.field(description="When it holds; null where it has no time. NL: periode.")
    claims: list[Claim] = strawberry.field(description="The claims behind it. NL: beweringen.")


@strawberry.type(description="One chain from a municipality to an arrangement and who delivers under it. NL: keten.")
class CoveragePath:
    steps: list[PathStep] = strawberry.field(description="The steps, from the municipality to the arrangement. NL: stappen.")
    arrangement: Entity = strawberry.field(description="The contract or collaboration at the end. NL: afspraak.")
    providers: list[Provider] = strawberry.field(description="The providers that it names. NL: aanbieders.")
    period: Period = strawberry.field(description="When the whole chain holds. NL: periode.")
    claims: list[Claim] = strawberry.field(description="All claims behind the chain. NL: beweringen.")


@strawberry.type(description="Whether, and by what, a municipality is covered for a care function on a day. NL: dekking.")
class Coverage:
    municipality: Municipality = strawberry.field(description="For whom, for example Zaanstad (GM0479). NL: gemeente.")
    function: CareFunction = strawberry.field(description="For what, for example dyslexie. NL: zorgfunctie.")
    context: TemporalContext = strawberry.field(description="What this answer was computed for. NL: peilmoment.")
    status: CoverageStatus = strawberry.field(description="Whether it is covered.")
    reasons: list[CoverageReason] = strawberry.field(description="Why it has this status, the weightiest first. NL: redenen.")
    via: list[CoveragePath] = strawberry.field(
        description="Each chain municipality, membership, region or collaboration, contract, provider behind the answer. NL: via."
    )
    changes_on: Date | None = strawberry.field(
        description="The first day on which this answer changes if nothing new becomes known, for example 2024-01-01. NL: verandert op."
    )

    @strawberry.field(description="The answer and its reasons in words. NL: toelichting.")
    def explanation(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    conflicts: list[Conflict] = strawberry.field(description="The conflicts that touch this answer. NL: tegenspraken.")


@strawberry.type(description="How many answers have a status.")
class CoverageCount:
    status: CoverageStatus = strawberry.field(description="The status.")
    count: int = strawberry.field(description="How many answers have it. NL: aantal.")


@strawberry.type(description="The coverage of many municipalities for many care functions at once. NL: dekkingsoverzicht.")
class CoverageMatrix:
    context: TemporalContext = strawberry.field(description="What this answer was computed for. NL: peilmoment.")
    municipalities: list[Municipality] = strawberry.field(description="The rows, by name. NL: gemeenten.")
    functions: list[CareFunction] = strawberry.field(description="The columns. NL: zorgfuncties.")
    cells: list[Coverage] = strawberry.field(description="One answer for each row and column, row by row. NL: cellen.")
    summary: list[CoverageCount] = strawberry.field(description="How many cells have each status. NL: samenvatting.")
