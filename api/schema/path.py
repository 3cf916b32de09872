"""Paths: the shortest chains from one entity to another on a day."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry import UNSET

from api.schema.coverage import PathStep
from api.schema.node import AsOf
from api.schema.scalars import Ref


@strawberry.type(description="A chain of steps from one entity to another. NL: pad.")
class GraphPath:
    length: int = strawberry.field(description="The number of its steps, for example 2. NL: lengte.")
    steps: list[PathStep] = strawberry.field(
        description="The steps in order; each label reads from the start of its step to the end. NL: stappen."
    )


@strawberry.type(description="Questions about the connections between entities.")
class Connected:
    @strawberry.field(
        description="The shortest chains between two entities over memberships, areas, contracts, providers, care functions and "
        "bodies that certainly or possibly hold on the day: at most 10, of one length. A contract or collaboration that excepts a "
        "municipality does not link its area to a chain over that municipality: if what is nearest goes through such an exception, the "
        "shortest chain that does not is given. Empty if both exist and no such chain of at most maxLength steps is known. An entity "
        "that does not exist on the day is an error (NOT_ON_THAT_DAY). NL: hoe hangen zij samen."
    )
    def path(
        self,
        from_: Annotated[Ref, strawberry.argument(name="from", description="The start of the chains, for example GM0479.")],
        to: Annotated[Ref, strawberry.argument(description="The end of the chains, for example parlan.")],
        as_of: AsOf = UNSET,
        max_length: Annotated[int | None, strawberry.argument(description="The maximum number of steps, 1 to 10.")] = 6,
    ) -> list[GraphPath] | None: ...
