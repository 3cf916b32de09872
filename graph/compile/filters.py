"""Filters: an input object with `and`, `or` and `not` becomes conditions; references in it must lead somewhere.

A negation is pushed inward to the single conditions before any Cypher is written: `not: {and: [a, b]}` is written as not a or not b.
The embedded engine reads nested negations wrong, and a condition on what is not known (null) has to count as false exactly once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from graph.compile.rows import Build, DayRange, Scope, quoted
from graph.dates.period import during, shown
from graph.question import Argument, Ask, Fields, Items, Parameter

On = TypeVar("On")


def logical(one: Callable[[Build, str, Argument, On], str]) -> Callable[[Build, Argument, On], list[str]]:
    """A filter object with `and`, `or`, `not` around what `one` makes of each other field; empty where nothing is asked for.

    All of no conditions holds, and at least one of no conditions does not.
    """

    def conditions(build: Build, wanted: Argument, on: On) -> list[str]:
        return [] if not isinstance(wanted, Fields) else [each(build, name, value, on, holds=True) for name, value in wanted.of]

    def each(build: Build, name: str, value: Argument, on: On, *, holds: bool) -> str:
        if name == "not":
            return all_of(build, value, on, holds=not holds)
        if name in ("and", "or") and isinstance(value, Items):
            return _joined((all_of(build, part, on, holds=holds) for part in value.of), all_=(name == "and") == holds)
        text = one(build, name, value, on)
        return text if holds else f"NOT coalesce({text}, false)"

    def all_of(build: Build, wanted: Argument, on: On, *, holds: bool) -> str:
        fields = wanted.of if isinstance(wanted, Fields) else ()
        return _joined((each(build, name, value, on, holds=holds) for name, value in fields), all_=holds)

    return conditions


def _joined(conditions: Iterable[str], *, all_: bool) -> str:
    """Conditions of which all hold, or at least one."""
    found = list(conditions)
    if len(found) > 1:
        return "(" + (" AND " if all_ else " OR ").join(found) + ")"
    return found[0] if found else str(all_).lower()


# ── when it holds ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class When:
    """The day of a question, or the period of its argument `during`, which replaces the day; the bounds are Cypher, or None."""

    day: str
    during: bool = False
    first: str | None = None
    last: str | None = None

    def holds(self, variable: str) -> str:
        """Returns the condition that something holds on the day, or may hold on some day of the period."""
        return (during(variable, self.first, self.last) or "true") if self.during else shown(variable, self.day)


def when(build: Build, ask: Ask, scope: Scope) -> When:
    """Returns when the entries of a list have to hold."""
    asked = ask.argument("during")
    if not isinstance(asked, Fields):
        return When(f"${scope.day}")
    first, last = (day.name if isinstance(day, Parameter) else None for day in (asked.get("startDate"), asked.get("endDate")))
    if first and last and DayRange(first, last, "during") not in build.day_ranges:
        build.day_ranges.append(DayRange(first, last, "during"))
    return When(f"${scope.day}", True, first and f"${first}", last and f"${last}")


# ── what it leads to ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Entry:
    """The variable of an entry that a filter chooses, and when what the filter says of it has to hold."""

    variable: str
    when: When


def through(build: Build, pattern: str, value: Parameter, label: str, argument: str, when: When) -> str:
    """Returns the condition that a reference leads to `far`, the last node of a pattern, over `held`, its dated relationship."""
    return f"EXISTS {{ MATCH {pattern} WHERE far IN {build.match_reference(value, label, argument)} AND {when.holds('held')} }}"


def is_one_of(build: Build, variable: str, value: Parameter, label: str, argument: str) -> str:
    """Returns the condition that a reference leads to a variable."""
    return f"{variable} IN {build.match_reference(value, label, argument)}"


def listed(value: Items) -> str:
    """Words of a closed list as a Cypher list."""
    return quoted(tuple(str(v) for v in value.of))
