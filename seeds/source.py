"""Reads the file of a source."""

from __future__ import annotations

from graph.dates import edtf
from graph.dates.edtf import FuzzyDate
from graph.domain import model, words
from graph.domain.claim import LeftOut, Source, Text
from seeds import values
from seeds.document import Value, YamlList, YamlMap
from seeds.problem import Findings

_BOUNDS = f"{{earliest: …, latest: …, reason: {values.TEXT}}}"
KEYS = ("slug", "kind", "title", "publisher", "url", "published", "written", "licence", "read", "authority", "leftOut")


def source_of(root: YamlMap, slug: str, findings: Findings) -> Source | None:
    """Reads the source of a file, or None if there is a problem with it."""
    before = len(findings.problems)
    values.unknown_keys(root, KEYS, findings)
    kind = values.word(values.required(root, "kind", findings), "kind", words.SOURCE_KINDS, findings)
    title = values.plain(values.required(root, "title", findings), "title", findings)
    written, reason = _written(root, findings)
    published = values.fuzzy(root.value("published"), "published", findings)
    publisher = values.plain(root.value("publisher"), "publisher", findings)
    url = values.address(root.value("url"), "url", findings)
    licence = values.plain(root.value("licence"), "licence", findings)
    read = values.day(root.value("read"), "read", findings)
    authority = _authority(root, findings)
    left_out = _left_out(root, findings)
    if kind == "DOCUMENT" and not {"published", "written"} & root.entries.keys():
        remedy = f"Add `published: …`, or `written: {_BOUNDS}` with the bounds that the text gives."
        findings.add("UNDATED_SOURCE", root.line, "The document has no date, so its claims would hold from the beginning of time.", remedy)
    if len(findings.problems) > before or kind is None or title is None:
        return None
    return Source(slug, kind, title, publisher, url, published, written, reason, licence, read, authority, left_out)


def _written(root: YamlMap, findings: Findings) -> tuple[FuzzyDate | None, Text | None]:
    field = root.entries.get("written")
    if field is None:
        return None, None
    if not isinstance(field.value, YamlMap):
        findings.add("WRONG_VALUE", field.line, '"written" must have bounds.', f"Write `written: {_BOUNDS}`.")
        return None, None
    bounds = field.value
    values.unknown_keys(bounds, ("earliest", "latest", "reason"), findings)
    earliest, latest = (values.fuzzy(bounds.value(key), key, findings) for key in ("earliest", "latest"))
    reason = values.text(bounds.value("reason"), "reason", findings, ours=True)
    if "reason" not in bounds.entries:
        findings.add("MISSING_REASON", field.line, "It has no reason for these bounds.", f"Add `reason: {values.TEXT}`.")
    span = f"{earliest.edtf if earliest else '..'}/{latest.edtf if latest else '..'}"
    if span == "../..":
        if not {"earliest", "latest"} & bounds.entries.keys():
            findings.add("MISSING_KEY", field.line, '"written" has no bounds.', "Add `earliest` or `latest`, or both.")
        return None, reason
    try:
        return edtf.parse(span), reason
    except edtf.NotADate:
        findings.add(
            "REVERSED_PERIOD",
            field.line,
            f"The bounds {span} are the wrong way round.",
            "Put the earlier day first; an interval cannot be a bound.",
        )
        return None, reason


def _authority(root: YamlMap, findings: Findings) -> dict[str, int]:
    field = root.entries.get("authority")
    if field is None:
        return {}
    if not isinstance(field.value, YamlMap):
        findings.add("WRONG_VALUE", field.line, '"authority" must name predicates.', "Write `authority: {exists: 3}`.")
        return {}
    values.unknown_keys(field.value, tuple(model.PREDICATES), findings)
    numbers = {key: values.whole(each.value, key, findings) for key, each in field.value.entries.items()}
    return {key: number for key, number in numbers.items() if number is not None}


def _left_out(root: YamlMap, findings: Findings) -> tuple[LeftOut, ...]:
    field = root.entries.get("leftOut")
    if field is None:
        return ()
    if not isinstance(field.value, YamlList):
        remedy = f"Write `- {{section: …, text: {values.TEXT}, reason: …}}` for each."
        findings.add("WRONG_VALUE", field.line, '"leftOut" must be a list of entries.', remedy)
        return ()
    found = [_entry_left_out(entry, findings) for entry in field.value.values]
    return tuple(entry for entry in found if entry)


def _entry_left_out(entry: Value, findings: Findings) -> LeftOut | None:
    if not isinstance(entry, YamlMap):
        findings.add("WRONG_VALUE", entry.line, 'An entry of "leftOut" must have keys with values.', "Begin it with `- section: …`.")
        return None
    values.unknown_keys(entry, ("section", "text", "reason"), findings)
    section = values.plain(values.required(entry, "section", findings), "section", findings)
    text = values.text(values.required(entry, "text", findings), "text", findings, ours=True)
    reason = values.word(values.required(entry, "reason", findings), "reason", words.LEFT_OUT_REASONS, findings)
    return LeftOut(section, text, reason) if section and text and reason else None
