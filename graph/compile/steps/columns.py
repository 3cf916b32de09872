"""The columns that a thing may be asked for, by its type: a step has all of them, so that its text does not depend on the choice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from graph.compile import claims
from graph.compile.catalog import ENTITY, ORGANIZATION
from graph.compile.fields import CATALOG, Handler
from graph.compile.rows import Build, Row, Scope
from graph.question import Ask

THING = "thing"  # how a column speaks of the thing itself
_OTHERS = {name: name for name in ("member", "organization", "edge", "start", "end", "municipality", "function")}
_PLAIN = (Ask("", ""), Ask("", "", (("lang", "EN"),)))
_ABOUT_A_LIST = Ask("", "", (), (("", (Ask("", "completeness"), Ask("", "remark"), Ask("", "remark", (("lang", "EN"),)))),))
_VALUE = Ask(
    "", "", (), (("TextValue", (Ask("", "text"), Ask("", "language"))), ("NumberValue", (Ask("", "number"), Ask("", "unit"))),
                 ("DateValue", (Ask("", "date"),))),
)  # fmt: skip


@cache
def columns(type_: str) -> Mapping[str, int]:
    """The columns of a type and their places, each a Cypher expression over `thing`; of an interface those of all its types."""
    found: dict[str, int] = {}
    for one in _types(type_):
        own = CATALOG.get(one, {})
        for text in (*((f"{THING}.type",) if own.keys() >= ENTITY.keys() else ()), *_columns(one, own)):
            found.setdefault(text, len(found))
    return found


def _types(type_: str) -> tuple[str, ...]:
    if type_ not in ("Entity", "Organization"):
        return (type_,)
    shared = ENTITY if type_ == "Entity" else ORGANIZATION
    return tuple(name for name, own in CATALOG.items() if own.keys() >= shared.keys())


def _columns(type_: str, own: Mapping[str, Handler]) -> Iterator[str]:
    """What the fields of a type need of the thing alone, seen by asking for each; a field that needs more is a list."""
    for handler in own.values():
        row, scope = Row(""), Scope(type_, THING, "asOf", _OTHERS)
        for ask in (*_PLAIN, *((_VALUE,) if handler is claims.value else ())):
            handler(Build(), row, scope, ask)
        if not row.blocks and not row.columns:
            handler(Build(), row, scope, _ABOUT_A_LIST)
        if not row.blocks or handler is claims.value:
            yield from (c for c in (row.fuller.get(c, c) for c in row.columns) if re.search(rf"\b{THING}\b", c))
