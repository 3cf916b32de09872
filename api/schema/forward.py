"""Forward references between types: a claim has an entity, and an entity has claims.

Strawberry looks them up when it builds the schema; the type checker reads the real classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from strawberry.types.lazy_type import LazyType

if TYPE_CHECKING:
    from api.schema.care import CareFunction
    from api.schema.collaboration import Collaboration
    from api.schema.contract import ContractConnection
    from api.schema.coverage import Coverage
    from api.schema.document import Document
    from api.schema.entity import Entity, Organization
    from api.schema.municipality import CoveredMunicipalityConnection, Municipality, MunicipalityOrder
    from api.schema.region import Region
else:
    CareFunction = LazyType("CareFunction", "api.schema.care")
    Collaboration = LazyType("Collaboration", "api.schema.collaboration")
    ContractConnection = LazyType("ContractConnection", "api.schema.contract")
    Coverage = LazyType("Coverage", "api.schema.coverage")
    CoveredMunicipalityConnection = LazyType("CoveredMunicipalityConnection", "api.schema.municipality")
    Document = LazyType("Document", "api.schema.document")
    Entity = LazyType("Entity", "api.schema.entity")
    Municipality = LazyType("Municipality", "api.schema.municipality")
    MunicipalityOrder = LazyType("MunicipalityOrder", "api.schema.municipality")
    Organization = LazyType("Organization", "api.schema.entity")
    Region = LazyType("Region", "api.schema.region")

__all__ = [
    "CareFunction",
    "Collaboration",
    "ContractConnection",
    "Coverage",
    "CoveredMunicipalityConnection",
    "Document",
    "Entity",
    "Municipality",
    "MunicipalityOrder",
    "Organization",
    "Region",
]
