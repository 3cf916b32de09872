"""Regiograaf as a subgraph (Apollo Federation v2): how a gateway reads the schema, and asks for things by what others know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NewType, Union

import strawberry
from graphql import parse, print_ast
from graphql.language import DefinitionNode, FieldDefinitionNode, NameNode, ObjectTypeDefinitionNode
from strawberry.types.scalar import ScalarDefinition

from api.schema.entities import ENTITIES
from api.schema.entity import Entity

LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])'
KEYS = {entity.__name__: ("uri", "id") for entity in ENTITIES} | {"Municipality": ("uri", "id", "code")}
SHARED = ("PageInfo",)  # every subgraph with pages has it, field for field, as Relay defines it
OWN = ("_Any", "_Entity", "_Service")

Representation = NewType("Representation", dict[str, Any])
REPRESENTATION: ScalarDefinition = strawberry.scalar(
    name="_Any",
    description='A thing by its type and one of its keys, for example {"__typename": "Municipality", "code": "GM0479"}. For gateways.',
    specified_by_url="https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec#scalar-_any",
    parse_value=lambda value: value,
)
if TYPE_CHECKING:
    Keyed = Entity
else:
    Keyed = Annotated[
        Union[ENTITIES],  # noqa: UP007  the list is a value
        strawberry.union("_Entity", description="Any entity that another subgraph can refer to. For gateways."),
    ]


@strawberry.type(name="_Service", description="What a gateway reads of this service.")
class Service:
    sdl: str = strawberry.field(description="The schema with the directives of Apollo Federation.")


@strawberry.type(description="Questions of a gateway that puts this schema together with others.")
class Federated:
    @strawberry.field(
        name="_entities",
        description="The things that the representations stand for, in the same order, as on the day that an id carries, else today; "
        "null, with an error that says why, where there is none. At most 250. For gateways.",
    )
    def entities(
        self,
        representations: Annotated[
            list[Representation],
            strawberry.argument(description='What they are pointed at by: uri, id or, of a municipality, code, for example "GM0479".'),
        ],
    ) -> list[Keyed | None]: ...

    @strawberry.field(name="_service", description="What a gateway reads of this service.")
    def service(self, info: strawberry.Info) -> Service:
        return Service(sdl=subgraph(info.schema.as_str()))


def subgraph(sdl: str) -> str:
    """The schema as a gateway composes it: with keys, and without what every subgraph has."""
    definitions = [_keyed(node) for node in parse(sdl).definitions if _named(node) not in OWN]
    return "\n\n".join([LINK, *(print_ast(node) for node in definitions)]) + "\n"


def _named(node: DefinitionNode) -> str:
    name = getattr(node, "name", None)
    return name.value if isinstance(name, NameNode) else ""


def _keyed(node: DefinitionNode) -> DefinitionNode:
    if not isinstance(node, ObjectTypeDefinitionNode):
        return node
    keys = "".join(f' @key(fields: "{key}")' for key in KEYS.get(node.name.value, ())) + " @shareable" * (node.name.value in SHARED)
    (bare,) = parse(f"type X{keys} {{ x: Int }}").definitions
    assert isinstance(bare, ObjectTypeDefinitionNode)
    fields: list[FieldDefinitionNode] = [f for f in node.fields or () if not f.name.value.startswith("_")]
    return ObjectTypeDefinitionNode(
        name=node.name, description=node.description, interfaces=node.interfaces, directives=bare.directives, fields=tuple(fields)
    )
