"""Which fields of a document are asked of a concrete type: fragments opened, `@skip` and `@include` obeyed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, GraphQLUnionType, value_from_ast_untyped
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


@dataclass(frozen=True, slots=True)
class Applied:
    """A document with the variables of one request applied to it."""

    schema: GraphQLSchema
    document: DocumentNode
    raw: Mapping[str, Any]

    def fields(self, sets: Iterable[SelectionSetNode], parent: GraphQLObjectType) -> dict[str, list[FieldNode]]:
        """Response keys of a concrete type with their field nodes, in the order of the document."""
        fragments = {d.name.value: d for d in self.document.definitions if isinstance(d, FragmentDefinitionNode)}
        return self._collected(sets, parent, fragments)

    def _collected(
        self, sets: Iterable[SelectionSetNode], parent: GraphQLObjectType, unseen: dict[str, FragmentDefinitionNode]
    ) -> dict[str, list[FieldNode]]:
        """A fragment counts once, as the specification has it; counted each time, fragments that name fragments would be exponential."""
        out: dict[str, list[FieldNode]] = {}
        for node in (node for one in sets for node in one.selections if self._included(node.directives or ())):
            if isinstance(node, FieldNode):
                out.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
                continue
            assert isinstance(node, FragmentSpreadNode | InlineFragmentNode)
            inner = unseen.pop(node.name.value, None) if isinstance(node, FragmentSpreadNode) else node
            if inner and self._applies(inner, parent):
                for key, nodes in self._collected([inner.selection_set], parent, unseen).items():
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
                flag = self.raw.get(node.name.value) if isinstance(node, VariableNode) else value_from_ast_untyped(node)
                if flag is not (directive.name.value == "include"):
                    return False
        return True
