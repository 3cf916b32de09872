"""Care functions, as each region names them, and procurements."""

from __future__ import annotations

import strawberry
from strawberry import UNSET

from api.schema.entity import Entity, Organization
from api.schema.forward import ContractConnection
from api.schema.node import After, First
from api.schema.provenance import Access
from api.schema.time import DEFAULT_LANGUAGE, FuzzyDate, Lang


@strawberry.type(
    description="A kind of care or expertise (skos:Concept), for example dyslexie. A segment belongs to the region that defines it: "
    "segment B of one region is not segment B of another. NL: zorgfunctie."
)
class CareFunction(Entity):
    notation: str = strawberry.field(description="Its short code where it is defined, for example B for segment B. NL: code.")
    defined_by: Organization | None = strawberry.field(
        description="The organisation that defines it, for example the region Zaanstreek-Waterland; null if no source says. NL: "
        "vastgesteld door."
    )
    broader: list[CareFunction] = strawberry.field(description="The broader functions that it is a part of. NL: ruimer.")
    narrower: list[CareFunction] = strawberry.field(description="The narrower functions that are parts of it. NL: enger.")
    close_matches: list[CareFunction] = strawberry.field(
        description="Functions of other organisations that are nearly, but not exactly, the same. NL: vergelijkbaar."
    )
    requires_referral: bool | None = strawberry.field(
        description="Whether a referral is required, for example false for segment A; null if no source says. NL: verwijzing nodig."
    )
    access_by: list[Access] = strawberry.field(description="By whom one is referred to it, for example the GP. NL: toegang via.")


@strawberry.type(description="A part of a procurement that is awarded separately (OCDS Lot). NL: perceel.")
class Lot:
    id: str = strawberry.field(description="Its identifier within the procurement.")

    @strawberry.field(description="Its title, for example 'Perceel 1'. NL: titel.")
    def title(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    functions: list[CareFunction] = strawberry.field(description="The care functions that it is about. NL: zorgfuncties.")


@strawberry.type(description="A procurement procedure, from tender to award (OCDS). NL: inkoopprocedure of aanbesteding.")
class Procurement(Entity):
    ocid: str | None = strawberry.field(description="Its Open Contracting ID, for example ocds-abc123-1; null if it has none.")
    buyers: list[Organization] = strawberry.field(description="The buyers, for example JZ09. NL: inkopers.")
    tender_published: FuzzyDate | None = strawberry.field(
        description="When the tender was published; null if no source says. NL: publicatiedatum."
    )
    award_date: FuzzyDate | None = strawberry.field(description="When it was awarded; null if no source says. NL: gunningsdatum.")
    lots: list[Lot] = strawberry.field(description="Its parts. NL: percelen.")

    @strawberry.field(description="The contracts that result from it. NL: contracten.")
    def contracts(self, first: First = UNSET, after: After = UNSET) -> ContractConnection: ...
