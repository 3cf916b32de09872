"""What is asked of a store and where the store is, as plain values. Knows no driver."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Execute = Callable[[str, Mapping[str, Any]], Awaitable[Any]]  # runs a query text with its parameters inside one transaction


@dataclass(frozen=True, slots=True)
class Cypher:
    """A query text with its parameters. `name` is how the log speaks of it; one that is `heavy` lets others pass at the gate."""

    text: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    name: str = "query"
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """How to reach a store. An empty user means that it asks for none."""

    uri: str
    user: str = ""
    password: str = field(default="", repr=False)
    database: str | None = None
    engine: str = "Neo4j"
