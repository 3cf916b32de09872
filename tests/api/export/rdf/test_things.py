"""Things as RDF: what is said of one of them, that certainty and contradictions are kept, and that a second program reads the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import Graph
from rdflib.compare import isomorphic

from api.export.export import Export
from api.export.rdf.description import Description, word
from api.export.rdf.provenance import conflict_triples
from api.export.rdf.terms import CLASSES, DEF, PREFIXES, PROPERTIES, term, vocabulary
from api.export.rdf.things import serialized, thing_triples, triples_about
from graph.domain.conflict import decide
from graph.domain.reference import uri
from tests.standards.ours import BASE

TURTLE, JSON_LD = "text/turtle", "application/ld+json"


def values(triples: Iterable[Triple], subject: str, predicate: str) -> list[str]:
    """Returns what a graph says of a subject with one predicate."""
    return [t.object.value for t in triples if t.subject.value == subject and t.predicate == term(predicate)]  # type: ignore[union-attr]


def read(file: bytes, format: RdfFormat) -> set[Triple]:
    return {quad.triple for quad in parse(file, format=format)}


@pytest.mark.parametrize("media", [TURTLE, JSON_LD])
def test_what_is_written_of_a_thing_is_read_again(export: Export, media: str) -> None:
    """A law on a thing of each type, and on those with a contradiction: written and read, the triples are the same."""
    each = {entity.type: key for key, entity in export.dataset.entities.items()}
    contested = [conflict.subject for conflict in export.dataset.conflicts.values()][:5]
    format = RdfFormat.TURTLE if media == TURTLE else RdfFormat.JSON_LD
    for key in (*each.values(), *contested):
        triples = list(triples_about(export, key))
        assert read(serialized(triples, media), format) == set(triples)


# rdflib's own reader of JSON-LD uses a class that rdflib has deprecated
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_a_second_program_reads_the_same_from_both_notations(addressed: Export) -> None:
    triples = list(triples_about(addressed, "contract/zawa-2022"))
    turtle = Graph().parse(data=serialized(triples, TURTLE), format="turtle")
    json_ld = Graph().parse(data=serialized(triples, JSON_LD), format="json-ld")
    assert len(turtle) == len(set(triples))
    assert isomorphic(turtle, json_ld)


def test_every_thing_has_its_identity_and_its_address(whole: list[Triple], export: Export, addressed: Export) -> None:
    """A law on all things: the identity is always given, and is the name as long as there is no address."""
    given = [(t.subject.value, t.object.value) for t in whole if t.predicate == term("dcterms:identifier")]  # type: ignore[union-attr]
    assert given == [(uri(key), uri(key)) for key in export.dataset.entities]
    key = "municipality/zaanstad"
    assert values(thing_triples(addressed, key), f"{BASE}/id/{key}", "dcterms:identifier") == [uri(key)]


def test_all_that_is_said_of_a_thing_is_with_it(export: Export) -> None:
    """Every claim about it, every contradiction, the source of each claim, and the claims that its relations follow from."""
    key = "contract/zawa-2022"
    triples = list(triples_about(export, key))
    subjects = {t.subject.value for t in triples}  # type: ignore[union-attr]
    said = {claim.key: claim for claim in export.dataset.claims.values() if claim.subject == key}
    assert {uri(f"claim/{name}") for name in said} | {uri(f"source/{claim.source}") for claim in said.values()} <= subjects
    assert {uri(f"conflict/{c.key}") for c in export.dataset.conflicts.values() if c.subject == key} <= subjects
    followed = [t.object.value for t in triples if t.predicate == term("prov:wasDerivedFrom")]  # type: ignore[union-attr]
    assert {name for name in followed if ":claim:" in name} <= subjects


def test_a_thing_that_is_not_there_is_none(export: Export) -> None:
    with pytest.raises(KeyError):
        list(triples_about(export, "municipality/nergens"))


def test_every_term_of_ours_is_in_the_vocabulary(export: Export) -> None:
    """A law: a term of ours that is used is one that the file itself explains."""
    known = {t.subject.value for t in vocabulary()}  # type: ignore[union-attr]
    for key in ("contract/zawa-2022", "event/beemster-2022", "function/zawa-b"):
        for triple in triples_about(export, key):
            used = [triple.predicate.value, triple.object.value] if triple.predicate == term("rdf:type") else [triple.predicate.value]  # type: ignore[union-attr]
            assert [name for name in used if name.startswith(DEF) and name not in known] == []
    assert known >= {DEF + name for name in (*CLASSES, *PROPERTIES)}


def test_a_vague_date_stays_vague(export: Export) -> None:
    """A membership of Beemster ends some day from 2018-12-31 to 2021-12-31: it has a certain beginning and no certain end."""
    triples = list(thing_triples(export, "municipality/beemster"))
    period = next(t.subject.value for t in triples if t.object == Literal("[2018-12-31..2021-12-31]", datatype=term("loc:edtf")))  # type: ignore[union-attr]
    assert values(triples, period, "rg:certainThrough") == ["2018-12-31"]
    assert values(triples, period, "rg:validThrough") == ["2021-12-31"]
    assert len(values(triples, period, "time:hasBeginning")) == 1
    assert values(triples, period, "time:hasEnd") == []


def test_a_denied_membership_is_none(whole: list[Triple]) -> None:
    """A source says that some do not take part. No term of W3C ORG is said of that, whose domain would make it a membership."""
    denials = {t.subject.value for t in whole if t.object == term("rg:Denial")}  # type: ignore[union-attr]
    assert denials
    said = [t.predicate.value for t in whole if t.subject.value in denials]  # type: ignore[union-attr]
    assert [name for name in said if name.startswith(PREFIXES["org"])] == []


def test_a_contradiction_keeps_all_its_claims(export: Export) -> None:
    """A law on all contradictions; of one that is resolved, the claims that were not chosen are there and are set aside."""
    dataset = export.dataset
    for conflict in dataset.conflicts.values():
        triples, address = list(conflict_triples(export, conflict)), uri(f"conflict/{conflict.key}")
        assert values(triples, address, "rg:claim") == [uri(f"claim/{key}") for key in dict.fromkeys(conflict.claims)]
        chosen, _ = decide(conflict, dataset.claims, dataset.sources)
        assert values(triples, address, "rg:chosenClaim") == [uri(f"claim/{key}") for key in (chosen,) if key]
    known = next(c for c in dataset.conflicts.values() if c.status == "EXPLAINED" and decide(c, dataset.claims, dataset.sources)[0])
    resolved = dict(dataset.conflicts) | {known.key: replace(known, status="RESOLVED")}
    triples = list(triples_about(replace(export, dataset=replace(dataset, conflicts=resolved)), known.subject))
    aside = {t.subject.value for t in triples if t.predicate == term("rg:setAside")}  # type: ignore[union-attr]
    chosen, _ = decide(known, dataset.claims, dataset.sources)
    assert aside == {uri(f"claim/{key}") for key in known.claims if key != chosen}


def test_a_code_means_the_same_thing_only_if_it_is_the_only_one_of_its_registry(whole: list[Triple]) -> None:
    """A municipality that changed its code has two addresses at TOOI. Saying that both are it would say that they are one another."""
    same = [(t.subject.value, t.object.value) for t in whole if t.predicate == term("owl:sameAs")]  # type: ignore[union-attr]
    assert max(Counter(thing for thing, address in same if "/tooi/" in address).values()) == 1
    assert max(Counter(address for _, address in same).values()) == 1  # nor are two things here said to be one
    zaanstad = {address for thing, address in same if thing == uri("municipality/zaanstad")}
    assert zaanstad >= {"https://identifier.overheid.nl/tooi/id/gemeente/gm0479", "http://www.wikidata.org/entity/Q9978"}


def test_signs_that_an_address_cannot_have_are_encoded() -> None:
    about = Description("urn:regiograaf:claim:X.ids/LOCAL:B 12 <\\>", "rg:Claim")
    assert about.node == NamedNode("urn:regiograaf:claim:X.ids/LOCAL:B%2012%20%3C%5C%3E")
    assert word("Basis", "STATED").value == f"{DEF}Basis:STATED"
