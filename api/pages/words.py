"""The words of the pages by language: a folder for each language, in it a file for each page, in it a text for each key."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from graph.domain.languages import LANGUAGES, Language, chain
from graph.domain.words import COVERAGE_STATUSES

LOCALES = {"NL": "nl", "EN": "en_GB"}  # of days and numbers: a British day comes before its month


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language. `words("coverage.title", place="Zaanstad")` is a text of `coverage.toml` with its values put in."""

    language: Language

    def __call__(self, key: str, /, **values: Any) -> str:
        text = _texts(self.language.code)[key]
        return text.format(**values) if values else text

    def count(self, key: str, number: int, /, **values: Any) -> str:
        """Returns the text under `key.one` or `key.other`, with the number in it as `{n}`."""
        return self(f"{key}.{'one' if number == 1 else 'other'}", n=self.number(number), **values)

    def has(self, key: str) -> bool:
        return key in _texts(self.language.code)

    def day(self, day: date | str) -> str:
        """Returns a day, or its ISO form, in words: `1 januari 2022`."""
        return format_date(date.fromisoformat(day) if isinstance(day, str) else day, "d MMMM y", self.locale)

    def number(self, number: float) -> str:
        return str(format_decimal(number, locale=self.locale))

    @property
    def statuses(self) -> list[tuple[str, str]]:
        """Returns the statuses of coverage in the order of a legend, each with its name."""
        return [(status, COVERAGE_STATUSES.name(status, self.language.code)) for status in COVERAGE_STATUSES]

    def foreign(self, text: str, dutch: str | None) -> str | None:
        """Returns the key of the language of a text that an answer has in Dutch for want of another; None if it is that of the page."""
        return self.of_sources if text == dutch else None

    @property
    def of_sources(self) -> str | None:
        """Returns the key of the language of titles of sources and of places in them; None if it is that of the page."""
        return None if self.language is LANGUAGES[0] else LANGUAGES[0].key

    @property
    def locale(self) -> str:
        return LOCALES.get(self.language.code, LOCALES["EN"])


@cache
def _texts(code: str) -> dict[str, str]:
    """Returns all texts of a language, by `page.key`; what it lacks comes from its fallback."""
    texts: dict[str, str] = {}
    for language in reversed(chain(code)):
        texts |= own_texts(language)
    return texts


def own_texts(language: Language) -> dict[str, str]:
    """Returns the texts that a language has of its own."""
    folder = files(__package__) / "texts" / language.key
    texts = dict[str, str]()
    for file in folder.iterdir() if folder.is_dir() else ():
        if file.name.endswith(".toml"):
            texts |= _flat(file.name.removesuffix(".toml"), tomllib.loads(file.read_text("utf-8")))
    return texts


def _flat(name: str, value: Any) -> dict[str, str]:
    if isinstance(value, str):
        return {name: value}
    return {key: text for part, inner in value.items() for key, text in _flat(f"{name}.{part}", inner).items()}


def language_of(accepted: str) -> Language:
    """Returns the language for a reader by the Accept-Language of the browser: the first that we have, or else Dutch."""
    for each in accepted.lower().split(","):
        key = each.partition(";")[0].strip().partition("-")[0]
        for language in LANGUAGES:
            if language.ours and language.key == key:
                return language
    return LANGUAGES[0]
