"""A query as a person pastes it into cypher-shell or Neo4j Browser: its parameters as `:param` lines, then its text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from graph.engines.cypher import Cypher

WIDTH = 100
_PARAMETER = re.compile(r"\$(\w+)")


def printed(cypher: Cypher) -> str:
    """Lines of at most WIDTH characters, except where a value of the caller is longer; only what the text uses is set."""
    used = dict.fromkeys(_PARAMETER.findall(cypher.text))
    given = [f":param {name} => {literal(cypher.parameters[name])}" for name in used]
    body = [part for line in cypher.text.split("\n") for part in _folded(line)]
    return "\n".join([*given, f"// {cypher.name}", *body]) + ";"


def literal(value: Any) -> str:
    """A parameter's value as Cypher."""
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(v) for v in value)}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"`{name}`: {literal(v)}" for name, v in value.items()) + "}"
    return json.dumps(value)  # numbers, true, false, null; a text in double quotes, with the escapes that Cypher has too


def _folded(line: str) -> list[str]:
    """A line broken at blanks; a blank within quotes stays, because there it is part of a value."""
    out, at = [], 0
    while len(line) - at > WIDTH:
        cut = max((i for i in range(at + 1, at + WIDTH + 1) if line[i] == " " and line.count("'", 0, i) % 2 == 0), default=-1)
        if cut < 0:
            break
        out.append(line[at:cut])
        at = cut + 1
    return [*out, line[at:]]
