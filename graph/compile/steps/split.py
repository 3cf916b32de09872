"""The same plan in steps: every list a Cypher of its own, asked of all its parents at once.

A step's text depends on which list it is, its filter, order and direction, and on nothing else: it has all the columns of its
things, of which only those that are wanted are read, and its variables and parameters have names of their own. So there are few
texts, and a store can have planned them before anyone asks. What the steps find has the places that the one text gives it, and
the same function shapes both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.compile.rows import Block, Row
from graph.compile.steps.columns import THING, columns

Path = tuple[int, ...]
BELOW = -1  # a path that begins with this leads to (a list below, one of its values)
IDS, PLACE, GROUPS, MORE, INSIDE = range(5)  # what the row of a step consists of
_DATASET = "MATCH (d:Dataset {key: 'regiograaf'})"
_EDGES = ("Membership", "PathStep")
_NAMED = re.compile(r"\b(?:n|e|r|l|t|k|s|meant)\d+\b")
_PARAMETER = re.compile(r"\$(?!step\b)(\w+)")
_WORDS = re.compile(r"(?<=IN )\[('\w+'(?:, '\w+')*)\]")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of a step become rows of the plan: what identifies their things, and where each column is found."""

    binds: tuple[str, ...]
    columns: tuple[Path, ...]
    below: tuple[Step | Inside, ...]


@dataclass(frozen=True, slots=True)
class Inside:
    """A list that a row already holds, at a place among those inside it."""

    at: int
    reads: Reading
    outside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One Cypher, of which `$step` is the only parameter: {parents, wants, limit, `words`, and what `given` names of the question's}.

    A map, because a store plans anew for every power of ten of the length of a list, and does not look into maps.

    Its record: the version of the data, and for each parent [its number, its list of rows], or the single values where `reads`
    is None. `uses` are the variables by which a parent is told, `outside` those that this or anything below takes from outside.
    """

    text: str
    uses: tuple[str, ...]
    outside: frozenset[str]
    given: Mapping[str, str]
    words: Mapping[str, list[str]]
    wants: tuple[bool, ...] = ()
    limit: str = ""
    reads: Reading | None = None

    def all(self) -> Iterator[Step]:
        """This and every step below."""
        yield self
        if self.reads:
            yield from _steps(self.reads)


def _steps(reading: Reading) -> Iterator[Step]:
    for below in reading.below:
        yield from below.all() if isinstance(below, Step) else _steps(below.reads)


def first(row: Row) -> Step:
    """The step that a plan begins with: one row, of the dataset itself. Without a text where nothing is asked of that."""
    found = _read(row, (), {}, [])
    needed = not row.blocks or any(path[0] != BELOW for path in found.reading.columns)
    text = f"{_DATASET}\nRETURN d.version AS version, [[0, [{found.row}]]] AS rows" if needed else ""
    return Step(text, (), frozenset(), {}, {}, reads=found.reading)


def of_block(block: Block, known: Mapping[str, str]) -> Step:
    """The step of a subquery of a row whose variables are of the `known` types."""
    wants: list[bool] = []
    reading, clauses = None, block.alone or block.clauses
    if block.inner is None:
        body, found = f"{{{clauses} }}", ", ".join(block.aliases)
    else:
        read = _read(block.inner, block.binds, {**known, **dict(block.binds)}, wants, block.place)
        limit = " LIMIT $step.limit" if block.limit else ""
        body, found, reading = f"{{\n{clauses}{limit}\n{read.inside}\n{block.collected(read.row)} AS list }}", "list", read.reading
    uses = tuple(v for v in dict.fromkeys(block.imports) if v and re.search(rf"\b{v}\b", body))
    outside = frozenset(uses) | (_outside(reading) if reading else frozenset())
    text, given, words = _canonical(_asked(uses, known, body, found))
    return Step(text, uses, outside, given, words, tuple(wants), block.limit, reading)


def _asked(uses: tuple[str, ...], known: Mapping[str, str], body: str, found: str) -> str:
    """The text of a step: its parents, if it has any, and the subquery for each."""
    if not uses:
        return f"{_DATASET}\nCALL () {body}\nRETURN d.version AS version, [[0, {found}]] AS rows"
    lines, carried = ["UNWIND $step.parents AS parent"], ["parent[0] AS nth"]
    for at, variable in enumerate(uses, 1):
        if known[variable] in (*_EDGES, ""):
            carried.append(f"parent[{at}] AS {variable}")
        else:
            lines.append(f"MATCH ({variable}) WHERE elementId({variable}) = parent[{at}]")
            carried.append(variable)
    lines += [f"WITH {', '.join(carried)}", f"CALL ({', '.join(uses)}) {body}", f"RETURN collect([nth, {found}]) AS rows }}"]
    return "\n".join((_DATASET, "CALL () {", *lines, "RETURN d.version AS version, rows"))


def _canonical(text: str) -> tuple[str, dict[str, str], dict[str, list[str]]]:
    """The text with names in the order in which they come; by its own names the parameters of the question, and lists of words."""
    names: dict[str, str] = {}
    given: dict[str, str] = {}
    words: dict[str, list[str]] = {}

    def listed(found: re.Match[str]) -> str:
        words[f"w{len(words)}"] = found[1].strip("'").split("', '")
        return f"$step.w{len(words) - 1}"

    text = _PARAMETER.sub(lambda m: f"$step.{given.setdefault(m[1], f'a{len(given)}')}", text)
    text = _WORDS.sub(listed, text)
    text = _NAMED.sub(lambda m: names.setdefault(m[0], f"v{len(names)}"), text)
    return "\n".join(line for line in text.split("\n") if line), {own: name for name, own in given.items()}, words


def _outside(reading: Reading) -> frozenset[str]:
    return frozenset[str]().union(*(b.outside for b in reading.below)) - frozenset(reading.binds)


# ── rows ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Read:
    """How to read a row, the Cypher list that has everything it may be asked for, and the subqueries asked along with it."""

    reading: Reading
    row: str
    inside: str


def _read(row: Row, binds: tuple[tuple[str, str], ...], known: Mapping[str, str], wants: list[bool], place: str = "") -> _Read:
    """Reads a row of things of types. `wants` grows by its groups of columns, each true where some column of it is asked for."""
    groups, before = [bound for bound in binds if columns(bound[1])], len(wants)
    wants += [False] * len(groups)
    below, values, inside = _below(row, known, wants)
    more, found = list(row.also), list[Path]()
    for column in (row.fuller.get(c, c) for c in row.columns):
        if column in values:
            found.append((BELOW, *values[column]))
        elif column == place:
            found.append((PLACE,))
        elif column not in more and (grouped := _grouped(column, groups)):
            wants[before + grouped[0]] = True
            found.append((GROUPS, *grouped))
        else:
            more += [] if column in more else [column]
            found.append((MORE, more.index(column)))
    own = (f"CASE WHEN $step.wants[{before + at}] THEN {_group(*group)} END" for at, group in enumerate(groups))
    parts = (_list(_identity(*bound) for bound in binds), place or "null", _list(own), _list(more), _list(inside))
    return _Read(Reading(tuple(v for v, _ in binds), tuple(found), below), _list(parts), "\n".join(inside.values()))


def _below(row: Row, known: Mapping[str, str], wants: list[bool]) -> tuple[tuple[Step | Inside, ...], dict[str, Path], dict[str, str]]:
    """The lists of a row, where the values are that it calls by their aliases, and by alias the subqueries asked along with it."""
    below, values, inside = list[Step | Inside](), dict[str, Path](), dict[str, str]()
    for block in row.blocks:
        values |= {name: (len(below), at) for at, alias in enumerate(block.aliases) for name in (alias, f"size({alias})")}
        if block.inside and block.inner:
            read = _read(block.inner, block.binds, {**known, **dict(block.binds)}, wants, block.place)
            below.append(Inside(len(inside), read.reading, _outside(read.reading)))
            (alias,) = block.aliases
            entries = f"{block.clauses}\n{read.inside}\n{block.collected(read.row)}"
            inside[alias] = f"CALL ({', '.join(block.imports)}) {{\n{entries} AS {alias} }}"
        else:
            below.append(of_block(block, known))
    return tuple(below), values, inside


def _grouped(column: str, groups: list[tuple[str, str]]) -> tuple[int, int] | None:
    """Which group has a column, and where; None where it belongs to no one thing."""
    for at, (variable, type_) in enumerate(groups):
        text, many = re.subn(rf"\b{variable}\b", THING, column)
        if many and text in columns(type_):
            return at, columns(type_)[text]
    return None


def _group(variable: str, type_: str) -> str:
    return _list(re.sub(rf"\b{THING}\b", variable, column) for column in columns(type_))


def _identity(variable: str, type_: str) -> str:
    """By what a step below is told of a thing: a relationship by what hangs on it, as neither engine seeks all of them by an index."""
    if type_ in _EDGES:
        return f"{{claims: {variable}.claims, onBehalfOf: {variable}.onBehalfOf}}"
    return f"elementId({variable})" if type_ else variable


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(texts)}]"
