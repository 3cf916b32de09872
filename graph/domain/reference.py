"""References to entities: the normal form in which texts are compared, and URIs of our own."""

from __future__ import annotations

import re
import unicodedata

_DASHES = re.compile(r"\s*[-‐‑–—]\s*")
URN = "urn:regiograaf:"
_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'"})


def normal(text: str) -> str:
    """Returns the form in which references are compared. It ignores case, encoding of accents, kind of quotes, and extra spaces."""
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().strip()
    folded = _SPACES.sub(" ", _DASHES.sub("-", folded))
    return folded.removeprefix("gemeente ") or folded


def sortable(text: str) -> str:
    """Returns the form in which names are sorted, without accents, case and punctuation; it is equal on every engine."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", plain.casefold()).strip()


def uri(key: str) -> str:
    """Returns the URI of an entity, which does not change with the day: `urn:regiograaf:municipality:zaanstad`."""
    return URN + key.replace("/", ":", 1)


def key_of(uri: str) -> str | None:
    """Returns the key of the entity with that URI, or None if the URI is not ours."""
    prefix, _, rest = uri.removeprefix(URN).partition(":")
    return f"{prefix}/{rest}" if uri.startswith(URN) and rest else None
