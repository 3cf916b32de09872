"""Reports the representations of `_entities` that match no entity, and the texts of `nodes` that are no ids.

Each is null in the answer, and has an error of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.documents.ids import is_id, of_representations
from api.documents.selection import Root
from api.errors import Formatted, of_exception
from graph.ask.parameters import identified
from graph.errors import BadInput

ARGUMENT = "representations"


def missing_errors(root: Root, key: str, raw: Mapping[str, Any], entities: Any) -> list[Formatted]:
    """Returns an error for each null of `_entities` and for each text of `nodes` that is no id, and none for any other root field."""
    if root.question.field == "nodes":
        (ids,) = (slot.sent(raw) for slot in root.slots.values() if slot.sent)
        return [_no_id(str(text), [key, index]) for index, text in enumerate(ids) if not is_id(str(text))]
    if root.question.field != "_entities" or None not in entities:
        return []
    (representations,) = (slot.sent(raw) for slot in root.slots.values() if slot.sent)
    pointers = of_representations(representations)
    return [
        _error(representation, [key, index], valid=pointer is not None)
        for index, (representation, pointer, entity) in enumerate(zip(representations, pointers, entities, strict=True))
        if entity is None
    ]


def _no_id(text: str, path: list[str | int]) -> Formatted:
    try:
        identified(text, "ids")
    except BadInput as error:
        return of_exception(error, path, "")
    raise AssertionError(text)


def _error(representation: Any, path: list[str | int], *, valid: bool) -> Formatted:
    name = _name(representation)
    if valid:
        code, message, remedy = "NOT_FOUND", f"There is no {name}.", "Look it up in a list, and use its uri."
    else:
        code, message = "BAD_INPUT", f"{name} does not identify an entity of this graph."
        remedy = 'Send __typename with uri or id, or code for a municipality: {"__typename": "Municipality", "code": "GM0479"}.'
    return {"message": message, "path": path, "extensions": {"code": code, "remedy": remedy, "argument": ARGUMENT}}


def _name(representation: Any) -> str:
    if not isinstance(representation, Mapping):
        return f'"{representation}"'[:80]
    keys = " ".join(f'{name} "{representation[name]}"' for name in ("id", "uri", "code") if name in representation)
    return f"{representation.get('__typename', 'an object without __typename')} with {keys or 'no key'}"[:200]
