"""Memberships as lists: what an organisation takes part in, who takes part in it, and who supplies under a contract."""

from __future__ import annotations

from dataclasses import dataclass

from graph.answers.shape import context, role_label
from graph.compile.fields import (
    CLAIMS_OF,
    CONFLICTS_OF,
    Given,
    Handler,
    asked_language,
    computed,
    dated_id,
    expression,
    keyed,
    period,
    project,
    supported,
    whole,
    words,
)
from graph.compile.filters import MEMBERSHIP, Entry, When, faceted, has, is_one_of, leads_to, listed, logical, when
from graph.compile.lists import Matched, Order, Orders, chosen_orders, connection, or_last, short
from graph.compile.rows import Build, Row, Scope
from graph.compile.source import call
from graph.dates.period import kept, shown
from graph.domain.model import MEMBER_LISTS
from graph.errors import BadInput
from graph.question import Argument, Ask, Fields, Items, Parameter

_ORDERS: Orders = {
    "MEMBER_NAME": "{member}.sortName",
    "ORGANIZATION_NAME": "{organization}.sortName",
    "START_DATE": or_last("toString({x}.validFrom)"),
    "END_DATE": or_last("toString({x}.validTo)"),
}


def memberships(*, of_member: bool) -> Handler:
    """The connection of memberships on either side of an organisation."""

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        edge, other = build.fresh("e"), build.fresh("n")
        member, organization = (scope.self, other) if of_member else (other, scope.self)
        entry = scope.at("Membership", edge, member=member, organization=organization)
        wanted, asked = ask.get("filter", Fields), when(build, ask, scope)
        conditions = (asked.holds(edge), *MEMBERSHIP_FILTER(build, _but_takes_part(wanted), _Entry(entry, asked)))
        clauses = f"MATCH ({member})-[{edge}:{_types(wanted)}]->({organization})"
        if not of_member:
            clauses = f"MATCH ({organization})<-[{edge}:{_types(wanted)}]-({member})"
        clauses = build.pop_reference_clauses() + clauses
        names = ("memberships",) if of_member else _lists(wanted)
        matched = Matched(clauses, scope.variables, entry, f"{edge}.key", conditions, apart=True, whole=whole(*names)(scope))
        orders = _orders(ask, entry, "ORGANIZATION_NAME" if of_member else "MEMBER_NAME")
        return connection(build, row, ask, faceted(matched, MEMBERSHIP, asked), orders, project)

    return handler


def _lists(wanted: Fields | None) -> tuple[str, ...]:
    """The lists of which a source may have said that they are whole: of providers alone where only they are asked for."""
    role = wanted.get("role", Items) if wanted else None
    if role and role.of == ("PROVIDER",):
        return ("providers",)
    return MEMBER_LISTS


def suppliers(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The suppliers of a contract, as memberships of the collaboration that concluded it, or else of its first buyer."""
    edge, provider, organization = build.fresh("e"), build.fresh("n"), build.fresh("n")
    clauses = f"MATCH ({scope.self})<-[{edge}:SUPPLIES]-({provider})"
    if _mentioned("organization", ask) or _mentioned("facets", ask) or _ordered_by("ORGANIZATION_NAME", ask):
        clauses = f"{_concluded(scope.self)}\nWITH {scope.self}, {_CONCLUDER} AS {organization} {_FIRST_CONCLUDER}\n{clauses}"
    else:
        organization = scope.self  # nobody asks who concluded it, so it is not looked up
    entry = scope.at("Membership", edge, member=provider, organization=organization)
    matched = Matched(
        clauses,
        scope.variables,
        entry,
        f"{edge}.key",
        (kept(edge, f"${scope.day}"),),
        apart=True,
        whole=whole("suppliers", "providers")(scope),
    )
    return connection(build, row, ask, faceted(matched, MEMBERSHIP, when(build, ask, scope)), _orders(ask, entry, "MEMBER_NAME"), project)


def _orders(ask: Ask, entry: Scope, default: str) -> list[Order]:
    return chosen_orders(ask, _ORDERS, default, x=entry.self, **entry.others)


def _mentioned(field: str, ask: Ask) -> bool:
    """Returns True if a field of that name is asked for anywhere below."""
    return any(child.field == field or _mentioned(field, child) for _, asks in ask.children for child in asks)


def _ordered_by(name: str, ask: Ask) -> bool:
    orders = ask.get("orderBy", Items)
    return orders is not None and any(isinstance(one, Fields) and one.get("field", str) == name for one in orders.of)


def identified_membership(build: Build, scope: Scope, edge: str, key: str) -> Matched:
    """The one membership with a key (a Cypher expression), which may be that of a supplier."""
    member, far, organization = build.fresh("n"), build.fresh("n"), build.fresh("n")
    clauses = (
        f"MATCH ({member}:Organization)-[{edge}:MEMBER_OF|NOT_MEMBER_OF|SUPPLIES]->({far}) WHERE {edge}.key = {key}\n{_concluded(far)}\n"
        f"WITH {member}, {edge}, CASE type({edge}) WHEN 'SUPPLIES' THEN {_CONCLUDER} ELSE {far} END AS {organization} {_FIRST_CONCLUDER}"
    )
    return Matched(clauses, (), scope.at("Membership", edge, member=member, organization=organization), f"{edge}.key")


def _concluded(contract: str) -> str:
    """Clauses that bind who concluded a contract: the collaboration that it is under, else its buyers."""
    return f"OPTIONAL MATCH ({contract})-[:UNDER]->(under) OPTIONAL MATCH ({contract})<-[:BUYS]-(buyer)"


_CONCLUDER, _FIRST_CONCLUDER = "coalesce(under, buyer)", "ORDER BY under.key, buyer.sortName LIMIT 1"


def lead(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The membership of whoever leads or holds the account, or None where no source names one."""
    edge, member = build.fresh("e"), build.fresh("n")
    entry = scope.at("Membership", edge, member=member, organization=scope.self)
    conditions = (f"{edge}.role IN ['LEAD', 'ACCOUNT_HOLDER']", shown(edge, f"${scope.day}"))
    matched = Matched(f"MATCH ({scope.self})<-[{edge}:MEMBER_OF]-({member})", scope.variables, entry, f"{edge}.key", conditions)
    return short(build, row, ask, matched, [f"CASE {edge}.role WHEN 'LEAD' THEN 0 ELSE 1 END", f"{edge}.key"], project, one=True)


def _types(wanted: Fields | None) -> str:
    """Returns the relationship to follow; those who expressly do not take part are shown only if that is asked for."""
    return "NOT_MEMBER_OF" if wanted and wanted.get("takesPart", bool) is False else "MEMBER_OF"


def _but_takes_part(wanted: Fields | None) -> Fields | None:
    """Returns a filter without `takesPart` at its top, which chooses the relationship (`_types`)."""
    return Fields(tuple(pair for pair in wanted.of if pair[0] != "takesPart")) if wanted else None


@dataclass(frozen=True, slots=True)
class _Entry:
    """The scope of the membership that a filter chooses, and when what the filter says of it has to hold."""

    scope: Scope
    when: When


def _condition(build: Build, name: str, value: Argument, about: _Entry) -> str:
    entry = about.scope
    organization = entry.others["organization"]
    if name == "takesPart":
        raise BadInput(
            "takesPart works at the top of a filter only, not within and, or and not.",
            "Put it beside them, or ask for the two lists apart.",
            name,
        )
    if name == "role" and isinstance(value, Items):
        return f"{entry.self}.role IN {listed(value)}"
    if name == "scale" and isinstance(value, Items):
        return f"coalesce({organization}.scale, '') IN {listed(value)}"
    if name == "hasConflict" and isinstance(value, bool):
        return has(f"(:Conflict)-[:BETWEEN]->(c:Claim) WHERE c.key IN {entry.self}.claims", wanted=value)
    if name in ("organization", "member") and isinstance(value, Parameter):
        return is_one_of(build, entry.others[name], value, "Organization", name)
    return leads_to(build, {}, name, value, Entry(organization, about.when))


def _role_label(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The source's words for a role, or else the name of the role."""
    role = row.column(f"coalesce({scope.self}.role, 'PROVIDER')")
    return f"({words('roleLabel')(build, row, scope, ask)} or {call(role_label, role, repr(asked_language(ask)))})"


def representation(pattern: str) -> Handler:
    """The relationships of a pattern, each as a thing of its own with the organisation at its other end."""

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        e, y = build.fresh("e"), build.fresh("n")
        entry = scope.at("Representation", e, organization=y)
        matched = Matched(
            f"MATCH {pattern.format(x=scope.self, e=e, y=y)}", scope.variables, entry, f"{e}.key", (shown(e, f"${scope.day}"),)
        )
        return short(build, row, ask, matched, [f"{y}.sortKey", f"{e}.key"], project)

    return handler


MEMBERSHIP_FILTER = logical(_condition)
FIELDS: dict[str, Handler] = {
    "id": dated_id("membership/"),
    "role": expression("coalesce({x}.role, 'PROVIDER')"),
    "roleLabel": _role_label,
    "takesPart": expression("type({x}) <> 'NOT_MEMBER_OF'"),
    "memberDuring": period(),
    "context": computed(context, Given.PARAMETERS, Given.DAY_NAME, Given.WANTED),
    "claims": supported(CLAIMS_OF, "Claim"),
    "conflicts": supported(CONFLICTS_OF, "Conflict"),
    "onBehalfOf": keyed("Organization", "onBehalfOf"),
    "member": lambda build, row, scope, ask: project(build, row, scope.at("Organization", scope.others["member"]), ask),
    "organization": lambda build, row, scope, ask: project(build, row, scope.at("Organization", scope.others["organization"]), ask),
}
