"""Tells in words what a source says: about whom, what, since when and where it stands. For pages that put statements side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.pages.provenance.notes import Place, anchor, place_in
from api.pages.visit import Visit, reference_to
from graph.domain.closed_list import ClosedList
from graph.domain.model import WORDS_OF
from graph.domain.words import COLLABORATION_KINDS, DOCUMENT_KINDS, EVENT_KINDS, IDENTIFIER_SCHEMES, REGION_KINDS, UNITS

SENTENCES = ("practice", "text", "incomplete", "complete")  # their value is a sentence
THAT_IT_IS_SO = ("exists", "runs")  # their value is "yes", and what they say is since when
_LISTS: Mapping[str, tuple[ClosedList, ...]] = {
    "kind": (REGION_KINDS, COLLABORATION_KINDS, DOCUMENT_KINDS, EVENT_KINDS), **{name: (one,) for name, one in WORDS_OF.items()}
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a source about one thing. `label` says what `text` is; it is empty if `text` is a sentence.

    `place` is where it stands in the source, `deep_link` its address if it has one. `source_link` leads to where our page of the source
    shows it, `language` is that of `text` if it is known, `remark_language` that of a remark in another language
    than that of the page.
    """

    key: str
    subject: str
    subject_link: str
    label: str
    text: str
    text_link: str
    language: str
    remark: str
    remark_language: str | None
    when: str
    source: str
    source_link: str
    place: Place
    deep_link: str | None


def said_by(visit: Visit, claim: Mapping[str, Any]) -> Said:
    """Returns a claim in words. It has what the fragment `Statement` of the saved questions asks for."""
    label, text, link = _value(visit, claim)
    locator, remark = claim["locator"] or {}, claim["summary"] or ""
    source, key = claim["source"], reference_to(claim["subject"]["uri"])
    own = f"{visit.link('sources', source=source['id'], about=key)}#{anchor(claim['id'])}"
    return Said(
        anchor(claim["id"]), claim["subject"]["name"], visit.link_to(claim["subject"]), label, text, link,
        (claim["value"].get("lang") or "").lower(), remark, visit.words.foreign(remark, claim["dutchSummary"]),
        _when(visit, claim["validity"]), source["title"],
        own, place_in(visit.words, locator), locator.get("deepLink"),
    )  # fmt: skip


def _value(visit: Visit, claim: Mapping[str, Any]) -> tuple[str, str, str]:
    """Returns what the value of a claim is, the value in words, and the address of the thing that it is, if it is one."""
    words, predicate, label, value = visit.words, claim["predicate"], claim["predicateLabel"], claim["value"]
    match value["__typename"]:
        case "EntityValue":
            return label, value["entity"]["name"], visit.link_to(value["entity"])
        case "DateValue":
            return label, value["date"]["label"], ""
        case "NumberValue" if claim["figure"]:
            return "", _figure(visit, value["number"], claim["figure"]), ""
        case "NumberValue":
            return label, words.number(value["number"]), ""
    if predicate in SENTENCES:
        return "", value["text"], ""
    if predicate in THAT_IT_IS_SO:
        return "", label, ""
    return label, _word(predicate, value["text"], visit.address.language.code), ""


def _figure(visit: Visit, number: float, figure: Mapping[str, Any]) -> str:
    words, unit = visit.words, figure["unit"]
    told = words.number(number)
    if figure["approximate"]:
        told = words("claims.about", number=told)
    if unit == "COUNT":
        return f"{told} {figure['label']}"
    return f"{figure['label']}: {told} {UNITS.name(unit, visit.address.language.code)}"


def _word(predicate: str, text: str, language: str) -> str:
    """Returns the name of a word of a closed list, a code with the name of its registry, and any other text as it is."""
    if predicate == "identifier":
        scheme, _, code = text.partition(":")
        return f"{IDENTIFIER_SCHEMES.name(scheme, language)} {code}" if scheme in IDENTIFIER_SCHEMES else text
    return next((one.name(text, language) for one in _LISTS.get(predicate, ()) if text in one), text)


def _when(visit: Visit, validity: Mapping[str, Any] | None) -> str:
    """Returns the period that a source gives; empty if it gives none."""
    words, period = visit.words, validity or {}
    start, end = ((period.get(bound) or {}).get("label") for bound in ("start", "end"))
    if start and end:
        told = words("claims.on", day=start) if start == end else words("claims.from_until", first=start, last=end)
    else:
        told = words("claims.from", day=start) if start else words("claims.until", day=end) if end else ""
    return words("claims.planned", when=told).strip() if period.get("isPlanned") else told


def in_one_line(said: Said) -> str:
    """Returns what a source says as one text."""
    return f"{said.label}: {said.text}" if said.label else said.text
