"""The field `regiograaf` of releases: what OCDS has no field for. `release-schema.json` beside this module describes it for others.

Dates stand as sources give them (EDTF), each with its basis. What is planned, uncertain or disputed says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.export.colophon import disputes, notes
from api.export.export import Export
from api.export.network import Network
from graph.build.edges import Edge
from graph.build.properties import Properties
from graph.dates.period import Period, state
from graph.domain.claim import Text
from graph.domain.languages import DEFAULT, language
from graph.domain.reference import uri as urn

LABEL = language(DEFAULT).property("label")
Found = dict[str, Any]


def of_contract(export: Export, whole: Network, key: str, status: str) -> Found:
    """Returns what is told of a contract beside the fields of OCDS; `status` is the one that it has on the day of the export."""
    life = whole.lives.get(key)
    options = [
        {"number": option["number"], "status": option["status"], **_dates(option)} for option in whole.attached(key, "ContractOption")
    ]
    own = {"status": status, "isPlanned": life.planned if life else None, "term": _term(life) if life else None, "options": options}
    return _known(own) | _of_thing(export, whole, key)


def of_procurement(export: Export, whole: Network, key: str) -> Found:
    """Returns what is told of a procurement beside the fields of OCDS: also the dates that are no exact days."""
    about = whole.things[key]
    return _known({name: about.get(f"{name}Edtf") for name in ("tenderPublished", "awardDate")}) | _of_thing(export, whole, key)


def _of_thing(export: Export, whole: Network, key: str) -> Found:
    claims = whole.claims.get(key, ())
    keys = [claim.key for claim in claims]
    told = {
        "uri": export.uri(key), "urn": urn(key), "relations": list(_relations(export, whole, key)),
        "figures": [_figure(figure) for figure in whole.attached(key, "Figure")],
        "remarks": [c.value[DEFAULT] for c in claims if c.predicate in ("incomplete", "complete") and isinstance(c.value, Text)],
        "conflicts": [
            {"id": each.key, "status": each.status, "explanation": each.explanation[DEFAULT]} for each in disputes(export.dataset, keys)
        ],
        "sources": list(notes(export.dataset, keys)),
    }  # fmt: skip
    return _known(told)


def _relations(export: Export, whole: Network, key: str) -> Iterator[Found]:
    """Yields the relationships of a thing, each with the predicate of its claims, the other end, and when it holds."""
    for edge in (*whole.starting.get(key, ()), *whole.ending.get(key, ())):
        predicate = whole.dataset.claims[edge.claims[0]]
        if predicate.subject == key:  # what is said of this thing, and not of another that refers to it
            other = edge.end if edge.start == key else edge.start
            yield _relation(export, whole, edge, predicate.predicate, other)


def _relation(export: Export, whole: Network, edge: Edge, predicate: str, other: str) -> Found:
    about = {
        "relation": predicate, "id": urn(other), "name": whole.name(other, DEFAULT), "state": state(edge.period, export.day).name,
        "isPlanned": edge.period.planned or None, "part": edge.properties.get("part"), **_term(edge.period),
        "sources": list(notes(export.dataset, edge.claims)),
    }  # fmt: skip
    return _known(about)


def _term(period: Period) -> Found:
    """Returns a period: the dates as sources give them, where they come from, and if it is known that and when it ends."""
    return _known({
        "start": period.start.edtf if period.start else None, "startBasis": period.start_basis,
        "end": period.end.edtf if period.end else None, "endBasis": period.end_basis, "endKnown": period.end_known,
        "attested": period.attested.edtf if period.attested else None,
    })  # fmt: skip


def _figure(figure: Properties) -> Found:
    names = ("measure", "unit", "number", "approximate", "functions")
    return _known({"label": figure.get(LABEL), **{name: figure.get(name) for name in names}, **_dates(figure)})


def _dates(attached: Properties) -> Found:
    return _known({"start": attached.get("startEdtf"), "end": attached.get("endEdtf")})


def _known(values: Mapping[str, Any]) -> Found:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
