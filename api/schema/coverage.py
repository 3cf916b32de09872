"""Coverage: who covers what, where nobody does, and where nobody says."""

from __future__ import annotations

from enum import Enum

import strawberry
from strawberry import enum_value

from api.schema.care import CareFunction
from api.schema.entity import Entity
from api.schema.municipality import Municipality
from api.schema.provenance import Claim, Conflict
from api.schema.provider import Provider
from api.schema.scalars import Date
from api.schema.time import DEFAULT_LANGUAGE, Lang, Period, TemporalContext


@strawberry.enum(description="Whether care is arranged for a municipality on a day. Absence of evidence is never a GAP. NL: dekking.")
class CoverageStatus(Enum):
    COVERED = enum_value("COVERED", description="An arrangement is in force. NL: gedekt.")
    UNCERTAIN = enum_value(
        "UNCERTAIN",
        description="One may be: an option that no source confirms, a vague date, an open conflict. NL: onzeker.",
    )
    GAP = enum_value("GAP", description="A source says that nobody does. NL: niet gedekt.")
    UNKNOWN = enum_value("UNKNOWN", description="No source says. NL: onbekend.")


@strawberry.enum(description="Why a coverage has its status. NL: reden.")
class CoverageReason(Enum):
    IN_FORCE = enum_value("IN_FORCE", description="An arrangement is in force. NL: van kracht.")
    OPTION_NOT_CONFIRMED = enum_value(
        "OPTION_NOT_CONFIRMED", description="The firm term is over and no source confirms the extension. NL: verlenging niet bevestigd."
    )
    VAGUE_DATE = enum_value("VAGUE_DATE", description="The dates are too vague for this day. NL: vage datum.")
    CONTESTED = enum_value("CONTESTED", description="The sources contradict each other and nothing settles it. NL: betwist.")
    CARRIED_FORWARD = enum_value(
        "CARRIED_FORWARD", description="An older source says so and nothing newer confirms it. NL: voortgezet uit een oudere bron."
    )
    EXCLUDED = enum_value(
        "EXCLUDED",
        description="The arrangement expressly leaves this municipality out; who serves it is not said. NL: uitgezonderd.",
    )
    ENDED = enum_value("ENDED", description="The arrangement is over, and no source names another. NL: beëindigd.")
    NOT_STARTED = enum_value("NOT_STARTED", description="The arrangement has not begun. NL: nog niet ingegaan.")
    LOCAL_RESPONSIBILITY = enum_value(
        "LOCAL_RESPONSIBILITY", description="A source leaves it to each municipality for itself. NL: lokale verantwoordelijkheid."
    )
    NO_SOURCE = enum_value("NO_SOURCE", description="No source speaks of it. NL: geen bron.")
    STATED_GAP = enum_value("STATED_GAP", description="A source says that nobody covers it. NL: vastgestelde lacune.")


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
