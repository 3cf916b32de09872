"""Organisations beside each other: what they share, and in what they differ."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry import UNSET

from api.schema.care import CareFunction
from api.schema.contract import Contract
from api.schema.entity import Organization
from api.schema.membership import Membership
from api.schema.node import AsOf
from api.schema.scalars import Ref
from api.schema.time import TemporalContext

SHARED = "Whether it holds for all of the organisations that are compared. NL: gedeeld."
EXCLUDED = "Those whom an arrangement expressly excepts, and for whom no other holds. NL: uitgezonderd."
UNKNOWN = "Those of which no source says so on that day, which is not the same as not. NL: onbekend."


@strawberry.type(description="Something that at least one of the compared organisations takes part in. NL: vergeleken deelname.")
class ComparedMembership:
    organization: Organization = strawberry.field(description="What it is, for example Noordje. NL: organisatie.")
    members: list[Organization] = strawberry.field(description="Who of the compared take part, or may. NL: deelnemers.")
    excluded: list[Organization] = strawberry.field(description="Who expressly do not, as a source says. NL: uitgezonderd.")
    unknown: list[Organization] = strawberry.field(description=UNKNOWN)
    memberships: list[Membership] = strawberry.field(
        description="The memberships themselves, with role, period and claims; takesPart is false for those excluded. NL: deelnames."
    )


@strawberry.type(description="A contract that holds for at least one of the compared organisations. NL: vergeleken contract.")
class ComparedContract:
    contract: Contract = strawberry.field(description="The contract. NL: contract.")
    organizations: list[Organization] = strawberry.field(
        description="For whom it holds, or may: in its area and not excepted, or a buyer, provider or manager. NL: organisaties."
    )
    excluded: list[Organization] = strawberry.field(description=EXCLUDED)
    unknown: list[Organization] = strawberry.field(description=UNKNOWN)
    is_shared: bool = strawberry.field(description=SHARED)


@strawberry.type(description="A care function that is arranged for at least one of the compared organisations. NL: vergeleken zorgfunctie.")
class ComparedFunction:
    function: CareFunction = strawberry.field(description="The care function. NL: zorgfunctie.")
    organizations: list[Organization] = strawberry.field(
        description="For whom an arrangement delivers it, or may; how sure, for a municipality, coverageMatrix says. NL: organisaties."
    )
    excluded: list[Organization] = strawberry.field(description=EXCLUDED)
    unknown: list[Organization] = strawberry.field(description=UNKNOWN)
    is_shared: bool = strawberry.field(description=SHARED)


@strawberry.type(description="Organisations beside each other on a day. NL: vergelijking.")
class Comparison:
    context: TemporalContext = strawberry.field(description="What this answer was computed for. NL: peilmoment.")
    organizations: list[Organization] = strawberry.field(description="Who are compared, in the order of the question. NL: organisaties.")
    shared: list[ComparedMembership] = strawberry.field(description="What all of them take part in, by name. NL: gedeelde deelnames.")
    different: list[ComparedMembership] = strawberry.field(description="What only some of them take part in, by name. NL: verschillen.")
    contracts: list[ComparedContract] = strawberry.field(description="The contracts that hold for them, by name. NL: contracten.")
    functions: list[ComparedFunction] = strawberry.field(description="The care that is arranged for them, by name. NL: zorgfuncties.")


@strawberry.type(description="Questions that put things beside each other.")
class Comparing:
    @strawberry.field(description="What two to ten organisations share and in what they differ on a day. NL: vergelijking.")
    def compare(
        self,
        refs: Annotated[list[Ref], strawberry.argument(description="Which organisations, for example GM0479 and GM0439; two to ten.")],
        as_of: AsOf = UNSET,
    ) -> Comparison: ...
