"""The parts of a plan: scopes of Cypher variables, rows of columns, and the references that a question makes.

The answer of a row is a list of columns; the field functions return Python source that takes the columns by
position and gives them their names. Names of the caller (aliases) are only ever written as quoted Python strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from graph.question import Parameter

DEFAULT_PAGE = 25
MAX_PAGE = 500  # a list of all municipalities is one page
MAX_LOOKUPS = 250  # how many things are pointed at at once
SHORT = 100  # the bound of lists that have no paging because they are short by nature


@dataclass(frozen=True, slots=True)
class Scope:
    """The place of a field: the type of the thing, its Cypher variable, and the variables of what it belongs to."""

    type: str
    self: str
    day: str
    others: Mapping[str, str] = field(default_factory=dict)

    def at(self, type_: str, variable: str, **others: str) -> Scope:
        return replace(self, type=type_, self=variable, others=others)

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.self, *self.others.values())))


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference that the question makes: the parameter that holds it and what it must lead to."""

    parameter: str
    label: str
    argument: str
    many: bool


@dataclass(frozen=True, slots=True)
class DayRange:
    """Two days that an argument gives, by their parameters: the second may not come before the first, nor be it where `apart`."""

    first: str
    last: str
    argument: str
    apart: bool = False


@dataclass(slots=True)
class Build:
    """Counts names and gathers what the whole plan needs; `catalog` says how each field of each type is answered."""

    catalog: Mapping[str, Mapping[str, Any]]
    counter: int = 0
    references: dict[str, Reference] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)
    schemes: dict[str, str | None] = field(default_factory=dict)  # of the identifiers in a parameter that do not say it themselves
    day_ranges: list[DayRange] = field(default_factory=list)
    matches: dict[tuple[str, str, str, str], str] = field(default_factory=dict)
    started: set[str] = field(default_factory=set)

    def fresh(self, prefix: str) -> str:
        self.counter += 1
        return f"{prefix}{self.counter}"

    def reference(self, parameter: Parameter, label: str, argument: str) -> str:
        """Notes that a parameter is a reference to a thing of a label; the answer is its Cypher, always a list of normal texts."""
        self.references.setdefault(parameter.name, Reference(parameter.name, label, argument, parameter.many))
        return f"${parameter.name}"

    def matched(self, parameter: Parameter, label: str, argument: str, thing: str) -> str:
        """Clauses that bind the `thing`s that a reference leads to, each text by the index: the embedded engine has none for a list."""
        return matched_texts(self.reference(parameter, label, argument), thing, label)

    def start_from_reference(self, parameter: Parameter, label: str, argument: str) -> str:
        """The Cypher variable of the list of what a reference leads to, bound at the start of the plan, in the order of their keys."""
        self.reference(parameter, label, argument)
        self.started.add(parameter.name)
        return f"begun_{parameter.name}"

    def match_reference(self, parameter: Parameter, label: str, argument: str, of: str = "x", onward: str = "") -> str:
        """Returns the variable of the things `x` that a reference in a condition leads to, or of `of`, to which clauses lead onward.

        `pop_reference_clauses` gives the clauses that bind it.
        """
        return self.matches.setdefault((self.reference(parameter, label, argument), label, of, onward), self.fresh("meant"))

    def pop_reference_clauses(self) -> str:
        """The clauses that bind what the conditions made since the last time lean on: found once, not for each candidate."""
        clauses = "".join(
            f"CALL () {{ {matched_texts(text, 'x', label)}\n{onward}RETURN collect(DISTINCT {of}) AS {name} }}\n"
            for (text, label, of, onward), name in self.matches.items()
        )
        self.matches.clear()
        return clauses


@dataclass(frozen=True, slots=True)
class Block:
    """A subquery of a row: from variables of the row (`imports`) to a list of rows (`inner`), or to single values if it has none.

    `clauses` bind what an entry is made of; `sorting` is repeated after the projection, because no engine promises to keep an order.
    A block without `aliases` is a subquery that is written out whole, CALL and all.
    """

    imports: tuple[str, ...]
    clauses: str
    aliases: tuple[str, ...]
    inner: Row | None = None
    limit: str = ""
    sorting: str = ""

    @property
    def text(self) -> str:
        """The subquery as it stands in the text of a question."""
        if not self.aliases:
            return self.clauses
        clauses = self.clauses
        if self.inner:
            limit = f" LIMIT {self.limit}" if self.limit else ""
            clauses = f"\n{clauses}{limit}\n{self.inner.body}\n{self._collected(self.inner.list)} AS {self.aliases[0]}"
        return f"CALL ({', '.join(self.imports)}) {{{clauses} }}"

    def _collected(self, row: str) -> str:
        """Clauses from entries to the list of them, which the caller names."""
        return f"WITH {row} AS row ORDER BY {self.sorting}\nRETURN collect(row)" if self.sorting else f"RETURN collect({row})"


@dataclass(slots=True)
class Row:
    """The columns of one row and the subqueries that they need; `name` is the Python variable that holds the row."""

    name: str
    columns: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    known: dict[object, str] = field(default_factory=dict)

    def column(self, expression: str) -> str:
        """Python source for the value of a Cypher expression in this row."""
        if expression not in self.columns:
            self.columns.append(expression)
        return f"{self.name}[{self.columns.index(expression)}]"

    def values(self, imports: tuple[str, ...], clauses: str, *aliases: str) -> None:
        """Adds a subquery that gives single values. Asked for twice by the same names, it stands there once."""
        self._add(Block(imports, clauses, aliases))

    def as_it_is(self, text: str) -> None:
        """Adds a subquery that is written out whole. Asked for twice, it stands there once."""
        self._add(Block((), text, ()))

    def _add(self, block: Block) -> None:
        if block not in self.blocks:
            self.blocks.append(block)

    @property
    def body(self) -> str:
        """The subqueries, which stand between the match and the projection."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def list(self) -> str:
        """The columns as a Cypher list; an empty row still counts."""
        return f"[{', '.join(self.columns) or 'null'}]"


def matched_texts(texts: str, thing: str, label: str) -> str:
    """Clauses that bind what each of some texts, a parameter, refers to.

    The embedded engine finds a reference by its key at once if that is one value. For `key IN $texts` it walks all references, as soon
    as a relationship stands in the same pattern, or a subquery around it: 20 ms in place of 0.2 with the packaged claims.
    """
    text = f"text_{texts.removeprefix('$')}"
    return f"UNWIND {texts} AS {text} MATCH (:Reference {{key: {text}}})-[:REFERS_TO]->({thing}:{label})"


def columns(row: type[NamedTuple], **expressions: str) -> list[str]:
    """Returns the Cypher of the columns of a row, in the order of its names; `columns` itself, the last name, is all of it."""
    names = [name for name in row._fields if name != "columns"]
    if list(expressions) != names:
        raise ValueError(f"{row.__name__} has the columns {names}")
    return list(expressions.values())


def listed_row(row: type[NamedTuple], **expressions: str) -> str:
    """Returns the Cypher of a row as a list in the order of its names; what is not given is null."""
    if not expressions.keys() <= {*row._fields}:
        raise ValueError(f"{row.__name__} has the columns {row._fields}")
    return f"[{', '.join(expressions.get(name, 'null') for name in row._fields)}]"


def is_source(variable: str, texts: str) -> str:
    """The condition that a source is one of those that texts name, by its id or its slug."""
    return f"any(text IN {texts} WHERE {source_key('text')} = {variable}.key)"


def source_key(text: str) -> str:
    """The key of the source that a text names."""
    return f"replace(split({text}, '@')[0], 'source/', '')"


def quoted(words: tuple[str, ...]) -> str:
    """Words of a closed list as a Cypher list."""
    return "[" + ", ".join(f"'{word}'" for word in words) + "]"
