"""Who decides: public bodies, and the bodies in which municipalities and regions consult and decide."""

from __future__ import annotations

import strawberry

from api.schema.entity import Organization
from api.schema.membership import CollaborationScale
from api.schema.time import DEFAULT_LANGUAGE, Lang


@strawberry.type(
    description="An organisation of government that is no municipality or region, for example the GGD or the Child Care and Protection "
    "Board. NL: overheidsorganisatie."
)
class PublicBody(Organization):
    pass


@strawberry.type(
    description="A body in which is consulted or decided: the AO, DO and PHO of a region, BJ42 in the country. Who has a seat, and with "
    "which mandate, stands in members. NL: overleg."
)
class GovernanceBody(Organization):
    scale: CollaborationScale | None = strawberry.field(description="On what scale it meets; null where no source says. NL: schaal.")

    @strawberry.field(description="What it decides about; null where it only prepares or no source says. NL: besluit over.")
    def decides(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...

    prepares: list[GovernanceBody] = strawberry.field(
        description="The bodies whose decisions it prepares: the AO those of the DO and the PHO. NL: bereidt voor."
    )
    body_of: list[Organization] = strawberry.field(
        description="The organisations whose body it is, for example the region Zaanstreek-Waterland. NL: orgaan van."
    )
