"""Coverage as Cypher: gathers the chains of municipalities and care functions; `graph.answers.coverage` decides.

Each chain is a way of a municipality and an offer of the same area, which the load has made ready (`graph.build.chains`). The things on
a chain are bound only where a question tells of them; the status needs none.

Nothing is filtered by day here except what does not bear on the answer: when it began, when it ends and when it changes can
only be told from all the chains there are.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.answers.columns import ChainRow, DivisionRow, NoteRow, PairNames
from graph.answers.coverage import Covered, covered, distinct, step_label
from graph.answers.coverage_rule import NOT_APPLICABLE
from graph.answers.coverage_sentences import explanation
from graph.answers.shape import bounded, shape_period, word_labels
from graph.compile.fields import (
    CLAIMS_OF,
    Given,
    Handler,
    asked_language,
    called_names,
    computed,
    expression,
    in_every_language,
    life_of,
    named_word,
    names,
    period,
    period_of,
    project,
    related,
    supported,
    value,
    whole,
)
from graph.compile.holds import chain_from, exception, holds, is_member, way
from graph.compile.lists import Matched, connection
from graph.compile.organizations import organization_orders
from graph.compile.rows import Block, Build, Row, Scope, columns, listed_row
from graph.compile.source import attribute, call, object_of, parameter
from graph.domain.languages import DEFAULT, language
from graph.question import Ask, Parameter

PATH_PERIOD = f"CASE WHEN a.endKnown IS NULL OR kind <> 'ARRANGEMENT' THEN {period_of('c')} ELSE {period_of('a', extent=True)} END"


VARIABLES = ("a", "area", "c", "kind", "hops", "places", "keys")  # of the things on a chain, for what is asked of them
_NOTE = listed_row(
    NoteRow, claim="claim.key", title="s.title", section="claim.section", footnote="claim.footnote", page="claim.page",
    written="coalesce(s.publishedEdtf, toString(s.writtenEarliest) + '/' + toString(s.writtenLatest))",
)  # fmt: skip
_NOTES = f"""
CALL (keys) {{ UNWIND keys AS key MATCH (claim:Claim {{key: key}})-[:FROM]->(s:Source) WITH DISTINCT claim, s ORDER BY s.key, claim.key
RETURN collect({_NOTE}) AS notes }}"""


def _chains(municipality: str, function: str, *, told: bool, walked: bool) -> str:
    """Clauses that bind one chain a row: `w` (the way) and `o` (the offer); with `walked` also VARIABLES, and with `told` its notes.

    `a` is the arrangement, or the municipality or area that stands for one, and `c` what puts the area under it. The last steps are
    found from the offer: by its key alone the embedded engine walks all organisations for the area.
    """
    found = (
        f"MATCH ({municipality})<-[:WAY_OF]-(w:Way) WITH {municipality}, {function}, w, w.area + ' ' + {function}.key AS place\n"
        "MATCH (o:Offer {place: place})"
    )
    if not walked:
        return found
    return f"""{found}
MATCH (o)-[:OFFER_OF]->(found:Entity) MATCH (found)-[c:COVERS|LEFT_TO|LACKED_BY]->(area:Organization)
WHERE c.key = o.covers AND type(c) = CASE o.kind WHEN 'LOCAL' THEN 'LEFT_TO' WHEN 'GAP' THEN 'LACKED_BY' ELSE 'COVERS' END
MATCH path = {way(municipality, "area")} WHERE [hop IN relationships(path) | hop.key] = w.hops
WITH {municipality}, {function}, w, o, area, c, o.kind AS kind, relationships(path) AS hops, nodes(path) AS places,
CASE o.kind WHEN 'LOCAL' THEN {municipality} WHEN 'GAP' THEN area ELSE found END AS a
CALL (a, {municipality}) {{ MATCH {exception("a", municipality, "e")} RETURN collect(e.claims) AS apart }}
WITH *, o.claims + coalesce(a.lifeClaims, []) + reduce(all = [], hop IN hops | all + hop.claims)
+ reduce(all = [], some IN apart | all + some) AS keys{_NOTES if told else ""}"""


def _sorting(municipality: str) -> str:
    """The order of chains, in which the shorter way to the same comes first."""
    return f"coalesce(o.arrangement, {municipality}.key), w.area, size(w.hops), o.covers, o.delivers"


def _core(municipality: str, *, told: bool) -> list[str]:
    """The columns of a chain; what only the explanation needs is null without it."""
    return columns(
        ChainRow, kind="o.kind", municipality=f"{municipality}.key", arrangement=f"coalesce(o.arrangement, {municipality}.key)",
        area="w.area", way="w.evidence", offer="o.evidence", notes="notes" if told else "null",
        arrangement_names=names("a") if told else "null", area_names=names("area") if told else "null",
    )  # fmt: skip


def _division(build: Build, row: Row, m: str, f: str, *, told: bool) -> str:
    """The variable with what is needed to tell if a function belongs to a division of the municipality (`DivisionRow`)."""
    ways, named = build.fresh("l"), "null"
    clauses = f" UNWIND coalesce({f}.definedBy, []) AS by MATCH ({m})<-[:WAY_OF]-(w:Way {{area: by}}) RETURN collect(w.evidence) AS {ways}"
    row.values((m, f), clauses, ways)
    if told:
        named = build.fresh("l")
        by = f" MATCH ({f})-[:DEFINED_BY]->(by:Organization) WITH by ORDER BY by.key RETURN head(collect({names('by')})) AS {named}"
        row.values((f,), by, named)
    return listed_row(
        DivisionRow, names=named, defined=f"{f}.definedBy IS NOT NULL", ways=ways, mentioned=f"coalesce({f}.mentioned, false)"
    )


def cell(build: Build, row: Row, scope: Scope, ask: Ask) -> tuple[str, str]:
    """Python sources for one pair of municipality and function: of its `Covered`, and of the object that is asked for, over `c`."""
    m, f = scope.others["municipality"], scope.others["function"]
    wanted = {child.field for child in ask.only}
    told, walked = "explanation" in wanted, bool(wanted & ON_THE_WAY)
    inner = Row(build.fresh("r"), _core(m, told=told))
    path = scope.at("CoveragePath", "a", **{v: v for v in VARIABLES}, municipality=m, function=f)
    parts = object_of(ask.only, lambda child: _part(build, row, inner, scope, path, child))
    alias = build.fresh("l")
    row.blocks.append(Block((m, f), _chains(m, f, told=told, walked=walked), (alias,), inner, sorting=_sorting(m)))
    life = row.column(life_of(m))
    into = build.fresh("l")
    clauses = (
        f" MATCH ({m})<-[:ORIGINAL]-(:ChangeEvent)-[:RESULTING]->(into:Organization) WHERE into.key <> {m}.key\n"
        f"WITH DISTINCT into ORDER BY into.sortName RETURN collect({called_names('into')[0]}) AS {into}"
    )
    row.values((m,), clauses, into)
    municipality = row.column(called_names(m)[0])
    functions = ", ".join(row.column(text) for text in called_names(f))
    said = ", ".join(in_every_language(m, "contractsRemark"))
    silence = row.column(f"CASE WHEN {m}.{language(DEFAULT).property('contractsRemark')} IS NULL THEN null ELSE [{said}] END")
    called = call(PairNames, municipality=municipality, care_function=f"({functions})", into=row.column(into), silence=silence)
    return call(covered, row.column(alias), life, row.column(_division(build, row, m, f, told=told)), called, parameter(scope.day)), parts


def _part(build: Build, row: Row, inner: Row, scope: Scope, path: Scope, child: Ask) -> str:
    match child.field:
        case "municipality" | "function":
            type_ = "Municipality" if child.field == "municipality" else "CareFunction"
            return project(build, row, scope.at(type_, scope.others[child.field]), child)
        case "context":
            return value(build, row, scope.at("CareFunction", scope.others["function"]), child)
        case "via":
            return f"[{project(build, inner, path, child)} for {inner.name} in c.rows]"
        case "conflicts":
            key, conflict = build.fresh("k"), build.fresh("n")
            far = Row(build.fresh("r"), [f"{conflict}.key"])
            source = project(build, far, path.at("Conflict", conflict), child)
            clauses = (
                f"UNWIND keys AS key MATCH (:Claim {{key: key}})<-[:BETWEEN]-({conflict}:Conflict)\n"
                f"WITH DISTINCT {conflict} ORDER BY {conflict}.key"
            )
            inner.blocks.append(Block(("keys",), clauses, (key,), far, sorting=f"{conflict}.key"))
            at = inner.column(key)
            return call(distinct, f"(({far.name}[0], {source}) for {inner.name} in c.rows for {far.name} in {at})")
        case "statusLabel":
            return named_word("COVERAGE_STATUSES", attribute("c", Covered, "status"), child)
        case "reasonLabels":
            return call(word_labels, repr("COVERAGE_REASONS"), attribute("c", Covered, "reasons"), repr(asked_language(child)))
        case "explanation":
            return call(explanation, "c", repr(asked_language(child)))
        case _:
            return attribute("c", Covered, _FIELDS[child.field])


ON_THE_WAY = {"via", "explanation", "conflicts"}  # fields that tell of the things on a chain
APPLIES = f" if c.status != {NOT_APPLICABLE!r}"  # leaves out what does not apply, where nobody asked for it
_FIELDS = {"status": "status", "reasons": "reasons", "changesOn": "changes_on"}


@dataclass(frozen=True, slots=True)
class Cells:
    """The sources of many pairs of a municipality and a care function: `covered` is over a row, `source` over its `Covered`, c."""

    row: str
    rows: str
    covered: str
    source: str

    def each(self, *, at_most: int | None = None, where: str = "") -> str:
        """The objects of all pairs, as an iteration that stands between brackets."""
        rows = self.rows if at_most is None else call(bounded, self.rows, str(at_most))
        return f"{self.source} for {self.row} in {rows} for c in ({self.covered},){where}"


def cells(build: Build, row: Row, scope: Scope, ask: Ask, clauses: str, imports: tuple[str, ...], m: str, f: str) -> Cells:
    """All pairs that `clauses` bind."""
    inner, alias = Row(build.fresh("r")), build.fresh("l")
    entry = scope.at("Coverage", m, municipality=m, function=f)
    covered, source = cell(build, inner, entry, ask)
    bound, sorting = f"{clauses}\nWITH DISTINCT {m}, {f}", f"{m}.sortName, {m}.key, {f}.key"
    row.blocks.append(Block(imports, bound, (alias,), inner, sorting=sorting))
    return Cells(inner.name, row.column(alias), covered, source)


def divisions(build: Build, region: Parameter) -> str:
    """Returns the subquery that binds `divided`: the care functions of the divisions of a region, each with the region that it is of.

    Its divisions are its own, those of what it takes part in, and those of its member regions.
    """
    return (
        f"CALL () {{ {build.matched(region, 'Region', 'region', 'x')}\n"
        "MATCH (x)<-[:MEMBER_OF*0..1]-(part:Region)-[:MEMBER_OF*0..1]->(:Organization)<-[:DEFINED_BY]-(f:CareFunction)\n"
        "RETURN collect(DISTINCT [f.key, part.key]) AS divided }"
    )


def functions_clause(build: Build, ask: Ask, variable: str, name: str = "functions", municipality: str = "", day: str = "") -> str:
    """The care functions that an argument refers to, or else all; of a region those of no division, and those in `divided`.

    Of the latter a municipality has only those of regions that it is in on the day.
    """
    refs = ask.get(name, Parameter)
    if refs:
        return build.matched(refs, "CareFunction", name, variable)
    clauses = f"MATCH ({variable}:CareFunction)"
    if not ask.get("region", Parameter):
        return clauses
    parts, inside = "", ""
    if municipality:
        within = f"MATCH ({municipality})-[step:MEMBER_OF]->(part:Region) WHERE {is_member('step', day)}"
        parts, inside = f"CALL ({municipality}) {{ {within} RETURN collect(part.key) AS parts }}\n", " AND each[1] IN parts"
    return (
        f"{parts}{clauses} WHERE NOT EXISTS {{ MATCH ({variable})-[:DEFINED_BY]->(:Organization) }}\n"
        f"OR any(each IN divided WHERE each[0] = {variable}.key{inside})"
    )


def of_municipality(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The coverage of one municipality for the functions that are asked for, or for all."""
    f = build.fresh("n")
    found = cells(build, row, scope, ask, functions_clause(build, ask, f), scope.variables, scope.self, f)
    return f"[{found.each(where='' if ask.get('functions', Parameter) else APPLIES)}]"


def covered_municipalities(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The municipalities in the area of a collaboration or of its contracts on a day, without those that are excepted."""
    m, day = build.fresh("n"), f"${scope.day}"
    clauses = f"MATCH ({scope.self})<-[:UNDER*0..1]-(arranged:Arrangement)\nMATCH {chain_from('arranged', f'{m}:Municipality')}"
    conditions = holds(m, "arranged", day)
    entry = scope.at("Municipality", m)

    def edge(build: Build, inner: Row, here: Scope, child: Ask) -> str | None:
        if child.field != "coverage":
            return None
        f = build.fresh("n")
        bound = f"MATCH ({scope.self})<-[:UNDER*0..1]-(:Arrangement)-[:DELIVERS]->({f}:CareFunction)"
        return f"[{cells(build, inner, here, child, bound, (scope.self, m), m, f).each()}]"

    matched = Matched(
        clauses, scope.variables, entry, f"{m}.key", conditions, keep=(scope.self,),
        whole=whole("municipalities", "members")(scope), edge_fields=edge,
    )  # fmt: skip
    return connection(build, row, ask, matched, organization_orders(ask, m), project)


def _steps(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    m, f = scope.others["municipality"], scope.others["function"]
    x, e, y, inner, alias = build.fresh("n"), build.fresh("e"), build.fresh("n"), Row(build.fresh("r")), build.fresh("l")
    source = project(build, inner, scope.at("PathStep", e, start=x, end=y), ask)
    clauses = (
        f"WITH [i IN range(0, size(hops) - 1) | [places[i], hops[i], places[i + 1]]] + "
        f"[[area, c, CASE kind WHEN 'LOCAL' THEN {m} WHEN 'GAP' THEN {f} ELSE a END]] AS steps\n"
        f"UNWIND range(0, size(steps) - 1) AS i WITH i, steps[i][0] AS {x}, steps[i][1] AS {e}, steps[i][2] AS {y}"
    )
    imports = ("kind", "a", "area", "c", "hops", "places", m, f)
    row.blocks.append(Block(imports, clauses, (alias,), inner, sorting="i"))
    return f"[{source} for {inner.name} in {row.column(alias)}]"


def _end(name: str) -> Handler:
    return lambda build, row, scope, ask: project(build, row, scope.at("Entity", scope.others[name]), ask)


def _label(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    return call(step_label, row.column(f"type({scope.self})"), repr(asked_language(ask)))


PATH_FIELDS: dict[str, Handler] = {
    "arrangement": lambda build, row, scope, ask: project(build, row, scope.at("Entity", "a"), ask),
    "providers": related(
        "({y}:Provider)-[{e}:SUPPLIES|MEMBER_OF]->({x})", "Provider", dated=True, where="coalesce({e}.role, 'PROVIDER') = 'PROVIDER'"
    ),
    "period": computed(shape_period, PATH_PERIOD, Given.WANTED, Given.PARAMETERS),
    "claims": supported(CLAIMS_OF, "Claim", keys="keys"),
    "steps": _steps,
}
STEP_FIELDS: dict[str, Handler] = {
    "from": _end("start"),
    "to": _end("end"),
    "relation": expression("type({x})"),
    "label": _label,
    "period": period(),
    "claims": supported(CLAIMS_OF, "Claim"),
}
