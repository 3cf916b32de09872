"""Things that are pointed at by their ids or codes: one, or many at once with one subquery for each type and day."""

from __future__ import annotations

from dataclasses import replace

from graph.answers.shape import placed
from graph.compile import timeline
from graph.compile.fields import project
from graph.compile.lists import Matched, short
from graph.compile.memberships import identified_membership
from graph.compile.rows import MOST_POINTED, Build, Row, Scope
from graph.compile.source import call, parameter
from graph.question import Ask, Fields, Items, Parameter


def node(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The thing that an id stands for, on the day that the id carries."""
    id_, type_ = ask.argument("id"), str(ask.argument("type"))
    assert isinstance(id_, Parameter)
    thing = build.fresh("n")
    at, asked = replace(scope, day=f"day_{id_.name}"), replace(ask, children=((type_, ask.of(type_)),))
    if ask.argument("moment") is True:
        return timeline.moment(build, row, at, asked, id_.name)
    if type_ == "Membership":
        matched = identified_membership(build, at, thing, f"${id_.name}")
    else:
        matched = Matched(f"MATCH ({thing}:{type_})", (), at.at(type_, thing), f"{thing}.key", (f"{thing}.key = ${id_.name}",))
    return short(build, row, asked, matched, [f"{thing}.key"], project, one=True)


def pointed(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The things of each group, by what they were pointed at with, put into the places where they were asked for."""
    groups, places = ask.argument("groups"), ask.argument("places")
    assert isinstance(groups, Items)
    assert isinstance(places, Parameter)
    found = [_group(build, row, scope, ask, group) for group in groups.of if isinstance(group, Fields)]
    return call(placed, parameter(places.name), f"[{', '.join(found)}]")


def _group(build: Build, row: Row, scope: Scope, ask: Ask, group: Fields) -> str:
    keys, type_, by = group.get("keys"), str(group.get("type")), str(group.get("by"))
    assert isinstance(keys, Parameter)
    thing, at = build.fresh("n"), replace(scope, day=f"day_{keys.name}")
    asked = replace(ask, children=((type_, ask.of(type_)),))
    if by == "moment":
        return f"{{p[{keys.name!r}]: {timeline.moment(build, row, at, asked, keys.name)}}}"
    if type_ == "Membership":
        matched = _memberships(build, at, thing, keys.name)
    elif by == "code":
        clauses = f"MATCH ({thing}:{type_})<-[:REFERS_TO]-(asked:Reference)"
        conditions = (f"asked.key IN $normal_{keys.name}", f"{thing}.code IN ${keys.name}")
        matched = Matched(clauses, (), at.at(type_, thing), f"{thing}.key", conditions)
    else:
        matched = Matched(f"MATCH ({thing}:{type_})", (), at.at(type_, thing), f"{thing}.key", (f"{thing}.key IN ${keys.name}",))

    def entry(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        return f"({row.column(f'{scope.self}.{by}')}, {project(build, row, scope, ask)})"

    return f"dict({short(build, row, asked, matched, [f'{thing}.key'], entry, most=MOST_POINTED)})"


def _memberships(build: Build, scope: Scope, edge: str, keys: str) -> Matched:
    """Of each key the one membership: who concluded a contract is chosen for each by itself."""
    each = build.fresh("k")
    one = identified_membership(build, scope, edge, each)
    clauses = f"UNWIND ${keys} AS {each}\nCALL ({each}) {{\n{one.clauses}\nRETURN {', '.join(one.entry.variables)} }}"
    return replace(one, bound=False, clauses=f"{clauses}\nWITH {', '.join(one.entry.variables)}")
