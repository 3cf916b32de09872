"""Facets: counts over a list, for the choices beside it."""

from __future__ import annotations

from enum import Enum

import strawberry
from strawberry import enum_value

from api.schema.time import DEFAULT_LANGUAGE, Lang


@strawberry.enum(description="The property by which the entries of a list are counted. NL: facet.")
class FacetField(Enum):
    FUNCTION = enum_value("FUNCTION", description="The care function, which in procurement is the segment. NL: zorgfunctie of segment.")
    KIND = enum_value("KIND", description="The kind of region or collaboration. NL: soort.")
    SCALE = enum_value("SCALE", description="Geographic scale of the collaboration. NL: schaal.")
    ROLE = enum_value("ROLE", description="The role in which an organisation takes part. NL: rol.")
    LEGAL_FORM = enum_value("LEGAL_FORM", description="The legal form. NL: rechtsvorm.")
    END_YEAR = enum_value("END_YEAR", description="The year of the last day, for a contract that of its firm term. NL: eindjaar.")


@strawberry.type(description="A value with the number of entries of a list that have it. NL: facet.")
class Facet:
    field: FacetField = strawberry.field(description="The property by which is counted. NL: facet.")
    value: str = strawberry.field(
        description="The value, as a filter takes it, for example function/zawa-b, REGIONAL or 2023; UNKNOWN if no source says, a "
        "date is too vague, or there is none. NL: waarde."
    )

    @strawberry.field(description="The value in words. NL: omschrijving.")
    def label(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    count: int = strawberry.field(
        description="The number of entries of the whole list that have it. An entry with several care functions counts for each of "
        "them. NL: aantal."
    )


@strawberry.type(description="A list with counts.")
class Faceting:
    facets: list[Facet] = strawberry.field(
        description="Counts over the whole filtered list, by care function on the day, kind, scale, role, legal form and end year. NL: "
        "facetten."
    )
