"""Slots: each computes the value of a parameter from the variables of a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from api.documents.ids import keys_and_day, parse

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Slot:
    """Computes a parameter with `read`. `sent` returns the list as sent, if `read` changes it."""

    kind: str
    argument: str
    read: Callable[[Raw], Any]
    sent: Callable[[Raw], Any] | None = None


def item(read: Callable[[Raw], Any], index: int) -> Callable[[Raw], Any]:
    return lambda raw: listed(read(raw))[index]


def group(argument: str, read: Callable[[Raw], Any], index: int) -> Callable[[Raw], Any]:
    return lambda raw: keys_and_day(parse(argument, read(raw)), index)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
