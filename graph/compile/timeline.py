"""The timeline of one thing as Cypher: its events, and the periods that `graph.answers.timeline` makes moments of."""

from __future__ import annotations

from graph.answers.columns import MomentRow, MomentValue
from graph.answers.shape import fuzzy
from graph.answers.timeline import MAX_PERIODS, Moment, moment_of, moments
from graph.compile.fields import (
    CLAIMS_OF,
    SAID,
    asked_language,
    called_names,
    named_word,
    names,
    period_of,
    project,
    related,
    spoken_sources,
    supported,
    wanted,
)
from graph.compile.filters import when
from graph.compile.lists import Matched, short
from graph.compile.rows import Build, Row, Scope, columns, listed_row
from graph.compile.source import attribute, call, object_of, parameter
from graph.question import Ask, Fields, Parameter

CORE = columns(
    MomentRow, sort="sort", element="element", first="s.key", second="o.key", span="span", told="told", names=names("s", "o"),
    links="links", sources="sources", options="options",
)  # fmt: skip
_ABOUT = "{x}-[how:ORIGINAL|RESULTING|TELLS_OF]->(thing:Entity) WHERE NOT thing:ChangeEvent"


def timeline(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The moments of a thing, and of the contracts that it is a party to or that hold for it."""
    asked = ask.get("during", Fields)
    clauses = (
        f"{build.matched(ask.parameter('entity'), 'Entity', 'entity', 'x')} WHERE NOT x:ChangeEvent\nWITH DISTINCT x\n"
        "CALL (x) { WITH x RETURN x AS s UNION MATCH (x)-[:BUYS|SUPPLIES|MANAGES]->(s:Contract) RETURN s\n"
        "UNION MATCH (x)<-[:COVERS|DELIVERS|CONCERNS|UNDER|FROM_PROCUREMENT]-(s:Contract) RETURN s }\n"
        "WITH x, collect(DISTINCT s) AS things\n"
    )
    branches = (
        f"MATCH (x)-[e:MEMBER_OF]-(:Organization) WITH DISTINCT e, startNode(e) AS s, endNode(e) AS o\n{_EDGE}",
        f"UNWIND things AS s WITH s WHERE s.endKnown IS NOT NULL\n{_LIFE}",
        f"UNWIND things AS s MATCH (s)<-[:OPTION_OF]-(e:ContractOption)\n{_OPTION}",
        f"UNWIND things AS s MATCH (s)<-[how:ORIGINAL|RESULTING|TELLS_OF]-(e:ChangeEvent) WHERE e.dateEdtf IS NOT NULL "
        "AND (how.part IS NULL OR s = x OR how.part = x.key OR EXISTS { MATCH (x)-[:MEMBER_OF]->(p) WHERE p.key = how.part })\n"
        "WITH DISTINCT x, e\n"
        f"{_EVENT}",
    )
    when(build, ask, scope)  # only to have the days checked: which moments lie between them is said of what they are made of
    bounds = [asked.get(name, Parameter) if asked else None for name in ("startDate", "endDate")]
    first, last = (parameter(day.name) if day else "None" for day in bounds)
    name, rows, source = _moments(build, row, scope, ask, clauses, "x, things", branches)
    return f"[{source} for c in {call(moments, rows, first, last)} for {name} in (c.row,)]"


def moment(build: Build, row: Row, scope: Scope, ask: Ask, name_of_id: str) -> str:
    """The one moment that an id stands for, found by the element that it was made of."""
    key = f"$of_{name_of_id}"
    branches = (
        f"MATCH (s:Organization)-[e:MEMBER_OF]->(o:Organization) WHERE e.key = {key}\n{_EDGE}",
        f"MATCH (s:Entity) WHERE s.key = {key} AND s.endKnown IS NOT NULL\n{_LIFE}",
        f"MATCH (s:Contract)<-[:OPTION_OF]-(e:ContractOption) WHERE e.key = {key}\n{_OPTION}",
    )
    name, rows, source = _moments(build, row, scope, ask, "", "", branches)
    return f"next(({source} for c in ({call(moment_of, rows, parameter(name_of_id))},) if c for {name} in (c.row,)), None)"


_ROLE = "coalesce(e.role, '')"
_EDGE = (
    f"RETURN 'EDGE' AS sort, e.key AS element, s, o, {period_of('e')} AS span, {listed_row(MomentValue, role_or_kind=_ROLE)} AS told, "
    "[] AS links, e.claims AS keys, [s, o] AS about, s AS event"
)
_LIFE = (
    f"RETURN 'LIFE' AS sort, s.key AS element, s, s AS o, {period_of('s')} AS span, {listed_row(MomentValue)} AS told, "
    "[] AS links, s.lifeClaims AS keys, [s] AS about, s AS event"
)
_OPTION = (
    f"WITH s, e WHERE e.status <> 'LAPSED'\n"
    f"RETURN 'OPTION' AS sort, e.key AS element, s, s AS o, {period_of('e')} AS span, "
    f"{listed_row(MomentValue, number_or_date='e.number', status='e.status')} AS told, "
    "[] AS links, [e.claim] AS keys, [s] AS about, s AS event"
)
_EVENT_VALUE = listed_row(
    MomentValue, role_or_kind="e.kind", number_or_date="e.dateEdtf", status="CASE WHEN e.planned THEN 'PLANNED' ELSE null END",
    names=", ".join(called_names("e")),
)  # fmt: skip
_EVENT = f"""CALL (e) {{ MATCH {_ABOUT.format(x="(e)")} WITH DISTINCT type(how) AS how, thing.key AS key ORDER BY how, key
RETURN collect([how, key]) AS links }}
CALL (e) {{ MATCH (e)-[:TELLS_OF]->(thing:Entity) WHERE NOT thing:ChangeEvent RETURN collect(thing) AS about }}
CALL (e) {{ MATCH (e){SAID}<-[:ABOUT]-(c:Claim) WITH c.key AS key ORDER BY key RETURN collect(key) AS keys }}
RETURN 'EVENT' AS sort, e.key AS element, x AS s, x AS o, null AS span,
{_EVENT_VALUE} AS told,
links, keys, about, e AS event"""


def _moments(build: Build, row: Row, scope: Scope, ask: Ask, clauses: str, imports: str, branches: tuple[str, ...]) -> tuple[str, str, str]:
    """The name of a row, the source of the rows, and of the object that is asked for of a moment `c`."""
    inner, alias = Row(build.fresh("r"), list(CORE)), build.fresh("l")
    here = scope.at("ChangeEvent", "event", keys="keys", about="about")
    source = object_of(ask.only, lambda child: _field(build, inner, here, child))
    row.as_it_is(
        f"CALL () {{\n{clauses}CALL ({imports}) {{\n" + "\nUNION ALL ".join(branches) + " }\n"
        f"WITH sort, s, o, element, span, told, links, keys, about, event LIMIT {MAX_PERIODS + 1}\n"
        "CALL (s) { MATCH (s)<-[:OPTION_OF]-(opt:ContractOption) RETURN count(opt) AS options }\n"
        f"{spoken_sources('src.title')}\n"
        f"{inner.body}\nWITH {inner.list} AS row, element ORDER BY element RETURN collect(row) AS {alias} }}"
    )
    return inner.name, row.column(alias), source


def _field(build: Build, inner: Row, here: Scope, child: Ask) -> str:
    match child.field:
        case "id":
            return f'c.key + p["{here.day}_suffix"]'
        case "date":
            return call(fuzzy, "c.date.edtf", wanted(child))
        case "label":
            return call(Moment.label, "c", repr(asked_language(child)))
        case "kindLabel":
            return named_word("MOMENT_KINDS", "c.kind", child)
        case "certaintyLabel":
            return named_word("CERTAINTIES", "c.certainty", child)
        case "isPlanned":
            return attribute("c", Moment, "planned")
        case "original" | "resulting":
            pattern = f"({{x}})-[:{child.field.upper()}]->({{y}}:Organization)"
            return related(pattern, "Organization")(build, inner, here.at("ChangeEvent", "event"), child)
        case "basis":
            return related("({x})-[:BASED_ON]->({y})", "Document")(build, inner, here.at("ChangeEvent", "event"), child)
        case "about":
            thing = build.fresh("n")
            matched = Matched(f"UNWIND about AS {thing}", ("about",), here.at("Entity", thing), f"{thing}.key")
            return short(build, inner, child, matched, [f"{thing}.sortName", f"{thing}.key"], project)
        case "claims":
            return supported(CLAIMS_OF, "Claim", keys="keys")(build, inner, here.at("ChangeEvent", "event", keys="keys"), child)
        case _:
            return attribute("c", Moment, child.field)
