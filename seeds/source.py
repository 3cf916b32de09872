"""The file of a source: what it is, and when it was written."""

from __future__ import annotations

from graph.dates import edtf
from graph.dates.edtf import FuzzyDate
from graph.domain import model, words
from graph.domain.claim import Source, Text
from seeds import values
from seeds.document import Fields
from seeds.problem import Findings

_BOUNDS = f"{{earliest: …, latest: …, reason: {values.TEXT}}}"
KEYS = ("slug", "kind", "title", "publisher", "url", "published", "written", "licence", "read", "authority")


def source_of(root: Fields, slug: str, findings: Findings) -> Source | None:
    """The source that a file describes; None where something is wrong with it."""
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
    if kind == "DOCUMENT" and not {"published", "written"} & root.entries.keys():
        remedy = f"Add `published: …`, or `written: {_BOUNDS}` with the bounds that the text gives."
        findings.add("UNDATED_SOURCE", root.line, "The document has no date, so its claims would always have held.", remedy)
    if len(findings.problems) > before or kind is None or title is None:
        return None
    return Source(slug, kind, title, publisher, url, published, written, reason, licence, read, authority)


def _written(root: Fields, findings: Findings) -> tuple[FuzzyDate | None, Text | None]:
    field = root.entries.get("written")
    if field is None:
        return None, None
    if not isinstance(field.value, Fields):
        findings.add("WRONG_VALUE", field.line, '"written" must have bounds.', f"Write `written: {_BOUNDS}`.")
        return None, None
    bounds = field.value
    values.unknown_keys(bounds, ("earliest", "latest", "reason"), findings)
    earliest, latest = (values.fuzzy(bounds.value(key), key, findings) for key in ("earliest", "latest"))
    reason = values.text(bounds.value("reason"), "reason", findings, ours=True)
    if "reason" not in bounds.entries:
        findings.add("MISSING_REASON", field.line, "It does not say how we know when it was written.", f"Add `reason: {values.TEXT}`.")
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
            f"It was written between {span}, which cannot be.",
            "Put the earlier day first; an interval cannot be a bound.",
        )
        return None, reason


def _authority(root: Fields, findings: Findings) -> dict[str, int]:
    field = root.entries.get("authority")
    if field is None:
        return {}
    if not isinstance(field.value, Fields):
        findings.add("WRONG_VALUE", field.line, '"authority" must name predicates.', "Write `authority: {exists: 3}`.")
        return {}
    values.unknown_keys(field.value, tuple(model.PREDICATES), findings)
    numbers = {key: values.whole(each.value, key, findings) for key, each in field.value.entries.items()}
    return {key: number for key, number in numbers.items() if number is not None}
