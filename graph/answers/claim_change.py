"""Tells what loads did to the claims: whether a store still knows it all since a version or an instant, and each change in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from graph.answers.claim_label import claim_label
from graph.answers.date_label import label
from graph.answers.shape import Wanted
from graph.dates.edtf import parse
from graph.domain.closed_list import ClosedList
from graph.domain.languages import DEFAULT, ByLanguage
from graph.domain.model import KINDS_OF, PREDICATES, TYPE_OF_PREFIX, ValueKind
from graph.domain.record import OPEN
from graph.domain.words import ACCESS_ROUTES, CLAIM_CHANGE_KINDS, LEGAL_FORMS, SCALES
from graph.errors import BadInput

VERSION = re.compile(r"[0-9a-f]{16}")


class LoadRow(NamedTuple):
    """A load that a store keeps: its place among loads, its version and instant, and what it changed.

    `previous` and `previous_at` are the version and the place of the load before it; None where it is the first that is known.
    """

    at: str
    version: str
    loaded_at: str
    changes: int
    previous: str | None
    previous_at: str | None


def is_kept(rows: Sequence[Sequence[Any]], since: str, instant: str, current: str) -> bool:
    """Returns True if a store knows all that changed since a version or, if it is not empty, an instant. Raises BadInput if not."""
    loads = [LoadRow(*row) for row in rows]
    known = {version for load in loads for version in (load.version, load.previous)}
    if instant:
        if loads and (loads[0].previous_at or loads[0].at) <= instant:
            return True
    elif since == current or since in known:
        return True
    oldest = f" It keeps those since version {loads[0].previous or loads[0].version}." if loads else ""
    raise BadInput(
        f"This store does not keep what changed since {since}.{oldest}",
        f"Take all claims anew (the export ndjson), and go on from their version, which is {current} now.", "since", "NOT_KEPT",
    )  # fmt: skip


def loads_after(rows: Sequence[Sequence[Any]], since: str, instant: str) -> list[LoadRow]:
    """Returns the loads after a version, where it was loaded last, or after an instant; all if both are empty."""
    loads = [LoadRow(*row) for row in rows]
    if not (since or instant):
        return loads
    places = [load.at for load in loads if load.version == since]
    places += [load.previous_at or "" for load in loads if load.previous == since]
    place = instant or max(places, default="~")  # the version that the store holds, of which it keeps no load: nothing came after it
    return [load for load in loads if load.at > place]


# ── a claim as it was ─────────────────────────────────────────────────────────────────────────────


def recorded(text: str | None, wanted: Wanted) -> dict[str, Any] | None:
    """Returns a claim as it was said (RecordedClaim), of its record as JSON; None if there is none."""
    if text is None:
        return None
    record = orjson.loads(text)
    until = record.get("until")
    whole = {
        "predicate": record["predicate"], "value": _plain(record["value"], DEFAULT), "startDate": record.get("from"),
        "endDate": None if until == OPEN else until, "isOpenEnded": until == OPEN, "source": record["source"],
        "section": record.get("section"), "page": record.get("page"), "record": text,
    }  # fmt: skip
    out = {}
    for key, name, argument in wanted:
        if name == "summary":
            out[key] = _spoken(record.get("summary"), argument or DEFAULT)
        else:
            out[key] = argument if name == "__typename" else whole[name]
    return out


def _plain(value: Any, language: str) -> str:
    if isinstance(value, dict):
        return _spoken(value, language) or ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _spoken(words: dict[str, str] | None, language: str) -> str | None:
    """Returns a text in a language, or in another if it is not there."""
    return (words.get(language.lower()) or next(iter(words.values()), None)) if words else None


_SENTENCES = ByLanguage(
    {
        "NL": "{kind}: {subject}: {said}{value} (bron: {source}).",
        "EN": "{kind}: {subject}: {said}{value} (source: {source}).",
    }
)


def sentence(kind: str, subject: str | None, value: str | None, before: str | None, after: str | None, language: str) -> str:
    """Returns a change in a sentence; `value` is the name of the thing that the claim names, `before` and `after` are its records."""
    record = orjson.loads(after or before or "{}")
    said = claim_label(record["predicate"], record.get("role"), record.get("level"), record.get("takesPart"), language)
    told = value or _told(record, language)
    return _SENTENCES[language].format(
        kind=CLAIM_CHANGE_KINDS.name(kind, language).capitalize(), subject=subject or record["subject"], said=said,
        value=f" {told}" if told else "", source=record["source"],
    )  # fmt: skip


def _closed_list(record: dict[str, Any]) -> ClosedList | None:
    """Returns the closed list of which the value of a claim is a word; the kinds depend on the type of the subject."""
    type_ = TYPE_OF_PREFIX[record["subject"].partition("/")[0]].label
    return {"kind": KINDS_OF.get(type_), "scale": SCALES, "legalForm": LEGAL_FORMS, "accessBy": ACCESS_ROUTES}.get(record["predicate"])


def _told(record: dict[str, Any], language: str) -> str:
    """Returns the value of a claim in words; nothing for yes, which the predicate says already."""
    value = record["value"]
    match PREDICATES[record["predicate"]].value:
        case ValueKind.DATE:
            return label(parse(value).edtf, language)
        case ValueKind.FLAG if value is True:
            return ""
        case ValueKind.WORD if (known := _closed_list(record)) and value in known:
            return known.name(value, language)
        case _:
            return f"{_plain(value, language)}{' ' + record['unit'] if 'unit' in record else ''}"
