"""The shortest chains between two things, as Cypher: layers around both ends until they meet; `graph.answers.paths` builds the chains.

A chain goes over no area of an arrangement that excepts a municipality on that chain. So it is not enough to know how near a thing is: it
may be near only over an area that the rest of the chain must not go over. A layer therefore keeps the places with the marks under which
they are reached. A mark is an arrangement whose area the chain went over, or an excepted municipality that it passed. A step that brings
both marks of an exception together is not taken, and the layers of both ends meet in a place whose marks go together.

A place is left out if an earlier or the same layer has it with no more marks than these: whatever goes on from here goes on from
there too. Few arrangements except anybody, so nearly all places have no marks, and the layers are as large as without the rule.

Example: Aalsmeer lies in JZ13, which dyslexie-2023 covers, but it excepts Aalsmeer. From a contract that Aalsmeer buys by, JZ13 is reached
with the mark Aalsmeer, and the step to dyslexie-2023 is not taken. The search goes on until it comes there without Aalsmeer.

Plain steps and no path functions: those find all shortest paths at once, of which there can be very many, and not every
engine has them. Each layer is as large as what can be reached, so that the work grows with what is near and not with the number of chains.
"""

from __future__ import annotations

from graph.answers.columns import EndRow, StepRow
from graph.answers.paths import paths, way_label
from graph.answers.shape import shape_period
from graph.compile.fields import asked_language, life_with_options, localized, period_of, project, value, wanted
from graph.compile.holds import exception
from graph.compile.rows import Build, Row, Scope, columns, listed_row, quoted
from graph.compile.source import PARAMETERS, call, object_of, parameter
from graph.dates.period import shown
from graph.question import Ask, NotCompiled, Parameter

LONGEST, LENGTH = 10, 6
CORE = columns(StepRow, layer="i", start="x.key", end="y.key", relation="type(e)", key="coalesce(e.key, '')")
TIMELESS = ("BROADER", "DEFINED_BY", "FROM_PROCUREMENT", "UNDER")
TYPES = "|".join(sorted((*TIMELESS, "MEMBER_OF", "BODY_OF", "PREPARES", "DELIVERS", "CONCERNS", "COVERS", "BUYS", "SUPPLIES", "MANAGES")))


def path(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    start, end, length = ask.parameter("from"), ask.parameter("to"), ask.get("maxLength", Parameter)
    inner, alias = Row(build.fresh("r"), list(CORE)), build.fresh("l")
    step = scope.at("PathStep", "e", start="x", end="y")
    parts = object_of(ask.only, lambda child: _part(build, inner, step, child))
    day = f"${scope.day}"
    held = f"(type(e) IN {quoted(TIMELESS)} OR {shown('e', day)})"
    most, longest = (f"${length.name}", LONGEST) if length else (str(LENGTH), LENGTH)
    ends = {}
    for name, ref, argument in (("a", start, "from"), ("b", end, "to")):
        row.as_it_is(
            f"CALL () {{ {build.matched(ref, 'Entity', argument, 'x')} WHERE NOT x:ChangeEvent\n"
            f"WITH x ORDER BY x.key RETURN head(collect(x)) AS {name} }}"
        )
        end_row = listed_row(EndRow, key=f"{name}.key", name=localized(name, "name"), life=life_with_options(name))
        ends[name] = row.column(end_row)
    row.as_it_is(
        f"CALL (a, b) {{ UNWIND [a, b] AS m MATCH {exception('k:Arrangement', 'm')} WHERE {shown('but', day)}\n"
        "RETURN collect(DISTINCT k) AS apart }\n"
        f"CALL (apart) {{ MATCH {exception('k:Arrangement', 'm')} WHERE {shown('but', day)} AND NOT k IN apart\n"
        "RETURN collect([k, m]) AS pairs, collect(DISTINCT k) AS keep, collect(DISTINCT m) AS out }\n"
        f"CALL (a, b, apart, pairs, keep, out) {{\n{_layers(held, most, longest)}\n"
        "CALL (layers, apart) { UNWIND range(0, size(layers) - 2) AS i UNWIND layers[i] AS x WITH DISTINCT layers, apart, i, x\n"
        f"MATCH (x)-[e:{TYPES}]-(y:Entity) WHERE {held} AND y IN layers[i + 1] AND (type(e) <> 'COVERS' OR NOT startNode(e) IN apart)\n"
        f"WITH DISTINCT i, x, e, y\n{inner.body}\nWITH {inner.list} AS row RETURN collect(row) AS {alias} }}\n"
        f"RETURN {alias} }}"
    )
    excepted = row.column("[p IN pairs | [p[0].key, p[1].key]]")
    found = call(paths, row.column(alias), ends["a"], ends["b"], parameter(scope.day), excepted)
    return f"[{parts} for c in {found}]"


def _layers(held: str, most: str, longest: int) -> str:
    """Clauses that bind `layers`: from one end to the other, what lies so many steps from it; empty where they do not meet.

    `a1`, `b1` … are the layers as groups of [marks, places]; `met1`, `met2` … is where they meet after so many steps.
    """
    lines = ["WITH apart, pairs, keep, out, [[[], [a]]] AS a0, [[[], [b]]] AS b0, [] AS met0"]
    for step in range(1, longest + 1):
        side, far = ("a", "b") if step % 2 else ("b", "a")
        at, there = (step + 1) // 2, step // 2
        known = [f"{side}{n}" for n in range(at)]
        lines.append(
            f"CALL ({', '.join(known)}, met{step - 1}, apart, pairs, keep, out) {{\n"
            f"UNWIND CASE WHEN size(met{step - 1}) = 0 AND {step} <= {most} THEN {known[-1]} ELSE [] END AS g\n"
            f"UNWIND g[1] AS x WITH *, g[0] AS had\nMATCH (x)-[e:{TYPES}]-(y:Entity) WHERE {held}\n"
            "WITH *, CASE WHEN type(e) = 'COVERS' THEN startNode(e) ELSE null END AS over WHERE over IS NULL OR NOT over IN apart\n"
            "WITH *, [k IN keep WHERE k IN had OR k = over] + [m IN out WHERE m IN had OR m = y] AS marks\n"
            f"WHERE {_together('marks')} AND none(g IN {' + '.join(known)} WHERE {_within('g[0]', 'marks')} AND y IN g[1])\n"
            "WITH marks, collect(DISTINCT y) AS places WITH collect([marks, places]) AS found\n"
            f"RETURN [g IN found | [g[0], [y IN g[1] WHERE none(h IN found WHERE size(h[0]) < size(g[0]) AND {_within('h[0]', 'g[0]')} "
            f"AND y IN h[1])]]] AS {side}{at} }}\n"
            f"WITH *, CASE WHEN size(met{step - 1}) > 0 THEN met{step - 1} ELSE reduce(all = [], g IN {side}{at} | all + "
            f"reduce(some = [], h IN {far}{there} | "
            f"some + CASE WHEN {_together('g[0] + h[0]')} THEN [y IN g[1] WHERE y IN h[1]] ELSE [] END)) END AS met{step}"
        )
    chosen = []
    for step in range(1, longest + 1):
        ahead = [_places(f"a{n}") for n in range((step + 1) // 2)]
        back = [_places(f"b{n}") for n in reversed(range(step // 2))]
        chosen.append(f"WHEN size(met{step}) > 0 THEN [{', '.join((*ahead, f'met{step}', *back))}]")
    lines.append(f"WITH CASE {' '.join(chosen)} ELSE [[]] END AS layers, apart")
    return "\n".join(lines)


def _together(marks: str) -> str:
    """The condition that no arrangement among some marks excepts a municipality among them."""
    return f"none(p IN pairs WHERE p[0] IN {marks} AND p[1] IN {marks})"


def _within(few: str, many: str) -> str:
    return f"all(m IN {few} WHERE m IN {many})"


def _places(layer: str) -> str:
    """The places of a layer, whatever their marks."""
    return f"reduce(all = [], g IN {layer} | all + g[1])"


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
