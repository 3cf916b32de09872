"""Collects the fields that a document selects on a type: expands fragments, obeys directives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, GraphQLUnionType
from graphql.language import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionSetNode,
    VariableNode,
)  # fmt: skip

from api.documents.literals import literal_value
from graph.errors import BadInput


def null_refused(node: VariableNode, argument: str) -> BadInput:
    """Returns the error for a variable that is null where null is not allowed; only a default lets a document come that far."""
    name = f"${node.name.value}"
    return BadInput(f"{name} is null, and {argument} cannot be null.", f"Give {name} a value, or leave it out.", argument)


@dataclass(frozen=True, slots=True)
class FieldCollector:
    """Reads the selections of a document with the variables of one request."""

    schema: GraphQLSchema
    document: DocumentNode
    raw: Mapping[str, Any]

    def collect(self, sets: Iterable[SelectionSetNode], parent: GraphQLObjectType) -> dict[str, list[FieldNode]]:
        """Returns the response keys with their field nodes, in the order of the document."""
        fragments = {d.name.value: d for d in self.document.definitions if isinstance(d, FragmentDefinitionNode)}
        return self._collect(sets, parent, fragments)

    def _collect(
        self, sets: Iterable[SelectionSetNode], parent: GraphQLObjectType, unseen: dict[str, FragmentDefinitionNode]
    ) -> dict[str, list[FieldNode]]:
        """Expands each fragment once, as specified: nested ones would take exponential time."""
        out: dict[str, list[FieldNode]] = {}
        for node in (node for selected in sets for node in selected.selections if self._included(node.directives or ())):
            if isinstance(node, FieldNode):
                out.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
                continue
            assert isinstance(node, FragmentSpreadNode | InlineFragmentNode)
            inner = unseen.pop(node.name.value, None) if isinstance(node, FragmentSpreadNode) else node
            if inner and self._applies(inner, parent):
                for key, nodes in self._collect([inner.selection_set], parent, unseen).items():
                    out.setdefault(key, []).extend(nodes)
        return out

    def _applies(self, fragment: FragmentDefinitionNode | InlineFragmentNode, parent: GraphQLObjectType) -> bool:
        if fragment.type_condition is None:
            return True
        type_ = self.schema.get_type(fragment.type_condition.name.value)
        return type_ is parent or (isinstance(type_, GraphQLInterfaceType | GraphQLUnionType) and self.schema.is_sub_type(type_, parent))

    def _included(self, directives: Iterable[DirectiveNode]) -> bool:
        for directive in directives:
            if directive.name.value in ("skip", "include"):
                (condition,) = directive.arguments or ()
                node = condition.value
                flag = self.raw.get(node.name.value) if isinstance(node, VariableNode) else literal_value(node)
                if flag is None and isinstance(node, VariableNode):
                    raise null_refused(node, "if")
                if flag is not (directive.name.value == "include"):
                    return False
        return True
