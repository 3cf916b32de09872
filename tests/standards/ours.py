"""The files and addresses of ours that are checked, made of the packaged data.

Who publishes the catalogue, who answers for a server and what its address is stand in its settings: here they are examples.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

from pyoxigraph import Triple

from api.answer import Answers
from api.export.export import Export
from api.export.formats import FORMATS
from api.export.network import network
from api.export.ocds.package import package
from api.export.rdf import graph
from api.export.rdf.concepts import concept_triples
from api.export.rdf.dcat import Publisher, catalogue_triples
from api.export.rdf.graph import concept_scheme_triples, graph_triples
from api.export.rdf.provenance import LICENCES
from api.export.rdf.terms import term
from api.export.rdf.things import thing_triples
from api.http.rest.openapi import Contact, document
from graph.domain.claim import Claim, Dataset, EntityRef
from tests.api.conftest import TODAY, NeverAsked

BASE = "https://regiograaf.example"
DAY, DAY_OF_CONTRACTS = date(2026, 11, 27), date(2024, 6, 1)
WHO = Publisher("Gemeente Voorbeeld", "https://example.nl/id/gemeente", "mailto:jeugd@example.nl", LICENCES["CC0-1.0"])
CONTACT = Contact("Regiograaf", "info@example.nl", "https://example.nl/contact")
# The statuses of all contracts on that day, as they are answered: tests/api/export/ocds/test_package.py holds it.
STATUSES = {"contract/zawa-2022": "POSSIBLY_EXTENDED", "contract/dyslexie-2023": "ACTIVE", "contract/joint-2015": "ENDED"}
OF_EACH_KIND = (
    "municipality/zaanstad", "municipality/beemster", "municipality/purmerend", "region/zaanstreek-waterland", "region/noord-holland",
    "collaboration/samenwerking-zawa", "governancebody/bj42", "publicbody/vng", "contract/zawa-2022", "procurement/zawa-2022",
    "function/zawa-b", "function/zawa-d", "function/specialistische-jeugdhulp", "document/convenant-ret", "event/beemster-2022",
)  # fmt: skip


def exported(dataset: Dataset, day: date = DAY, base_url: str | None = None, version: str = "0123456789abcdef") -> Export:
    """Returns an export whose store must not be asked anything; without an address things have their identity as their name."""
    return Export(dataset, Answers(NeverAsked(), lambda: TODAY, "engine"), day, version, base_url)


def few(export: Export) -> Export:
    """Returns a few things of every kind with the claims between them, in the words of the packaged data."""
    whole = export.dataset
    entities = {key: whole.entities[key] for key in OF_EACH_KIND}
    inside = {key: c for key, c in whole.claims.items() if c.subject in entities and _object(c) in (None, *entities)}
    conflicts = {key: c for key, c in whole.conflicts.items() if c.subject in entities and all(name in inside for name in c.claims)}
    return replace(export, dataset=replace(whole, entities=entities, claims=inside, conflicts=conflicts, outlines={}))


def _object(claim: Claim) -> str | None:
    return claim.value.key if isinstance(claim.value, EntityRef) else None


def catalogue(dataset: Dataset) -> list[Triple]:
    return list(catalogue_triples(exported(dataset, base_url=BASE), graph.FORMATS, WHO))


def concepts(dataset: Dataset) -> list[Triple]:
    return list(concept_scheme_triples(exported(dataset)))


def organisations(dataset: Dataset) -> list[Triple]:
    """Returns all things of the whole country, without their claims, of which CPOV says nothing."""
    export = exported(dataset)
    things = {export.uri(key) for key in dataset.entities}
    said = (triple for key in dataset.entities for triple in thing_triples(export, key))
    kinds = (t for t in concept_triples() if t.predicate == term("rdf:type"))
    return [*kinds, *(t for t in said if t.subject.value in things)]  # type: ignore[union-attr]


def few_of_the_graph(dataset: Dataset) -> list[Triple]:
    return list(graph_triples(few(exported(dataset))))


def openapi(_: Dataset) -> Any:
    return document(FORMATS, "https://example.nl", CONTACT)


def contracts(dataset: Dataset) -> Any:
    """Returns the release package as a reader of JSON has it."""
    export = exported(dataset, DAY_OF_CONTRACTS, "https://example.nl/", "version-1")
    return json.loads(json.dumps(package(export, network(dataset), STATUSES)))
