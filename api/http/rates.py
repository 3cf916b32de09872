"""How much a client may ask in a minute, and how many requests there may be at once in all. Health checks are not counted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from math import ceil

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.documents.lru import LruCache
from api.errors import Formatted, of_request
from api.http.access import NOTES, Notes
from api.http.explorer import prefers_page
from api.http.reader import header_of
from api.http.refusal import refuse
from api.http.secured import OF_THE_MOMENT

CLIENTS = 10_000  # that are remembered; whoever asked longest ago is forgotten first
FULL = of_request("BUSY", "The server answers as many requests as it takes at once.", "Try again in a few seconds.")
FULL_RETRY_SECONDS = 2
Page = Callable[[Scope, str, int, dict[str, str]], Response]  # for a code of an error, with a status and headers


@dataclass(slots=True)
class Bucket:
    """Holds what a client may still ask; it fills up evenly, to what it may ask in a minute."""

    left: float
    at: float


@dataclass(frozen=True, slots=True)
class Rates:
    """Refuses requests of a client that asks too often (429), and all while there are too many at once (503).

    `per_minute` 0 sets no limit. `client_header` is a header in which a trusted proxy puts the address of its client. `page` makes what a
    browser gets, if there are pages.
    """

    app: ASGIApp
    per_minute: int
    at_once: int
    client_header: str = ""
    page: Page | None = None
    clock: Callable[[], float] = time.monotonic
    buckets: LruCache[str, Bucket] = field(default_factory=lambda: LruCache(CLIENTS))
    running: list[None] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OF_THE_MOMENT:
            await self.app(scope, receive, send)
        elif len(self.running) >= self.at_once:
            await self._refuse(scope, receive, send, 503, FULL, FULL_RETRY_SECONDS)
        elif self.per_minute and (wait := self.wait(client(scope, self.client_header))):
            await self._refuse(scope, receive, send, 429, too_often(self.per_minute), ceil(wait))
        else:
            self.running.append(None)
            try:
                await self.app(scope, receive, send)
            finally:
                self.running.pop()

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, status: int, error: Formatted, seconds: int) -> None:
        """Sends a refusal: a page to a browser, and an error to anybody else."""
        if self.page and prefers_page(header_of(scope, b"accept")):
            notes: Notes = scope.get(NOTES) or Notes()
            notes.errors([error])
            response = self.page(scope, error["extensions"]["code"], status, {"retry-after": str(seconds), "cache-control": "no-store"})
            await response(scope, receive, send)
        else:
            await refuse(scope, send, status, error, [(b"retry-after", b"%d" % seconds)])

    def wait(self, name: str) -> float:
        """Counts a request of a client. Returns 0, or the seconds until it may ask again."""
        now, rate = self.clock(), self.per_minute / 60
        bucket = self.buckets.get(name)
        if bucket is None:
            bucket = Bucket(self.per_minute, now)
            self.buckets.put(name, bucket)
        bucket.left = min(self.per_minute, bucket.left + (now - bucket.at) * rate)
        bucket.at = now
        if bucket.left < 1:
            return (1 - bucket.left) / rate
        bucket.left -= 1
        return 0.0


def client(scope: Scope, header: str) -> str:
    """Returns the address of a client: of an IPv6 address its network, because one user has all of that.

    Of a list in the header of a proxy the last address counts: the proxy itself has added it.
    """
    address = (scope.get("client") or ("-",))[0]
    if header:
        sent = [value for name, value in scope["headers"] if name == header.lower().encode("latin-1")]
        address = sent[-1].decode("latin-1").rpartition(",")[2].strip() if sent else address
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 64 << 64))


def too_often(per_minute: int) -> Formatted:
    return of_request("TOO_OFTEN", f"A client may send {per_minute} requests in a minute.", "Wait as long as Retry-After says.")
