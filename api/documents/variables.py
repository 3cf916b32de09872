"""The variables of an operation: whether values fit their types, their defaults, and what of them shapes the plan.

Types are looked up once for each operation. Whether a value fits is decided with graphql-core's own reading of scalars and
words; what does not fit is given to graphql-core whole, which finds the words for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    Undefined,
    get_named_type,
    get_nullable_type,
    is_required_input_field,
    type_from_ast,
    value_from_ast_untyped,
)  # fmt: skip
from graphql.language import OperationDefinitionNode

from api.documents.ids import POINTERS
from api.documents.ids import signature as pointed

Fits = Callable[[Any], bool]
_POINTING = {"ID": "ids", "_Any": "representations"}  # lists of which say what they point at


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable as an operation declares it; `default` is Undefined where there is none."""

    name: str
    type: Any
    default: Any
    fits: Fits

    @property
    def required(self) -> bool:
        return isinstance(self.type, GraphQLNonNull) and self.default is Undefined


def declared(schema: GraphQLSchema, operation: OperationDefinitionNode) -> tuple[Variable, ...]:
    """The variables of a valid operation."""
    out = []
    for definition in operation.variable_definitions or ():
        type_: Any = type_from_ast(schema, definition.type)
        default = Undefined if definition.default_value is None else value_from_ast_untyped(definition.default_value)
        out.append(Variable(definition.variable.name.value, type_, default, _fits(type_, {})))
    return tuple(out)


def fitting(variables: tuple[Variable, ...], given: Mapping[str, Any]) -> bool:
    """Whether graphql-core would take these values."""
    return all(v.fits(given[v.name]) if v.name in given else not v.required for v in variables)


def with_defaults(variables: tuple[Variable, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent of the declared variables, and the defaults of the others."""
    found = ((v.name, given.get(v.name, v.default)) for v in variables)
    return {name: value for name, value in found if value is not Undefined}


def signature(variables: tuple[Variable, ...], raw: Mapping[str, Any]) -> tuple[Any, ...]:
    """Equal for values that make the same plan."""
    return tuple(_shaping(raw.get(v.name), v.type) for v in variables)


def _fits(type_: Any, made: dict[str, Fits]) -> Fits:
    """The test of a type; `made` breaks the circle of input types that hold themselves."""
    if isinstance(type_, GraphQLNonNull):
        inner = _fits(type_.of_type, made)
        return lambda value: value is not None and inner(value)
    if isinstance(type_, GraphQLList):
        item = _fits(type_.of_type, made)
        return lambda value: value is None or (all(map(item, value)) if isinstance(value, list) else item(value))
    if isinstance(type_, GraphQLInputObjectType):
        return _fits_object(type_, made)

    def leaf(value: Any) -> bool:
        if value is None:
            return True
        try:
            return type_.coerce_input_value(value) is not Undefined
        except Exception:  # whatever a scalar raises means the same to graphql-core
            return False

    return leaf


def _fits_object(type_: GraphQLInputObjectType, made: dict[str, Fits]) -> Fits:
    if type_.name in made:
        return made[type_.name]
    if type_.is_one_of:
        return lambda value: False  # left to graphql-core
    fields: dict[str, Fits] = {}
    needed: list[str] = []

    def fits(value: Any) -> bool:
        if value is None:
            return True
        return (
            isinstance(value, dict)
            and all(name in fields and fields[name](each) for name, each in value.items())
            and all(name in value for name in needed)
        )

    made[type_.name] = fits
    for name, field in type_.fields.items():
        fields[name] = _fits(field.type, made)
        if is_required_input_field(field):
            needed.append(name)
    return fits


def _shaping(value: Any, type_: Any) -> Any:
    """What of a variable shapes the plan: whether it is there, its words and switches, and the types of ids."""
    type_ = get_nullable_type(type_)
    if value is None or isinstance(value, bool) or isinstance(type_, GraphQLEnumType):
        return value
    if isinstance(type_, GraphQLInputObjectType):
        return tuple(sorted((name, _shaping(v, type_.fields[name].type)) for name, v in value.items()))
    if isinstance(type_, GraphQLList):
        named, values = get_named_type(type_), value if isinstance(value, list) else [value]
        if isinstance(named, GraphQLEnumType | GraphQLInputObjectType):
            return tuple(_shaping(v, named) for v in values)
        return pointed(POINTERS[_POINTING[named.name]](values)) if named.name in _POINTING else "list"
    return str(value).partition("/")[0] if type_ is GraphQLID else "value"
