"""From a question to one Cypher text and the function that shapes its one record. Pure: it asks nothing and knows no day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.answers import change_sentences, changes, coverage, facets, resolution, shape, timeline
from graph.answers import paths as chains
from graph.compile import catalog, comparison, search
from graph.compile.fields import CATALOG
from graph.compile.languages import localized
from graph.compile.roots import ROOTS, SOURCES
from graph.compile.rows import Build, Reference, Row, Scope, Stretch
from graph.domain import ranking
from graph.question import Ask

Shape = Callable[[Sequence[Any], Mapping[str, Any]], Any]
CATALOG["Meta"] = {"sources": SOURCES}
_ROW = "row"
_SCOPE: dict[str, Any] = {
    name: getattr(module, name)
    for module, names in {
        shape: ("page", "cursor", "end_cursor", "completeness", "fuzzy", "bounds", "span", "period", "organization_status", "days_to_end",
                "carried", "role_label", "locator", "context", "bounded", "exists_on", "placed"),
        changes: ("changes", "shown_of"),
        change_sentences: ("sentence",),
        timeline: ("moments", "moment"),
        facets: ("facets",),
        comparison: ("comparable", "few"),
        chains: ("paths", "way_label"),
        coverage: ("cover", "distinct", "counts", "lacking", "months_later", "step_label"),
        ranking: ("KINDS",),
        resolution: ("resolved",),
    }.items()
    for name in names
}  # fmt: skip
__all__ = ["Plan", "catalog", "plan", "search"]


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
    stretches: tuple[Stretch, ...] = ()


def plan(question: Ask, day: str = "asOf") -> Plan:
    """The plan of a root field. Equal questions give equal texts: aliases and values never enter the Cypher."""
    build, row = Build(), Row(_ROW)
    source = ROOTS[question.field](build, row, Scope("Query", "", day), question)
    references = tuple(build.references.values())
    found = [
        f"CALL () {{ {_found(r)} AS found_{r.parameter}{f', collect(n) AS begun_{r.parameter}' if r.parameter in build.begun else ''} }}"
        for r in references
    ]
    parts = ["MATCH (d:Dataset {key: 'regiograaf'})", *found, row.body]
    parts.append(f"RETURN d.version AS version, [{', '.join(f'found_{r.parameter}' for r in references)}] AS found, {row.list} AS row")
    code = f"def shape({_ROW}, p):\n    return {source}\n"
    scope = dict(_SCOPE)
    exec(compile(code, f"<plan of {question.field}>", "exec"), scope)  # only names from the catalog and quoted keys are in it
    text = "\n".join(line for part in parts for line in part.split("\n") if line)
    return Plan(question.field, text, scope["shape"], references, dict(build.cursors), code, tuple(build.stretches))


def _found(reference: Reference) -> str:
    """What each text of a reference leads to, so that an unknown or ambiguous one is an error and not an empty answer."""
    return (
        f"MATCH (asked:Reference)-[:REFERS_TO]->(n:{reference.label}) WHERE asked.key IN ${reference.parameter}{_no_event(reference)}\n"
        f"WITH asked, n ORDER BY n.key\nRETURN collect([asked.key, n.key, {localized('n', 'name')}])"
    )


def _no_event(reference: Reference) -> str:
    """An event is no Entity of the contract."""
    return " AND NOT n:ChangeEvent" if reference.label == "Entity" else ""
