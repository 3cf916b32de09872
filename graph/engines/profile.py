"""The profile of a query: the operators with their rows and db hits, and where the time went.

Neo4j gives operators with PROFILE; the embedded engine gives a text of its plan instead, and counts no db hits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator of a query plan. `children` feed it, the first one from the left."""

    name: str
    details: str
    rows: int
    db_hits: int
    children: tuple[Operator, ...] = ()

    @property
    def all_db_hits(self) -> int:
        """The db hits of this operator and of all operators below it."""
        return sum(operator.db_hits for operator in self.walk())

    def walk(self) -> Iterator[Operator]:
        yield self
        for child in self.children:
            yield from child.walk()

    @classmethod
    def of(cls, profile: Mapping[str, Any]) -> Operator:
        """Reads the profile of a query as the driver gives it."""
        arguments = profile.get("args", {})
        children = tuple(cls.of(child) for child in profile.get("children", ()))
        name, details = str(profile["operatorType"]).partition("@")[0], str(arguments.get("Details", ""))
        return cls(name, details, int(profile.get("rows", 0)), int(profile.get("dbHits", 0)), children)


@dataclass(frozen=True, slots=True)
class Profile:
    """A query that was run once. Times are microseconds; those of the store come in whole milliseconds.

    `available` is the time to the first record, which includes planning; `streamed` is the time from there to the last.
    `operators` is None if the store was not asked for them, or if it gives its plan as a text, `plan_text`.
    """

    records: tuple[tuple[Any, ...], ...]
    available: int
    streamed: int
    elapsed: int
    operators: Operator | None = None
    plan_text: str = ""

    @property
    def driver(self) -> int:
        """The time that the store does not account for: driver, network and event loop."""
        return max(0, self.elapsed - self.available - self.streamed)


def of_profile(profile: Mapping[str, Any] | None) -> tuple[Operator | None, str]:
    """Returns the operators, or the text that a store gives instead; neither if it was not asked for a profile."""
    if profile is None:
        return None, ""
    if profile.get("children"):
        return Operator.of(profile), ""
    return None, str(profile.get("args", {}).get("string-representation", ""))
