"""Saved questions: documents that are known by their name and by the SHA-256 of their text. Ours are in `queries/operations`.

A document is one operation with a description (GraphQL, September 2025). The description has a paragraph for each language: the
first line, `NL: …`, asks its example in words and is the title; the lines below it say what the operation answers, and for whom. The
example is the file of its name that ends in `.variables.json`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

import orjson
from graphql import GraphQLSyntaxError, OperationDefinitionNode, OperationType, parse

from graph.domain.languages import LANGUAGES, OURS, ByLanguage
from queries import example, operation, operations

_PARAGRAPH = re.compile(r"([A-Z]{2}): *(.*)\n?((?:.*\n?)*)")
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


SavedQuestions = Mapping[str, Saved]  # by the hexadecimal digits of their ids


@cache
def shipped() -> SavedQuestions:
    """Returns the saved questions of `queries/operations`, in the order of their names."""
    return by_id(*(read(operation(name), example(name)) for name in operations()))


def by_id(*questions: Saved) -> SavedQuestions:
    return {question.document_id.removeprefix("sha256:"): question for question in questions}


def document(document_id: str, questions: SavedQuestions) -> str | None:
    """Returns the text with this id, written as `sha256:…` or as bare digits; None if there is none."""
    match = _ID.fullmatch(document_id)
    question = questions.get(match[1].lower()) if match else None
    return question.document if question else None


def is_saved(text: str, questions: SavedQuestions) -> bool:
    return digits(text) in questions


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


def read(text: str, variables: str) -> Saved:
    """Reads a saved question from its document and its example. Raises ValueError with what is wrong."""
    try:
        definitions = parse(text, no_location=True).definitions
    except GraphQLSyntaxError as error:
        line = error.locations[0].line if error.locations else 1
        raise ValueError(f"line {line}: {error.message}") from None
    operations = [each for each in definitions if isinstance(each, OperationDefinitionNode)]
    name = operations[0].name if len(operations) == 1 and operations[0].operation is OperationType.QUERY else None
    if not name:
        raise ValueError("it has to be one query with a name")
    (operation_,) = operations
    titles, descriptions = _by_language(operation_.description.value if operation_.description else "")
    return Saved(name.value, titles, descriptions, text, f"sha256:{digits(text)}", orjson.dumps(_example(variables)).decode())


def _by_language(description: str) -> tuple[ByLanguage[str], ByLanguage[str]]:
    """Returns the titles and the descriptions in a description with a paragraph for each language. Raises ValueError if one is missing."""
    titles, descriptions = ByLanguage[str](), ByLanguage[str]()
    for paragraph in description.split("\n\n"):
        if match := _PARAGRAPH.fullmatch(paragraph.strip()):
            code, title, rest = match[1], match[2].strip(), " ".join(match[3].split())
            if title and rest and any(language.code == code for language in LANGUAGES):
                titles[code], descriptions[code] = title, rest
    if missing := [f'"{code}: title" with a line below it' for code in OURS if code not in titles]:
        raise ValueError(f"its description has no paragraph {', '.join(missing)}")
    return titles, descriptions


def _example(text: str) -> dict[str, object]:
    try:
        variables = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"its variables are not JSON: {error}") from None
    if not isinstance(variables, dict):
        raise ValueError("its variables are not a JSON object")
    return variables
