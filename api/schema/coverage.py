"""Coverage of municipalities for care functions: arrangements, gaps and what is unknown."""

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
from api.schema.time import DEFAULT_LANGUAGE, Lang, Period, TemporalContext, in_words
from graph.domain import words


@enum_of(words.COVERAGE_STATUSES)
class CoverageStatus(Enum):
    pass


@enum_of(words.COVERAGE_REASONS)
class CoverageReason(Enum):
    pass


@strawberry.type(description="One step of a path, from one entity to the next. NL: stap.")
class PathStep:
    from_: Entity = strawberry.field(name="from", description="The start of the step, for example a municipality. NL: van.")
    to: Entity = strawberry.field(description="The end of the step, for example its youth region. NL: naar.")
    relation: str = strawberry.field(description="The relation between them, for example MEMBER_OF. NL: relatie.")

    @strawberry.field(description="The relation in words, for example 'neemt deel aan'. NL: omschrijving.")
    def label(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    period: Period | None = strawberry.field(description="When it holds; null if it has no period. NL: periode.")
    claims: list[Claim] = strawberry.field(description="The claims behind it. NL: beweringen.")


@strawberry.type(description="A chain from a municipality to an arrangement, with the providers under it. NL: keten.")
class CoveragePath:
    steps: list[PathStep] = strawberry.field(description="The steps, from the municipality to the arrangement. NL: stappen.")
    arrangement: Entity = strawberry.field(description="The contract or collaboration at the end. NL: afspraak.")
    providers: list[Provider] = strawberry.field(description="The providers under it. NL: aanbieders.")
    period: Period = strawberry.field(description="When the whole chain holds. NL: periode.")
    claims: list[Claim] = strawberry.field(description="All claims behind the chain. NL: beweringen.")


@strawberry.type(description="Whether a municipality is covered for a care function on a day, and by which arrangement. NL: dekking.")
class Coverage:
    municipality: Municipality = strawberry.field(description="The municipality, for example Zaanstad (GM0479). NL: gemeente.")
    function: CareFunction = strawberry.field(description="The care function, for example dyslexie. NL: zorgfunctie.")
    context: TemporalContext = strawberry.field(description="The day and the data version of this answer. NL: peilmoment.")
    status: CoverageStatus = strawberry.field(description="Whether it is covered. NL: status.")
    reasons: list[CoverageReason] = strawberry.field(description="The reasons for this status, the most important first. NL: redenen.")
    status_label = in_words("The status")
    reason_labels = in_words("The reasons", many=True)
    via: list[CoveragePath] = strawberry.field(
        description="The chains behind the answer, each from the municipality over its memberships and regions to a contract or "
        "collaboration. NL: via."
    )
    changes_on: Date | None = strawberry.field(
        description="The first day on which this answer changes, as far as is known now, for example 2024-01-01. NL: verandert op."
    )

    @strawberry.field(description="The answer and its reasons in words. NL: toelichting.")
    def explanation(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    conflicts: list[Conflict] = strawberry.field(description="The conflicts that affect this answer. NL: tegenspraken.")


@strawberry.type(description="The number of answers with a status. NL: telling.")
class CoverageCount:
    status: CoverageStatus = strawberry.field(description="The status. NL: status.")
    status_label = in_words("The status")
    count: int = strawberry.field(description="The number of answers with it. NL: aantal.")


@strawberry.type(description="The coverage of many municipalities for many care functions at once. NL: dekkingsoverzicht.")
class CoverageMatrix:
    context: TemporalContext = strawberry.field(description="The day and the data version of this answer. NL: peilmoment.")
    municipalities: list[Municipality] = strawberry.field(description="The rows, sorted by name. NL: gemeenten.")
    functions: list[CareFunction] = strawberry.field(description="The columns. NL: zorgfuncties.")
    cells: list[Coverage] = strawberry.field(description="One answer for each row and column, row by row. NL: cellen.")
    summary: list[CoverageCount] = strawberry.field(description="How many cells have each status. NL: samenvatting.")
