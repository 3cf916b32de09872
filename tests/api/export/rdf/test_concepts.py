"""The words and the care functions as concepts, with the texts that the schema and the glossary have; that the shapes of NL-SBB bite.

That all concepts keep to them is held by tests/standards/test_results.py.
"""

from __future__ import annotations

from collections import defaultdict

from pyoxigraph import Literal, NamedNode, Triple

from api.export.export import Export
from api.export.rdf.concepts import SCHEMES, concept_triples
from api.export.rdf.description import word
from api.export.rdf.graph import concept_scheme_triples
from api.export.rdf.terms import DEF, term
from api.pages.glossary import PARTS
from graph.domain.explanations import closed_list, explained
from graph.domain.languages import LANGUAGES
from tests.api.export.rdf.shapes import VIOLATION, findings
from tests.standards.publishers import needed
from tests.standards.table import NL_SBB


def of_scheme(name: str) -> list[Triple]:
    """Returns the triples of one scheme of words."""
    address = f"{DEF}{name}"
    return [t for t in concept_triples() if t.subject.value == address or t.subject.value.startswith(f"{address}:")]  # type: ignore[union-attr]


def care_functions(export: Export) -> list[Triple]:
    """Returns the care functions and their schemes, without the words."""
    words = {t.subject for t in concept_triples()}
    return [t for t in concept_scheme_triples(export) if t.subject not in words]


def test_the_check_of_nl_sbb_bites() -> None:
    """Without definitions each concept is wrong; a match inside a scheme is wrong once."""
    whole = of_scheme("ConflictStatus")
    without = [t for t in whole if t.predicate != term("skos:definition")]
    assert findings(without, needed(NL_SBB), inference="rdfs", advanced=True)[VIOLATION, "definition"] == 3
    match = Triple(word("ConflictStatus", "OPEN"), term("skos:closeMatch"), word("ConflictStatus", "RESOLVED"))
    assert findings([*whole, match], needed(NL_SBB), inference="rdfs", advanced=True).total() == 1


def test_a_scheme_has_the_name_of_its_enum_in_the_schema() -> None:
    """A law on the glossary's lists: the same list has the same name in the schema, on the pages and here."""
    for part in PARTS.values():
        for name, of in part:
            assert SCHEMES["ConflictRule" if name == "Conflict.rule" else name] == of


def test_concepts_have_the_texts_of_the_lists() -> None:
    """A law on all words: names in every language, the sentence that the schema has, and the Dutch one that the glossary has."""
    said: dict[tuple[NamedNode, NamedNode], set[Literal]] = defaultdict(set)
    for triple in concept_triples():
        said[triple.subject, triple.predicate].add(triple.object)  # type: ignore[index, arg-type]
    for scheme, of in SCHEMES.items():
        for key, one in closed_list(of).items():
            node = word(scheme, key)
            labels = {Literal(one.names[language.code], language=language.key) for language in LANGUAGES}
            assert said[node, term("skos:prefLabel")] == labels
            assert Literal(one.about, language="en") in said[node, term("skos:definition")]


def test_what_the_glossary_explains_in_dutch_is_explained_in_dutch() -> None:
    said = set(concept_triples())
    dutch = Literal(explained("COVERAGE_STATUSES", "GAP", "NL"), language="nl")
    assert Triple(word("CoverageStatus", "GAP"), term("skos:definition"), dutch) in said


def test_a_care_function_that_no_source_describes_says_so(export: Export) -> None:
    """Segment D is named once and defined nowhere."""
    said = [t.object.value for t in care_functions(export) if t.subject.value == export.uri("function/zawa-d")]  # type: ignore[union-attr]
    assert "Geen bron omschrijft deze zorgfunctie." in said
