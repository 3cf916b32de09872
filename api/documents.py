"""Documents, parsed and validated once, and their root fields, taken apart once for each signature of the variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLSchema,
    GraphQLSyntaxError,
    execute_sync,
    get_named_type,
    get_nullable_type,
    parse,
    type_from_ast,
    validate,
    value_from_ast_untyped,
)  # fmt: skip
from graphql.execution.values import get_variable_values
from graphql.language import FieldNode, OperationDefinitionNode, SelectionSetNode

from api.errors import SYNTAX, VALIDATION, VARIABLES, Formatted, of_graphql, of_request
from api.limits import MAX_COST, MAX_TOKENS
from api.pointed import POINTERS, signature
from api.schema import schema as strawberry_schema
from api.selection import Root, Selection
from graph.errors import BadInput

SCHEMA: GraphQLSchema = strawberry_schema._schema  # Strawberry keeps the graphql-core schema here; it has no public name for it
MAX_ERRORS = 20


class Refused(Exception):
    """The request is no question that can be asked; nothing was asked."""

    def __init__(self, errors: list[Formatted]) -> None:
        super().__init__(errors[0]["message"])
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation ready to be asked: its response keys in order, those of root fields, and a document of its introspection."""

    keys: tuple[str, ...]
    roots: Mapping[str, Root]
    introspection: DocumentNode | None

    def cost(self, raw: Mapping[str, Any]) -> int:
        """What its root fields cost together with these variables."""
        return sum(root.price(raw) for root in self.roots.values())

    def introspected(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """What the schema says of itself; graphql-core answers that. Raises Refused."""
        if self.introspection is None:
            return {}
        result = execute_sync(SCHEMA, self.introspection, variable_values=dict(raw))
        assert isinstance(result, ExecutionResult)
        if result.errors:
            raise Refused([of_graphql(error, VALIDATION) for error in result.errors])
        return dict(result.data or {})


@lru_cache(1024)
def _document(text: str) -> DocumentNode | tuple[Formatted, ...]:
    try:
        document = parse(text, max_tokens=MAX_TOKENS)
    except GraphQLSyntaxError as error:
        return (of_graphql(error, SYNTAX),)
    errors = validate(SCHEMA, document, max_errors=MAX_ERRORS)
    return tuple(of_graphql(e, VALIDATION) for e in errors) or document


def prepare(text: str, name: str | None, variables: Mapping[str, Any]) -> tuple[Operation, dict[str, Any]]:
    """The operation of a document and its variables with defaults filled in. Raises Refused."""
    document = _document(text)
    if isinstance(document, tuple):
        raise Refused(list(document))
    operation = _operation(document, name)
    coerced = get_variable_values(SCHEMA, operation.variable_definitions or (), dict(variables), max_errors=MAX_ERRORS)
    if isinstance(coerced, list):
        raise Refused([of_graphql(e, VARIABLES) for e in coerced])
    raw = _with_defaults(operation, variables)
    key = (text, name, tuple(_signature(raw.get(d.variable.name.value), type_from_ast(SCHEMA, d.type)) for d in _variables(operation)))
    if key not in _SELECTED:
        if len(_SELECTED) >= 2048:
            _SELECTED.clear()
        _SELECTED[key] = _selected(document, operation, raw)
    _afforded(_SELECTED[key].cost(raw))
    return _SELECTED[key], raw


def _afforded(requested: int) -> None:
    if requested > MAX_COST:
        error = of_request(
            "TOO_COSTLY",
            f"The question costs {requested}; at most {MAX_COST} is answered at once.",
            "Ask for smaller pages (first), or for less of each entry, and go on with the cursor.",
        )
        error["extensions"]["cost"] = {"requested": requested, "allowed": MAX_COST}
        raise Refused([error])


_SELECTED: dict[Any, Operation] = {}


def _variables(operation: OperationDefinitionNode) -> tuple[Any, ...]:
    return tuple(operation.variable_definitions or ())


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    found = [
        d for d in document.definitions if isinstance(d, OperationDefinitionNode) and (name is None or (d.name and d.name.value == name))
    ]
    if len(found) != 1:
        message = (
            "The document has several operations: say which by operationName." if found else f'The document has no operation "{name}".'
        )
        raise Refused([of_request("UNKNOWN_OPERATION", message, "Send operationName with the name of an operation of the document.")])
    return found[0]


def _with_defaults(operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> dict[str, Any]:
    out = {}
    for definition in _variables(operation):
        name = definition.variable.name.value
        if name in variables:
            out[name] = variables[name]
        elif definition.default_value is not None:
            out[name] = value_from_ast_untyped(definition.default_value)
    return out


_POINTING = {"ID": "ids", "_Any": "representations"}  # lists of which say what they point at


def _signature(value: Any, type_: Any) -> Any:
    """What of a variable shapes the plan: whether it is there, its words and switches, and the types of ids."""
    type_ = get_nullable_type(type_)
    if value is None or isinstance(value, bool) or isinstance(type_, GraphQLEnumType):
        return value
    if isinstance(type_, GraphQLInputObjectType):
        return tuple(sorted((name, _signature(v, type_.fields[name].type)) for name, v in value.items()))
    if isinstance(type_, GraphQLList):
        named, values = get_named_type(type_), value if isinstance(value, list) else [value]
        if isinstance(named, GraphQLEnumType | GraphQLInputObjectType):
            return tuple(_signature(v, named) for v in values)
        return signature(POINTERS[_POINTING[named.name]](values)) if named.name in _POINTING else "list"
    return str(value).partition("/")[0] if type_ is GraphQLID else "value"


def _selected(document: DocumentNode, operation: OperationDefinitionNode, raw: Mapping[str, Any]) -> Operation:
    selection = Selection(SCHEMA, document, operation, raw)
    try:
        keys, roots = selection.roots()
    except BadInput as error:
        raise Refused([{"message": error.message, "extensions": {"code": error.code, "remedy": error.remedy, **error.details}}]) from None
    introspection = [node for key, nodes in keys.items() if key not in roots for node in nodes]
    return Operation(tuple(keys), roots, _introspection(document, operation, introspection) if introspection else None)


def _introspection(document: DocumentNode, operation: OperationDefinitionNode, fields: list[FieldNode]) -> DocumentNode:
    """The document with no other root fields than these."""
    only = OperationDefinitionNode(
        operation=operation.operation, name=operation.name, variable_definitions=operation.variable_definitions, directives=(),
        selection_set=SelectionSetNode(selections=tuple(fields)),
    )  # fmt: skip
    return DocumentNode(definitions=(only, *(d for d in document.definitions if not isinstance(d, OperationDefinitionNode))))
