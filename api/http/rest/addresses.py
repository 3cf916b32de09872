"""The REST addresses: those whose errors are problems, and whose responses name the version of the API."""

from __future__ import annotations

from api.export.rdf.records import RECORDS
from graph.domain.languages import LANGUAGES

PREFIXES = ("/v1/", "/id/", *(f"/{language.key}/id/" for language in LANGUAGES))
WITHOUT_A_PAGE = (*RECORDS, "event")  # what has an address, and is told on a page of something else


def is_rest(path: str) -> bool:
    """Returns if a path is one of them."""
    return path.startswith(PREFIXES)
