"""Organisations beside each other as Cypher: what all of them take part in, what only some do, and what is arranged for whom."""

from __future__ import annotations

from graph.answers.comparison import MOST, MOST_ROWS, check_compared, comparable_rows
from graph.answers.shape import context
from graph.compile.fields import project, wanted
from graph.compile.holds import chain, exception, holds_for_area
from graph.compile.lists import Matched, short
from graph.compile.rows import Build, Row, Scope
from graph.compile.source import PARAMETERS, call, object_of
from graph.dates.period import shown
from graph.question import Ask, NotCompiled


def compare(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    text = build.reference(ask.parameter("refs"), "Organization", "refs")
    row.as_it_is(
        f"CALL () {{ UNWIND range(0, size({text}) - 1) AS i\n"
        f"MATCH (asked:Reference)-[:REFERS_TO]->(x:Organization) WHERE asked.key = {text}[i]\n"
        f"WITH x, min(i) AS at ORDER BY at LIMIT {MOST + 1} RETURN collect(x) AS compared }}"
    )
    parts = object_of(ask.only, lambda child: _part(build, row, scope, child))
    return f"(lambda _: {parts})({call(check_compared, row.column('size(compared)'))})"


def _part(build: Build, row: Row, scope: Scope, child: Ask) -> str:
    match child.field:
        case "context":
            return call(context, PARAMETERS, repr(scope.day), wanted(child))
        case "organizations":
            return _of_compared(build, row, scope, child, "true")
        case "shared" | "different":
            return _rows(build, row, scope, child, "Organization", "organization", _taking(scope), child.field)
        case "contracts":
            return _rows(build, row, scope, child, "Contract", "contract", _contracts(scope), "")
        case "functions":
            return _rows(build, row, scope, child, "CareFunction", "function", _functions(scope), "")
        case _:
            raise NotCompiled(child.field)


def _taking(scope: Scope) -> str:
    """Clauses that bind an organisation y, who of the compared takes part in it (`these`), and who expressly does not (`declined`)."""
    return (
        f"UNWIND compared AS x MATCH (x)-[e:MEMBER_OF|NOT_MEMBER_OF]->(y:Organization) WHERE {shown('e', f'${scope.day}')}\n"
        "WITH compared, y, collect(DISTINCT CASE type(e) WHEN 'MEMBER_OF' THEN x.key END) AS these, "
        "collect(DISTINCT CASE type(e) WHEN 'NOT_MEMBER_OF' THEN x.key END) AS declined\nWITH * WHERE size(these) > 0"
    )


def _arranged(scope: Scope) -> str:
    """Clauses that bind x and an arrangement y that holds for it, by its area or because it is a party to it, or expressly does not."""
    day = f"${scope.day}"
    exists = f"(x.type <> 'Municipality' OR {shown('x', day)})"
    return (
        f"UNWIND compared AS x CALL (x) {{ MATCH {chain('x', 'y:Arrangement')}\n"
        f"WHERE {exists} AND {' AND '.join(holds_for_area('x', 'y', day))} RETURN y, true AS holds\n"
        f"UNION MATCH (x)-[e:BUYS|SUPPLIES|MANAGES]->(y:Arrangement) WHERE {shown('e', day)} RETURN y, true AS holds\n"
        f"UNION MATCH {exception('y:Arrangement', 'x')} WHERE {shown('but', day)} RETURN y, false AS holds }}"
    )


_SIDES = (
    "WITH compared, y, collect(DISTINCT CASE WHEN holds THEN x.key END) AS these, "
    "collect(DISTINCT CASE WHEN NOT holds THEN x.key END) AS but\n"
    "WITH compared, y, these, [key IN but WHERE NOT key IN these] AS declined WHERE size(these) > 0"
)


def _contracts(scope: Scope) -> str:
    return f"{_arranged(scope)}\nWITH compared, x, y, holds WHERE y.type = 'Contract' {_SIDES}"


def _functions(scope: Scope) -> str:
    return (
        f"{_arranged(scope)}\nWITH DISTINCT compared, x, holds, y AS arranged MATCH (arranged)-[d:DELIVERS]->(y:CareFunction) "
        f"WHERE {shown('d', f'${scope.day}')}\n{_SIDES}"
    )


def _rows(build: Build, row: Row, scope: Scope, ask: Ask, type_: str, name: str, clauses: str, which: str) -> str:
    """One entry for each thing y that the clauses bind; `which` keeps those that all share, or that only some have."""
    inner, alias = Row(build.fresh("r")), build.fresh("l")
    here = scope.at(type_, "y", these="these", declined="declined")
    source = object_of(ask.only, lambda child: _entry(build, inner, here, child, name))
    kept = {"shared": " WHERE size(these) = size(compared)", "different": " WHERE size(these) < size(compared)"}.get(which, "")
    row.as_it_is(
        f"CALL (compared) {{\n{clauses}\nWITH *{kept} ORDER BY y.sortName, y.key LIMIT {MOST_ROWS + 1}\n{inner.body}\n"
        f"WITH {inner.list} AS row, [y.sortName, y.key] AS place ORDER BY place[0], place[1] RETURN collect(row) AS {alias} }}"
    )
    return f"[{source} for {inner.name} in {call(comparable_rows, row.column(alias))}]"


def _entry(build: Build, inner: Row, here: Scope, child: Ask, name: str) -> str:
    match child.field:
        case "members" | "organizations":
            return _of_compared(build, inner, here, child, "{x}.key IN these", "these")
        case "excluded":
            return _of_compared(build, inner, here, child, "{x}.key IN declined", "declined")
        case "unknown":
            return _of_compared(build, inner, here, child, "NOT {x}.key IN these AND NOT {x}.key IN declined", "these", "declined")
        case "isShared":
            return inner.column("size(these) = size(compared)")
        case "memberships":
            return _memberships(build, inner, here, child)
        case _:
            assert child.field == name
            return project(build, inner, here.at(here.type, "y"), child)


def _memberships(build: Build, inner: Row, here: Scope, ask: Ask) -> str:
    edge, member = build.fresh("e"), build.fresh("n")
    matched = Matched(
        f"UNWIND compared AS {member} MATCH ({member})-[{edge}:MEMBER_OF|NOT_MEMBER_OF]->(y)", ("compared", "y"),
        here.at("Membership", edge, member=member, organization="y"), f"{edge}.key", (shown(edge, f"${here.day}"),),
    )  # fmt: skip
    return short(build, inner, ask, matched, [f"{member}.sortName", f"{edge}.key"], project)


def _of_compared(build: Build, row: Row, scope: Scope, ask: Ask, condition: str, *imports: str) -> str:
    """Those of the compared organisations `{x}` that meet a condition, in the order in which they were asked for."""
    thing, at = build.fresh("n"), build.fresh("at")
    matched = Matched(
        f"UNWIND range(0, size(compared) - 1) AS {at} WITH *, compared[{at}] AS {thing}\nWITH *", ("compared", *imports),
        scope.at("Organization", thing), f"{thing}.key", (condition.format(x=thing),), keep=(at,),
    )  # fmt: skip
    return short(build, row, ask, matched, [at], project)
