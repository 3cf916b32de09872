"""Whether an answer is one that the schema promises: every key in its place, nothing null that may not be, every word a known one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    is_abstract_type,
    is_composite_type,
    is_object_type,
    parse,
)  # fmt: skip

from graph.dates.edtf import parse as parse_edtf

_DAY = r"\d{4}-\d{2}-\d{2}"
_SCALARS = {
    "Date": _DAY, "DateTime": _DAY + r"T\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}:\d{2}|Z)", "URI": r"[a-z]+:\S+", "ID": r"[a-z]+/\S.*",
    "String": r"(?s).*",
}  # fmt: skip


def faults(schema: GraphQLSchema, text: str, variables: Mapping[str, Any], answer: Mapping[str, Any]) -> list[str]:
    """All that is wrong with an answer, each with the path to it."""
    document = parse(text)
    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    assert schema.query_type
    failed = [tuple(error.get("path", ())) for error in answer.get("errors", ())]
    reader = _Reader(schema, document, variables, failed)
    if answer.get("data") is None:
        return [] if failed else ["nothing was answered"]
    return list(reader.object(schema.query_type, [operation.selection_set], answer["data"], ()))


class _Reader:
    """Reads an answer beside the document that asked for it."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any], failed: list[tuple[Any, ...]]) -> None:
        self.schema, self.variables, self.failed = schema, variables, failed
        self.fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}

    def object(self, type_: GraphQLObjectType, sets: Sequence[SelectionSetNode], value: Any, path: tuple[Any, ...]) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{path}: no object but {value!r:.50}"
            return
        wanted = self.collected(type_, sets)
        if list(wanted) != list(value):
            yield f"{path}: {list(value)} instead of {list(wanted)}"
            return
        for key, nodes in wanted.items():
            name = nodes[0].name.value
            if name == "__typename":
                if value[key] != type_.name:
                    yield f"{(*path, key)}: {value[key]!r} instead of {type_.name}"
                continue
            inside = [node.selection_set for node in nodes if node.selection_set]
            if value[key] is None and (*path, key) in self.failed:
                continue
            yield from self.value(type_.fields[name].type, inside, value[key], (*path, key))

    def value(self, type_: Any, sets: Sequence[SelectionSetNode], value: Any, path: tuple[Any, ...]) -> Iterator[str]:
        if isinstance(type_, GraphQLNonNull):
            if value is None:
                yield f"{path}: null, which it never is"
                return
            type_ = type_.of_type
        if value is None:
            return
        if isinstance(type_, GraphQLList):
            if not isinstance(value, list):
                yield f"{path}: no list but {value!r:.50}"
                return
            for at, one in enumerate(value):
                yield from self.value(type_.of_type, sets, one, (*path, at))
        elif is_composite_type(type_):
            yield from self.thing(type_, sets, value, path)
        elif not _fits(type_, value):
            yield f"{path}: {value!r:.50} is no {type_}"

    def thing(self, type_: Any, sets: Sequence[SelectionSetNode], value: Any, path: tuple[Any, ...]) -> Iterator[str]:
        if is_abstract_type(type_):
            name = value.get("__typename") if isinstance(value, dict) else None
            found = self.schema.get_type(name) if name else None
            if not is_object_type(found) or not self.schema.is_sub_type(type_, found):
                yield f"{path}: {name!r} is no {type_}"
                return
            type_ = found
        yield from self.object(type_, sets, value, path)

    def collected(self, type_: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> dict[str, list[FieldNode]]:
        """What is asked of an object of a type, by response key, as the specification collects it."""
        out: dict[str, list[FieldNode]] = {}
        for selections in sets:
            for node in selections.selections:
                if self.left_out(node):
                    continue
                if isinstance(node, FieldNode):
                    out.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
                    continue
                inner: Any = self.fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
                assert isinstance(inner, FragmentDefinitionNode | InlineFragmentNode)
                condition = inner.type_condition and self.schema.get_type(inner.type_condition.name.value)
                if condition is None or condition is type_ or (is_abstract_type(condition) and self.schema.is_sub_type(condition, type_)):
                    for key, nodes in self.collected(type_, [inner.selection_set]).items():
                        out.setdefault(key, []).extend(nodes)
        return out

    def left_out(self, node: Any) -> bool:
        for directive in node.directives or ():
            given = directive.arguments[0].value
            flag = self.variables[given.name.value] if isinstance(given, VariableNode) else given.value
            if flag is not (directive.name.value == "include"):
                return True
        return False


def _fits(type_: Any, value: Any) -> bool:
    if isinstance(type_, GraphQLEnumType):
        return value in type_.values
    match type_.name:
        case "Boolean":
            return isinstance(value, bool)
        case "Int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "EDTF":
            return isinstance(value, str) and bool(parse_edtf(value))
        case "GeoJSON":
            return isinstance(value, dict)
    return isinstance(value, str) and bool(re.fullmatch(_SCALARS[type_.name], value))
