"""Lists of organisations, nested and at the root: municipalities, regions, collaborations, providers."""

from __future__ import annotations

from collections.abc import Callable

from graph.compile.claims import CONFLICTS_WITH
from graph.compile.fields import Handler, project, unknown_completeness, whole
from graph.compile.filters import COLLABORATION, Entry, faceted, is_one_of, listed, logical, through, when
from graph.compile.holds import is_member
from graph.compile.lists import Matched, Order, chosen_orders, connection
from graph.compile.rows import Build, Row, Scope
from graph.compile.source import NotCompiled
from graph.dates.period import shown
from graph.question import Argument, Ask, Items, Parameter

_ORDERS = {
    "NAME": "{y}.sortKey",
    "CODE": "{y}.sortCode",
    "START_DATE": "coalesce(toString({y}.validFrom), '~')",
    "END_DATE": "coalesce(toString({y}.validTo), '~')",
}
_BACKWARDS = {"CODE": "coalesce({y}.code, '~')"}
Conditions = Callable[[Build, Argument, Entry], list[str]]


def organizations(
    type_: str, pattern: str, *, meeting: Conditions | None = None, where: str = "", lists: tuple[str, ...] = (), root: bool = False
) -> Handler:
    """A connection of one type of organisation over a pattern with `{x}` (this), `{e}` (a dated relationship) and `{y}` (the other)."""

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        names = {"x": scope.self, "e": build.fresh("e"), "y": build.fresh("n")}
        asked, day = when(build, ask, scope), f"${scope.day}"
        conditions = [where.format(day=day, **names)] if where else []
        if "{e}" in pattern:
            conditions.append(shown(names["e"], day))
        elif root:
            conditions.append(shown(names["y"], day))
        conditions += meeting(build, ask.argument("filter"), Entry(names["y"], asked)) if meeting else []
        conditions += arguments_of(build, ask, names["y"], day)
        matched = Matched(
            f"{build.pop_reference_clauses()}MATCH {pattern.format(**names)}", () if root else scope.variables, scope.at(type_, names["y"]),
            f"{names['y']}.key",
            tuple(filter(None, conditions)), apart=root, whole=whole(*lists)(scope) if lists else unknown_completeness,
        )  # fmt: skip
        if type_ == "Collaboration":
            matched = faceted(matched, COLLABORATION, asked)
        return connection(build, row, ask, matched, organization_orders(ask, names["y"]), project)

    return handler


def organization_orders(ask: Ask, variable: str) -> list[Order]:
    """Returns the orders that are asked for of a list of organisations; by name if none is."""
    known, backwards = ({name: text.format(y=variable) for name, text in orders.items()} for orders in (_ORDERS, _BACKWARDS))
    return chosen_orders(ask, known, "NAME", backwards)


def arguments_of(build: Build, ask: Ask, variable: str, day: str) -> list[str]:
    """The arguments of root lists that are not a filter object."""
    found = []
    refs, region, kinds = ask.argument("refs"), ask.argument("region"), ask.argument("kind")
    if isinstance(refs, Parameter):
        found.append(is_one_of(build, variable, refs, "Municipality", "refs"))
    if isinstance(region, Parameter):
        text = build.reference(region, "Region", "region")
        found.append(
            f"EXISTS {{ MATCH ({variable})-[m:MEMBER_OF]->(:Region)<-[:REFERS_TO]-(x:Reference) "
            f"WHERE x.key IN {text} AND {is_member('m', day)} }}"
        )
    if isinstance(kinds, Items):
        found.append(f"{variable}.kind IN {listed(kinds)}")
    return found


def _collaboration(build: Build, name: str, value: Argument, about: Entry) -> str:
    variable = about.variable
    if name in ("kind", "scale", "legalForm") and isinstance(value, Items):
        return f"coalesce({variable}.{name}, '') IN {listed(value)}"
    if name == "hasConflict" and isinstance(value, bool):
        return f"{'' if value else 'NOT '}EXISTS {{ MATCH {CONFLICTS_WITH.format(x=variable, y='')} }}"
    if name == "function" and isinstance(value, Parameter):
        return through(build, f"({variable})-[held:DELIVERS|CONCERNS]->(far:CareFunction)", value, "CareFunction", name, about.when)
    if name == "member" and isinstance(value, Parameter):
        return through(build, f"({variable})<-[held:MEMBER_OF]-(far:Organization)", value, "Organization", name, about.when)
    raise NotCompiled(f"the filter {name} with {value}")


def _provider(build: Build, name: str, value: Argument, about: Entry) -> str:
    variable = about.variable
    if name == "isCertifiedInstitution" and isinstance(value, bool):
        return f"{variable}.isCertifiedInstitution = {str(value).lower()}"
    if name == "nameContains" and isinstance(value, Parameter):
        return f"{variable}.sortName CONTAINS ${value.name}"
    if name == "contract" and isinstance(value, Parameter):
        return through(build, f"({variable})-[held:SUPPLIES]->(far:Contract)", value, "Contract", name, about.when)
    if name == "collaboration" and isinstance(value, Parameter):
        return through(build, f"({variable})-[held:MEMBER_OF]->(far:Collaboration)", value, "Collaboration", name, about.when)
    raise NotCompiled(f"the filter {name} with {value}")


COLLABORATION_FILTER = logical(_collaboration)
PROVIDER_FILTER = logical(_provider)
