"""Queries in the form that can be pasted into cypher-shell or Neo4j Browser: `:param` lines, then the text."""

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
    """Returns lines of at most WIDTH characters, unless a value is longer. Only parameters that the text uses are set."""
    used = dict.fromkeys(_PARAMETER.findall(cypher.text))
    parameters = [f":param {name} => {literal(cypher.parameters[name])}" for name in used]
    body = [part for line in cypher.text.split("\n") for part in _folded(line)]
    return "\n".join([*parameters, f"// {cypher.name}", *body]) + ";"


def literal(value: Any) -> str:
    """Returns the value of a parameter as Cypher."""
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(v) for v in value)}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"`{name}`: {literal(v)}" for name, v in value.items()) + "}"
    return json.dumps(value)  # numbers, true, false, null; a text in double quotes, with the escapes that Cypher has too


def _folded(line: str) -> list[str]:
    """Breaks a line at spaces outside quotes; inside quotes a space is part of a value."""
    out, start = [], 0
    while len(line) - start > WIDTH:
        cut = max((i for i in range(start + 1, start + WIDTH + 1) if line[i] == " " and line.count("'", 0, i) % 2 == 0), default=-1)
        if cut < 0:
            break
        out.append(line[start:cut])
        start = cut + 1
    return [*out, line[start:]]
