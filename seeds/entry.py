"""One entry of a file as claims: one, or one for each value of a list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from graph.dates.period import Period
from graph.domain import identifier, model, words
from graph.domain.claim import Claim, Entity, EntityRef, Locator, Qualifier, Source
from graph.domain.claim import Value as Said
from graph.domain.model import PREDICATES, Predicate, ValueKind
from seeds import values
from seeds.document import Fields, Items, Scalar, Value
from seeds.problem import A_SOURCE, Findings, nearest

LOCATOR = ("section", "page", "paragraph", "footnote", "link")
KEYS = ("id", "from", "until", "source", *LOCATOR, "summary", "rank", "rankReason", "method")
QUALIFIERS = tuple(sorted({q for p in PREDICATES.values() for q in p.qualifiers}))


def claims_of(node: Value, subject: Entity, sources: Mapping[str, Source | None], findings: Findings) -> list[Claim]:
    """The claims of an entry; none where something is wrong with it. `sources` gives None for one that could not be read."""
    if not isinstance(node, Fields):
        findings.add("WRONG_VALUE", node.line, "An entry must be keys with values.", "Write `- id: …` and the rest of the entry below it.")
        return []
    before = len(findings.problems)
    id = values.plain(values.required(node, "id", findings), "id", findings)
    predicate = _predicate(node, subject, findings)
    if predicate is None:
        return []
    said = _said(node, predicate, subject, findings)
    qualifiers = _qualifiers(node, predicate, findings)
    slug, locator = _cited(node, sources, findings)
    period = _period(node, predicate, sources.get(slug or ""), findings)
    rank = values.word(node.value("rank"), "rank", words.RANKS, findings) or "NORMAL"
    reason = values.text(node.value("rankReason"), "rankReason", findings, ours=True)
    if rank != "NORMAL" and "rankReason" not in node.entries:
        line = node.entries["rank"].line
        findings.add("MISSING_REASON", line, f"The rank {rank} has no reason.", f"Add `rankReason: {values.TEXT}`.")
    method = values.word(node.value("method"), "method", words.METHODS, findings) or "STATED"
    summary = values.text(node.value("summary"), "summary", findings, ours=True)
    if len(findings.problems) > before or id is None or slug is None:
        return []
    place = f"{findings.file}:{node.line}"
    return [
        Claim(id + tail, subject.key, predicate.name, value, period, slug, locator, rank, reason, method, summary, qualifiers, place)
        for tail, value in said
    ]


def _predicate(node: Fields, subject: Entity, findings: Findings) -> Predicate | None:
    """The one predicate of an entry. Notes all keys that are neither a predicate nor allowed beside it."""
    spoken = [key for key in node.entries if key in PREDICATES]
    strange = [key for key in node.entries if key not in PREDICATES and key not in KEYS and key not in QUALIFIERS]
    if not spoken:
        line = node.entries[strange[0]].line if strange else node.line
        what = f'"{strange[0]}" is not a predicate.' if strange else "The entry says nothing: it has no predicate."
        findings.add(
            "UNKNOWN_PREDICATE", line, what, nearest(strange[0] if strange else "", PREDICATES, "See seeds/README.md for the predicates.")
        )
        return None
    predicate = PREDICATES[spoken[0]]
    for key in strange:
        remedy = nearest(key, (*KEYS, *predicate.qualifiers), "Take it out, or see seeds/README.md for the keys.")
        findings.add("UNKNOWN_KEY", node.entries[key].line, f'"{key}" is not a key of an entry.', remedy)
    for key in spoken[1:]:
        what = f'One entry says two things: "{predicate.name}" and "{key}".'
        findings.add("TWO_PREDICATES", node.entries[key].line, what, "Make two entries, each with its own id.")
    if subject.type not in predicate.of:
        able = ", ".join(sorted(predicate.of))
        what = f'"{predicate.name}" cannot be said of a {subject.type}.'
        findings.add("PREDICATE_NOT_ALLOWED", node.entries[predicate.name].line, what, f"It can be said of: {able}.")
        return None
    return predicate


def _said(node: Fields, predicate: Predicate, subject: Entity, findings: Findings) -> list[tuple[str, Said]]:
    """What the entry says, each value with the tail that it gives to the key of its claim."""
    value = node.entries[predicate.name].value
    if not isinstance(value, Items):
        one = _one(value, predicate, subject, findings)
        return [] if one is None else [("", one)]
    if predicate.single or predicate.value not in (ValueKind.THING, ValueKind.PLAIN):
        findings.add("WRONG_VALUE", value.line, f'"{predicate.name}" takes one value.', "Make an entry of each value, with its own id.")
    elif not value.values:
        findings.add("WRONG_VALUE", value.line, f'The list of "{predicate.name}" is empty.', "Take the entry out, or fill the list.")
    out: dict[str, Said] = {}
    for item in value.values:
        one = _one(item, predicate, subject, findings)
        if one is None:
            continue
        tail = _tail(one, predicate)
        if tail in out:
            findings.add(
                "DUPLICATE_ID", item.line, f'Two values of this list both give the id "…{tail}".', "Take one out, or make two entries."
            )
        out[tail] = one
    return list(out.items())


def _tail(value: Said, predicate: Predicate) -> str:
    if isinstance(value, EntityRef):
        return "/" + value.key.partition("/")[2]
    if predicate.name == "identifier":
        return f"/{value}"
    plain = unicodedata.normalize("NFKD", str(value)).encode("ascii", "ignore").decode().lower()
    return "/" + re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _one(value: Value, predicate: Predicate, subject: Entity, findings: Findings) -> Said | None:
    name = predicate.name
    match predicate.value:
        case ValueKind.TEXT:
            return values.text(value, name, findings)
        case ValueKind.WORD:
            return values.word(value, name, model.KINDS_OF[subject.type] if name == "kind" else model.WORDS_OF[name], findings)
        case ValueKind.PLAIN:
            return _identifier(value, name, findings) if name in ("identifier", "ocid") else values.plain(value, name, findings)
        case ValueKind.NUMBER:
            return values.whole(value, name, findings) if name == "option" else values.number(value, name, findings)
        case ValueKind.DATE:
            return values.fuzzy(value, name, findings)
        case ValueKind.FLAG:
            return values.flag(value, name, findings)
        case ValueKind.THING:
            key = values.thing(value, name, predicate.to, findings)
            return EntityRef(key) if key else None


def _identifier(value: Value, name: str, findings: Findings) -> str | None:
    said = values.plain(value, name, findings)
    if said is None:
        return None
    scheme, _, id = ("OCID", "", said) if name == "ocid" else said.partition(":")
    if scheme not in words.IDENTIFIER_SCHEMES:
        remedy = nearest(
            scheme.upper(), words.IDENTIFIER_SCHEMES, f"Write SCHEME:id; the schemes are {', '.join(words.IDENTIFIER_SCHEMES)}."
        )
        findings.add("WORD_NOT_IN_LIST", value.line, f'"{scheme}" is not a scheme of identifiers.', remedy)
        return None
    if not identifier.well_formed(scheme, id):
        remedy = f"It looks like {identifier.example(scheme)}; look it up again."
        findings.add("MALFORMED_CODE", value.line, f'"{id}" is not a well-formed {scheme}.', remedy)
        return None
    return said


def _qualifiers(node: Fields, predicate: Predicate, findings: Findings) -> dict[str, Qualifier]:
    out: dict[str, Qualifier] = {}
    for key, field in node.entries.items():
        if key not in QUALIFIERS:
            continue
        if key not in predicate.qualifiers:
            able = ", ".join(predicate.qualifiers) or "nothing"
            what = f'"{key}" cannot be said with "{predicate.name}".'
            findings.add("QUALIFIER_NOT_ALLOWED", field.line, what, f"With it can be said: {able}.")
            continue
        found = _qualifier(key, field.value, findings)
        if found is not None:
            out[key] = found
    return out


def _qualifier(key: str, value: Value, findings: Findings) -> Qualifier | None:
    if key in model.WORDS_OF_QUALIFIER:
        return values.word(value, key, model.WORDS_OF_QUALIFIER[key], findings)
    if key in ("takesPart", "approximate", "planned"):
        return values.flag(value, key, findings)
    if key == "onBehalfOf":
        return values.thing(value, key, model.ORGANIZATIONS, findings)
    if key == "functions":  # several keys in one text, with spaces between them
        keys = value.values if isinstance(value, Items) else (value,)
        found = [values.thing(item, key, frozenset({"CareFunction"}), findings) for item in keys]
        return " ".join(one for one in found if one) or None
    if key == "roleLabel" or isinstance(value, Fields):
        return values.text(value, key, findings)
    return values.plain(value, key, findings)


def _cited(node: Fields, sources: Mapping[str, Source | None], findings: Findings) -> tuple[str | None, Locator]:
    """The slug of the source and the place in it."""
    locator = Locator(
        values.plain(node.value("section"), "section", findings),
        values.whole(node.value("page"), "page", findings),
        values.whole(node.value("paragraph"), "paragraph", findings),
        values.plain(node.value("footnote"), "footnote", findings),
        values.address(node.value("link"), "link", findings),
    )
    field = node.entries.get("source")
    if field is None:
        findings.add("UNCITED", node.line, "The claim has no source.", "Add `source: …`, the slug of a source.")
        return None, locator
    slug = values.plain(field.value, "source", findings)
    if slug is None:
        return None, locator
    findings.refer(field.line, slug, A_SOURCE)
    source = sources.get(slug)
    if source and source.kind == "DOCUMENT" and not any(key in node.entries for key in LOCATOR):
        remedy = f"Add one of: {', '.join(LOCATOR)}."
        findings.add("UNCITED", field.line, f'The claim does not say where in the document "{slug}" it stands.', remedy)
    return slug, locator


def _period(node: Fields, predicate: Predicate, source: Source | None, findings: Findings) -> Period:
    attested = source.attested if source else None
    for key in ("from", "until"):
        if key in node.entries and not predicate.dated:
            what = f'"{predicate.name}" has no dates of its own.'
            findings.add("NOT_DATED", node.entries[key].line, what, f"Take `{key}` out; what it says can stand in `summary`.")
    start = values.fuzzy(node.value("from"), "from", findings)
    until = node.value("until")
    spoken = until.text.strip() if isinstance(until, Scalar) else ""
    if spoken and spoken != "open" and not any(c.isdigit() for c in spoken):
        line = node.entries["until"].line
        findings.add(
            "OPEN_END_WORD",
            line,
            f'"{spoken}" is not an end.',
            "Write `until: open` where the source says that there is no end, or leave it out.",
        )
        until = None
    end = None if spoken == "open" else values.fuzzy(until, "until", findings)
    period = Period.of(start, end, open_ended=spoken == "open", attested=attested)
    if start and end and start.earliest and end.latest and end.latest < start.earliest:
        what = f"It ends ({end.edtf}) before it begins ({start.edtf})."
        findings.add(
            "REVERSED_PERIOD", node.entries["until"].line, what, "Look both dates up again; `until` is the last day on which it holds."
        )
    elif period.empty and attested and not start and end:
        what = f"It ends ({end.edtf}) before its source was written ({attested.edtf}) and has no beginning, so it would never hold."
        findings.add(
            "EMPTY_PERIOD", node.entries["until"].line, what, f"Add `from`, such as `from: ../{end.edtf}` (on that day or earlier)."
        )
    return period
