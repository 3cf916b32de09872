"""The languages of names and sentences: which there are, and which one serves where another has no words.

To add a language, add it to LANGUAGES and give it words in the tables of type `ByLanguage`. Until a table has its words, that
table answers in its fallback.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Language:
    """A language, with its name in English and in Dutch. What we write ourselves has to be in it if it is `ours`."""

    code: str
    name: str
    dutch: str
    about: str
    fallback: str | None = None
    ours: bool = False

    @property
    def key(self) -> str:
        """The key under which the claims have its words."""
        return self.code.lower()

    def property(self, name: str) -> str:
        """The property of a node that holds a text in this language: `nameNl`."""
        return f"{name}{self.code.capitalize()}"


LANGUAGES: tuple[Language, ...] = (
    Language("NL", "Dutch", "Nederlands", "Dutch.", ours=True),
    Language("EN", "English", "Engels", "English, or Dutch if there is no English text.", fallback="NL", ours=True),
)
DEFAULT = LANGUAGES[0].code
OURS = tuple(language.code for language in LANGUAGES if language.ours)


class ByLanguage(dict[str, T]):
    """Words by the code of their language; a language without words has those of its fallback."""

    def __missing__(self, code: str) -> T:
        fallback = language(code).fallback
        if fallback is None:
            raise KeyError(code)
        return self[fallback]


def by_language(words: Iterable[T]) -> ByLanguage[T]:
    """Words in the order of LANGUAGES; those of the last languages may be missing."""
    return ByLanguage(zip((language.code for language in LANGUAGES), words, strict=False))


def language(code: str) -> Language:
    return LANGUAGES[place(code)]


def place(code: str) -> int:
    """The place of a language among all, which is the place of its words in a list that has words of each."""
    return next(at for at, one in enumerate(LANGUAGES) if one.code == code)


def chain(code: str) -> list[Language]:
    """A language with those that serve where it has no words, in that order."""
    first = language(code)
    return [first, *(chain(first.fallback) if first.fallback else ())]


def spoken(texts: Sequence[Any], code: str, nth: int = 0) -> Any:
    """The words in one language of the `nth` text, from a list of texts that are each there in every language."""
    return texts[nth * len(LANGUAGES) + place(code)]
