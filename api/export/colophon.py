"""The colophon of a file: the day and the version of its data, and the datasets and sources with their licences.

A format that holds objects has it as one (`colophon`), a format that holds text as lines (`lines`). A licence that nobody states is
null in an object, and said to be unknown in a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from api.export.export import Export
from graph.domain.claim import Claim, Conflict, Dataset, Source
from graph.domain.languages import DEFAULT

UNKNOWN_LICENCE = "licentie onbekend"


def colophon(export: Export) -> dict[str, Any]:
    """Returns the colophon as an object of JSON."""
    return {
        "asOf": export.day.isoformat(), "dataVersion": export.data_version, "checkedOn": data_day(export).isoformat(),
        "datasets": [
            {
                "slug": part.slug, "title": part.title[DEFAULT], "version": part.version, "publisher": part.publisher,
                "licence": part.licence, "checkedOn": part.checked.isoformat(),
            }
            for _, part in sorted(export.dataset.datasets.items())
        ],
        "sources": [
            {"slug": source.slug, "title": source.title, "publisher": source.publisher, "url": source.url, "licence": source.licence}
            for source in _sources(export)
        ],
    }  # fmt: skip


def lines(export: Export) -> Iterator[str]:
    """Yields the colophon as lines in Dutch."""
    yield f"Peildatum: {export.day.isoformat()}"
    yield f"Versie van de gegevens: {export.data_version}"
    for _, part in sorted(export.dataset.datasets.items()):
        yield f"Gegevensset: {part.title[DEFAULT]}, nagekeken op {part.checked.isoformat()} ({part.licence or UNKNOWN_LICENCE})"
    for source in _sources(export):
        yield f"Bron: {source.title} ({', '.join(filter(None, (source.publisher, source.licence or UNKNOWN_LICENCE)))})"


def data_day(export: Export, claims: Iterable[str] = ()) -> date:
    """Returns the day on which the data was last compared with its sources: that of the datasets of some claims, or else of all.

    A file bears this day where its format asks when something was changed, so that it does not depend on the clock.
    """
    parts = export.dataset.datasets
    of_claims = {export.dataset.claims[key].dataset for key in claims if key in export.dataset.claims}
    days = [part.checked for slug, part in parts.items() if slug in of_claims] or [part.checked for part in parts.values()]
    return max(days, default=export.day)


def notes(dataset: Dataset, claims: Iterable[str]) -> Iterator[str]:
    """Yields the places in sources where claims stand, each once and in order: the title, the section and the page."""
    found = (_note(dataset.sources[claim.source], claim) for key in claims if (claim := dataset.claims.get(key)))
    yield from sorted(set(found))


def disputes(dataset: Dataset, claims: Iterable[str]) -> Iterator[Conflict]:
    """Yields the conflicts between claims of which some are given, in order."""
    given = set(claims)
    yield from (conflict for _, conflict in sorted(dataset.conflicts.items()) if given & set(conflict.claims))


def _note(source: Source, claim: Claim) -> str:
    page = f"p. {claim.locator.page}" if claim.locator.page else None
    return ", ".join(filter(None, (f"“{source.title}”", claim.locator.section, page)))


def titles(dataset: Dataset, claims: Iterable[str]) -> list[str]:
    """Returns the titles of the sources of claims, each once and in order."""
    return sorted({dataset.sources[claim.source].title for key in claims if (claim := dataset.claims.get(key))})


def licences(dataset: Dataset, claims: Iterable[str]) -> list[str]:
    """Returns the licences of the sources of claims, each once and in order; one that nobody states is said to be unknown."""
    found = {dataset.sources[claim.source].licence for key in claims if (claim := dataset.claims.get(key))}
    return sorted(licence or UNKNOWN_LICENCE for licence in found)


def _sources(export: Export) -> Iterator[Source]:
    yield from (source for _, source in sorted(export.dataset.sources.items()))
