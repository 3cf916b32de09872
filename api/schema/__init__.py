"""The GraphQL schema: types, arguments and descriptions. It knows no graph and answers nothing but introspection."""

from __future__ import annotations

import strawberry
from strawberry.schema.config import StrawberryConfig

from api.limits import DESCRIPTION
from api.schema.entities import ENTITIES
from api.schema.federation import REPRESENTATION, Representation
from api.schema.query import Query
from api.schema.scalars import SCALARS

schema = strawberry.Schema(query=Query, types=ENTITIES, config=StrawberryConfig(scalar_map=SCALARS | {Representation: REPRESENTATION}))
schema._schema.description = DESCRIPTION  # Strawberry has no way to give it one


def sdl() -> str:
    """Returns the schema as clients read it. A test keeps its copy `api/schema.graphql` equal."""
    return f'"""\n{DESCRIPTION}\n"""\nschema {{\n  query: Query\n}}\n\n{schema.as_str()}\n'
