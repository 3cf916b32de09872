"""Provenance: the nodes of datasets, claims, sources and conflicts, beside the plain relationships of the graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson

from graph.build.bundle import Row
from graph.build.fingerprint import digest
from graph.build.properties import Properties, period_properties, without_nulls, words
from graph.dates.edtf import FuzzyDate
from graph.domain.claim import Claim, Dataset, EntityRef, LeftOut, Locator, Qualifier, Source, Text
from graph.domain.conflict import decide, written
from graph.domain.languages import LANGUAGES, ByLanguage
from graph.domain.model import PREDICATES, ValueKind

NOWHERE = Locator()
OWN_QUALIFIERS = ("role", "level", "takesPart", "unit")  # those that answers give; the others stand together in one text


def claim_rows(claims: Sequence[Claim], sources: Mapping[str, Source]) -> Iterator[Row]:
    """Returns for each claim its source, the key of the entity that is its value or None, and its properties."""
    periods: dict[int, Properties] = {}  # by identity: the claims of one source about an entity often share a period
    for claim in claims:
        if (period := periods.get(id(claim.period))) is None:
            period = periods[id(claim.period)] = period_properties(claim.period)
        properties = {
            "key": claim.key, "dataset": claim.dataset, "predicate": claim.predicate, "rank": claim.rank, "method": claim.method,
            "valueKind": PREDICATES[claim.predicate].value.name, "written": written(sources[claim.source]), **period,
            **without_nulls({
                **_place(claim.locator), **_qualifiers(claim.qualifiers), **words("rankReason", claim.rank_reason),
                **words("summary", claim.summary), **_value(claim),
            }),
        }  # fmt: skip
        value = claim.value.key if isinstance(claim.value, EntityRef) else None
        properties["digest"] = digest([claim.subject, claim.source, value, properties])[:16]
        yield [claim.source, value, properties]


def _value(claim: Claim) -> Properties:
    value = claim.value
    if isinstance(value, Text):
        return words("value", value)
    if isinstance(value, FuzzyDate):
        return {"valueEdtf": value.edtf}
    if isinstance(value, bool):
        return {language.property("value"): ANSWERS[language.code][value] for language in LANGUAGES if language.code in ANSWERS}
    if isinstance(value, float | int) and PREDICATES[claim.predicate].value is ValueKind.NUMBER:
        return {"valueNumber": float(value)}
    return {} if isinstance(value, EntityRef) else words("value", Text(str(value)))


def _place(locator: Locator) -> Properties:
    if locator == NOWHERE:
        return {}
    return {
        "section": locator.section, "page": locator.page, "paragraph": locator.paragraph, "footnote": locator.footnote,
        "deepLink": locator.link,
    }  # fmt: skip


def _qualifiers(qualifiers: Mapping[str, Qualifier]) -> Properties:
    """Returns those that answers give, and the others as a JSON object: what these say stands in the graph as nodes and links."""
    own = {name: qualifiers[name] for name in OWN_QUALIFIERS if name in qualifiers}
    others = {name: _plain(value) for name, value in qualifiers.items() if name not in OWN_QUALIFIERS}
    return own | {"qualifiers": orjson.dumps(others, option=orjson.OPT_SORT_KEYS).decode()} if others else own


def _plain(value: Qualifier) -> str | bool | list[str | None]:
    return list(value.words) if isinstance(value, Text) else value


ANSWERS = ByLanguage({"NL": ("nee", "ja"), "EN": ("no", "yes")})


def dataset_rows(dataset: Dataset) -> Iterator[Properties]:
    """Returns the properties of each dataset with their digest, among them how many claims it has and which sources these cite."""
    counts, sources = Counter[str](), defaultdict[str, set[str]](set)
    for claim in dataset.claims.values():
        counts[claim.dataset] += 1
        sources[claim.dataset].add(claim.source)
    for part in dataset.datasets.values():
        about = {
            "key": part.slug, "version": part.version, "publisher": part.publisher, "licence": part.licence, "checkedOn": part.checked,
            **words("title", part.title), **words("scope", part.scope),
            "claimCount": counts[part.slug], "sources": sorted(sources[part.slug]),
        }  # fmt: skip
        properties = without_nulls(about)
        yield properties | {"digest": digest(properties)}


def source_rows(sources: Iterable[Source]) -> Iterator[Properties]:
    """Returns the properties of each source, with their digest."""
    for source in sources:
        about: Properties = {
            "key": source.slug, "title": source.title, "kind": source.kind, "publisher": source.publisher, "url": source.url,
            "licence": source.licence, "readOn": source.read, **words("writtenReason", source.written_reason),
        }  # fmt: skip
        if source.published:
            about["publishedEdtf"] = source.published.edtf
        if source.written:
            about |= {"writtenEdtf": source.written.edtf}
            about |= {"writtenEarliest": source.written.earliest, "writtenLatest": source.written.latest}
        if source.authority:
            about |= {"authorityPredicates": sorted(source.authority), "authorityWeights": [n for _, n in sorted(source.authority.items())]}
        if source.left_out:
            about |= _left_out(source.left_out)
        properties = without_nulls(about)
        yield properties | {"digest": digest(properties)}


def _left_out(entries: Sequence[LeftOut]) -> Properties:
    """Returns the entries as lists of equal length, one for each part of an entry: a node holds no list of records."""
    texts = {language.property("leftOutText"): [entry.text[language.code] for entry in entries] for language in LANGUAGES}
    return {"leftOutSections": [entry.section for entry in entries], "leftOutReasons": [entry.reason for entry in entries], **texts}


def conflict_rows(dataset: Dataset) -> Iterator[Row]:
    """Returns for each conflict its properties with their digest, its subject, the other entities
    of its claims, and its claims as pairs of a key and True for the chosen one.
    """
    for conflict in dataset.conflicts.values():
        chosen, rule = decide(conflict, dataset.claims, dataset.sources)
        about = {
            "key": conflict.key, "predicate": conflict.predicate, "kind": conflict.kind, "status": conflict.status, "rule": rule,
            "claims": list(conflict.claims), **words("explanation", conflict.explanation),
        }  # fmt: skip
        claims = [dataset.claims[key] for key in conflict.claims]
        others = {c.subject for c in claims} | {c.value.key for c in claims if isinstance(c.value, EntityRef)}
        properties, between = without_nulls(about), sorted([key, key == chosen] for key in set(conflict.claims))
        row = [properties, conflict.subject, sorted(others - {conflict.subject}), between]
        properties["digest"] = digest(row)
        yield row
