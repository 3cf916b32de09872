"""The root fields: where a question begins in the graph."""

from __future__ import annotations

from dataclasses import replace

from graph.answers.coverage import counts, is_gap_within, months_later
from graph.answers.shape import bounded, context, placed, span
from graph.compile import changes, claims, comparison, coverage, paths, search, timeline
from graph.compile.contracts import contracts
from graph.compile.fields import Handler, named_word, project, related, unknown_completeness, wanted
from graph.compile.filters import listed, when
from graph.compile.lists import Matched, Order, connection, short
from graph.compile.memberships import identified_membership
from graph.compile.organizations import COLLABORATION_FILTER, PROVIDER_FILTER, home, of_region, organizations
from graph.compile.rows import MAX_LOOKUPS, Build, Row, Scope, matched_texts
from graph.compile.source import PARAMETERS, call, object_of, parameter
from graph.dates.period import shown
from graph.question import Ask, Fields, Items, NotCompiled, Parameter

MAX_CELLS = 2000


def _one_by_reference(type_: str, argument: str = "ref") -> Handler:
    """The one thing that a reference leads to."""

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        ref, thing = ask.parameter(argument), build.fresh("n")
        things = build.start_from_reference(ref, type_, argument)
        matched = Matched(f"UNWIND {things}[..1] AS {thing}", (things,), scope.at(type_, thing), f"{thing}.key", bound=True)
        return short(build, row, ask, matched, [f"{thing}.key"], project, one=True)

    return handler


# ── things by their ids or codes ──────────────────────────────────────────────────────────────────


def by_id(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The thing that an id stands for, on the day that the id carries."""
    id_, type_, thing = ask.parameter("id"), str(ask.get("type", str)), build.fresh("n")
    at, asked = replace(scope, day=f"day_{id_.name}"), replace(ask, children=((type_, ask.of(type_)),))
    if ask.get("moment", bool):
        return timeline.moment(build, row, at, asked, id_.name)
    if type_ == "Membership":
        matched = identified_membership(build, at, thing, f"${id_.name}")
    else:
        matched = Matched(f"MATCH ({thing}:{type_})", (), at.at(type_, thing), f"{thing}.key", (f"{thing}.key = ${id_.name}",))
    return short(build, row, asked, matched, [f"{thing}.key"], project, one=True)


def by_ids(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The things of each group, by what they were pointed at with, put into the places where they were asked for."""
    groups, places = ask.get("groups", Items), ask.parameter("places")
    assert groups
    sources = [_group(build, row, scope, ask, group) for group in groups.of if isinstance(group, Fields)]
    return call(placed, parameter(places.name), f"[{', '.join(sources)}]")


def _group(build: Build, row: Row, scope: Scope, ask: Ask, group: Fields) -> str:
    keys, type_, by = group.get("keys", Parameter), str(group.get("type", str)), str(group.get("by", str))
    assert keys
    thing, at = build.fresh("n"), replace(scope, day=f"day_{keys.name}")
    asked = replace(ask, children=((type_, ask.of(type_)),))
    if by == "moment":
        return f"{{p[{keys.name!r}]: {timeline.moment(build, row, at, asked, keys.name)}}}"
    if type_ == "Membership":
        matched = _memberships(build, at, thing, keys.name)
    elif by == "code":
        clauses = matched_texts(f"$normal_{keys.name}", thing, type_)
        matched = Matched(clauses, (), at.at(type_, thing), f"{thing}.key", (f"{thing}.code IN ${keys.name}",))
    else:
        matched = Matched(f"MATCH ({thing}:{type_})", (), at.at(type_, thing), f"{thing}.key", (f"{thing}.key IN ${keys.name}",))

    def entry(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        return f"({row.column(f'{scope.self}.{by}')}, {project(build, row, scope, ask)})"

    return f"dict({short(build, row, asked, matched, [f'{thing}.key'], entry, most=MAX_LOOKUPS)})"


def _memberships(build: Build, scope: Scope, edge: str, keys: str) -> Matched:
    """Of each key the one membership: who concluded a contract is chosen for each by itself."""
    each = build.fresh("k")
    one = identified_membership(build, scope, edge, each)
    clauses = f"UNWIND ${keys} AS {each}\nCALL ({each}) {{\n{one.clauses}\nRETURN {', '.join(one.entry.variables)} }}"
    return replace(one, bound=False, clauses=f"{clauses}\nWITH {', '.join(one.entry.variables)}")


def _coverage(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    m, f = build.fresh("n"), build.fresh("n")
    clauses = coverage.functions_clause(build, ask, f, "function") + "\n" + _municipalities(build, ask, m, "municipality", scope)
    return f"next(({coverage.cells(build, row, scope, ask, clauses, (), m, f).each()}), None)"


def _municipalities(build: Build, ask: Ask, variable: str, argument: str, scope: Scope) -> str:
    """The municipalities of an argument and of a region on the day; without either, all that exist on it."""
    refs, within = ask.get(argument, Parameter), home(ask)
    if refs:
        return build.matched(refs, "Municipality", argument, variable) + (f" WHERE {variable} IN home" if within else "")
    return f"UNWIND home AS {variable}" if within else f"MATCH ({variable}:Municipality) WHERE {shown(variable, f'${scope.day}')}"


def _bounded(build: Build, ask: Ask, scope: Scope, m: str, f: str, municipality: str, function: str) -> str:
    """All pairs that are asked for; one pair more than allowed is enough to know that it is too many."""
    kept = ", divided" if _by_division(ask) else ""
    return (
        f"{_municipalities(build, ask, m, municipality, scope)}\nWITH DISTINCT {m}{kept} ORDER BY {m}.sortName, {m}.key\n"
        f"{coverage.functions_clause(build, ask, f, function, m, f'${scope.day}')}\n"
        f"WITH DISTINCT {m}, {f} ORDER BY {m}.sortName, {m}.key, {f}.key LIMIT {MAX_CELLS + 1}"
    )


def _by_division(ask: Ask) -> bool:
    """Returns True if a question is about a region and names no functions: then it matters to whose division a function belongs."""
    return bool(ask.get("region", Parameter)) and not (ask.get("functions", Parameter) or ask.get("function", Parameter))


def _within(build: Build, row: Row, ask: Ask) -> tuple[str, ...]:
    """Binds what the pairs of a region need besides its municipalities, and returns the names of all of it."""
    region = ask.get("region", Parameter)
    if not (region and _by_division(ask)):
        return home(ask)
    row.as_it_is(coverage.divisions(build, region))
    return (*home(ask), "divided")


def _who_covers(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    m, f = build.fresh("n"), build.fresh("n")
    clauses = _bounded(build, ask, scope, m, f, "municipality", "function")
    applies = "" if ask.get("municipality", Parameter) else coverage.APPLIES
    return f"[{coverage.cells(build, row, scope, ask, clauses, home(ask), m, f).each(at_most=MAX_CELLS, where=applies)}]"


def _gaps(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    m, f = build.fresh("n"), build.fresh("n")
    clauses = _bounded(build, ask, scope, m, f, "municipalities", "functions")
    months, unknown = ask.get("withinMonths", Parameter), ask.get("includeUnknown", bool)
    horizon = call(months_later, parameter(scope.day), parameter(months.name) if months else "0")
    gap = call(is_gap_within, "c", horizon, str(unknown is True))
    return (
        f"[{coverage.cells(build, row, scope, ask, clauses, _within(build, row, ask), m, f).each(at_most=MAX_CELLS, where=f' if {gap}')}]"
    )


def _matrix(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    m, f = build.fresh("n"), build.fresh("n")
    clauses = _bounded(build, ask, scope, m, f, "municipalities", "functions")
    asked = [child for child in ask.only if child.field == "cells"] or [Ask("cells", "cells", (), (("Coverage", ()),))]
    within = _within(build, row, ask)
    made = {child.key: coverage.cells(build, row, scope, child, clauses, within, m, f) for child in asked}
    cells = {key: f"[{one.each()}]" for key, one in made.items()}
    first = made[asked[0].key]
    cells[asked[0].key] = f"[{first.source} for {first.row}, c in pairs]"
    parts = object_of(ask.only, lambda child: cells.get(child.key) or _matrix_part(build, row, scope, ask, child))
    pairs = f"[({first.row}, {first.covered}) for {first.row} in {call(bounded, first.rows, str(MAX_CELLS))}]"
    return f"(lambda pairs: {parts})({pairs})"


def _count(child: Ask) -> str:
    """Python source of a field of a count, over `status` and `count`."""
    if child.field == "statusLabel":
        return named_word("COVERAGE_STATUSES", "status", child)
    return {"status": "status", "count": "count"}[child.field]


def _matrix_part(build: Build, row: Row, scope: Scope, ask: Ask, child: Ask) -> str:
    match child.field:
        case "summary":
            entry = object_of(child.only, _count)
            return f"[{entry} for status, count in {call(counts, '(c for _, c in pairs)')}]"
        case "context":
            return call(context, PARAMETERS, repr(scope.day), wanted(child))
        case "municipalities" | "functions":
            thing = build.fresh("n")
            if child.field == "municipalities":
                clauses, type_, order = _municipalities(build, ask, thing, "municipalities", scope), "Municipality", "sortName"
            else:
                clauses, type_, order = coverage.functions_clause(build, ask, thing, "functions"), "CareFunction", "key"
            matched = Matched(clauses, _within(build, row, ask), scope.at(type_, thing), f"{thing}.key")
            return short(build, row, child, matched, [f"{thing}.{order}", f"{thing}.key"], project)
        case _:
            raise NotCompiled(child.field)


def _care_functions(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    by, thing = ask.get("definedBy", Parameter), build.fresh("n")
    clauses = f"MATCH ({thing}:CareFunction)"
    if by:
        clauses = f"{build.matched(by, 'Organization', 'definedBy', 'by')} MATCH (by)<-[:DEFINED_BY]-({thing}:CareFunction)"
    matched = Matched(clauses, (), scope.at("CareFunction", thing), f"{thing}.key")
    return short(build, row, ask, matched, [f"{thing}.key"], project)


def _documents(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    kinds, thing = ask.get("kind", Items), build.fresh("n")
    conditions = (f"{thing}.kind IN {listed(kinds)}",) if kinds else ()
    matched = Matched(f"MATCH ({thing}:Document)", (), scope.at("Document", thing), f"{thing}.key", conditions, apart=True)
    return connection(build, row, ask, matched, [Order("NAME", f"{thing}.sortKey")], project)


def _events(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    kinds, about, event, asked = ask.get("kind", Items), ask.get("about", Parameter), build.fresh("n"), when(build, ask, scope)
    clauses, conditions = f"MATCH ({event}:ChangeEvent)", tuple[str, ...]()
    if kinds:
        conditions += (f"{event}.kind IN {listed(kinds)}",)
    if about:
        clauses = f"{build.matched(about, 'Entity', 'about', 'thing')} MATCH (thing)<-[:ORIGINAL|RESULTING|TELLS_OF]-({event}:ChangeEvent)"
        conditions += ("NOT thing:ChangeEvent",)
    if asked.first:
        conditions += (f"({event}.dateLatest IS NULL OR {asked.first} <= {event}.dateLatest)",)
    if asked.last:
        conditions += (f"({event}.dateEarliest IS NULL OR {event}.dateEarliest <= {asked.last})",)
    matched = Matched(clauses, (), scope.at("ChangeEvent", event), f"{event}.key", conditions)
    return connection(build, row, ask, matched, [Order("DATE", f"coalesce(toString({event}.dateEarliest), '')")], project)


def _governance(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The bodies of a region, and those in which someone sits on its behalf."""
    region, body = ask.parameter("region"), build.fresh("n")
    clauses = (
        f"{build.matched(region, 'Region', 'region', 'named')}\n"
        f"MATCH ({body}:GovernanceBody) WHERE EXISTS {{ MATCH ({body})-[b:BODY_OF]->(named) WHERE {shown('b', f'${scope.day}')} }}\n"
        f"OR EXISTS {{ MATCH ({body})<-[s:MEMBER_OF]-(:Organization) WHERE s.onBehalfOf = named.key AND {shown('s', f'${scope.day}')} }}\n"
        f"WITH {body}"
    )
    matched = Matched(clauses, (), scope.at("GovernanceBody", body), f"{body}.key")
    return short(build, row, ask, matched, [f"{body}.key"], project)


def _conflicts(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    conflict = build.fresh("n")
    matched = Matched(
        f"MATCH ({conflict}:Conflict)", (), scope.at("Conflict", conflict), f"{conflict}.key", tuple(claims.of_words(ask, conflict)),
        whole=unknown_completeness,
    )  # fmt: skip
    return connection(build, row, ask, matched, [Order("id", f"{conflict}.key")], project)


def _meta(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    return object_of(ask.only, lambda child: _meta_part(build, row, scope, child))


def _meta_part(build: Build, row: Row, scope: Scope, child: Ask) -> str:
    match child.field:
        case "apiVersion" | "dataVersion" | "engine":
            return parameter(child.field)
        case "generatedAt":
            return row.column("d.loadedAt")
        case "openConflicts":
            row.values((), " MATCH (k:Conflict {status: 'OPEN'}) RETURN count(k) AS open", "open")
            return row.column("open")
        case "counts":
            clauses = " MATCH (n:Entity) WITH n.type AS type, count(n) AS many ORDER BY type RETURN collect([type, many]) AS kinds"
            row.values((), clauses, "kinds")
            entry = object_of(child.only, lambda c: {"type": "x[0]", "count": "x[1]"}[c.field])
            return f"[{entry} for x in {row.column('kinds')}]"
        case "timeSpan":
            return call(span, row.column("toString(d.earliest)"), row.column("toString(d.latest)"), wanted(child), PARAMETERS)
        case "datasets":
            return DATASETS(build, row, scope.at("Meta", ""), child)
        case "sources":
            return SOURCES(build, row, scope.at("Meta", ""), child)
        case _:
            raise NotCompiled(child.field)


DATASETS = related("({y}:ClaimDataset)", "Dataset", ("{y}.key",))
SOURCES = related("({y}:Source)", "Source", ("{y}.key",))

ROOTS: dict[str, Handler] = {
    "node": by_id,
    "nodes": by_ids,
    "_entities": by_ids,
    "meta": _meta,
    "municipality": _one_by_reference("Municipality"),
    "municipalities": of_region(organizations("Municipality", "({y}:Municipality)", root=True)),
    "region": _one_by_reference("Region"),
    "regions": organizations("Region", "({y}:Region)", root=True),
    "collaboration": _one_by_reference("Collaboration"),
    "collaborations": organizations("Collaboration", "({y}:Collaboration)", meeting=COLLABORATION_FILTER, root=True),
    "provider": _one_by_reference("Provider"),
    "providers": organizations("Provider", "({y}:Provider)", meeting=PROVIDER_FILTER, root=True),
    "contract": _one_by_reference("Contract"),
    "contracts": contracts("({y}:Contract)", root=True),
    "entity": _one_by_reference("Entity"),
    "claims": claims.every_claim,
    "events": _events,
    "document": _one_by_reference("Document"),
    "documents": _documents,
    "organization": _one_by_reference("Organization"),
    "careFunctions": _care_functions,
    "governance": _governance,
    "coverage": _coverage,
    "coverageMatrix": of_region(_matrix),
    "whoCovers": of_region(_who_covers),
    "gaps": of_region(_gaps),
    "compare": comparison.compare,
    "changes": claims.claim_changes,
    "diff": changes.diff,
    "path": paths.path,
    "timeline": timeline.timeline,
    "conflicts": _conflicts,
    "sources": SOURCES,
    "search": search.search,
    "resolve": search.resolve,
}
