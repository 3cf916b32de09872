"""Parses and validates a document once, and plans it once for each signature of its variables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
)  # fmt: skip
from graphql.execution.values import get_variable_values
from graphql.language import FieldNode, OperationDefinitionNode, SelectionSetNode

from api.documents.cost import HEAVY
from api.documents.literals import literal_value
from api.documents.lru import LruCache
from api.documents.saved import SavedQuestions, field_value
from api.documents.selection import STORELESS, Root, Selection
from api.documents.variables import Variable, all_fit, declared, signature, with_defaults
from api.errors import SYNTAX, VALIDATION, VARIABLES, Formatted, of_graphql, of_ours, of_request
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

    `storeless` has, by response key, the root fields that need no store: each returns its value from
    the saved questions of the server. `introspection` is a document with the root fields that
    graphql-core answers.
    """

    keys: tuple[str, ...]
    roots: Mapping[str, Root]
    storeless: Mapping[str, Callable[[SavedQuestions], Any]]
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


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document: its operations, each with the variables that it declares."""

    node: DocumentNode
    operations: tuple[tuple[OperationDefinitionNode, tuple[Variable, ...]], ...]


DOCUMENTS: LruCache[str, Document | tuple[Formatted, ...]] = LruCache(1024)
OPERATIONS: LruCache[Any, Operation] = LruCache(2048)


def document_of(text: str) -> Document | tuple[Formatted, ...]:
    """Returns a document, or its errors, from a cache."""
    return DOCUMENTS.get_or_make(text, lambda: _parsed(text))


def variables_of(text: str) -> frozenset[str]:
    """Returns the names of the variables that the operations of a valid document declare."""
    document = document_of(text)
    if isinstance(document, tuple):
        raise Refused(list(document))
    return frozenset(variable.name for _, variables in document.operations for variable in variables)


def _parsed(text: str) -> Document | tuple[Formatted, ...]:
    try:
        document = parse(text, max_tokens=MAX_TOKENS)
    except GraphQLSyntaxError as error:
        return (of_graphql(error, SYNTAX),)
    if errors := validate(SCHEMA, document, max_errors=MAX_ERRORS):
        return tuple(of_graphql(e, VALIDATION) for e in errors)
    _cut(document)
    operations = (node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    return Document(document, tuple((node, declared(SCHEMA, node)) for node in operations))


def _cut(document: DocumentNode) -> None:
    """Cuts the links of tokens to those before them. A chain that is linked both ways is freed late, by a collection of all objects."""
    token = document.loc.start_token if document.loc else None
    while token:
        token.prev, token = None, token.next


def nested_too_deeply() -> Refused:
    """Returns the refusal of a document or of variables in which something stands inside hundreds of others."""
    return Refused([of_request("TOO_LARGE", "A value in the document or the variables is nested too deeply.", "Ask it in parts.")])


def prepare(text: str, name: str | None, sent: Mapping[str, Any]) -> tuple[Operation, dict[str, Any]]:
    """Returns the planned operation and its variables with their defaults. Raises Refused."""
    try:
        return _prepare(text, name, sent)
    except RecursionError:
        raise nested_too_deeply() from None


def _prepare(text: str, name: str | None, sent: Mapping[str, Any]) -> tuple[Operation, dict[str, Any]]:
    document = document_of(text)
    if isinstance(document, tuple):
        raise Refused(list(document))
    definition, variables = _operation(document, name)
    if not all_fit(variables, sent):
        coerced = get_variable_values(SCHEMA, definition.variable_definitions or (), dict(sent), max_errors=MAX_ERRORS)
        if isinstance(coerced, list):
            raise Refused([of_graphql(e, VARIABLES) for e in coerced])
    raw = with_defaults(variables, sent)
    key = (text, name, signature(variables, raw))
    operation = OPERATIONS.get_or_make(key, lambda: _plan(document.node, definition, raw))
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


def _operation(document: Document, name: str | None) -> tuple[OperationDefinitionNode, tuple[Variable, ...]]:
    """Returns the operation of this name, with its variables. Raises Refused."""
    operations = [(node, variables) for node, variables in document.operations if name is None or (node.name and node.name.value == name)]
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
    return Refused([of_ours(error)])


def _saved_questions(selection: Selection, nodes: list[FieldNode]) -> Callable[[SavedQuestions], list[dict[str, str]]]:
    """Returns a function that gives saved questions, each with the selected fields."""
    type_ = SCHEMA.get_type("SavedQuestion")
    assert isinstance(type_, GraphQLObjectType)
    selected = selection.collector.collect([n.selection_set for n in nodes if n.selection_set], type_)
    fields = {key: (nodes[0].name.value, _language(nodes[0], selection.raw)) for key, nodes in selected.items()}
    return lambda questions: [
        {key: "SavedQuestion" if name == "__typename" else field_value(question, name, lang) for key, (name, lang) in fields.items()}
        for question in questions.values()
    ]


def _language(node: FieldNode, raw: Mapping[str, Any]) -> str:
    language = next((literal_value(a.value, raw) for a in node.arguments or ()), Undefined)
    return DEFAULT if language is Undefined or language is None else str(language)  # null is the default, as in every field


def _introspection(document: DocumentNode, operation: OperationDefinitionNode, fields: list[FieldNode]) -> DocumentNode:
    """Returns the document with these root fields only."""
    only = OperationDefinitionNode(
        operation=operation.operation, name=operation.name, variable_definitions=operation.variable_definitions, directives=(),
        selection_set=SelectionSetNode(selections=tuple(fields)),
    )  # fmt: skip
    return DocumentNode(definitions=(only, *(d for d in document.definitions if not isinstance(d, OperationDefinitionNode))))
