"""The addresses of the pages. All that a page shows is in its address: the page, the language, the day, what is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from graph.domain.languages import ByLanguage, Language, by_language

PATHS: dict[str, ByLanguage[str]] = {
    "start": by_language(("/", "/en")),
    "search": by_language(("/zoeken", "/en/search")),
    "coverage": by_language(("/dekking", "/en/coverage")),
    "map": by_language(("/kaart", "/en/map")),
    "network": by_language(("/netwerk", "/en/network")),
    "timeline": by_language(("/tijdlijn", "/en/timeline")),
    "difference": by_language(("/verschil", "/en/differences")),
    "contradictions": by_language(("/tegenspraken", "/en/contradictions")),
    "sources": by_language(("/bronnen", "/en/sources")),
    "glossary": by_language(("/begrippen", "/en/glossary")),
    "standards": by_language(("/standaarden", "/en/standards")),
    "accessibility": by_language(("/toegankelijkheid", "/en/accessibility")),
    "thing": by_language(("/id/{type}/{slug}", "/en/id/{type}/{slug}")),
    "embed-coverage": by_language(("/embed/dekking", "/en/embed/coverage")),
    "embed-map": by_language(("/embed/kaart", "/en/embed/map")),
}
FORMS = ("html", "csv", "xlsx")
DAY, VERSION = "asOf", "dataVersion"
Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a page: its name, its language, the values of its path and its parameters, and the form of the answer.

    Parameters have the names of the arguments in the schema. One may stand several times.
    """

    page: str
    language: Language
    path: Mapping[str, str]
    parameters: Values
    form: str = "html"

    def __str__(self) -> str:
        path = PATHS[self.page][self.language.code].format(**{name: quote(value) for name, value in self.path.items()})
        if self.form != "html":
            path = f"{path.rstrip('/') or '/start'}.{self.form}"
        pairs = [(name, value) for name, values in self.parameters.items() for value in values]
        return f"{path}{'?' if pairs else ''}{urlencode(pairs)}"

    def with_(self, **changes: str | Sequence[str] | None) -> Address:
        """Returns the address with other parameters; None or an empty value takes one away."""
        values: dict[str, Sequence[str]] = {**self.parameters}
        for name, value in changes.items():
            values.pop(name, None)
            if value:
                values[name] = [value] if isinstance(value, str) else value
        return replace(self, parameters=values)

    @property
    def bare(self) -> str:
        """Returns the address without its parameters, for a form that sends its own."""
        return str(replace(self, parameters={}))

    def in_form(self, form: str) -> Address:
        return replace(self, form=form)

    def in_language(self, language: Language) -> Address:
        return replace(self, language=language)


def link(page: str, language: Language, path: Mapping[str, str] | None = None, **parameters: str | Sequence[str] | None) -> str:
    """Returns the address of a page as text."""
    return str(Address(page, language, path or {}, {}).with_(**parameters))
