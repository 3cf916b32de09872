"""Enums whose values and descriptions come from a list that stands elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TypeVar, cast

import strawberry
from strawberry import enum_value

E = TypeVar("E", bound=Enum)


def enum_of(values: Mapping[str, str], description: str) -> Callable[[type[E]], type[E]]:
    """Decorates an empty Enum, which gets these values, each with its description."""

    def decorated(empty: type[E]) -> type[E]:
        members = [(name, enum_value(name, description=about)) for name, about in values.items()]
        filled = Enum(empty.__name__, members, module=empty.__module__)  # type: ignore[misc]
        return cast("type[E]", strawberry.enum(filled, description=description))

    return decorated
