"""What the service says of itself and of the data that it answers from."""

from __future__ import annotations

import strawberry

from api.schema.provenance import Source
from api.schema.scalars import DateTime
from api.schema.time import Period


@strawberry.type(description="How many things there are of one type.")
class EntityCount:
    type: str = strawberry.field(description="The type, for example Municipality.")
    count: int = strawberry.field(description="How many there are, of all times. NL: aantal.")


@strawberry.type(description="What the service says of itself and its data.")
class Meta:
    api_version: str = strawberry.field(description="The version of this interface, for example 1.0.0.")
    data_version: str = strawberry.field(description="The version of the claims that answers are computed from. NL: gegevensversie.")
    generated_at: DateTime = strawberry.field(description="When the graph was built from the claims.")
    counts: list[EntityCount] = strawberry.field(description="How many things there are of each type. NL: aantallen.")
    sources: list[Source] = strawberry.field(description="The documents and registries behind the data. NL: bronnen.")
    open_conflicts: int = strawberry.field(description="How many conflicts nothing settles. NL: open tegenspraken.")
    time_span: Period = strawberry.field(description="From the first day to the last of which the claims speak. NL: tijdspanne.")
    engine: str = strawberry.field(description="The engine that holds the graph: neo4j or embedded.")
