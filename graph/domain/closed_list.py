"""Closed lists: words from a fixed set, each with its names in every language. `graph.domain.words` has the lists of the house."""

from __future__ import annotations

from dataclasses import dataclass

from graph.domain.languages import DEFAULT, ByLanguage, by_language


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a closed list. `about` is one English sentence or a few; `names` is what people call it."""

    key: str
    about: str
    names: ByLanguage[str]

    @property
    def description(self) -> str:
        return f"{self.about} NL: {self.names[DEFAULT]}."


class ClosedList(dict[str, Word]):
    """The words of a list by their keys, in order. `about` describes the list as a whole."""

    def __init__(self, about: str, *rows: tuple[str, ...]) -> None:
        super().__init__({key: Word(key, sentence, by_language(names)) for key, sentence, *names in rows})
        self.about = about

    def name(self, key: str, language: str) -> str:
        return self[key].names[language]
