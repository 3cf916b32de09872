"""GraphQL over HTTP: methods, media types, status codes and caching, as the specifications have them.

An ASGI application without a framework: most requests are for a cached answer, so the way through here is most of their cost.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send

from api.answer import Answers, Request, Response
from api.documents.lru import LruCache
from api.documents.prepare import Refused
from api.errors import of_exception
from api.http.cache import answer_cache, etag
from api.http.in_flight import InFlight
from api.http.pages import page, prefers_page
from api.http.request import JSON, MAX_BODY, BadRequest, accepted, check_media_type, of_address, of_body, other_version, too_large
from api.http.request_id import request_id as own_or_new
from graph.errors import RegiograafError

RESPONSE = "application/graphql-response+json"
CONTENT_TYPES = {media: f"{media}; charset=utf-8".encode() for media in (RESPONSE, JSON)}
IMMUTABLE = b"public, max-age=86400, immutable"
NO_STORE = (b"cache-control", b"no-store")
MAX_REQUESTS, LONGEST_REQUEST = 512, 8192  # parsing a request takes about 100 µs, an answer from the cache less
Headers = list[tuple[bytes, bytes]]


class Endpoint:
    """Answers GraphQL requests.

    `kept_bytes` bounds the cached answers; with 0 no two requests share an answer. With `saved_only` only saved questions are answered.
    """

    def __init__(self, answers: Answers, *, kept_bytes: int = 0, saved_only: bool = False) -> None:
        self._answers, self._saved_only = answers, saved_only
        self.cached = answer_cache(kept_bytes)
        self.in_flight: InFlight[Response] = InFlight()
        self._requests: LruCache[bytes, Request] = LruCache(MAX_REQUESTS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        request_id = own_or_new(headers.get(b"x-request-id"))
        accept = headers.get(b"accept", b"*/*").decode("latin-1")
        method, query = scope["method"], scope["query_string"]
        if method in ("GET", "HEAD") and "text/html" in accept and prefers_page(accept):
            await page()(scope, receive, send)
            return
        media = media_type(accept)
        try:
            if method not in ("GET", "HEAD", "POST"):
                raise BadRequest(405, "METHOD_NOT_ALLOWED", f"{method} is not supported here.", "Ask by POST, or by GET with ?query=.")
            if media is None:
                raise BadRequest(
                    406, "NOT_ACCEPTABLE", "None of the media types in Accept can be produced.", f"Accept {RESPONSE} or {JSON}."
                )
            if method == "POST":
                kind = headers.get(b"content-type", b"")
                if kind != b"application/json":
                    check_media_type(kind.decode("latin-1"))
                request, if_none_match = self._request(await _body(receive), post=True), None
            else:
                request, if_none_match = self._request(query, post=False), headers.get(b"if-none-match", b"")
            await self._respond(request, if_none_match, media, request_id, receive, send)
        except BadRequest as bad:
            await _refuse(send, [bad.error], bad.status, media or JSON, request_id)
        except Refused as refused:  # the client's fault; clients of application/json expect 200 even then
            await _refuse(send, refused.errors, 400 if media == RESPONSE else 200, media or JSON, request_id)
        except Exception as error:  # our own fault: nothing of it is for the client
            await _refuse(send, [of_exception(error, [], request_id.decode("latin-1"))], 500, media or JSON, request_id)

    def _request(self, sent: bytes, *, post: bool) -> Request:
        """Parses a request; equal bytes are parsed once."""
        key = sent if post else b"?" + sent
        request = self._requests.get(key)
        if request is None:
            asked = (of_body if post else of_address)(sent, saved_only=self._saved_only)
            request = self._answers.prepare(asked.question, asked.requested_version)
            if len(sent) <= LONGEST_REQUEST:
                self._requests.put(key, request)
        return request

    async def _respond(
        self, request: Request, if_none_match: bytes | None, media: str, request_id: bytes, receive: Receive, send: Send
    ) -> None:
        """Sends the answer, from the cache if it is there. `if_none_match` is None for a POST."""
        versions = self._answers.versions
        if request.requested_version is not None:
            await self._check_version(request.requested_version)
        day = None if request.dated else self._answers.today()
        load_id = versions.load_id if request.operation.roots else ""
        immutable = request.requested_version is not None and request.dated
        tag = etag(request.digest, day, load_id, media) if load_id is not None else b""
        shown_tag = None if if_none_match is None else tag
        if tag and if_none_match and tag in if_none_match:
            await _send(send, 304, b"", _headers(media, request_id, tag, immutable))
            return
        if tag and (body := self.cached.get(tag)) is not None:
            await _send(send, 200, body, _headers(media, request_id, shown_tag, immutable))
            return
        own_key = None if self.cached.limit else object()  # without a cache no two requests share an answer
        response = await self.in_flight.join(
            (request.digest, day, load_id, own_key),
            lambda: self._answers.respond(request, day or self._answers.today(), request_id.decode("latin-1")),
            receive,
        )
        if response is None:
            await _send(send, 499, b"", [])  # the client has left
            return
        if request.requested_version is not None and response.version not in (None, request.requested_version):
            raise other_version(request.requested_version, response.version)
        if not response.complete or not tag or (load_id and versions.load_id != load_id):
            await _send(send, 200, response.json, [*_plain(media, request_id), NO_STORE])
            return
        self.cached.put(tag, response.json)
        await _send(send, 200, response.json, _headers(media, request_id, shown_tag, immutable))

    async def _check_version(self, requested: str) -> None:
        """Raises BadRequest if the store holds another version; before that it reads the version anew, which may be news."""
        versions = self._answers.versions
        if versions.current not in (None, requested):
            with suppress(RegiograafError):
                await versions.refresh()
        if versions.current not in (None, requested):
            raise other_version(requested, versions.current)


@lru_cache(256)
def media_type(header: str) -> str | None:
    """Returns the media type to answer in: the better accepted of the two, JSON if the client has no preference."""
    best: tuple[float, int, str] | None = None
    for at, (name, weight) in enumerate(accepted(header)):
        if weight > 0 and (media := {RESPONSE: RESPONSE, JSON: JSON, "*/*": JSON, "application/*": JSON}.get(name)):
            best = max(best or (0.0, 0, media), (weight, -at, media))
    return best[2] if best else None


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


def _headers(media: str, request_id: bytes, tag: bytes | None, immutable: bool) -> Headers:
    """Returns the headers of a complete answer; `tag` is None if nobody may cache it."""
    head = _plain(media, request_id)
    if tag is not None:
        head += ((b"etag", tag), (b"cache-control", IMMUTABLE if immutable else b"no-cache"))
    return head


async def _refuse(send: Send, errors: list[dict[str, Any]], status: int, media: str, request_id: bytes) -> None:
    head = [*_plain(media, request_id), NO_STORE]
    if status == 405:
        head.append((b"allow", b"GET, HEAD, POST"))
    await _send(send, status, orjson.dumps({"errors": errors}), head)


async def _send(send: Send, status: int, body: bytes, headers: Headers) -> None:
    if status != 304:
        headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
