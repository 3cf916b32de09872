"""The ways in which a field gets its value: a property, words in a language, a related thing, a list, a page of memberships.

Each returns a function from (build, row, scope, ask) to the Python source of the value; `catalog` says which field is which.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

from graph.answers.columns import CompletenessRow, OptionRow, PeriodRow
from graph.answers.shape import NEEDED, completeness, shape_period, word_label
from graph.compile.lists import Matched, short
from graph.compile.rows import Build, Row, Scope, listed_row
from graph.compile.source import PARAMETERS, call, object_of, parameter, refuse_ignored
from graph.dates.period import kept
from graph.domain.languages import DEFAULT, LANGUAGES, chain
from graph.question import Ask

Handler = Callable[[Build, Row, Scope, Ask], str]
SAID = "-[:DESCRIBED_IN]->(:Bundle)"  # from a thing to what gathers the claims about it
OF = "<-[:DESCRIBED_IN]-"  # and from that to the thing

_PERIOD = {  # the columns of `PeriodRow` as Cypher
    "valid_from": "toString({x}.validFrom)", "valid_to": "toString({x}.validTo)",
    "certain_from": "toString({x}.certainFrom)", "certain_to": "toString({x}.certainTo)",
    "start": "{x}.startEdtf", "end": "{x}.endEdtf", "attested": "{x}.attestedEdtf", "end_known": "{x}.endKnown",
    "written": "toString({x}.written)", "start_basis": "{x}.startBasis", "end_basis": "{x}.endBasis",
    "stale_from": "toString({x}.staleFrom)", "planned": "{x}.planned", "max_extent": "toString({x}.maxExtent)",
}  # fmt: skip


def period_of(x: str, *more: str, only: Collection[str] = PeriodRow._fields, extent: bool = False, valid_to: str = "") -> str:
    """Returns the period of a variable as a list; columns that are not in `only` are null, and `more` stand behind it."""
    texts = {**_PERIOD, **({"valid_to": valid_to} if valid_to else {})}
    names = [name for name in PeriodRow._fields if extent or name != "max_extent"]
    return f"[{', '.join((*(texts[name].format(x=x) if name in only else 'null' for name in names), *more))}]"


def life_of(x: str, **options: Any) -> str:
    """Returns the period of the life of a variable, or null if no source dates it."""
    return f"CASE WHEN {x}.endKnown IS NULL THEN null ELSE {period_of(x, **options)} END"


def life_with_options(x: str) -> str:
    """Returns the life of a thing; a contract may run on by its options."""
    return life_of(x, valid_to=f"toString(CASE WHEN {x}.validTo < {x}.maxExtent THEN {x}.maxExtent ELSE {x}.validTo END)")


def option(x: str) -> str:
    """Returns an option of a contract as a list."""
    return listed_row(OptionRow, number=f"{x}.number", status=f"{x}.status", period=period_of(x))


# ── objects ───────────────────────────────────────────────────────────────────────────────────────


def project(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """Python source of an object: for a thing of several possible types, of whichever type it turns out to be."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for type_, asks in ask.children:  # types may have a field of the same name that is not the same field, such as `functions`
        groups.setdefault(tuple((build.catalog[type_].get(a.field), a) for a in asks), []).append(type_)
    if len(groups) == 1:
        (types,) = groups.values()
        return _object(build, row, replace(scope, type=types[0]), ask.of(types[0]))
    kind = row.column(f"{scope.self}.type")
    source = "{}"
    for types in groups.values():
        one = _object(build, row, replace(scope, type=types[0]), ask.of(types[0]))
        source = f"({one} if {kind} in {tuple(types)!r} else {source})"
    return source


def _object(build: Build, row: Row, scope: Scope, asks: Sequence[Ask]) -> str:
    return object_of(asks, lambda ask: value(build, row, scope, ask))


def value(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """Python source of one field; the same field asked again of the same thing is not asked twice."""
    handler = build.catalog[scope.type][ask.field]
    known = (handler, replace(ask, key=""), scope.self)
    if known not in row.known:
        row.known[known] = handler(build, row, scope, ask)
    else:
        ask.used.update(name for name, _ in ask.arguments)  # those of an equal field, which has been compiled
    return row.known[known]


# ── values ────────────────────────────────────────────────────────────────────────────────────────


def prop(name: str) -> Handler:
    return lambda build, row, scope, ask: row.column(f"{scope.self}.{name}")


def expression(text: str) -> Handler:
    """A Cypher expression over `{x}`, the thing itself, and the variables it hangs on by their names."""
    return lambda build, row, scope, ask: row.column(text.format(x=scope.self, day=f"${scope.day}", **scope.others))


class Given(Enum):
    """Arguments of a shaping function that are no columns."""

    WANTED = "what is asked of a plain object"
    DAY = "the day of the question"
    DAY_NAME = "the name of the parameter that holds the day"
    PARAMETERS = "all parameters"


def computed(function: Callable[..., Any], *arguments: str | Given) -> Handler:
    """A function over columns, each a Cypher expression over `{x}`, and what is given."""

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        given = {Given.DAY: parameter(scope.day), Given.DAY_NAME: repr(scope.day), Given.PARAMETERS: PARAMETERS}

        def source(argument: str | Given) -> str:
            if isinstance(argument, str):
                return row.column(argument.format(x=scope.self, **scope.others))
            return wanted(ask) if argument is Given.WANTED else given[argument]

        return call(function, *map(source, arguments))

    return handler


def dated_id(prefix: str = "") -> Handler:
    """The id of a thing, which carries the day if a day was asked for."""

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        key = row.column(f"{scope.self}.key")
        return f"{repr(prefix) + ' + ' if prefix else ''}{key} + {parameter(f'{scope.day}_suffix')}"

    return handler


# ── texts in a language ───────────────────────────────────────────────────────────────────────────


def asked_language(ask: Ask) -> str:
    """The code of the language that a field is asked for in."""
    return ask.get("lang", str) or DEFAULT


def localized(variable: str, name: str, code: str = DEFAULT) -> str:
    """A text of a node or relationship in a language: `coalesce(n.nameEn, n.nameNl)`."""
    return _first([f"{variable}.{language.property(name)}" for language in chain(code)])


def in_every_language(variable: str, name: str = "name") -> list[str]:
    """A text in each language, in the order of LANGUAGES; `graph.domain.languages.spoken` picks one of them."""
    return [localized(variable, name, language.code) for language in LANGUAGES]


def called_names(variable: str) -> list[str]:
    """How a sentence calls a thing, in each language: by its name, or else by its slug."""
    return [f"coalesce({text}, {variable}.slug)" for text in in_every_language(variable)]


def names(*variables: str) -> str:
    """A list with what some nodes are called, each in every language."""
    return f"[{', '.join(text for variable in variables for text in called_names(variable))}]"


def translated(variable: str, name: str) -> str:
    """A text in some language other than the default: it is there if the text is one in a language, and no code or name."""
    return _first([f"{variable}.{language.property(name)}" for language in LANGUAGES if language.code != DEFAULT])


def _first(properties: Sequence[str]) -> str:
    return properties[0] if len(properties) == 1 else f"coalesce({', '.join(properties)})"


def named_word(of: str, source: str, ask: Ask) -> str:
    """Python source of the name of a word of a closed list; `source` is that of the word."""
    return call(word_label, repr(of), source, repr(asked_language(ask)))


def in_words(of: str, handler: Handler) -> Handler:
    """The name of a word of a closed list, in the language that is asked for; `handler` gives the word."""

    def labelled(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        return named_word(of, handler(build, row, scope, ask), ask)

    return labelled


def words(name: str, variable: str = "{x}") -> Handler:
    """A text in the language that is asked for."""

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        return row.column(localized(variable.format(x=scope.self, **scope.others), name, asked_language(ask)))

    return handler


def wanted(ask: Ask) -> str:
    """Returns the fields asked of a plain object, as the literal that `graph.answers.shape` takes."""
    return repr(_wanted(ask))


def _wanted(ask: Ask) -> tuple[tuple[str, str, Any], ...]:
    out = []
    for child in ask.only:
        argument: Any = _wanted(child) if child.children else child.get("lang", str)
        if child.field == "contains":
            argument = child.parameter("date").name
        elif child.field == "__typename":
            argument = child.get("type", str)
        refuse_ignored(child)
        out.append((child.key, child.field, argument))
    return tuple(out)


def period(list_of: Callable[..., str] = period_of, **options: Any) -> Handler:
    """A period, of which only the columns are read that its fields need; `life_of` gives null if no source dates it."""

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        needed = {name for child in ask.only for name in NEEDED[child.field]}
        values = row.column(list_of(scope.self, only=needed, **options))
        return call(shape_period, values, wanted(ask), PARAMETERS)

    return handler


def whole(*names: str, within: tuple[str, ...] = ()) -> Callable[[Scope], Callable[[Build, Row, Ask], str]]:
    """Answers if a list is complete and what is missing, from the thing that the list belongs to.

    A gap in the lists `within`, through which its entries may be found, is one in the list too; see `completeness`.
    """

    def of(scope: Scope) -> Callable[[Build, Row, Ask], str]:
        def part(build: Build, row: Row, ask: Ask) -> str:
            if ask.field == "completeness":
                x = scope.self
                lists = listed_row(
                    CompletenessRow, incomplete=f"{x}.incompleteLists", incomplete_during=f"{x}.incompleteDuring",
                    complete=f"{x}.completeLists", complete_during=f"{x}.completeDuring",
                )  # fmt: skip
                return call(completeness, row.column(lists), repr(names), parameter(scope.day), repr(within))
            remarks = [localized(scope.self, f"{name}Remark", asked_language(ask)) for name in (*names, *within)]
            return row.column(f"coalesce({', '.join(remarks)}, null)")

        return part

    return of


def unknown_completeness(build: Build, row: Row, ask: Ask) -> str:
    """Of a list over the whole graph no source says whether it is complete."""
    asked_language(ask)  # of a remark, which there is none of
    return "'UNKNOWN'" if ask.field == "completeness" else "None"


# ── related things ────────────────────────────────────────────────────────────────────────────────


def related(
    pattern: str,
    type_: str,
    order: Sequence[str] = ("{y}.sortKey",),
    *,
    one: bool = False,
    dated: bool = False,
    where: str = "",
    link: bool = False,
) -> Handler:
    """The things at the other end of a pattern over `{x}` (this), `{e}` (the relationship) and `{y}` (the other)."""

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        names = {"x": scope.self, "e": build.fresh("e"), "y": build.fresh("n"), **scope.others}
        conditions = ((kept(names["e"], f"${scope.day}"),) if dated else ()) + ((where.format(**names),) if where else ())
        entry = scope.at(type_, names["y"], **({"edge": names["e"]} if link else {}))
        matched = Matched(f"MATCH {pattern.format(**names)}", scope.variables, entry, f"{names['y']}.key", conditions)
        return short(build, row, ask, matched, [o.format(**names) for o in order], project, one=one)

    return handler


def spoken_sources(collected: str) -> str:
    """Clauses that bind the `sources` of what is only attested, by its `span` and the `keys` of its claims; of `src` is collected."""
    return (
        f"CALL (span, keys) {{ UNWIND CASE span[{PeriodRow._fields.index('start_basis')}] WHEN 'ATTESTED' THEN keys ELSE [] END AS key\n"
        f"MATCH (:Claim {{key: key}})-[:FROM]->(src:Source) WITH DISTINCT src ORDER BY src.key RETURN collect({collected}) AS sources }}"
    )


def keyed(type_: str, of: str, label: str = "", where: str = "") -> Handler:
    """The thing whose key a property holds. Without one nothing is looked for: the embedded engine walks all things to find no key."""

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        key, y = build.fresh("k"), build.fresh("n")
        held = f"{scope.self}.{of}"
        clauses = f"UNWIND CASE WHEN {held} IS NULL THEN [] ELSE [{held}] END AS {key} MATCH ({y}:{label or type_} {{key: {key}}})"
        matched = Matched(clauses, scope.variables, scope.at(type_, y), f"{y}.key", (where.format(y=y),) if where else ())
        return short(build, row, ask, matched, [f"{y}.key"], project, one=True)

    return handler


def supported(pattern: str, type_: str, keys: str = "{x}.claims") -> Handler:
    """Claims, or what hangs on claims, of a relationship: its property `claims` holds their keys, each found by the index."""

    def handler(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
        names = {"x": scope.self, "k": build.fresh("k"), "y": build.fresh("n"), **scope.others}
        clauses = f"UNWIND {keys.format(**names)} AS {names['k']} MATCH {pattern.format(**names)}"
        matched = Matched(clauses, scope.variables, scope.at(type_, names["y"]), f"{names['y']}.key")
        return short(build, row, ask, matched, [f"{names['y']}.key"], project)

    return handler


CLAIMS_OF = "({y}:Claim {{key: {k}}})"
CONFLICTS_OF = "(:Claim {{key: {k}}})<-[:BETWEEN]-({y}:Conflict)"
