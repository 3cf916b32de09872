"""Queries, and the address of a store with all that is particular to its engine, as plain values. Knows no driver."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Execute = Callable[[str, Mapping[str, Any]], Awaitable[Any]]  # runs a query text with its parameters inside one transaction


@dataclass(frozen=True, slots=True)
class Cypher:
    """A query text with its parameters. `name` is its name in the log; a `heavy` query lets others pass at the gate."""

    text: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    name: str = "query"
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class WarmUpPolicy:
    """How an engine is warmed up: how often each saved question is asked, how many at once, and if readiness waits for it."""

    rounds: int
    at_once: int
    awaited: bool


@dataclass(frozen=True, slots=True)
class Address:
    """How to reach a store, and what is known of its engine. An empty user means that it needs none.

    `times_from_start` says that the engine counts the time to the last record from the start of the query, not from the first record.
    The defaults are those of Neo4j, which has just started: it needs thousands of calls to reach its speed.
    """

    uri: str
    user: str = ""
    password: str = field(default="", repr=False)
    database: str | None = None
    engine: str = "neo4j"
    warm_up: WarmUpPolicy = WarmUpPolicy(rounds=500, at_once=4, awaited=True)
    counts_db_hits: bool = True
    times_from_start: bool = False
