"""Care functions as concepts of SKOS, by NL-SBB: the division of each region is a concept scheme, and what no region divides is another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import NamedNode, Triple

from api.export.export import Export
from api.export.rdf.content import content
from api.export.rdf.description import Description, node, text_of
from api.export.rdf.terms import DEF
from graph.build.edges import Edge
from graph.domain.claim import Text

NOT_DEFINED = Text("Geen bron omschrijft deze zorgfunctie.", "No source describes this care function.")
GENERAL = Text("Zorgfuncties", "Care functions")
OF_ONE = Text("Zorgfuncties van {name}", "Care functions of {name}")


def add_as_concept(export: Export, about: Description, key: str, properties: Mapping[str, Any], links: Sequence[Edge]) -> None:
    """Adds to a care function what a concept has. NL-SBB asks a definition of each: of one that no source describes it says just that."""
    own = _scheme(export, key)
    about.add("skos:definition", text_of(properties, "description") or NOT_DEFINED).add("skos:notation", properties.get("notation"))
    about.add("skos:inScheme", own)
    broader = [edge.end for edge in links if edge.type == "BROADER"]
    inside = [other for other in broader if _scheme(export, other) == own]
    about.add("skos:topConceptOf", None if inside else own)
    about.add("skos:broader", *(node(export.uri(other)) for other in inside))
    about.add("skos:broadMatch", *(node(export.uri(other)) for other in broader if other not in inside))
    for edge in links:
        if edge.type == "CLOSE_MATCH":  # which NL-SBB keeps for concepts of different schemes
            name = "skos:related" if _scheme(export, edge.end) == own else "skos:closeMatch"
            about.add(name, node(export.uri(edge.end)))


def scheme_triples(export: Export) -> Iterator[Triple]:
    """Yields the schemes of care functions."""
    held = content(export.dataset)
    schemes: dict[NamedNode, list[str]] = {}
    for key, entity in export.dataset.entities.items():
        if entity.type == "CareFunction":
            schemes.setdefault(_scheme(export, key), []).append(key)
    for scheme, keys in schemes.items():
        about = Description(scheme.value, "skos:ConceptScheme")
        definer = _definer(export, keys[0])
        name = text_of(held.records.properties(definer), "name") if definer else None
        about.add("dcterms:title", _named(OF_ONE, name, definer) if definer else GENERAL)
        about.add("dcterms:creator", node(export.uri(definer)) if definer else None)
        tops = [key for key in keys if not any(_scheme(export, other) == scheme for other in _broader(export, key))]
        yield from about.add("skos:hasTopConcept", *(node(export.uri(key)) for key in tops))


def _definer(export: Export, key: str) -> str | None:
    """Returns the key of whoever defines a care function, the first in order if there are several."""
    links = content(export.dataset).records.links(key)
    return min((edge.end for edge in links if edge.type == "DEFINED_BY"), default=None)


def _broader(export: Export, key: str) -> list[str]:
    return [edge.end for edge in content(export.dataset).records.links(key) if edge.type == "BROADER"]


def _scheme(export: Export, key: str) -> NamedNode:
    definer = _definer(export, key)
    return node(f"{export.uri(definer)}#care-functions" if definer else f"{DEF}CareFunctions")


def _named(title: Text, name: Text | None, key: str) -> Text:
    filled = [words and words.format(name=name[language.code] if name else key) for language, words in title.items]
    return Text(*filled)
