"""Where the values of parameters come from: functions of the variables as they were sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from api.documents.ids import members, pointers

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Slot:
    """How a parameter of a kind is read; `given` is what the caller wrote, where the value is made of it."""

    kind: str
    argument: str
    read: Callable[[Raw], Any]
    given: Callable[[Raw], Any] | None = None


def item(read: Callable[[Raw], Any], at: int) -> Callable[[Raw], Any]:
    return lambda raw: listed(read(raw))[at]


def group(argument: str, read: Callable[[Raw], Any], at: int) -> Callable[[Raw], Any]:
    return lambda raw: members(pointers(argument, read(raw)), at)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
