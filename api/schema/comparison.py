"""Comparisons of organisations: what they share, and how they differ."""

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

SHARED = "Whether it applies to all compared organisations. NL: gedeeld."
EXCLUDED = "The organisations that an arrangement expressly excepts and that no other arrangement covers. NL: uitgezonderd."
UNKNOWN = "The organisations for which no source says so on that day. That is not the same as no. NL: onbekend."


@strawberry.type(description="Something that at least one of the compared organisations takes part in. NL: vergeleken deelname.")
class ComparedMembership:
    organization: Organization = strawberry.field(
        description="The organisation that they take part in, for example Noordje. NL: organisatie."
    )
    members: list[Organization] = strawberry.field(
        description="The compared organisations that take part, certainly or possibly. NL: deelnemers."
    )
    excluded: list[Organization] = strawberry.field(
        description="The compared organisations that expressly do not take part, according to a source. NL: uitgezonderd."
    )
    unknown: list[Organization] = strawberry.field(description=UNKNOWN)
    memberships: list[Membership] = strawberry.field(
        description="The memberships, with role, period and claims; takesPart is false for excluded organisations. NL: deelnames."
    )


@strawberry.type(description="A contract that holds for at least one of the compared organisations. NL: vergeleken contract.")
class ComparedContract:
    contract: Contract = strawberry.field(description="The contract. NL: contract.")
    organizations: list[Organization] = strawberry.field(
        description="The organisations to which it applies, certainly or possibly: in its area and not excepted, or a buyer, "
        "provider or manager. NL: organisaties."
    )
    excluded: list[Organization] = strawberry.field(description=EXCLUDED)
    unknown: list[Organization] = strawberry.field(description=UNKNOWN)
    is_shared: bool = strawberry.field(description=SHARED)


@strawberry.type(description="A care function that is arranged for at least one of the compared organisations. NL: vergeleken zorgfunctie.")
class ComparedFunction:
    function: CareFunction = strawberry.field(description="The care function. NL: zorgfunctie.")
    organizations: list[Organization] = strawberry.field(
        description="The organisations for which an arrangement delivers it, certainly or possibly. For municipalities "
        "coverageMatrix says how certain that is. NL: organisaties."
    )
    excluded: list[Organization] = strawberry.field(description=EXCLUDED)
    unknown: list[Organization] = strawberry.field(description=UNKNOWN)
    is_shared: bool = strawberry.field(description=SHARED)


@strawberry.type(description="A comparison of organisations on a day. NL: vergelijking.")
class Comparison:
    context: TemporalContext = strawberry.field(description="The day and the data version of this answer. NL: peilmoment.")
    organizations: list[Organization] = strawberry.field(
        description="The compared organisations, in the order of the question. NL: organisaties."
    )
    shared: list[ComparedMembership] = strawberry.field(
        description="What all of them take part in, sorted by name. NL: gedeelde deelnames."
    )
    different: list[ComparedMembership] = strawberry.field(
        description="What only some of them take part in, sorted by name. NL: verschillen."
    )
    contracts: list[ComparedContract] = strawberry.field(description="The contracts that apply to them, sorted by name. NL: contracten.")
    functions: list[ComparedFunction] = strawberry.field(
        description="The care functions that are arranged for them, sorted by name. NL: zorgfuncties."
    )


@strawberry.type(description="Questions that compare entities.")
class Comparing:
    @strawberry.field(description="What two to ten organisations share, and how they differ, on a day. NL: vergelijking.")
    def compare(
        self,
        refs: Annotated[list[Ref], strawberry.argument(description="The organisations, two to ten, for example GM0479 and GM0439.")],
        as_of: AsOf = UNSET,
    ) -> Comparison | None: ...
