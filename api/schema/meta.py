"""Information about the service and its data."""

from __future__ import annotations

import strawberry

from api.schema.provenance import Dataset, Source
from api.schema.scalars import DateTime
from api.schema.time import Period


@strawberry.type(description="The number of entities of one type. NL: telling.")
class EntityCount:
    type: str = strawberry.field(description="The type, for example Municipality.")
    count: int = strawberry.field(description="The number of entities, of all times. NL: aantal.")


@strawberry.type(description="Information about the service and its data. NL: over deze dienst.")
class Meta:
    api_version: str = strawberry.field(description="The version of this API, for example 1.0.0. NL: versie.")
    data_version: str = strawberry.field(description="The version of the data that answers come from. NL: gegevensversie.")
    generated_at: DateTime = strawberry.field(description="When the graph was built from the claims. NL: opgebouwd op.")
    counts: list[EntityCount] = strawberry.field(description="The number of entities of each type. NL: aantallen.")
    datasets: list[Dataset] = strawberry.field(
        description="The datasets that the claims come in; of what none of them speaks, the data says nothing. NL: gegevenssets."
    )
    sources: list[Source] = strawberry.field(description="The documents and registries behind the data. NL: bronnen.")
    open_conflicts: int = strawberry.field(description="The number of open conflicts. NL: open tegenspraken.")
    time_span: Period = strawberry.field(description="The period from the first to the last day in the claims. NL: tijdspanne.")
    engine: str = strawberry.field(description="The engine that holds the graph, neo4j or embedded. NL: opslag.")
