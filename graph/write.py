"""The Cypher that makes and replaces the graph, and its constraints and indexes. All names come from the model and the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from graph.element import Node, Relationship
from graph.model import ENTITY_TYPES
from graph.records import Records

BATCH = 1000
OWN_LABELS = (
    "Entity", "Claim", "Source", "Conflict", "AlternateName", "Identifier", "Reference", "Figure", "ContractOption", "Lot",
)  # fmt: skip
SPELLED = (  # a text index is one of pieces of three signs, which is what `graph.ranking` looks for; it does not serve equality
    "CREATE TEXT INDEX reference_pieces IF NOT EXISTS FOR (n:Reference) ON (n.spelled)",
    "CREATE INDEX reference_spelled IF NOT EXISTS FOR (n:Reference) ON (n.spelled)",
)
KEPT_EDGES = ("MEMBER_OF", "NOT_MEMBER_OF", "SUPPLIES")

CURRENT = "OPTIONAL MATCH (d:Dataset {key: 'regiograaf'}) RETURN d.version, d.loadedAt"
FOREIGN = "MATCH (n) WHERE NOT n:Dataset RETURN count(n)"
CLAIM_DIGESTS = "MATCH (c:Claim) RETURN c.key, c.digest"
OPEN = "MERGE (d:Dataset {key: 'regiograaf'}) SET d.loading = true"
CLOSE = "MATCH (d:Dataset {key: 'regiograaf'}) SET d = {key: 'regiograaf', version: $version, loadedAt: $loadedAt}"


def definitions() -> list[str]:
    """Constraints and indexes, written so that a repetition changes nothing."""
    unique = [
        f"CREATE CONSTRAINT {label.lower()}_key IF NOT EXISTS FOR (n:{label}) REQUIRE n.key IS UNIQUE" for label in (*OWN_LABELS, "Dataset")
    ]
    order = [f"CREATE INDEX {t.label.lower()}_name IF NOT EXISTS FOR (n:{t.label}) ON (n.sortName)" for t in ENTITY_TYPES.values()]
    kept = [f"CREATE INDEX {t.lower()}_key IF NOT EXISTS FOR ()-[r:{t}]-() ON (r.key)" for t in KEPT_EDGES]
    return [*unique, *order, *kept, *SPELLED]


def removal() -> list[str]:
    return [f"MATCH (n:{label}) DETACH DELETE n" for label in OWN_LABELS]


def creation(records: Records) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Statements with their rows, at most BATCH rows each: first the nodes, then what links them."""
    by_labels: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in records.nodes:
        by_labels[node.labels].append(node)
    for labels, nodes in by_labels.items():
        text = f"UNWIND $rows AS row CREATE (n:{':'.join(labels)}) SET n = row"
        yield from _batched(text, [{**n.properties, "key": n.key} for n in nodes])
    by_ends: dict[tuple[str, str, str], list[Relationship]] = defaultdict(list)
    for link in records.relationships:
        by_ends[link.type, link.start[0], link.end[0]].append(link)
    for (type_, start, end), links in by_ends.items():
        text = (
            f"UNWIND $rows AS row MATCH (a:{start} {{key: row.start}}) MATCH (b:{end} {{key: row.end}}) "
            f"CREATE (a)-[r:{type_}]->(b) SET r = row.properties"
        )
        yield from _batched(text, [{"start": r.start[1], "end": r.end[1], "properties": r.properties} for r in links])


def _batched(text: str, rows: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for at in range(0, len(rows), BATCH):
        yield text, rows[at : at + BATCH]
