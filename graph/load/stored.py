"""Reads all claims back from a store, with everything that belongs to them: the Dataset that was loaded, but for the places in files.

It holds for either engine that the records of what is read have the version that was loaded. Claims and outlines are read
entity by entity, some at a time, so that no answer of a store is large.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, TypeVar

import orjson

from graph.build.provenance import ANSWERS, OWN_QUALIFIERS
from graph.dates.edtf import FuzzyDate, parse
from graph.dates.period import DAY, Period
from graph.domain.claim import UNQUALIFIED, Claim, ClaimDataset, Conflict, Dataset, Entity, EntityRef, LeftOut, Locator, Source, Text
from graph.domain.claim import Qualifier as ClaimQualifier
from graph.domain.claim import Value as ClaimValue
from graph.domain.languages import DEFAULT, LANGUAGES
from graph.domain.model import ValueKind
from graph.domain.outline import Outline
from graph.engines.cypher import Cypher
from graph.errors import Changing, NotLoaded
from graph.load import writes
from graph.load.versions import Rows

BATCH_KEYS = 200  # entities whose claims are read at once
_T = TypeVar("_T")


def _said(variable: str, name: str) -> str:
    """Returns the list of a text in every language as Cypher."""
    return f"[{', '.join(f'{variable}.{language.property(name)}' for language in LANGUAGES)}]"


_DAYS = ("validFrom", "validTo", "certainFrom", "certainTo", "staleFrom")
_PERIOD = ", ".join((
    *(f"toString(c.{name})" for name in _DAYS), "c.startEdtf", "c.endEdtf", "c.attestedEdtf", "c.endKnown", "c.startBasis", "c.endBasis",
    "c.planned",
))  # fmt: skip
ENTITIES = "MATCH (n:Entity) RETURN n.key, n.type ORDER BY n.key"
CLAIMS = (
    "UNWIND $keys AS key MATCH (b:Bundle {key: key})<-[:ABOUT]-(c:Claim)-[:FROM]->(s:Source) OPTIONAL MATCH (c)-[:VALUE]->(v:Bundle) "
    "RETURN c.key, b.key, c.predicate, c.valueKind, v.key, c.valueNumber, c.valueEdtf, "
    f"{_said('c', 'value')}, s.key, [c.section, c.page, c.paragraph, c.footnote, c.deepLink], c.rank, "
    f"{_said('c', 'rankReason')}, c.method, {_said('c', 'summary')}, "
    f"[{', '.join(f'c.{name}' for name in OWN_QUALIFIERS)}], c.qualifiers, c.dataset, [{_PERIOD}]"
)
OUTLINES = (
    "UNWIND $keys AS key MATCH (n:Entity {key: key})<-[:OUTLINE_OF]-(o:Outline) "
    "RETURN n.key, toString(o.validFrom), toString(o.validTo), o.geoJson ORDER BY o.key"
)
SOURCES = (
    "MATCH (s:Source) RETURN s.key, s.kind, s.title, s.publisher, s.url, s.publishedEdtf, s.writtenEdtf, "
    f"{_said('s', 'writtenReason')}, s.licence, toString(s.readOn), s.authorityPredicates, s.authorityWeights, "
    f"s.leftOutSections, {_said('s', 'leftOutText')}, s.leftOutReasons ORDER BY s.key"
)
CONFLICTS = (
    "MATCH (k:Conflict)-[:ABOUT]->(b:Bundle) "
    f"RETURN k.key, b.key, k.predicate, k.kind, k.status, k.claims, {_said('k', 'explanation')} ORDER BY k.key"
)
DATASETS = (
    f"MATCH (d:ClaimDataset) RETURN d.key, {_said('d', 'title')}, {_said('d', 'scope')}, d.version, toString(d.checkedOn), d.publisher, "
    "d.licence ORDER BY d.key"
)


async def stored(store: Rows) -> Dataset:
    """Returns all that a store holds. Raises NotLoaded if it holds no graph, and Changing if another one was loaded meanwhile."""
    before = await _load(store)
    entities = {key: Entity(key, type) for key, type in await _rows(store, ENTITIES)}
    sources = {source.slug: source for source in map(_source, await _rows(store, SOURCES))}
    conflicts = {conflict.key: conflict for conflict in map(_conflict, await _rows(store, CONFLICTS))}
    datasets = {dataset.slug: dataset for dataset in map(_dataset, await _rows(store, DATASETS))}
    claims, outlines = {claim.key: claim async for claim in claims_of(store, list(entities))}, dict[str, list[Outline]]()
    async for key, first, end, drawn in _of_each(store, OUTLINES, list(entities)):
        outlines.setdefault(key, []).append(Outline(date.fromisoformat(first), date.fromisoformat(end) - DAY, partial(str, drawn)))
    if await _load(store) != before:
        raise Changing("Other data was loaded while it was being read.", "Read it again.")
    return Dataset(entities, dict(sorted(claims.items())), sources, conflicts, datasets, outlines)


async def claims_of(store: Rows, keys: Sequence[str]) -> AsyncIterator[Claim]:
    """Yields the claims that a store holds about some things."""
    reading = _Claims()
    async for row in _of_each(store, CLAIMS, keys):
        yield reading.claim(row)


async def _load(store: Rows) -> list[Any]:
    """Returns the version of a store and the instant of its load. Raises NotLoaded."""
    version, loaded_at = (await _rows(store, writes.CURRENT))[0]
    if version is None:
        raise NotLoaded("The graph is empty: nothing has been loaded yet.", "Run `regiograaf load --commit`.")
    return [version, loaded_at]


async def _rows(store: Rows, text: str, **parameters: Any) -> list[list[Any]]:
    return await store.rows(Cypher(text, parameters, name="all claims"))


async def _of_each(store: Rows, text: str, keys: Sequence[str]) -> AsyncIterator[list[Any]]:
    for start in range(0, len(keys), BATCH_KEYS):
        for row in await _rows(store, text, keys=list(keys[start : start + BATCH_KEYS])):
            yield row


@dataclass(slots=True)
class _Claims:
    """Makes claims of rows. Claims with equal periods, locators or texts share one, as there are few that differ."""

    shared: dict[Any, Any] = field(default_factory=dict)

    def claim(self, row: Sequence[Any]) -> Claim:
        key, subject, predicate, kind, thing, number, edtf, words, source, locator, rank, reason, method, summary, own, others, *last = row
        dataset, period = last
        return Claim(
            key, subject, predicate, _value(kind, thing, number, edtf, words), self._one(_period(period)), source,
            self._one(Locator(*locator)), rank, _text(reason), method, self._one(_text(summary)), _qualifiers(own, others),
            dataset=dataset or "",
        )  # fmt: skip

    def _one(self, value: _T) -> _T:
        return self.shared.setdefault(value, value)  # type: ignore[no-any-return]


def _value(kind: str, thing: str | None, number: float | None, edtf: str | None, words: Sequence[str | None]) -> ClaimValue:
    match ValueKind[kind]:
        case ValueKind.THING:
            return EntityRef(str(thing))
        case ValueKind.NUMBER:
            return float(number or 0)
        case ValueKind.DATE:
            return parse(str(edtf))
        case ValueKind.FLAG:
            return words[0] == ANSWERS[DEFAULT][True]
        case ValueKind.TEXT:
            return Text(*words)
        case _:
            return str(words[0])


def _period(values: Sequence[Any]) -> Period:
    (first, to, sure, sure_to, stale), (start, end, attested, known, start_basis, end_basis, planned) = values[:5], values[5:]
    return Period(
        _day(first), _day(to), _day(sure), _day(sure_to), _vague(start), _vague(end), known, _vague(attested), start_basis, end_basis,
        _day(stale), planned is True,
    )  # fmt: skip


def _qualifiers(own: Sequence[Any], others: str | None) -> Mapping[str, ClaimQualifier]:
    found = {name: value for name, value in zip(OWN_QUALIFIERS, own, strict=True) if value is not None}
    for name, value in (orjson.loads(others) if others else {}).items():
        found[name] = Text(*value) if isinstance(value, list) else value
    return found or UNQUALIFIED


def _source(row: Sequence[Any]) -> Source:
    slug, kind, title, publisher, url, published, written, reason, licence, read, predicates, weights, sections, texts, reasons = row
    authority = dict(zip(predicates or (), weights or (), strict=True))
    left_out = tuple(_left_out(sections or (), texts, reasons or ()))
    return Source(
        slug, kind, title, publisher, url, _vague(published), _vague(written), _text(reason), licence, _day(read), authority, left_out,
    )  # fmt: skip


def _left_out(sections: Sequence[str], texts: Sequence[Sequence[str] | None], reasons: Sequence[str]) -> Iterator[LeftOut]:
    for place, (section, reason) in enumerate(zip(sections, reasons, strict=True)):
        yield LeftOut(section, Text(*(words[place] if words else None for words in texts)), reason)


def _conflict(row: Sequence[Any]) -> Conflict:
    key, subject, predicate, kind, status, claims, explanation = row
    return Conflict(key, subject, predicate, kind, status, tuple(claims), Text(*explanation))


def _dataset(row: Sequence[Any]) -> ClaimDataset:
    slug, title, scope, version, checked, publisher, licence = row
    return ClaimDataset(slug, Text(*title), Text(*scope), version, date.fromisoformat(checked), publisher, licence)


def _text(words: Sequence[str | None]) -> Text | None:
    return Text(*words) if any(words) else None


def _vague(edtf: str | None) -> FuzzyDate | None:
    return parse(edtf) if edtf else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
