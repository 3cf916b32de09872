"""Which representations of `_entities` lead nowhere, and why: each is null in its place, beside an error of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.documents.ids import of_representations
from api.documents.selection import Root
from api.errors import Formatted

ARGUMENT = "representations"


def absences(root: Root, key: str, raw: Mapping[str, Any], found: Any) -> list[Formatted]:
    """The errors of a root field beside its value; none unless it is `_entities`."""
    if root.question.field != "_entities" or None not in found:
        return []
    (given,) = (slot.given(raw) for slot in root.slots.values() if slot.given)
    pointers = of_representations(given)
    return [
        _error(each, [key, at], understood=pointer is not None)
        for at, (each, pointer, value) in enumerate(zip(given, pointers, found, strict=True))
        if value is None
    ]


def _error(given: Any, path: list[str | int], *, understood: bool) -> Formatted:
    if understood:
        code, message, remedy = "NOT_FOUND", f"There is no {_said(given)}.", "Look the thing up in a list, and use its uri."
    else:
        code, message = "BAD_INPUT", f"{_said(given)} is no representation of a thing of ours."
        remedy = 'Send __typename with uri or id, or of a municipality with code: {"__typename": "Municipality", "code": "GM0479"}.'
    return {"message": message, "path": path, "extensions": {"code": code, "remedy": remedy, "argument": ARGUMENT}}


def _said(given: Any) -> str:
    if not isinstance(given, Mapping):
        return f'"{given}"'[:80]
    keys = " ".join(f'{name} "{given[name]}"' for name in ("id", "uri", "code") if name in given)
    return f"{given.get('__typename', 'thing of no type')} with {keys or 'no key'}"[:200]
