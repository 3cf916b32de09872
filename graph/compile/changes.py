"""Changes as Cypher: gathers every fact that turns between two days, in one subquery; `graph.answers.changes` says what became of it."""

from __future__ import annotations

from graph.answers.change_sentences import first_named_sentence, sentence
from graph.answers.changes import MAX_FACTS, Changed, FirstNamed, Value, changes_between, page_of
from graph.answers.columns import FactRow, PeriodRow
from graph.answers.shape import cursor, fuzzy, word_label
from graph.compile.fields import (
    CLAIMS_OF,
    SAID,
    asked_language,
    in_every_language,
    life_of,
    localized,
    names,
    period_of,
    project,
    supported,
    wanted,
)
from graph.compile.rows import DEFAULT_PAGE, Build, DayRange, Row, Scope, columns, quoted
from graph.compile.source import NotCompiled, attribute, call, object_of, parameter
from graph.dates.period import during, turning
from graph.domain.model import PREDICATES
from graph.question import Ask, Items, Parameter

TAG = "Change:day,place"
# What documents bind, who uses them and who speaks for whom is no arrangement that begins or ends: a source that names it changes nothing.
UNTOLD = {"APPLIES_TO", "BINDS", "ISSUED_BY", "REPRESENTS", "USES"}
DATED = {p.relation: p for p in reversed(PREDICATES.values()) if p.relation and p.dated and p.relation not in UNTOLD} | {
    "MEMBER_OF": PREDICATES["memberOf"]
}
TYPES = "|".join(sorted({*DATED, "NOT_MEMBER_OF"}))
CORE = columns(
    FactRow, sort="sort", subject="s.key", other="o.key", said="said", about="about", element="element", span="span", options="options",
    told="told", names=names("s", "o"), events="events", sources="sources", subject_life=life_of("s"), other_life=life_of("o"),
    sort_name="s.sortName",
)  # fmt: skip
_COLUMNS = "sort, s, o, said, about, element, span, told, keys"
_EVENT_NAMES = ",\n".join(in_every_language("event"))
_INVERSE = quoted(tuple(sorted(r for r, p in DATED.items() if p.inverse)))
_SAID = "CASE type(e) " + " ".join(f"WHEN '{r}' THEN '{p.name}'" for r, p in sorted(DATED.items())) + " ELSE 'notMemberOf' END"
# What bears on a change of a fact: the options of a contract, the events around its ends, the sources that only speak of it.
_AROUND = f"""CALL (s) {{ MATCH (s)<-[:OPTION_OF]-(opt:ContractOption) WITH opt ORDER BY opt.number, opt.key
RETURN collect([opt.number, opt.status, {period_of("opt")}]) AS options }}
CALL (s, o, element) {{ UNWIND [s, o] AS touched MATCH (touched)<-[how:ORIGINAL|RESULTING|TELLS_OF]-(event:ChangeEvent)
WHERE event.key = element OR coalesce(how.part IN [s.key, o.key], true)
WITH DISTINCT event, touched, type(how) AS how
OPTIONAL MATCH (event)-[:RESULTING]->(into:Organization) WITH event, touched, how, into ORDER BY into.sortKey
WITH event, touched, how, collect({localized("into", "name")}) AS into ORDER BY event.key, touched.key, how
RETURN collect([event.key, event.kind, event.dateEdtf, how, touched.key, into, {_EVENT_NAMES}]) AS events }}
CALL (span, keys) {{ UNWIND CASE span[{PeriodRow._fields.index("start_basis")}] WHEN 'ATTESTED' THEN keys ELSE [] END AS key
MATCH (:Claim {{key: key}})-[:FROM]->(src:Source) WITH DISTINCT src ORDER BY src.key RETURN collect([src.key, src.title]) AS sources }}"""


def diff(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The changes between two days: everything that turns is gathered with what is asked of it, and a page of it is given."""
    start, end, size, after = (ask.argument(name) for name in ("from", "to", "first", "after"))
    assert isinstance(start, Parameter)
    assert isinstance(end, Parameter)
    build.day_ranges.append(DayRange(start.name, end.name, "to", apart=True))
    inner, alias, here = Row(build.fresh("r"), list(CORE)), build.fresh("l"), Scope("Change", "s", end.name, {"o": "o", "keys": "keys"})
    if isinstance(after, Parameter):
        build.cursors[after.name] = TAG
    parts = object_of(ask.only, lambda child: _part(build, inner, here, child))
    imports = "wholes, takers" if isinstance(ask.argument("scope"), Parameter) else ""
    row.as_it_is(
        f"CALL () {{\n{_within(build, ask, start, end)}CALL ({imports}) {{\n{_gathered(start, end, scoped=bool(imports))} }}\n"
        f"WITH {_COLUMNS}{_of_types(ask)} LIMIT {MAX_FACTS + 1}\n{_AROUND}\n{inner.body}\n"
        f"WITH {inner.list} AS row RETURN collect(row) AS {alias} }}"
    )
    cursor = parameter(after.name) if isinstance(after, Parameter) else "None"
    count = parameter(size.name) if isinstance(size, Parameter) else str(DEFAULT_PAGE)
    named = repr(ask.argument("withFirstNamed") is True)
    difference = call(changes_between, row.column(alias), parameter(start.name), parameter(end.name), with_first_named=named)
    page = call(page_of, "changes", cursor, count)
    return f"(lambda found: (lambda changes: (lambda at, shown: {parts})(*{page}))(found.listed))({difference})"


# ── what is gathered ──────────────────────────────────────────────────────────────────────────────


def _within(build: Build, ask: Ask, start: Parameter, end: Parameter) -> str:
    """Clauses that bind the things of which all is told (`wholes`) and those of which only the life is told (`takers`)."""
    named = ask.argument("scope")
    if not isinstance(named, Parameter):
        return ""
    text = build.reference(named, "Entity", "scope")
    found = f"MATCH (named:Reference)-[:REFERS_TO]->(x:Entity) WHERE named.key IN {text} AND NOT x:ChangeEvent\nWITH DISTINCT x\n"
    held = during("e", f"${start.name}", f"${end.name}")
    return (
        f"CALL () {{ {found}CALL (x) {{ WITH x RETURN x AS y\n"
        f"UNION MATCH (x)<-[e:COVERS|DELIVERS|CONCERNS]-(y:Arrangement) WHERE {held} RETURN y\n"
        f"UNION MATCH (x)<-[:UNDER]-(y:Contract) RETURN y }}\nRETURN collect(DISTINCT y) AS wholes }}\n"
        f"CALL () {{ {found}MATCH (x)<-[e:MEMBER_OF]-(y:Organization) WHERE {held} RETURN collect(DISTINCT y) AS takers }}\n"
    )


def _gathered(start: Parameter, end: Parameter, *, scoped: bool) -> str:
    """Clauses of a union: relations, lives, options, dated values and events that turn, each with what it says and its claims."""

    def turns(variable: str) -> str:
        return turning(variable, f"${start.name}", f"${end.name}")

    edges = f"UNWIND wholes AS x MATCH (x)-[e:{TYPES}]-(:Entity)" if scoped else f"MATCH (:Entity)-[e:{TYPES}]->(:Entity)"
    whole = "UNWIND wholes AS s WITH s " if scoped else ""
    alive = "UNWIND wholes + takers AS s WITH DISTINCT s WHERE" if scoped else "MATCH (s:Entity) WHERE"
    living = "UNWIND wholes + takers AS s WITH DISTINCT s " if scoped else ""
    ends = f"CASE WHEN type(e) IN {_INVERSE} THEN {{}} ELSE {{}} END"
    return "\nUNION ALL ".join(
        (
            f"{edges} WHERE {turns('e')} WITH DISTINCT e\n"
            f"RETURN 'EDGE' AS sort, {ends.format('endNode(e)', 'startNode(e)')} AS s, {ends.format('startNode(e)', 'endNode(e)')} AS o, "
            f"{_SAID} AS said, coalesce(e.role, '') AS about, e.key AS element, {period_of('e')} AS span, "
            "[null, null, null, null, CASE WHEN endNode(e):Region THEN endNode(e).kind ELSE null END] AS told, e.claims AS keys",
            f"{alive} s.endKnown IS NOT NULL AND NOT s:Document AND ({turns('s')} OR EXISTS {{ "
            f"MATCH (s)<-[:OPTION_OF]-(opt:ContractOption) WHERE {turns('opt')} }})\n"
            f"RETURN 'LIFE' AS sort, s, s AS o, CASE s.type WHEN 'Contract' THEN 'runs' ELSE 'exists' END AS said, '' AS about, "
            f"s.key AS element, {period_of('s')} AS span, "
            "[null, null, 'ja', 'NL', null] AS told, s.lifeClaims AS keys",
            f"{whole}MATCH (s:Contract)<-[:OPTION_OF]-(e:ContractOption) WHERE e.status <> 'LAPSED' AND {turns('e')}\n"
            f"RETURN 'OPTION' AS sort, s, s AS o, 'option' AS said, e.key AS about, e.key AS element, {period_of('e')} AS span, "
            "[e.number, null, null, null, e.status] AS told, [e.claim] AS keys",
            *(f"{whole}MATCH {path} {_told(turns('e'))}" for path in _VALUES),
            f"{living}{_events(start, end)}",
        )
    )


# What has a value of its own, and how it hangs on a thing.
_VALUES = ("(s:Entity)<-[how:NAMES|IDENTIFIES]-(e)", f"(s:Entity){SAID}<-[how:FIGURE_OF]-(e)")


# The labels of a figure, of which the sentence takes one; null for a name or a code.
_LABELS = " + '\t' + ".join(in_every_language("e", "label"))


def _told(turns: str) -> str:
    """The rest of the branch of names, codes and figures that turn."""
    return (
        f"WHERE (e.startEdtf IS NOT NULL OR e.endEdtf IS NOT NULL) AND NOT s:ChangeEvent AND {turns}\n"
        "RETURN 'VALUE' AS sort, s, s AS o, "
        "CASE type(how) WHEN 'NAMES' THEN 'alternateName' WHEN 'IDENTIFIES' THEN 'identifier' ELSE 'figure' END AS said, "
        f"e.key AS about, e.key AS element, {period_of('e')} AS span, "
        f"[e.number, e.unit, coalesce(e.name, e.scheme + ':' + e.id), null, coalesce({_LABELS}, e.scheme, e.kind)] AS told, "
        "[e.claim] AS keys"
    )


def _events(start: Parameter, end: Parameter) -> str:
    """Clauses of the branch of events: each once for each thing s that it touches, with the one thing on its other side, if it is one."""
    return (
        f"MATCH (e:ChangeEvent)-[how:ORIGINAL|RESULTING|TELLS_OF]->(s:Entity) WHERE NOT s:ChangeEvent "
        f"AND e.dateEdtf IS NOT NULL AND (e.dateEarliest IS NULL OR e.dateEarliest <= ${end.name}) "
        f"AND (e.dateLatest IS NULL OR ${start.name} < e.dateLatest)\n"
        "WITH DISTINCT e, s, type(how) AS how\n"
        "CALL (e, s, how) { MATCH (e)-[far:ORIGINAL|RESULTING]->(y:Organization) "
        "WHERE how <> 'TELLS_OF' AND type(far) <> how AND y.key <> s.key WITH DISTINCT y ORDER BY y.key RETURN collect(y) AS others }\n"
        f"CALL (e) {{ MATCH (e){SAID}<-[:ABOUT]-(c:Claim) WITH c.key AS key ORDER BY key RETURN collect(key) AS keys }}\n"
        "RETURN 'EVENT' AS sort, s, CASE size(others) WHEN 1 THEN others[0] ELSE s END AS o, "
        "CASE how WHEN 'ORIGINAL' THEN 'original' WHEN 'RESULTING' THEN 'resulting' ELSE 'about' END AS said, '' AS about, "
        "e.key AS element, null AS span, [null, null, e.dateEdtf, null, CASE WHEN e.planned THEN 'PLANNED' ELSE null END] AS told, keys"
    )


def labels(words: Items) -> tuple[str, ...]:
    """The labels of types that are named as in the enum EntityType: PUBLIC_BODY is PublicBody."""
    return tuple(str(word).title().replace("_", "") for word in words.of)


def _of_types(ask: Ask) -> str:
    types = ask.argument("types")
    if not isinstance(types, Items):
        return ""
    return f" WHERE s.type IN {quoted(labels(types))} OR o.type IN {quoted(labels(types))}"


# ── what is told ──────────────────────────────────────────────────────────────────────────────────


def _part(build: Build, inner: Row, here: Scope, child: Ask) -> str:
    match child.field:
        case "totalCount":
            return "len(changes)"
        case "nodes":
            return f"[{_change(build, inner, here, child)} for c in shown for {inner.name} in (c.row,)]"
        case "edges":
            return f"[{object_of(child.only, lambda c: _edge(build, inner, here, c))} for c in shown for {inner.name} in (c.row,)]"
        case "pageInfo":
            return object_of(child.only, lambda c: _INFO[c.field])
        case "firstNamed":
            return f"[{object_of(child.only, _first_named)} for n in found.first_named]"
        case _:
            raise NotCompiled(child.field)


def _first_named(child: Ask) -> str:
    match child.field:
        case "date":
            return call(fuzzy, "n.date", wanted(child))
        case "sentence":
            return call(first_named_sentence, "n", repr(asked_language(child)))
        case _:
            return attribute("n", FirstNamed, child.field)


def _cursor(change: str) -> str:
    return call(cursor, repr(TAG), f"{change}.place")


_INFO = {
    "hasNextPage": "(at + len(shown) < len(changes))",
    "hasPreviousPage": "(at > 0)",
    "startCursor": f"({_cursor('shown[0]')} if shown else None)",
    "endCursor": f"({_cursor('shown[-1]')} if shown else None)",
}


def _edge(build: Build, inner: Row, here: Scope, child: Ask) -> str:
    match child.field:
        case "cursor":
            return _cursor("c")
        case "node":
            return _change(build, inner, here, child)
        case _:
            raise NotCompiled(child.field)


def _change(build: Build, inner: Row, here: Scope, ask: Ask) -> str:
    return object_of(ask.only, lambda child: _field(build, inner, here, child))


def _field(build: Build, inner: Row, here: Scope, child: Ask) -> str:
    match child.field:
        case "subject":
            return project(build, inner, here.at("Entity", "s"), child)
        case "before" | "after":
            return _value(build, inner, here, child)
        case "effectiveOn":
            return call(fuzzy, "c.turn.edtf", wanted(child))
        case "claims":
            return supported(CLAIMS_OF, "Claim", keys="keys")(build, inner, here, child)
        case "cause":
            return _cause(build, inner, here, child)
        case "kindLabel":
            return call(word_label, repr("CHANGE_KINDS"), attribute("c", Changed, "kind"), repr(asked_language(child)))
        case "certaintyLabel":
            return call(word_label, repr("CERTAINTIES"), attribute("c", Changed, "certainty"), repr(asked_language(child)))
        case "sentence":
            return call(sentence, "c", repr(asked_language(child)))
        case _:
            return attribute("c", Changed, child.field)


def _value(build: Build, inner: Row, here: Scope, ask: Ask) -> str:
    """The value on one side of a change (union ClaimValue), by its kind."""
    side, made = f"c.{ask.field}", {}

    def value_of(child: Ask) -> str:
        if child.field == "entity":
            return project(build, inner, here.at("Entity", "o"), child)
        return attribute(side, Value, child.field)

    for type_, asks in ask.children:
        if type_ != "DateValue":  # no change is of a date
            made[type_] = object_of(asks, value_of)
    thing, number, text = (made.get(t, "{}") for t in ("EntityValue", "NumberValue", "TextValue"))
    return f"(None if {side} is None else {thing} if {side}.kind == 'THING' else {number} if {side}.kind == 'NUMBER' else {text})"


def _cause(build: Build, inner: Row, here: Scope, ask: Ask) -> str:
    """The event behind a change, of all that touch its things: which one it is, `graph.answers.changes` says."""
    event, far, alias = build.fresh("n"), Row(build.fresh("r")), build.fresh("l")
    key = far.column(f"{event}.key")
    source = project(build, far, here.at("ChangeEvent", event), ask)
    inner.as_it_is(
        f"CALL (s, o) {{ UNWIND [s, o] AS touched MATCH (touched)<-[:ORIGINAL|RESULTING|TELLS_OF]-({event}:ChangeEvent)\n"
        f"WITH DISTINCT {event}\n{far.body}\nWITH {far.list} AS row RETURN collect(row) AS {alias} }}"
    )
    return f"(lambda cause: next(({source} for {far.name} in {inner.column(alias)} if cause and {key} == cause[0]), None))(c.cause)"
