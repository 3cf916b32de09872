"""What the files of an export have in common: the data that they are made of, and how each of them is written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date

from api.answer import Answers
from graph.domain.claim import Dataset
from graph.domain.reference import uri


@dataclass(frozen=True, slots=True)
class Export:
    """One version of the data and the day for which it is exported.

    `dataset` is all that the store holds, read back as plain values; `answers` gives what follows from it, such as coverage.
    `base_url` makes identities into addresses; without it they stay `urn:regiograaf:…`.
    """

    dataset: Dataset
    answers: Answers
    day: date
    data_version: str
    base_url: str | None = None

    def uri(self, key: str) -> str:
        """Returns the address of a thing, such as https://example.nl/id/municipality/zaanstad, or its identity if there is no base."""
        return f"{self.base_url.rstrip('/')}/id/{key}" if self.base_url else uri(key)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `write` gives its bytes part by part, twice the same for the same export; `title` tells a person what is in it."""

    name: str
    file_name: str
    media_type: str
    title: str
    write: Callable[[Export], AsyncIterator[bytes]]
