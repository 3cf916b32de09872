"""What a store tells of one query beside its answer: operators with their rows and db hits, and where it says its time went.

Neo4j gives operators with PROFILE; the embedded engine gives a text of its plan instead, and counts no db hits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Operator:
    """A step of a query plan. `children` feed it, the first one from the left."""

    name: str
    details: str
    rows: int
    db_hits: int
    children: tuple[Operator, ...] = ()

    @property
    def all_db_hits(self) -> int:
        """Those of this step and of everything below it."""
        return sum(step.db_hits for step in self.walk())

    def walk(self) -> Iterator[Operator]:
        yield self
        for child in self.children:
            yield from child.walk()

    @classmethod
    def of(cls, profile: Mapping[str, Any]) -> Operator:
        """From what a driver calls the profile of a query."""
        about = profile.get("args", {})
        children = tuple(cls.of(child) for child in profile.get("children", ()))
        name, details = str(profile["operatorType"]).partition("@")[0], str(about.get("Details", ""))
        return cls(name, details, int(profile.get("rows", 0)), int(profile.get("dbHits", 0)), children)


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a query. Times are microseconds; those of the store come in whole milliseconds.

    `available` is until the store had a first record, which includes its own planning; `streamed` is what came after.
    `operators` is None where the store was not asked for them, or gives `told`, a text, instead.
    """

    records: tuple[tuple[Any, ...], ...]
    available: int
    streamed: int
    elapsed: int
    operators: Operator | None = None
    told: str = ""

    @property
    def driver(self) -> int:
        """What neither of the store's times accounts for: driver, wire and event loop."""
        return max(0, self.elapsed - self.available - self.streamed)


def of_profile(profile: Mapping[str, Any] | None) -> tuple[Operator | None, str]:
    """Operators, or the text that a store gives in their place; neither where it was not asked."""
    if profile is None:
        return None, ""
    if profile.get("children"):
        return Operator.of(profile), ""
    return None, str(profile.get("args", {}).get("string-representation", ""))
