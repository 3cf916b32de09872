"""`search` and `resolve`: from what someone typed to things. The rule of `graph.domain.ranking` stands here in Cypher.

Candidates come from an index: those with the same key, and those that have one of the `seeds`, pieces of which every text that answers
has at least one. Only they are scored. A thing is put in order by the least text of `place`, score and text in one, so that no engine
has to keep an order while it groups.
"""

from __future__ import annotations

from graph.answers.columns import ResolvedRow
from graph.answers.resolution import MOST, Candidate, Resolved, matched_kind, resolved
from graph.answers.shape import exists_on
from graph.compile.changes import labels
from graph.compile.fields import life_with_options, project
from graph.compile.lists import Matched, Order, connection, short
from graph.compile.rows import Build, Row, Scope, columns, quoted
from graph.compile.source import attribute, call, object_of, parameter
from graph.domain import ranking
from graph.domain.model import ENTITIES
from graph.question import Ask, Items, NotCompiled

HINTS = 5
_TOP = 2 * ranking.EXACT  # scores are counted down from here, so that the best comes first and all have four digits
_STEPS = 4  # how often a thing can have gone into another, one after the other
_KIND = f"substring('{''.join(chr(ord('a') + at) for at in range(len(ranking.KINDS)))}', {{place}}, 1)"
_PLACE = "CASE called.kind " + " ".join(f"WHEN '{kind}' THEN {at}" for at, kind in enumerate(ranking.KINDS)) + " END"
_OFF = "CASE called.kind " + " ".join(f"WHEN '{kind}' THEN {off}" for kind, off in ranking.OFF.items()) + " ELSE 0 END"


def _scored(p: str, n: str, prefix: str, types: str) -> str:
    """A subquery that gives the things that answer, for each the best of its texts (score, kind and text in one), and the best of all."""
    return f"""CALL () {{ CALL () {{ UNWIND ${p}_keys AS key MATCH (r:Reference {{key: key}}) RETURN r
UNION UNWIND ${p}_seeds AS seed MATCH (r:Reference) WHERE r.spelled CONTAINS seed RETURN r }}
MATCH (r)-[called:REFERS_TO]->({n}:Entity) WHERE {n}.type IN {types}
WITH {n}, called, r.spelled AS text, r.key IN ${p}_keys OR coalesce(r.spelled = ${p}_spelled, false) AS same,
size([gram IN ${p}_grams WHERE r.spelled CONTAINS gram]) AS shared, size(replace(coalesce(r.spelled, ''), ' ', '')) AS letters,
{_OFF} AS off
WHERE same OR (shared >= ${p}_least AND all(word IN ${p}_sure WHERE text CONTAINS word))
WITH {n}, called, CASE WHEN same THEN {ranking.EXACT} - off
WHEN text STARTS WITH ${p}_spelled THEN {ranking.BEGINS} + 200 * ${p}_letters / (${p}_letters + letters) - off
WHEN all(word IN ${p}_words WHERE text CONTAINS word) THEN {ranking.WORDS} + 100 * ${p}_letters / (${p}_letters + letters) - off
ELSE 1000 * shared / (size(${p}_grams) + letters) END AS score
WITH {n}, min(toString({_TOP} - score) + {_KIND.format(place=_PLACE)} + called.text) AS best
RETURN collect({n}) AS {prefix}_things, collect(best) AS {prefix}_texts, min(best) AS {prefix}_first }}"""


def search(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    query, n, best, prefix = ask.parameter("query"), build.fresh("n"), build.fresh("best"), build.fresh("found")
    wanted = ask.get("types", Items)
    types = quoted(labels(wanted) if wanted else ENTITIES)
    row.as_it_is(_scored(query.name, n, prefix, types))

    def edge(build: Build, inner: Row, entry: Scope, child: Ask) -> str | None:
        match child.field:
            case "score":
                return f"({_TOP} - int({inner.column(best)}[:4])) / {ranking.EXACT}"
            case "matchedText":
                return f"{inner.column(best)}[5:]"
            case "matchedKind":
                return call(matched_kind, inner.column(best))
            case "existsOnDay":
                return call(exists_on, inner.column(life_with_options(n)), parameter(entry.day))
            case "supersededBy":
                return _superseded(build, inner, entry, child)
            case _:
                return None

    def whole(build: Build, row: Row, child: Ask) -> str:
        return _suggestions(build, row, query.name, things, types)

    things, texts = f"{prefix}_things", f"{prefix}_texts"
    clauses = f"UNWIND range(0, size({things}) - 1) AS at\nWITH {things}[at] AS {n}, {texts}[at] AS {best}, {prefix}_first AS first"
    imports = (things, texts, f"{prefix}_first")
    better = f"(first >= '{_TOP - ranking.ALIKE}' OR {best} < '{_TOP - ranking.ALIKE}')"  # what is only alike where nothing answers better
    matched = Matched(clauses, imports, scope.at("Entity", n), f"{n}.key", (better,), keep=(best,), whole=whole, edge_fields=edge)
    return connection(build, row, ask, matched, [Order("RANK", f"left({best}, 4)")], project)


def _suggestions(build: Build, row: Row, p: str, things: str, types: str) -> str:
    """The nearest names, looked for where nothing answers and only then."""
    near = build.fresh("l")
    row.as_it_is(
        f"CALL ({things}) {{ UNWIND CASE size({things}) WHEN 0 THEN ${p}_hints ELSE [] END AS seed\n"
        f"MATCH (r:Reference) WHERE r.spelled CONTAINS seed WITH DISTINCT r\n"
        f"MATCH (r)-[called:REFERS_TO]->(x:Entity) WHERE x.type IN {types} AND called.kind IN {quoted(ranking.NAMES)}\n"
        f"WITH called.text AS name, r, size([gram IN ${p}_grams WHERE r.spelled CONTAINS gram]) AS shared\n"
        f"WHERE 2 * shared >= size(${p}_grams)\n"
        f"WITH name, max(1000 * shared / (size(${p}_grams) + size(replace(r.spelled, ' ', '')))) AS near\n"
        f"ORDER BY near DESC, name LIMIT {HINTS} WITH near, name ORDER BY near DESC, name RETURN collect(name) AS {near} }}"
    )
    return row.column(near)


def _superseded(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The successors by the day of a thing that no longer exists, however many steps later; a thing that exists has none."""
    day, y = f"${scope.day}", build.fresh("n")
    clauses = (
        f"MATCH ({scope.self})\n((old:Organization)<-[:ORIGINAL]-(:ChangeEvent)-[:RESULTING]->(new:Organization)\n"
        f"WHERE old.validTo <= {day} AND old.key <> new.key){{1,{_STEPS}}} ({y}:Organization)\nWITH DISTINCT {y}"
    )
    condition = f"({y}.validTo IS NULL OR {day} < {y}.validTo)"
    matched = Matched(clauses, scope.variables, scope.at("Organization", y), f"{y}.key", (condition,))
    return short(build, row, ask, matched, [f"{y}.sortName", f"{y}.key"], project)


def resolve(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """All texts at once: one row for each thing that one of them can mean."""
    scheme, wanted = ask.get("scheme", str), ask.get("types", Items)
    types = quoted(labels(wanted) if wanted else ENTITIES)
    texts, n, best, rows = ask.parameter("identifiers"), build.fresh("n"), build.fresh("best"), build.fresh("l")
    p = texts.name
    build.schemes[p] = scheme
    inner = Row(build.fresh("r"), columns(ResolvedRow, place="i", found_by=f"left({best}, 2)", text=f"substring({best}, 2)"))
    entry = scope.at("Entity", n)
    fields = {
        "input": "input", "scheme": "scheme", "isWellFormed": "is_well_formed", "problem": "problem",
        "problemCode": "code",
    }  # fmt: skip

    def field(child: Ask) -> str:
        if child.field == "candidates":
            return _candidates(build, inner, entry, child)
        return attribute("each", Resolved, fields[child.field])

    parts = object_of(ask.only, field)
    row.as_it_is(
        f"""CALL () {{ CALL () {{ UNWIND ${p}_keys AS one MATCH (r:Reference {{key: one[1]}}) RETURN one[0] AS i, r, '0' AS how
UNION UNWIND ${p}_names AS one MATCH (r:Reference {{spelled: one[1]}}) RETURN one[0] AS i, r, '1' AS how }}
WITH i, collect([r, how]) AS found
CALL (found) {{ UNWIND found AS one WITH one[0] AS r, one[1] AS how MATCH (r)-[called:REFERS_TO]->({n}:Entity) WHERE {n}.type IN {types}
WITH {n}, min(how + {_KIND.format(place=_PLACE)} + called.text) AS {best} ORDER BY {best}, {n}.key LIMIT {MOST} RETURN {n}, {best} }}
{inner.body}
WITH {inner.list} AS row, [i, {best}, {n}.key] AS place ORDER BY place[0], place[1], place[2] RETURN collect(row) AS {rows} }}"""
    )
    return f"[{parts} for each in {call(resolved, parameter(f'{p}_texts'), repr(scheme), row.column(rows))}]"


def _candidates(build: Build, inner: Row, entry: Scope, ask: Ask) -> str:
    def field(child: Ask) -> str:
        match child.field:
            case "entity":
                return project(build, inner, entry, child)
            case "confidence":
                return attribute("one", Candidate, "confidence")
            case "matchedOn":
                return attribute("one", Candidate, "matched_on")
            case "supersededBy":
                return _only(_superseded(build, inner, entry, child))
            case "successors":
                return _superseded(build, inner, entry, child)
            case _:
                raise NotCompiled(child.field)

    candidates = attribute("each", Resolved, "candidates")
    return f"[{object_of(ask.only, field)} for one in {candidates} for {inner.name} in ({attribute('one', Candidate, 'row')},)]"


def _only(source: str) -> str:
    """The one entry of a list; None where there is none and where there are several, of which `successors` tells all."""
    return f"(lambda all_: all_[0] if len(all_) == 1 else None)({source})"
