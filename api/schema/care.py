"""Care functions, as each region names them, and the procurements by which care is bought."""

from __future__ import annotations

import strawberry
from strawberry import UNSET

from api.schema.entity import Entity, Organization
from api.schema.forward import ContractConnection
from api.schema.node import After, First
from api.schema.time import FuzzyDate


@strawberry.type(
    description="A kind of care or expertise (skos:Concept), for example dyslexie. A segment belongs to the region that defines it: "
    "segment B of one region is not segment B of another. NL: zorgfunctie."
)
class CareFunction(Entity):
    notation: str = strawberry.field(description="Its short code where it is defined, for example B for segment B. NL: code.")
    defined_by: Organization | None = strawberry.field(
        description="Who defines it, for example the region Zaanstreek-Waterland; null where no source says. NL: vastgesteld door."
    )
    broader: list[CareFunction] = strawberry.field(description="The wider functions of which it is a part. NL: ruimer.")
    narrower: list[CareFunction] = strawberry.field(description="The functions that are a part of it. NL: enger.")
    close_matches: list[CareFunction] = strawberry.field(
        description="Functions of others that are nearly the same, without being the same. NL: vergelijkbaar."
    )
    requires_referral: bool | None = strawberry.field(
        description="Whether one needs a referral; false for segment A; null where no source says. NL: verwijzing nodig."
    )


@strawberry.type(description="A part of a procurement that is awarded apart (OCDS Lot). NL: perceel.")
class Lot:
    id: str = strawberry.field(description="Its identifier within the procurement.")
    title: str = strawberry.field(description="Its title. NL: titel.")
    functions: list[CareFunction] = strawberry.field(description="The care functions that it is about. NL: zorgfuncties.")


@strawberry.type(description="One process of buying, from tender to award (OCDS). NL: inkoopprocedure of aanbesteding.")
class Procurement(Entity):
    ocid: str | None = strawberry.field(description="Its Open Contracting ID; null where it has none.")
    buyers: list[Organization] = strawberry.field(description="Who buys. NL: inkopers.")
    tender_published: FuzzyDate | None = strawberry.field(
        description="When the tender was published; null where no source says. NL: publicatiedatum."
    )
    award_date: FuzzyDate | None = strawberry.field(description="When it was awarded; null where no source says. NL: gunningsdatum.")
    lots: list[Lot] = strawberry.field(description="Its parts. NL: percelen.")

    @strawberry.field(description="The contracts that came out of it. NL: contracten.")
    def contracts(self, first: First = UNSET, after: After = UNSET) -> ContractConnection: ...
