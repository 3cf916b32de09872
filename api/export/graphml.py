"""GraphML of the things that are there on a day and the relationships between them, and the same as two CSV files for Gephi.

Dates stand as their sources give them (EDTF), so they are text. What no source says is left out. What may hold is in it too, and
`certainty` and `state` say how sure that is.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

from api.export.colophon import licences, lines, titles
from api.export.export import Export, Format
from api.export.network import Network, network_of
from api.export.xml_text import attribute, text
from api.table import Cell, Form, Table, csv_of
from graph.answers.change_rule import CERTAIN, UNCERTAIN
from graph.build.edges import Edge
from graph.dates.period import Period, State, state
from graph.domain.claim import Text
from graph.domain.languages import LANGUAGES

NODE = {
    "label": "string", **{language.property("name"): "string" for language in LANGUAGES}, "type": "string", "kind": "string",
    "code": "string", "from": "string", "to": "string", "certainty": "string", "state": "string", "uri": "string", "sources": "string",
    "licences": "string",
}  # fmt: skip
EDGE = {
    "label": "string", "type": "string", "role": "string", "from": "string", "to": "string", "fromBasis": "string", "toBasis": "string",
    "planned": "boolean", "certainty": "string", "state": "string", "claims": "int", "sources": "string",
    "licences": "string",
}  # fmt: skip
GRAPH = {"asOf": "string", "dataVersion": "string", "colophon": "string"}
_FORM = Form(",", "utf-8", "\r\n")  # as Gephi reads it
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
Attributes = Mapping[str, Cell]


def nodes(export: Export, whole: Network) -> Iterator[tuple[str, Attributes]]:
    """Yields the things that are shown on the day of an export, by key, each with its attributes."""
    for key, properties in whole.things.items():
        if not whole.exists(key, export.day):
            continue
        life = whole.spans.get(key)
        names = {language.property("name"): properties.get(language.property("name")) for language in LANGUAGES}
        yield key, {
            "label": whole.name(key, LANGUAGES[0].code), **names, "type": properties["type"], "kind": properties.get("kind"),
            "code": properties.get("code"), **(_period(life, export) if life else {}), "uri": export.uri(key),
            **_sources(export, [claim.key for claim in whole.claims.get(key, ())]),
        }  # fmt: skip


def relations(export: Export, whole: Network) -> Iterator[tuple[Edge, Attributes]]:
    """Yields the relationships that are shown on the day of an export, each with its attributes."""
    for edge in whole.on(export.day):
        period = edge.period
        yield edge, {
            "label": " ".join(filter(None, (edge.type, edge.role))), "type": edge.type, "role": edge.role or None,
            **_period(period, export), "fromBasis": period.start_basis, "toBasis": period.end_basis, "planned": period.planned,
            "claims": len(edge.claims), **_sources(export, edge.claims),
        }  # fmt: skip


def _sources(export: Export, claims: Sequence[str]) -> Attributes:
    return {"sources": "; ".join(titles(export.dataset, claims)), "licences": "; ".join(licences(export.dataset, claims))}


def _period(period: Period, export: Export) -> Attributes:
    """Returns a period as attributes: its dates as the source gives them, and how sure it is that it holds on the day."""
    now = state(period, export.day)
    return {
        "from": period.start.edtf if period.start else None, "to": period.end.edtf if period.end else None,
        "certainty": CERTAIN if now is State.YES else UNCERTAIN, "state": now.name,
    }  # fmt: skip


# ── GraphML ───────────────────────────────────────────────────────────────────────────────────────


async def write(export: Export) -> AsyncIterator[bytes]:
    """Yields the graph of an export as GraphML."""
    for part in graphml(export, await network_of(export)):
        yield part.encode()


def graphml(export: Export, whole: Network) -> Iterator[str]:
    """Yields the graph of an export as the parts of a GraphML document."""
    yield _HEAD
    for of, types in (("graph", GRAPH), ("node", NODE), ("edge", EDGE)):
        for name, type_ in types.items():
            yield f'<key id={_id(of, name)} for="{of}" attr.name={attribute(name)} attr.type="{type_}"/>\n'
    yield '<graph id="regiograaf" edgedefault="directed">\n'
    told = {"asOf": export.day.isoformat(), "dataVersion": export.data_version, "colophon": "\n".join(lines(export))}
    yield "".join(_data("graph", told)) + "\n"
    for key, attributes in nodes(export, whole):
        yield f"<node id={attribute(key)}>{''.join(_data('node', attributes))}</node>\n"
    for edge, attributes in relations(export, whole):
        ends = f"source={attribute(edge.start)} target={attribute(edge.end)}"
        yield f"<edge id={attribute(_edge_id(edge))} {ends}>{''.join(_data('edge', attributes))}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(of: str, attributes: Attributes) -> Iterator[str]:
    for name, value in attributes.items():
        if value is not None and value != "":
            written = str(value).lower() if isinstance(value, bool) else str(value)
            yield f"<data key={_id(of, name)}>{text(written)}</data>"


def _id(of: str, name: str) -> str:
    return attribute(f"{of}-{name}")


def _edge_id(edge: Edge) -> str:
    """Returns an id that no other edge has: two types of relationships may have the same ends."""
    return f"{edge.type}~{edge.key}"


# ── CSV for Gephi ─────────────────────────────────────────────────────────────────────────────────


async def write_nodes(export: Export) -> AsyncIterator[bytes]:
    """Yields the nodes of an export as a CSV that Gephi imports as a table of nodes."""
    found = nodes(export, await network_of(export))
    yield _csv(export, ("Id", "Label"), NODE, [((key, attributes["label"]), attributes) for key, attributes in found])


async def write_edges(export: Export) -> AsyncIterator[bytes]:
    """Yields the edges of an export as a CSV that Gephi imports as a table of edges."""
    header = ("Source", "Target", "Type", "Id", "Label")
    found = relations(export, await network_of(export))
    yield _csv(export, header, EDGE, [((e.start, e.end, "Directed", _edge_id(e), about["label"]), about) for e, about in found])


def _csv(export: Export, first: Sequence[str], names: Mapping[str, str], rows: Sequence[tuple[Sequence[Cell], Attributes]]) -> bytes:
    """Returns a table with the columns that Gephi knows first; each row says of which day and version it is."""
    others = [name for name in names if name != "label"]
    titled = ["relation" if name == "type" and "Type" in first else name for name in others]
    end = (export.day.isoformat(), export.data_version)
    table = tuple((*known, *(attributes.get(name) for name in others), *end) for known, attributes in rows)
    return csv_of(Table((*first, *titled, "asOf", "dataVersion"), table, _FORM))[0]


FORMAT = Format(
    "graphml",
    "regiograaf.graphml",
    "application/graphml+xml",
    Text("Netwerk van die dag, voor Gephi en yEd", "The network of that day, for Gephi and yEd"),
    write,
)
NODES = Format(
    "nodes",
    "regiograaf-nodes.csv",
    "text/csv; charset=utf-8",
    Text("Knopen van het netwerk, voor Gephi", "Nodes of the network, for Gephi"),
    write_nodes,
)
EDGES = Format(
    "edges",
    "regiograaf-edges.csv",
    "text/csv; charset=utf-8",
    Text("Verbindingen van het netwerk, voor Gephi", "Edges of the network, for Gephi"),
    write_edges,
)
