"""The terms of RDF that an export uses: prefixes of others, and a small vocabulary of our own.

Ours is `urn:regiograaf:def:` at every address, so that the graphs of two installations can be put together. It has a term only where no
published vocabulary has one: the basis of a bound, the certain and the possible days of a period, ranks, and contradictions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from graph.domain.reference import URN

DEF = f"{URN}def:"
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#", "cv": "http://data.europa.eu/m8g/", "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#", "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "loc": "http://id.loc.gov/datatypes/", "org": "http://www.w3.org/ns/org#", "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "rg": DEF, "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#", "vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip


def term(name: str) -> NamedNode:
    """Returns the term of a prefixed name: `org:Membership`."""
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


TYPE = term("rdf:type")
EDTF = term("loc:edtf")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of our vocabulary: its names in Dutch and English, a sentence, and of a property the type of its values (IRI is a thing)."""

    dutch: str
    english: str
    about: str
    value: str = "IRI"


# fmt: off
CLASSES = {
    "Municipality": Term("gemeente", "municipality", "A municipality."),
    "Region": Term("regio", "region", "A region of any kind; it need not be an organisation in law."),
    "Collaboration": Term("samenwerking", "collaboration", "A collaboration of organisations."),
    "Provider": Term("aanbieder", "provider", "A provider of youth care."),
    "PublicBody": Term("overheidsorganisatie", "public body", "A public body that is not a municipality."),
    "GovernanceBody": Term("overleg", "governance body", "A body that consults or decides."),
    "Contract": Term("contract", "contract", "A contract for youth care."),
    "Procurement": Term("inkoopprocedure", "procurement", "A procurement of youth care."),
    "CareFunction": Term("zorgfunctie", "care function", "A kind of youth care, as a region or the State divides it."),
    "Document": Term("document, wet, instrument of regel", "document", "A document, law, instrument or rule that sources mention."),
    "Event": Term("gebeurtenis", "event", "An event. It is an org:ChangeEvent too if it changes an organisation."),
    "Claim": Term("uitspraak", "claim", "What one source says of one thing. Claims may contradict each other."),
    "Source": Term("bron", "source", "A document or registry that claims come from."),
    "Dataset": Term("gegevensset", "dataset", "A set of claims with its own version, licence and publisher."),
    "Conflict": Term("tegenspraak", "contradiction", "Claims that cannot all hold, or seem so."),
    "Relation": Term("betrekking", "relation", "A relation between two things for a period, as the accepted claims have it."),
    "Denial": Term("ontkenning", "denial", "A source says that an organisation does not take part in another."),
    "LeftOut": Term("weggelaten", "left out", "Something that a source says and that was deliberately not made a claim."),
    "DataVersion": Term("versie van de gegevens", "data version", "The content from which a file was written."),
}
PROPERTIES = {
    # claims and relations
    "subject": Term("onderwerp", "subject", "The thing that a claim, relation or contradiction is about."),
    "predicate": Term("eigenschap", "predicate", "What is said of the subject."),
    "object": Term("voorwerp", "object", "The thing that is the value of a claim or relation."),
    "value": Term("waarde", "value", "The value of a claim that is no thing.", "literal"),
    "inDataset": Term("gegevensset", "dataset", "The dataset that a claim comes in."),
    "setAside": Term("terzijde gelegd", "set aside", "True of a claim that is not accepted: deprecated, or not chosen.", "xsd:boolean"),
    "rank": Term("rang", "rank", "The weight of a claim beside others about the same fact."),
    "rankReason": Term("reden van de rang", "reason for the rank", "Why a claim has its rank.", "text"),
    "method": Term("wijze van vaststelling", "method", "How a claim was established."),
    "summary": Term("samenvatting", "summary", "What a claim says, in our own words.", "text"),
    "section": Term("paragraaf", "section", "The section of the source.", "xsd:string"),
    "page": Term("bladzijde", "page", "The page of the source.", "xsd:integer"),
    "paragraph": Term("alinea", "paragraph", "The paragraph of the source.", "xsd:integer"),
    "footnote": Term("voetnoot", "footnote", "The footnote of the source.", "xsd:string"),
    "link": Term("vindplaats", "link", "The address of the place in the source.", "xsd:string"),
    # when
    "during": Term("geldigheid", "during", "The interval for which a thing exists or a relation holds."),
    "validFrom": Term("mogelijk vanaf", "valid from", "The first day on which it may hold. Left out: no bound.", "xsd:date"),
    "validThrough": Term("mogelijk tot en met", "valid through", "The last day on which it may hold. Left out: no bound.", "xsd:date"),
    "certainFrom": Term("zeker vanaf", "certain from", "The first day on which it certainly holds.", "xsd:date"),
    "certainThrough": Term("zeker tot en met", "certain through", "The last day on which it certainly holds.", "xsd:date"),
    "start": Term("begin", "start", "The first day as the source gives it, as vague as there.", "loc:edtf"),
    "end": Term("einde", "end", "The last day as the source gives it, as vague as there.", "loc:edtf"),
    "attested": Term("vermeld in", "attested", "When the source was written that speaks of it without a start.", "loc:edtf"),
    "startBasis": Term("grondslag van het begin", "basis of the start", "Where the start comes from."),
    "endBasis": Term("grondslag van het einde", "basis of the end", "Where the end comes from."),
    "endKnown": Term("einde bekend", "end known", "True if a source gives the end, or says that there is none.", "xsd:boolean"),
    "staleFrom": Term("verouderd vanaf", "stale from", "The day from which its last source is too old to say.", "xsd:date"),
    "planned": Term("gepland", "planned", "True if it was planned and no source says that it came about.", "xsd:boolean"),
    "date": Term("datum", "date", "The date of an event, as vague as its source.", "loc:edtf"),
    "tenderPublished": Term("publicatiedatum", "tender published", "When a tender was published.", "loc:edtf"),
    "awardDate": Term("gunningsdatum", "award date", "When a procurement was awarded.", "loc:edtf"),
    # things
    "kind": Term("soort", "kind", "The kind of thing, event or contradiction."),
    "scale": Term("schaal", "scale", "The scale at which a collaboration works."),
    "legalForm": Term("rechtsvorm", "legal form", "The legal form of a collaboration."),
    "alternateName": Term("andere naam", "other name", "Another name; its claim says of which kind and when.", "xsd:string"),
    "purpose": Term("doel", "purpose", "What a collaboration wants to achieve.", "text"),
    "decides": Term("beslist over", "decides", "What a body decides about.", "text"),
    "isCertifiedInstitution": Term("gecertificeerde instelling", "certified institution", "Whether it is one.", "xsd:boolean"),
    "requiresReferral": Term("verwijzing nodig", "requires referral", "Whether a referral is required.", "xsd:boolean"),
    "ocid": Term("OCID", "OCID", "The Open Contracting ID of a procurement.", "xsd:string"),
    "about": Term("betreft", "about", "What an event is about."),
    "original": Term("oorspronkelijk", "original", "To what an event happened, if that is no public organisation."),
    "resulting": Term("resulterend", "resulting", "What results from an event, if that is no public organisation."),
    # qualifiers
    "role": Term("rol", "role", "The role that a claim speaks of."),
    "roleLabel": Term("naam van de rol", "role label", "What the source calls the role.", "text"),
    "takesPart": Term("neemt deel", "takes part", "False if the source says that it does not take part.", "xsd:boolean"),
    "onBehalfOf": Term("namens", "on behalf of", "For whom an organisation speaks."),
    "part": Term("deel", "part", "The region or municipality for which alone it holds."),
    "level": Term("niveau", "level", "The level at which an organisation speaks for another."),
    "nameKind": Term("soort naam", "kind of name", "The kind of another name."),
    "status": Term("status", "status", "The state of an option or contradiction."),
    "list": Term("lijst", "list", "The list that is complete, or not.", "xsd:string"),
    "measure": Term("maat", "measure", "What a figure counts or measures."),
    "unit": Term("eenheid", "unit", "The unit of a figure."),
    "label": Term("naam van het cijfer", "label", "What a figure is, in words.", "text"),
    "approximate": Term("ongeveer", "approximate", "True if the source gives a figure as about.", "xsd:boolean"),
    "function": Term("zorgfunctie", "care function", "The care function that a figure or lot is about."),
    # contradictions and sources
    "claim": Term("uitspraak", "claim", "A claim of a contradiction."),
    "chosenClaim": Term("gekozen uitspraak", "chosen claim", "The claim that the rule chose."),
    "rule": Term("regel", "rule", "What decided between the claims."),
    "written": Term("geschreven", "written", "The days within which an undated source was written.", "loc:edtf"),
    "writtenReason": Term("reden van de datering", "reason for the dating", "How those days are known.", "text"),
    "readOn": Term("gelezen op", "read on", "The day on which the source was read.", "xsd:date"),
    "checkedOn": Term("nagekeken op", "checked on", "The day on which a dataset was last compared with its sources.", "xsd:date"),
    "scope": Term("waarover", "scope", "What a dataset speaks of.", "text"),
    "leftOut": Term("weggelaten", "left out", "Something of a source that was not made a claim."),
    "reason": Term("reden", "reason", "Why it was left out."),
    "asOf": Term("peildatum", "as of", "The day for which a file was made.", "xsd:date"),
}
# fmt: on


def defined(name: str) -> NamedNode:
    """Returns a term of our vocabulary by its name. Raises KeyError if there is none."""
    if name not in CLASSES and name not in PROPERTIES:
        raise KeyError(name)
    return NamedNode(DEF + name)


def vocabulary() -> Iterator[Triple]:
    """Yields our vocabulary: each term with its names and what it means."""
    about = NamedNode(DEF.removesuffix(":"))
    yield Triple(about, TYPE, term("owl:Ontology"))
    yield Triple(about, term("dcterms:title"), Literal("De eigen termen van Regiograaf", language="nl"))
    yield Triple(about, term("dcterms:title"), Literal("The terms of Regiograaf", language="en"))
    for name, one in (*CLASSES.items(), *PROPERTIES.items()):
        node = defined(name)
        yield Triple(node, TYPE, term("rdfs:Class" if name in CLASSES else "rdf:Property"))
        yield Triple(node, term("rdfs:label"), Literal(one.dutch, language="nl"))
        yield Triple(node, term("rdfs:label"), Literal(one.english, language="en"))
        yield Triple(node, term("rdfs:comment"), Literal(one.about, language="en"))
        yield Triple(node, term("rdfs:isDefinedBy"), about)
