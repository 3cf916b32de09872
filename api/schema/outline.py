"""The boundary of a municipality or region, and why there is none on a day."""

from __future__ import annotations

from typing import Any

import strawberry

from api.schema.time import DEFAULT_LANGUAGE, Lang

GEOMETRY = (
    "Its boundary on that day, simplified; null on days without boundaries, see geometryRemark. The member attribution of the geometry "
    "names who made it. NL: grens."
)

NEAREST = (
    "That day if there is a boundary on it, or else the nearer of the first and the last day with a boundary; null if there are "
    "none. Ask again with that day as asOf for the boundary. NL: dichtstbijzijnde dag met een grens."
)


def remark_on_geometry() -> Any:
    """A field that says why there is no boundary."""

    def one(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...  # type: ignore[no-untyped-def]

    return strawberry.field(one, description="Why there is no boundary on that day; null if there is one. NL: reden zonder grens.")
