"""The words of the closed lists as concepts of SKOS, by NL-SBB: each list is a concept scheme, named as its enum in the GraphQL schema.

The names and sentences are those of the lists themselves, from which the schema and the glossary of the pages take theirs.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from api.export.rdf.description import Description, word
from api.export.rdf.terms import DEF
from graph.domain.claim import Claim
from graph.domain.closed_list import ClosedList
from graph.domain.explanations import closed_list, explained
from graph.domain.languages import LANGUAGES

SCHEMES = {
    "MembershipRole": "ROLES", "RepresentationLevel": "LEVELS", "RegionKind": "REGION_KINDS", "CollaborationKind": "COLLABORATION_KINDS",
    "CollaborationScale": "SCALES", "LegalForm": "LEGAL_FORMS", "DocumentKind": "DOCUMENT_KINDS", "ChangeEventKind": "MOMENT_KINDS",
    "AccessRoute": "ACCESS_ROUTES", "OrganizationStatus": "ORGANIZATION_STATUSES", "ContractStatus": "CONTRACT_STATUSES",
    "OptionStatus": "OPTION_STATUSES", "CoverageStatus": "COVERAGE_STATUSES", "CoverageReason": "COVERAGE_REASONS",
    "Certainty": "CERTAINTIES", "Basis": "BASES", "ListCompleteness": "COMPLETENESS", "AlternateNameKind": "NAME_KINDS",
    "IdentifierScheme": "IDENTIFIER_SCHEMES", "ClaimPredicate": "PREDICATES", "ClaimRank": "RANKS", "AssertionMethod": "METHODS",
    "SourceKind": "SOURCE_KINDS", "LeftOutReason": "LEFT_OUT_REASONS", "ConflictKind": "CONFLICT_KINDS",
    "ConflictStatus": "CONFLICT_STATUSES", "ConflictRule": "CONFLICT_RULES", "Measure": "MEASURES", "Unit": "UNITS",
}  # fmt: skip
_ALSO = {"MembershipRole": ("org:Role",), "IdentifierScheme": ("rdfs:Datatype",)}
_OF_QUALIFIER = {
    "role": "MembershipRole", "nameKind": "AlternateNameKind", "status": "OptionStatus", "level": "RepresentationLevel",
    "measure": "Measure", "unit": "Unit",
}  # fmt: skip
KIND_OF = {"region": "RegionKind", "collaboration": "CollaborationKind", "event": "ChangeEventKind", "document": "DocumentKind"}
_OF_VALUE = {"scale": "CollaborationScale", "legalForm": "LegalForm", "accessBy": "AccessRoute"}


def predicate_word(name: str) -> NamedNode:
    """Returns the concept of a predicate of claims."""
    return word("ClaimPredicate", name)


def value_scheme(subject: str, predicate: str) -> str | None:
    """Returns the scheme from which a predicate of a thing takes its words, or None if it takes none."""
    return KIND_OF.get(subject.partition("/")[0]) if predicate == "kind" else _OF_VALUE.get(predicate)


def value_word(claim: Claim) -> NamedNode | None:
    """Returns the concept that is the value of a claim, or None if its value is no word of a list."""
    scheme = value_scheme(claim.subject, claim.predicate)
    return word(scheme, str(claim.value)) if scheme else None


def qualifier_word(name: str, value: str) -> NamedNode | None:
    """Returns the concept that is the value of a qualifier; None if it is no word of a list, as a measure of one's own is none."""
    scheme = _OF_QUALIFIER.get(name)
    return word(scheme, value) if scheme and value in closed_list(SCHEMES[scheme]) else None


def concept_triples() -> Iterator[Triple]:
    """Yields all closed lists, each as a concept scheme with its concepts."""
    for scheme, name in SCHEMES.items():
        words = closed_list(name)
        yield from _scheme(scheme, words)
        for key, one in words.items():
            about = Description(word(scheme, key).value, "skos:Concept", *_ALSO.get(scheme, ()))
            for language in LANGUAGES:
                about.add("skos:prefLabel", Literal(one.names[language.code], language=language.key))
            about.add("skos:notation", key).add("skos:definition", *_definitions(name, words, key))
            node = NamedNode(f"{DEF}{scheme}")
            yield from about.add("skos:inScheme", node).add("skos:topConceptOf", node)


def _scheme(scheme: str, words: ClosedList) -> Iterator[Triple]:
    english, _, dutch = words.about.partition(" NL: ")
    about = Description(f"{DEF}{scheme}", "skos:ConceptScheme").add("dcterms:title", Literal(scheme, language="en"))
    if dutch:
        name = dutch.removesuffix(".")
        about.add("dcterms:title", Literal(name[:1].upper() + name[1:], language="nl"))
    about.add("rdfs:comment", Literal(english, language="en"))
    yield from about.add("skos:hasTopConcept", *(word(scheme, key) for key in words))


def _definitions(name: str, words: ClosedList, key: str) -> Iterator[Literal]:
    """Yields the sentence about a word in each language that has one."""
    yield Literal(words[key].about, language="en")
    try:
        dutch = explained(name, key, "NL")
    except KeyError:  # a list of which only some words are explained in Dutch
        return
    if dutch != words[key].about:
        yield Literal(dutch, language="nl")
