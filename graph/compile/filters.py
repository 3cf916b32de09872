"""Filters and facets: what an entry of a list has on the day, to choose by and to count by; both look at the same.

An input object with `and`, `or` and `not` becomes conditions; references in it must lead somewhere. Facets say how the entries fall
apart by care function, kind, scale, role, legal form or end year, counted over the whole list.

A negation is pushed inward to the single conditions before any Cypher is written: `not: {and: [a, b]}` is written as not a or not b.
The embedded engine reads nested negations wrong, and `NOT coalesce(…)` around a choice; and a condition on what is not known (null) has
to count as false exactly once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from graph.answers.facets import Facet, facets
from graph.compile.fields import asked_language, localized
from graph.compile.lists import Matched
from graph.compile.rows import Build, DayRange, Row, Scope, quoted
from graph.compile.source import attribute, call, object_of
from graph.dates.period import during, kept, shown
from graph.domain.languages import LANGUAGES
from graph.question import Argument, Ask, Fields, Items, NotCompiled, Parameter

On = TypeVar("On")


def logical(one: Callable[[Build, str, Argument, On], str]) -> Callable[[Build, Fields | None, On], list[str]]:
    """A filter object with `and`, `or`, `not` around what `one` makes of each other field; empty where nothing is asked for.

    All of no conditions holds, and at least one of no conditions does not.
    """

    def conditions(build: Build, wanted: Fields | None, on: On) -> list[str]:
        return [each(build, name, value, on, holds=True) for name, value in wanted.of] if wanted else []

    def each(build: Build, name: str, value: Argument, on: On, *, holds: bool) -> str:
        if name == "not":
            return all_of(build, value, on, holds=not holds)
        if name in ("and", "or") and isinstance(value, Items):
            return _joined((all_of(build, part, on, holds=holds) for part in value.of), all_=(name == "and") == holds)
        text = one(build, name, value, on)
        return text if holds else f"coalesce({text}, false) = false"

    def all_of(build: Build, wanted: Argument, on: On, *, holds: bool) -> str:
        if not isinstance(wanted, Fields):
            raise NotCompiled(f"a filter of {wanted}")
        return _joined((each(build, name, value, on, holds=holds) for name, value in wanted.of), all_=holds)

    return conditions


def _joined(conditions: Iterable[str], *, all_: bool) -> str:
    """Conditions of which all hold, or at least one."""
    texts = list(conditions)
    if len(texts) > 1:
        return "(" + (" AND " if all_ else " OR ").join(texts) + ")"
    return texts[0] if texts else str(all_).lower()


# ── when it holds ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class When:
    """The day of a question, or the period of its argument `during`, which replaces the day; the bounds are Cypher, or None."""

    day: str
    during: bool = False
    first: str | None = None
    last: str | None = None

    def holds(self, variable: str) -> str:
        """Returns the condition that something holds on the day, or may hold on some day of the period."""
        return (during(variable, self.first, self.last) or "true") if self.during else shown(variable, self.day)

    def keeps(self, variable: str) -> str:
        """Returns the same condition of what an arrangement is about, which is still to be seen when the arrangement is over."""
        return self.holds(variable) if self.during else kept(variable, self.day)


def when(build: Build, ask: Ask, scope: Scope) -> When:
    """Returns when the entries of a list have to hold."""
    asked = ask.get("during", Fields)
    if asked is None:
        return When(f"${scope.day}")
    first, last = (day.name if day else None for day in (asked.get(name, Parameter) for name in ("startDate", "endDate")))
    if first and last and DayRange(first, last, "during") not in build.day_ranges:
        build.day_ranges.append(DayRange(first, last, "during"))
    return When(f"${scope.day}", True, first and f"${first}", last and f"${last}")


# ── what it leads to ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Entry:
    """The variable of an entry that a filter chooses, and when what the filter says of it has to hold."""

    variable: str
    when: When


def through(build: Build, pattern: str, value: Parameter, label: str, argument: str, when: When) -> str:
    """Returns the condition that a reference leads to `far`, the last node of a pattern, over `held`, its dated relationship."""
    return f"EXISTS {{ MATCH {pattern} WHERE far IN {build.match_reference(value, label, argument)} AND {when.keeps('held')} }}"


def leads_to(build: Build, patterns: Mapping[str, tuple[str, str]], name: str, value: Argument, about: Entry) -> str:
    """Returns the condition of a field that is a reference; `patterns` has the pattern that leads to it from `{x}`, and its label.

    Every list knows the field `function`, a care function of an arrangement.
    """
    if name == "function" and isinstance(value, Parameter):
        return _cares(build, name, value, about)
    if name not in patterns or not isinstance(value, Parameter):
        raise NotCompiled(f"the filter {name} with {value}")
    pattern, label = patterns[name]
    return through(build, pattern.format(x=about.variable), value, label, name, about.when)


def _cares(build: Build, name: str, value: Parameter, about: Entry) -> str:
    """Returns the condition that an arrangement is about a care function. One that never is (`functions`) is not walked from."""
    pattern = f"({about.variable})-[held:DELIVERS|CONCERNS]->(far:CareFunction)"
    held = through(build, pattern, value, "CareFunction", name, about.when)
    keys = build.match_reference(value, "CareFunction", name, "x.key")
    return f"(CASE WHEN any(key IN {about.variable}.functions WHERE key IN {keys}) THEN {held} ELSE false END) = true"


def has(pattern: str, *, wanted: bool) -> str:
    """Returns the condition that there is, or is not, what a pattern finds."""
    return f"{'' if wanted else 'NOT '}EXISTS {{ MATCH {pattern} }}"


def is_one_of(build: Build, variable: str, value: Parameter, label: str, argument: str) -> str:
    """Returns the condition that a reference leads to a variable."""
    return f"{variable} IN {build.match_reference(value, label, argument)}"


def listed(value: Items) -> str:
    """Words of a closed list as a Cypher list."""
    return quoted(tuple(str(v) for v in value.of))


# ── facets ────────────────────────────────────────────────────────────────────────────────────────


_DELIVERED = (
    "OPTIONAL MATCH ({x})-[held:DELIVERS|CONCERNS]->(f:CareFunction) WHERE {held}\nRETURN DISTINCT coalesce(f.key, '') AS value, "
    + ", ".join(f"{localized('f', 'name', o.code)} AS {o.key}" for o in LANGUAGES)
)
_NAMES = ", ".join(language.key for language in LANGUAGES)
_NAMELESS = ", ".join(f"null AS {language.key}" for language in LANGUAGES)
_END = "WITH {x} RETURN coalesce({x}.endEdtf, '') AS value, " + _NAMELESS
_OF = "WITH {x} RETURN coalesce({x}.{field}, '') AS value, " + _NAMELESS
_ROLE = "WITH {x} RETURN coalesce({x}.role, 'PROVIDER') AS value, " + _NAMELESS
# Of each list its facets, counted as its filter would find them: each a subquery over a variable that
# gives value and a name in every language. An empty value is what is not known.
CONTRACT = {"FUNCTION": ("self", _DELIVERED), "END_YEAR": ("self", _END)}
COLLABORATION = {
    "FUNCTION": ("self", _DELIVERED), "KIND": ("self", _OF), "SCALE": ("self", _OF), "LEGAL_FORM": ("self", _OF),
    "END_YEAR": ("self", _END),
}  # fmt: skip
MEMBERSHIP = {
    "FUNCTION": ("organization", _DELIVERED), "KIND": ("organization", _OF), "SCALE": ("organization", _OF), "ROLE": ("self", _ROLE),
    "END_YEAR": ("self", _END),
}  # fmt: skip
_PROPERTY = {"KIND": "kind", "SCALE": "scale", "LEGAL_FORM": "legalForm"}


def faceted(matched: Matched, facets: Mapping[str, tuple[str, str]], when: When) -> Matched:
    """The list with its facets, which are asked for beside its pages and counted over all of them, by what holds then."""
    before = matched.whole

    def whole(build: Build, row: Row, ask: Ask) -> str:
        if ask.field == "facets":
            return _facets(build, row, ask, matched, facets, when)
        assert before
        return before(build, row, ask)

    return replace(matched, whole=whole)


def _facets(build: Build, row: Row, ask: Ask, matched: Matched, counts: Mapping[str, tuple[str, str]], when: When) -> str:
    columns = []
    variables = ", ".join(matched.entry.variables)
    for name, (of, text) in counts.items():
        alias, x = build.fresh("f"), matched.entry.self if of == "self" else matched.entry.others[of]
        counted = text.format(x=x, field=_PROPERTY.get(name, ""), held=when.keeps("held"))
        row.as_it_is(
            f"CALL ({', '.join(matched.imports)}) {{\n{matched.clauses}{matched.where}\nWITH DISTINCT {variables}\n"
            f"CALL ({x}) {{ {counted} }}\nWITH value, {_NAMES}, count(*) AS many ORDER BY value\n"
            f"RETURN collect(['{name}', value, {_NAMES}, many]) AS {alias} }}"
        )
        columns.append(row.column(alias))
    listed = call(facets, f"[{', '.join(columns)}]")
    return f"[{object_of(ask.only, _field)} for x in {listed}]"


def _field(child: Ask) -> str:
    if child.field == "label":
        return call(Facet.label, "x", repr(asked_language(child)))
    return attribute("x", Facet, child.field)
