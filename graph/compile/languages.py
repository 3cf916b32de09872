"""Texts in the language that is asked for, as Cypher: a language without a text has that of its fallback."""

from __future__ import annotations

from collections.abc import Sequence

from graph.domain.languages import DEFAULT, LANGUAGES, chain
from graph.question import Ask


def asked_language(ask: Ask) -> str:
    """The code of the language that a field is asked for in."""
    return str(ask.argument("lang") or DEFAULT)


def localized(variable: str, name: str, code: str = DEFAULT) -> str:
    """A text of a node or relationship in a language: `coalesce(n.nameEn, n.nameNl)`."""
    return _first([f"{variable}.{language.property(name)}" for language in chain(code)])


def in_every_language(variable: str, name: str = "name") -> list[str]:
    """A text in each language, in the order of LANGUAGES; `graph.domain.languages.spoken` picks one of them."""
    return [localized(variable, name, language.code) for language in LANGUAGES]


def names(*variables: str) -> str:
    """A list with the names of some nodes, each in every language."""
    return f"[{', '.join(text for variable in variables for text in in_every_language(variable))}]"


def translated(variable: str, name: str) -> str:
    """A text in some language other than the default: it is there if the text is one in a language, and no code or name."""
    return _first([f"{variable}.{language.property(name)}" for language in LANGUAGES if language.code != DEFAULT])


def _first(properties: Sequence[str]) -> str:
    return properties[0] if len(properties) == 1 else f"coalesce({', '.join(properties)})"
