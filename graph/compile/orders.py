"""In what order a list is: expressions that are never null, and which of them a question asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.compile.source import NotCompiled
from graph.question import Ask, Fields, Items

UNKNOWN = "'~'"  # what orders put instead of null: it comes after every date, code and name


@dataclass(frozen=True, slots=True)
class Order:
    """A Cypher expression to order by, never null, and its direction."""

    name: str
    expression: str
    descending: bool = False

    def after(self, other: str, *, backwards: bool, equal: bool = False) -> str:
        return f"{self.expression} {'<' if self.descending != backwards else '>'}{'=' * equal} {other}"


def chosen_orders(ask: Ask, known: dict[str, str], default: str, backwards: Mapping[str, str] | None = None) -> list[Order]:
    """The orders that `orderBy` asks for, or the default; `backwards` has what orders otherwise where they descend.

    What is not known comes last, whichever way.
    """
    wanted = ask.argument("orderBy")
    if not isinstance(wanted, Items) or not wanted.of:
        return [Order(default, known[default])]
    out = []
    for item in wanted.of:
        assert isinstance(item, Fields)
        name, descending = str(item.get("field")), item.get("direction") == "DESC"
        if name not in known:
            raise NotCompiled(f"the order {name}")
        expression = (backwards or {}).get(name, known[name]).replace(UNKNOWN, "''") if descending else known[name]
        out.append(Order(name, expression, descending))
    return out
