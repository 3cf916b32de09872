"""Lists: short ones that are given whole, and connections with pages that stay right when something is inserted.

A page is found by the values that its last entry was ordered by, never by counting; a cursor carries those values and
the order they belong to. Sorting and limiting come before anything is projected.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from graph.answers.shape import cursor
from graph.answers.shape import page as page_rows
from graph.compile.rows import DEFAULT_PAGE, SHORT, Block, Build, Row, Scope
from graph.compile.source import PARAMETERS, call, object_of, parameter
from graph.errors import BadInput
from graph.question import Ask, Fields, Items, NotCompiled, Parameter

Project = Callable[[Build, Row, Scope, Ask], str]


@dataclass(frozen=True, slots=True)
class Matched:
    """The source of a list: the clauses that bind the variables, the variables that they need from outside, and the scope of one entry."""

    clauses: str
    imports: tuple[str, ...]
    entry: Scope
    unique: str
    conditions: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    counted: str = ""  # how many there are without any condition, as an expression that walks nothing
    bound: bool = False  # the clauses bind one row at most
    apart: bool = False  # the clauses bind no row twice
    whole: Callable[[Build, Row, Ask], str] | None = None
    edge_fields: Callable[[Build, Row, Scope, Ask], str | None] | None = field(default=None)

    @property
    def distinct(self) -> str:
        return "" if self.apart else "DISTINCT "

    @property
    def where(self) -> str:
        return _where(self.conditions)

    @property
    def variables(self) -> str:
        return ", ".join(dict.fromkeys((*self.entry.variables, *self.keep)))


# ── in which order ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Order:
    """A Cypher expression to order by, never null, and its direction."""

    name: str
    expression: str
    descending: bool = False

    def after(self, other: str, *, backwards: bool, equal: bool = False) -> str:
        return f"{self.expression} {'<' if self.descending != backwards else '>'}{'=' * equal} {other}"


Orders = Mapping[str, str | tuple[str, str]]  # expressions to order by, by name; of two the second where the order descends


def or_last(expression: str) -> tuple[str, str]:
    """The expressions of a text that may be null, upwards and downwards: what is not known comes last, whichever way."""
    return f"coalesce({expression}, '~')", f"coalesce({expression}, '')"


def chosen_orders(ask: Ask, known: Orders, default: str, **variables: str) -> list[Order]:
    """The orders that `orderBy` asks for, or the default: of `known`, over variables, one expression or another where it descends."""
    wanted = ask.get("orderBy", Items)
    if wanted is None or not wanted.of:
        return [_order(known, default, variables, descending=False)]
    out = []
    for item in wanted.of:
        assert isinstance(item, Fields)
        out.append(_order(known, str(item.get("field", str)), variables, descending=item.get("direction", str) == "DESC"))
    return out


def _order(known: Orders, name: str, variables: Mapping[str, str], *, descending: bool) -> Order:
    if name not in known:
        raise NotCompiled(f"the order {name}")
    expression = known[name]
    text = expression if isinstance(expression, str) else expression[descending]
    return Order(name, text.format(**variables), descending)


def short(
    build: Build, row: Row, ask: Ask, matched: Matched, order: Sequence[str], project: Project, *, one: bool = False, most: int = SHORT
) -> str:  # fmt: skip
    """A list without paging, or with `one` its first entry or None."""
    inner, alias = Row(build.fresh("r")), build.fresh("l")
    source = project(build, inner, matched.entry, ask)
    first = ", ".join(order)
    cut = f"WITH DISTINCT {matched.variables} ORDER BY {first} LIMIT {1 if one else most}"
    clauses = f"{matched.clauses}{matched.where}\n{'' if matched.bound else cut}"
    row.blocks.append(Block(matched.imports, clauses, (alias,), inner, sorting="" if one else first))
    value = row.column(alias)
    return f"next(({source} for {inner.name} in {value}), None)" if one else f"[{source} for {inner.name} in {value}]"


def connection(build: Build, row: Row, ask: Ask, matched: Matched, orders: Sequence[Order], project: Project) -> str:
    """A Relay connection: the page that is asked for, and the count of all where that is asked for."""
    page = _Page(build, ask, matched.entry.type, _total(orders, matched))
    total = every = None
    wanted = {child.field for child in ask.only}
    paged = bool(wanted & {"edges", "nodes", "pageInfo"})
    counted = "" if matched.conditions else matched.counted
    if "totalCount" in wanted and paged and not counted and (matched.imports or {name for name, _ in ask.arguments} - _OF_A_PAGE):
        every = _every(build, row, matched)
    if "totalCount" in wanted and (every or counted):
        total = row.column(counted or f"size({every})")
    elif "totalCount" in wanted:
        alias = build.fresh("t")
        row.values(matched.imports, _counted(matched, alias), alias)
        total = row.column(alias)
    inner = Row(build.fresh("r"))
    shown = _shown(build, inner, matched, project, page)
    parts = object_of(ask.only, lambda child: _part(build, row, child, matched, shown, total))
    if not paged:
        return parts
    entries = _entries(build, row, inner, matched, page, every)
    rows = call(page_rows, _ENTRIES, page.size, str(page.backwards))
    return f"(lambda {_ENTRIES}: (lambda {shown.rows}: {parts})({rows}))({entries})"


WHOLE_ORDERS = (".sortKey", ".sortCode")  # properties that no two things share, each with an index


def _total(orders: Sequence[Order], matched: Matched) -> list[Order]:
    """Orders that leave nothing to chance: where two entries could be equal, what makes each unique decides."""
    told_apart = orders[-1].expression in [f"{matched.entry.self}{name}" for name in WHOLE_ORDERS]
    return [*orders] if told_apart else [*orders, Order("key", matched.unique)]


_ENTRIES = "entries"  # all that the store gave, one more than a page has
_OF_A_PAGE = {"first", "last", "after", "before", "orderBy", "asOf"}  # arguments that leave out nothing


def _every(build: Build, row: Row, matched: Matched) -> str | None:
    """All that a list holds, found once for its total and its page; None where an entry is more than one thing."""
    varying = [v for v in dict.fromkeys((*matched.entry.variables, *matched.keep)) if v not in matched.imports]
    if len(varying) != 1:
        return None
    alias = build.fresh("t")
    clauses = f"\n{matched.clauses}{matched.where}\nRETURN collect({matched.distinct}{varying[0]}) AS {alias}"
    row.blocks.append(Block(matched.imports, clauses, (alias,)))
    return alias


def _counted(matched: Matched, alias: str) -> str:
    return f"\n{matched.clauses}{matched.where}\nRETURN count({matched.distinct}{matched.entry.self}) AS {alias}"


class _Page:
    """Which part of a list is asked for."""

    def __init__(self, build: Build, ask: Ask, of: str, orders: list[Order]) -> None:
        self.orders = orders
        first, last, self.after, self.before = (ask.get(name, Parameter) for name in ("first", "last", "after", "before"))
        if first and last:
            raise BadInput("A page is either the first or the last of a list, not both.", "Leave out first or last.", "last")
        self.backwards, count = last is not None, last or first
        self.size = parameter(count.name) if count else str(DEFAULT_PAGE)
        self.limit = f"$more_{count.name}" if count else str(DEFAULT_PAGE + 1)
        self.tag = f"{of}:" + ",".join(f"{o.name}{'-' if o.descending else ''}" for o in orders)
        for place in (self.after, self.before):
            if place:
                build.cursors[place.name] = self.tag

    @property
    def conditions(self) -> list[str]:
        texts = []
        if self.after:
            texts.append(self._beyond(self.after.name, backwards=False))
        if self.before:
            texts.append(self._beyond(self.before.name, backwards=True))
        return texts

    def _beyond(self, cursor: str, *, backwards: bool) -> str:
        """Behind a place in the order. Written without a choice of two comparisons, of which a planner makes two scans without order."""
        text = self.orders[-1].after(f"${cursor}[{len(self.orders) - 1}]", backwards=backwards)
        for at in reversed(range(len(self.orders) - 1)):
            order, value = self.orders[at], f"${cursor}[{at}]"
            text = f"{order.after(value, backwards=backwards, equal=True)} AND ({order.expression} <> {value} OR ({text}))"
        return text

    @property
    def sorting(self) -> str:
        """The order, by the expressions themselves: an index can give it, and after the projection it need not be made again."""
        return ", ".join(f"{o.expression}{' DESC' if o.descending != self.backwards else ''}" for o in self.orders)

    @property
    def place(self) -> str:
        return "[" + ", ".join(o.expression for o in self.orders) + "]"


def _entries(build: Build, row: Row, inner: Row, matched: Matched, page: _Page, every: str | None) -> str:
    alias = build.fresh("l")
    conditions = (*matched.conditions, *page.conditions)
    if not every and not matched.imports and (first := page.orders[0].expression).endswith(WHOLE_ORDERS):
        conditions = (f"{first} IS NOT NULL", *conditions)  # lets an index give the order
    order = f"{matched.variables} ORDER BY {page.sorting}"
    clauses, imports = f"{matched.clauses}{_where(conditions)}\nWITH {matched.distinct}{order}", matched.imports
    if every:
        imports = (*imports, every)
        clauses = f"UNWIND {every} AS {matched.entry.self}\nWITH {matched.variables}{_where(page.conditions)}\nWITH {order}"
    row.blocks.append(Block(imports, clauses, (alias,), inner, page.limit, page.sorting))
    return row.column(alias)


def _where(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _part(build: Build, row: Row, child: Ask, matched: Matched, shown: ShownPage, total: str | None) -> str:
    if child.field == "totalCount":
        return str(total)
    if child.field in ShownPage.PARTS:
        return shown.part(child)
    assert matched.whole
    return matched.whole(build, row, child)


def _shown(build: Build, inner: Row, matched: Matched, project: Project, page: _Page) -> ShownPage:
    more = f"(len({_ENTRIES}) > {page.size})"
    return ShownPage(
        inner.name,
        node=lambda ask: project(build, inner, matched.entry, ask),
        cursor=lambda: call(cursor, repr(page.tag), inner.column(page.place)),
        has_previous=more if page.backwards else _given(page.after),
        has_next=_given(page.before) if page.backwards else more,
        edge_field=lambda ask: matched.edge_fields(build, inner, matched.entry, ask) if matched.edge_fields else None,
    )


@dataclass(frozen=True, slots=True)
class ShownPage:
    """The sources of a page of a connection; those of a node and of a cursor are over `entry`, the Python variables of one entry."""

    PARTS: ClassVar = ("nodes", "edges", "pageInfo")
    entry: str
    node: Callable[[Ask], str]
    cursor: Callable[[], str]
    has_previous: str
    has_next: str
    edge_field: Callable[[Ask], str | None] = lambda ask: None
    rows: str = "shown"

    def part(self, ask: Ask) -> str:
        match ask.field:
            case "nodes":
                return f"[{self.node(ask)} for {self.entry} in {self.rows}]"
            case "edges":
                return f"[{object_of(ask.only, self._edge)} for {self.entry} in {self.rows}]"
            case _:
                return object_of(ask.only, self._info)

    def _edge(self, ask: Ask) -> str:
        if ask.field == "cursor":
            return self.cursor()
        source = self.node(ask) if ask.field == "node" else self.edge_field(ask)
        if source is None:
            raise NotCompiled(ask.field)
        return source

    def _info(self, ask: Ask) -> str:
        match ask.field:
            case "hasNextPage":
                return self.has_next
            case "hasPreviousPage":
                return self.has_previous
            case "startCursor" | "endCursor":
                return f"next(({self.cursor()} for {self.entry} in {self.rows}[{':1' if ask.field == 'startCursor' else '-1:'}]), None)"
            case _:
                raise NotCompiled(ask.field)


def _given(place: Parameter | None) -> str:
    return f"({PARAMETERS}.get({place.name!r}) is not None)" if place else "False"
