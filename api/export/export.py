"""The data that an export is made of, and the form of a format: how one of its files is written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from api.answer import Answers
from graph.domain.claim import Dataset, Text
from graph.domain.reference import uri
from graph.errors import RegiograafError

T = TypeVar("T")


class FileRefused(RegiograafError):
    """A file is no export that can be read, or is not as it was written."""

    code = "FILE_REFUSED"


@dataclass(frozen=True, slots=True)
class Export:
    """One version of the data and the day for which it is exported.

    `dataset` is all that the store holds, read back as plain values; `answers` gives what follows from it, such as coverage.
    `base_url` makes identities into addresses; without it they stay `urn:regiograaf:…`. `ocid_prefix` is the one that the Open Contracting
    Partnership registered for whoever exports; without it ocids say that they are local.
    """

    dataset: Dataset = field(repr=False)
    answers: Answers = field(repr=False)
    day: date
    data_version: str
    base_url: str | None = None
    ocid_prefix: str = ""
    kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    async def once(self, name: str, make: Callable[[], Awaitable[T]]) -> T:
        """Returns what several files need, such as the coverage of the country, which is made for the first of them."""
        if name not in self.kept:
            self.kept[name] = await make()
        made: T = self.kept[name]
        return made

    def uri(self, key: str) -> str:
        """Returns the address of a thing, such as https://example.nl/id/municipality/zaanstad, or its identity if there is no base."""
        return f"{self.base_url.rstrip('/')}/id/{key}" if self.base_url else uri(key)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `write` gives its bytes part by part, twice the same for the same export; `title` tells a person what is in it."""

    name: str
    file_name: str
    media_type: str
    title: Text
    write: Callable[[Export], AsyncIterator[bytes]]
