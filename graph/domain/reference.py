"""Ways to point at a thing: how the texts of references are made equal before they are compared."""

from __future__ import annotations

import re
import unicodedata

_DASHES = re.compile(r"\s*[-‐‑–—]\s*")
URN = "urn:regiograaf:"
_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'"})


def normal(text: str) -> str:
    """The form in which references are compared: case, accents' encoding, quotes and spaces (also around hyphens) do not matter."""
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().strip()
    folded = _SPACES.sub(" ", _DASHES.sub("-", folded))
    return folded.removeprefix("gemeente ") or folded


def sortable(text: str) -> str:
    """A name as it is put in order: accents, case and leading apostrophes aside, equal on every engine."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", plain.casefold()).strip()


def uri(key: str) -> str:
    """The identity of a thing that does not change with the day: `urn:regiograaf:municipality:zaanstad`."""
    return URN + key.replace("/", ":", 1)


def key_of(uri: str) -> str | None:
    """The key of the thing with that identity; None where it is none of ours."""
    prefix, _, rest = uri.removeprefix(URN).partition(":")
    return f"{prefix}/{rest}" if uri.startswith(URN) and rest else None
