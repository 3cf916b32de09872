"""Claims as lists, the value of a claim, which may be a text, a number, a date or a thing, and the figures that claims state."""

from __future__ import annotations

from graph.answers.shape import fuzzy
from graph.compile.fields import OF, SAID, localized, project, related, translated, unknown_completeness, wanted
from graph.compile.lists import Matched, Order, connection
from graph.compile.rows import Build, Row, Scope, is_source, quoted
from graph.compile.source import call, object_of
from graph.domain.languages import DEFAULT, LANGUAGES
from graph.question import Argument, Ask, Items, Parameter

CONFLICTS_WITH = f"({{x}}){SAID}<-[:ABOUT|TOUCHES]-({{y}}:Conflict)"


def claims(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The claims about a thing, or those that a source makes."""
    claim = build.fresh("n")
    link = "<-[:FROM]-" if scope.type == "Source" else f"{SAID}<-[:ABOUT]-"
    predicate = ask.argument("predicate") if scope.type != "Source" else None
    conditions = (f"{claim}.predicate = ${predicate.name}",) if isinstance(predicate, Parameter) else tuple[str, ...]()
    if scope.type != "Source":
        conditions += _of_predicates(ask.argument("predicates"), claim)
    matched = Matched(
        f"MATCH ({scope.self}){link}({claim}:Claim)", scope.variables, scope.at("Claim", claim), f"{claim}.key", conditions,
        whole=unknown_completeness,
    )  # fmt: skip
    return connection(build, row, ask, matched, [Order("predicate", f"{claim}.predicate")], project)


def every_claim(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The claims behind the data, by source, predicate, subject and text."""
    claim = build.fresh("n")
    clauses, conditions = f"MATCH ({claim}:Claim)", _of_predicates(ask.argument("predicate"), claim)
    source, about, text = (ask.argument(name) for name in ("source", "about", "text"))
    if isinstance(source, Parameter):
        clauses += "-[:FROM]->(source:Source)"
        conditions += (is_source("source", build.reference(source, "Source", "source")),)
    if isinstance(about, Parameter):
        clauses += f", ({claim})-[:ABOUT]->(:Bundle){OF}(thing:Entity)<-[:REFERS_TO]-(asked:Reference)"
        conditions += (f"asked.key IN {build.reference(about, 'Entity', 'about')}",)
    if isinstance(text, Parameter):
        said = [f"{claim}.{language.property(name)}" for name in ("value", "summary") for language in LANGUAGES]
        conditions += ("(" + " OR ".join(f"toLower(coalesce({words}, '')) CONTAINS ${text.name}" for words in said) + ")",)
    matched = Matched(clauses, (), scope.at("Claim", claim), f"{claim}.key", conditions, whole=unknown_completeness)
    return connection(build, row, ask, matched, [Order("predicate", f"{claim}.predicate")], project)


def _of_predicates(listed: Argument, claim: str) -> tuple[str, ...]:
    return (f"{claim}.predicate IN {quoted(tuple(str(p) for p in listed.of))}",) if isinstance(listed, Items) else ()


def conflicts(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The conflicts about a thing or between claims that speak of it, by status where one is asked for."""
    statuses = ask.argument("status")
    where = f"{{y}}.status IN {quoted(tuple(str(s) for s in statuses.of))}" if isinstance(statuses, Items) else ""
    return related(CONFLICTS_WITH, "Conflict", ("{y}.key",), where=where)(build, row, scope, ask)


def stated_figures(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The figures of a measure and a year. What no source states is said so: the list is empty, and its completeness is unknown."""
    measures, year = ask.argument("measure"), ask.argument("year")
    conditions = [f"{{y}}.measure IN {quoted(tuple(str(m) for m in measures.of))}"] if isinstance(measures, Items) else []
    if isinstance(year, Parameter):
        conditions += [
            "({y}.startEdtf IS NOT NULL OR {y}.endEdtf IS NOT NULL)",
            f"({{y}}.validFrom IS NULL OR {{y}}.validFrom < ${year.name}_to)",
            f"({{y}}.validTo IS NULL OR ${year.name}_from < {{y}}.validTo)",
        ]
    listed = related(f"({{x}}){SAID}<-[:FIGURE_OF]-({{y}})", "Figure", ("{y}.measure", "{y}.key"), where=" AND ".join(conditions))

    def part(child: Ask) -> str:
        if child.field == "nodes":
            return listed(build, row, scope, child)
        found = listed(build, row, scope, Ask("id", "nodes", (), (("Figure", (Ask("id", "id"),)),)))
        return f"bool({found})" if child.field == "isStated" else "'UNKNOWN'"

    return object_of(ask.only, part)


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
