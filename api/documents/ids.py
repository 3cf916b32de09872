"""Parses ids and representations, and groups them by type and day.

One subquery reads all entities of a group. The plan depends on the groups only: their keys, and
the place of each key in the answer, are parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.limits import MAX_IDS, MAX_REPRESENTATIONS
from graph.ask.parameters import identified, of_moment, type_of
from graph.domain.model import ENTITIES
from graph.domain.reference import key_of
from graph.errors import BadInput

MOST = {"ids": MAX_IDS, "representations": MAX_REPRESENTATIONS}


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """Entities of one type and lookup (`key`, `code`, `moment`) on one day.

    An empty day is that of the question. Each moment is a group by itself, with its `moment_id`,
    because its lookup needs the parts that the id was made from.
    """

    type: str
    lookup: str
    day: str
    moment_id: str = ""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A group, and the id or code of one entity in it."""

    group: Group
    text: str

    @property
    def key(self) -> str:
        """Returns the lookup key of the entity."""
        return self.text if self.group.lookup == "code" else identified(self.text, "ids")[1]


Pointers = list[Pointer | None]


def _of_ids(ids: Sequence[Any]) -> Pointers:
    """Returns a pointer for each id; None if it is none of this graph."""
    return [Pointer(_group_of(text), text) if _is_id(text) else None for text in map(str, ids)]


def _is_id(text: str) -> bool:
    """Returns True if a text has the form of an id of this graph."""
    try:
        identified(text, "ids")
    except BadInput:
        return False
    return True


def _group_of(text: str) -> Group:
    moment_id, _, day = text.partition("@")
    return Group(type_of(text), "moment", day, moment_id) if of_moment(text) else Group(type_of(text), "key", day)


def of_representations(representations: Sequence[Any]) -> Pointers:
    """Returns a pointer for each representation; None if its type or key is not of this graph."""
    return [_of_representation(representation) for representation in representations]


def _of_representation(representation: Any) -> Pointer | None:
    if not isinstance(representation, Mapping) or representation.get("__typename") not in ENTITIES:
        return None
    type_ = str(representation["__typename"])
    for name, read in (("id", str), ("uri", key_of)):
        if isinstance(representation.get(name), str):
            text = read(representation[name]) or ""
            try:
                matches = identified(text)[0] == type_
            except BadInput:
                matches = False
            return Pointer(Group(type_, "key", text.partition("@")[2]), text) if matches else None
    if type_ == "Municipality" and isinstance(representation.get("code"), str):
        return Pointer(Group(type_, "code", ""), representation["code"])
    return None


POINTERS: dict[str, Callable[[Sequence[Any]], Pointers]] = {"ids": _of_ids, "representations": of_representations}


def parse(argument: str, values: Sequence[Any]) -> Pointers:
    """Returns the pointers of an argument. Raises BadInput if there are too many."""
    return POINTERS[argument](bounded(argument, values))


def bounded(argument: str, values: Sequence[Any]) -> Sequence[Any]:
    """Returns the values of an argument. Raises BadInput if there are too many."""
    if len(values) > MOST[argument]:
        raise BadInput(f"{len(values)} {argument} are too many at once.", f"Ask for at most {MOST[argument]}.", argument, "TOO_MANY")
    return values


def groups(pointers: Pointers) -> tuple[Group, ...]:
    """Returns the groups, in an order that does not depend on that of the pointers."""
    return tuple(sorted({pointer.group for pointer in pointers if pointer and pointer.group.type != "Node"}))


def signature(pointers: Pointers) -> tuple[tuple[str, str], ...]:
    """Returns the type and lookup of each group; the plan never depends on a key or a day."""
    return tuple((group.type, group.lookup) for group in groups(pointers))


def keys_and_day(pointers: Pointers, index: int) -> tuple[list[str], str]:
    """Returns the keys of the group with this index, and its day."""
    group = groups(pointers)[index]
    return list(dict.fromkeys(pointer.key for pointer in pointers if pointer and pointer.group == group)), group.day


def places(pointers: Pointers) -> list[list[Any] | None]:
    """Returns a group index and a key for each pointer; None where there is no pointer."""
    indexes = {group: index for index, group in enumerate(groups(pointers))}
    return [[indexes.get(pointer.group), pointer.key] if pointer else None for pointer in pointers]
