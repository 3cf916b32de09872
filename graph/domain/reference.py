"""References to entities: the normal form in which texts are compared, and URIs of our own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_DASHES = re.compile(r"\s*[-‐‑–—]\s*")
URN = "urn:regiograaf:"
_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'"})
_AND = re.compile(r"\s*&\s*")
_CUM_ANNEXIS = re.compile(r",?\s+c\.?\s?a\.?$")
_JOINERS = re.compile("[\u034f\u180b-\u180f\ufe00-\ufe0f]")  # invisible, and no format characters


def normal(text: str) -> str:
    """Returns the form in which references are compared.

    It ignores case, encoding of accents, kind of quotes, extra spaces and invisible characters;
    `&` is `en`, and `c.a.` may lack its points.
    """
    return _CUM_ANNEXIS.sub(" c.a.", _AND.sub(" en ", _same_signs(text))).strip()


def spelled(text: str) -> str:
    """Returns the spelling in which texts are compared: two spaces before each word. It is empty without a letter or digit."""
    return "".join(f"  {word}" for word in sortable(normal(text)).split())


def readable(text: str) -> str:
    """Returns a text that every engine accepts: lone surrogates become question marks."""
    return text.encode("utf-8", "replace").decode()


def visible(text: str) -> str:
    """Returns a text without invisible characters: soft hyphens, zero-width spaces, marks of direction, and the like."""
    return text if text.isascii() else "".join(c for c in _JOINERS.sub("", text) if unicodedata.category(c) != "Cf")


def folded(text: str) -> str:
    """Returns the form in which a part of a name is looked for: without accents and case, but with its punctuation."""
    return _same_signs(_without_accents(text))


def sortable(text: str) -> str:
    """Returns the form in which names are sorted, without accents, case and punctuation; it is equal on every engine."""
    return re.sub(r"[^a-z0-9]+", " ", _without_accents(text).casefold()).strip()


def _same_signs(text: str) -> str:
    """Returns a text in lower case, with one kind of quotes, dashes and spaces."""
    same = unicodedata.normalize("NFKC", visible(text)).translate(_QUOTES).casefold().strip()
    return _SPACES.sub(" ", _DASHES.sub("-", same))


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def uri(key: str) -> str:
    """Returns the URI of an entity, which does not change with the day: `urn:regiograaf:municipality:zaanstad`."""
    return URN + key.replace("/", ":", 1)


def uris(keys: Iterable[str]) -> list[str]:
    """Returns the URIs of entities."""
    return [uri(key) for key in keys]


def key_of(uri: str) -> str | None:
    """Returns the key of the entity with that URI, or None if the URI is not ours."""
    prefix, _, rest = uri.removeprefix(URN).partition(":")
    return f"{prefix}/{rest}" if uri.startswith(URN) and rest else None
