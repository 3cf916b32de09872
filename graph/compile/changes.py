"""Changes as Cypher: gathers every fact that turns between two days, in one subquery; `graph.answers.changes` says what became of it."""

from __future__ import annotations

from graph.answers.change_sentences import first_named_sentence, sentence
from graph.answers.changes import MAX_FACTS, Changed, FirstNamed, Value, changes_between, page_of
from graph.answers.columns import EventRow, FactRow, SourceRow, ValueRow
from graph.answers.shape import cursor, fuzzy
from graph.compile.fields import (
    CLAIMS_OF,
    SAID,
    asked_language,
    called_names,
    in_every_language,
    life_of,
    named_word,
    names,
    option,
    period_of,
    project,
    spoken_sources,
    supported,
    wanted,
)
from graph.compile.lists import ShownPage
from graph.compile.rows import DEFAULT_PAGE, Build, DayRange, Row, Scope, columns, listed_row, quoted
from graph.compile.source import attribute, call, object_of, parameter
from graph.dates.period import during, turning
from graph.domain.model import PREDICATES
from graph.question import Ask, Items, NotCompiled, Parameter

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
_EVENT = listed_row(
    EventRow, key="event.key", kind="event.kind", date="event.dateEdtf", how="how", touched="touched.key", into="into",
    names=",\n".join(called_names("event")),
)  # fmt: skip
_INVERSE = quoted(tuple(sorted(r for r, p in DATED.items() if p.inverse)))
_SAID = "CASE type(e) " + " ".join(f"WHEN '{r}' THEN '{p.name}'" for r, p in sorted(DATED.items())) + " ELSE 'notMemberOf' END"
# What bears on a change of a fact: the options of a contract, the events around its ends, the sources that only speak of it.
_AROUND = f"""CALL (s) {{ MATCH (s)<-[:OPTION_OF]-(opt:ContractOption) WITH opt ORDER BY opt.number, opt.key
RETURN collect({option("opt")}) AS options }}
CALL (s, o, element) {{ UNWIND [s, o] AS touched MATCH (touched)<-[how:ORIGINAL|RESULTING|TELLS_OF]-(event:ChangeEvent)
WHERE event.key = element OR coalesce(how.part IN [s.key, o.key], true)
WITH DISTINCT event, touched, type(how) AS how
OPTIONAL MATCH (event)-[:RESULTING]->(into:Organization) WITH event, touched, how, into ORDER BY into.sortKey
WITH event, touched, how, collect({called_names("into")[0]}) AS into ORDER BY event.key, touched.key, how
RETURN collect({_EVENT}) AS events }}
{spoken_sources(listed_row(SourceRow, slug="src.key", title="src.title"))}"""


def diff(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The changes between two days: everything that turns is gathered with what is asked of it, and a page of it is given."""
    start, end, size, after = ask.parameter("from"), ask.parameter("to"), ask.get("first", Parameter), ask.get("after", Parameter)
    build.day_ranges.append(DayRange(start.name, end.name, "to", apart=True))
    inner, alias, here = Row(build.fresh("r"), list(CORE)), build.fresh("l"), Scope("Change", "s", end.name, {"o": "o", "keys": "keys"})
    if after:
        build.cursors[after.name] = TAG
    shown = ShownPage(
        f"c, {inner.name}",
        node=lambda child: object_of(child.only, lambda c: _field(build, inner, here, c)),
        cursor=lambda: call(cursor, repr(TAG), "c.place"),
        has_previous="(at > 0)",
        has_next="(at + len(shown) < len(changes))",
    )
    parts = object_of(ask.only, lambda child: shown.part(child) if child.field in ShownPage.PARTS else _part(child))
    imports = "wholes, takers" if ask.get("scope", Parameter) else ""
    row.as_it_is(
        f"CALL () {{\n{_within(build, ask, start, end)}CALL ({imports}) {{\n{_gathered(start, end, scoped=bool(imports))} }}\n"
        f"WITH {_COLUMNS}{_of_types(ask)} LIMIT {MAX_FACTS + 1}\n{_AROUND}\n{inner.body}\n"
        f"WITH {inner.list} AS row RETURN collect(row) AS {alias} }}"
    )
    place = parameter(after.name) if after else "None"
    count = parameter(size.name) if size else str(DEFAULT_PAGE)
    named = repr(ask.get("withFirstNamed", bool) is True)
    difference = call(changes_between, row.column(alias), parameter(start.name), parameter(end.name), with_first_named=named)
    page = call(page_of, "changes", place, count)
    return f"(lambda difference: (lambda changes: (lambda at, {shown.rows}: {parts})(*{page}))(difference.listed))({difference})"


# ── what is gathered ──────────────────────────────────────────────────────────────────────────────


def _within(build: Build, ask: Ask, start: Parameter, end: Parameter) -> str:
    """Clauses that bind the things of which all is told (`wholes`) and those of which only the life is told (`takers`)."""
    scope = ask.get("scope", Parameter)
    if not scope:
        return ""
    things = f"{build.matched(scope, 'Entity', 'scope', 'x')} WHERE NOT x:ChangeEvent\nWITH DISTINCT x\n"
    held = during("e", f"${start.name}", f"${end.name}")
    return (
        f"CALL () {{ {things}CALL (x) {{ WITH x RETURN x AS y\n"
        f"UNION MATCH (x)<-[e:COVERS|DELIVERS|CONCERNS]-(y:Arrangement) WHERE {held} RETURN y\n"
        f"UNION MATCH (x)<-[:UNDER]-(y:Contract) RETURN y }}\nRETURN collect(DISTINCT y) AS wholes }}\n"
        f"CALL () {{ {things}MATCH (x)<-[e:MEMBER_OF]-(y:Organization) WHERE {held} RETURN collect(DISTINCT y) AS takers }}\n"
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
            f"{listed_row(ValueRow, sort='CASE WHEN endNode(e):Region THEN endNode(e).kind ELSE null END')} AS told, e.claims AS keys",
            f"{alive} s.endKnown IS NOT NULL AND NOT s:Document AND ({turns('s')} OR EXISTS {{ "
            f"MATCH (s)<-[:OPTION_OF]-(opt:ContractOption) WHERE {turns('opt')} }})\n"
            f"RETURN 'LIFE' AS sort, s, s AS o, CASE s.type WHEN 'Contract' THEN 'runs' ELSE 'exists' END AS said, '' AS about, "
            f"s.key AS element, {period_of('s')} AS span, "
            f"{listed_row(ValueRow, text=repr('ja'), lang=repr('NL'))} AS told, s.lifeClaims AS keys",
            f"{whole}MATCH (s:Contract)<-[:OPTION_OF]-(e:ContractOption) WHERE e.status <> 'LAPSED' AND {turns('e')}\n"
            f"RETURN 'OPTION' AS sort, s, s AS o, 'option' AS said, e.key AS about, e.key AS element, {period_of('e')} AS span, "
            f"{listed_row(ValueRow, number='e.number', sort='e.status')} AS told, [e.claim] AS keys",
            *(f"{whole}MATCH {path} {_told(turns('e'))}" for path in _VALUES),
            f"{living}{_events(start, end)}",
        )
    )


# What has a value of its own, and how it hangs on a thing.
_VALUES = ("(s:Entity)<-[how:NAMES|IDENTIFIES]-(e)", f"(s:Entity){SAID}<-[how:FIGURE_OF]-(e)")


# The labels of a figure, of which the sentence takes one; null for a name or a code.
_LABELS = " + '\t' + ".join(in_every_language("e", "label"))
_VALUE = listed_row(
    ValueRow, number="e.number", unit="e.unit", text="coalesce(e.name, e.scheme + ':' + e.id)",
    sort=f"coalesce({_LABELS}, e.scheme, e.kind)", approximate="e.approximate",
)  # fmt: skip
_PLANNED = "CASE WHEN e.planned THEN 'PLANNED' ELSE null END"


def _told(turns: str) -> str:
    """The rest of the branch of names, codes and figures that turn."""
    return (
        f"WHERE (e.startEdtf IS NOT NULL OR e.endEdtf IS NOT NULL) AND NOT s:ChangeEvent AND {turns}\n"
        "RETURN 'VALUE' AS sort, s, s AS o, "
        "CASE type(how) WHEN 'NAMES' THEN 'alternateName' WHEN 'IDENTIFIES' THEN 'identifier' ELSE 'figure' END AS said, "
        f"e.key AS about, e.key AS element, {period_of('e')} AS span, "
        f"{_VALUE} AS told, [e.claim] AS keys"
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
        f"e.key AS element, null AS span, {listed_row(ValueRow, text='e.dateEdtf', sort=_PLANNED)} AS told, keys"
    )


def labels(words: Items) -> tuple[str, ...]:
    """The labels of types that are named as in the enum EntityType: PUBLIC_BODY is PublicBody."""
    return tuple(str(word).title().replace("_", "") for word in words.of)


def _of_types(ask: Ask) -> str:
    types = ask.get("types", Items)
    if not types:
        return ""
    return f" WHERE s.type IN {quoted(labels(types))} OR o.type IN {quoted(labels(types))}"


# ── what is told ──────────────────────────────────────────────────────────────────────────────────


def _part(child: Ask) -> str:
    match child.field:
        case "totalCount":
            return "len(changes)"
        case "firstNamed":
            return f"[{object_of(child.only, _first_named)} for n in difference.first_named]"
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
            return named_word("CHANGE_KINDS", attribute("c", Changed, "kind"), child)
        case "certaintyLabel":
            return named_word("CERTAINTIES", attribute("c", Changed, "certainty"), child)
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
    cause = attribute("c", Changed, "cause_key")
    return f"(lambda cause: next(({source} for {far.name} in {inner.column(alias)} if {key} == cause), None))({cause})"
