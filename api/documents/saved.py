"""Saved questions: the documents of `queries/operations`, each known by its name and by the SHA-256 of its text.

A document begins with comment lines: `# NL: …` and `# EN: …` say what it answers and for whom, `# variables: {…}` is an example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

import orjson

from graph.domain.languages import LANGUAGES, OURS, ByLanguage
from queries import operation, operations

_HEAD = re.compile(r"^# (\w+): (.+)$", re.MULTILINE)
_NAME = re.compile(r"^query (\w+)", re.MULTILINE)
_ID = re.compile(r"(?:sha256:)?([0-9a-f]{64})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved question. `variables` is an example that answers well on the packaged claims, as JSON text."""

    name: str
    descriptions: ByLanguage[str]
    document: str
    document_id: str
    variables: str


@cache
def saved() -> dict[str, Saved]:
    """All saved questions by the hexadecimal digits of their id, in the order of their names."""
    every = [_read(operation(name)) for name in operations()]
    return {one.document_id.removeprefix("sha256:"): one for one in every}


def document(document_id: str) -> str | None:
    """The text with this id, written as `sha256:…` or as bare digits; None where there is none."""
    found = _ID.fullmatch(document_id)
    known = saved().get(found[1].lower()) if found else None
    return known.document if known else None


def is_saved(text: str) -> bool:
    return digits(text) in saved()


def digits(text: str) -> str:
    """What a text is known by."""
    return sha256(text.encode()).hexdigest()


def told(one: Saved, field: str, lang: str) -> str:
    """The value of a field of the schema's SavedQuestion."""
    if field == "description":
        return one.descriptions[lang]
    return {"name": one.name, "document": one.document, "documentId": one.document_id, "variables": one.variables}[field]


def _read(text: str) -> Saved:
    head, name = dict(_HEAD.findall(text)), _NAME.search(text)
    if not name or {*OURS, "variables"} - set(head):
        raise ValueError(f"an operation lacks its name or its head: {text[:80]}")
    variables = orjson.dumps(orjson.loads(head.pop("variables"))).decode()
    descriptions = ByLanguage({language.code: head[language.code] for language in LANGUAGES if language.code in head})
    return Saved(name[1], descriptions, text, f"sha256:{digits(text)}", variables)
