"""Tells errors in the language of whoever reads them, beside the code, the message and the remedy that programs and their makers read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.types import Scope

from api.errors import Formatted
from api.pages.words import Words, language_of


def header_of(scope: Scope, name: bytes) -> str:
    """Returns a header of a request; empty if it has none of that name."""
    return next((value.decode("latin-1") for each, value in scope["headers"] if each == name), "")


def accept_language(scope: Scope) -> bytes:
    """Returns the Accept-Language of a request; empty if it has none."""
    return header_of(scope, b"accept-language").encode("latin-1")


def for_reader(errors: Sequence[Formatted], header: bytes) -> list[Formatted]:
    """Returns errors with `title` and `text` in the language of an Accept-Language; as they are if there is none."""
    if not header:
        return list(errors)
    words = Words(language_of(header.decode("latin-1")))
    return [{**error, "extensions": {**error["extensions"], **_told(words, error["extensions"])}} for error in errors]


def _told(words: Words, extensions: dict[str, Any]) -> dict[str, str]:
    code = extensions["code"]
    if not words.has(f"problem.{code}.title"):
        return {}
    return {
        "title": words(f"problem.{code}.title"),
        "text": words(f"problem.{code}.text", text=extensions.get("reference", ""), n=extensions.get("limit", "")),
    }
