"""Reads an entry of a file as one claim, or as one claim for each value of a list."""

from __future__ import annotations

from collections.abc import Mapping

from graph.dates.period import Period
from graph.domain import identifier, model, words
from graph.domain.claim import Claim, Entity, EntityRef, Locator, Qualifier, Source
from graph.domain.claim import Value as ClaimValue
from graph.domain.model import PREDICATES, Predicate, ValueKind
from seeds import values
from seeds.document import Scalar, Value, YamlList, YamlMap
from seeds.problem import A_SOURCE, Findings, nearest

LOCATOR = ("section", "page", "paragraph", "footnote", "link")
KEYS = ("id", "from", "until", "source", *LOCATOR, "summary", "rank", "rankReason", "method")
QUALIFIERS = tuple(sorted({q for p in PREDICATES.values() for q in p.qualifiers}))


def claims_of(node: Value, subject: Entity, sources: Mapping[str, Source | None], findings: Findings) -> list[Claim]:
    """Reads the claims of an entry; none if there is a problem with it. A source that could not be read is None."""
    if not isinstance(node, YamlMap):
        findings.add("WRONG_VALUE", node.line, "An entry must have keys with values.", "Write `- id: …` and the rest below it.")
        return []
    before = len(findings.problems)
    id = values.plain(values.required(node, "id", findings), "id", findings)
    predicate = _predicate(node, subject, findings)
    if predicate is None:
        return []
    stated = _values(node, predicate, subject, findings)
    qualifiers = _qualifiers(node, predicate, findings)
    slug, locator = _citation(node, sources, findings)
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
        Claim(
            id + suffix, subject.key, predicate.name, value, period, slug, locator, rank, reason, method, summary, qualifiers, place,
            findings.dataset,
        )
        for suffix, value in stated
    ]  # fmt: skip


def _predicate(node: YamlMap, subject: Entity, findings: Findings) -> Predicate | None:
    """Returns the one predicate of an entry, and reports all keys that are neither a predicate nor allowed beside it."""
    present = [key for key in node.entries if key in PREDICATES]
    unknown = [key for key in node.entries if key not in PREDICATES and key not in KEYS and key not in QUALIFIERS]
    if not present:
        line = node.entries[unknown[0]].line if unknown else node.line
        what = f'"{unknown[0]}" is not a predicate.' if unknown else "The entry has no predicate."
        findings.add(
            "UNKNOWN_PREDICATE", line, what, nearest(unknown[0] if unknown else "", PREDICATES, "See seeds/README.md for the predicates.")
        )
        return None
    predicate = PREDICATES[present[0]]
    for key in unknown:
        remedy = nearest(key, (*KEYS, *predicate.qualifiers), "Remove it, or see seeds/README.md for the keys.")
        findings.add("UNKNOWN_KEY", node.entries[key].line, f'"{key}" is not a key of an entry.', remedy)
    for key in present[1:]:
        what = f'One entry has two predicates: "{predicate.name}" and "{key}".'
        findings.add("TWO_PREDICATES", node.entries[key].line, what, "Make two entries, each with its own id.")
    if subject.type not in predicate.of:
        allowed = ", ".join(sorted(predicate.of))
        what = f'"{predicate.name}" does not apply to a {subject.type}.'
        findings.add("PREDICATE_NOT_ALLOWED", node.entries[predicate.name].line, what, f"It applies to: {allowed}.")
        return None
    return predicate


def _values(node: YamlMap, predicate: Predicate, subject: Entity, findings: Findings) -> list[tuple[str, ClaimValue]]:
    """Returns the values of an entry, each with the suffix that it gives to the key of its claim."""
    value = node.entries[predicate.name].value
    if not isinstance(value, YamlList):
        claim_value = _claim_value(value, predicate, subject, findings)
        return [] if claim_value is None else [("", claim_value)]
    if predicate.single or predicate.value not in (ValueKind.THING, ValueKind.PLAIN):
        findings.add("WRONG_VALUE", value.line, f'"{predicate.name}" takes one value.', "Write an entry for each value, with its own id.")
    elif not value.values:
        findings.add("WRONG_VALUE", value.line, f'The list of "{predicate.name}" is empty.', "Remove the entry, or fill the list.")
    out: dict[str, ClaimValue] = {}
    for item in value.values:
        claim_value = _claim_value(item, predicate, subject, findings)
        if claim_value is None:
            continue
        suffix = _key_suffix(claim_value, predicate)
        if suffix in out:
            findings.add(
                "DUPLICATE_ID", item.line, f'Two values of this list give the same id "…{suffix}".', "Remove one, or write two entries."
            )
        out[suffix] = claim_value
    return list(out.items())


def _key_suffix(value: ClaimValue, predicate: Predicate) -> str:
    if isinstance(value, EntityRef):
        return "/" + value.key.partition("/")[2]
    if predicate.name == "identifier":
        return f"/{value}"
    return "/" + values.slug_of(str(value))


def _claim_value(value: Value, predicate: Predicate, subject: Entity, findings: Findings) -> ClaimValue | None:
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
    text = values.plain(value, name, findings)
    if text is None:
        return None
    scheme, _, id = ("OCID", "", text) if name == "ocid" else text.partition(":")
    if scheme not in words.IDENTIFIER_SCHEMES:
        remedy = nearest(
            scheme.upper(), words.IDENTIFIER_SCHEMES, f"Write SCHEME:id; the schemes are {', '.join(words.IDENTIFIER_SCHEMES)}."
        )
        findings.add("WORD_NOT_IN_LIST", value.line, f'"{scheme}" is not an identifier scheme.', remedy)
        return None
    if not identifier.well_formed(scheme, id):
        remedy = f"An example is {identifier.example(scheme)}; look it up again."
        findings.add("MALFORMED_CODE", value.line, f'"{id}" is not a well-formed {scheme}.', remedy)
        return None
    return text


def _qualifiers(node: YamlMap, predicate: Predicate, findings: Findings) -> dict[str, Qualifier]:
    out: dict[str, Qualifier] = {}
    for key, field in node.entries.items():
        if key not in QUALIFIERS:
            continue
        if key not in predicate.qualifiers:
            allowed = ", ".join(predicate.qualifiers) or "nothing"
            what = f'"{key}" does not go with "{predicate.name}".'
            findings.add("QUALIFIER_NOT_ALLOWED", field.line, what, f"These go with it: {allowed}.")
            continue
        qualifier = _qualifier(key, field.value, findings)
        if qualifier is not None:
            out[key] = qualifier
    return out


def _qualifier(key: str, value: Value, findings: Findings) -> Qualifier | None:
    if key in model.WORDS_OF_QUALIFIER:
        return values.word(value, key, model.WORDS_OF_QUALIFIER[key], findings)
    if key in ("takesPart", "approximate", "planned"):
        return values.flag(value, key, findings)
    if key == "onBehalfOf":
        return values.thing(value, key, model.ORGANIZATIONS, findings)
    if key == "part":
        return values.thing(value, key, frozenset({"Region", "Municipality"}), findings)
    if key == "functions":  # several keys in one text, separated by spaces
        keys = value.values if isinstance(value, YamlList) else (value,)
        functions = [values.thing(item, key, frozenset({"CareFunction"}), findings) for item in keys]
        return " ".join(function for function in functions if function) or None
    if key in ("roleLabel", "label") or isinstance(value, YamlMap):
        return values.text(value, key, findings)
    return values.plain(value, key, findings)


def _citation(node: YamlMap, sources: Mapping[str, Source | None], findings: Findings) -> tuple[str | None, Locator]:
    """Returns the slug of the source and the place in it."""
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
        findings.add("UNCITED", field.line, f'The claim does not say where it is in the document "{slug}".', remedy)
    return slug, locator


def _period(node: YamlMap, predicate: Predicate, source: Source | None, findings: Findings) -> Period:
    attested = source.attested if source else None
    for key in ("from", "until"):
        if key in node.entries and not predicate.dated:
            what = f'"{predicate.name}" has no dates of its own.'
            findings.add("NOT_DATED", node.entries[key].line, what, f"Remove `{key}`; you can put it in `summary`.")
    start = values.fuzzy(node.value("from"), "from", findings)
    until = node.value("until")
    word = until.text.strip() if isinstance(until, Scalar) else ""
    if word and word != "open" and not any(c.isdigit() for c in word):
        line = node.entries["until"].line
        findings.add(
            "OPEN_END_WORD",
            line,
            f'"{word}" is not an end date.',
            "Write `until: open` if the source says that there is no end; otherwise leave it out.",
        )
        until = None
    end = None if word == "open" else values.fuzzy(until, "until", findings)
    period = Period.of(start, end, open_ended=word == "open", attested=attested)
    if start and end and start.earliest and end.latest and end.latest < start.earliest:
        what = f"It ends ({end.edtf}) before it begins ({start.edtf})."
        findings.add("REVERSED_PERIOD", node.entries["until"].line, what, "Look up both dates; `until` is the last day on which it holds.")
    return period
