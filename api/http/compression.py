"""Compresses responses as Accept-Encoding asks (RFC 9110): answers, pages, tables, styles and files alike.

Each coding is a representation with an entity tag of its own: `"abc"` becomes `"abc-br"`, and If-None-Match is read
the same way. No response has a secret or a cookie in it, so its compressed size gives nothing away (BREACH).
"""

from __future__ import annotations

import asyncio
import re
import sys
import zlib
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import brotli
from starlette.types import ASGIApp, Receive, Scope, Send

from api.documents.lru import LruCache
from api.errors import of_request
from api.http.cache import KEPT
from api.http.refusal import refuse
from api.http.request import accepted

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SMALL = 1000  # bytes; a smaller body fits into one packet anyway
IN_THREAD = 64 << 10  # bytes; compressing these takes about a millisecond, more than these would hold up other requests
GATHERED = 8 << 20  # bytes of a body that is compressed as a whole; of a longer one each part is sent when it is compressed
VARY = b"Accept-Encoding"
WITHOUT_BODY = (204, 206, 304)  # or with a part of one
_COMPRESSIBLE = re.compile(rb"text/|image/svg\+xml|application/(?:[\w.-]+\+)?(?:json|xml|x-ndjson|javascript|n-triples)\b")
Headers = list[tuple[bytes, bytes]]
Coder = tuple[Callable[[bytes], bytes], Callable[[], bytes]]  # one takes the parts of a body, the other ends it


def _br() -> Coder:
    coder = brotli.Compressor(mode=brotli.MODE_TEXT, quality=5)
    return coder.process, coder.finish


def _zstd() -> Coder:
    coder = zstd.ZstdCompressor(level=6)
    return coder.compress, coder.flush


def _gzip() -> Coder:
    coder = zlib.compressobj(level=6, wbits=31)
    return coder.compress, coder.flush


CODERS: Mapping[str, Callable[[], Coder]] = {"br": _br, "zstd": _zstd, "gzip": _gzip}  # the one with the smallest results first


def whole(body: bytes, coding: str) -> bytes:
    """Returns a body in a coding."""
    part, end = CODERS[coding]()
    return part(body) + end()


@dataclass(frozen=True, slots=True)
class Choice:
    """The coding for a request, empty if there is none to be used; `identity` says if the body may be sent as it is."""

    coding: str
    identity: bool


def chosen(header: str) -> Choice:
    """Returns the choice for an Accept-Encoding: the coding with the greatest weight, unless `identity` has a greater one."""
    weights = dict[str, float]()
    for name, weight in accepted(header):
        weights.setdefault("gzip" if name == "x-gzip" else name, weight)
    others = weights.get("*", 0.0)
    coding = max(CODERS, key=lambda one: weights.get(one, others))
    weight = weights.get(coding, others)
    identity = weights.get("identity", weights.get("*", 1.0)) > 0
    return Choice(coding if weight > 0 and weight >= weights.get("identity", 0.0) else "", identity)


CHOICES: LruCache[bytes, Choice] = LruCache(256)
LONGEST_CACHED = 512  # bytes of a header
NOTHING_ASKED = Choice("", True)


def _choice(headers: Headers) -> Choice:
    sent = [value for name, value in headers if name == b"accept-encoding"]
    if not sent:
        return NOTHING_ASKED
    header = sent[0] if len(sent) == 1 else b",".join(sent)
    if len(header) > LONGEST_CACHED:
        return chosen(header.decode("latin-1"))
    return CHOICES.get_or_make(header, lambda: chosen(header.decode("latin-1")))


def encoded_tag(tag: bytes, coding: str) -> bytes:
    """Returns the entity tag of a representation in a coding, from that of the representation as it is."""
    return b'%b-%b"' % (tag[:-1], coding.encode())


@dataclass(frozen=True, slots=True)
class Compressed:
    """Compresses the responses of an application. What it caches is compressed once for each coding, and cached beside it in `cache`.

    A long body that has an entity tag is cached in its codings too.
    """

    app: ASGIApp
    cache: LruCache[bytes, bytes]
    running: dict[bytes, asyncio.Future[bytes]] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        choice = _choice(scope["headers"])
        if not choice.coding and not choice.identity:
            error = of_request("NOT_ACCEPTABLE", "None of the codings in Accept-Encoding can be produced.", f"Accept {', '.join(CODERS)}.")
            await refuse(scope, send, 406, error, [(b"vary", VARY)])
            return
        sending = _Sending(self, scope, choice, send)
        await self.app(sending.scope, receive, sending)

    async def body(self, body: bytes, coding: str, key: bytes) -> bytes:
        """Returns a body in a coding, from the cache if it has a key and is there. A long body is compressed in a thread."""
        if key and (found := self.cache.get(key, counted=False)) is not None:
            return found
        if len(body) <= IN_THREAD:
            made = whole(body, coding)
        elif not key:
            made = await asyncio.to_thread(whole, body, coding)
        else:  # those who ask at the same time wait for the same thread
            if key not in self.running:
                task = self.running[key] = asyncio.ensure_future(asyncio.to_thread(whole, body, coding))
                task.add_done_callback(lambda _: self.running.pop(key, None))
            made = await asyncio.shield(self.running[key])
        if key:
            self.cache.put(key, made)
        return made


class _Sending:
    """Sends one response in the chosen coding, or as it is."""

    def __init__(self, compressed: Compressed, scope: Scope, choice: Choice, send: Send) -> None:
        self.scope, self._compressed, self._choice, self._send = scope, compressed, choice, send
        self._start: Any = None  # the first message, while it is not decided how the body is sent
        self._parts: list[bytes] = []
        self._coder: Coder | None = None
        self._if_none_match = b""
        if choice.coding:
            ending = b'-%b"' % choice.coding.encode()
            self._if_none_match = next((value for name, value in scope["headers"] if name == b"if-none-match" and ending in value), b"")
            if self._if_none_match:
                headers = [(n, v.replace(ending, b'"') if n == b"if-none-match" else v) for n, v in scope["headers"]]
                self.scope = {**scope, "headers": headers}

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif message["type"] == "http.response.body" and (self._start or self._coder):
            await self._go_on(message.get("body", b""), more=message.get("more_body", False))
        else:
            await self._send(message)

    async def _begin(self, message: Any) -> None:
        headers: Headers = list(message.get("headers", ()))
        found = dict(headers)
        vary = found.get(b"vary")
        _set(headers, b"vary", b"%b, %b" % (vary, VARY) if vary else VARY)
        start = {**message, "headers": headers}
        if self._is_compressed(message["status"], found):
            self._start = start
            return
        tag = found.get(b"etag")
        if message["status"] == 304 and tag and (own := encoded_tag(tag, self._choice.coding)) in self._if_none_match:
            _set(headers, b"etag", own)
        await self._send(start)

    def _is_compressed(self, status: int, headers: Mapping[bytes, bytes]) -> bool:
        """Returns if a response is to be compressed: it has a body, in no coding yet, and its length and media type make it worth while."""
        if not self._choice.coding or status in WITHOUT_BODY or b"content-encoding" in headers:
            return False
        if not self._choice.identity:
            return True
        length = headers.get(b"content-length", b"")
        is_small = length.isdigit() and int(length) < SMALL
        return not is_small and _COMPRESSIBLE.match(headers.get(b"content-type", b"")) is not None

    async def _go_on(self, part: bytes, *, more: bool) -> None:
        if self._coder is not None:
            await self._send_part(part, more=more)
            return
        self._parts.append(part)
        if not more:
            await self._send_whole(b"".join(self._parts) if len(self._parts) > 1 else part)
        elif sum(map(len, self._parts)) > GATHERED:
            self._coder = CODERS[self._choice.coding]()
            await self._send(self._encoded_start(None))
            await self._send_part(b"".join(self._parts), more=True)

    async def _send_whole(self, body: bytes) -> None:
        if not body and self.scope["method"] == "HEAD":  # the length of what a GET would send is not known
            await self._send(self._encoded_start(None))
        elif len(body) < SMALL and self._choice.identity:
            await self._send(self._start)
        else:
            made = await self._compressed.body(body, self._choice.coding, self._key(len(body)))
            if len(made) < len(body) or not self._choice.identity:
                await self._send(self._encoded_start(len(made)))
                body = made
            else:
                await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})

    async def _send_part(self, part: bytes, *, more: bool) -> None:
        assert self._coder is not None
        add, end = self._coder
        made = await asyncio.to_thread(add, part) if len(part) > SMALL else add(part)
        await self._send({"type": "http.response.body", "body": made if more else made + end(), "more_body": more})

    def _key(self, length: int) -> bytes:
        """Returns the key under which the compressed body is cached; empty if it is not."""
        headers = dict(self._start["headers"])
        key: bytes = self._start.get(KEPT, b"")
        if not key and length > IN_THREAD and b"etag" in headers:
            key = b"%b %b" % (headers[b"etag"], self.scope["path"].encode())
        return b"%b %b" % (key, self._choice.coding.encode()) if key else b""

    def _encoded_start(self, length: int | None) -> MutableMapping[str, Any]:
        """Returns the first message of the response in the chosen coding."""
        headers: Headers = [pair for pair in self._start["headers"] if pair[0] != b"content-length"]
        headers.append((b"content-encoding", self._choice.coding.encode()))
        if length is not None:
            headers.append((b"content-length", b"%d" % length))
        if tag := dict(headers).get(b"etag"):
            _set(headers, b"etag", encoded_tag(tag, self._choice.coding))
        start, self._start = self._start, None
        return {**start, "headers": headers}


def _set(headers: Headers, name: bytes, value: bytes) -> None:
    headers[:] = [*(pair for pair in headers if pair[0] != name), (name, value)]
