"""GraphML is opened by networkx, and says of a day what the time rule says."""

from __future__ import annotations

import csv
import io
import warnings
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from api.export.export import Export
from api.export.graphml import EDGES, FORMAT, NODES, graphml
from api.export.network import Network, network
from graph.build.records import records
from graph.dates.period import State, state
from graph.domain.claim import Claim, Entity, EntityRef, Text
from tests.api.export.conftest import Written, turned
from tests.api.export.worlds import exports
from tests.graph.worlds import examples

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import networkx


@pytest.fixture
def opened(written: Written, small: Export) -> Any:
    """The graph of what the documents say, as networkx reads it."""
    return networkx.read_graphml(io.BytesIO(written(FORMAT, small)), force_multigraph=True)


def test_the_network_has_the_relationships_of_the_graph(whole: Network) -> None:
    bundles = records(replace(whole.dataset, outlines={})).bundles()
    assert {(e.type, e.key) for e in whole.edges} == {
        (type_, row[1]["key"]) for bundle in bundles for type_, rows in bundle.links.items() for row in rows
    }


@pytest.mark.parametrize("day", [date(2016, 1, 1), date(2022, 1, 1), date(2024, 6, 1)])
def test_the_ends_of_every_edge_are_nodes_and_every_edge_is_shown_on_the_day(export: Export, whole: Network, day: date) -> None:
    opened = networkx.parse_graphml("".join(graphml(replace(export, day=day), whole)), force_multigraph=True)
    by_id = {f"{e.type}~{e.key}": e for e in whole.edges}
    told = {key: data for *_, key, data in opened.edges(keys=True, data=True)}
    assert all("label" in data for _, data in opened.nodes(data=True))  # an end that is no node would have no attribute
    assert all(state(by_id[key].period, day).shown for key in told)
    assert all((data["certainty"] == "CERTAIN") == (state(by_id[key].period, day) is State.YES) for key, data in told.items())
    left = [e for key, e in by_id.items() if key not in told and state(e.period, day).shown]
    assert all(not (whole.exists(e.start, day) and whole.exists(e.end, day)) for e in left)


@given(exports())
@examples(25)
def test_of_any_data_the_network_is_the_graph_and_the_ends_of_edges_are_nodes(export: Export) -> None:
    whole = network(export.dataset)
    links = {(type_, row[1]["key"]) for b in records(export.dataset).bundles() for type_, rows in b.links.items() for row in rows}
    assert {(edge.type, edge.key) for edge in whole.edges} == links
    opened = networkx.parse_graphml("".join(graphml(export, whole)), force_multigraph=True)
    assert all("label" in data for _, data in opened.nodes(data=True))
    assert len(opened.edges) == len(list(whole.on(export.day)))


def test_networkx_reads_what_was_written(opened: Any, export: Export) -> None:
    assert opened.is_directed()
    assert (opened.graph["asOf"], opened.graph["dataVersion"]) == ("2024-06-01", "version-1")
    assert all(source.title in opened.graph["colophon"] for source in export.dataset.sources.values())
    assert opened.nodes["region/zaanstreek-waterland"]["nameNl"] == "Zaanstreek-Waterland"
    assert "collaboration/aa-zawa" in opened
    (buys,) = opened.get_edge_data("municipality/purmerend", "contract/zawa-2022").values()
    assert (buys["type"], buys["from"], buys["to"], buys["certainty"]) == ("BUYS", "2022-01-01", "2023-12-31/2026-12-31", "UNCERTAIN")
    assert isinstance(buys["claims"], int)
    assert buys["planned"] is False


def test_marks_of_xml_in_names_and_keys_are_text(export: Export) -> None:
    name = "A & B <i>\"c\"</i> 'd' é"
    key, period = "provider/a", next(iter(export.dataset.claims.values())).period
    claim = Claim("c&1", key, "name", Text(name), period, "roo")
    member = Claim("c<2", key, "memberOf", EntityRef("provider/b"), period, "roo")
    things = {k: Entity(k, "Provider") for k in (key, "provider/b")}
    small = replace(export.dataset, entities=things, claims={c.key: c for c in (claim, member)}, conflicts={})
    opened = networkx.parse_graphml("".join(graphml(replace(export, dataset=small), network(small))))
    assert opened.nodes[key]["label"] == name
    assert list(opened.edges) == [(key, "provider/b")]


def test_the_tables_for_gephi_have_the_same_nodes_and_edges(opened: Any, written: Written, small: Export) -> None:
    nodes, edges = (list(csv.DictReader(io.StringIO(written(one, small).decode()))) for one in (NODES, EDGES))
    assert [row["Id"] for row in nodes] == list(opened.nodes)
    assert sorted((row["Source"], row["Target"], row["Id"]) for row in edges) == sorted(opened.edges(keys=True))
    assert {row["Type"] for row in edges} == {"Directed"}
    assert {(row["asOf"], row["dataVersion"]) for row in (*nodes, *edges)} == {("2024-06-01", "version-1")}


@pytest.mark.parametrize("format_", [FORMAT, NODES, EDGES], ids=lambda one: one.name)
def test_the_same_export_gives_the_same_bytes_in_whatever_order_it_was_read(format_: Any, written: Written, small: Export) -> None:
    assert written(format_, small) == written(format_, turned(small))
