"""Reads the values in a document as JSON would give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import IntValueNode, ListValueNode, ObjectValueNode, Undefined, ValueNode, VariableNode, value_from_ast_untyped

MOST_DIGITS = 18  # of a whole number that fits into 64 bits, whatever its digits


def literal_value(node: ValueNode, raw: Mapping[str, Any] | None = None) -> Any:
    """Returns the value of a node; that of a variable is taken from `raw`, and Undefined if it is not there.

    A whole number that does not fit into 64 bits stays a text, which is what it becomes as an id. No other argument takes it.
    """
    match node:
        case VariableNode():
            return (raw or {}).get(node.name.value, Undefined)
        case ListValueNode():
            return [literal_value(item, raw) for item in node.values]
        case ObjectValueNode():
            return {field.name.value: literal_value(field.value, raw) for field in node.fields}
        case IntValueNode() if len(node.value) > MOST_DIGITS:
            return node.value
        case _:
            return value_from_ast_untyped(node)
