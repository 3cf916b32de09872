"""Compression: which coding is chosen, that it never changes what is read, and what a tag means in each coding."""

from __future__ import annotations

import asyncio
import gzip
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode

import brotli
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Receive, Scope, Send

from api.answer import Answers
from api.documents.lru import LruCache
from api.http.app import application
from api.http.cache import KEPT, answer_cache
from api.http.compression import CODERS, GATHERED, IN_THREAD, SMALL, Compressed, chosen, encoded_tag, whole
from seeds.check import dataset
from tests.api.conftest import TODAY, NeverAsked

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DECODERS = {"br": brotli.decompress, "zstd": zstd.decompress, "gzip": gzip.decompress, "": bytes}
TEXT = b"Wie levert dyslexiezorg in Aalsmeer? " * 200
CODINGS = st.sampled_from(["br", "zstd", "gzip", "x-gzip", "identity", "*", "deflate", "compress", ""])
WEIGHTS = st.sampled_from(["", ";q=0", ";q=0.000", ";q=0.5", ";q=1", "; q=1.000", ";q=x", ";q=2"])
HEADERS = st.lists(st.tuples(CODINGS, WEIGHTS).map("".join), max_size=5).map(", ".join)


@dataclass
class Got:
    """A response as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes
    parts: int

    @property
    def coding(self) -> str:
        return self.headers.get("content-encoding", "")

    @property
    def read(self) -> bytes:
        """What a client makes of the body."""
        return bytes(DECODERS[self.coding](self.body))


@dataclass
class Fixed:
    """An application that sends one body in parts."""

    body: bytes = TEXT
    headers: Mapping[bytes, bytes] = field(default_factory=lambda: {b"content-type": b"application/json", b"etag": b'"abc"'})
    status: int = 200
    part: int = 1 << 30
    kept: bytes = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
        if told and self.headers[b"etag"] in told:
            await send({"type": "http.response.start", "status": 304, "headers": [*self.headers.items()]})
            await send({"type": "http.response.body", "body": b""})
            return
        headers = [*self.headers.items(), (b"content-length", b"%d" % len(self.body))]
        await send({"type": "http.response.start", "status": self.status, "headers": headers, KEPT: self.kept})
        body = b"" if scope["method"] == "HEAD" else self.body
        for at in range(0, max(len(body), 1), self.part):
            await send({"type": "http.response.body", "body": body[at : at + self.part], "more_body": at + self.part < len(body)})


def ask(app: Any, runner: asyncio.Runner, encoding: str | None = None, *, method: str = "GET", query: str = "", **more: str) -> Got:
    out: list[Any] = []

    async def send(message: Any) -> None:
        out.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": more.pop("body", "").encode()}

    named = {
        **({} if encoding is None else {"accept-encoding": encoding}),
        **{k.replace("_", "-"): v for k, v in more.items() if k != "body"},
    }
    headers = [(k.encode(), v.encode("latin-1")) for k, v in named.items()]
    scope = {"type": "http", "method": method, "path": "/graphql", "query_string": query.encode(), "headers": headers}
    runner.run(app(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in out[1:])
    return Got(out[0]["status"], {k.decode(): v.decode() for k, v in out[0]["headers"]}, body, len(out) - 1)


def compressed(app: Fixed, limit: int = 1 << 20) -> tuple[Compressed, LruCache[bytes, bytes]]:
    cache = answer_cache(limit)
    return Compressed(app, cache), cache


# ── chosen ────────────────────────────────────────────────────────────────────────────────────────


def weight(header: str, coding: str) -> float | None:
    """What RFC 9110 (12.5.3) says of a coding, read naively: its own weight, else that of `*`, else None."""
    said: dict[str, float] = {}
    for item in header.split(","):
        name, _, q = (part.strip() for part in item.partition(";"))
        try:
            number = float(q.removeprefix("q=")) if q else 1.0
        except ValueError:
            number = 0.0
        said.setdefault("gzip" if name == "x-gzip" else name, number if 0 <= number <= 1 else 0.0)
    return said.get(coding, said.get("*"))


@given(HEADERS)
def test_the_chosen_coding_is_accepted_and_none_is_accepted_more(header: str) -> None:
    choice = chosen(header)
    identity = weight(header, "identity")
    assert choice.identity is (identity is None or identity > 0)
    weights = {coding: weight(header, coding) or 0.0 for coding in CODERS}
    if choice.coding:
        assert weights[choice.coding] == max(weights.values()) > 0
    else:
        assert max(weights.values()) in (0.0, *(w for w in weights.values() if w < (identity or 0)))


@pytest.mark.parametrize(
    ("header", "coding", "identity"),
    [
        ("gzip, deflate, br, zstd", "br", True), ("gzip, deflate", "gzip", True), ("x-gzip", "gzip", True),
        ("", "", True), ("*", "br", True),
        ("identity", "", True), ("br;q=0.2, gzip;q=0.8", "gzip", True), ("gzip;q=0.5, identity", "", True), ("deflate", "", True),
        ("identity;q=0, gzip", "gzip", False), ("*;q=0", "", False), ("*;q=0, identity", "", True), ("identity;q=0", "", False),
        ("br;q=0, *", "zstd", True), ("GZIP", "gzip", True),
    ],
)  # fmt: skip
def test_the_table_of_choices(header: str, coding: str, identity: bool) -> None:
    assert (chosen(header).coding, chosen(header).identity) == (coding, identity)


# ── sent ──────────────────────────────────────────────────────────────────────────────────────────


@given(st.binary(max_size=3000) | st.text(max_size=50).map(lambda text: text.encode() * 100), HEADERS, st.sampled_from([7, 1000, 1 << 30]))
def test_every_client_reads_the_same_bytes(body: bytes, header: str, part: int) -> None:
    app, _ = compressed(Fixed(body, part=part))
    with asyncio.Runner() as runner:
        got = ask(app, runner, header)
    choice = chosen(header)
    if not choice.coding and not choice.identity:
        assert (got.status, orjson.loads(got.body)["errors"][0]["extensions"]["code"]) == (406, "NOT_ACCEPTABLE")
        return
    assert got.read == body
    assert got.coding in (choice.coding, *([""] if choice.identity else []))
    assert got.headers["vary"] == "Accept-Encoding"
    assert got.headers["etag"] == ('"abc"' if not got.coding else f'"abc-{got.coding}"')
    assert got.headers["content-length"] == str(len(got.body))


@pytest.mark.parametrize("coding", CODERS)
def test_the_tag_of_a_coding_is_its_own(runner: asyncio.Runner, coding: str) -> None:
    app, _ = compressed(Fixed())
    tag = ask(app, runner, coding).headers["etag"]
    again = ask(app, runner, coding, if_none_match=f'"x", {tag}')
    assert (again.status, again.body, again.headers["etag"], again.headers["vary"]) == (304, b"", tag, "Accept-Encoding")
    for other in {*CODERS, "identity"} - {coding}:
        assert ask(app, runner, other, if_none_match=tag).status == 200
    plain = ask(app, runner, "identity").headers["etag"]
    assert ask(app, runner, coding, if_none_match=plain).headers["etag"] == plain  # what the client has is accepted too


@pytest.mark.parametrize(
    ("app", "why"),
    [
        (Fixed(TEXT[: SMALL - 1]), "a small body"),
        (Fixed(headers={b"content-type": b"image/png"}), "a picture"),
        (Fixed(headers={b"content-type": b"application/zip"}), "a zip"),
        (Fixed(headers={b"content-type": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}), "an xlsx"),
        (Fixed(headers={b"content-type": b"text/css", b"content-encoding": b"br"}), "a coding already"),
        (Fixed(headers={b"content-type": b"text/css"}, status=206), "a part"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_gains_nothing_is_left_alone(runner: asyncio.Runner, app: Fixed, why: str) -> None:
    got = ask(compressed(app)[0], runner, "gzip, br")
    assert got.body == app.body, why
    assert got.coding == app.headers.get(b"content-encoding", b"").decode()


@pytest.mark.parametrize("app", [Fixed(b"x"), Fixed(headers={b"content-type": b"application/zip"})])
def test_it_is_compressed_if_it_may_not_be_sent_as_it_is(runner: asyncio.Runner, app: Fixed) -> None:
    got = ask(compressed(app)[0], runner, "gzip, identity;q=0")
    assert (got.coding, got.read) == ("gzip", app.body)


def test_a_body_too_long_to_gather_is_sent_in_parts_as_it_comes(runner: asyncio.Runner) -> None:
    body = TEXT * (3 * GATHERED // len(TEXT))
    for coding in CODERS:
        got = ask(compressed(Fixed(body, part=1 << 20))[0], runner, coding)
        assert (got.coding, got.read == body, "content-length" in got.headers) == (coding, True, False)
        assert got.parts > 10


def test_head_has_the_headers_of_get_without_a_length_that_nobody_computed(runner: asyncio.Runner) -> None:
    app, _ = compressed(Fixed())
    got = ask(app, runner, "br", method="HEAD")
    assert (got.coding, got.headers["etag"], got.body) == ("br", '"abc-br"', b"")
    assert "content-length" not in got.headers


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codings in which a body was compressed, as it happens."""
    made: list[str] = []

    def noted(body: bytes, coding: str) -> bytes:
        made.append(coding)
        return whole(body, coding)

    monkeypatch.setattr("api.http.compression.whole", noted)
    return made


# ── kept ──────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_cached_is_compressed_once_for_each_coding_within_the_same_bound(
    runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = counted(monkeypatch)
    app, cache = compressed(Fixed(kept=b"key"))
    for _ in range(3):
        assert len({ask(app, runner, coding).read for coding in CODERS}) == 1
    assert (sorted(made), len(cache)) == (sorted(CODERS), 3)
    assert 0 < cache.used <= cache.limit
    assert (cache.hits, cache.misses) == (0, 0)  # which are those of answers
    app, cache = compressed(Fixed(kept=b"key"), limit=1)
    assert ask(app, runner, "br").read == TEXT
    assert len(cache) == 0


def test_a_long_body_with_a_tag_is_compressed_once_by_a_thread_however_many_ask(
    runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = counted(monkeypatch)
    body = TEXT * (2 * IN_THREAD // len(TEXT))
    app, cache = compressed(Fixed(body))

    async def together() -> list[bytes]:
        return await asyncio.gather(*(app.body(body, "br", b"key") for _ in range(5)))

    assert {brotli.decompress(each) for each in runner.run(together())} == {body}
    assert (made, len(cache), app.running) == (["br"], 1, {})
    assert ask(app, runner, "zstd").read == ask(app, runner, "zstd").read == body
    assert made == ["br", "zstd"]


def test_a_list_of_a_megabyte_is_at_most_15_percent_of_its_bytes() -> None:
    nodes = [asdict(claim) for claim in dataset().claims.values()]
    listed = orjson.dumps({"data": {"claims": {"nodes": nodes}}}, default=str)[: 1 << 20]
    assert len(listed) > 500_000
    shares = {coding: len(whole(listed, coding)) / len(listed) for coding in CODERS}
    assert {coding: share for coding, share in shares.items() if share > 0.15} == {}


# ── the application ───────────────────────────────────────────────────────────────────────────────

TYPES = "{ __schema { types { name description fields { name description } } } }"


def test_an_answer_of_graphql_is_compressed_also_if_it_was_posted(runner: asyncio.Runner) -> None:
    app = application(Answers(NeverAsked(), lambda: TODAY, "engine"), kept_bytes=1 << 24)
    plain = ask(app, runner, query=urlencode({"query": TYPES}))
    assert plain.coding == ""
    for coding in CODERS:
        got = ask(app, runner, coding, query=urlencode({"query": TYPES}))
        posted = ask(app, runner, coding, method="POST", content_type="application/json", body=orjson.dumps({"query": TYPES}).decode())
        assert (got.coding, posted.coding, posted.body) == (coding, coding, got.body)
        assert got.read == plain.body
        assert got.headers["etag"].encode() == encoded_tag(plain.headers["etag"].encode(), coding)
        assert got.headers["vary"] == "Accept, Accept-Encoding"
    assert app.endpoint.cached.used <= app.endpoint.cached.limit


@pytest.mark.parametrize("sent", ["gzip", "br", "deflate, gzip", "zstd", "x", "é", "GZIP"])
def test_a_compressed_body_is_refused(runner: asyncio.Runner, sent: str) -> None:
    app = application(Answers(NeverAsked(), lambda: TODAY, "engine"))
    got = ask(app, runner, method="POST", content_type="application/json", content_encoding=sent, body='{"query": "{ __typename }"}')
    assert (got.status, got.headers["accept-encoding"]) == (415, "identity")
    assert orjson.loads(got.body)["errors"][0]["extensions"]["code"] == "UNSUPPORTED_ENCODING"


@pytest.mark.parametrize("sent", ["identity", "Identity", " identity "])
def test_a_body_as_it_is_may_say_so(runner: asyncio.Runner, sent: str) -> None:
    app = application(Answers(NeverAsked(), lambda: TODAY, "engine"))
    got = ask(app, runner, method="POST", content_type="application/json", content_encoding=sent, body='{"query": "{ __typename }"}')
    assert got.status == 200


@pytest.mark.parametrize("sent", ["x" * 30_000, ",".join(["gzip"] * 5000), ";;;,,,q=,", "gzip;q=" + "9" * 5000, "\xff\x00", "*;q=nan"])
def test_no_header_breaks_anything(runner: asyncio.Runner, sent: str) -> None:
    got = ask(compressed(Fixed())[0], runner, sent)
    assert got.status in (200, 406)
    assert got.status == 406 or got.read == TEXT
