"""Paths: the shortest chains that lead from one thing to another on a day."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry import UNSET

from api.schema.coverage import PathStep
from api.schema.node import AsOf
from api.schema.scalars import Ref


@strawberry.type(description="A chain of steps from one thing to another. NL: pad.")
class GraphPath:
    length: int = strawberry.field(description="How many steps it has, for example 2. NL: lengte.")
    steps: list[PathStep] = strawberry.field(
        description="The steps, in order, each read in the direction in which it is taken. NL: stappen."
    )


@strawberry.type(description="Questions about how things hang together.")
class Connected:
    @strawberry.field(
        description="The shortest chains between two things over memberships, areas, contracts, providers, care functions and bodies that "
        "hold, or may, on the day: at most 10 of one length. Empty where both exist and no chain of at most maxLength steps is known; that "
        "one of them does not exist on the day is an error (NOT_ON_THAT_DAY). NL: hoe hangen zij samen."
    )
    def path(
        self,
        from_: Annotated[Ref, strawberry.argument(name="from", description="Where the chains begin, for example GM0479.")],
        to: Annotated[Ref, strawberry.argument(description="Where the chains end, for example parlan.")],
        as_of: AsOf = UNSET,
        max_length: Annotated[int | None, strawberry.argument(description="At most this many steps, 1 to 10.")] = 6,
    ) -> list[GraphPath]: ...
