"""The GraphQL schema: types, descriptions and the form of what is asked. It knows no graph and answers nothing but introspection."""

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
    """The schema as clients read it; `api/schema.graphql` is a copy that a test keeps equal."""
    return f'"""\n{DESCRIPTION}\n"""\nschema {{\n  query: Query\n}}\n\n{schema.as_str()}\n'
