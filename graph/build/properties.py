"""Properties of nodes and relationships before they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.dates.period import Period
from graph.domain.claim import Text

Properties = dict[str, Any]


def without_nulls(properties: Mapping[str, Any]) -> Properties:
    """Leaves out properties that are None: neither engine stores a null."""
    return {name: value for name, value in properties.items() if value is not None}


def period_properties(period: Period) -> Properties:
    """Returns a period as properties of a node or relationship; `graph.dates.period.SHOWN` reads the first two."""
    return without_nulls(
        {
            "validFrom": period.valid_from,
            "validTo": period.valid_to,
            "certainFrom": period.certain_from,
            "certainTo": period.certain_to,
            "startEdtf": period.start.edtf if period.start else None,
            "endEdtf": period.end.edtf if period.end else None,
            "attestedEdtf": period.attested.edtf if period.attested else None,
            "endKnown": period.end_known,
            "startBasis": period.start_basis,
            "endBasis": period.end_basis,
            "staleFrom": period.stale_from,
            "planned": period.planned or None,
        }
    )


def words(name: str, text: Text | None) -> Properties:
    """A text as properties, one for each language: `nameNl`, `nameEn`."""
    return {language.property(name): spoken for language, spoken in text.items} if text else {}
