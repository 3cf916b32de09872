"""Filters: an input object with `and`, `or` and `not` becomes conditions; references in it must lead somewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from graph.compile.rows import Build, DayRange, Scope, quoted
from graph.dates.period import during, shown
from graph.question import Argument, Ask, Fields, Items, Parameter

On = TypeVar("On")


def logical(one: Callable[[Build, str, Argument, On], str]) -> Callable[[Build, Argument, On], list[str]]:
    """A filter object with `and`, `or`, `not` around what `one` makes of each other field; empty where it makes nothing."""

    def all_of(build: Build, wanted: Argument, on: On) -> list[str]:
        if not isinstance(wanted, Fields):
            return []
        return [text for name, value in wanted.of if (text := each(build, name, value, on))]

    def each(build: Build, name: str, value: Argument, on: On) -> str:
        if name in ("and", "or") and isinstance(value, Items):
            parts = [" AND ".join(all_of(build, v, on)) or "true" for v in value.of]
            return "(" + f" {name.upper()} ".join(f"({part})" for part in parts) + ")" if parts else ""
        if name == "not":
            return f"NOT coalesce({' AND '.join(all_of(build, value, on)) or 'true'}, false)"
        return one(build, name, value, on)

    return all_of


def through(build: Build, pattern: str, value: Parameter, label: str, argument: str) -> str:
    """Returns the condition that a reference leads to `far`, the last node of a pattern."""
    return f"EXISTS {{ MATCH {pattern} WHERE far IN {build.match_reference(value, label, argument)} }}"


def is_one_of(build: Build, variable: str, value: Parameter, label: str, argument: str) -> str:
    """Returns the condition that a reference leads to a variable."""
    return f"{variable} IN {build.match_reference(value, label, argument)}"


def listed(value: Items) -> str:
    """Words of a closed list as a Cypher list."""
    return quoted(tuple(str(v) for v in value.of))


def when(build: Build, variable: str, ask: Ask, scope: Scope) -> str:
    """The condition of time: the day of the question, or any day of `during`."""
    return held(build, variable, ask) if isinstance(ask.argument("during"), Fields) else shown(variable, f"${scope.day}")


def held(build: Build, variable: str, ask: Ask) -> str:
    """Returns the condition that something may hold on a day of `during`; empty if `during` has no bounds or is not asked for."""
    asked = ask.argument("during")
    bounds = [asked.get(name) if isinstance(asked, Fields) else None for name in ("startDate", "endDate")]
    first, last = (day.name if isinstance(day, Parameter) else None for day in bounds)
    if first and last and DayRange(first, last, "during") not in build.day_ranges:
        build.day_ranges.append(DayRange(first, last, "during"))
    return during(variable, first and f"${first}", last and f"${last}")
