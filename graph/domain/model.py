"""The model: the types of entities, the predicates of claims, and their labels and relationships in
Neo4j.

The constraints, the check of the claims and the compiler take all names from here. It knows no
YAML, no GraphQL and no driver.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from graph.domain import words
from graph.domain.closed_list import ClosedList
from graph.domain.languages import place

# ── entities ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class EntityType:
    """A type of entity. `prefix` begins its keys (`municipality/zaanstad`), `folder` holds its claims, `label` is its Neo4j label."""

    label: str
    prefix: str
    folder: str
    about: str
    names: tuple[str, ...]
    organization: bool = False
    arrangement: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels of a node of this type, the most general first."""
        more = ("Organization",) * self.organization + ("Arrangement",) * self.arrangement
        return ("Entity", *more, self.label)

    @property
    def row(self) -> tuple[str, ...]:
        """The type as a row of a closed list: PUBLIC_BODY is PublicBody."""
        return (re.sub(r"(?<=.)(?=[A-Z])", "_", self.label).upper(), self.about, *self.names)


ENTITY_TYPES = {
    t.label: t
    for t in (
        EntityType("Municipality", "municipality", "municipalities", "A municipality.", ("gemeente", "municipality"), organization=True),
        EntityType("Region", "region", "regions", "A region of any kind.", ("regio", "region"), organization=True),
        EntityType(
            "Collaboration", "collaboration", "collaborations", "A collaboration.", ("samenwerking", "collaboration"),
            organization=True, arrangement=True,
        ),
        EntityType("Provider", "provider", "providers", "A provider of youth care.", ("aanbieder", "provider"), organization=True),
        EntityType(
            "PublicBody", "publicbody", "public-bodies", "A public body that is not a municipality.",
            ("overheidsorganisatie", "public body"), organization=True,
        ),
        EntityType(
            "GovernanceBody", "governancebody", "governance-bodies", "A body that consults or decides.",
            ("overleg", "governance body"), organization=True,
        ),
        EntityType("Contract", "contract", "contracts", "A contract.", ("contract", "contract"), arrangement=True),
        EntityType("Procurement", "procurement", "procurements", "A procurement.", ("inkoopprocedure", "procurement")),
        EntityType("CareFunction", "function", "care-functions", "A care function.", ("zorgfunctie", "care function")),
        EntityType(
            "Document", "document", "documents", "A document, law, instrument or rule that sources mention.",
            ("document, wet, instrument of regel", "document"),
        ),
        EntityType("ChangeEvent", "event", "events", "An event.", ("gebeurtenis", "event")),
    )
}  # fmt: skip
TYPE_OF_PREFIX = {t.prefix: t for t in ENTITY_TYPES.values()}
ORGANIZATIONS = frozenset(t.label for t in ENTITY_TYPES.values() if t.organization)
ARRANGEMENTS = frozenset(t.label for t in ENTITY_TYPES.values() if t.arrangement)
ANY = frozenset(ENTITY_TYPES)
ENTITIES = tuple(label for label in ENTITY_TYPES if label != "ChangeEvent")  # in the API an event is not an Entity
TYPES = ClosedList("A type of entity. NL: soort entiteit.", *(ENTITY_TYPES[label].row for label in ENTITIES))


def type_name(label: str) -> str:
    """Returns the name of a type of entity in a sentence: "public body"; also of the general ones, Entity and Organization."""
    return ENTITY_TYPES[label].names[place("EN")] if label in ENTITY_TYPES else label.lower()


# ── predicates ────────────────────────────────────────────────────────────────────────────────────


KINDS_OF = {
    "Region": words.REGION_KINDS, "Collaboration": words.COLLABORATION_KINDS, "ChangeEvent": words.EVENT_KINDS,
    "Document": words.DOCUMENT_KINDS,
}  # fmt: skip


class ValueKind(Enum):
    """The kind of value that a predicate takes."""

    TEXT = "a text in Dutch, and in other languages if there is one"
    WORD = "one word of a closed list"
    PLAIN = "a text without language: a name, a code"
    NUMBER = "a number"
    DATE = "a date, as vague as its source (EDTF)"
    FLAG = "yes or no"
    THING = "the key of another entity, or a list of keys"


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate of claims. `relation` is the type of relationship that an accepted claim becomes.

    The relationship runs from the subject to the value, or the other way if `inverse`. A predicate
    without a relation sets a property of its subject if it is `single`; otherwise it stays a claim.
    """

    name: str
    of: frozenset[str]
    value: ValueKind
    to: frozenset[str] = frozenset()
    relation: str | None = None
    inverse: bool = False
    single: bool = False
    dated: bool = False
    qualifiers: tuple[str, ...] = ()


def _one(*labels: str) -> frozenset[str]:
    return frozenset(ENTITY_TYPES[label].label for label in labels)


_MEMBERSHIP = ("role", "roleLabel", "takesPart", "onBehalfOf", "planned")
_PLANNED = ("planned",)
_AT = ("level",)
_FIGURE = ("measure", "functions", "label", "unit", "approximate")
_OF_A_PART = ("planned", "part")  # `part`: the region or municipality for which alone it holds
_BOUGHT = _one("Contract", "Procurement")
_AREAS = _one("Region", "Municipality")
_SELLABLE = _one("Contract", "Collaboration")
_PAPER = _one("Document")

PREDICATES = {
    p.name: p
    for p in (
        # of anything
        Predicate("name", ANY, ValueKind.TEXT, single=True),
        Predicate("description", ANY, ValueKind.TEXT, single=True),
        Predicate("alternateName", ANY, ValueKind.PLAIN, dated=True, qualifiers=("nameKind",)),
        Predicate("identifier", ANY, ValueKind.PLAIN, dated=True),
        Predicate("practice", ANY, ValueKind.TEXT, dated=True),
        Predicate("figure", ANY, ValueKind.NUMBER, dated=True, qualifiers=_FIGURE),
        Predicate("incomplete", ANY, ValueKind.TEXT, dated=True, qualifiers=("list",)),
        Predicate("complete", ANY, ValueKind.TEXT, dated=True, qualifiers=("list",)),
        # of organisations
        Predicate("exists", ORGANIZATIONS, ValueKind.FLAG, dated=True, qualifiers=_PLANNED),
        Predicate("memberOf", ORGANIZATIONS, ValueKind.THING, ORGANIZATIONS, "MEMBER_OF", dated=True, qualifiers=_MEMBERSHIP),
        Predicate("member", ORGANIZATIONS, ValueKind.THING, ORGANIZATIONS, "MEMBER_OF", inverse=True, dated=True, qualifiers=_MEMBERSHIP),
        Predicate("representedBy", ORGANIZATIONS, ValueKind.THING, ORGANIZATIONS, "REPRESENTS", inverse=True, dated=True, qualifiers=_AT),
        Predicate("kind", frozenset(KINDS_OF), ValueKind.WORD, single=True),
        Predicate("scale", _one("Collaboration", "GovernanceBody"), ValueKind.WORD, single=True),
        Predicate("legalForm", _one("Collaboration"), ValueKind.WORD, single=True),
        Predicate("purpose", _one("Collaboration"), ValueKind.TEXT, single=True),
        Predicate("isCertifiedInstitution", _one("Provider"), ValueKind.FLAG, single=True),
        Predicate("bodyOf", _one("GovernanceBody"), ValueKind.THING, ORGANIZATIONS, "BODY_OF", dated=True),
        Predicate("decides", _one("GovernanceBody"), ValueKind.TEXT, single=True),
        Predicate("prepares", _one("GovernanceBody"), ValueKind.THING, _one("GovernanceBody"), "PREPARES", dated=True),
        # of arrangements: what is delivered, where, by whom
        Predicate("delivers", _SELLABLE, ValueKind.THING, _one("CareFunction"), "DELIVERS", dated=True, qualifiers=_PLANNED),
        Predicate("concerns", _SELLABLE, ValueKind.THING, _one("CareFunction"), "CONCERNS", dated=True, qualifiers=_PLANNED),
        Predicate("covers", _SELLABLE, ValueKind.THING, _AREAS, "COVERS", dated=True, qualifiers=_PLANNED),
        Predicate("excepts", _SELLABLE, ValueKind.THING, _one("Municipality"), "EXCEPTS", dated=True),
        Predicate("runs", _one("Contract"), ValueKind.FLAG, dated=True, qualifiers=_PLANNED),
        Predicate("option", _one("Contract"), ValueKind.NUMBER, dated=True, qualifiers=("status",)),
        Predicate("buyer", _BOUGHT, ValueKind.THING, ORGANIZATIONS, "BUYS", inverse=True, dated=True, qualifiers=_OF_A_PART),
        Predicate(
            "supplier", _one("Contract"), ValueKind.THING, _one("Provider"), "SUPPLIES", inverse=True, dated=True, qualifiers=_OF_A_PART,
        ),
        Predicate(
            "contractManager", _one("Contract"), ValueKind.THING, ORGANIZATIONS, "MANAGES", inverse=True, dated=True,
            qualifiers=_OF_A_PART,
        ),
        Predicate("under", _one("Contract"), ValueKind.THING, _one("Collaboration"), "UNDER"),
        Predicate("procurement", _one("Contract", "Collaboration"), ValueKind.THING, _one("Procurement"), "FROM_PROCUREMENT"),
        Predicate("succeededBy", _one("Contract"), ValueKind.THING, _one("Contract"), "SUCCEEDED_BY", qualifiers=_OF_A_PART),
        Predicate("ocid", _one("Procurement"), ValueKind.PLAIN, single=True),
        Predicate("tenderPublished", _one("Procurement"), ValueKind.DATE, single=True),
        Predicate("awardDate", _one("Procurement"), ValueKind.DATE, single=True),
        Predicate("lot", _one("Procurement"), ValueKind.TEXT, qualifiers=("functions",)),
        # of care functions (SKOS)
        Predicate("notation", _one("CareFunction"), ValueKind.PLAIN, single=True),
        Predicate("definedBy", _one("CareFunction"), ValueKind.THING, ORGANIZATIONS, "DEFINED_BY"),
        Predicate("broader", _one("CareFunction"), ValueKind.THING, _one("CareFunction"), "BROADER"),
        Predicate("closeMatch", _one("CareFunction"), ValueKind.THING, _one("CareFunction"), "CLOSE_MATCH"),
        Predicate("requiresReferral", _one("CareFunction"), ValueKind.FLAG, single=True),
        Predicate("accessBy", _one("CareFunction", "Region"), ValueKind.WORD, dated=True),
        Predicate("leftTo", _one("CareFunction"), ValueKind.THING, _AREAS, "LEFT_TO", dated=True),
        Predicate("lackedBy", _one("CareFunction"), ValueKind.THING, _AREAS, "LACKED_BY", dated=True),
        # of documents, laws, instruments and rules
        Predicate("title", _PAPER, ValueKind.TEXT, dated=True),
        Predicate("text", _PAPER, ValueKind.TEXT, dated=True),
        Predicate("inForce", _PAPER, ValueKind.FLAG, dated=True),
        Predicate("issuedBy", _PAPER, ValueKind.THING, ORGANIZATIONS, "ISSUED_BY", dated=True),
        Predicate("binds", _PAPER, ValueKind.THING, ORGANIZATIONS, "BINDS", dated=True),
        Predicate("appliesTo", _PAPER, ValueKind.THING, frozenset(ENTITIES), "APPLIES_TO", dated=True),
        Predicate("usedBy", _PAPER, ValueKind.THING, frozenset(ENTITIES) - _PAPER, "USES", inverse=True, dated=True),
        # of events
        Predicate("date", _one("ChangeEvent"), ValueKind.DATE, single=True, qualifiers=_PLANNED),
        Predicate("original", _one("ChangeEvent"), ValueKind.THING, ORGANIZATIONS, "ORIGINAL"),
        Predicate("resulting", _one("ChangeEvent"), ValueKind.THING, ORGANIZATIONS, "RESULTING"),
        Predicate("basis", _one("ChangeEvent"), ValueKind.THING, _PAPER, "BASED_ON"),
        Predicate("about", _one("ChangeEvent"), ValueKind.THING, ANY, "TELLS_OF", qualifiers=("part",)),
    )
}  # fmt: skip

MEMBER_LISTS = ("members", "providers", "municipalities", "regions")
LISTS_WITH_COMPLETENESS = {  # the lists of a type that say whether they are complete, by the words of `words.LISTS`
    **dict.fromkeys(ORGANIZATIONS, MEMBER_LISTS), "Contract": ("suppliers", "providers", "municipalities", "members"),
}  # fmt: skip
WORDS_OF = {"scale": words.SCALES, "legalForm": words.LEGAL_FORMS, "accessBy": words.ACCESS_ROUTES}
WORDS_OF_QUALIFIER = {
    "role": words.ROLES, "nameKind": words.NAME_KINDS, "status": words.OPTION_STATUSES, "list": words.LISTS,
    "level": words.LEVELS, "measure": words.MEASURES, "unit": words.UNITS,
}  # fmt: skip
