"""Provenance as elements: claims, sources and conflicts, which hang beside the plain picture of the graph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from graph.claim import Claim, Dataset, Source, Text, Thing
from graph.conflict import settle, written
from graph.edtf import FuzzyDate
from graph.element import Node, Properties, Relationship, kept, period_properties, words
from graph.model import PREDICATES, ValueKind


def claims(dataset: Dataset) -> Iterator[Node | Relationship]:
    for claim in dataset.claims.values():
        source = dataset.sources[claim.source]
        kind = PREDICATES[claim.predicate].value
        about = {
            "predicate": claim.predicate, "rank": claim.rank, "method": claim.method, "valueKind": kind.name,
            "section": claim.locator.section, "page": claim.locator.page, "paragraph": claim.locator.paragraph,
            "footnote": claim.locator.footnote, "deepLink": claim.locator.link, "written": written(source),
            **words("rankReason", claim.rank_reason), **words("summary", claim.summary),
            **_value(claim), **period_properties(claim.period),
        }  # fmt: skip
        properties = kept(about)
        properties["digest"] = hashlib.sha256(repr((claim.subject, claim.source, claim.value, properties)).encode()).hexdigest()[:16]
        yield Node(("Claim",), claim.key, properties)
        yield Relationship("ABOUT", ("Claim", claim.key), ("Entity", claim.subject), {})
        yield Relationship("FROM", ("Claim", claim.key), ("Source", claim.source), {})
        if isinstance(claim.value, Thing):
            yield Relationship("VALUE", ("Claim", claim.key), ("Entity", claim.value.key), {})


def _value(claim: Claim) -> Properties:
    value = claim.value
    if isinstance(value, Text):
        return words("value", value)
    if isinstance(value, FuzzyDate):
        return {"valueEdtf": value.edtf, "valueEarliest": value.earliest, "valueLatest": value.latest}
    if isinstance(value, bool):
        return {"valueNl": "ja" if value else "nee", "valueEn": "yes" if value else "no"}
    if isinstance(value, float | int) and PREDICATES[claim.predicate].value is ValueKind.NUMBER:
        return {"valueNumber": float(value), "unit": claim.qualifiers.get("unit")}
    return {} if isinstance(value, Thing) else {"valueNl": str(value)}


def sources(dataset: Dataset) -> Iterator[Node]:
    for source in dataset.sources.values():
        yield Node(("Source",), source.slug, kept(_source(source)))


def _source(source: Source) -> Properties:
    about: Properties = {
        "title": source.title, "kind": source.kind, "publisher": source.publisher, "url": source.url,
        "licence": source.licence, "readOn": source.read,
    }  # fmt: skip
    if source.published:
        about["publishedEdtf"] = source.published.edtf
    if source.written:
        about |= {"writtenEarliest": source.written.earliest, "writtenLatest": source.written.latest}
    return about | words("writtenReason", source.written_reason)


def conflicts(dataset: Dataset) -> Iterator[Node | Relationship]:
    for conflict in dataset.conflicts.values():
        chosen, rule = settle(conflict, dataset.claims, dataset.sources)
        about = {
            "predicate": conflict.predicate, "kind": conflict.kind, "status": conflict.status, "rule": rule,
            **words("explanation", conflict.explanation),
        }  # fmt: skip
        yield Node(("Conflict",), conflict.key, kept(about))
        yield Relationship("ABOUT", ("Conflict", conflict.key), ("Entity", conflict.subject), {})
        for key in conflict.claims:
            yield Relationship("BETWEEN", ("Conflict", conflict.key), ("Claim", key), {"chosen": key == chosen})
