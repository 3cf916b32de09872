"""Linking: identifiers and names of someone else's list, each to the thing that it means or to why it means none."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET

from api.schema.entity import Entity, IdentifierScheme
from api.schema.enums import enum_of
from api.schema.node import AsOf
from graph.domain import words


@enum_of(words.RESOLUTION_PROBLEMS)
class ResolutionProblem(Enum):
    pass


@strawberry.type(description="A thing that an identifier or name can mean. NL: kandidaat.")
class ResolutionCandidate:
    entity: Entity = strawberry.field(description="The thing, on the day asked about.")
    confidence: float = strawberry.field(
        description="How sure it is: 1 by an identifier of which the scheme is sure, 0.9 where its shape fits several; 0.95 by name, 0.9 "
        "by another name, 0.85 by a former one or a slug, 0.75 by a misspelling; 0.1 less where accents or hyphens differ. Divided among "
        "the candidates. NL: zekerheid."
    )
    matched_on: str = strawberry.field(description="The identifier or name by which it was found, for example CBS_GM:GM0370.")
    superseded_by: Entity | None = strawberry.field(
        description="The one thing that it has gone into by the day asked about, for example Purmerend for Beemster (GM0370); null while "
        "it exists, and where it has gone into several. NL: opgegaan in."
    )
    successors: list[Entity] = strawberry.field(
        description="All things that it has gone into by the day asked about; empty while it exists. NL: opvolgers."
    )


@strawberry.type(description="What one identifier or name of a list means. NL: herkenning.")
class Resolution:
    input: str = strawberry.field(description="The identifier or name as it was sent.")
    scheme: IdentifierScheme | None = strawberry.field(
        description="The scheme that is written before it or that its shape tells for certain; null for a name and where several fit."
    )
    is_well_formed: bool = strawberry.field(
        description="Whether it has the form, and the check digit, that its scheme prescribes; a name has a letter or digit."
    )
    problem: str | None = strawberry.field(
        description="Why it leads to no thing for certain, and what to do; null where it does. NL: probleem."
    )
    problem_code: ResolutionProblem | None = strawberry.field(description="The same as a word that does not change.")
    candidates: list[ResolutionCandidate] = strawberry.field(
        description="The things that it can mean, the surest first; at most 10. NL: kandidaten."
    )


Identifiers = Annotated[
    list[str],
    strawberry.argument(
        description="Identifiers and names in any notation, at most 500: GM0479, KvK 27381312, OIN: 00000001001801284000, a URI of TOOI, "
        "ZaWa. NL: kenmerken."
    ),
]


@strawberry.type(description="Questions for the things that someone else's list speaks of.")
class Linking:
    @strawberry.field(
        description="What each identifier or name of a list means: one answer for each, in their order; one that cannot be read does not "
        "stop the others. NL: koppelen."
    )
    def resolve(self, identifiers: Identifiers, as_of: AsOf = UNSET) -> list[Resolution]: ...
