"""Things as RDF: their names, codes and relations, and all triples about one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, Triple

from api.export.export import Export
from api.export.rdf.care_functions import add_as_concept
from api.export.rdf.concepts import value_scheme
from api.export.rdf.content import content
from api.export.rdf.description import Description, edtf, node, text_of, word
from api.export.rdf.periods import interval
from api.export.rdf.provenance import claim_triples, conflict_triples, described, source_triples, version_triples
from api.export.rdf.relations import add_undated, membership_triples, relation_triples
from api.export.rdf.syntax import serialized
from graph.build.edges import NOT_MEMBER_OF
from graph.build.records import edge_properties
from graph.domain.claim import Claim
from graph.domain.identifier import uri as identifier_uri
from graph.domain.model import ENTITY_TYPES

__all__ = ["serialized", "thing_triples", "triples_about"]

CLASSES = {
    "Municipality": ("rg:Municipality", "org:Organization", "org:FormalOrganization", "cv:PublicOrganisation"),
    "Region": ("rg:Region", "org:Organization"),
    "Collaboration": ("rg:Collaboration", "org:Organization", "org:OrganizationalCollaboration"),
    "Provider": ("rg:Provider", "org:Organization"),
    "PublicBody": ("rg:PublicBody", "org:Organization", "cv:PublicOrganisation"),
    "GovernanceBody": ("rg:GovernanceBody", "org:Organization"),
    "Contract": ("rg:Contract",), "Procurement": ("rg:Procurement",), "Document": ("rg:Document", "foaf:Document"),
    "CareFunction": ("rg:CareFunction", "skos:Concept"), "ChangeEvent": ("rg:Event",),
}  # fmt: skip
PUBLIC = "cv:PublicOrganisation"
# Collaborations that the Wet gemeenschappelijke regelingen makes bodies, and so public organisations.
PUBLIC_BY_LAW = ("OPENBAAR_LICHAAM", "BEDRIJFSVOERINGSORGANISATIE", "GEMEENSCHAPPELIJK_ORGAAN")
CHANGES = ("MERGER", "SPLIT", "RENAME", "CODE_CHANGE", "FOUNDATION", "DISSOLUTION")  # events that W3C ORG calls changes of organisations
TEXTS = {"name": "skos:prefLabel", "description": "dcterms:description", "purpose": "purpose", "decides": "decides"}
WORDS = ("kind", "scale", "legalForm")
PLAIN = ("isCertifiedInstitution", "requiresReferral", "ocid")
DATES = ("date", "tenderPublished", "awardDate")
PAGES = ("ROO",)  # schemes whose addresses are of a page about the thing; all others mean the thing itself


def triples_about(export: Export, key: str) -> Iterator[Triple]:
    """Yields the triples of one thing: itself, its claims and those that its relations follow from, their sources, its contradictions.
    Raises KeyError if there is no such thing."""
    held, dataset = content(export.dataset), export.dataset
    yield from version_triples(export)
    yield from thing_triples(export, key)
    members = held.records.members.get(key, [])
    for edge in members:
        denied = edge.type == NOT_MEMBER_OF
        yield from membership_triples(export, edge.start, key, edge_properties(edge), denied=denied)
    conflicts = held.conflicts.get(key, ())
    keys = [claim.key for claim in held.records.claims(key)]
    keys += [name for edge in (*held.records.links(key), *members) for name in edge.claims]
    keys += [name for conflict in conflicts for name in conflict.claims]
    claims = [dataset.claims[name] for name in dict.fromkeys(keys)]
    for claim in claims:
        yield from claim_triples(export, claim, claim.key in held.aside)
    for slug in dict.fromkeys(claim.source for claim in claims):
        yield from source_triples(export, dataset.sources[slug])
    for conflict in conflicts:
        yield from conflict_triples(export, conflict)


def thing_triples(export: Export, key: str) -> Iterator[Triple]:
    """Yields what is accepted of a thing: its names, codes, kind and period, and its relations. Raises KeyError if there is none."""
    held = content(export.dataset)
    type_, properties = export.dataset.entities[key].type, held.records.properties(key)
    links = held.records.links(key)
    about = described(export, key, *_classes(type_, properties))
    for name, term in TEXTS.items():
        about.add(term, text_of(properties, name))
    for name in WORDS:
        scheme = value_scheme(key, name)
        about.add(name, word(scheme, str(properties[name])) if scheme and name in properties else None)
    if ENTITY_TYPES[type_].organization and "kind" in properties:
        about.add("org:classification", word(str(value_scheme(key, "kind")), properties["kind"]))
    for name in PLAIN:
        about.add(name, properties.get(name))
    for name in DATES:
        about.add(name, edtf(properties[f"{name}Edtf"]) if f"{name}Edtf" in properties else None)
    _add_names(about, type_, held.records.accepted(key))
    if type_ == "CareFunction":
        add_as_concept(export, about, key, properties, links)
    for edge in links:
        add_undated(export, about, edge, by_org=_is_change(type_, properties) and _is_public(export, edge.end))
    yield from _with_life(about, properties)
    for edge in links:
        yield from relation_triples(export, key, edge.type, edge.end if edge.start == key else edge.start, edge_properties(edge))


def _classes(type_: str, properties: Mapping[str, Any]) -> Iterator[str]:
    yield from CLASSES[type_]
    if properties.get("legalForm") in PUBLIC_BY_LAW:
        yield PUBLIC
    if _is_change(type_, properties):
        yield "org:ChangeEvent"


def _is_public(export: Export, key: str) -> bool:
    return PUBLIC in _classes(export.dataset.entities[key].type, content(export.dataset).records.properties(key))


def _is_change(type_: str, properties: Mapping[str, Any]) -> bool:
    return type_ == "ChangeEvent" and properties.get("kind") in CHANGES


def _add_names(about: Description, type_: str, claims: list[Claim]) -> None:
    """Adds other names and codes. A code has its scheme as datatype (W3C ORG); one that ended is not said to mean the same."""
    codes = [(*str(c.value).partition(":")[::2], c.period.end) for c in claims if c.predicate == "identifier"]
    addresses = {(scheme, identifier_uri(scheme, code)) for scheme, code, _ in codes}
    times = Counter(scheme for scheme, address in addresses if address)
    about.add("alternateName", *(str(c.value) for c in claims if c.predicate == "alternateName"))
    name = "org:identifier" if ENTITY_TYPES[type_].organization else "skos:notation"
    for scheme, code, ended in codes:
        about.add(name, Literal(code, datatype=word("IdentifierScheme", scheme)))
        address = identifier_uri(scheme, code)
        if address and scheme in PAGES:
            about.add("foaf:page", node(address))
        elif address:
            about.add("rdfs:seeAlso" if ended or times[scheme] > 1 else "owl:sameAs", node(address))


def _with_life(about: Description, properties: Mapping[str, Any]) -> Iterator[Triple]:
    """Yields a description with the interval in which the thing exists or runs, if a source speaks of it."""
    if "endKnown" not in properties:
        yield from about
        return
    address = f"{about.node.value}#life"
    yield from about.add("during", node(address))
    yield from interval(address, properties)
