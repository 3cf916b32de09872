"""Facets: how the entries of a list fall apart by care function, kind, scale, role, legal form or end year, counted over the whole list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graph.answers.facets import Facet, facets
from graph.compile.fields import asked_language, localized
from graph.compile.filters import When
from graph.compile.lists import Matched
from graph.compile.rows import Build, Row
from graph.compile.source import attribute, call, object_of
from graph.domain.languages import LANGUAGES
from graph.question import Ask

_DELIVERED = (
    "OPTIONAL MATCH ({x})-[held:DELIVERS|CONCERNS]->(f:CareFunction) WHERE {held}\nRETURN DISTINCT coalesce(f.key, '') AS value, "
    + ", ".join(f"{localized('f', 'name', o.code)} AS {o.key}" for o in LANGUAGES)
)
_NAMES = ", ".join(language.key for language in LANGUAGES)
_NAMELESS = ", ".join(f"null AS {language.key}" for language in LANGUAGES)
_END = "WITH {x} RETURN coalesce({x}.endEdtf, '') AS value, " + _NAMELESS
_OF = "WITH {x} RETURN coalesce({x}.{field}, '') AS value, " + _NAMELESS
_ROLE = "WITH {x} RETURN coalesce({x}.role, 'PROVIDER') AS value, " + _NAMELESS
# Of each list its facets, counted as its filter would find them, on the same day: each a subquery over a variable that
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
        counted = text.format(x=x, field=_PROPERTY.get(name, ""), held=when.holds("held"))
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
