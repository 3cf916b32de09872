"""Changes of the data as an Atom feed (RFC 4287), the newest first: an entry for each claim that came, went or changed.

What begins, ends or changes in the world stands in another feed (`api.export.atom`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from api.export.xml_text import element, text
from graph.domain.claim import Text
from graph.domain.languages import DEFAULT
from graph.domain.reference import URN, key_of

MEDIA = "application/atom+xml"
TITLE = Text("Wat er in de gegevens verandert", "What changes in the data")
KIND = f"{URN}claim-change-kind"
_WORDS = {
    "of": "{title}: {names}", "was": "Was: {value}", "is": "Nu: {value}", "place": "Bron: {source}, {section}", "source": "Bron: {source}",
}  # fmt: skip


def feed(
    changes: Sequence[Mapping[str, Any]], *, updated: str, about: Sequence[str] = (), address: str | None = None,
    base_url: str | None = None,
) -> bytes:  # fmt: skip
    """Returns the feed of changes, which come oldest first. `updated` is when data was last loaded, `address` where the feed is."""
    title = TITLE[DEFAULT] if not about else _WORDS["of"].format(title=TITLE[DEFAULT], names=", ".join(about))
    parts = [
        element("id", text(f"{URN}changes{''.join(f':{quote(name)}' for name in about)}")), element("title", text(title)),
        element("updated", text(updated)), element("author", element("name", text("Regiograaf"))), element("generator", text("Regiograaf")),
        *([element("link", rel="self", type=MEDIA, href=address)] if address else []),
        *("".join(("<entry>", *_entry(change, base_url), "</entry>")) for change in reversed(changes)),
    ]  # fmt: skip
    opening = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{DEFAULT.lower()}">'
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', opening, *parts, "</feed>", "")).encode()


def _entry(change: Mapping[str, Any], base_url: str | None) -> Iterator[str]:
    key, root = key_of(change["subjectUri"]), (base_url or "").rstrip("/")
    yield element("id", text(f"{URN}change:{quote(change['id'], safe=':/.-_+~')}"))
    yield element("title", text(change["sentence"]))
    yield element("updated", text(change["loadedAt"]))
    if root and change["after"]:  # what is gone may have no page any more
        yield element("link", rel="alternate", href=f"{root}/id/{key}")
    yield element("category", scheme=KIND, term=change["kind"], label=change["kindLabel"])
    yield element("content", text("\n".join(_told(change))), type="text")


def _told(change: Mapping[str, Any]) -> Iterator[str]:
    """Yields what was said before and since, and where it stands."""
    for side, word in (("before", "was"), ("after", "is")):
        claim = change[side]
        if claim and ((change["before"] and change["after"]) or claim["summary"]):
            yield _WORDS[word].format(value=claim["summary"] or claim["value"])
    claim = change["after"] or change["before"]
    yield _WORDS["place" if claim["section"] else "source"].format(source=claim["source"], section=claim["section"])
