"""The GraphQL schema: types, descriptions and the form of what is asked. It knows no graph and answers nothing but introspection."""

from __future__ import annotations

import strawberry
from strawberry.schema.config import StrawberryConfig

from api.limits import DESCRIPTION
from api.schema.care import CareFunction, Procurement
from api.schema.collaboration import Collaboration
from api.schema.contract import Contract
from api.schema.federation import REPRESENTATION, Representation
from api.schema.governance import GovernanceBody, PublicBody
from api.schema.municipality import Municipality
from api.schema.provider import Provider
from api.schema.query import Query
from api.schema.region import Region
from api.schema.scalars import SCALARS

ENTITIES = (Municipality, Region, Collaboration, Provider, PublicBody, GovernanceBody, CareFunction, Procurement, Contract)

schema = strawberry.Schema(query=Query, types=ENTITIES, config=StrawberryConfig(scalar_map=SCALARS | {Representation: REPRESENTATION}))
schema._schema.description = DESCRIPTION  # Strawberry has no way to give it one


def sdl() -> str:
    """The schema as clients read it; `api/schema.graphql` is a copy that a test keeps equal."""
    return f'"""\n{DESCRIPTION}\n"""\nschema {{\n  query: Query\n}}\n\n{schema.as_str()}\n'
