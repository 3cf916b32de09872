"""Facets: how the entries of a list fall apart, for the choices beside a list."""

from __future__ import annotations

from enum import Enum

import strawberry
from strawberry import enum_value

from api.schema.time import DEFAULT_LANGUAGE, Lang


@strawberry.enum(description="By what the entries of a list are counted. NL: facet.")
class FacetField(Enum):
    FUNCTION = enum_value("FUNCTION", description="The care function, which in procurement is the segment. NL: zorgfunctie of segment.")
    KIND = enum_value("KIND", description="What sort of region or collaboration it is. NL: soort.")
    SCALE = enum_value("SCALE", description="On what scale is worked together. NL: schaal.")
    ROLE = enum_value("ROLE", description="As what an organisation takes part. NL: rol.")
    LEGAL_FORM = enum_value("LEGAL_FORM", description="The legal form. NL: rechtsvorm.")
    END_YEAR = enum_value("END_YEAR", description="The year of the last day, of a contract that of its firm term. NL: eindjaar.")


@strawberry.type(description="How many entries of a list have a value. NL: facet.")
class Facet:
    field: FacetField = strawberry.field(description="By what is counted.")
    value: str = strawberry.field(
        description="The value, as a filter takes it, for example function/zawa-b, REGIONAL or 2023; UNKNOWN where no source says, a date "
        "is too vague, or it has none. NL: waarde."
    )

    @strawberry.field(description="The value in words. NL: omschrijving.")
    def label(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    count: int = strawberry.field(
        description="How many entries of the whole list have it; one with several care functions counts for each. NL: aantal."
    )


@strawberry.type(description="What is counted over a whole list.")
class Faceting:
    facets: list[Facet] = strawberry.field(
        description="The whole list, with its filter, counted by care function, kind, scale, role, legal form and end year, as far as it "
        "has these. NL: facetten."
    )
