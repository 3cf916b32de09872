"""Claims as lists, the value of a claim, which may be of several kinds, the figures that claims state, and what loads did to claims."""

from __future__ import annotations

from graph.answers.claim_change import LoadRow, is_kept, loads_after, recorded, sentence
from graph.answers.claim_label import claim_label, rule_name
from graph.answers.shape import fuzzy
from graph.compile.fields import (
    OF,
    SAID,
    Given,
    Handler,
    asked_language,
    computed,
    in_words,
    keyed,
    localized,
    project,
    prop,
    related,
    translated,
    unknown_completeness,
    wanted,
    words,
)
from graph.compile.filters import listed, when
from graph.compile.lists import Matched, Order, connection
from graph.compile.rows import Build, Row, Scope, is_source, listed_row, source_key
from graph.compile.source import attribute, call, object_of, parameter
from graph.dates.period import during
from graph.domain.languages import DEFAULT, LANGUAGES
from graph.domain.reference import uri, uris
from graph.question import Ask, Items, NotCompiled, Parameter

CONFLICTS_WITH = f"({{x}}){SAID}<-[:ABOUT|TOUCHES]-({{y}}:Conflict)"


def claims(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The claims about a thing, or those that a source makes."""
    claim = build.fresh("n")
    link = "<-[:FROM]-" if scope.type == "Source" else f"{SAID}<-[:ABOUT]-"
    predicate = ask.get("predicate", Parameter) if scope.type != "Source" else None
    conditions = (f"{claim}.predicate = ${predicate.name}",) if predicate else tuple[str, ...]()
    if scope.type != "Source":
        conditions += _of_predicates(ask, "predicates", claim)
    matched = Matched(
        f"MATCH ({scope.self}){link}({claim}:Claim)", scope.variables, scope.at("Claim", claim), f"{claim}.key", conditions,
        whole=unknown_completeness,
    )  # fmt: skip
    return connection(build, row, ask, matched, [Order("predicate", f"{claim}.predicate")], project)


def every_claim(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The claims behind the data, by source, predicate, subject and text; of subject, source and predicate the first starts the search."""
    claim, predicates = build.fresh("n"), ask.get("predicate", Items)
    source, about, text = (ask.get(name, Parameter) for name in ("source", "about", "text"))
    sources = build.reference(source, "Source", "source") if source else ""
    conditions = _of_predicates(ask, "predicate", claim) if about or source else ()
    if about:
        clauses = f"{build.matched(about, 'Entity', 'about', 'thing')} MATCH (thing){SAID}<-[:ABOUT]-({claim}:Claim)"
        if source:
            clauses += "-[:FROM]->(source:Source)"
            conditions += (is_source("source", sources),)
    elif source:
        clauses = f"UNWIND {sources} AS named MATCH (:Source {{key: {source_key('named')}}})<-[:FROM]-({claim}:Claim)"
    elif predicates:
        clauses = f"UNWIND {listed(predicates)} AS predicate MATCH ({claim}:Claim {{predicate: predicate}})"
    else:
        clauses = f"MATCH ({claim}:Claim)"
    if text:
        texts = [f"{claim}.{language.property(name)}" for name in ("value", "summary") for language in LANGUAGES]
        conditions += ("(" + " OR ".join(f"toLower(coalesce({words}, '')) CONTAINS ${text.name}" for words in texts) + ")",)
    matched = Matched(clauses, (), scope.at("Claim", claim), f"{claim}.key", conditions, whole=unknown_completeness)
    return connection(build, row, ask, matched, [Order("predicate", f"{claim}.predicate")], project)


def _of_predicates(ask: Ask, argument: str, claim: str) -> tuple[str, ...]:
    asked = ask.get(argument, Items)
    return (f"{claim}.predicate IN {listed(asked)}",) if asked else ()


def conflicts(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The conflicts about a thing or between claims that speak of it, by status and kind where these are asked for."""
    return related(CONFLICTS_WITH, "Conflict", ("{y}.key",), where=" AND ".join(of_words(ask, "{y}")))(build, row, scope, ask)


def of_words(ask: Ask, conflict: str) -> list[str]:
    """Returns the conditions on the status and the kind of a conflict."""
    return [f"{conflict}.{name} IN {listed(asked)}" for name in ("status", "kind") if (asked := ask.get(name, Items))]


def figures(*conditions: str) -> Handler:
    """The figures about a thing that may be about the day, or about a day of `during`; a figure without a period may be about any day."""

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        return _figures_where(*conditions, when(build, ask, scope).holds("{y}"))(build, row, scope, ask)

    return handler


def _figures_where(*conditions: str) -> Handler:
    return related(f"({{x}}){SAID}<-[:FIGURE_OF]-({{y}})", "Figure", ("{y}.measure", "{y}.key"), where=" AND ".join(conditions))


def stated_figures(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The figures of a measure and a year. What no source states is said so: the list is empty, and its completeness is unknown."""
    measures, year = ask.get("measure", Items), ask.get("year", Parameter)
    conditions = [f"{{y}}.measure IN {listed(measures)}"] if measures else []
    if year:
        stated = "({y}.startEdtf IS NOT NULL OR {y}.endEdtf IS NOT NULL)"
        conditions += [stated, during("{y}", f"${year.name}_from", f"${year.name}_to")]
    of_year = _figures_where(*conditions)

    def part(child: Ask) -> str:
        if child.field == "nodes":
            return of_year(build, row, scope, child)
        nodes = of_year(build, row, scope, Ask("id", "nodes", (), (("Figure", (Ask("id", "id"),)),)))
        return f"bool({nodes})" if child.field == "isStated" else "'UNKNOWN'"

    return object_of(ask.only, part)


def label(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The label of a claim: its predicate in words, with the role that it gives."""
    columns = (row.column(f"{scope.self}.{name}") for name in ("predicate", "role", "level", "takesPart"))
    return call(claim_label, *columns, repr(asked_language(ask)))


def rule_label(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The criterion that decided a conflict, in words."""
    return call(rule_name, row.column(f"{scope.self}.rule"), repr(asked_language(ask)))


def value(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The value of a claim (union ClaimValue), by its kind."""
    kind = row.column(f"{scope.self}.valueKind")
    sources = {type_: "{" + ", ".join(_part(build, row, scope, type_, a) for a in asks) + "}" for type_, asks in ask.children}
    thing, number, date = (sources.get(t, "{}") for t in ("EntityValue", "NumberValue", "DateValue"))
    text = sources.get("TextValue", "{}")
    return f"({thing} if {kind} == 'THING' else {number} if {kind} == 'NUMBER' else {date} if {kind} == 'DATE' else {text})"


def _part(build: Build, row: Row, scope: Scope, type_: str, ask: Ask) -> str:
    return f"{ask.key!r}: {_source(build, row, scope, type_, ask)}"


def _source(build: Build, row: Row, scope: Scope, type_: str, ask: Ask) -> str:
    match ask.field:
        case "__typename":
            return repr(type_)
        case "entity":
            return related(f"({{x}})-[:VALUE]->(:Bundle){OF}({{y}}:Entity)", "Entity", ("{y}.key",), one=True)(build, row, scope, ask)
        case "number" | "unit":
            return row.column(f"{scope.self}.{'valueNumber' if ask.field == 'number' else 'unit'}")
        case "date":
            return call(fuzzy, row.column(f"{scope.self}.valueEdtf"), wanted(ask))
        case "text":
            return row.column(localized(scope.self, "value"))
        case _:
            return f"({DEFAULT!r} if {row.column(translated(scope.self, 'value'))} else None)"


# ── what loads did to the claims ──────────────────────────────────────────────────────────────────

_LOAD = listed_row(
    LoadRow, at="l.key", version="l.version", loaded_at="l.loadedAt", changes="l.changes", previous="l.previous",
    previous_at="l.previousAt",
)  # fmt: skip


def claim_changes(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The changes of claims since a version or an instant, or all that are kept, of all things or of some with their arrangements."""
    since, change = ask.get("since", Parameter), build.fresh("n")
    row.as_it_is(_loads(since))
    conditions: tuple[str, ...] = (f"{change}.key > start",)
    imports: tuple[str, ...] = ("start",)
    if about := ask.get("about", Parameter):
        row.as_it_is(_things(build.matched(about, "Entity", "about", "x")))
        conditions += (f"any(key IN {change}.touches WHERE key IN things)",)
        imports += ("things",)
    loads = row.column("loads")
    known = (parameter(since.name), parameter(f"{since.name}_instant")) if since else ("''", "''")

    def part(build: Build, row: Row, child: Ask) -> str:
        if child.field != "loads":
            raise NotCompiled(child.field)
        return f"[{object_of(child.only, _load)} for l in {call(loads_after, loads, *known)}]"

    entry = scope.at("ClaimChange", change)
    matched = Matched(f"MATCH ({change}:ClaimChange)", imports, entry, f"{change}.key", conditions, apart=True, whole=part)
    page = connection(build, row, ask, matched, [Order("load", f"{change}.key")], project)
    return f"({call(is_kept, loads, *known, parameter('dataVersion'))} and {page})" if since else page


def _loads(since: Parameter | None) -> str:
    """Clauses that bind the `loads` that are kept, and where those begin that are asked about: behind the place `start`."""
    place, start = "null", "''"
    if since:
        version, instant = f"${since.name}", f"${since.name}_instant"
        place = f"CASE WHEN l.version = {version} THEN l.key WHEN l.previous = {version} THEN l.previousAt ELSE null END"
        start = f"CASE {instant} WHEN '' THEN place ELSE {instant} END + '~'"
    return (
        "CALL () { OPTIONAL MATCH (l:Load) WITH l ORDER BY l.key\n"
        f"WITH collect(CASE WHEN l IS NULL THEN null ELSE {_LOAD} END) AS loads, max({place}) AS place\n"
        f"RETURN loads, {start} AS start }}"
    )


def _things(asked: str) -> str:
    """Clauses that bind `things`, the keys of those that are asked for (`asked` binds them as x) and of what is arranged for them."""
    return (
        f"CALL () {{ {asked} WHERE NOT x:ChangeEvent\n"
        "WITH DISTINCT x CALL (x) { WITH x RETURN x AS y UNION MATCH (x)<-[:COVERS|DELIVERS|CONCERNS]-(y:Arrangement) RETURN y\n"
        "UNION MATCH (x)<-[:UNDER]-(y:Contract) RETURN y }\nRETURN collect(DISTINCT y.key) AS things }"
    )


def _load(child: Ask) -> str:
    return attribute("l", LoadRow, _OF_A_LOAD[child.field])


_OF_A_LOAD = {"dataVersion": "version", "loadedAt": "loaded_at", "changeCount": "changes"}


def _sentence(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    x, language = scope.self, asked_language(ask)
    named = (localized(x, "subjectName", language), localized(x, "valueName", language))
    columns = (f"{x}.kind", *named, f"{x}.before", f"{x}.after")
    return call(sentence, *map(row.column, columns), repr(language))


CHANGE_FIELDS: dict[str, Handler] = {
    "id": prop("key"),
    "kind": prop("kind"),
    "kindLabel": in_words("CLAIM_CHANGE_KINDS", prop("kind")),
    "dataVersion": prop("version"),
    "loadedAt": prop("loadedAt"),
    "claimUri": computed(uri, "'claim/' + {x}.claim"),
    "claim": keyed("Claim", "claim"),
    "subjectUri": computed(uri, "{x}.subject"),
    "subjectName": words("subjectName"),
    "subject": keyed("Entity", "subject", where="NOT {y}:ChangeEvent"),
    "touches": computed(uris, "{x}.touches"),
    "before": computed(recorded, "{x}.before", Given.WANTED),
    "after": computed(recorded, "{x}.after", Given.WANTED),
    "sentence": _sentence,
}
