"""The shortest chains between two things, as Cypher: layers around both ends until they meet; `graph.answers.paths` builds the chains.

A chain goes over no area of an arrangement that excepts a municipality on that chain. For the ends the search itself leaves such
areas out; for things in between, `graph.answers.paths` drops the chain.

Plain steps and no path functions: those find all shortest paths at once, of which there can be very many, and not every
engine has them. Each layer is as large as what can be reached, so that the work grows with what is near and not with the number of chains.
"""

from __future__ import annotations

from graph.answers.columns import StepRow
from graph.answers.paths import paths, way_label
from graph.answers.shape import shape_period
from graph.compile.fields import asked_language, life_of, localized, period_of, project, value, wanted
from graph.compile.holds import exception
from graph.compile.rows import Build, Row, Scope, columns, quoted
from graph.compile.source import PARAMETERS, NotCompiled, call, object_of, parameter
from graph.dates.period import shown
from graph.question import Ask, Parameter

LONGEST, LENGTH = 10, 6
CORE = columns(StepRow, layer="i", start="x.key", end="y.key", relation="type(e)", key="coalesce(e.key, '')")
TIMELESS = ("BROADER", "DEFINED_BY", "FROM_PROCUREMENT", "UNDER")
TYPES = "|".join(sorted((*TIMELESS, "MEMBER_OF", "BODY_OF", "PREPARES", "DELIVERS", "CONCERNS", "COVERS", "BUYS", "SUPPLIES", "MANAGES")))


def path(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    start, end, length = (ask.argument(name) for name in ("from", "to", "maxLength"))
    assert isinstance(start, Parameter)
    assert isinstance(end, Parameter)
    inner, alias = Row(build.fresh("r"), list(CORE)), build.fresh("l")
    step = scope.at("PathStep", "e", start="x", end="y")
    parts = object_of(ask.only, lambda child: _part(build, inner, step, child))
    day = f"${scope.day}"
    held = f"(type(e) IN {quoted(TIMELESS)} OR {shown('e', day)}) AND (type(e) <> 'COVERS' OR NOT startNode(e) IN apart)"
    most, longest = (f"${length.name}", LONGEST) if isinstance(length, Parameter) else (str(LENGTH), LENGTH)
    ends = {}
    for name, ref, argument in (("a", start, "from"), ("b", end, "to")):
        text, node = build.reference(ref, "Entity", argument), name
        row.as_it_is(
            f"CALL () {{ MATCH (asked:Reference)-[:REFERS_TO]->(x:Entity) WHERE asked.key IN {text} AND NOT x:ChangeEvent\n"
            f"WITH x ORDER BY x.key RETURN head(collect(x)) AS {node} }}"
        )
        ends[name] = row.column(f"[{node}.key, {localized(node, 'name')}, {_life_with_options(node)}]")
    row.as_it_is(
        f"CALL (a, b) {{ UNWIND [a, b] AS m MATCH {exception('k:Arrangement', 'm')} WHERE {shown('but', day)}\n"
        "RETURN collect(DISTINCT k) AS apart }\n"
        f"CALL (a, b, apart) {{\n{_layers(held, most, longest)}\n"
        f"CALL (layers) {{ UNWIND layers AS layer UNWIND layer AS k MATCH {exception('k', 'm')} WHERE {shown('but', day)}\n"
        f"RETURN collect([k.key, m.key]) AS excepted }}\n"
        f"CALL (layers, apart) {{ UNWIND range(0, size(layers) - 2) AS i UNWIND layers[i] AS x\n"
        f"MATCH (x)-[e:{TYPES}]-(y:Entity) WHERE {held} AND y IN layers[i + 1]\n"
        f"WITH DISTINCT i, x, e, y\n{inner.body}\nWITH {inner.list} AS row RETURN collect(row) AS {alias} }}\n"
        f"RETURN {alias}, excepted }}"
    )
    found = call(paths, row.column(alias), ends["a"], ends["b"], parameter(scope.day), row.column("excepted"))
    return f"[{parts} for c in {found}]"


def _life_with_options(node: str) -> str:
    """The life of a thing; a contract may run on by its options."""
    return life_of(node, valid_to=f"toString(CASE WHEN {node}.validTo < {node}.maxExtent THEN {node}.maxExtent ELSE {node}.validTo END)")


def _layers(held: str, most: str, longest: int) -> str:
    """Clauses that bind `layers`: from one end to the other, what lies so many steps from it; empty where they do not meet."""
    lines = ["WITH apart, [a] AS a0, [b] AS b0, [] AS met0"]
    for step in range(1, longest + 1):
        side, far = ("a", "b") if step % 2 else ("b", "a")
        at, there = (step + 1) // 2, step // 2
        known = [f"{side}{n}" for n in range(max(0, at - 2), at)]
        lines.append(
            f"CALL ({', '.join(known)}, met{step - 1}, apart) {{\n"
            f"UNWIND CASE WHEN size(met{step - 1}) = 0 AND {step} <= {most} THEN {known[-1]} ELSE [] END AS x\n"
            f"MATCH (x)-[e:{TYPES}]-(y:Entity) WHERE {held}"
            + "".join(f" AND NOT y IN {name}" for name in known)
            + f" RETURN collect(DISTINCT y) AS {side}{at} }}\n"
            f"WITH *, CASE WHEN size(met{step - 1}) > 0 THEN met{step - 1} ELSE [n IN {side}{at} WHERE n IN {far}{there}] END AS met{step}"
        )
    chosen = []
    for step in range(1, longest + 1):
        ahead = [f"a{n}" for n in range((step + 1) // 2)]
        back = [f"b{n}" for n in reversed(range(step // 2))]
        chosen.append(f"WHEN size(met{step}) > 0 THEN [{', '.join((*ahead, f'met{step}', *back))}]")
    lines.append(f"WITH CASE {' '.join(chosen)} ELSE [[]] END AS layers, apart")
    return "\n".join(lines)


def _part(build: Build, inner: Row, step: Scope, child: Ask) -> str:
    match child.field:
        case "length":
            return "len(c)"
        case "steps":
            return f"[{object_of(child.only, lambda ask: _step(build, inner, step, ask))} for {inner.name} in c]"
        case _:
            raise NotCompiled(child.field)


def _step(build: Build, inner: Row, step: Scope, child: Ask) -> str:
    match child.field:
        case "from" | "to":
            return project(build, inner, step.at("Entity", "x" if child.field == "from" else "y"), child)
        case "label":
            forwards = inner.column("startNode(e) = x")
            return call(way_label, inner.column("type(e)"), forwards=forwards, language=repr(asked_language(child)))
        case "period":
            dated = f"CASE WHEN type(e) IN {quoted(TIMELESS)} THEN null ELSE {period_of(step.self)} END"
            return call(shape_period, inner.column(dated), wanted(child), PARAMETERS)
        case _:
            return value(build, inner, step, child)
