"""The whole graph as one file: what the file says about itself, our vocabulary, the concepts, all things, and who says what of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from importlib import resources

from pyoxigraph import Triple

from api.export.export import Export, Format
from api.export.rdf.care_functions import scheme_triples
from api.export.rdf.concepts import concept_triples
from api.export.rdf.content import content
from api.export.rdf.provenance import claim_triples, conflict_triples, dataset_triples, source_triples, version_triples
from api.export.rdf.syntax import NOTATIONS, Notation, written
from api.export.rdf.terms import vocabulary
from api.export.rdf.things import thing_triples
from graph.domain.claim import ClaimDataset, Source, Text


def graph_triples(export: Export) -> Iterator[Triple]:
    """Yields all triples: first what explains the others, then each thing with the claims about it."""
    dataset, held = export.dataset, content(export.dataset)
    yield from version_triples(export)
    for part in dataset.datasets.values():
        yield from dataset_triples(export, part)
    for source in dataset.sources.values():
        yield from source_triples(export, source)
    yield from vocabulary()
    yield from concept_triples()
    yield from scheme_triples(export)
    for key in dataset.entities:
        yield from thing_triples(export, key)
        for claim in held.records.claims(key):
            yield from claim_triples(export, claim, claim.key in held.aside)
    for conflict in dataset.conflicts.values():
        yield from conflict_triples(export, conflict)


def concept_scheme_triples(export: Export) -> Iterator[Triple]:
    """Yields the words and the care functions as concepts, and nothing else."""
    yield from version_triples(export)
    yield from concept_triples()
    yield from scheme_triples(export)
    for key, entity in export.dataset.entities.items():
        if entity.type == "CareFunction":
            yield from (t for t in thing_triples(export, key) if t.subject.value == export.uri(key))  # type: ignore[union-attr]


def header(export: Export) -> Iterator[str]:
    """Yields what a file says about itself in its first lines: its day, the version of the data, and each source with its licence."""
    yield f"Regiograaf: {export.day.isoformat()}, gegevensversie {export.data_version}"
    for dataset in export.dataset.datasets.values():
        yield f"{dataset.slug} {dataset.version}: {dataset.title['NL']}; {_from(dataset)}"
    for source in export.dataset.sources.values():
        yield f"bron: {source.title}; {_from(source)}"


def _from(one: ClaimDataset | Source) -> str:
    return f"{one.publisher or 'uitgever onbekend'}; licentie {one.licence or 'onbekend'}"


async def _write(export: Export, triples: Callable[[Export], Iterator[Triple]], notation: Notation) -> AsyncIterator[bytes]:
    """Yields a file part by part, each made in a thread: what is computed first takes a second, and others are answered meanwhile."""
    parts = written(triples(export), notation, header(export))
    while (part := await asyncio.to_thread(next, parts, None)) is not None:
        yield part


async def _shapes(export: Export) -> AsyncIterator[bytes]:
    yield resources.files("api.export.rdf").joinpath("shapes.ttl").read_bytes()


def _rdf(name: str, file: str, title: Text, triples: Callable[[Export], Iterator[Triple]], media: str = "text/turtle") -> Format:
    return Format(name, file, media, title, partial(_write, triples=triples, notation=NOTATIONS[media]))


FORMATS = (
    _rdf("turtle", "regiograaf.ttl", Text("Alle gegevens als RDF, in Turtle", "All data as RDF, in Turtle"), graph_triples),
    _rdf(
        "json-ld",
        "regiograaf.jsonld",
        Text("Alle gegevens als RDF, in JSON-LD", "All data as RDF, in JSON-LD"),
        graph_triples,
        "application/ld+json",
    ),
    _rdf(
        "concepts",
        "begrippen.ttl",
        Text("De begrippen en zorgfuncties, volgens NL-SBB", "The concepts and care functions, by NL-SBB"),
        concept_scheme_triples,
    ),
    Format(
        "shapes",
        "regiograaf-shapes.ttl",
        "text/turtle",
        Text("De regels (SHACL) waaraan de RDF voldoet", "The rules (SHACL) that the RDF meets"),
        _shapes,
    ),
)
