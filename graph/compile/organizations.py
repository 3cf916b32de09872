"""Lists of organisations, nested and at the root: municipalities, regions, collaborations, providers."""

from __future__ import annotations

from collections.abc import Callable

from graph.compile.build import Build, Row, Scope, quoted
from graph.compile.fields import Handler, nothing_said, project, whole
from graph.compile.lists import Matched, chosen_orders, connection
from graph.compile.memberships import through
from graph.period import shown
from graph.question import Argument, Ask, Fields, Items, Parameter

_ORDERS = {
    "NAME": "{y}.sortName",
    "CODE": "coalesce({y}.code, '')",
    "START_DATE": "coalesce(toString({y}.validFrom), '')",
    "END_DATE": "coalesce(toString({y}.validTo), '9999-12-31')",
}
Conditions = Callable[[Build, Argument, str], list[str]]


def organizations(
    type_: str, pattern: str, *, filter: Conditions | None = None, lists: tuple[str, ...] = (), root: bool = False
) -> Handler:
    """A connection of one type of organisation over a pattern with `{x}` (this), `{e}` (a dated relationship) and `{y}` (the other)."""

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        names = {"x": scope.self, "e": build.fresh("e"), "y": build.fresh("n")}
        day = f"${scope.day}"
        conditions = []
        if "{e}" in pattern:
            conditions.append(shown(names["e"], day))
        elif root:
            conditions.append(shown(names["y"], day))
        conditions += filter(build, ask.argument("filter"), names["y"]) if filter else []
        conditions += arguments_of(build, ask, names["y"], day)
        matched = Matched(
            f"MATCH {pattern.format(**names)}", () if root else scope.variables, scope.at(type_, names["y"]), f"{names['y']}.key",
            tuple(filter_empty(conditions)), whole=whole(*lists)(scope) if lists else nothing_said,
        )  # fmt: skip
        known = {name: text.format(**names) for name, text in _ORDERS.items()}
        return connection(build, row, ask, matched, chosen_orders(ask, known, "NAME"), project)

    return handler


def filter_empty(conditions: list[str]) -> list[str]:
    return [c for c in conditions if c]


def arguments_of(build: Build, ask: Ask, variable: str, day: str) -> list[str]:
    """The arguments of root lists that are not a filter object."""
    found = []
    refs, region, kinds = ask.argument("refs"), ask.argument("region"), ask.argument("kind")
    if isinstance(refs, Parameter):
        found.append(through(build, f"({variable})", refs, "Municipality", "refs"))
    if isinstance(region, Parameter):
        text = build.refers(region, "Region", "region")
        found.append(
            f"EXISTS {{ MATCH ({variable})-[m:MEMBER_OF]->(:Region)<-[:REFERS_TO]-(x:Reference) "
            f"WHERE x.key IN {text} AND {shown('m', day)} }}"
        )
    if isinstance(kinds, Items) and kinds.of:
        found.append(f"{variable}.kind IN {quoted(tuple(str(k) for k in kinds.of))}")
    return found


def logical(one: Callable[[Build, str, Argument, str], str]) -> Conditions:
    """A filter object with `and`, `or`, `not` around what `one` makes of each other field."""

    def all_of(build: Build, wanted: Argument, variable: str) -> list[str]:
        if not isinstance(wanted, Fields):
            return []
        return filter_empty([each(build, name, value, variable) for name, value in wanted.of])

    def each(build: Build, name: str, value: Argument, variable: str) -> str:
        if name in ("and", "or") and isinstance(value, Items):
            parts = [" AND ".join(all_of(build, v, variable)) or "true" for v in value.of]
            return "(" + f" {name.upper()} ".join(f"({part})" for part in parts) + ")" if parts else ""
        if name == "not":
            return f"NOT coalesce({' AND '.join(all_of(build, value, variable)) or 'true'}, false)"
        return one(build, name, value, variable)

    return all_of


def _collaboration(build: Build, name: str, value: Argument, variable: str) -> str:
    if name in ("kind", "scale", "legalForm") and isinstance(value, Items):
        return f"coalesce({variable}.{name}, '') IN {quoted(tuple(str(v) for v in value.of))}"
    if name == "hasConflict" and isinstance(value, bool):
        return f"{'' if value else 'NOT '}EXISTS {{ MATCH ({variable})<-[:ABOUT]-(:Conflict) }}"
    if name == "function" and isinstance(value, Parameter):
        return through(build, f"({variable})-[:DELIVERS|CONCERNS]->(:CareFunction)", value, "CareFunction", name)
    if name == "member" and isinstance(value, Parameter):
        return through(build, f"({variable})<-[:MEMBER_OF]-(:Organization)", value, "Organization", name)
    return ""


def _provider(build: Build, name: str, value: Argument, variable: str) -> str:
    if name == "isCertifiedInstitution" and isinstance(value, bool):
        return f"{variable}.isCertifiedInstitution = {str(value).lower()}"
    if name == "nameContains" and isinstance(value, Parameter):
        return f"{variable}.sortName CONTAINS ${value.name}"
    if name == "contract" and isinstance(value, Parameter):
        return through(build, f"({variable})-[:SUPPLIES]->(:Contract)", value, "Contract", name)
    if name == "collaboration" and isinstance(value, Parameter):
        return through(build, f"({variable})-[:MEMBER_OF]->(:Collaboration)", value, "Collaboration", name)
    return ""


COLLABORATION_FILTER = logical(_collaboration)
PROVIDER_FILTER = logical(_provider)
