"""Own facts and blocks of each type of thing: the saved question that asks it, its facts, and its blocks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.pages.things import contracts, parties
from api.pages.things.blocks import Block, Cell, Desk, Part
from graph.domain.words import ACCESS_ROUTES, DOCUMENT_KINDS

Facts = list[tuple[str, Cell]]


@dataclass(frozen=True, slots=True)
class Own:
    """The part that only things of one type have: facts, blocks, and memberships that others hold on its behalf.

    The blocks are made when they are called for: notes have their numbers in the order of the page.
    """

    facts: Sequence[tuple[str, Cell]] = ()
    blocks: Callable[[], Sequence[Block | None]] = tuple
    on_its_behalf: Sequence[Mapping[str, Any]] = ()


async def municipality(desk: Desk, ref: str) -> Own:
    data = (await _ask(desk, "MunicipalityWithContracts", ref))["municipality"]
    facts = [(desk.t("fact.code"), Cell((Part(data["code"]),), desk.said("identifier", f"CBS_GM:{data['code']}")))]
    for key in ("youthRegion", "subregion", "province"):
        if data[key]:
            facts.append((desk.t(f"fact.{key}"), desk.things([data[key]], "takesPart")))
    slug = ref.partition("/")[2]
    coverage = Part(desk.t("fact.coverage_link"), desk.visit.link("coverage", municipality=slug))
    return Own([*facts, (desk.t("fact.coverage"), Cell((coverage,)))], lambda: [contracts.listed(desk, data["contracts"])])


async def region(desk: Desk, ref: str) -> Own:
    data = await _ask(desk, "RegionWithContracts", ref, collaborationsAfter=desk.visit.one("collaborationsAfter") or None)
    found = data["region"]
    facts = [(desk.t("fact.kind"), Cell((Part(found["kindLabel"]),), desk.said("kind")))]
    if found["functions"]:
        facts.append((desk.t("fact.division"), desk.things(found["functions"])))
    if found["accessBy"]:
        facts.append((desk.t("fact.access"), access(desk, found["accessBy"])))
    listed: Mapping[str, Any] | None = None
    if found["kind"] in ("YOUTH_REGION", "SUBREGION"):
        slug = ref.partition("/")[2]
        coverage = Part(desk.t("fact.coverage_link"), desk.visit.link("coverage", region=slug))
        facts.append((desk.t("fact.coverage"), Cell((coverage,))))
        after = desk.visit.one("municipalitiesAfter") or None
        of_region = (await desk.visit.ask("MunicipalitiesWithMemberships", region=ref, after=after))["region"]
        listed = {**of_region["municipalities"], "uri": of_region["uri"]}
        facts.insert(0, (desk.t("fact.municipalities"), _counted(desk, listed)))
    else:
        count = desk.count("fact.counted", found["municipalities"]["totalCount"])
        facts.insert(0, (desk.t("fact.municipalities"), Cell((Part(count),))))
    return Own(
        facts,
        lambda: [
            parties.shared(desk, listed) if listed else None, parties.collaborations(desk, found["collaborations"]),
            parties.bodies(desk, data["governance"]), contracts.listed(desk, found["contracts"]),
        ],
        list(parties.on_behalf_of(found["uri"], listed["nodes"])) if listed else (),
    )  # fmt: skip


def _counted(desk: Desk, listed: Mapping[str, Any]) -> Cell:
    """Returns how many municipalities there are, with the names of those that are listed."""
    names = [desk.part(one) for one in listed["nodes"]]
    claims = [
        claim
        for one in listed["nodes"]
        for membership in one["memberships"]["nodes"]
        if membership["organization"]["uri"] == listed["uri"]
        for claim in membership["claims"]
    ]
    return Cell((Part(desk.count("fact.counted", listed["totalCount"])), *names), tuple(desk.notes.of(claims)))


async def collaboration(desk: Desk, ref: str) -> Own:
    data = (await _ask(desk, "CollaborationWithContracts", ref))["collaboration"]
    desk.learn(data["basis"]["nodes"])
    facts = Facts()
    for key, predicate in (("kindLabel", "kind"), ("scaleLabel", "scale"), ("legalFormLabel", "legalForm"), ("purpose", "purpose")):
        unsaid = desk.t("fact.not_said")
        part = desk.prose(data, key, unsaid) if key == "purpose" else Part(data[key] or unsaid)
        facts.append((desk.t(f"fact.{predicate}"), Cell((part,), desk.said(predicate))))
    for key, predicate in (("functions", "delivers"), ("covers", "covers"), ("exceptions", "excepts"), ("procurements", "procurement")):
        if data[key]:
            facts.append((desk.t(f"fact.{key}"), desk.things(data[key], predicate)))
    return Own(facts, lambda: [*contracts.covered(desk, data["coveredMunicipalities"]), contracts.listed(desk, data["contracts"])])


async def provider(desk: Desk, ref: str) -> Own:
    data = (await _ask(desk, "ProviderWithContracts", ref))["provider"]
    desk.learn(data["basis"]["nodes"])
    facts = [(desk.t("fact.certified"), Cell((Part(_yes(desk, data["isCertifiedInstitution"])),), desk.said("isCertifiedInstitution")))]
    return Own(facts, lambda: [contracts.listed(desk, data["contracts"])])


async def public_body(desk: Desk, ref: str) -> Own:
    return Own()


async def body(desk: Desk, ref: str) -> Own:
    data = (await _ask(desk, "BodyWithTasks", ref))["entity"]
    facts = [
        (desk.t("fact.decides"), Cell((desk.prose(data, "decides", desk.t("fact.not_said")),), desk.said("decides"))),
        (desk.t("fact.scale"), Cell((Part(data["scaleLabel"] or desk.t("fact.not_said")),), desk.said("scale"))),
    ]
    for key in ("bodyOf", "prepares"):
        if data[key]:
            facts.append((desk.t(f"fact.{key}"), desk.things(data[key], key)))
    return Own(facts)


async def contract(desk: Desk, ref: str) -> Own:
    after = desk.visit.one("after") or None
    data = (await desk.visit.ask("ContractWithOptions", contract=ref, after=after, first=100))["contract"]
    return Own(contracts.about(desk, data), lambda: list(contracts.blocks(desk, data)))


async def procurement(desk: Desk, ref: str) -> Own:
    data = (await _ask(desk, "ProcurementWithContracts", ref))["entity"]
    desk.learn(data["basis"]["nodes"])
    facts = [(desk.t("fact.buyers"), desk.things(data["buyers"], "buyer"))] if data["buyers"] else Facts()
    for key in ("tenderPublished", "awardDate"):
        text = data[key]["label"] if data[key] else desk.t("fact.not_said")
        facts.append((desk.t(f"fact.{key}"), Cell((Part(text),), desk.said(key))))
    if data["ocid"]:
        facts.append((desk.t("fact.ocid"), Cell((Part(data["ocid"]),), desk.said("ocid"))))
    return Own(facts, lambda: [_lots(desk, data["lots"]), contracts.listed(desk, data["contracts"])])


def _lots(desk: Desk, lots: Sequence[Mapping[str, Any]]) -> Block | None:
    header = tuple(desk.t(f"lots.{name}") for name in ("number", "name", "functions"))
    rows = tuple((Cell((Part(lot["id"]),), desk.said("lot")), desk.words(lot["title"]), desk.things(lot["functions"])) for lot in lots)
    return Block("lots", desk.t("lots.title"), caption=desk.count("lots.caption", len(rows)), header=header, rows=rows) if rows else None


async def function(desk: Desk, ref: str) -> Own:
    data = await _ask(desk, "CareFunctionWithContracts", ref)
    found = data["entity"]
    desk.learn(found["basis"]["nodes"])
    facts = [(desk.t("fact.notation"), Cell((Part(found["notation"]),), desk.said("notation")))]
    if found["definedBy"]:
        facts.append((desk.t("fact.definedBy"), desk.things([found["definedBy"]], "definedBy")))
    for key, predicate in (("broader", "broader"), ("narrower", "narrower"), ("closeMatches", "closeMatch")):
        if found[key]:
            facts.append((desk.t(f"fact.{key}"), desk.things(found[key], predicate)))
    referral = _yes(desk, found["requiresReferral"])
    facts.append((desk.t("fact.referral"), Cell((Part(referral),), desk.said("requiresReferral"))))
    if found["accessBy"]:
        facts.append((desk.t("fact.access"), access(desk, found["accessBy"])))
    return Own(facts, lambda: [contracts.listed(desk, data["contracts"])])


async def document(desk: Desk, ref: str) -> Own:
    data = (await _ask(desk, "DocumentWithParties", ref))["document"]
    desk.learn(data["basis"]["nodes"])
    kind = DOCUMENT_KINDS.name(data["kind"], desk.visit.address.language.code)
    facts = [(desk.t("fact.kind"), Cell((Part(kind),), desk.said("kind")))]
    if data["inForce"]:
        start, end = (data["inForce"][side] for side in ("start", "end"))
        unknown = desk.t("contracts.unknown")
        text = desk.t("contracts.span", start=start["label"] if start else unknown, end=end["label"] if end else unknown)
        facts.append((desk.t("fact.inForce"), Cell((Part(text),), desk.said("inForce"))))
    for key in ("issuedBy", "binds", "appliesTo", "usedBy"):
        if data[key]:
            facts.append((desk.t(f"fact.{key}"), desk.things(data[key], key)))
    return Own(facts, lambda: [_texts(desk, data["texts"])])


def _texts(desk: Desk, claims: Sequence[Mapping[str, Any]]) -> Block | None:
    items = tuple(desk.words(claim["value"].get("text"), [claim], claim["value"].get("lang")) for claim in claims)
    return Block("texts", desk.t("texts.title"), items=items) if items else None


async def _ask(desk: Desk, name: str, ref: str, **variables: Any) -> dict[str, Any]:
    return await desk.visit.ask(name, ref=ref, contractsAfter=desk.visit.one("contractsAfter") or None, **variables)


def access(desk: Desk, ways: Sequence[Mapping[str, Any]]) -> Cell:
    """Returns by whom one is referred to care."""
    language = desk.visit.address.language.code
    parts = dict.fromkeys(Part(ACCESS_ROUTES.name(way["route"], language)) for way in ways)
    return Cell(tuple(parts), tuple(desk.notes.of(way["claim"] for way in ways)))


def _yes(desk: Desk, value: bool | None) -> str:
    return desk.t("fact.not_said" if value is None else "fact.yes" if value else "fact.no")


OWN: Mapping[str, Callable[[Desk, str], Awaitable[Own]]] = {
    "municipality": municipality, "region": region, "collaboration": collaboration, "provider": provider, "publicbody": public_body,
    "governancebody": body, "contract": contract, "procurement": procurement, "function": function, "document": document,
}  # fmt: skip
