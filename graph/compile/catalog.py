"""Which field of which type is answered how: the whole of the schema below its roots, type by type."""

from __future__ import annotations

from graph.answers.shape import bounds, carried, context, days_to_end, figure_holds, fuzzy, left_out, locator, organization_status
from graph.compile import claims, coverage
from graph.compile.contracts import contracts
from graph.compile.contracts import status as contract_status
from graph.compile.fields import (
    CLAIMS_OF,
    OF,
    SAID,
    Given,
    Handler,
    asked_language,
    computed,
    dated_id,
    expression,
    in_words,
    keyed,
    life_of,
    localized,
    period,
    period_of,
    project,
    prop,
    related,
    supported,
    words,
)
from graph.compile.holds import are_members, is_member
from graph.compile.memberships import FIELDS as MEMBERSHIP
from graph.compile.memberships import lead, memberships, representation, suppliers
from graph.compile.organizations import (
    COLLABORATION_FILTER,
    municipalities_of_region,
    organizations,
    outline,
    outline_nearest,
    outline_remark,
)
from graph.compile.rows import Build, Row, Scope
from graph.domain.languages import DEFAULT, LANGUAGES, language
from graph.question import Ask


def _short_name(build: Build, row: Row, scope: Scope, ask: Ask) -> str:
    """The name in daily use; of a thing without one its name."""
    return row.column(f"coalesce({scope.self}.shortName, {localized(scope.self, 'name', asked_language(ask))})")


ENTITY: dict[str, Handler] = {
    "id": dated_id(),
    "uri": prop("uri"),
    "slug": prop("slug"),
    "name": words("name"),
    "shortName": _short_name,
    "description": words("description"),
    "alternateNames": related("({x})<-[:NAMES]-({y})", "AlternateName", ("{y}.name", "{y}.key")),
    "identifiers": related("({x})<-[:IDENTIFIES]-({y})", "Identifier", ("{y}.scheme", "{y}.key")),
    "context": computed(context, Given.PARAMETERS, Given.DAY_NAME, Given.WANTED),
    "claims": claims.claims,
    "conflicts": claims.conflicts,
    "statedFigures": claims.stated_figures,
    "mentionedIn": related(f"({{x}}){SAID}<-[:ABOUT]-(:Claim)-[:FROM]->({{y}})", "Source", ("{y}.key",)),
    "uses": related("({x})-[{e}:USES]->({y})", "Document", dated=True),
    "subjectTo": related("({x})<-[{e}:BINDS|APPLIES_TO]-({y})", "Document", dated=True),
}
STATUS = computed(organization_status, life_of("{x}"), Given.DAY)
ORGANIZATION: dict[str, Handler] = ENTITY | {
    "status": STATUS,
    "statusLabel": in_words("ORGANIZATION_STATUSES", STATUS),
    "operationalPeriod": period(life_of),
    "predecessors": related(
        "({x})<-[:RESULTING]-({e}:ChangeEvent)-[:ORIGINAL]->({y}:Organization)", "Succession", ("{e}.key", "{y}.key"),
        where="{y}.key <> {x}.key", link=True,
    ),
    "successors": related(
        "({x})<-[:ORIGINAL]-({e}:ChangeEvent)-[:RESULTING]->({y}:Organization)", "Succession", ("{e}.key", "{y}.key"),
        where="{y}.key <> {x}.key", link=True,
    ),
    "represents": representation("({x})-[{e}:REPRESENTS]->({y})"),
    "representedBy": representation("({x})<-[{e}:REPRESENTS]-({y})"),
    "issued": related("({x})<-[{e}:ISSUED_BY]-({y})", "Document", dated=True),
    "changes": related(
        "({x})<-[:ORIGINAL|RESULTING|TELLS_OF]-({y}:ChangeEvent)", "ChangeEvent", ("coalesce(toString({y}.dateEarliest), '')", "{y}.key")
    ),
    "memberships": memberships(of_member=True),
    "members": memberships(of_member=False),
}  # fmt: skip
WORD = language(DEFAULT).property("value")  # where a claim keeps a word of a closed list


def _in_region(kind: str) -> Handler:
    return related("({x})-[{e}:MEMBER_OF]->({y}:Region {{kind: '" + kind + "'}})", "Region", where=is_member("{e}"), dated=True, one=True)


# Patterns name no label where the model lets a relationship lead to things of one kind only: see `tests/graph/compile/test_ends.py`.
FIGURES = claims.figures()
ACCESS = related(f"({{x}}){SAID}<-[:ABOUT]-({{y}}:Claim)", "Access", ("{y}.key",), where="{y}.predicate = 'accessBy'")
COVERS = related("({x})-[{e}:COVERS]->({y})", "Organization", dated=True)
EXCEPTIONS = related("({x})-[{e}:EXCEPTS]->({y})", "Municipality", dated=True)
FUNCTIONS = related("({x})-[{e}:DELIVERS|CONCERNS]->({y})", "CareFunction", dated=True)
CLAIM = keyed("Claim", "claim")
# A claim about an event is a claim about what the event is about: an event is no Entity of the contract.
SUBJECT = related(
    f"({{x}})-[:ABOUT]->(:Bundle){OF}()-[:ORIGINAL|RESULTING|TELLS_OF*0..1]->({{y}}:Entity)", "Entity", ("{y}.key",),
    where="NOT {y}:ChangeEvent", one=True,
)  # fmt: skip

LEFT_OUT_TEXTS = [f"{{x}}.{each.property('leftOutText')}" for each in LANGUAGES]  # each is there in every language
PLANNED = expression("coalesce({x}.planned, false)")
CERTAINTY = expression("CASE WHEN {x}.planned THEN 'UNCERTAIN' ELSE 'CERTAIN' END")  # of an event that a source tells of

CATALOG: dict[str, dict[str, Handler]] = {
    "Entity": ENTITY,
    "Organization": ORGANIZATION,
    "CoveragePath": coverage.PATH_FIELDS,
    "PathStep": coverage.STEP_FIELDS,
    "Municipality": ORGANIZATION | {
        "code": prop("code"),
        "province": _in_region("PROVINCE"),
        "youthRegion": _in_region("YOUTH_REGION"),
        "subregion": _in_region("SUBREGION"),
        "geometry": outline,
        "geometryNearest": outline_nearest,
        "geometryRemark": outline_remark,
        "coverage": coverage.of_municipality,
        "contracts": contracts(),
    },
    "Region": ORGANIZATION | {
        "kind": prop("kind"),
        "kindLabel": in_words("REGION_KINDS", prop("kind")),
        "geometry": outline,
        "geometryNearest": outline_nearest,
        "geometryRemark": outline_remark,
        "municipalities": municipalities_of_region,
        "collaborations": organizations(
            "Collaboration", "({x})<-[within:MEMBER_OF*0..1]-(:Organization)-[{e}:MEMBER_OF]->({y}:Collaboration)",
            where=are_members("within", "{day}"), meeting=COLLABORATION_FILTER,
        ),
        "figures": FIGURES,
        "functions": related("({x})<-[:DEFINED_BY]-({y})", "CareFunction"),
        "accessBy": ACCESS,
        "contracts": contracts("({y}:Contract)-[{e}:COVERS]->({x})"),
    },
    "Collaboration": ORGANIZATION | {
        "kind": prop("kind"),
        "scale": prop("scale"),
        "legalForm": prop("legalForm"),
        "kindLabel": in_words("COLLABORATION_KINDS", prop("kind")),
        "scaleLabel": in_words("SCALES", prop("scale")),
        "legalFormLabel": in_words("LEGAL_FORMS", prop("legalForm")),
        "purpose": words("purpose"),
        "functions": FUNCTIONS,
        "coveredMunicipalities": coverage.covered_municipalities,
        "covers": COVERS,
        "exceptions": EXCEPTIONS,
        "lead": lead,
        "procurements": related("({x})<-[:UNDER*0..1]-()-[:FROM_PROCUREMENT]->({y}:Procurement)", "Procurement"),
        "contracts": contracts("({x})<-[:UNDER]-({y})", counted=True),
        "documents": related(
            f"({{x}})-[:USES]->(){SAID}<-[:ABOUT]-({{y}}:Claim)", "Claim", ("{y}.key",), where="{y}.predicate = 'title'"
        ),
        "figures": FIGURES,
    },
    "Provider": ORGANIZATION | {
        "isCertifiedInstitution": prop("isCertifiedInstitution"),
        "contracts": contracts("({x})-[{e}:SUPPLIES]->({y})"),
    },
    "PublicBody": ORGANIZATION,
    "GovernanceBody": ORGANIZATION | {
        "scale": prop("scale"),
        "scaleLabel": in_words("SCALES", prop("scale")),
        "decides": words("decides"),
        "prepares": related("({x})-[{e}:PREPARES]->({y})", "GovernanceBody", dated=True),
        "bodyOf": related("({x})-[{e}:BODY_OF]->({y})", "Organization", dated=True),
    },
    "CareFunction": ENTITY | {
        "notation": expression("coalesce({x}.notation, {x}.slug)"),
        "definedBy": related("({x})-[:DEFINED_BY]->({y})", "Organization", one=True),
        "broader": related("({x})-[:BROADER]->({y})", "CareFunction"),
        "narrower": related("({x})<-[:BROADER]-({y})", "CareFunction"),
        "closeMatches": related("({x})-[:CLOSE_MATCH]-({y})", "CareFunction"),
        "requiresReferral": prop("requiresReferral"),
        "accessBy": ACCESS,
    },
    "Procurement": ENTITY | {
        "ocid": prop("ocid"),
        "buyers": related("({x})<-[{e}:BUYS]-({y})", "Organization", dated=True),
        "tenderPublished": computed(fuzzy, "{x}.tenderPublishedEdtf", Given.WANTED),
        "awardDate": computed(fuzzy, "{x}.awardDateEdtf", Given.WANTED),
        "lots": related("({x})<-[:LOT_OF]-({y})", "Lot", ("{y}.key",)),
        "contracts": contracts("({x})<-[:FROM_PROCUREMENT]-({y}:Contract)"),
    },
    "Contract": ENTITY | {
        "procurement": related("({x})-[:FROM_PROCUREMENT]->({y})", "Procurement", one=True),
        "collaboration": related("({x})-[:UNDER]->({y})", "Collaboration", one=True),
        "buyers": related("({x})<-[{e}:BUYS]-({y})", "Organization", dated=True),
        "suppliers": suppliers,
        "supplierCounts": claims.figures("{y}.measure = 'SUPPLIERS'"),
        "figures": FIGURES,
        "contractManager": related("({x})<-[{e}:MANAGES]-({y})", "Organization", dated=True, one=True),
        "functions": FUNCTIONS,
        "status": contract_status,
        "statusLabel": in_words("CONTRACT_STATUSES", contract_status),
        "isPlanned": PLANNED,
        "period": period(extent=True),
        "options": related("({x})<-[:OPTION_OF]-({y})", "ContractOption", ("{y}.number", "{y}.key")),
        "daysToEnd": computed(days_to_end, "toString({x}.validTo)", "{x}.endEdtf", Given.DAY),
        "succeededBy": related("({x})-[:SUCCEEDED_BY]->({y})", "Contract", one=True),
        "succeeds": related("({x})<-[:SUCCEEDED_BY]-({y})", "Contract"),
        "coveredMunicipalities": coverage.covered_municipalities,
        "covers": COVERS,
        "exceptions": EXCEPTIONS,
    },
    "Document": ENTITY | {
        "kind": prop("kind"),
        "inForce": period(life_of),
        "texts": related(
            f"({{x}}){SAID}<-[:ABOUT]-({{y}}:Claim)", "Claim", ("{y}.key",), where="{y}.predicate IN ['title', 'text']"
        ),
        "issuedBy": related("({x})-[{e}:ISSUED_BY]->({y})", "Organization", dated=True),
        "binds": related("({x})-[{e}:BINDS]->({y})", "Organization", dated=True),
        "appliesTo": related("({x})-[{e}:APPLIES_TO]->({y})", "Entity", dated=True),
        "usedBy": related("({x})<-[{e}:USES]-({y})", "Entity", dated=True),
        "figures": FIGURES,
    },
    "Membership": MEMBERSHIP,
    "AlternateName": {
        "name": prop("name"), "kind": prop("kind"), "kindLabel": in_words("NAME_KINDS", prop("kind")),
        "validity": period(life_of), "claim": CLAIM,
    },
    "Identifier": {
        "scheme": prop("scheme"), "id": prop("id"), "uri": prop("uri"), "validity": period(life_of), "isWellFormed": prop("isWellFormed"),
    },
    "Representation": {
        "organization": lambda build, row, scope, ask: project(build, row, scope.at("Organization", scope.others["organization"]), ask),
        "level": prop("level"),
        "period": period(),
        "claims": supported(CLAIMS_OF, "Claim"),
    },
    "Access": {
        "route": expression("{x}." + WORD),
        "claim": lambda build, row, scope, ask: project(build, row, scope.at("Claim", scope.self), ask),
    },
    "Succession": {
        "organization": lambda build, row, scope, ask: project(build, row, scope.at("Organization", scope.self), ask),
        "event": lambda build, row, scope, ask: project(build, row, scope.at("ChangeEvent", scope.others["edge"]), ask),
    },
    "ChangeEvent": {
        "id": ENTITY["id"],
        "date": computed(fuzzy, "{x}.dateEdtf", Given.WANTED),
        "kind": prop("kind"),
        "label": words("name"),
        "kindLabel": in_words("MOMENT_KINDS", prop("kind")),
        "certainty": CERTAINTY,
        "certaintyLabel": in_words("CERTAINTIES", CERTAINTY),
        "isPlanned": PLANNED,
        "about": related("({x})-[:TELLS_OF]->({y}:Entity)", "Entity", where="NOT {y}:ChangeEvent"),
        "original": related("({x})-[:ORIGINAL]->({y})", "Organization"),
        "resulting": related("({x})-[:RESULTING]->({y})", "Organization"),
        "basis": related("({x})-[:BASED_ON]->({y})", "Document"),
        "claims": related(f"({{x}}){SAID}<-[:ABOUT]-({{y}}:Claim)", "Claim", ("{y}.key",)),
    },
    "Lot": {
        "id": prop("key"),
        "title": words("title"),
        "functions": related("({y}:CareFunction)", "CareFunction", where="{y}.key IN {x}.functions"),
    },
    "ContractOption": {
        "number": prop("number"), "period": period(), "status": prop("status"),
        "statusLabel": in_words("OPTION_STATUSES", prop("status")),
    },
    "Figure": {
        "id": dated_id("figure/"),
        "subject": related(f"({{x}})-[:FIGURE_OF]->(:Bundle){OF}({{y}})", "Entity", one=True),
        "measure": prop("measure"),
        "label": words("label"),
        "functions": related("({y}:CareFunction)", "CareFunction", where="{y}.key IN {x}.functions"),
        "number": prop("number"),
        "unit": prop("unit"),
        "holds": computed(figure_holds, period_of("{x}"), Given.DAY),
        "period": period(),
        "approximate": prop("approximate"),
        "claim": CLAIM,
    },
    "Claim": {
        "id": dated_id("claim/"),
        "subject": SUBJECT,
        "predicate": prop("predicate"),
        "predicateLabel": claims.label,
        "value": claims.value,
        "figure": keyed("Figure", "key"),
        "validity": period(),
        "carriedForward": computed(carried, "{x}.endKnown", "toString({x}.written)", Given.DAY),
        "rank": prop("rank"),
        "rankReason": words("rankReason"),
        "method": prop("method"),
        "source": related("({x})-[:FROM]->({y})", "Source", ("{y}.key",), one=True),
        "dataset": keyed("Dataset", "dataset", "ClaimDataset"),
        "locator": computed(locator, "[{x}.section, {x}.page, {x}.paragraph, {x}.footnote, {x}.deepLink]", Given.WANTED),
        "summary": words("summary"),
        "contradicts": related("({x})<-[:BETWEEN]-(:Conflict)-[:BETWEEN]->({y}:Claim)", "Claim", ("{y}.key",), where="{y}.key <> {x}.key"),
    },
    "ClaimChange": claims.CHANGE_FIELDS,
    "Dataset": {
        "slug": prop("key"),
        "title": words("title"),
        "scope": words("scope"),
        "version": prop("version"),
        "publisher": prop("publisher"),
        "licence": prop("licence"),
        "checkedOn": expression("toString({x}.checkedOn)"),
        "claimCount": prop("claimCount"),
        "sources": supported("({y}:Source {{key: {k}}})", "Source", keys="{x}.sources"),
    },
    "Source": {
        "id": dated_id("source/"),
        "title": prop("title"),
        "kind": prop("kind"),
        "kindLabel": in_words("SOURCE_KINDS", prop("kind")),
        "publisher": prop("publisher"),
        "url": prop("url"),
        "publishedOn": computed(fuzzy, "{x}.publishedEdtf", Given.WANTED),
        "writtenBetween": computed(bounds, "toString({x}.writtenEarliest)", "toString({x}.writtenLatest)", Given.WANTED, Given.PARAMETERS),
        "writtenReason": words("writtenReason"),
        "licence": prop("licence"),
        "readOn": expression("toString({x}.readOn)"),
        "leftOut": computed(left_out, "{x}.leftOutSections", "{x}.leftOutReasons", Given.WANTED, *LEFT_OUT_TEXTS),
        "claims": claims.claims,
    },
    "Conflict": {
        "id": dated_id("conflict/"),
        "key": prop("key"),
        "subject": related(f"({{x}})-[:ABOUT]->(:Bundle){OF}({{y}}:Entity)", "Entity", one=True),
        "predicate": prop("predicate"),
        "kind": prop("kind"),
        "kindLabel": in_words("CONFLICT_KINDS", prop("kind")),
        "status": prop("status"),
        "statusLabel": in_words("CONFLICT_STATUSES", prop("status")),
        "claims": related("({x})-[:BETWEEN]->({y})", "Claim", ("{y}.key",)),
        "chosen": related("({x})-[:BETWEEN {{chosen: true}}]->({y})", "Claim", ("{y}.key",), one=True),
        "rule": prop("rule"),
        "ruleLabel": claims.rule_label,
        "explanation": words("explanation"),
    },
}  # fmt: skip
