"""What `regiograaf explain` found, as a text of 100 columns for a developer and as plain values for a machine."""

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
NO_HITS = "The embedded engine counts no db hits and no rows for each step; with NEO4J_URI the operators of Neo4j stand here."
NOTES = (
    "Microseconds, each looked at once: for orientation, not for comparison. parse, validate and plan are paid once for equal documents.",
    "The store tells its times in whole milliseconds; a query that is new to it is planned within the first look.",
)


@dataclass(frozen=True, slots=True)
class Field:
    """One root field: what was asked of the store, three looks at it (twice as it is, then with operators), and what came of it.

    `shaped` is microseconds for binding, checking and shaping. Without `looks` nothing was asked: `error` says why.
    """

    key: str
    field: str
    cypher: Cypher | None
    looks: tuple[Profile, ...]
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


def in_columns(found: Explanation) -> str:
    """Root field by root field: Cypher, operators, then one table of all times."""
    parts = [part for one in found.fields for part in _field(one)]
    return "\n".join([*parts, *_times(found)])


def _field(one: Field) -> Iterator[str]:
    yield _rule(one.field if one.key == one.field else f"{one.key}: {one.field}")
    if one.cypher is None:
        yield f"{NO_PLAN}\n"
        return
    yield f"\n{printed(one.cypher)}\n"
    if not one.looks:
        return
    profiled = one.looks[-1]
    if profiled.operators:
        yield f"{_counted(profiled)}. The result first; what is indented joins the line above it.\n"
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
    """A chain stays at its depth, as Neo4j prints it: only what joins from the right goes in."""
    room = WIDTH - 21
    line = f"{'│ ' * depth}{step.name}  {' '.join(step.details.split())}"
    yield f"{line if len(line) <= room else line[: room - 1] + '…':{room + 1}}{step.rows:>8,}{step.db_hits:>12,}"
    for right in step.children[1:]:
        yield from _operators(right, depth + 1)
    for left in step.children[:1]:
        yield from _operators(left, depth)


def _times(found: Explanation) -> Iterator[str]:
    yield _rule("where the time goes")
    yield from ("", *(line for note in NOTES for line in _wrapped(note)), "")
    yield f"{'':40}{'first look':>14}{'again':>14}"
    for name in ("parse", "validate", "plan"):
        yield f"{name:40}{found.times[name]:>14,}{'kept':>14}"
    for one in found.fields:
        if one.looks:
            first, again, *_ = one.looks
            for name in ("available", "streamed", "driver"):
                label = {"available": "store, to the first record", "streamed": "store, streaming", "driver": "driver and wire"}[name]
                yield f"{one.key[:20] + ': ' + label:40}{getattr(first, name):>14,}{getattr(again, name):>14,}"
        yield f"{one.key[:20] + ': shape':40}{one.shaped:>14,}"
    yield f"{'write JSON':40}{found.times['write']:>14,}"


def _rule(title: str) -> str:
    return f"── {title} ".ljust(WIDTH, "─")


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line, WIDTH, subsequent_indent=" " * (len(line) - len(line.lstrip())), break_on_hyphens=False)


# ── for a machine ─────────────────────────────────────────────────────────────────────────────────


def plain(found: Explanation) -> dict[str, Any]:
    """The same as plain values; times in microseconds."""
    return {"engine": found.engine, "microseconds": found.times, "fields": [_plain_field(one) for one in found.fields]}


def _plain_field(one: Field) -> dict[str, Any]:
    profiled = one.looks[-1] if one.looks else None
    return {
        "key": one.key,
        "field": one.field,
        "cypher": one.cypher and one.cypher.text,
        "parameters": one.cypher and dict(one.cypher.parameters),
        "records": profiled and len(profiled.records),
        "dbHits": profiled.operators.all_db_hits if profiled and profiled.operators else None,
        "operators": _plain_operator(profiled.operators) if profiled and profiled.operators else None,
        "plan": profiled.plan_text or None if profiled else None,
        "looks": [{"available": k.available, "streamed": k.streamed, "driver": k.driver} for k in one.looks[:2]],
        "shape": one.shaped,
        "error": {"code": one.error.code, "message": one.error.message, "remedy": one.error.remedy} if one.error else None,
    }


def _plain_operator(step: Operator) -> dict[str, Any]:
    return {
        "operator": step.name,
        "details": step.details,
        "rows": step.rows,
        "dbHits": step.db_hits,
        "children": [_plain_operator(child) for child in step.children],
    }
