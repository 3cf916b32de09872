"""GraphQL over HTTP: methods, media types, status codes and what may be kept, as the specifications have them.

An ASGI application without a framework: most requests are for an answer that is kept, and then the way here is what they cost.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send

from api.answer import Answers, Prepared
from api.documents.prepare import Refused
from api.errors import of_exception
from api.http.cache import Kept, tag
from api.http.in_flight import Flights
from api.http.pages import page, prefers_page
from api.http.request import JSON, MAX_BODY, BadRequest, check_body, of_address, of_body, other_version, too_large
from api.http.request_id import request_id as known_or_new
from graph.errors import RegiograafError

RESPONSE = "application/graphql-response+json"
CONTENT_TYPES = {media: f"{media}; charset=utf-8".encode() for media in (RESPONSE, JSON)}
FOREVER = b"public, max-age=86400, immutable"
NO_STORE = (b"cache-control", b"no-store")
MAX_SEEN, LONGEST_SEEN = 512, 8192
Headers = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Seen:
    """A request that was read: its question, the version of the data that it wants, and the tag that its answer had last."""

    question: Prepared
    wanted: str | None
    of: tuple[date | None, str, str] | None = None
    tag: bytes = b""

    def tagged(self, day: date | None, version: str, media: str) -> bytes:
        """The tag of its answer; mostly it is the one of the last time."""
        of = (day, version, media)
        if of != self.of:
            self.of, self.tag = of, tag(self.question.digest, day, version, media)
        return self.tag


class Endpoint:
    """Answers GraphQL requests.

    `kept_bytes` bounds the answers that are kept, and at 0 no two requests share one. With `saved_only` only saved questions are asked.
    """

    def __init__(self, answers: Answers, *, kept_bytes: int = 0, saved_only: bool = False) -> None:
        self._answers, self._saved_only = answers, saved_only
        self.kept = Kept(kept_bytes)
        self._flights: Flights[Written] = Flights()
        self._seen: dict[bytes, Seen] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        request_id = known_or_new(headers.get(b"x-request-id"))
        accept = headers.get(b"accept", b"*/*").decode("latin-1")
        method, query = scope["method"], scope["query_string"]
        if method in ("GET", "HEAD") and "text/html" in accept and prefers_page(accept):
            await page()(scope, receive, send)
            return
        media = accepted(accept)
        try:
            if method not in ("GET", "HEAD", "POST"):
                raise BadRequest(405, "METHOD_NOT_ALLOWED", f"{method} asks nothing.", "Ask by POST, or by GET with ?query=.")
            if media is None:
                raise BadRequest(406, "NOT_ACCEPTABLE", "The Accept header leaves no way to answer.", f"Accept {RESPONSE} or {JSON}.")
            if method == "POST":
                kind = headers.get(b"content-type", b"")
                if kind != b"application/json":
                    check_body(kind.decode("latin-1"))
                body = await _body(receive)
                seen, shown = self._seen.get(body) or self._prepared(body, post=True), None
            else:
                seen, shown = self._seen.get(b"?" + query) or self._prepared(query, post=False), headers.get(b"if-none-match", b"")
            await self._answered(seen, shown, media, request_id, receive, send)
        except BadRequest as bad:
            await _refused(send, [bad.error], bad.status, media or JSON, request_id)
        except Refused as refused:  # the client's fault; application/json clients of old expect 200 even then
            await _refused(send, refused.errors, 400 if media == RESPONSE else 200, media or JSON, request_id)
        except Exception as error:  # of our own making: nothing of it is for the client
            await _refused(send, [of_exception(error, [], request_id.decode("latin-1"))], 500, media or JSON, request_id)

    def _prepared(self, sent: bytes, *, post: bool) -> Seen:
        """The question of a request; the same bytes are read once."""
        asked = (of_body if post else of_address)(sent, saved_only=self._saved_only)
        found = Seen(self._answers.prepared(asked.question), asked.version)
        if len(sent) <= LONGEST_SEEN:
            if len(self._seen) >= MAX_SEEN:
                self._seen.clear()
            self._seen[sent if post else b"?" + sent] = found
        return found

    async def _answered(self, seen: Seen, shown: bytes | None, media: str, request_id: bytes, receive: Receive, send: Send) -> None:
        """`shown` is what a GET has of tags, None for a POST."""
        question, wanted, answers = seen.question, seen.wanted, self._answers
        if wanted is not None:
            await self._present(wanted)
        day = None if question.dated else answers.today()
        versions = answers.versions
        mark = versions.load_id if question.operation.roots else ""
        forever = wanted is not None and question.dated
        if mark is not None:
            known = seen.tagged(day, mark, media)
            if shown and known in shown:
                await _send(send, 304, b"", _headers(media, request_id, known, forever))
                return
            body = self.kept.get(known)
            if body is not None:
                await _send(send, 200, body, _headers(media, request_id, None if shown is None else known, forever))
                return
        shared = None if self.kept.limit else object()  # who keeps nothing asks each time
        found = await self._flights.joined((question.digest, day, mark, shared), lambda: self._asked(question, day, request_id), receive)
        if found is None:
            await _send(send, 499, b"", [])  # nobody reads it: the client has left
            return
        if wanted is not None and found.version not in (None, wanted):
            raise other_version(wanted, found.version)
        if not found.whole or mark is None or (mark and versions.load_id != mark):
            await _send(send, 200, found.body, [*_plain(media, request_id), NO_STORE])
            return
        self.kept.put(known, found.body)
        await _send(send, 200, found.body, _headers(media, request_id, None if shown is None else known, forever))

    async def _asked(self, question: Prepared, day: date | None, request_id: bytes) -> Written:
        answer = await self._answers.asked(question, day or self._answers.today(), request_id.decode("latin-1"))
        return Written(orjson.dumps(answer.body), answer.version if question.operation.roots else "", answer.whole)

    async def _present(self, wanted: str) -> None:
        """Raises BadRequest where the store is known to hold another version; one that is news may just not have been heard of."""
        versions = self._answers.versions
        if versions.current not in (None, wanted):
            with suppress(RegiograafError):
                await versions.refresh()
        if versions.current not in (None, wanted):
            raise other_version(wanted, versions.current)


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as bytes, the version of the data that it was read from, and whether it is whole."""

    body: bytes
    version: str | None
    whole: bool


@lru_cache(256)
def accepted(header: str) -> str | None:
    """The media type to answer in: the best that the client accepts of the two, JSON where it does not care."""
    best: tuple[float, int, str] | None = None
    for at, item in enumerate(header.split(",")):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        weight = next((_weight(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
        if weight > 0 and (media := {RESPONSE: RESPONSE, JSON: JSON, "*/*": JSON, "application/*": JSON}.get(name)):
            best = max(best or (0.0, 0, media), (weight, -at, media))
    return best[2] if best else None


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


async def _body(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return body
        more: bytes = message.get("body", b"")
        body = body + more if body else more
        if len(body) > MAX_BODY:
            raise too_large()
        if not message.get("more_body"):
            return body


def _plain(media: str, request_id: bytes) -> Headers:
    return [(b"content-type", CONTENT_TYPES[media]), (b"vary", b"Accept"), (b"x-request-id", request_id)]


def _headers(media: str, request_id: bytes, known: bytes | None, forever: bool) -> Headers:
    """Those of a whole answer; `known` is its tag, None where nobody may keep it."""
    head = _plain(media, request_id)
    if known is not None:
        head += ((b"etag", known), (b"cache-control", FOREVER if forever else b"no-cache"))
    return head


async def _refused(send: Send, errors: list[dict[str, Any]], status: int, media: str, request_id: bytes) -> None:
    head = [*_plain(media, request_id), NO_STORE]
    if status == 405:
        head.append((b"allow", b"GET, HEAD, POST"))
    await _send(send, status, orjson.dumps({"errors": errors}), head)


async def _send(send: Send, status: int, body: bytes, headers: Headers) -> None:
    if status != 304:
        headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
