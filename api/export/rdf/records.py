"""Sources, claims, contradictions and datasets by their keys, each as the triples that an export has of it and of what it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import Triple

from api.export.export import Export
from api.export.rdf.content import content
from api.export.rdf.provenance import claim_triples, conflict_triples, dataset_triples, source_triples, version_triples
from graph.domain.claim import Claim, Dataset

RECORDS = ("source", "claim", "conflict", "dataset")


def records_of(dataset: Dataset, kind: str) -> Mapping[str, Any]:
    """Returns the records of a kind in a dataset, by key. Raises KeyError for another kind."""
    held: Mapping[str, Mapping[str, Any]] = {
        "source": dataset.sources, "claim": dataset.claims, "conflict": dataset.conflicts, "dataset": dataset.datasets,
    }  # fmt: skip
    return held[kind]


def record_triples(export: Export, kind: str, key: str) -> Iterator[Triple]:
    """Yields the triples of one record: itself and, of a claim or contradiction, the claims, sources and datasets that it names.
    Raises KeyError if there is none."""
    dataset = export.dataset
    found = records_of(dataset, kind)[key]
    yield from version_triples(export)
    match kind:
        case "source":
            yield from source_triples(export, found)
        case "dataset":
            yield from dataset_triples(export, found)
        case "claim":
            yield from _claims(export, [found])
        case "conflict":
            yield from conflict_triples(export, found)
            yield from _claims(export, [dataset.claims[name] for name in found.claims])


def _claims(export: Export, claims: list[Claim]) -> Iterator[Triple]:
    """Yields claims with their sources and datasets, each once."""
    aside, dataset = content(export.dataset).aside, export.dataset
    for claim in claims:
        yield from claim_triples(export, claim, claim.key in aside)
    for slug in dict.fromkeys(claim.source for claim in claims):
        yield from source_triples(export, dataset.sources[slug])
    for slug in dict.fromkeys(claim.dataset for claim in claims if claim.dataset in dataset.datasets):
        yield from dataset_triples(export, dataset.datasets[slug])
