"""The model: which things exist, what can be said of them, and how that stands in Neo4j.

Everything that names a label, a relationship type or a property takes the name from here; so do the
constraints, the check of the claims and the compiler. It knows no YAML, no GraphQL and no driver.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

# ── things ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class EntityType:
    """A kind of thing. `prefix` opens its keys (`municipality/zaanstad`); `label` is its Neo4j label."""

    label: str
    prefix: str
    organization: bool = False
    arrangement: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels of a node of this type, the most general first."""
        more = ("Organization",) * self.organization + ("Arrangement",) * self.arrangement
        return ("Entity", *more, self.label)


MUNICIPALITY = EntityType("Municipality", "municipality", organization=True)
REGION = EntityType("Region", "region", organization=True)
COLLABORATION = EntityType("Collaboration", "collaboration", organization=True, arrangement=True)
PROVIDER = EntityType("Provider", "provider", organization=True)
PUBLIC_BODY = EntityType("PublicBody", "publicbody", organization=True)
GOVERNANCE_BODY = EntityType("GovernanceBody", "governancebody", organization=True)
CONTRACT = EntityType("Contract", "contract", arrangement=True)
PROCUREMENT = EntityType("Procurement", "procurement")
CARE_FUNCTION = EntityType("CareFunction", "function")
CHANGE_EVENT = EntityType("ChangeEvent", "event")

ENTITY_TYPES = {
    t.label: t
    for t in (
        MUNICIPALITY, REGION, COLLABORATION, PROVIDER, PUBLIC_BODY, GOVERNANCE_BODY,
        CONTRACT, PROCUREMENT, CARE_FUNCTION, CHANGE_EVENT,
    )
}  # fmt: skip
TYPE_OF_PREFIX = {t.prefix: t for t in ENTITY_TYPES.values()}
ORGANIZATIONS = frozenset(t.label for t in ENTITY_TYPES.values() if t.organization)
ARRANGEMENTS = frozenset(t.label for t in ENTITY_TYPES.values() if t.arrangement)
ANY = frozenset(ENTITY_TYPES)


# ── closed lists ──────────────────────────────────────────────────────────────────────────────────

ROLES = (
    "MEMBER", "LEAD", "ACCOUNT_HOLDER", "COORDINATOR", "HOST", "COMMISSIONER",
    "MANDATED_REPRESENTATIVE", "PROVIDER", "PARTNER", "ORGANIZER", "OBSERVER",
)  # fmt: skip
REGION_KINDS = ("YOUTH_REGION", "SUBREGION", "LANDSDEEL", "PROVINCE", "CITY_REGION", "NATIONAL")
COLLABORATION_KINDS = (
    "JOINT_PROCUREMENT", "EXPERTISE_NETWORK", "TRANSFORMATION_PROGRAMME", "CRISIS_SERVICE", "FUNDING",
    "PILOT", "SUPPORT_TEAM", "CHAIN_AGREEMENT", "ACTION_PLAN", "EDUCATION_PARTNERSHIP", "JOINT_ARRANGEMENT",
)  # fmt: skip
SCALES = ("LOCAL", "REGIONAL", "SUPRA_REGIONAL", "LANDSDEEL", "NATIONAL")
LEGAL_FORMS = (
    "OPENBAAR_LICHAAM", "BEDRIJFSVOERINGSORGANISATIE", "GEMEENSCHAPPELIJK_ORGAAN", "CENTRUMREGELING",
    "REGELING_ZONDER_MEER", "CONVENANT", "DVO", "INFORMAL",
)  # fmt: skip
EVENT_KINDS = (
    "MERGER", "SPLIT", "RENAME", "CODE_CHANGE", "FOUNDATION", "DISSOLUTION", "JOIN", "LEAVE",
    "TENDER", "CONTRACT_START", "CONTRACT_EXTENSION", "CONTRACT_END", "AGREEMENT",
)  # fmt: skip
NAME_KINDS = ("OFFICIAL", "SHORT", "ABBREVIATION", "FORMER", "MISSPELLING")
IDENTIFIER_SCHEMES = (
    "CBS_GM", "CBS_JZ", "CBS_PV", "TOOI", "KVK", "RSIN", "OIN", "AGB", "OCID", "TENDERNED", "WIKIDATA", "ROO", "LOCAL",
)  # fmt: skip
OPTION_STATUSES = ("OPEN", "EXERCISED", "LAPSED", "UNKNOWN")
LISTS = ("members", "providers", "municipalities", "buyers", "suppliers", "functions", "regions")
RANKS = ("PREFERRED", "NORMAL", "DEPRECATED")
METHODS = ("STATED", "DERIVED", "MANUAL", "REGISTRY_IMPORT")
CONFLICT_KINDS = ("VALUE", "VALIDITY", "MEMBERS", "NAMING", "COUNT", "SCOPE")
CONFLICT_STATUSES = ("OPEN", "EXPLAINED", "RESOLVED")

KINDS_OF = {"Region": REGION_KINDS, "Collaboration": COLLABORATION_KINDS, "ChangeEvent": EVENT_KINDS}


# ── what can be said ──────────────────────────────────────────────────────────────────────────────


class ValueKind(Enum):
    """What stands to the right of a predicate."""

    TEXT = "a text in Dutch and, where there is one, English"
    WORD = "one word of a closed list"
    PLAIN = "a text without language: a name, a code"
    NUMBER = "a number"
    DATE = "a date, as vague as its source (EDTF)"
    FLAG = "yes or no"
    THING = "the key of another thing, or a list of keys"


@dataclass(frozen=True, slots=True)
class Predicate:
    """Something that a claim can say. `relation` names the relationship that an accepted claim becomes.

    The relationship runs from the subject to the value, or from the value to the subject where `inverse`.
    A predicate without a relation sets a property (`single`) or stays a claim beside its subject.
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


def _one(*types: EntityType) -> frozenset[str]:
    return frozenset(t.label for t in types)


_MEMBERSHIP = ("role", "roleLabel", "takesPart", "onBehalfOf")
_PLANNED = ("planned",)
_BOUGHT = _one(CONTRACT, PROCUREMENT)
_AREAS = _one(REGION, MUNICIPALITY)
_SELLABLE = _one(CONTRACT, COLLABORATION)

PREDICATES = {
    p.name: p
    for p in (
        # of anything
        Predicate("name", ANY, ValueKind.TEXT, single=True),
        Predicate("description", ANY, ValueKind.TEXT, single=True),
        Predicate("alternateName", ANY, ValueKind.PLAIN, dated=True, qualifiers=("nameKind",)),
        Predicate("identifier", ANY, ValueKind.PLAIN, dated=True),
        Predicate("document", ANY, ValueKind.TEXT, dated=True),
        Predicate("instrument", ANY, ValueKind.TEXT, dated=True),
        Predicate("rule", ANY, ValueKind.TEXT, dated=True),
        Predicate("practice", ANY, ValueKind.TEXT, dated=True),
        Predicate("figure", ANY, ValueKind.NUMBER, dated=True, qualifiers=("measure", "unit", "approximate")),
        Predicate("incomplete", ANY, ValueKind.TEXT, qualifiers=("list",)),
        Predicate("complete", ANY, ValueKind.TEXT, qualifiers=("list",)),
        # of organisations
        Predicate("exists", ORGANIZATIONS, ValueKind.FLAG, dated=True),
        Predicate("memberOf", ORGANIZATIONS, ValueKind.THING, ORGANIZATIONS, "MEMBER_OF", dated=True, qualifiers=_MEMBERSHIP),
        Predicate("member", ORGANIZATIONS, ValueKind.THING, ORGANIZATIONS, "MEMBER_OF", inverse=True, dated=True, qualifiers=_MEMBERSHIP),
        Predicate("kind", frozenset(KINDS_OF), ValueKind.WORD, single=True),
        Predicate("scale", _one(COLLABORATION, GOVERNANCE_BODY), ValueKind.WORD, single=True),
        Predicate("legalForm", _one(COLLABORATION), ValueKind.WORD, single=True),
        Predicate("purpose", _one(COLLABORATION), ValueKind.TEXT, single=True),
        Predicate("isCertifiedInstitution", _one(PROVIDER), ValueKind.FLAG, single=True),
        Predicate("bodyOf", _one(GOVERNANCE_BODY), ValueKind.THING, ORGANIZATIONS, "BODY_OF", dated=True),
        Predicate("decides", _one(GOVERNANCE_BODY), ValueKind.TEXT, single=True),
        Predicate("prepares", _one(GOVERNANCE_BODY), ValueKind.THING, _one(GOVERNANCE_BODY), "PREPARES", dated=True),
        # of arrangements: what is delivered, where, by whom
        Predicate("delivers", _SELLABLE, ValueKind.THING, _one(CARE_FUNCTION), "DELIVERS", dated=True),
        Predicate("concerns", _SELLABLE, ValueKind.THING, _one(CARE_FUNCTION), "CONCERNS", dated=True),
        Predicate("covers", _SELLABLE, ValueKind.THING, _AREAS, "COVERS", dated=True),
        Predicate("excepts", _SELLABLE, ValueKind.THING, _one(MUNICIPALITY), "EXCEPTS", dated=True),
        Predicate("runs", _one(CONTRACT), ValueKind.FLAG, dated=True, qualifiers=_PLANNED),
        Predicate("option", _one(CONTRACT), ValueKind.NUMBER, dated=True, qualifiers=("status",)),
        Predicate("buyer", _BOUGHT, ValueKind.THING, ORGANIZATIONS, "BUYS", inverse=True, dated=True, qualifiers=_PLANNED),
        Predicate("supplier", _one(CONTRACT), ValueKind.THING, _one(PROVIDER), "SUPPLIES", inverse=True, dated=True),
        Predicate("contractManager", _one(CONTRACT), ValueKind.THING, ORGANIZATIONS, "MANAGES", inverse=True, dated=True),
        Predicate("under", _one(CONTRACT), ValueKind.THING, _one(COLLABORATION), "UNDER"),
        Predicate("procurement", _one(CONTRACT, COLLABORATION), ValueKind.THING, _one(PROCUREMENT), "FROM_PROCUREMENT"),
        Predicate("succeededBy", _one(CONTRACT), ValueKind.THING, _one(CONTRACT), "SUCCEEDED_BY"),
        Predicate("ocid", _one(PROCUREMENT), ValueKind.PLAIN, single=True),
        Predicate("tenderPublished", _one(PROCUREMENT), ValueKind.DATE, single=True),
        Predicate("awardDate", _one(PROCUREMENT), ValueKind.DATE, single=True),
        Predicate("lot", _one(PROCUREMENT), ValueKind.TEXT, qualifiers=("functions",)),
        # of care functions (SKOS)
        Predicate("notation", _one(CARE_FUNCTION), ValueKind.PLAIN, single=True),
        Predicate("definedBy", _one(CARE_FUNCTION), ValueKind.THING, ORGANIZATIONS, "DEFINED_BY"),
        Predicate("broader", _one(CARE_FUNCTION), ValueKind.THING, _one(CARE_FUNCTION), "BROADER"),
        Predicate("closeMatch", _one(CARE_FUNCTION), ValueKind.THING, _one(CARE_FUNCTION), "CLOSE_MATCH"),
        Predicate("requiresReferral", _one(CARE_FUNCTION), ValueKind.FLAG, single=True),
        Predicate("leftTo", _one(CARE_FUNCTION), ValueKind.THING, _AREAS, "LEFT_TO", dated=True),
        Predicate("lackedBy", _one(CARE_FUNCTION), ValueKind.THING, _AREAS, "LACKED_BY", dated=True),
        # of events
        Predicate("date", _one(CHANGE_EVENT), ValueKind.DATE, single=True),
        Predicate("original", _one(CHANGE_EVENT), ValueKind.THING, ORGANIZATIONS, "ORIGINAL"),
        Predicate("resulting", _one(CHANGE_EVENT), ValueKind.THING, ORGANIZATIONS, "RESULTING"),
        Predicate("about", _one(CHANGE_EVENT), ValueKind.THING, ANY, "TELLS_OF"),
    )
}  # fmt: skip

WORDS_OF = {"scale": SCALES, "legalForm": LEGAL_FORMS}
WORDS_OF_QUALIFIER = {
    "role": ROLES, "nameKind": NAME_KINDS, "status": OPTION_STATUSES, "list": LISTS,
}  # fmt: skip
