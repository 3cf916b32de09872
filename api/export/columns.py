"""The lists that can be taken along, and the dictionary of their columns in Dutch and English."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its names for people, and what stands in it. `datatype` is that of CSVW."""

    name: str
    datatype: str
    nl: str
    en: str
    about_nl: str
    about_en: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list. `columns` are the names of its columns in order."""

    name: str
    nl: str
    en: str
    columns: tuple[str, ...]


def _columns() -> Iterator[Column]:
    lines = (files(__package__) / "columns.csv").read_text("utf-8").splitlines()
    yield from (Column(**row) for row in csv.DictReader(lines))


COLUMNS: Mapping[str, Column] = {column.name: column for column in _columns()}
_THING = ("key", "uri", "name", "nameEn")
_DATES = ("from", "until", "firstDay", "lastDay")
_PERIOD = (*_DATES, "holds", "why")
_BEHIND = ("sources", "claims")
_LISTS = (
    Listing("municipalities", "Gemeenten", "Municipalities", (*_THING, "code", *_PERIOD, "sources")),
    Listing("regions", "Regio's", "Regions", (*_THING, "kind", "kindLabel", *_PERIOD, "sources")),
    Listing(
        "collaborations", "Samenwerkingen", "Collaborations", (*_THING, "kind", "kindLabel", "scale", "legalForm", *_PERIOD, "sources")
    ),
    Listing("providers", "Aanbieders", "Providers", (*_THING, "certified", *_PERIOD, "sources")),
    Listing("public-bodies", "Overheidsorganisaties", "Public bodies", (*_THING, *_PERIOD, "sources")),
    Listing("governance-bodies", "Overleggen", "Governance bodies", (*_THING, "scale", *_PERIOD, "sources")),
    Listing("contracts", "Contracten", "Contracts", (*_THING, *_PERIOD, "longest", "sources")),
    Listing("procurements", "Inkoopprocedures", "Procurements", (*_THING, "ocid", "published", "awarded", "sources")),
    Listing("care-functions", "Zorgfuncties", "Care functions", (*_THING, "notation", "referral", "sources")),
    Listing("documents", "Documenten", "Documents", (*_THING, "kind", "kindLabel", *_DATES, "sources")),
    Listing("events", "Gebeurtenissen", "Events", (*_THING, "kind", "kindLabel", "date", "planned", "sources")),
    Listing(
        "memberships",
        "Deelnames",
        "Memberships",
        ("member", "memberName", "organization", "organizationName", "role", "takesPart", *_PERIOD, *_BEHIND),
    ),
    Listing("relations", "Relaties", "Relationships", ("relation", "start", "startName", "end", "endName", *_PERIOD, *_BEHIND)),
    Listing("identifiers", "Kenmerken", "Identifiers", ("key", "name", "scheme", "identifier", *_DATES, *_BEHIND)),
    Listing("options", "Verlengingsopties", "Options", ("key", "name", "number", "status", "statusLabel", *_DATES, *_BEHIND)),
    Listing("figures", "Cijfers", "Figures", ("key", "name", "measure", "label", "number", "unit", "approximate", *_DATES, *_BEHIND)),
    Listing(
        "coverage",
        "Dekking",
        "Coverage",
        (
            "region",
            "regionName",
            "municipality",
            "municipalityName",
            "function",
            "functionName",
            "status",
            "statusLabel",
            "reasons",
            "changesOn",
            "explanation",
            *_BEHIND,
        ),
    ),
    Listing(
        "conflicts",
        "Tegenspraken",
        "Conflicts",
        (
            "id",
            "key",
            "name",
            "predicate",
            "kind",
            "kindLabel",
            "status",
            "statusLabel",
            "explanation",
            "explanationEn",
            "chosen",
            "rule",
            *_BEHIND,
        ),
    ),
    Listing(
        "sources",
        "Bronnen",
        "Sources",
        ("slug", "kind", "title", "publisher", "url", "published", "written", "licence", "checked", "claimCount"),
    ),
    Listing("datasets", "Gegevenssets", "Datasets", ("slug", "title", "scope", "version", "publisher", "licence", "checked", "claimCount")),
)
LISTS: Mapping[str, Listing] = {each.name: each for each in _LISTS}
