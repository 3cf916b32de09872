"""Contracts as lists and the status of a contract on a day."""

from __future__ import annotations

from graph.compile.fields import Handler, project, unknown_completeness, whole
from graph.compile.filters import CONTRACT, Entry, When, faceted, has, leads_to, listed, logical, when
from graph.compile.holds import holding
from graph.compile.lists import Matched, Orders, chosen_orders, connection, or_last
from graph.compile.rows import Build, Row, Scope
from graph.dates.period import certain, shown
from graph.question import Argument, Ask, Fields, Items, Parameter

_ORDERS: Orders = {
    "NAME": "{x}.sortKey",
    "START_DATE": or_last("toString({x}.validFrom)"),
    "END_DATE": or_last("toString({x}.validTo)"),
    "MAX_EXTENT_DATE": or_last("toString({x}.maxExtent)"),
}


def status_on(contract: str, day: str) -> str:
    """Returns the status of a contract on a day, as an expression; an option counts only once a source confirms it.

    Options are looked at only where they can matter: behind the end of a contract that has any (`hasOptions`).
    """
    option = f"EXISTS {{ MATCH ({contract})<-[:OPTION_OF]-(o) WHERE {shown('o', day)} AND o.status"
    return (
        f"CASE WHEN {contract}.endKnown IS NULL THEN 'UNKNOWN' WHEN {contract}.validTo <= {day} THEN "
        f"CASE WHEN {contract}.hasOptions IS NULL THEN 'ENDED' WHEN {option} = 'EXERCISED' }} THEN 'ACTIVE' "
        f"WHEN {option} <> 'LAPSED' }} THEN 'POSSIBLY_EXTENDED' ELSE 'ENDED' END "
        f"WHEN {day} < {contract}.validFrom THEN CASE WHEN {contract}.startEdtf IS NULL THEN 'UNKNOWN' ELSE 'PENDING' END "
        f"WHEN {certain(contract, day)} AND NOT coalesce({contract}.planned, false) THEN 'ACTIVE' ELSE 'UNKNOWN' END"
    )


def status(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    return row.column(status_on(scope.self, f"${scope.day}"))


def contracts(pattern: str = "", *, root: bool = False, counted: bool = False) -> Handler:
    """A connection of contracts over a pattern with `{x}` (this), `{e}` (a dated relationship) and `{y}` (the contract).

    Without a pattern they are those that hold for a municipality. `counted` says that this carries their number
    (`graph.build.contract_counts`).
    """

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        contract, asked = build.fresh("n"), when(build, ask, scope)
        entry = scope.at("Contract", contract)
        wanted = ask.get("filter", Fields)
        first, by_status = _parted(wanted)
        clauses, dated = holding(scope.self, contract, "Contract", asked)
        if pattern:
            edge = build.fresh("e") if "{e}" in pattern else ""
            clauses = f"MATCH {pattern.format(x=scope.self, e=edge, y=contract)}"
            dated = (asked.keeps(edge),) if edge else ()
        about = Entry(contract, asked)
        conditions = (*dated, *_running(contract, asked), *CONTRACT_FILTER(build, first, about))
        clauses = f"{build.pop_reference_clauses()}{clauses}"
        if by_status.of:
            clauses += f" WHERE {' AND '.join(conditions)}" if conditions else ""
            conditions = tuple(CONTRACT_FILTER(build, by_status, about))
            clauses = f"{build.pop_reference_clauses()}{clauses}\nWITH *, {status_on(contract, asked.day)} AS status"
        part = unknown_completeness if root else whole("contracts")(scope)
        number = f"coalesce({scope.self}.contractCount, 0)" if counted and not wanted else ""
        matched = Matched(
            clauses, () if root else scope.variables, entry, f"{contract}.key", conditions, counted=number, apart=root, whole=part
        )
        return connection(build, row, ask, faceted(matched, CONTRACT, asked), chosen_orders(ask, _ORDERS, "NAME", x=contract), project)

    return handler


def _running(contract: str, asked: When) -> tuple[str, ...]:
    """Returns the condition that a contract may run in `during`, in its firm term or by an option."""
    if not asked.during or not (asked.first or asked.last):
        return ()
    option = f"EXISTS {{ MATCH ({contract})<-[:OPTION_OF]-(o:ContractOption) WHERE o.status <> 'LAPSED' AND {asked.holds('o')} }}"
    return (f"(({asked.holds(contract)}) OR {option})",)


def _parted(wanted: Fields | None) -> tuple[Fields, Fields]:
    """A filter in two: what needs no status comes first, because the status of a contract is dear."""
    fields = wanted.of if wanted else ()
    about = tuple((name, value) for name, value in fields if name == "status" or mentions_status(value))
    return Fields(tuple(pair for pair in fields if pair not in about)), Fields(about)


def mentions_status(wanted: Argument) -> bool:
    if isinstance(wanted, Fields):
        return any(name == "status" or mentions_status(value) for name, value in wanted.of)
    return isinstance(wanted, Items) and any(mentions_status(v) for v in wanted.of)


def _condition(build: Build, name: str, value: Argument, about: Entry) -> str:
    contract = about.variable
    if name == "status" and isinstance(value, Items):
        return f"status IN {listed(value)}"
    if name == "hasSuccessor" and isinstance(value, bool):
        return has(f"({contract})-[:SUCCEEDED_BY]->(:Contract)", wanted=value)
    if name == "endsBefore" and isinstance(value, Parameter):
        return f"{contract}.validTo <= ${value.name}"
    if name == "endsAfter" and isinstance(value, Parameter):
        return f"{contract}.validTo > ${value.name} + duration('P1D')"  # validTo is the day after the last one
    if name == "municipality" and isinstance(value, Parameter):
        return f"{contract} IN {build.match_reference(value, 'Municipality', name, 'held', _held_by_municipality(about.when))}"
    patterns = {
        "supplier": ("({x})<-[held:SUPPLIES]-(far:Provider)", "Provider"),
        "buyer": ("({x})<-[held:BUYS]-(far:Organization)", "Organization"),
    }
    return leads_to(build, patterns, name, value, about)


def _held_by_municipality(asked: When) -> str:
    """Returns the clauses that lead from municipalities to the contracts that hold for them."""
    clauses, conditions = holding("x", "held", "Contract", asked)
    return f"{clauses} WHERE {' AND '.join(conditions)}\n"


CONTRACT_FILTER = logical(_condition)
