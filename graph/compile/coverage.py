"""Coverage as Cypher: gathers, for municipalities and care functions, every chain with its dates; `graph.answers.coverage` decides.

Nothing is filtered by day here except what does not bear on the answer: when it began, when it ends and when it changes can
only be told from all the chains there are.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.answers.columns import ChainRow, DivisionRow, NoteRow, PairNames, PeriodRow
from graph.answers.coverage import Covered, covered, distinct, step_label
from graph.answers.coverage_rule import NOT_APPLICABLE
from graph.answers.coverage_sentences import explanation
from graph.answers.shape import bounded, shape_period, word_labels
from graph.compile.fields import (
    CLAIMS_OF,
    Given,
    Handler,
    asked_language,
    computed,
    expression,
    in_every_language,
    life_of,
    localized,
    named_word,
    names,
    option,
    period,
    period_of,
    project,
    related,
    supported,
    value,
    whole,
)
from graph.compile.holds import are_members, chain, exception, holds, is_member, way
from graph.compile.lists import Matched, connection
from graph.compile.organizations import organization_orders
from graph.compile.rows import Block, Build, Row, Scope, columns, listed_row
from graph.compile.source import attribute, call, object_of, parameter
from graph.domain.languages import DEFAULT, language
from graph.question import Ask, Parameter

PATH_PERIOD = f"CASE WHEN a.endKnown IS NULL OR kind <> 'ARRANGEMENT' THEN {period_of('c')} ELSE {period_of('a', extent=True)} END"
CLAIMS = len(PeriodRow._fields) - 1  # where the claims stand in a link: behind a period without its extent


def link(variable: str) -> str:
    """Returns a period with the claims behind it (`LinkRow`)."""
    return period_of(variable, f"{variable}.claims")


_NOTE = listed_row(
    NoteRow, claim="claim.key", title="s.title", section="claim.section", footnote="claim.footnote", page="claim.page",
    written="coalesce(s.publishedEdtf, toString(s.writtenEarliest) + '/' + toString(s.writtenLatest))",
)  # fmt: skip


def _chains(municipality: str, function: str) -> str:
    """Clauses that bind one chain a row: kind, a (arrangement), area, d (delivers), c (covers), g, hops, places, keys, and what
    the rule needs: options, exceptions, contested, notes."""
    return f"""CALL ({function}, {municipality}) {{
MATCH ({function})-[:BROADER*0..3]->(g:CareFunction)
WHERE g = {function} OR NOT EXISTS {{ MATCH ({function})-[:DEFINED_BY]->(:Organization) }}
WITH {municipality}, collect(DISTINCT g) AS wanted
MATCH {way(municipality, "area:Organization")} WITH DISTINCT area, wanted
MATCH (area)<-[c:COVERS]-(a:Arrangement)-[d:DELIVERS]->(g:CareFunction) WHERE g IN wanted
RETURN DISTINCT 'ARRANGEMENT' AS kind, a AS found, area AS area, d AS d, c AS c, g AS g
UNION ALL
MATCH ({function})-[d:LEFT_TO]->(area:Organization)
RETURN 'LOCAL' AS kind, area AS found, area AS area, d AS d, d AS c, {function} AS g
UNION ALL
MATCH ({function})-[d:LACKED_BY]->(area:Organization)
RETURN 'GAP' AS kind, area AS found, area AS area, d AS d, d AS c, {function} AS g }}
MATCH path = {way(municipality, "area")}
WHERE {are_members("relationships(path)")}
WITH {municipality}, {function}, kind, CASE kind WHEN 'LOCAL' THEN {municipality} ELSE found END AS a, area, d, c, g,
relationships(path) AS hops, nodes(path) AS places
CALL (a) {{ MATCH (a)<-[:OPTION_OF]-(o:ContractOption) WITH o ORDER BY o.number
RETURN collect({option("o")}) AS options }}
CALL (a, {municipality}) {{ MATCH {exception("a", municipality, "e")} WITH e ORDER BY e.key
RETURN collect({link("e")}) AS exceptions }}
WITH *, d.claims + c.claims + coalesce(a.lifeClaims, []) + reduce(all = [], hop IN hops | all + hop.claims)
+ reduce(all = [], e IN exceptions | all + e[{CLAIMS}]) AS keys
CALL (keys) {{ UNWIND keys AS key MATCH (claim:Claim {{key: key}})<-[:BETWEEN]-(k:Conflict {{status: 'OPEN'}})
WHERE k.kind IN ['VALIDITY', 'MEMBERS', 'SCOPE'] RETURN collect(DISTINCT claim.key) AS contested }}
CALL (keys) {{ UNWIND keys AS key MATCH (claim:Claim {{key: key}})-[:FROM]->(s:Source) WITH DISTINCT claim, s ORDER BY s.key, claim.key
RETURN collect({_NOTE}) AS notes }}"""


CORE = columns(
    ChainRow, kind="kind", arrangement="a.key", area="area.key", hops=f"[h IN hops | {link('h')}]", delivers=link("d"), covers=link("c"),
    run=f"CASE WHEN kind <> 'ARRANGEMENT' OR a.endKnown IS NULL THEN null ELSE {period_of('a', 'a.lifeClaims')} END",
    options="options", exceptions="exceptions", contested="contested", notes="notes",
    arrangement_names=names("a"), area_names=names("area"),
)  # fmt: skip
VARIABLES = ("a", "area", "d", "c", "g", "kind", "hops", "places", "keys")


def cell(build: Build, row: Row, scope: Scope, ask: Ask) -> tuple[str, str]:
    """Python sources for one pair of municipality and function: of its `Covered`, and of the object that is asked for, over `c`."""
    m, f = scope.others["municipality"], scope.others["function"]
    inner = Row(build.fresh("r"), list(CORE))
    path = scope.at("CoveragePath", "a", **{v: v for v in VARIABLES}, municipality=m, function=f)
    parts = object_of(ask.only, lambda child: _part(build, row, inner, scope, path, child))
    alias = build.fresh("l")
    sorting = "a.key, area.key, size(hops), coalesce(c.key, ''), coalesce(d.key, '')"
    row.blocks.append(Block((m, f), _chains(m, f), (alias,), inner, sorting=sorting))
    life = row.column(life_of(m))
    into = build.fresh("l")
    clauses = (
        f" MATCH ({m})<-[:ORIGINAL]-(:ChangeEvent)-[:RESULTING]->(into:Organization) WHERE into.key <> {m}.key\n"
        f"WITH DISTINCT into ORDER BY into.sortName RETURN collect({localized('into', 'name')}) AS {into}"
    )
    row.values((m,), clauses, into)
    municipality = row.column(localized(m, "name"))
    functions = ", ".join(row.column(text) for text in in_every_language(f))
    said = ", ".join(in_every_language(m, "contractsRemark"))
    silence = row.column(f"CASE WHEN {m}.{language(DEFAULT).property('contractsRemark')} IS NULL THEN null ELSE [{said}] END")
    called = call(PairNames, municipality=municipality, care_function=f"({functions})", into=row.column(into), silence=silence)
    return call(covered, row.column(alias), life, row.column(_division(build, row, m, f)), called, parameter(scope.day)), parts


def _division(build: Build, row: Row, m: str, f: str) -> str:
    """The variable with what is needed to tell if a function belongs to a division of the municipality (`DivisionRow`)."""
    alias = build.fresh("l")
    ways = f"collect([hop IN hops | {link('hop')}])"
    clauses = (
        f" OPTIONAL MATCH ({f})-[:BROADER*0..3]->(:CareFunction)<-[delivers:DELIVERS]-(:Arrangement)\n"
        f"WITH {m}, {f}, count(delivers) AS told\n"
        f"OPTIONAL MATCH ({f})-[said:LEFT_TO|LACKED_BY]->(:Organization) WITH {m}, {f}, told, count(said) AS kept\n"
        f"OPTIONAL MATCH ({f})-[:DEFINED_BY]->(by:Organization)\n"
        f"OPTIONAL MATCH {way(m, 'by', 'hops')} WHERE {are_members('hops')}\n"
        f"WITH told + kept AS told, by, hops ORDER BY by.key\n"
        f"WITH told, head(collect({names('by')})) AS names, count(by) > 0 AS defined, {ways} AS ways\n"
        f"RETURN {listed_row(DivisionRow, names='names', defined='defined', ways='ways', mentioned='told = 0')} AS {alias}"
    )
    row.values((m, f), clauses, alias)
    return alias


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
    clauses = f"MATCH ({scope.self})<-[:UNDER*0..1]-(arranged:Arrangement)\nMATCH {chain(f'{m}:Municipality', 'arranged')}"
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
