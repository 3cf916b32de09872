"""Checks the variables of an operation, fills in defaults, and computes their signature.

Types are looked up once for each operation. graphql-core coerces scalars and enums. If a value does
not fit, the caller lets graphql-core coerce all variables, and reports its errors.
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
)  # fmt: skip
from graphql.language import OperationDefinitionNode

from api.documents.ids import POINTERS
from api.documents.ids import signature as signature_of_pointers
from api.documents.literals import literal_value

Fits = Callable[[Any], bool]
_POINTER_LISTS = {"ID": "ids", "_Any": "representations"}  # the argument for lists of these types


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable as an operation declares it; `default` is Undefined if it has none."""

    name: str
    type: Any
    default: Any
    fits: Fits

    @property
    def required(self) -> bool:
        return isinstance(self.type, GraphQLNonNull) and self.default is Undefined


def declared(schema: GraphQLSchema, operation: OperationDefinitionNode) -> tuple[Variable, ...]:
    """Returns the variables of a valid operation."""
    out = []
    for definition in operation.variable_definitions or ():
        type_: Any = type_from_ast(schema, definition.type)
        default = Undefined if definition.default_value is None else literal_value(definition.default_value)
        out.append(Variable(definition.variable.name.value, type_, default, _fits(type_)))
    return tuple(out)


def all_fit(variables: tuple[Variable, ...], values: Mapping[str, Any]) -> bool:
    """Returns if graphql-core accepts these values."""
    return all(v.fits(values[v.name]) if v.name in values else not v.required for v in variables)


def with_defaults(variables: tuple[Variable, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the values of the declared variables, with defaults for those that were not sent."""
    declared_values = ((v.name, values.get(v.name, v.default)) for v in variables)
    return {name: value for name, value in declared_values if value is not Undefined}


def signature(variables: tuple[Variable, ...], raw: Mapping[str, Any]) -> tuple[Any, ...]:
    """Returns a value that is equal for variables with the same plan."""
    return tuple(_signature(raw.get(v.name), v.type) for v in variables)


def _fits(type_: Any) -> Fits:
    """Returns the check of a type."""
    if isinstance(type_, GraphQLNonNull):
        inner = _fits(type_.of_type)
        return lambda value: value is not None and inner(value)
    if isinstance(type_, GraphQLList):
        item = _fits(type_.of_type)
        return lambda value: value is None or (all(map(item, value)) if isinstance(value, list) else item(value))
    if isinstance(type_, GraphQLInputObjectType):
        return _fits_object(type_)

    def leaf(value: Any) -> bool:
        if value is None:
            return True
        try:
            return type_.coerce_input_value(value) is not Undefined
        except Exception:  # graphql-core treats whatever a scalar raises as an invalid value
            return False

    return leaf


_OF_INPUTS: dict[GraphQLInputObjectType, Fits] = {}  # one check of each input type of the schema, which may be recursive


def _fits_object(type_: GraphQLInputObjectType) -> Fits:
    if type_ in _OF_INPUTS:
        return _OF_INPUTS[type_]
    if type_.is_one_of:
        return lambda value: False  # left to graphql-core
    fields: dict[str, Fits] = {}
    required: list[str] = []

    def fits(value: Any) -> bool:
        if value is None:
            return True
        return (
            isinstance(value, dict)
            and all(name in fields and fields[name](each) for name, each in value.items())
            and all(name in value for name in required)
        )

    _OF_INPUTS[type_] = fits
    for name, field in type_.fields.items():
        fields[name] = _fits(field.type)
        if is_required_input_field(field):
            required.append(name)
    return fits


def _signature(value: Any, type_: Any) -> Any:
    """Returns the part of a value that the plan depends on: null, enums, booleans, types of ids."""
    type_ = get_nullable_type(type_)
    if value is None or isinstance(value, bool) or isinstance(type_, GraphQLEnumType):
        return value
    if isinstance(type_, GraphQLInputObjectType):
        return tuple(sorted((name, _signature(v, type_.fields[name].type)) for name, v in value.items()))
    if isinstance(type_, GraphQLList):
        named, values = get_named_type(type_), value if isinstance(value, list) else [value]
        if isinstance(named, GraphQLEnumType | GraphQLInputObjectType):
            return tuple(_signature(v, named) for v in values)
        return signature_of_pointers(POINTERS[_POINTER_LISTS[named.name]](values)) if named.name in _POINTER_LISTS else "list"
    return str(value).partition("/")[0] if type_ is GraphQLID else "value"
