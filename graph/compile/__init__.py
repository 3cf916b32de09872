"""From a question to one Cypher text and the function that shapes its one record. Pure: it asks nothing and knows no day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import covered, shape
from graph.compile import catalog
from graph.compile.build import Build, Reference, Row, Scope
from graph.compile.fields import CATALOG
from graph.compile.roots import ROOTS, SOURCES
from graph.question import Ask

Shape = Callable[[Sequence[Any], Mapping[str, Any]], Any]
CATALOG["Meta"] = {"sources": SOURCES}
_ROW = "row"
_SCOPE: dict[str, Any] = {
    name: getattr(module, name)
    for module, names in {
        shape: ("page", "cursor", "end_cursor", "completeness", "fuzzy", "bounds", "span", "period", "organization_status", "days_to_end",
                "carried", "role_label", "locator", "context", "bounded", "placed"),
        covered: ("cover", "distinct", "counts", "lacking", "months_later", "step_label"),
    }.items()
    for name in names
}  # fmt: skip
__all__ = ["Plan", "catalog", "plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """A question, compiled: its Cypher, and how the record becomes the answer.

    The record has three values: the version of the data, what the references lead to (for each reference a list of
    [normal text, key, name], in the order of the keys), and the columns of the answer.
    """

    name: str
    text: str
    shape: Shape
    references: tuple[Reference, ...]
    cursors: Mapping[str, str]
    source: str


def plan(question: Ask, day: str = "asOf") -> Plan:
    """The plan of a root field. Equal questions give equal texts: aliases and values never enter the Cypher."""
    build, row = Build(), Row(_ROW)
    source = ROOTS[question.field](build, row, Scope("Query", "", day), question)
    references = tuple(build.references.values())
    parts = ["MATCH (d:Dataset {key: 'regiograaf'})", *(_found(r, begins=r.parameter in build.begun) for r in references), *row.blocks]
    parts.append(f"RETURN d.version AS version, [{', '.join(f'found_{r.parameter}' for r in references)}] AS found, {row.list} AS row")
    code = f"def shape({_ROW}, p):\n    return {source}\n"
    scope = dict(_SCOPE)
    exec(compile(code, f"<plan of {question.field}>", "exec"), scope)  # only names from the catalog and quoted keys are in it
    text = "\n".join(line for part in parts for line in part.split("\n") if line)
    return Plan(question.field, text, scope["shape"], references, dict(build.cursors), code)


def _found(reference: Reference, *, begins: bool) -> str:
    """What each text of a reference leads to, so that an unknown or ambiguous one is an error and not an empty answer."""
    name = reference.parameter
    return (
        f"CALL () {{ MATCH (asked:Reference)-[:REFERS_TO]->(n:{reference.label}) WHERE asked.key IN ${name}\n"
        f"WITH asked, n ORDER BY n.key\n"
        f"RETURN collect([asked.key, n.key, n.nameNl]) AS found_{name}{f', collect(n) AS begun_{name}' if begins else ''} }}"
    )
