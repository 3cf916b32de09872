"""Public bodies, and the bodies in which municipalities and regions consult and decide."""

from __future__ import annotations

import strawberry

from api.schema.entity import Organization
from api.schema.membership import CollaborationScale
from api.schema.time import DEFAULT_LANGUAGE, Lang, in_words


@strawberry.type(
    description="A government organisation that is not a municipality or region, for example the GGD or the Child Care and "
    "Protection Board. NL: overheidsorganisatie."
)
class PublicBody(Organization):
    pass


@strawberry.type(
    description="A body that consults or decides, for example the AO, DO and PHO of a region, or the national BJ42. Its members "
    "are those who have a seat, with their mandates. NL: overleg."
)
class GovernanceBody(Organization):
    scale: CollaborationScale | None = strawberry.field(description="Its geographic scale; null if no source says. NL: schaal.")
    scale_label = in_words("The scale; null if no source says,")

    @strawberry.field(description="What it decides about; null if it only prepares decisions or no source says. NL: besluit over.")
    def decides(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...

    prepares: list[GovernanceBody] = strawberry.field(
        description="The bodies whose decisions it prepares. The AO, for example, prepares those of the DO and the PHO. NL: bereidt voor."
    )
    body_of: list[Organization] = strawberry.field(
        description="The organisations that it is a body of, for example the region Zaanstreek-Waterland. NL: overleg van."
    )
