"""Lists: short ones that are given whole, and connections with pages that stay right when something is inserted.

A page is found by the values that its last entry was ordered by, never by counting; a cursor carries those values and
the order they belong to. Sorting and limiting come before anything is projected.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.answers.shape import cursor, end_cursor
from graph.answers.shape import page as page_rows
from graph.compile.rows import DEFAULT_PAGE, SHORT, Block, Build, Row, Scope
from graph.compile.source import PARAMETERS, NotCompiled, call, object_of, parameter
from graph.errors import BadInput
from graph.question import Argument, Ask, Fields, Items, Parameter

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


UNKNOWN = "'~'"  # what orders put instead of null: it comes after every date, code and name


@dataclass(frozen=True, slots=True)
class Order:
    """A Cypher expression to order by, never null, and its direction."""

    name: str
    expression: str
    descending: bool = False

    def after(self, other: str, *, backwards: bool, equal: bool = False) -> str:
        return f"{self.expression} {'<' if self.descending != backwards else '>'}{'=' * equal} {other}"


def chosen_orders(ask: Ask, known: dict[str, str], default: str, backwards: Mapping[str, str] | None = None) -> list[Order]:
    """The orders that `orderBy` asks for, or the default; `backwards` has what orders otherwise where they descend.

    What is not known comes last, whichever way.
    """
    wanted = ask.argument("orderBy")
    if not isinstance(wanted, Items) or not wanted.of:
        return [Order(default, known[default])]
    out = []
    for item in wanted.of:
        assert isinstance(item, Fields)
        name, descending = str(item.get("field")), item.get("direction") == "DESC"
        if name not in known:
            raise NotCompiled(f"the order {name}")
        expression = (backwards or {}).get(name, known[name]).replace(UNKNOWN, "''") if descending else known[name]
        out.append(Order(name, expression, descending))
    return out


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
    parts = object_of(ask.only, lambda child: _part(build, row, inner, child, matched, project, page, total))
    if not paged:
        return parts
    entries = _entries(build, row, inner, matched, page, every)
    shown = call(page_rows, _ENTRIES, page.size, str(page.backwards))
    return f"(lambda {_ENTRIES}: (lambda {_SHOWN}: {parts})({shown}))({entries})"


WHOLE_ORDERS = (".sortKey", ".sortCode")  # properties that no two things share, each with an index


def _total(orders: Sequence[Order], matched: Matched) -> list[Order]:
    """Orders that leave nothing to chance: where two entries could be equal, what makes each unique decides."""
    told_apart = orders[-1].expression in [f"{matched.entry.self}{name}" for name in WHOLE_ORDERS]
    return [*orders] if told_apart else [*orders, Order("key", matched.unique)]


_ENTRIES, _SHOWN = "entries", "shown"  # all that the store gave, one more than a page has, and what the page shows of it
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
        first, last = ask.argument("first"), ask.argument("last")
        self.after, self.before = ask.argument("after"), ask.argument("before")
        if isinstance(first, Parameter) and isinstance(last, Parameter):
            raise BadInput("A page is either the first or the last of a list, not both.", "Leave out first or last.", "last")
        self.backwards = isinstance(last, Parameter)
        count = last if self.backwards else first
        self.size = parameter(count.name) if isinstance(count, Parameter) else str(DEFAULT_PAGE)
        self.limit = f"$more_{count.name}" if isinstance(count, Parameter) else str(DEFAULT_PAGE + 1)
        self.tag = f"{of}:" + ",".join(f"{o.name}{'-' if o.descending else ''}" for o in orders)
        for place in (self.after, self.before):
            if isinstance(place, Parameter):
                build.cursors[place.name] = self.tag

    @property
    def conditions(self) -> list[str]:
        found = []
        if isinstance(self.after, Parameter):
            found.append(self._beyond(self.after.name, backwards=False))
        if isinstance(self.before, Parameter):
            found.append(self._beyond(self.before.name, backwards=True))
        return found

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


def _part(
    build: Build, row: Row, inner: Row, child: Ask, matched: Matched, project: Project, page: _Page, total: str | None
) -> str:  # fmt: skip
    if child.field == "totalCount":
        return str(total)
    if child.field == "nodes":
        return f"[{project(build, inner, matched.entry, child)} for {inner.name} in {_SHOWN}]"
    if child.field == "edges":
        return f"[{object_of(child.only, lambda c: _edge(build, inner, matched, project, page, c))} for {inner.name} in {_SHOWN}]"
    if child.field == "pageInfo":
        return object_of(child.only, lambda c: _info(c.field, inner, page))
    assert matched.whole
    return matched.whole(build, row, child)


def _edge(build: Build, inner: Row, matched: Matched, project: Project, page: _Page, child: Ask) -> str:
    if child.field == "cursor":
        return call(cursor, repr(page.tag), inner.column(page.place))
    more = matched.edge_fields(build, inner, matched.entry, child) if matched.edge_fields else None
    return more or project(build, inner, matched.entry, child)


def _info(name: str, inner: Row, page: _Page) -> str:
    place = f"lambda {inner.name}: {inner.column(page.place)}"
    more = f"(len({_ENTRIES}) > {page.size})"
    return {
        "hasNextPage": _given(page.before) if page.backwards else more,
        "hasPreviousPage": more if page.backwards else _given(page.after),
        "startCursor": call(end_cursor, repr(page.tag), _SHOWN, "0", place),
        "endCursor": call(end_cursor, repr(page.tag), _SHOWN, "-1", place),
    }[name]


def _given(place: Argument) -> str:
    return f"({PARAMETERS}.get({place.name!r}) is not None)" if isinstance(place, Parameter) else "False"
