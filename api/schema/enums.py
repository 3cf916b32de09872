"""Enums of the schema that are closed lists of the field."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeVar, cast

import strawberry
from strawberry import enum_value

from graph.domain.closed_list import ClosedList

E = TypeVar("E", bound=Enum)


def enum_of(words: ClosedList) -> Callable[[type[E]], type[E]]:
    """Decorates an empty Enum: it gets a value for each word of a closed list, with the descriptions of the list."""

    def filled(empty: type[E]) -> type[E]:
        members = [(word.key, enum_value(word.key, description=word.description)) for word in words.values()]
        enum = Enum(empty.__name__, members, module=empty.__module__)  # type: ignore[misc]
        return cast("type[E]", strawberry.enum(enum, description=words.about))

    return filled
