"""Answers that are kept as bytes, as many as fit, and the tags that name them.

A tag is made of the question, the day where the question takes today's, the version of the data, the media type and the
program itself: whoever shows the tag of now has the answer of now, and nothing needs to be asked or kept to know it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

OVERHEAD = 600  # bytes that an entry takes beside its answer


def tag(digest: bytes, day: date | None, version: str, media: str) -> bytes:
    """The strong entity tag of an answer, in its quotes."""
    text = f"{day or ''}\0{version}\0{media}".encode()
    return b'"%b"' % blake2b(digest + text, key=program(), digest_size=16).hexdigest().encode()


@cache
def program() -> bytes:
    """A digest of the source: a release that answers otherwise has other tags, on the same data."""
    found = blake2b(digest_size=16)
    for package in ("api", "graph", "queries"):
        for file in _sources(files(package)):
            found.update(file.read_bytes())
    return found.digest()


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        if each.is_dir() and each.name != "__pycache__":
            yield from _sources(each)
        elif each.name.endswith((".py", ".cypher", ".graphql")):
            yield each


class Kept:
    """Answers by their tag, together no more than so many bytes; the one that was given longest ago goes first."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size = limit, 0
        self._answers: OrderedDict[bytes, bytes] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: bytes) -> bytes | None:
        """The answer with this tag."""
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def put(self, key: bytes, body: bytes) -> None:
        """Keeps an answer, unless it is larger than all that may be kept."""
        if len(body) + OVERHEAD > self.limit or key in self._answers:
            return
        self._answers[key] = body
        self.size += len(body) + OVERHEAD
        while self.size > self.limit:
            _, old = self._answers.popitem(last=False)
            self.size -= len(old) + OVERHEAD
