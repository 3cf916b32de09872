"""Prints what `regiograaf explain` measured: as a text of 100 columns for a developer, or as plain values for a machine."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph.engines.cypher import Cypher
from graph.engines.printed import WIDTH, printed
from graph.engines.profile import Operator, Profile
from graph.errors import RegiograafError

NO_PLAN = "The store was not asked."
NO_HITS = "The embedded engine counts no db hits and no rows for each step. With NEO4J_URI you see the operators of Neo4j here."
NOTES = (
    "Microseconds, each measured once: for orientation, not for comparison. Equal documents are parsed, validated and planned once.",
    "The store reports its times in whole milliseconds. It plans a query that is new to it during the first run.",
)


@dataclass(frozen=True, slots=True)
class Field:
    """One root field: its query, three runs of that (twice as it is, then with operators), and its value.

    `shaped` is the microseconds for parameters, checks and shaping. Without `profiles` no query was run: `error` says why.
    """

    key: str
    field: str
    cypher: Cypher | None
    profiles: tuple[Profile, ...]
    shaped: int
    value: Any
    error: RegiograafError | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A whole question. `times` are microseconds for parse, validate, plan and write."""

    engine: str
    times: dict[str, int]
    fields: tuple[Field, ...]

    @property
    def errors(self) -> list[RegiograafError]:
        return [f.error for f in self.fields if f.error]


# ── for a developer ───────────────────────────────────────────────────────────────────────────────


def in_columns(explanation: Explanation) -> str:
    """Returns, root field by root field, Cypher and operators, and then one table of all times."""
    parts = [part for field in explanation.fields for part in _field(field)]
    return "\n".join([*parts, *_times(explanation)])


def _field(field: Field) -> Iterator[str]:
    yield _rule(field.field if field.key == field.field else f"{field.key}: {field.field}")
    if field.cypher is None:
        yield f"{NO_PLAN}\n"
        return
    yield f"\n{printed(field.cypher)}\n"
    if not field.profiles:
        return
    profiled = field.profiles[-1]
    if profiled.operators:
        yield f"{_counted(profiled)}. The result comes first. Each indented line joins the line above it.\n"
        yield f"{'':{WIDTH - 20}}{'rows':>8}{'db hits':>12}"
        yield from _operators(profiled.operators, 0)
    else:
        yield "\n".join(_wrapped(f"{_counted(profiled)}. {NO_HITS}")) + "\n"
        yield from (part for line in profiled.plan_text.strip().split("\n") for part in _wrapped(line) or [""])
    yield ""


def _counted(look: Profile) -> str:
    count = f"{len(look.records)} record{'s' if len(look.records) != 1 else ''}"
    return f"{count}, {look.operators.all_db_hits:,} db hits" if look.operators else count


def _operators(step: Operator, depth: int) -> Iterator[str]:
    """Yields a line for each operator. A chain stays at its depth, as Neo4j prints it; only what joins from the right is indented."""
    room = WIDTH - 21
    line = f"{'│ ' * depth}{step.name}  {' '.join(step.details.split())}"
    yield f"{line if len(line) <= room else line[: room - 1] + '…':{room + 1}}{step.rows:>8,}{step.db_hits:>12,}"
    for right in step.children[1:]:
        yield from _operators(right, depth + 1)
    for left in step.children[:1]:
        yield from _operators(left, depth)


def _times(explanation: Explanation) -> Iterator[str]:
    yield _rule("where the time goes")
    yield from ("", *(line for note in NOTES for line in _wrapped(note)), "")
    yield f"{'':40}{'first run':>14}{'again':>14}"
    for name in ("parse", "validate", "plan"):
        yield f"{name:40}{explanation.times[name]:>14,}{'kept':>14}"
    for field in explanation.fields:
        if field.profiles:
            first, again, *_ = field.profiles
            for name in ("available", "streamed", "driver"):
                label = {"available": "store, to the first record", "streamed": "store, streaming", "driver": "driver and wire"}[name]
                yield f"{field.key[:20] + ': ' + label:40}{getattr(first, name):>14,}{getattr(again, name):>14,}"
        yield f"{field.key[:20] + ': shape':40}{field.shaped:>14,}"
    yield f"{'write JSON':40}{explanation.times['write']:>14,}"


def _rule(title: str) -> str:
    return f"── {title} ".ljust(WIDTH, "─")


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line, WIDTH, subsequent_indent=" " * (len(line) - len(line.lstrip())), break_on_hyphens=False)


# ── for a machine ─────────────────────────────────────────────────────────────────────────────────


def plain(explanation: Explanation) -> dict[str, Any]:
    """Returns the same as plain values, with times in microseconds."""
    return {
        "engine": explanation.engine,
        "microseconds": explanation.times,
        "fields": [_plain_field(field) for field in explanation.fields],
    }


def _plain_field(field: Field) -> dict[str, Any]:
    profiled = field.profiles[-1] if field.profiles else None
    return {
        "key": field.key,
        "field": field.field,
        "cypher": field.cypher and field.cypher.text,
        "parameters": field.cypher and dict(field.cypher.parameters),
        "records": profiled and len(profiled.records),
        "dbHits": profiled.operators.all_db_hits if profiled and profiled.operators else None,
        "operators": _plain_operator(profiled.operators) if profiled and profiled.operators else None,
        "plan": profiled.plan_text or None if profiled else None,
        "looks": [{"available": k.available, "streamed": k.streamed, "driver": k.driver} for k in field.profiles[:2]],
        "shape": field.shaped,
        "error": {"code": field.error.code, "message": field.error.message, "remedy": field.error.remedy} if field.error else None,
    }


def _plain_operator(step: Operator) -> dict[str, Any]:
    return {
        "operator": step.name,
        "details": step.details,
        "rows": step.rows,
        "dbHits": step.db_hits,
        "children": [_plain_operator(child) for child in step.children],
    }
