"""Lists of organisations, nested and at the root: municipalities, regions, collaborations, providers; and their boundaries."""

from __future__ import annotations

from collections.abc import Callable

from graph.answers.outline import geometry, geometry_nearest, geometry_remark
from graph.answers.shape import check_home
from graph.compile.claims import CONFLICTS_WITH
from graph.compile.fields import Handler, asked_language, project, unknown_completeness, whole
from graph.compile.filters import COLLABORATION, Entry, faceted, has, is_one_of, leads_to, listed, logical, when
from graph.compile.holds import municipalities_of
from graph.compile.lists import Matched, Order, Orders, chosen_orders, connection, or_last, short
from graph.compile.rows import Build, Row, Scope
from graph.compile.source import call, parameter
from graph.dates.period import shown
from graph.question import Argument, Ask, Fields, Items, Parameter

_ORDERS: Orders = {
    "NAME": "{y}.sortKey",
    "CODE": ("{y}.sortCode", or_last("{y}.code")[1]),
    "START_DATE": or_last("toString({y}.validFrom)"),
    "END_DATE": or_last("toString({y}.validTo)"),
}
Conditions = Callable[[Build, Fields | None, Entry], list[str]]


def organizations(
    type_: str, pattern: str, *, meeting: Conditions | None = None, where: str = "", lists: tuple[str, ...] = (), root: bool = False
) -> Handler:
    """A connection of one type of organisation over a pattern with `{x}` (this), `{e}` (a dated relationship) and `{y}` (the other)."""

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        names = {"x": scope.self, "e": build.fresh("e"), "y": build.fresh("n")}
        asked, day, within = when(build, ask, scope), f"${scope.day}", home(ask)
        conditions = [where.format(day=day, **names)] if where else []
        if "{e}" in pattern:
            conditions.append(shown(names["e"], day))
        elif root and not within:
            conditions.append(shown(names["y"], day))
        conditions += meeting(build, ask.get("filter", Fields), Entry(names["y"], asked)) if meeting else []
        conditions += arguments_of(build, ask, names["y"])
        found = f"UNWIND home AS {names['y']}\nWITH *" if within else f"MATCH {pattern.format(**names)}"
        matched = Matched(
            f"{build.pop_reference_clauses()}{found}", within if root else scope.variables, scope.at(type_, names["y"]),
            f"{names['y']}.key", tuple(filter(None, conditions)), apart=root, whole=whole(*lists)(scope) if lists else unknown_completeness,
        )  # fmt: skip
        if type_ == "Collaboration":
            matched = faceted(matched, COLLABORATION, asked)
        return connection(build, row, ask, matched, organization_orders(ask, names["y"]), project)

    return handler


def municipalities_of_region(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The connection of the municipalities of a region; it is known to be incomplete if its member regions are."""
    y = build.fresh("n")
    matched = Matched(
        municipalities_of(scope.self, y, f"${scope.day}"), scope.variables, scope.at("Municipality", y), f"{y}.key", apart=True,
        whole=whole("municipalities", within=("regions",))(scope),
    )  # fmt: skip
    return connection(build, row, ask, matched, organization_orders(ask, y), project)


def of_region(handler: Handler) -> Handler:
    """A root field about the municipalities of its argument `region`, which the handler finds in the variable `home`.

    A region without municipalities on the day is an error: an empty list would say that all is well there.
    """

    def found(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        region, day = ask.get("region", Parameter), scope.day
        if region is None:
            return handler(build, row, scope, ask)
        row.as_it_is(
            f"CALL () {{ {build.matched(region, 'Region', 'region', 'x')}\n"
            f"{municipalities_of('x', 'y', f'${day}')}\nRETURN collect(DISTINCT y) AS home }}"
        )
        checked = call(check_home, row.column("size(home)"), row.column(f"found_{region.name}"), parameter(day))
        return f"(lambda _: {handler(build, row, scope, ask)})({checked})"

    return found


def home(ask: Ask) -> tuple[str, ...]:
    """Returns the variables that a list needs from `of_region`."""
    return ("home",) if ask.get("region", Parameter) else ()


def organization_orders(ask: Ask, variable: str) -> list[Order]:
    """Returns the orders that are asked for of a list of organisations; by name if none is."""
    return chosen_orders(ask, _ORDERS, "NAME", y=variable)


def arguments_of(build: Build, ask: Ask, variable: str) -> list[str]:
    """The arguments of root lists that are not a filter object."""
    conditions = []
    refs, kinds = ask.get("refs", Parameter), ask.get("kind", Items)
    if refs:
        conditions.append(is_one_of(build, variable, refs, "Municipality", "refs"))
    if kinds:
        conditions.append(f"{variable}.kind IN {listed(kinds)}")
    return conditions


def _collaboration(build: Build, name: str, value: Argument, about: Entry) -> str:
    variable = about.variable
    if name in ("kind", "scale", "legalForm") and isinstance(value, Items):
        return f"coalesce({variable}.{name}, '') IN {listed(value)}"
    if name == "hasConflict" and isinstance(value, bool):
        return has(CONFLICTS_WITH.format(x=variable, y=""), wanted=value)
    return leads_to(build, {"member": ("({x})<-[held:MEMBER_OF]-(far:Organization)", "Organization")}, name, value, about)


def _provider(build: Build, name: str, value: Argument, about: Entry) -> str:
    variable = about.variable
    if name == "isCertifiedInstitution" and isinstance(value, bool):
        return f"{variable}.isCertifiedInstitution = {str(value).lower()}"
    if name == "nameContains" and isinstance(value, Parameter):
        # A text without punctuation is found whatever punctuation the name has; one with it only where the name has the same.
        return f"{variable}.spelledNames CONTAINS ${value.name}"
    patterns = {
        "contract": ("({x})-[held:SUPPLIES]->(far:Contract)", "Contract"),
        "collaboration": ("({x})-[held:MEMBER_OF]->(far:Collaboration)", "Collaboration"),
    }
    return leads_to(build, patterns, name, value, about)


COLLABORATION_FILTER = logical(_collaboration)
PROVIDER_FILTER = logical(_provider)


# ── boundaries ────────────────────────────────────────────────────────────────────────────────────


def outline(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The outline as a GeoJSON object, or None."""
    return _of_the_day(build, row, scope, ask, lambda inner, y: call(geometry, inner.column(f"{y}.geoJson")))


def outline_remark(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """Why there is no outline, in the language that is asked for."""
    return call(geometry_remark, *_known(build, row, scope, ask), repr(asked_language(ask)))


def outline_nearest(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The nearest day that has an outline, or None."""
    return call(geometry_nearest, *_known(build, row, scope, ask), row.column(f"toString(${scope.day})"))


def _known(build: Build, row: Row, scope: Scope, ask: Ask) -> list[str]:
    """Returns whether there is an outline on the day, and the first and the last day that outlines are known of."""
    there = _of_the_day(build, row, scope, ask, lambda inner, y: inner.column("true"))
    return [there, *(row.column(f"toString({scope.self}.{name})") for name in ("outlinedFrom", "outlinedThrough"))]


def _of_the_day(build: Build, row: Row, scope: Scope, ask: Ask, value: Callable[[Row, str], str]) -> str:
    y = build.fresh("o")
    matched = Matched(
        f"MATCH ({scope.self})<-[:OUTLINE_OF]-({y}:Outline)", scope.variables, scope.at("Outline", y), f"{y}.key",
        (shown(y, f"${scope.day}"),),
    )  # fmt: skip
    return short(build, row, ask, matched, [f"{y}.key"], lambda _, inner, entry, __: value(inner, entry.self), one=True)
