"""GraphQL over HTTP: methods, media types, status codes and caching, as the specifications have them.

An ASGI application without a framework: most requests are for a cached answer, so the way through here is most of their cost.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send

from api.answer import CHECK_SECONDS, Answers, Request, Response
from api.documents.lru import LruCache
from api.documents.prepare import Refused
from api.errors import of_exception
from api.http.access import NOTES, Notes
from api.http.cache import KEPT, answer_cache, etag
from api.http.cross_origin import log_refusal
from api.http.explorer import page, prefers_page
from api.http.in_flight import InFlight
from api.http.reader import for_reader
from api.http.request import (
    JSON,
    MAX_BODY,
    BadRequest,
    check_headers,
    negotiated,
    of_address,
    of_body,
    other_version,
    too_large,
)
from api.http.request_id import request_id as own_or_new
from graph.errors import RegiograafError
from graph.load.versions import Versions

RESPONSE = "application/graphql-response+json"
CONTENT_TYPES = {media: f"{media}; charset=utf-8".encode() for media in (RESPONSE, JSON)}
IMMUTABLE = b"public, max-age=86400, immutable"
NO_STORE = (b"cache-control", b"no-store")
VARY, VARY_ERRORS = b"Accept", b"Accept, Accept-Language"  # an answer without errors is the same in every language
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
        answers.caches.update(answers=self.cached, requests=self._requests, mediaTypes=MEDIA_TYPES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        request_id = own_or_new(headers.get(b"x-request-id"))
        notes: Notes = scope.get(NOTES) or Notes()
        notes.request_id, notes.language = request_id.decode("latin-1"), headers.get(b"accept-language", b"")
        accept = headers.get(b"accept", b"*/*").decode("latin-1")
        method, query = scope["method"], scope["query_string"]
        if method in ("GET", "HEAD") and "text/html" in accept and prefers_page(accept):
            await page()(scope, receive, send)
            return
        media = media_type(accept)
        try:
            if method not in ("GET", "HEAD", "POST"):
                if b"access-control-request-method" in headers:
                    log_refusal(headers.get(b"origin", b""), "REGIOGRAAF_CORS_ORIGINS is not set")
                raise BadRequest(405, "METHOD_NOT_ALLOWED", f"{method} is not supported here.", "Ask by POST, or by GET with ?query=.")
            if media is None:
                raise BadRequest(
                    406, "NOT_ACCEPTABLE", "None of the media types in Accept can be produced.", f"Accept {RESPONSE} or {JSON}."
                )
            if method == "POST":
                check_headers(headers)
                request, if_none_match = self._request(await _body(receive), post=True), None
            else:
                request, if_none_match = self._request(query, post=False), headers.get(b"if-none-match", b"")
            notes.request = request
            await self._respond(request, if_none_match, media, notes, receive, send)
        except BadRequest as bad:
            notes.errors([bad.error])
            await _refuse(send, for_reader([bad.error], notes.language), bad.status, media or JSON, request_id)
        except Refused as refused:  # the client's fault; clients of application/json expect 200 even then
            notes.errors(refused.errors)
            await _refuse(send, for_reader(refused.errors, notes.language), 400 if media == RESPONSE else 200, media or JSON, request_id)
        except Exception as error:  # our own fault: nothing of it is for the client
            masked = of_exception(error, [], notes.request_id)
            notes.errors([masked])
            await _refuse(send, for_reader([masked], notes.language), 500, media or JSON, request_id)

    def _request(self, sent: bytes, *, post: bool) -> Request:
        """Parses a request; equal bytes are parsed once."""

        def parsed() -> Request:
            asked = (of_body if post else of_address)(sent, self._answers.saved, saved_only=self._saved_only)
            return self._answers.prepare(asked.question, asked.requested_version)

        return parsed() if len(sent) > LONGEST_REQUEST else self._requests.get_or_make(sent if post else b"?" + sent, parsed)

    async def _respond(self, request: Request, if_none_match: bytes | None, media: str, notes: Notes, receive: Receive, send: Send) -> None:
        """Sends the answer, from the cache if it is there. `if_none_match` is None for a POST."""
        versions, request_id = self._answers.versions, notes.request_id.encode("latin-1")
        if request.requested_version is not None:
            await check_version(versions, request.requested_version)
        day = None if request.dated else self._answers.today()
        load_id = versions.load_id if request.operation.roots else ""
        immutable = request.requested_version is not None and request.dated
        tag = etag(request.digest, day, load_id, media) if load_id is not None else b""
        shown_tag = None if if_none_match is None else tag
        if tag and if_none_match and tag in if_none_match:
            await _send(send, 304, b"", _headers(media, request_id, tag, immutable))
            return
        status = 304 if if_none_match is not None and if_none_match.strip() == b"*" else 200  # of a complete answer
        if tag and (body := self.cached.get(tag)) is not None:
            await _send(send, status, body, _headers(media, request_id, shown_tag, immutable), tag)
            return
        own_key = None if self.cached.limit else object()  # without a cache no two requests share an answer
        response = await self.in_flight.join(
            (request.digest, day, load_id, own_key),
            lambda: self._answers.respond(request, day or self._answers.today(), notes.request_id),
            receive,
        )
        if response is None:
            await _send(send, 499, b"", [])  # the client has left
            return
        notes.store_seconds = response.store_seconds
        notes.errors(response.body.get("errors", ()))
        if request.requested_version is not None and response.version not in (None, request.requested_version):
            raise other_version(request.requested_version, response.version)
        if not response.complete or not tag or (load_id and versions.load_id != load_id):
            vary = VARY_ERRORS if "errors" in response.body else VARY
            await _send(send, 200, _for_reader(response, notes.language), [*_plain(media, request_id, vary), NO_STORE])
            return
        self.cached.put(tag, response.json)
        await _send(send, status, response.json, _headers(media, request_id, shown_tag, immutable), tag)


async def check_version(versions: Versions, requested: str) -> None:
    """Raises BadRequest if the store holds another version; before that it reads the version anew, which may be news."""
    if versions.current not in (None, requested):
        with suppress(RegiograafError, TimeoutError):
            async with asyncio.timeout(CHECK_SECONDS):
                await versions.refresh()
    if versions.current not in (None, requested):
        raise other_version(requested, versions.current)


MEDIA_TYPES: LruCache[str, str] = LruCache(256)


def media_type(header: str) -> str | None:
    """Returns the media type to answer in, JSON if both are accepted alike, or None; from a cache."""
    return MEDIA_TYPES.get_or_make(header, lambda: negotiated(header, (JSON, RESPONSE)) or "") or None


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


def _for_reader(response: Response, language: bytes) -> bytes:
    """Returns a response as bytes, its errors in the language of the reader. It may be shared by several readers."""
    errors = response.body.get("errors")
    return orjson.dumps({**response.body, "errors": for_reader(errors, language)}) if errors and language else response.json


def _plain(media: str, request_id: bytes, vary: bytes = VARY) -> Headers:
    return [(b"content-type", CONTENT_TYPES[media]), (b"vary", vary), (b"x-request-id", request_id)]


def _headers(media: str, request_id: bytes, tag: bytes | None, immutable: bool) -> Headers:
    """Returns the headers of a complete answer; `tag` is None if nobody may cache it."""
    head = _plain(media, request_id)
    if tag is not None:
        head += ((b"etag", tag), (b"cache-control", IMMUTABLE if immutable else b"no-cache"))
    return head


async def _refuse(send: Send, errors: list[dict[str, Any]], status: int, media: str, request_id: bytes) -> None:
    head = [*_plain(media, request_id, VARY_ERRORS), NO_STORE]
    if status == 405:
        head.append((b"allow", b"GET, HEAD, POST"))
    if errors[0]["extensions"]["code"] == "UNSUPPORTED_ENCODING":
        head.append((b"accept-encoding", b"identity"))
    if status == 413:
        head.append((b"connection", b"close"))  # the rest of the body is not waited for
    await _send(send, status, orjson.dumps({"errors": errors}), head)


async def _send(send: Send, status: int, body: bytes, headers: Headers, kept: bytes = b"") -> None:
    """Sends a response. `kept` is the key under which its body is cached, if it is."""
    if status == 304:
        body = b""
    else:
        headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": headers, KEPT: kept})
    await send({"type": "http.response.body", "body": body})
