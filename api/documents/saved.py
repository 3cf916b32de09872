"""Saved questions: the documents of `queries/operations`, each known by its name and by the SHA-256 of its text.

A document begins with comment lines: `# title NL: …` and `# title EN: …` ask its example in words, `# NL: …` and `# EN: …`
describe it, and `# variables: {…}` is the example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

import orjson

from graph.domain.languages import LANGUAGES, OURS, ByLanguage
from queries import operation, operations

_HEAD = re.compile(r"^# (title \w+|\w+): (.+)$", re.MULTILINE)
_NAME = re.compile(r"^query (\w+)", re.MULTILINE)
_ID = re.compile(r"(?:sha256:)?([0-9a-f]{64})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved question, with its titles and descriptions by language.

    `variables` is an example that answers well on the packaged claims, as JSON text.
    """

    name: str
    titles: ByLanguage[str]
    descriptions: ByLanguage[str]
    document: str
    document_id: str
    variables: str


@cache
def saved() -> dict[str, Saved]:
    """Returns all saved questions by the hexadecimal digits of their id, in the order of their names."""
    questions = [_read(operation(name)) for name in operations()]
    return {question.document_id.removeprefix("sha256:"): question for question in questions}


def document(document_id: str) -> str | None:
    """Returns the text with this id, written as `sha256:…` or as bare digits; None if there is none."""
    match = _ID.fullmatch(document_id)
    question = saved().get(match[1].lower()) if match else None
    return question.document if question else None


def is_saved(text: str) -> bool:
    return digits(text) in saved()


def digits(text: str) -> str:
    """Returns the hexadecimal SHA-256 of a text."""
    return sha256(text.encode()).hexdigest()


def field_value(question: Saved, field: str, language: str) -> str:
    """Returns the value of a field of the schema's SavedQuestion."""
    if field in ("title", "description"):
        return (question.titles if field == "title" else question.descriptions)[language]
    return {
        "name": question.name,
        "document": question.document,
        "documentId": question.document_id,
        "variables": question.variables,
    }[field]


def _read(text: str) -> Saved:
    head, name = dict(_HEAD.findall(text)), _NAME.search(text)
    missing = {*OURS, *(f"title {code}" for code in OURS), "variables"} - set(head)
    if not name or missing:
        raise ValueError(f"an operation lacks its name or lines of its head ({', '.join(sorted(missing))}): {text[:80]}")
    titles, descriptions = (
        ByLanguage({language.code: head[prefix + language.code] for language in LANGUAGES if prefix + language.code in head})
        for prefix in ("title ", "")
    )
    variables = orjson.dumps(orjson.loads(head["variables"])).decode()
    return Saved(name[1], titles, descriptions, text, f"sha256:{digits(text)}", variables)
