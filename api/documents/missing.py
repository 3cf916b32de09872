"""Reports the representations of `_entities` that match no entity, and the texts of `nodes` that are no ids.

Each is null in the answer, and has an error of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api.documents.ids import of_representations
from api.documents.selection import Root
from api.errors import Formatted, formatted, of_exception
from graph.ask.parameters import identified
from graph.errors import BadInput

ARGUMENT = "representations"


def missing_errors(root: Root, key: str, raw: Mapping[str, Any], entities: Any) -> list[Formatted]:
    """Returns an error for each null of `_entities` and for each text of `nodes` that is no id, and none for any other root field."""
    if root.question.field == "nodes":
        (ids,) = (slot.sent(raw) for slot in root.slots.values() if slot.sent)
        return list(_no_ids(ids, key))
    if root.question.field != "_entities" or None not in entities:
        return []
    (representations,) = (slot.sent(raw) for slot in root.slots.values() if slot.sent)
    pointers = of_representations(representations)
    return [
        _error(representation, [key, index], valid=pointer is not None)
        for index, (representation, pointer, entity) in enumerate(zip(representations, pointers, entities, strict=True))
        if entity is None
    ]


def _no_ids(ids: Sequence[Any], key: str) -> Iterator[Formatted]:
    for index, text in enumerate(ids):
        try:
            identified(str(text), "ids")
        except BadInput as error:
            yield of_exception(error, [key, index], "")


def _error(representation: Any, path: list[str | int], *, valid: bool) -> Formatted:
    name = _name(representation)
    if valid:
        code, message, remedy = "NOT_FOUND", f"{name} is not in the data.", "Look it up in a list, and use its uri."
    else:
        code, message = "BAD_INPUT", f"{name} does not identify an entity of this graph."
        remedy = 'Send __typename with uri or id, or code for a municipality: {"__typename": "Municipality", "code": "GM0479"}.'
    return formatted(code, message, remedy, {"path": path}, argument=ARGUMENT)


def _name(representation: Any) -> str:
    if not isinstance(representation, Mapping):
        return _as_json(representation)
    keys = " ".join(f"{name} {_as_json(representation[name])}" for name in ("id", "uri", "code") if name in representation)
    type_ = representation.get("__typename")
    named = type_ if isinstance(type_, str) and type_ else "An object without __typename"
    return f"{named} with {keys or 'no key'}"


def _as_json(value: Any) -> str:
    """Returns a value as the client wrote it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
