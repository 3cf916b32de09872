"""From a question to one Cypher text and the function that shapes its one record. Pure: it asks nothing and knows no day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.compile.catalog import CATALOG
from graph.compile.fields import localized
from graph.compile.roots import ROOTS
from graph.compile.rows import Build, DayRange, Reference, Row, Scope, is_source, matched_texts
from graph.compile.source import ROW, Shape, refuse_ignored, shaping_function
from graph.question import Ask


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
    day_ranges: tuple[DayRange, ...] = ()
    schemes: Mapping[str, str | None] = field(default_factory=dict)


def plan(question: Ask, day: str = "asOf") -> Plan:
    """The plan of a root field. Equal questions give equal texts: aliases and values never enter the Cypher."""
    build, row = Build(CATALOG), Row(ROW)
    source = ROOTS[question.field](build, row, Scope("Query", "", day), question)
    refuse_ignored(question)
    references = tuple(build.references.values())
    lookups = [
        f"CALL () {{ {_found(r)} AS found_{r.parameter}{f', collect(n) AS begun_{r.parameter}' if r.parameter in build.started else ''} }}"
        for r in references
    ]
    parts = ["MATCH (d:Dataset {key: 'regiograaf'})", *lookups, row.body]
    parts.append(f"RETURN d.version AS version, [{', '.join(f'found_{r.parameter}' for r in references)}] AS found, {row.list} AS row")
    text = "\n".join(line for part in parts for line in part.split("\n") if line)
    shape = shaping_function(source, question.field)
    return Plan(question.field, text, shape, references, dict(build.cursors), source, tuple(build.day_ranges), dict(build.schemes))


def _found(reference: Reference) -> str:
    """Returns the lookup of a reference, so that an unknown or ambiguous one is an error and not an empty answer."""
    if reference.label == "Source":
        return (
            f"UNWIND ${reference.parameter} AS asked MATCH (n:Source) WHERE {is_source('n', '[asked]')}\n"
            f"WITH asked, n ORDER BY n.key\nRETURN collect([asked, n.key, n.title])"
        )
    return (
        f"{matched_texts(f'${reference.parameter}', 'n', reference.label)}{_no_event(reference)}\n"
        f"WITH text_{reference.parameter} AS asked, n ORDER BY n.key\nRETURN collect([asked, n.key, {localized('n', 'name')}])"
    )


def _no_event(reference: Reference) -> str:
    """An event is no Entity of the contract."""
    return " WHERE NOT n:ChangeEvent" if reference.label == "Entity" else ""
