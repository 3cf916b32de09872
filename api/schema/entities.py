"""The types of entities, one for each of `graph.domain.model.ENTITIES`."""

from __future__ import annotations

from api.schema.care import CareFunction, Procurement
from api.schema.collaboration import Collaboration
from api.schema.contract import Contract
from api.schema.document import Document
from api.schema.governance import GovernanceBody, PublicBody
from api.schema.municipality import Municipality
from api.schema.provider import Provider
from api.schema.region import Region

ENTITIES = (Municipality, Region, Collaboration, Provider, PublicBody, GovernanceBody, Contract, Procurement, CareFunction, Document)
