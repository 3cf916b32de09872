"""Contracts as lists and the status of a contract on a day."""

from __future__ import annotations

from collections.abc import Iterator

from graph.compile.facets import CONTRACT, faceted
from graph.compile.fields import Handler, project, unknown_completeness, whole
from graph.compile.filters import held, listed, logical, through, when
from graph.compile.lists import Matched, chosen_orders, connection
from graph.compile.rows import Build, Row, Scope
from graph.compile.source import NotCompiled
from graph.dates.period import certain, shown
from graph.question import Argument, Ask, Fields, Items, Parameter

_ORDERS = {
    "NAME": "{x}.sortKey",
    "START_DATE": "coalesce(toString({x}.validFrom), '~')",
    "END_DATE": "coalesce(toString({x}.validTo), '~')",
    "MAX_EXTENT_DATE": "coalesce(toString({x}.maxExtent), '~')",
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


def contracts(pattern: str, *, within: bool = False, root: bool = False, counted: bool = False) -> Handler:
    """A connection of contracts over a pattern with `{x}` (this), `{y}` (the contract) and `within` (memberships of an area).

    `counted` says that this carries their number (`graph.build.contract_counts`).
    """

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        contract = build.fresh("n")
        entry = scope.at("Contract", contract)
        wanted = ask.argument("filter")
        first, by_status = _parted(wanted)
        conditions = tuple(filter(None, (*_times(build, ask, scope, contract, within=within), *CONTRACT_FILTER(build, first, contract))))
        clauses = f"{build.pop_reference_clauses()}MATCH {pattern.format(x=scope.self, y=contract, day=f'${scope.day}')}"
        if by_status.of:
            clauses += f" WHERE {' AND '.join(conditions)}" if conditions else ""
            conditions = tuple(CONTRACT_FILTER(build, by_status, contract))
            clauses = f"{build.pop_reference_clauses()}{clauses}\nWITH *, {status_on(contract, f'${scope.day}')} AS status"
        part = unknown_completeness if root else whole("contracts")(scope)
        number = f"coalesce({scope.self}.contractCount, 0)" if counted and not wanted else ""
        matched = Matched(
            clauses, () if root else scope.variables, entry, f"{contract}.key", conditions, counted=number, apart=root, whole=part
        )
        known = {name: text.format(x=contract) for name, text in _ORDERS.items()}
        return connection(build, row, ask, faceted(matched, CONTRACT), chosen_orders(ask, known, "NAME"), project)

    return handler


def _times(build: Build, ask: Ask, scope: Scope, contract: str, *, within: bool) -> Iterator[str]:
    """Yields the conditions of time: the memberships of an area hold on the day or in `during`, and the contract may run then."""
    if within:
        at = when(build, "step", ask, scope)
        yield f"all(step IN within WHERE step.role = 'MEMBER'{f' AND {at}' if at else ''})"
    if running := held(build, contract, ask):
        extended = (
            f"EXISTS {{ MATCH ({contract})<-[:OPTION_OF]-(o:ContractOption) WHERE o.status <> 'LAPSED' AND {held(build, 'o', ask)} }}"
        )
        yield f"({running} OR {extended})"


def _parted(wanted: Argument) -> tuple[Fields, Fields]:
    """A filter in two: what needs no status comes first, because the status of a contract is dear."""
    fields = wanted.of if isinstance(wanted, Fields) else ()
    about = tuple((name, value) for name, value in fields if name == "status" or mentions_status(value))
    return Fields(tuple(pair for pair in fields if pair not in about)), Fields(about)


def mentions_status(wanted: Argument) -> bool:
    if isinstance(wanted, Fields):
        return any(name == "status" or mentions_status(value) for name, value in wanted.of)
    return isinstance(wanted, Items) and any(mentions_status(v) for v in wanted.of)


def _condition(build: Build, name: str, value: Argument, contract: str) -> str:
    if name == "status" and isinstance(value, Items):
        return f"status IN {listed(value)}"
    if name == "hasSuccessor" and isinstance(value, bool):
        return f"{'' if value else 'NOT '}EXISTS {{ MATCH ({contract})-[:SUCCEEDED_BY]->(:Contract) }}"
    if not isinstance(value, Parameter):
        raise NotCompiled(f"the filter {name} with {value}")
    if name == "endsBefore":
        return f"{contract}.validTo <= ${value.name}"
    if name == "endsAfter":
        return f"{contract}.validTo > ${value.name} + duration('P1D')"  # validTo is the day after the last one
    if name == "function":
        return f"any(key IN coalesce({contract}.delivers, []) WHERE key IN {build.match_reference(value, 'CareFunction', name, 'x.key')})"
    patterns = {
        "supplier": (f"({contract})<-[:SUPPLIES]-(far:Provider)", "Provider"),
        "buyer": (f"({contract})<-[:BUYS]-(far:Organization)", "Organization"),
        "municipality": (f"({contract})-[:COVERS]->(:Organization)<-[:MEMBER_OF*0..2]-(far:Municipality)", "Municipality"),
    }
    if name not in patterns:
        raise NotCompiled(f"the filter {name}")
    pattern, label = patterns[name]
    return through(build, pattern, value, label, name)


CONTRACT_FILTER = logical(_condition)
