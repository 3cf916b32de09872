"""Facets as they are told: what the store counted, with end dates brought under years, and names for the words of closed lists. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.dates import edtf
from graph.domain.languages import LANGUAGES, ByLanguage

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
            yield Facet(field, value, _by_language(names) if any(names) else _named(value), many)
    for year, many in years.items():
        yield Facet("END_YEAR", year, _NOT_SAID if year == UNKNOWN else _by_language([year] * len(LANGUAGES)), many)


def _year(text: str) -> str:
    """The year of a date, where all days that it can be are of one year."""
    if not text:
        return UNKNOWN
    found = edtf.parse(text)
    if found.earliest and found.latest and found.earliest.year == found.latest.year:
        return str(found.latest.year)
    return UNKNOWN


def _by_language(names: Sequence[str]) -> ByLanguage[str]:
    return ByLanguage(zip((language.code for language in LANGUAGES), names, strict=True))


def _named(word: str) -> ByLanguage[str]:
    """A word of a closed list in Dutch and English; in English it is the word itself."""
    english = word.replace("_", " ").lower()
    return ByLanguage({"NL": _DUTCH.get(word, english), "EN": english})


_NOT_SAID = ByLanguage({"NL": "niet bekend", "EN": "not known"})
_DUTCH = {
    "MEMBER": "lid", "LEAD": "trekker", "ACCOUNT_HOLDER": "accounthouder", "COORDINATOR": "coördinator", "HOST": "gastheer",
    "COMMISSIONER": "opdrachtgever", "MANDATED_REPRESENTATIVE": "gemandateerd vertegenwoordiger", "PROVIDER": "aanbieder",
    "PARTNER": "partner", "ORGANIZER": "organisator", "OBSERVER": "waarnemer",
    "YOUTH_REGION": "jeugdregio", "SUBREGION": "subregio", "LANDSDEEL": "landsdeel", "PROVINCE": "provincie", "CITY_REGION": "stadsregio",
    "NATIONAL": "landelijk", "LOCAL": "lokaal", "REGIONAL": "regionaal", "SUPRA_REGIONAL": "bovenregionaal",
    "JOINT_PROCUREMENT": "gezamenlijke inkoop", "EXPERTISE_NETWORK": "expertisenetwerk",
    "TRANSFORMATION_PROGRAMME": "transformatieprogramma",
    "CRISIS_SERVICE": "crisisdienst", "FUNDING": "financiering", "PILOT": "proef", "SUPPORT_TEAM": "ondersteuningsteam",
    "CHAIN_AGREEMENT": "ketenafspraak", "ACTION_PLAN": "actieplan", "EDUCATION_PARTNERSHIP": "samenwerking met het onderwijs",
    "JOINT_ARRANGEMENT": "gemeenschappelijke regeling", "OPENBAAR_LICHAAM": "openbaar lichaam",
    "BEDRIJFSVOERINGSORGANISATIE": "bedrijfsvoeringsorganisatie", "GEMEENSCHAPPELIJK_ORGAAN": "gemeenschappelijk orgaan",
    "CENTRUMREGELING": "centrumregeling", "REGELING_ZONDER_MEER": "regeling zonder meer", "CONVENANT": "convenant",
    "DVO": "dienstverleningsovereenkomst", "INFORMAL": "informeel",
}  # fmt: skip
