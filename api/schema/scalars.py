"""The scalars, with the functions that read them from a request."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

Date = NewType("Date", datetime.date)
DateTime = NewType("DateTime", datetime.datetime)
URI = NewType("URI", str)
EDTF = NewType("EDTF", str)
Ref = NewType("Ref", str)
GeoJSON = NewType("GeoJSON", dict[str, Any])

LONGEST_REF = 200
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORDS_OF_JSON = {bool: "boolean", int: "number", float: "number", list: "list", dict: "object"}


def calendar_date(value: object) -> datetime.date:
    """Reads a date. It is stricter than `date.fromisoformat`, which also reads 20230601 and 2023-W22-4."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"{_quoted(value)} is not a calendar date: write YYYY-MM-DD, for example 2023-06-01.")


def reference(value: object) -> str:
    """Checks the form of a reference; the graph finds the entity."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{_quoted(value)} is not a reference: write a code, slug or name, for example GM0479.")
    if len(value) > LONGEST_REF:
        raise ValueError(f"A reference has at most {LONGEST_REF} characters; this one has {len(value)}.")
    if _SURROGATE.search(value):
        raise ValueError(f"{_quoted(value)} is not a reference: it holds half a character (a lone surrogate).")
    return value


def text(value: object) -> str:
    """Reads the scalars that no argument takes as plain text."""
    if not isinstance(value, str):
        raise ValueError(f"{_quoted(value)} is not a text.")
    return value


def geometry(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{_quoted(value)} is not a GeoJSON object.")
    return value


def _quoted(value: object) -> str:
    """Reads a short text and refuses what cannot be encoded, which JSON can escape."""
    return json.dumps(value[:40]) if isinstance(value, str) else f"This {_WORDS_OF_JSON.get(type(value), 'value')}"


SCALARS: dict[object, ScalarDefinition] = {
    Date: strawberry.scalar(
        name="Date",
        description="A calendar date as ISO 8601 writes it (YYYY-MM-DD), for example 2023-06-01. NL: datum.",
        specified_by_url="https://www.iso.org/iso-8601-date-and-time-format.html",
        serialize=str,
        parse_value=calendar_date,
    ),
    DateTime: strawberry.scalar(
        name="DateTime",
        description="A moment with its offset from UTC, as RFC 3339 writes it, for example 2024-01-01T09:30:00+01:00. NL: tijdstip.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=str,
        parse_value=text,
    ),
    URI: strawberry.scalar(
        name="URI",
        description="A Uniform Resource Identifier, for example urn:regiograaf:municipality:zaanstad.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3986",
        serialize=str,
        parse_value=text,
    ),
    EDTF: strawberry.scalar(
        name="EDTF",
        description="A vague date in the Extended Date/Time Format (ISO 8601-2): 2022-12~ is about December 2022, 2021-23 is autumn "
        "2021, ../2013 is 2013 or earlier. NL: (vage) datum.",
        specified_by_url="https://www.loc.gov/standards/datetime/",
        serialize=str,
        parse_value=text,
    ),
    Ref: strawberry.scalar(
        name="Ref",
        description="A reference to an entity: global id, URI, SCHEME:id (CBS_GM:GM0479), bare code (GM0479, 0479), slug (zaanstad), or an "
        "exact name or alias (ZaWa, IJmond), also with its kind or province (Gemeente Alkmaar, Bergen (NH)). An "
        "ambiguous reference is an error with the candidates; an unknown one is an error "
        f"(code NOT_FOUND) with the nearest names. At most {LONGEST_REF} characters. NL: verwijzing.",
        specified_by_url="/graphql/pages/ref.html",  # a page of this service: no standard has it
        serialize=str,
        parse_value=reference,
    ),
    GeoJSON: strawberry.scalar(
        name="GeoJSON",
        description="A geometry as a GeoJSON object (RFC 7946), in WGS 84.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc7946",
        parse_value=geometry,
    ),
}
