"""A Dataset as records of plain values, and back: what a line of JSON, a row of a table or an entry of a file says.

Each record has a `record`: what it is. Names are those of the files of claims (seeds/README.md): `id`, `from`, `until` (the last day, or
`open`), `section`. A text is an object by language, a vague date is EDTF, another thing is its key. What is not known is left out. Places
in files are not kept; the boundaries of a thing are, for the days on which each holds. A value may also be its text, as in a table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from graph.dates.edtf import FuzzyDate, parse
from graph.dates.period import Period
from graph.domain.claim import UNQUALIFIED, Claim, ClaimDataset, Conflict, Dataset, Entity, EntityRef, LeftOut, Locator, Source, Text
from graph.domain.claim import Qualifier as ClaimQualifier
from graph.domain.claim import Value as ClaimValue
from graph.domain.languages import LANGUAGES
from graph.domain.model import PREDICATES, ValueKind
from graph.domain.outline import Outline, in_turn

Record = dict[str, Any]
DATASET, SOURCE, ENTITY, CLAIM, CONFLICT, OUTLINE = KINDS = ("dataset", "source", "entity", "claim", "conflict", "outline")
QUALIFIERS = tuple(sorted({name for predicate in PREDICATES.values() for name in predicate.qualifiers}))
FLAGS = frozenset({"takesPart", "approximate", "planned"})  # qualifiers that are yes or no
TEXTS = frozenset({"roleLabel", "label"})
OPEN = "open"  # an end of which the source says that there is none


# ── records ───────────────────────────────────────────────────────────────────────────────────────


def records_of(dataset: Dataset) -> Iterator[Record]:
    """Yields all records: datasets, sources, entities, claims, conflicts and outlines, each by their keys."""
    for slug, part in sorted(dataset.datasets.items()):
        yield _known(record=DATASET, slug=slug, title=text(part.title), scope=text(part.scope), version=part.version,
            checked=str(part.checked), publisher=part.publisher, licence=part.licence)  # fmt: skip
    for _, source in sorted(dataset.sources.items()):
        yield source_record(source)
    for key, entity in sorted(dataset.entities.items()):
        yield {"record": ENTITY, "key": key, "type": entity.type}
    for _, claim in sorted(dataset.claims.items()):
        yield claim_record(claim)
    for key, conflict in sorted(dataset.conflicts.items()):
        yield {
            "record": CONFLICT, "id": key, "subject": conflict.subject, "predicate": conflict.predicate, "kind": conflict.kind,
            "status": conflict.status, "claims": list(conflict.claims), "explanation": text(conflict.explanation),
        }  # fmt: skip
    for key, outlines in sorted(dataset.outlines.items()):
        for outline in in_turn(outlines):
            days = {"from": str(outline.first), "until": str(outline.last)}
            yield {"record": OUTLINE, "key": key, **days, "geometry": json.loads(outline.draw())}


def source_record(source: Source) -> Record:
    """Returns the record of a source."""
    left_out = [{"section": each.section, "text": text(each.text), "reason": each.reason} for each in source.left_out]
    return _known(
        record=SOURCE, slug=source.slug, kind=source.kind, title=source.title, publisher=source.publisher, url=source.url,
        published=_edtf(source.published), written=_edtf(source.written), writtenReason=text(source.written_reason),
        licence=source.licence, read=str(source.read) if source.read else None, authority=dict(sorted(source.authority.items())) or None,
        leftOut=left_out or None,
    )  # fmt: skip


def claim_record(claim: Claim) -> Record:
    """Returns the record of a claim, whose qualifiers stand beside its value."""
    at, period = claim.locator, claim.period
    until = _edtf(period.end) or (OPEN if period.end_known else None)
    qualifiers = {name: text(value) if isinstance(value, Text) else value for name, value in claim.qualifiers.items()}
    return _known(
        record=CLAIM, id=claim.key, dataset=claim.dataset or None, subject=claim.subject, predicate=claim.predicate,
        value=_plain(claim.value), **qualifiers, **{"from": _edtf(period.start)}, until=until, source=claim.source, section=at.section,
        page=at.page, paragraph=at.paragraph, footnote=at.footnote, link=at.link, summary=text(claim.summary),
        rank=None if claim.rank == "NORMAL" else claim.rank, rankReason=text(claim.rank_reason),
        method=None if claim.method == "STATED" else claim.method,
    )  # fmt: skip


def text(words: Text | None) -> dict[str, str] | None:
    """Returns a text by the keys of its languages."""
    return {language.key: spoken for language, spoken in words.items if spoken is not None} if words else None


def _plain(value: ClaimValue) -> Any:
    if isinstance(value, Text):
        return text(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.edtf if isinstance(value, FuzzyDate) else value.key if isinstance(value, EntityRef) else value


def _edtf(vague: FuzzyDate | None) -> str | None:
    return vague.edtf if vague else None


def _known(**values: Any) -> Record:
    return {name: value for name, value in values.items() if value is not None}


# ── and back ──────────────────────────────────────────────────────────────────────────────────────


def dataset_of(records: Iterable[Mapping[str, Any]]) -> Dataset:
    """Returns the Dataset that records make; sources come before the claims that cite them. Other records are passed over.

    Raises KeyError, TypeError or ValueError if a record cannot be read.
    """
    found = Dataset({}, {}, {}, {}, {}, {})
    for record in records:
        if read := _READ.get(record["record"]):
            read(record, found)
    return found


def _read_dataset(record: Mapping[str, Any], found: Any) -> None:
    found.datasets[record["slug"]] = ClaimDataset(
        record["slug"], _said(record["title"]), _said(record["scope"]), record["version"], date.fromisoformat(record["checked"]),
        record.get("publisher"), record.get("licence"),
    )  # fmt: skip


def _read_source(record: Mapping[str, Any], found: Any) -> None:
    get = record.get
    found.sources[record["slug"]] = Source(
        record["slug"], record["kind"], record["title"], get("publisher"), get("url"), _vague(get("published")), _vague(get("written")),
        _text(get("writtenReason")), get("licence"), date.fromisoformat(record["read"]) if "read" in record else None,
        {predicate: int(weight) for predicate, weight in get("authority", {}).items()},
        tuple(LeftOut(each["section"], _said(each["text"]), each["reason"]) for each in get("leftOut", ())),
    )  # fmt: skip


def _read_entity(record: Mapping[str, Any], found: Any) -> None:
    found.entities[record["key"]] = Entity(record["key"], record["type"])


def _read_claim(record: Mapping[str, Any], found: Any) -> None:
    get, source = record.get, found.sources[record["source"]]
    end = get("until")
    period = Period.of(_vague(get("from")), None if end == OPEN else _vague(end), open_ended=end == OPEN, attested=source.attested)
    locator = Locator(get("section"), _whole(get("page")), _whole(get("paragraph")), get("footnote"), get("link"))
    found.claims[record["id"]] = Claim(
        record["id"], record["subject"], record["predicate"], _value(record), period, source.slug, locator, get("rank", "NORMAL"),
        _text(get("rankReason")), get("method", "STATED"), _text(get("summary")), _qualifiers(record), "", get("dataset", ""),
    )  # fmt: skip


def _read_conflict(record: Mapping[str, Any], found: Any) -> None:
    found.conflicts[record["id"]] = Conflict(
        record["id"], record["subject"], record["predicate"], record["kind"], record["status"], tuple(record["claims"]),
        _said(record["explanation"]),
    )  # fmt: skip


def _read_outline(record: Mapping[str, Any], found: Any) -> None:
    first, last = date.fromisoformat(record["from"]), date.fromisoformat(record["until"])
    drawn = json.dumps(record["geometry"], separators=(",", ":"))
    found.outlines.setdefault(record["key"], []).append(Outline(first, last, partial(str, drawn)))


_READ: Mapping[str, Callable[[Mapping[str, Any], Any], None]] = {
    DATASET: _read_dataset, SOURCE: _read_source, ENTITY: _read_entity, CLAIM: _read_claim, CONFLICT: _read_conflict,
    OUTLINE: _read_outline,
}  # fmt: skip


def _value(record: Mapping[str, Any]) -> ClaimValue:
    value = record["value"]
    match PREDICATES[record["predicate"]].value:
        case ValueKind.TEXT:
            return _said(value)
        case ValueKind.NUMBER:
            return float(value)
        case ValueKind.FLAG:
            return _flag(value)
        case ValueKind.DATE:
            return parse(value)
        case ValueKind.THING:
            return EntityRef(value)
        case _:
            return str(value)


def _qualifiers(record: Mapping[str, Any]) -> Mapping[str, ClaimQualifier]:
    found = {name: record[name] for name in QUALIFIERS if name in record}
    return {
        name: _flag(value) if name in FLAGS else _said(value) if name in TEXTS else value for name, value in found.items()
    } or UNQUALIFIED


def _flag(value: bool | str) -> bool:
    if value not in (True, False, "true", "false"):
        raise ValueError(f"{value!r} is neither true nor false")
    return value in (True, "true")


def _said(words: Mapping[str, str]) -> Text:
    return Text(*(words.get(language.key) for language in LANGUAGES))


def _text(words: Mapping[str, str] | None) -> Text | None:
    return None if words is None else _said(words)


def _vague(edtf: str | None) -> FuzzyDate | None:
    return parse(edtf) if edtf else None


def _whole(number: int | str | None) -> int | None:
    return None if number is None else int(number)
