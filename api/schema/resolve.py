"""Linking: the identifiers and names of another list, each with the entity that it means or a problem."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET

from api.schema.entity import Entity, IdentifierScheme
from api.schema.enums import enum_of
from api.schema.node import AsOf
from api.schema.search import EntityType
from graph.domain import words


@enum_of(words.RESOLUTION_PROBLEMS)
class ResolutionProblem(Enum):
    pass


@strawberry.type(description="An entity that an identifier or name can mean. NL: kandidaat.")
class ResolutionCandidate:
    entity: Entity = strawberry.field(description="The entity, on that day. NL: entiteit.")
    confidence: float = strawberry.field(
        description="The confidence of the match: 1 for an identifier with a known scheme, 0.9 if its form leaves the scheme open, 0.8 if "
        "zeros before it were missing; 0.95 for "
        "the name, 0.9 for another name, 0.85 for a former name or a slug, 0.75 for a misspelling; 0.1 less if accents "
        "or hyphens differ. Divided among the candidates. NL: zekerheid."
    )
    matched_on: str = strawberry.field(description="The identifier or name that matched, for example CBS_GM:GM0370.")
    superseded_by: Entity | None = strawberry.field(
        description="The one entity that continues it on that day, for example Purmerend for Beemster (GM0370); null while it "
        "exists, or if several continue it. NL: opgegaan in."
    )
    successors: list[Entity] = strawberry.field(
        description="All entities that continue it on that day; empty while it exists. NL: opvolgers."
    )


@strawberry.type(description="The result for one identifier or name of a list. NL: herkenning.")
class Resolution:
    input: str = strawberry.field(description="The identifier or name as it was sent.")
    scheme: IdentifierScheme | None = strawberry.field(
        description="The scheme of the identifier; null for a name, or if several schemes fit."
    )
    is_well_formed: bool = strawberry.field(
        description="Whether its form and its check digit are right; a name needs a letter or digit. NL: juiste vorm."
    )
    problem: str | None = strawberry.field(
        description="Why it does not lead to one entity with certainty, and what to do; null if it does. NL: probleem."
    )
    problem_code: ResolutionProblem | None = strawberry.field(description="The same problem as a stable code. NL: probleemcode.")
    candidates: list[ResolutionCandidate] = strawberry.field(
        description="The entities that it can mean, the most certain first; at most 10. NL: kandidaten."
    )


Identifiers = Annotated[
    list[str],
    strawberry.argument(
        description="Identifiers and names in any notation, at most 500: GM0479, 479, KvK 27381312, NL-KVK-27381312, "
        "OIN: 00000001001801284000, a URI of TOOI, Bergen (NH), ZaWa. NL: kenmerken."
    ),
]


Scheme = Annotated[
    IdentifierScheme | None,
    strawberry.argument(
        description="The scheme of the identifiers that do not say it themselves, for example KVK for a column of KVK numbers; a text "
        "that is no identifier of it is MALFORMED then. NL: register."
    ),
]
Types = Annotated[
    list[EntityType] | None,
    strawberry.argument(description="Only entities of these types, for example MUNICIPALITY for a column of municipalities. NL: soorten."),
]


@strawberry.type(description="Questions that link the entries of another list to entities.")
class Linking:
    @strawberry.field(
        description="Finds the entity for each identifier or name of a list: one result for each, in the same order. A faulty one "
        "does not affect the others. NL: koppelen."
    )
    def resolve(self, identifiers: Identifiers, scheme: Scheme = UNSET, types: Types = UNSET, as_of: AsOf = UNSET) -> list[Resolution]: ...
