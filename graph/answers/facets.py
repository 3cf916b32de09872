"""Facets as they are told: what the store counted, with end dates brought under years, and names for the words of closed lists. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.dates import edtf
from graph.domain.languages import DEFAULT, ByLanguage, by_language
from graph.domain.words import COLLABORATION_KINDS, LEGAL_FORMS, REGION_KINDS, ROLES, SCALES

UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Facet:
    """How many entries of a list have a value; an entry with several care functions counts for each."""

    field: str
    value: str
    names: ByLanguage[str]
    count: int

    def label(self, language: str) -> str:
        return self.names[language]


def facets(counted: Iterable[Sequence[Sequence[Any]]]) -> list[Facet]:
    """The facets of a list, each in the order of its values; what is not known comes last."""
    return [facet for rows in counted for facet in sorted(_told(rows), key=lambda f: (f.value == UNKNOWN, f.value))]


def _told(rows: Sequence[Sequence[Any]]) -> Iterator[Facet]:
    years: dict[str, int] = {}
    for field, value, *names, many in rows:
        if field == "END_YEAR":
            year = _year(value)
            years[year] = years.get(year, 0) + many
        elif not value:
            yield Facet(field, UNKNOWN, _NOT_SAID, many)
        else:
            yield Facet(field, value, by_language(names) if any(names) else _named(field, value), many)
    for year, many in years.items():
        yield Facet("END_YEAR", year, _NOT_SAID if year == UNKNOWN else ByLanguage({DEFAULT: year}), many)


def _year(text: str) -> str:
    """The year of a date, where all days that it can be are of one year."""
    if not text:
        return UNKNOWN
    date = edtf.parse(text)
    if date.earliest and date.latest and date.earliest.year == date.latest.year:
        return str(date.latest.year)
    return UNKNOWN


def _named(field: str, key: str) -> ByLanguage[str]:
    """The names of a word of the closed list that a facet counts by."""
    return next(words[key].names for words in _LISTS[field] if key in words)


_NOT_SAID = ByLanguage({"NL": "niet bekend", "EN": "not known"})
_LISTS = {"KIND": (REGION_KINDS, COLLABORATION_KINDS), "SCALE": (SCALES,), "ROLE": (ROLES,), "LEGAL_FORM": (LEGAL_FORMS,)}
