"""The Cypher that writes, updates and clears the graph, and its constraints and indexes. All names
come from the model.

Every query that creates takes rows and returns one number: how many of the rows found the nodes
that they belong to.
"""

from __future__ import annotations

from graph.domain import ranking
from graph.domain.languages import LANGUAGES
from graph.domain.model import ENTITY_TYPES, PREDICATES

OWN_LABELS = (
    "Claim", "Conflict", "AlternateName", "Identifier", "Reference", "Figure", "ContractOption", "Lot", "Outline", "Way", "Offer",
    "Bundle", "Entity", "Source", "ClaimDataset",
)  # fmt: skip
META_LABELS = ("Dataset", "Loading", "Commit")  # ours have the key `regiograaf`, which nobody else writes
KEPT_LOADS = 50  # of which a store keeps what they changed, if nobody says another number
LOG_LABELS = ("Load", "ClaimChange")  # what is kept of each load (`graph.load.claim_changes`); their keys begin with its instant
INWARD = frozenset(p.relation for p in PREDICATES.values() if p.relation and p.inverse) - {"MEMBER_OF"}  # stated by the entity at their end
OUTWARD = {p.relation for p in PREDICATES.values() if p.relation} - INWARD | {"NOT_MEMBER_OF"}
ATTACHED = {  # label: the relationship to the entity, or to its bundle if there may be many
    "AlternateName": "-[:NAMES]->(n)", "Identifier": "-[:IDENTIFIES]->(n)", "ContractOption": "-[:OPTION_OF]->(n)",
    "Lot": "-[:LOT_OF]->(n)", "Outline": "-[:OUTLINE_OF]->(n)", "Figure": "-[:FIGURE_OF]->(b)",
    "Way": "-[:WAY_OF]->(n)", "Offer": "-[:OFFER_OF]->(n)",
}  # fmt: skip
REFERENCE_INDEXES = (  # a text index is a trigram index, as `graph.domain.ranking` needs; it does not serve equality
    "CREATE TEXT INDEX reference_pieces IF NOT EXISTS FOR (n:Reference) ON (n.spelled)",
    "CREATE INDEX reference_spelled IF NOT EXISTS FOR (n:Reference) ON (n.spelled)",
)
PROVIDER_INDEX = "CREATE TEXT INDEX provider_names IF NOT EXISTS FOR (n:Provider) ON (n.spelledNames)"
OFFER_INDEX = "CREATE INDEX offer_place IF NOT EXISTS FOR (n:Offer) ON (n.place)"
INDEXED_EDGES = ("MEMBER_OF", "NOT_MEMBER_OF", "SUPPLIES")

# ── what there is ───────────────────────────────────────────────────────────────────────────────────

CURRENT = "OPTIONAL MATCH (d:Dataset {key: 'regiograaf'}) RETURN d.version, d.loadedAt"
STATE = (
    "OPTIONAL MATCH (d:Dataset {key: 'regiograaf'}) OPTIONAL MATCH (l:Loading {key: 'regiograaf'}) "
    "RETURN d.version, d.layout, d.loadedAt, count(l)"
)
NODES = "MATCH (n) RETURN count(n)"
LINKS = "MATCH ()-[r]->() RETURN count(r)"
CLAIM_DIGESTS = "MATCH (c:Claim) RETURN c.key, c.digest"
DIGESTS = {label: f"MATCH (n:{label}) RETURN n.key, n.digest" for label in ("Bundle", "Source", "Conflict", "ClaimDataset")}

_HANGS = {  # how each node of ours hangs on others from the moment when it is created; what hangs on nothing has a digest
    "Claim": "(n)-[:ABOUT]->(:Bundle)", "Conflict": "(n)-[:ABOUT]->(:Bundle)", "Reference": "(n)-[:REFERS_TO]->(:Entity)",
    "Bundle": "(n)<-[:DESCRIBED_IN]-(:Entity)", "Entity": "(n)-[:DESCRIBED_IN]->(:Bundle)",
    **{label: f"(n){path.replace('(n)', '(:Entity)').replace('(b)', '(:Bundle)')}" for label, path in ATTACHED.items()},
}  # fmt: skip
COUNT_META = (
    *(f"MATCH (n:{label} {{key: 'regiograaf'}}) RETURN count(n)" for label in META_LABELS),
    *(f"MATCH (n:{label}) WHERE n.version IS NOT NULL AND n.loadedAt IS NOT NULL RETURN count(n)" for label in LOG_LABELS),
)
COUNT_LABELLED = tuple(f"MATCH (n:{label}) RETURN count(n)" for label in OWN_LABELS)
_NAMES = ", ".join(f"n.{language.property('name')}" for language in LANGUAGES)
NAMES_OF = f"UNWIND $keys AS key MATCH (n:Entity {{key: key}}) RETURN key, {_NAMES}"
COUNT_HANGING = (
    *(f"MATCH (n:{label}) WHERE EXISTS {{ MATCH {path} }} RETURN count(n)" for label, path in _HANGS.items()),
    *(f"MATCH (n:{label}) WHERE n.digest IS NOT NULL RETURN count(n)" for label in ("Source", "ClaimDataset")),
)

# ── marks ───────────────────────────────────────────────────────────────────────────────────────────

# Each takes the lock of its node by a property of no meaning before it reads: Neo4j reads what is committed, not what is locked,
# so a load that compares first may compare with what another load is about to replace.

SET_MARK = (
    "MERGE (l:Loading {key: 'regiograaf'}) ON CREATE SET l.by = $by SET l.locked = true "
    "WITH l OPTIONAL MATCH (d:Dataset {key: 'regiograaf'}) RETURN CASE WHEN d IS NULL THEN l.by ELSE 'loaded' END"
)
TAKE_OVER = "MERGE (l:Loading {key: 'regiograaf'}) SET l.by = $by RETURN l.by"
REMOVE_DATASET = "OPTIONAL MATCH (d:Dataset {key: 'regiograaf'}) DELETE d RETURN count(d)"
CHECK_MARK = "MATCH (l:Loading {key: 'regiograaf'}) SET l.locked = true WITH l RETURN l.by"
LOCK_VERSION = "MATCH (d:Dataset {key: 'regiograaf'}) SET d.locked = true WITH d WHERE d.version = $version RETURN count(d)"
PUBLISH = """MERGE (d:Dataset {key: 'regiograaf'})
SET d = {key: 'regiograaf', version: $version, loadedAt: $loadedAt, layout: $layout, earliest: $earliest, latest: $latest}"""
LOADED = "CREATE (l:Load) SET l = $load RETURN count(l)"
CLAIM_CHANGE = "UNWIND $rows AS row CREATE (c:ClaimChange) SET c = row RETURN count(c)"
BEYOND = "MATCH (l:Load) WITH l.key AS at ORDER BY at DESC SKIP $kept RETURN max(at)"
FORGET = ("MATCH (c:ClaimChange) WHERE c.key < $last + '~' DELETE c", "MATCH (l:Load) WHERE l.key <= $last DELETE l")
CLEAR_MARK = "MATCH (l:Loading {key: 'regiograaf'}) DELETE l"
ANNOUNCE = "MERGE (c:Commit {key: 'regiograaf'}) SET c.by = $by, c.renewed = coalesce(c.renewed, 0) + 1 RETURN count(c)"
RENEW = "MATCH (c:Commit {key: 'regiograaf'}) WHERE c.by = $by SET c.renewed = c.renewed + 1 RETURN count(c)"
WITHDRAW = "MATCH (c:Commit {key: 'regiograaf'}) WHERE c.by = $by DELETE c RETURN count(c)"
WATCHED = (
    "OPTIONAL MATCH (d:Dataset {key: 'regiograaf'}) OPTIONAL MATCH (c:Commit {key: 'regiograaf'}) "
    "RETURN d.version, d.loadedAt, c.by + ' ' + toString(c.renewed)"
)

# ── what is added ───────────────────────────────────────────────────────────────────────────────────

DATASET = "UNWIND $rows AS row MERGE (s:ClaimDataset {key: row.key}) SET s = row RETURN count(s)"
SOURCE = "UNWIND $rows AS row MERGE (s:Source {key: row.key}) SET s = row RETURN count(s)"
ENTITY = "UNWIND $rows AS row MATCH (n:Entity {key: row[0]})-[:DESCRIBED_IN]->(b:Bundle) SET n = row[1], b.digest = row[2] RETURN count(n)"
CLAIM = (
    "UNWIND $rows AS row MATCH (b:Bundle {key: row[0]}) MATCH (s:Source {key: row[1]}) UNWIND row[2] AS item "
    "CREATE (b)<-[:ABOUT]-(c:Claim)-[:FROM]->(s) SET c = item RETURN count(c)"
)
CLAIM_WITH_ENTITY = (
    "UNWIND $rows AS row MATCH (b:Bundle {key: row[0]}) MATCH (s:Source {key: row[1]}) UNWIND row[2] AS item "
    "MATCH (v:Bundle {key: item[0]}) "
    "CREATE (b)<-[:ABOUT]-(c:Claim)-[:FROM]->(s) CREATE (c)-[:VALUE]->(v) SET c = item[1] RETURN count(c)"
)
REFERENCE = (
    "UNWIND $rows AS row MATCH (n:Entity {key: row[0]}) UNWIND row[1] AS item "
    "MERGE (x:Reference {key: item[0]}) SET x.spelled = coalesce(item[1], x.spelled) "
    "CREATE (x)-[:REFERS_TO {text: item[2], kind: item[3]}]->(n) RETURN count(n)"
)
CONFLICT = "UNWIND $rows AS row MATCH (b:Bundle {key: row[1]}) CREATE (k:Conflict)-[:ABOUT]->(b) SET k = row[0] RETURN count(k)"
TOUCHES = "UNWIND $rows AS row MATCH (k:Conflict {key: row[0]}) MATCH (b:Bundle {key: row[1]}) CREATE (k)-[:TOUCHES]->(b) RETURN count(k)"
BETWEEN = (
    "UNWIND $rows AS row MATCH (k:Conflict {key: row[0]}) MATCH (c:Claim {key: row[1]}) "
    "CREATE (k)-[:BETWEEN {chosen: row[2]}]->(c) RETURN count(k)"
)


def bare(labels: tuple[str, ...]) -> str:
    """Creates entities of some labels with their bundles, by their keys alone, so that every link finds both its ends."""
    return f"UNWIND $rows AS row CREATE (n:{':'.join(labels)} {{key: row}})-[:DESCRIBED_IN]->(:Bundle {{key: row}}) RETURN count(n)"


def attached(label: str) -> str:
    """Creates nodes of a label, each attached to its entity or to the bundle of that."""
    on = "MATCH (n:Entity {key: row[0]})" if ATTACHED[label].endswith("(n)") else "MATCH (b:Bundle {key: row[0]})"
    return f"UNWIND $rows AS row {on} UNWIND row[1] AS item CREATE (x:{label}){ATTACHED[label]} SET x = item RETURN count(x)"


def link(type_: str) -> str:
    """Creates relationships of a type, from the entity that states them or, if they run the other way, to it."""
    path = f"<-[r:{type_}]-" if type_ in INWARD else f"-[r:{type_}]->"
    ends = "MATCH (n:Entity {key: row[0]}) UNWIND row[1] AS item MATCH (o:Entity {key: item[0]})"
    return f"UNWIND $rows AS row {ends} CREATE (n){path}(o) SET r = item[1] RETURN count(r)"


def _attaching(to: str) -> str:
    """Returns the types of relationship by which nodes are attached to an entity, (n), or to its bundle, (b)."""
    return "|".join(path.removeprefix("-[:").partition("]")[0] for path in ATTACHED.values() if path.endswith(to))


# ── what is removed ────────────────────────────────────────────────────────────────────────────────

STRIPPED = (  # removes the claims about entities that are rewritten or removed, and all that came from these claims
    "UNWIND $keys AS key MATCH (:Bundle {key: key})<-[:ABOUT]-(c:Claim) DETACH DELETE c",
    f"UNWIND $keys AS key MATCH (:Bundle {{key: key}})<-[:{_attaching('(b)')}]-(x) DETACH DELETE x",
    f"UNWIND $keys AS key MATCH (:Entity {{key: key}})<-[:{_attaching('(n)')}]-(x) DETACH DELETE x",
    f"UNWIND $keys AS key MATCH (:Entity {{key: key}})-[r:{'|'.join(sorted(OUTWARD))}]->() DELETE r",
    f"UNWIND $keys AS key MATCH (:Entity {{key: key}})<-[r:{'|'.join(sorted(INWARD))}]-() DELETE r",
)
UNREFERRED = "UNWIND $keys AS key MATCH (:Entity {key: key})<-[r:REFERS_TO]-(x:Reference) WITH r, x.key AS text DELETE r RETURN text"
UNUSED = "UNWIND $keys AS key MATCH (x:Reference {key: key}) WHERE NOT EXISTS { MATCH (x)-[:REFERS_TO]->(:Entity) } DELETE x"
UNSPELLED = (  # a text that is no longer a name is found as a whole only
    f"UNWIND $keys AS key MATCH (x:Reference {{key: key}}) WHERE NOT EXISTS {{ MATCH (x)-[r:REFERS_TO]->(:Entity) WHERE NOT r.kind IN "
    f"[{', '.join(repr(kind) for kind in ranking.UNSPELLED)}] }} REMOVE x.spelled"
)
REMOVED = {
    label: f"UNWIND $keys AS key MATCH (n:{label} {{key: key}}) DETACH DELETE n"
    for label in ("Bundle", "Entity", "Source", "Conflict", "ClaimDataset")
}


CLEARED_PAIRS = "MATCH (n:Entity)-[:DESCRIBED_IN]->(b:Bundle) WITH n, b LIMIT $most DETACH DELETE n, b RETURN count(*)"


def clearing() -> list[str]:
    """Returns the queries that remove some nodes each and return their number, in such an order that what is left hangs together."""
    hanging = [label for label in OWN_LABELS if label not in ("Bundle", "Entity", "Source")]
    return [*map(cleared, hanging), CLEARED_PAIRS, *map(cleared, ("Bundle", "Entity", "Source"))]


def cleared(label: str) -> str:
    """Removes some nodes of a label and returns their number."""
    return f"MATCH (n:{label}) WITH n LIMIT $most DETACH DELETE n RETURN count(*)"


def removal() -> list[str]:
    """Removes everything of ours."""
    return [f"MATCH (n:{label}) DETACH DELETE n" for label in OWN_LABELS]


def definitions() -> list[str]:
    """Returns the queries that create the constraints and indexes; running them again changes nothing."""
    labels = (*OWN_LABELS, *META_LABELS, *LOG_LABELS)
    unique = [f"CREATE CONSTRAINT {label.lower()}_key IF NOT EXISTS FOR (n:{label}) REQUIRE n.key IS UNIQUE" for label in labels]
    sorted_by = [(t.label, "sortKey") for t in ENTITY_TYPES.values()]
    sorted_by += [("Municipality", "sortCode"), ("Claim", "predicate")]
    order = [f"CREATE INDEX {label.lower()}_{name.lower()} IF NOT EXISTS FOR (n:{label}) ON (n.{name})" for label, name in sorted_by]
    by_key = [f"CREATE INDEX {t.lower()}_key IF NOT EXISTS FOR ()-[r:{t}]-() ON (r.key)" for t in INDEXED_EDGES]
    return [*unique, *order, *by_key, *REFERENCE_INDEXES, PROVIDER_INDEX, OFFER_INDEX]
