"""Parses and validates a document once, and plans it once for each signature of its variables."""

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
from api.documents.selection import STORELESS, Root, Selection
from api.documents.variables import Variable, all_fit, declared, signature, with_defaults
from api.errors import SYNTAX, VALIDATION, VARIABLES, Formatted, of_graphql, of_request
from api.limits import MAX_COST, MAX_TOKENS
from api.schema import schema as strawberry_schema
from graph.domain.languages import DEFAULT
from graph.errors import BadInput

SCHEMA: GraphQLSchema = strawberry_schema._schema  # Strawberry has no public name for it
MAX_ERRORS = 20


class Refused(Exception):
    """The request cannot be answered; nothing was read from the store."""

    def __init__(self, errors: list[Formatted]) -> None:
        super().__init__(errors[0]["message"])
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Operation:
    """A planned operation: its response keys in order, and its root fields.

    `storeless` holds the values that need no store, by response key. `introspection` is a document
    with the root fields that graphql-core answers.
    """

    keys: tuple[str, ...]
    roots: Mapping[str, Root]
    storeless: Mapping[str, Any]
    introspection: DocumentNode | None

    def heavy(self, raw: Mapping[str, Any]) -> bool:
        """Returns if the operation is so expensive that cheap questions may pass it."""
        return self.cost(raw) > HEAVY

    def cost(self, raw: Mapping[str, Any]) -> int:
        """Returns the total cost of the root fields with these variables."""
        return sum(root.price(raw) for root in self.roots.values())

    def introspected(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Answers introspection with graphql-core. Raises Refused."""
        if self.introspection is None:
            return {}
        result = execute_sync(SCHEMA, self.introspection, variable_values=dict(raw))
        assert isinstance(result, ExecutionResult)
        if result.errors:
            raise Refused([of_graphql(error, VALIDATION) for error in result.errors])
        return dict(result.data or {})


@lru_cache(1024)
def document_of(text: str) -> DocumentNode | tuple[Formatted, ...]:
    """Parses and validates a document. Returns it, or its errors, from a cache."""
    try:
        document = parse(text, max_tokens=MAX_TOKENS)
    except GraphQLSyntaxError as error:
        return (of_graphql(error, SYNTAX),)
    errors = validate(SCHEMA, document, max_errors=MAX_ERRORS)
    return tuple(of_graphql(e, VALIDATION) for e in errors) or document


def prepare(text: str, name: str | None, sent: Mapping[str, Any]) -> tuple[Operation, dict[str, Any]]:
    """Returns the planned operation and its variables with their defaults. Raises Refused."""
    document, definition, variables = operation_of(text, name)
    if not all_fit(variables, sent):
        coerced = get_variable_values(SCHEMA, definition.variable_definitions or (), dict(sent), max_errors=MAX_ERRORS)
        if isinstance(coerced, list):
            raise Refused([of_graphql(e, VARIABLES) for e in coerced])
    raw = with_defaults(variables, sent)
    key = (text, name, signature(variables, raw))
    operation = OPERATIONS.get(key)
    if operation is None:
        operation = _plan(document, definition, raw)
        OPERATIONS.put(key, operation)
    _check_price(operation, raw)
    return operation, raw


def _check_price(operation: Operation, raw: Mapping[str, Any]) -> None:
    """Raises Refused if the operation costs too much, or names too many entities."""
    try:
        requested = operation.cost(raw)
    except BadInput as error:
        raise _refused(error) from None
    if requested > MAX_COST:
        too_costly = of_request(
            "TOO_COSTLY",
            f"The question costs {requested}; at most {MAX_COST} is answered at once.",
            "Ask for smaller pages (first), or for less of each entry, and go on with the cursor.",
        )
        too_costly["extensions"]["cost"] = {"requested": requested, "allowed": MAX_COST}
        raise Refused([too_costly])


OPERATIONS: LruCache[Any, Operation] = LruCache(2048)  # planning takes milliseconds


@lru_cache(1024)
def operation_of(text: str, name: str | None) -> tuple[DocumentNode, OperationDefinitionNode, tuple[Variable, ...]]:
    """Returns a document, its operation of this name, and the variables of that. Raises Refused."""
    document = document_of(text)
    if isinstance(document, tuple):
        raise Refused(list(document))
    definition = _operation(document, name)
    return document, definition, declared(SCHEMA, definition)


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [
        d for d in document.definitions if isinstance(d, OperationDefinitionNode) and (name is None or (d.name and d.name.value == name))
    ]
    if len(operations) != 1:
        message = (
            "The document has several operations: say which by operationName." if operations else f'The document has no operation "{name}".'
        )
        raise Refused([of_request("UNKNOWN_OPERATION", message, "Send operationName with the name of an operation of the document.")])
    return operations[0]


def _plan(document: DocumentNode, operation: OperationDefinitionNode, raw: Mapping[str, Any]) -> Operation:
    selection = Selection(SCHEMA, document, operation, raw)
    try:
        keys, roots = selection.roots()
        storeless = {key: _saved_questions(selection, nodes) for key, nodes in keys.items() if nodes[0].name.value in STORELESS}
    except BadInput as error:
        raise _refused(error) from None
    introspection = [node for key, nodes in keys.items() if key not in roots and key not in storeless for node in nodes]
    return Operation(
        tuple(keys),
        roots,
        storeless,
        _introspection(document, operation, introspection) if introspection else None,
    )


def _refused(error: BadInput) -> Refused:
    return Refused([{"message": error.message, "extensions": {"code": error.code, "remedy": error.remedy, **error.details}}])


def _saved_questions(selection: Selection, nodes: list[FieldNode]) -> list[dict[str, str]]:
    """Returns the saved questions, each with the selected fields."""
    type_ = SCHEMA.get_type("SavedQuestion")
    assert isinstance(type_, GraphQLObjectType)
    selected = selection.collector.collect([n.selection_set for n in nodes if n.selection_set], type_)
    fields = {key: (nodes[0].name.value, _language(nodes[0], selection.raw)) for key, nodes in selected.items()}
    return [
        {key: type_.name if name == "__typename" else field_value(question, name, lang) for key, (name, lang) in fields.items()}
        for question in saved().values()
    ]


def _language(node: FieldNode, raw: Mapping[str, Any]) -> str:
    language = next((value_from_ast_untyped(a.value, dict(raw)) for a in node.arguments or ()), Undefined)
    return DEFAULT if language is Undefined else str(language)


def _introspection(document: DocumentNode, operation: OperationDefinitionNode, fields: list[FieldNode]) -> DocumentNode:
    """Returns the document with these root fields only."""
    only = OperationDefinitionNode(
        operation=operation.operation, name=operation.name, variable_definitions=operation.variable_definitions, directives=(),
        selection_set=SelectionSetNode(selections=tuple(fields)),
    )  # fmt: skip
    return DocumentNode(definitions=(only, *(d for d in document.definitions if not isinstance(d, OperationDefinitionNode))))
