"""The Cypher that makes, mends and clears the graph, and its constraints and indexes. All names come from the model.

Every statement that creates takes rows and returns one number: how many of them found what they hang on.
"""

from __future__ import annotations

from graph.domain import ranking
from graph.domain.model import ENTITY_TYPES, PREDICATES

OWN_LABELS = (
    "Claim", "Conflict", "AlternateName", "Identifier", "Reference", "Figure", "ContractOption", "Lot", "Bundle", "Entity", "Source",
)  # fmt: skip
INWARD = frozenset(p.relation for p in PREDICATES.values() if p.relation and p.inverse) - {"MEMBER_OF"}  # said by the thing at their end
OUTWARD = {p.relation for p in PREDICATES.values() if p.relation} - INWARD | {"NOT_MEMBER_OF"}
HANGING = {  # label: how it hangs on a thing, or on its bundle where there may be many
    "AlternateName": "-[:NAMES]->(n)", "Identifier": "-[:IDENTIFIES]->(n)", "ContractOption": "-[:OPTION_OF]->(n)",
    "Lot": "-[:LOT_OF]->(n)", "Figure": "-[:FIGURE_OF]->(b)",
}  # fmt: skip
SPELLED = (  # a text index is one of pieces of three signs, which is what `graph.domain.ranking` looks for; it does not serve equality
    "CREATE TEXT INDEX reference_pieces IF NOT EXISTS FOR (n:Reference) ON (n.spelled)",
    "CREATE INDEX reference_spelled IF NOT EXISTS FOR (n:Reference) ON (n.spelled)",
)
KEPT_EDGES = ("MEMBER_OF", "NOT_MEMBER_OF", "SUPPLIES")

# ── what there is ─────────────────────────────────────────────────────────────────────────────────

CURRENT = "OPTIONAL MATCH (d:Dataset {key: 'regiograaf'}) RETURN d.version, d.loadedAt"
STATE = "OPTIONAL MATCH (d:Dataset) OPTIONAL MATCH (l:Loading) RETURN d.version, d.layout, count(l)"
NODES = "MATCH (n) RETURN count(n)"
LINKS = "MATCH ()-[r]->() RETURN count(r)"
CLAIM_DIGESTS = "MATCH (c:Claim) RETURN c.key, c.digest"
CLAIM_DIGESTS_OF = "UNWIND $keys AS key MATCH (b:Bundle {key: key})<-[:ABOUT]-(c:Claim) RETURN c.key, c.digest"
DIGESTS = {label: f"MATCH (n:{label}) RETURN n.key, n.digest" for label in ("Bundle", "Source", "Conflict")}

# ── who writes ────────────────────────────────────────────────────────────────────────────────────

TAKE = (
    "MERGE (l:Loading {key: 'regiograaf'}) ON CREATE SET l.by = $by WITH l OPTIONAL MATCH (d:Dataset) "
    "RETURN CASE WHEN d IS NULL THEN l.by ELSE 'loaded' END"
)
TAKE_OVER = "MERGE (l:Loading {key: 'regiograaf'}) SET l.by = $by RETURN l.by"
NO_GRAPH = "OPTIONAL MATCH (d:Dataset) DELETE d RETURN count(d)"
HOLD = "MATCH (l:Loading {key: 'regiograaf'}) SET l.by = l.by RETURN l.by"
HOLD_VERSION = "MATCH (d:Dataset {key: 'regiograaf'}) WHERE d.version = $version SET d.version = $version RETURN count(d)"
CLOSE = "MERGE (d:Dataset {key: 'regiograaf'}) SET d = {key: 'regiograaf', version: $version, loadedAt: $loadedAt, layout: $layout}"
LEAVE = "MATCH (l:Loading) DELETE l"
ANNOUNCE = (
    "MERGE (c:Commit {key: 'regiograaf'}) SET c.begins = timestamp() + $grace, c.stale = timestamp() + $grace + $stale RETURN count(c)"
)
WITHDRAW = "MATCH (c:Commit) DELETE c RETURN count(c)"
WATCHED = (
    "OPTIONAL MATCH (d:Dataset {key: 'regiograaf'}) OPTIONAL MATCH (c:Commit) WHERE c.stale > timestamp() "
    "RETURN d.version, d.loadedAt, c.begins - timestamp()"
)

# ── what is made ──────────────────────────────────────────────────────────────────────────────────

SOURCE = "UNWIND $rows AS row MERGE (s:Source {key: row.key}) SET s = row RETURN count(s)"
THING = "UNWIND $rows AS row MATCH (n:Entity {key: row[0]})-[:DESCRIBED_IN]->(b:Bundle) SET n = row[1], b.digest = row[2] RETURN count(n)"
CLAIM = (
    "UNWIND $rows AS row MATCH (b:Bundle {key: row[0]}) MATCH (s:Source {key: row[1]}) "
    "CREATE (b)<-[:ABOUT]-(c:Claim)-[:FROM]->(s) SET c = row[3] RETURN count(c)"
)
CLAIM_OF_THING = (
    "UNWIND $rows AS row MATCH (b:Bundle {key: row[0]}) MATCH (s:Source {key: row[1]}) MATCH (v:Bundle {key: row[2]}) "
    "CREATE (b)<-[:ABOUT]-(c:Claim)-[:FROM]->(s) CREATE (c)-[:VALUE]->(v) SET c = row[3] RETURN count(c)"
)
REFERENCE = (
    "UNWIND $rows AS row MATCH (n:Entity {key: row[0]}) MERGE (x:Reference {key: row[1]}) SET x.spelled = coalesce(row[2], x.spelled) "
    "CREATE (x)-[:REFERS_TO {text: row[3], kind: row[4]}]->(n) RETURN count(n)"
)
CONFLICT = "UNWIND $rows AS row MATCH (b:Bundle {key: row[1]}) CREATE (k:Conflict)-[:ABOUT]->(b) SET k = row[0] RETURN count(k)"
TOUCHES = "UNWIND $rows AS row MATCH (k:Conflict {key: row[0]}) MATCH (b:Bundle {key: row[1]}) CREATE (k)-[:TOUCHES]->(b) RETURN count(k)"
BETWEEN = (
    "UNWIND $rows AS row MATCH (k:Conflict {key: row[0]}) MATCH (c:Claim {key: row[1]}) "
    "CREATE (k)-[:BETWEEN {chosen: row[2]}]->(c) RETURN count(k)"
)


def bare(labels: tuple[str, ...]) -> str:
    """Things of some labels with their bundles, by their keys alone: what links them has both ends from then on."""
    return f"UNWIND $rows AS row CREATE (n:{':'.join(labels)} {{key: row}})-[:DESCRIBED_IN]->(:Bundle {{key: row}}) RETURN count(n)"


def hanging(label: str) -> str:
    on = "MATCH (n:Entity {key: row[0]})" if HANGING[label].endswith("(n)") else "MATCH (b:Bundle {key: row[0]})"
    return f"UNWIND $rows AS row {on} CREATE (x:{label}){HANGING[label]} SET x = row[1] RETURN count(x)"


def link(type_: str) -> str:
    """Relationships of a type, from the thing that says so or, where they run the other way, to it."""
    path = f"<-[r:{type_}]-" if type_ in INWARD else f"-[r:{type_}]->"
    ends = "MATCH (n:Entity {key: row[0]}) MATCH (o:Entity {key: row[1]})"
    return f"UNWIND $rows AS row {ends} CREATE (n){path}(o) SET r = row[2] RETURN count(r)"


# ── what goes ─────────────────────────────────────────────────────────────────────────────────────

STRIPPED = (  # of things that change or go: all that is said of them, and what that made
    "UNWIND $keys AS key MATCH (:Bundle {key: key})<-[:ABOUT]-(c:Claim) DETACH DELETE c",
    "UNWIND $keys AS key MATCH (:Bundle {key: key})<-[:FIGURE_OF]-(f:Figure) DETACH DELETE f",
    "UNWIND $keys AS key MATCH (:Entity {key: key})<-[:NAMES|IDENTIFIES|OPTION_OF|LOT_OF]-(x) DETACH DELETE x",
    f"UNWIND $keys AS key MATCH (:Entity {{key: key}})-[r:{'|'.join(sorted(OUTWARD))}]->() DELETE r",
    f"UNWIND $keys AS key MATCH (:Entity {{key: key}})<-[r:{'|'.join(sorted(INWARD))}]-() DELETE r",
)
UNCALLED = "UNWIND $keys AS key MATCH (:Entity {key: key})<-[r:REFERS_TO]-(x:Reference) WITH r, x.key AS text DELETE r RETURN text"
UNUSED = "UNWIND $keys AS key MATCH (x:Reference {key: key}) WHERE NOT EXISTS { MATCH (x)-[:REFERS_TO]->(:Entity) } DELETE x"
UNSPELLED = (  # a text that names nothing any more is found as a whole only
    f"UNWIND $keys AS key MATCH (x:Reference {{key: key}}) WHERE NOT EXISTS {{ MATCH (x)-[r:REFERS_TO]->(:Entity) WHERE NOT r.kind IN "
    f"[{', '.join(repr(kind) for kind in ranking.UNSPELLED)}] }} REMOVE x.spelled"
)
GONE = {
    label: f"UNWIND $keys AS key MATCH (n:{label} {{key: key}}) DETACH DELETE n" for label in ("Bundle", "Entity", "Source", "Conflict")
}


def cleared(label: str) -> str:
    """Removes some nodes of a label and returns how many."""
    return f"MATCH (n:{label}) WITH n LIMIT $most DETACH DELETE n RETURN count(*)"


def removal() -> list[str]:
    """Removes all that is ours at once."""
    return [f"MATCH (n:{label}) DETACH DELETE n" for label in OWN_LABELS]


def definitions() -> list[str]:
    """Constraints and indexes, written so that a repetition changes nothing."""
    labels = (*OWN_LABELS, "Dataset", "Loading", "Commit")
    unique = [f"CREATE CONSTRAINT {label.lower()}_key IF NOT EXISTS FOR (n:{label}) REQUIRE n.key IS UNIQUE" for label in labels]
    sorted_by = [(t.label, "sortKey") for t in ENTITY_TYPES.values()] + [("Municipality", "sortCode"), ("Provider", "sortName")]
    order = [f"CREATE INDEX {label.lower()}_{name.lower()} IF NOT EXISTS FOR (n:{label}) ON (n.{name})" for label, name in sorted_by]
    kept = [f"CREATE INDEX {t.lower()}_key IF NOT EXISTS FOR ()-[r:{t}]-() ON (r.key)" for t in KEPT_EDGES]
    return [*unique, *order, *kept, *SPELLED]
