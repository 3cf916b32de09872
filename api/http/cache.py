"""Complete answers and pages as bytes, cached by their entity tags.

An etag is made of the question, today's date if the question depends on it, the load of the data, the media type and the
program itself. A client that sends the current etag has the current answer, so nothing needs to be read or cached to know it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

import orjson

from api.answer import Answers, Request, Response
from api.documents.lru import LruCache
from api.http.request import JSON

KEPT = "regiograaf.kept"  # in the first message of a response: the key under which its body is cached
OVERHEAD = 600  # bytes that an entry takes beside its answer


def etag(digest: bytes, day: date | None, load_id: str, media: str) -> bytes:
    """Returns the strong entity tag of an answer, in its quotes."""
    text = f"{day or ''}\0{load_id}\0{media}".encode()
    return b'"%b"' % blake2b(digest + text, key=program(), digest_size=16).hexdigest().encode()


def plain_etag(body: bytes) -> str:
    """Returns the strong entity tag of what never depends on data."""
    return f'"{blake2b(body, digest_size=16).hexdigest()}"'


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


@dataclass(frozen=True)
class CachedAnswers(Answers):
    """Answers for the pages, which share the cached answers of the endpoint: what a page asks is read once for all who ask it."""

    within: Answers = field(kw_only=True)
    cached: LruCache[bytes, bytes] = field(kw_only=True)

    async def respond(self, request: Request, today: date, request_id: str = "-") -> Response:
        load_id, version = self.versions.load_id, self.versions.current
        if load_id is None or not request.operation.roots:
            return await self.within.respond(request, today, request_id)
        tag = etag(request.digest, None if request.dated else today, load_id, JSON)
        if (body := self.cached.get(tag)) is not None:
            return Response(orjson.loads(body), version)
        response = await self.within.respond(request, today, request_id)
        if self.cached.limit and response.complete and self.versions.load_id == load_id:
            self.cached.put(tag, response.json)
        return response


def with_cache(answers: Answers, cached: LruCache[bytes, bytes]) -> Answers:
    """Returns answers that are looked up in a cache first."""
    return CachedAnswers(
        answers.store, answers.today, answers.engine, answers.versions, answers.request_seconds, answers.saved, answers.texts,
        answers.caches, within=answers, cached=cached,
    )  # fmt: skip
