"""Documents, parsed and validated once, and their root fields, taken apart once for each signature of the variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSyntaxError,
    Undefined,
    execute_sync,
    parse,
    validate,
    value_from_ast_untyped,
)  # fmt: skip
from graphql.execution.values import get_variable_values
from graphql.language import FieldNode, OperationDefinitionNode, SelectionSetNode

from api.documents.cost import HEAVY
from api.documents.lru import LruCache
from api.documents.saved import field_value, saved
from api.documents.selection import OWN, Root, Selection
from api.documents.variables import Variable, declared, fitting, signature, with_defaults
from api.errors import SYNTAX, VALIDATION, VARIABLES, Formatted, of_graphql, of_request
from api.limits import MAX_COST, MAX_TOKENS
from api.schema import schema as strawberry_schema
from graph.domain.languages import DEFAULT
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
    """An operation ready to be asked: its response keys in order, its root fields, the values that need no store, and a document
    with its introspection."""

    keys: tuple[str, ...]
    roots: Mapping[str, Root]
    own: Mapping[str, Any]
    introspection: DocumentNode | None

    def heavy(self, raw: Mapping[str, Any]) -> bool:
        """Returns if it is expensive with these variables, so that cheap questions may pass it."""
        return self.cost(raw) > HEAVY

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
def document_of(text: str) -> DocumentNode | tuple[Formatted, ...]:
    """A document, parsed and validated, or what is wrong with it; kept for the next time."""
    try:
        document = parse(text, max_tokens=MAX_TOKENS)
    except GraphQLSyntaxError as error:
        return (of_graphql(error, SYNTAX),)
    errors = validate(SCHEMA, document, max_errors=MAX_ERRORS)
    return tuple(of_graphql(e, VALIDATION) for e in errors) or document


def prepare(text: str, name: str | None, given: Mapping[str, Any]) -> tuple[Operation, dict[str, Any]]:
    """The operation of a document and its variables with defaults filled in. Raises Refused."""
    document, definition, variables = operation_of(text, name)
    if not fitting(variables, given):
        coerced = get_variable_values(SCHEMA, definition.variable_definitions or (), dict(given), max_errors=MAX_ERRORS)
        if isinstance(coerced, list):
            raise Refused([of_graphql(e, VARIABLES) for e in coerced])
    raw = with_defaults(variables, given)
    key = (text, name, signature(variables, raw))
    operation = OPERATIONS.get(key)
    if operation is None:
        operation = _selected(document, definition, raw)
        OPERATIONS.put(key, operation)
    _check_price(operation, raw)
    return operation, raw


def _check_price(operation: Operation, raw: Mapping[str, Any]) -> None:
    """Raises Refused if the operation costs too much with these variables, or points at too many things."""
    try:
        requested = operation.cost(raw)
    except BadInput as wrong:
        raise _of(wrong) from None
    if requested > MAX_COST:
        error = of_request(
            "TOO_COSTLY",
            f"The question costs {requested}; at most {MAX_COST} is answered at once.",
            "Ask for smaller pages (first), or for less of each entry, and go on with the cursor.",
        )
        error["extensions"]["cost"] = {"requested": requested, "allowed": MAX_COST}
        raise Refused([error])


OPERATIONS: LruCache[Any, Operation] = LruCache(2048)  # taking a selection apart and finding its plan takes milliseconds


@lru_cache(1024)
def operation_of(text: str, name: str | None) -> tuple[DocumentNode, OperationDefinitionNode, tuple[Variable, ...]]:
    document = document_of(text)
    if isinstance(document, tuple):
        raise Refused(list(document))
    definition = _operation(document, name)
    return document, definition, declared(SCHEMA, definition)


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


def _selected(document: DocumentNode, operation: OperationDefinitionNode, raw: Mapping[str, Any]) -> Operation:
    selection = Selection(SCHEMA, document, operation, raw)
    try:
        keys, roots = selection.roots()
    except BadInput as error:
        raise _of(error) from None
    own = {key: _own(selection, nodes) for key, nodes in keys.items() if nodes[0].name.value in OWN}
    introspection = [node for key, nodes in keys.items() if key not in roots and key not in own for node in nodes]
    return Operation(
        tuple(keys),
        roots,
        own,
        _introspection(document, operation, introspection) if introspection else None,
    )


def _of(error: BadInput) -> Refused:
    return Refused([{"message": error.message, "extensions": {"code": error.code, "remedy": error.remedy, **error.details}}])


def _own(selection: Selection, nodes: list[FieldNode]) -> list[dict[str, str]]:
    """What the interface says of itself: the saved questions, each with the fields that are asked of it."""
    type_ = SCHEMA.get_type("SavedQuestion")
    assert isinstance(type_, GraphQLObjectType)
    asked = selection.applied.fields([n.selection_set for n in nodes if n.selection_set], type_)
    shown = {key: (fields[0].name.value, _language(fields[0], selection.raw)) for key, fields in asked.items()}
    return [
        {key: type_.name if name == "__typename" else field_value(one, name, lang) for key, (name, lang) in shown.items()}
        for one in saved().values()
    ]


def _language(node: FieldNode, raw: Mapping[str, Any]) -> str:
    given = next((value_from_ast_untyped(a.value, dict(raw)) for a in node.arguments or ()), Undefined)
    return DEFAULT if given is Undefined else str(given)


def _introspection(document: DocumentNode, operation: OperationDefinitionNode, fields: list[FieldNode]) -> DocumentNode:
    """The document with no other root fields than these."""
    only = OperationDefinitionNode(
        operation=operation.operation, name=operation.name, variable_definitions=operation.variable_definitions, directives=(),
        selection_set=SelectionSetNode(selections=tuple(fields)),
    )  # fmt: skip
    return DocumentNode(definitions=(only, *(d for d in document.definitions if not isinstance(d, OperationDefinitionNode))))
