"""Complete answers as bytes, cached by their entity tags.

An etag is made of the question, today's date if the question depends on it, the load of the data, the media type and the
program itself. A client that sends the current etag has the current answer, so nothing needs to be read or cached to know it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

from api.documents.lru import LruCache

OVERHEAD = 600  # bytes that an entry takes beside its answer


def etag(digest: bytes, day: date | None, load_id: str, media: str) -> bytes:
    """Returns the strong entity tag of an answer, in its quotes."""
    text = f"{day or ''}\0{load_id}\0{media}".encode()
    return b'"%b"' % blake2b(digest + text, key=program(), digest_size=16).hexdigest().encode()


@cache
def program() -> bytes:
    """Returns a digest of the source, so that a release that answers otherwise has other etags on the same data."""
    digest = blake2b(digest_size=16)
    for package in ("api", "graph", "queries"):
        for file in _sources(files(package)):
            digest.update(file.read_bytes())
    return digest.digest()


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry)
        elif entry.name.endswith((".py", ".cypher", ".graphql")):
            yield entry


def answer_cache(limit: int) -> LruCache[bytes, bytes]:
    """Makes a cache of answers by etag that takes at most so many bytes; with 0 it keeps nothing."""
    return LruCache(limit, lambda body: len(body) + OVERHEAD)
