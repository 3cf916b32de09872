"""What ids and representations point at, sorted out by type and day: things of one type on one day are found by one subquery.

A group is what the plan needs to know; which keys it has, and where each belongs in the answer, are parameters.
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
    """Things of one type, pointed at in one way (`key`, `code`), on one day as an id carries it; an empty day is that of the question.

    A moment is a group by itself (`moment`, and its id as `alone`): it is found by what it was made of.
    """

    type: str
    by: str
    day: str
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A group and the text by which it points into it: an id, or a code."""

    group: Group
    text: str

    @property
    def key(self) -> str:
        """What the thing is found by. Raises BadInput where an id is none of ours."""
        return self.text if self.group.by == "code" else identified(self.text, "ids")[1]


Pointers = list[Pointer | None]


def of_ids(ids: Sequence[Any]) -> Pointers:
    """One pointer for each id, whether it turns out to be ours or not."""
    return [Pointer(_group_of(text), text) for text in map(str, ids)]


def _group_of(text: str) -> Group:
    whole, _, day = text.partition("@")
    return Group(type_of(text), "moment", day, whole) if of_moment(text) else Group(type_of(text), "key", day)


def of_representations(given: Sequence[Any]) -> Pointers:
    """One pointer for each representation of a federated entity; None where its type or its key is none of ours."""
    return [_of_representation(each) for each in given]


def _of_representation(given: Any) -> Pointer | None:
    if not isinstance(given, Mapping) or given.get("__typename") not in ENTITIES:
        return None
    type_ = str(given["__typename"])
    for name, read in (("id", str), ("uri", key_of)):
        if isinstance(given.get(name), str):
            text = read(given[name]) or ""
            try:
                ours = identified(text)[0] == type_
            except BadInput:
                ours = False
            return Pointer(Group(type_, "key", text.partition("@")[2]), text) if ours else None
    if type_ == "Municipality" and isinstance(given.get("code"), str):
        return Pointer(Group(type_, "code", ""), given["code"])
    return None


POINTERS: dict[str, Callable[[Sequence[Any]], Pointers]] = {"ids": of_ids, "representations": of_representations}


def pointers(argument: str, given: Sequence[Any]) -> Pointers:
    """The pointers of an argument. Raises BadInput where there are too many."""
    return POINTERS[argument](bounded(argument, given))


def bounded(argument: str, given: Sequence[Any]) -> Sequence[Any]:
    """What an argument points with. Raises BadInput where there is too much of it."""
    if len(given) > MOST[argument]:
        raise BadInput(f"{len(given)} {argument} are too many at once.", f"Ask for at most {MOST[argument]}.", argument, "TOO_MANY")
    return given


def groups(found: Pointers) -> tuple[Group, ...]:
    """The groups, in an order that does not depend on that of the pointers."""
    return tuple(sorted({pointer.group for pointer in found if pointer and pointer.group.type != "Node"}))


def signature(found: Pointers) -> tuple[tuple[str, str], ...]:
    """What of the pointers shapes the plan: types and ways, as often as there are days; never a key or a day."""
    return tuple((group.type, group.by) for group in groups(found))


def members(found: Pointers, at: int) -> tuple[list[str], str]:
    """The keys of a group, and its day."""
    group = groups(found)[at]
    return list(dict.fromkeys(pointer.key for pointer in found if pointer and pointer.group == group)), group.day


def places(found: Pointers) -> list[list[Any] | None]:
    """For each pointer its group and key. Raises BadInput where an id is none of ours."""
    order = {group: at for at, group in enumerate(groups(found))}
    return [[order.get(pointer.group), pointer.key] if pointer else None for pointer in found]
