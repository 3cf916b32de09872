"""The graph as records, ready to be written: every node and relationship that a dataset makes, with its properties."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.claim import Claim, Dataset, Source, Text, Thing
from graph.conflict import choose, set_aside, settle, written
from graph.edges import Edge, edges, lives
from graph.edtf import FuzzyDate
from graph.identifier import uri as identifier_uri
from graph.identifier import well_formed
from graph.model import ENTITY_TYPES, PREDICATES, ValueKind
from graph.period import Period
from graph.reference import normal, sortable, uri

Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """A node with its labels, the most general first. `key` is unique within the first label."""

    labels: tuple[str, ...]
    key: str
    properties: Properties


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship between two nodes, each named by its first label and key."""

    type: str
    start: tuple[str, str]
    end: tuple[str, str]
    properties: Properties


@dataclass(frozen=True, slots=True)
class Records:
    """All of a graph. `version` is a fingerprint of its content: equal versions, equal answers."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]
    version: str


def records(dataset: Dataset) -> Records:
    """Everything that a dataset makes of itself, in an order that does not depend on anything but its content."""
    aside = set_aside(dataset.conflicts.values(), dataset.claims, dataset.sources)
    accepted = [c for c in dataset.claims.values() if c.key not in aside]
    living = lives(dataset, accepted)
    by_subject: dict[str, list[Claim]] = defaultdict(list)
    for claim in accepted:
        by_subject[claim.subject].append(claim)
    nodes: list[Node] = []
    links: list[Relationship] = []
    for key in dataset.entities:
        nodes.append(_entity(dataset, key, by_subject[key], living))
        for more in (_names(dataset, key, by_subject[key]), _figures(dataset, by_subject[key]), _options(by_subject[key], living)):
            for node, link in more:
                nodes.append(node)
                links.append(link)
    made = edges(dataset, accepted, living)
    links += [_edge(edge, dataset) for edge in made]
    for part in (_references(dataset, by_subject), _claims(dataset), _sources(dataset), _conflicts(dataset)):
        for item in part:
            (nodes if isinstance(item, Node) else links).append(item)  # type: ignore[arg-type]
    return _fingerprinted(nodes, links)


def _fingerprinted(nodes: list[Node], links: list[Relationship]) -> Records:
    digest = hashlib.sha256()
    nodes.sort(key=lambda n: (n.labels, n.key))
    links.sort(key=lambda r: (r.type, r.start, r.end, str(r.properties.get("key"))))
    for item in (*nodes, *links):
        digest.update(repr(item).encode())
    return Records(tuple(nodes), tuple(links), digest.hexdigest()[:16])


def _kept(properties: Mapping[str, Any]) -> Properties:
    """Properties without those that are absent: neither engine stores a null."""
    return {name: value for name, value in properties.items() if value is not None}


def period_properties(period: Period) -> Properties:
    """A period as it stands on a node or relationship; `graph.period.SHOWN` reads the first two."""
    return _kept(
        {
            "validFrom": period.valid_from,
            "validTo": period.valid_to,
            "certainFrom": period.certain_from,
            "certainTo": period.certain_to,
            "startEdtf": period.start.edtf if period.start else None,
            "endEdtf": period.end.edtf if period.end else None,
            "attestedEdtf": period.attested.edtf if period.attested else None,
            "endKnown": period.end_known,
        }
    )


def _words(name: str, text: Text | None) -> Properties:
    return {f"{name}Nl": text.nl, f"{name}En": text.en} if text else {}


def _entity(dataset: Dataset, key: str, claims: list[Claim], living: Mapping[str, Period]) -> Node:
    entity = dataset.entities[key]
    properties: Properties = {"type": entity.type, "slug": entity.slug, "uri": uri(key)}
    single: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if PREDICATES[claim.predicate].single:
            single[claim.predicate].append(claim)
    for predicate, said in single.items():
        chosen, _ = choose(said, dataset.sources)
        value = (chosen or said[0]).value
        if isinstance(value, Text):
            properties |= _words(predicate, value)
        elif isinstance(value, FuzzyDate):
            properties |= {f"{predicate}Edtf": value.edtf, f"{predicate}Earliest": value.earliest, f"{predicate}Latest": value.latest}
        else:
            properties[predicate] = value
    properties["sortName"] = sortable(properties.get("nameNl", entity.slug))
    properties |= _whole_or_not(claims, dataset.sources)
    properties |= _codes(entity.type, claims)
    if key in living:
        properties |= period_properties(living[key])
        runs = [c for c in claims if c.predicate in ("exists", "runs")]
        properties["written"] = max(written(dataset.sources[c.source]) for c in runs)
        properties["lifeClaims"] = [c.key for c in runs]
    if entity.type == "Contract":
        properties["planned"] = any(c.qualifiers.get("planned") for c in claims if c.predicate == "runs")
        lasts = [p for c in claims if c.predicate == "option" and (p := c.period.valid_to)]
        properties["maxExtent"] = max(lasts, default=properties.get("validTo"))
    return Node(ENTITY_TYPES[entity.type].labels, key, _kept(properties))


def _whole_or_not(claims: list[Claim], sources: Mapping[str, Source]) -> Properties:
    """Which lists of a thing are whole, which are known not to be, and what is missing: by the claim that counts."""
    out: Properties = defaultdict(list)
    said: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.predicate in ("complete", "incomplete"):
            said[str(claim.qualifiers.get("list", "members"))].append(claim)
    for name, group in said.items():
        chosen, _ = choose(group, sources)
        counted = chosen or next((c for c in group if c.predicate == "incomplete"), group[0])
        out[f"{counted.predicate}Lists"].append(name)
        if isinstance(counted.value, Text):
            out |= _words(f"{name}Remark", counted.value)
    return dict(out)


def _codes(type_: str, claims: list[Claim]) -> Properties:
    """The code by which the field knows a municipality, as a property: it is asked for all the time."""
    if type_ != "Municipality":
        return {}
    codes = [str(c.value) for c in claims if c.predicate == "identifier" and str(c.value).startswith("CBS_GM:")]
    return {"code": codes[0].partition(":")[2]} if codes else {}


def _names(dataset: Dataset, key: str, claims: list[Claim]) -> Iterator[tuple[Node, Relationship]]:
    subject = ("Entity", key)
    seen: set[str] = set()
    for claim in claims:
        name = f"{key}~{claim.value}"
        if claim.predicate not in ("alternateName", "identifier") or name in seen:
            continue
        seen.add(name)
        period = _kept(period_properties(claim.period)) if claim.period.start or claim.period.end else {}
        if claim.predicate == "alternateName":
            kind = claim.qualifiers.get("nameKind", "SHORT")
            node = Node(("AlternateName",), name, {"name": claim.value, "kind": kind, "claim": claim.key, **period})
            yield node, Relationship("NAMES", ("AlternateName", name), subject, {})
        else:
            scheme, _, number = str(claim.value).partition(":")
            about = {"scheme": scheme, "id": number, "uri": identifier_uri(scheme, number), "isWellFormed": well_formed(scheme, number)}
            node = Node(("Identifier",), name, _kept({**about, "claim": claim.key, **period}))
            yield node, Relationship("IDENTIFIES", ("Identifier", name), subject, {})


def _figures(dataset: Dataset, claims: list[Claim]) -> Iterator[tuple[Node, Relationship]]:
    for claim in claims:
        if claim.predicate == "figure":
            measure, unit = str(claim.qualifiers.get("measure", "")), str(claim.qualifiers.get("unit", ""))
            about = {
                "measure": measure, "unit": unit, "number": claim.value, "approximate": claim.qualifiers.get("approximate") is True,
                "claim": claim.key, **period_properties(claim.period),
            }  # fmt: skip
            yield Node(("Figure",), claim.key, about), Relationship("FIGURE_OF", ("Figure", claim.key), ("Entity", claim.subject), {})


def _options(claims: list[Claim], living: Mapping[str, Period]) -> Iterator[tuple[Node, Relationship]]:
    for claim in claims:
        if claim.predicate in ("option", "lot"):
            subject = ("Entity", claim.subject)
            if claim.predicate == "option":
                about = {"number": int(float(str(claim.value))), "status": claim.qualifiers.get("status", "UNKNOWN")}
                label, link = "ContractOption", "OPTION_OF"
            else:
                about = {**_words("title", claim.value if isinstance(claim.value, Text) else None)}
                about["functions"] = str(claim.qualifiers.get("functions", "")).split()
                label, link = "Lot", "LOT_OF"
            node = Node((label,), claim.key, _kept({**about, "claim": claim.key, **period_properties(claim.period)}))
            yield node, Relationship(link, (label, claim.key), subject, {})


def _edge(edge: Edge, dataset: Dataset) -> Relationship:
    about = {"key": edge.key, "claims": list(edge.claims), "written": edge.written, **period_properties(edge.period), **edge.properties}
    if edge.role:
        about["role"] = edge.role
    return Relationship(edge.type, ("Entity", edge.start), ("Entity", edge.end), _kept(about))


def _references(dataset: Dataset, by_subject: Mapping[str, list[Claim]]) -> Iterator[Node | Relationship]:
    """Every text by which a thing may be called, in its normal form, and what it may mean."""
    means: dict[str, set[str]] = defaultdict(set)
    for key, entity in dataset.entities.items():
        for text in (key, entity.slug, uri(key)):
            means[normal(text)].add(key)
        for claim in by_subject[key]:
            for text in _called(claim):
                means[normal(text)].add(key)
    for text, keys in means.items():
        yield Node(("Reference",), text, {})
        for key in keys:
            yield Relationship("REFERS_TO", ("Reference", text), ("Entity", key), {})


def _called(claim: Claim) -> Iterable[str]:
    if claim.predicate == "name" and isinstance(claim.value, Text):
        return filter(None, (claim.value.nl, claim.value.en))
    if claim.predicate == "alternateName":
        return (str(claim.value),)
    if claim.predicate == "identifier":
        return (str(claim.value), str(claim.value).partition(":")[2])
    return ()


def _claims(dataset: Dataset) -> Iterator[Node | Relationship]:
    for claim in dataset.claims.values():
        source = dataset.sources[claim.source]
        kind = PREDICATES[claim.predicate].value
        about = {
            "predicate": claim.predicate, "rank": claim.rank, "method": claim.method, "valueKind": kind.name,
            "section": claim.locator.section, "page": claim.locator.page, "paragraph": claim.locator.paragraph,
            "footnote": claim.locator.footnote, "deepLink": claim.locator.link, "written": written(source),
            **_words("rankReason", claim.rank_reason), **_words("summary", claim.summary),
            **_value(claim), **period_properties(claim.period),
        }  # fmt: skip
        kept = _kept(about)
        kept["digest"] = hashlib.sha256(repr((claim.subject, claim.source, claim.value, kept)).encode()).hexdigest()[:16]
        yield Node(("Claim",), claim.key, kept)
        yield Relationship("ABOUT", ("Claim", claim.key), ("Entity", claim.subject), {})
        yield Relationship("FROM", ("Claim", claim.key), ("Source", claim.source), {})
        if isinstance(claim.value, Thing):
            yield Relationship("VALUE", ("Claim", claim.key), ("Entity", claim.value.key), {})


def _value(claim: Claim) -> Properties:
    value = claim.value
    if isinstance(value, Text):
        return _words("value", value)
    if isinstance(value, FuzzyDate):
        return {"valueEdtf": value.edtf, "valueEarliest": value.earliest, "valueLatest": value.latest}
    if isinstance(value, bool):
        return {"valueNl": "ja" if value else "nee", "valueEn": "yes" if value else "no"}
    if isinstance(value, float | int) and PREDICATES[claim.predicate].value is ValueKind.NUMBER:
        return {"valueNumber": float(value), "unit": claim.qualifiers.get("unit")}
    return {} if isinstance(value, Thing) else {"valueNl": str(value)}


def _sources(dataset: Dataset) -> Iterator[Node]:
    for source in dataset.sources.values():
        yield Node(("Source",), source.slug, _kept(_source(source)))


def _source(source: Source) -> Properties:
    about: Properties = {
        "title": source.title, "kind": source.kind, "publisher": source.publisher, "url": source.url,
        "licence": source.licence, "readOn": source.read,
    }  # fmt: skip
    if source.published:
        about["publishedEdtf"] = source.published.edtf
    if source.written:
        about |= {"writtenEarliest": source.written.earliest, "writtenLatest": source.written.latest}
    return about | _words("writtenReason", source.written_reason)


def _conflicts(dataset: Dataset) -> Iterator[Node | Relationship]:
    for conflict in dataset.conflicts.values():
        chosen, rule = settle(conflict, dataset.claims, dataset.sources)
        about = {
            "predicate": conflict.predicate, "kind": conflict.kind, "status": conflict.status, "rule": rule,
            **_words("explanation", conflict.explanation),
        }  # fmt: skip
        yield Node(("Conflict",), conflict.key, _kept(about))
        yield Relationship("ABOUT", ("Conflict", conflict.key), ("Entity", conflict.subject), {})
        for key in conflict.claims:
            yield Relationship("BETWEEN", ("Conflict", conflict.key), ("Claim", key), {"chosen": key == chosen})
