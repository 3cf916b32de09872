"""Answers that are kept: when the store is asked again, what a tag means, and what may be kept for how long by whom."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.answer import Answers
from api.http.app import Application, application
from api.http.cache import OVERHEAD, answer_cache, etag
from graph.engines.bolt import Store
from graph.load.versions import Versions
from tests.api.conftest import TODAY
from tests.api.versioned import Versioned

NAME = "query($r: Ref!, $d: Date) { municipality(ref: $r, asOf: $d) { name context { asOf isDefault dataVersion } } }"
TWO = """query($r: Ref!) {
  a: municipality(ref: $r) { name context { dataVersion } }
  b: municipality(ref: $r) { code context { dataVersion } }
}"""
RESPONSE = "application/graphql-response+json"


@dataclass
class Got:
    """A response."""

    status: int
    headers: Mapping[str, str]
    body: Any


@dataclass
class Asking:
    """An application over a versioned store, asked as a server asks it."""

    store: Versioned
    app: Application
    versions: Versions
    days: list[date] = field(default_factory=lambda: [TODAY])

    async def joined(self, clients: int) -> None:
        """Waits until so many clients wait for one answer."""
        async with asyncio.timeout(30):
            while sum(self.app.endpoint.in_flight.clients.values()) < clients:
                await asyncio.sleep(0)

    async def get(self, query: str = NAME, variables: Any = None, *, method: str = "GET", tag: str = "", more: Any = None) -> Got:
        asked = {"query": query, "variables": orjson.dumps(variables or {"r": "Zaanstad"}).decode(), **(more or {})}
        return await self.sent(method, urlencode(asked).encode(), b"", {"if-none-match": tag} if tag else {})

    async def post(self, query: str = NAME, variables: Any = None, **headers: str) -> Got:
        return await self.sent("POST", b"", orjson.dumps({"query": query, "variables": variables or {"r": "Zaanstad"}}), headers)

    async def sent(self, method: str, query: bytes, body: bytes, headers: Mapping[str, str], left: asyncio.Event | None = None) -> Got:
        told: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]
        out: list[Any] = []

        async def receive() -> dict[str, Any]:
            if told:
                return told.pop()
            await (left or asyncio.Event()).wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            out.append(message)

        named = {"content-type": "application/json", "accept": RESPONSE, **headers}
        scope = {
            "type": "http", "method": method, "path": "/graphql", "query_string": query,
            "headers": [(k.encode(), v.encode()) for k, v in named.items()],
        }  # fmt: skip
        await self.app(scope, receive, send)
        found = out[1].get("body", b"")
        return Got(out[0]["status"], {k.decode(): v.decode() for k, v in out[0]["headers"]}, orjson.loads(found) if found else None)


@asynccontextmanager
async def asking(store: Store, kept_bytes: int = 1 << 20) -> AsyncIterator[Asking]:
    versioned, days = Versioned(store), [TODAY]
    answers = Answers(versioned, lambda: days[0], "engine", Versions(versioned))
    app = application(answers, kept_bytes=kept_bytes)
    async with answers.versions.watched():
        await answers.versions.refresh()
        yield Asking(versioned, app, answers.versions, days)


def run(runner: asyncio.Runner, work: Coroutine[Any, Any, None]) -> None:
    runner.run(work)


# ── kept ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_question_is_asked_of_the_store_once(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            one, two = await client.get(), await client.get()
            assert one.body == two.body
            assert one.body["data"]["municipality"]["name"] == "Zaanstad"
            assert one.headers["etag"] == two.headers["etag"]
            assert (await client.post()).body == one.body
            assert client.store.reads == 1

    run(runner, work())


def test_variables_in_another_order_or_with_the_default_written_out_are_the_same_question(loaded: Store, runner: asyncio.Runner) -> None:
    text = "query($r: Ref!, $n: Int = 3) { municipality(ref: $r) { memberships(first: $n) { totalCount } } }"

    async def work() -> None:
        async with asking(loaded) as client:
            sent = [{"r": "Zaanstad", "n": 3}, {"n": 3, "r": "Zaanstad"}, {"r": "Zaanstad"}, {"r": "Zaanstad", "unknown": 1}]
            assert len({(await client.get(text, each)).headers["etag"] for each in sent}) == 1
            assert client.store.reads == 1
            assert (await client.get(text, {"r": "Zaanstad", "n": 4})).headers["etag"] != (await client.get(text)).headers["etag"]

    run(runner, work())


def test_a_new_version_of_the_data_is_asked_of_the_store_again(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            old = await client.get()
            client.store.loads("v2", "2026-02-01")
            await client.versions.refresh()
            new = await client.get()
            assert new.body["data"]["municipality"]["context"]["dataVersion"] == "v2"
            assert new.headers["etag"] != old.headers["etag"]
            assert (await client.get(tag=old.headers["etag"])).status == 200
            assert (await client.get(tag=new.headers["etag"])).status == 304

    run(runner, work())


def test_at_midnight_only_questions_about_today_are_asked_again(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            dated = {"r": "Zaanstad", "d": TODAY.isoformat()}
            today, explicit = await client.get(), await client.get(NAME, dated)
            assert today.body != explicit.body, "isDefault tells them apart, so they are kept apart"
            client.days[0] = date(2026, 11, 22)
            assert (await client.get()).body["data"]["municipality"]["context"]["asOf"] == "2026-11-22"
            assert (await client.get(NAME, dated)).body == explicit.body
            assert client.store.reads == 3

    run(runner, work())


def test_an_answer_with_an_error_is_not_kept_and_nobody_else_may_keep_it(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            for _ in range(2):
                found = await client.get(variables={"r": "Nergenshuizen"})
                assert found.headers["cache-control"] == "no-store"
                assert "etag" not in found.headers
            assert client.store.reads == 2
            partial = await client.get('query($r: Ref!) { a: municipality(ref: $r) { name } b: municipality(ref: "nergens") { name } }')
            assert partial.body["data"] == {"a": {"name": "Zaanstad"}, "b": None}
            assert partial.headers["cache-control"] == "no-store"

    run(runner, work())


def test_kept_answers_are_given_while_the_store_is_away(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            before = await client.get()
            client.store.away = True
            assert (await client.get()).body == before.body

    run(runner, work())


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 400)), max_size=60))
def test_what_is_kept_is_never_more_than_may_be_kept(answers: list[tuple[int, int]]) -> None:
    kept = answer_cache(4 * OVERHEAD)
    for key, size in answers:
        kept.put(b"%d" % key, b"x" * size)
        assert kept.used <= 4 * OVERHEAD
    assert kept.used == sum(len(body) + OVERHEAD for k in range(31) if (body := kept.get(b"%d" % k)) is not None)


def test_what_was_given_longest_ago_goes_first() -> None:
    kept = answer_cache(3 * OVERHEAD)
    for key in (b"a", b"b"):
        kept.put(key, b"x")
    assert kept.get(b"a")
    kept.put(b"c", b"y" * (OVERHEAD - 5))
    assert [kept.get(key) is None for key in (b"a", b"b", b"c")] == [False, True, False]


# ── tags ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_whoever_shows_the_tag_of_now_gets_304_and_the_store_is_not_asked(loaded: Store, runner: asyncio.Runner, method: str) -> None:
    async def work() -> None:
        async with asking(loaded, kept_bytes=0) as client:
            known = (await client.get()).headers["etag"]
            for shown in (known, f'"other", {known}', f"W/{known}"):
                found = await client.get(method=method, tag=shown)
                assert (found.status, found.body, found.headers["etag"]) == (304, None, known)
                assert found.headers["vary"] == "Accept, Accept-Encoding"
            assert client.store.reads == 1
            assert (await client.get(method=method, tag='"other"')).status == 200

    run(runner, work())


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("kept_bytes", [0, 1 << 20])
def test_whoever_has_any_answer_gets_304_where_there_is_one(loaded: Store, runner: asyncio.Runner, method: str, kept_bytes: int) -> None:
    async def work() -> None:
        async with asking(loaded, kept_bytes=kept_bytes) as client:
            known = (await client.get()).headers["etag"]
            for shown in ("*", " * "):
                found = await client.get(method=method, tag=shown)
                assert (found.status, found.body, found.headers["etag"]) == (304, None, known)
                assert "content-length" not in found.headers
            assert (await client.get(variables={"r": "Purmerend"}, method=method, tag="*")).status == 304, "one that nobody asked before"
            for shown in ("W/*", '"*"', "**"):
                assert (await client.get(method=method, tag=shown)).status == 200, "that is no star"
            wrong = await client.get(variables={"r": "Nergenshuizen"}, tag="*")
            assert (wrong.status, wrong.body["errors"][0]["extensions"]["code"]) == (200, "NOT_FOUND")

    run(runner, work())


@pytest.mark.parametrize("query", ["{ __schema { queryType { name } } }", "{ savedQuestions { name } }", "{ _service { sdl } }"])
def test_the_present_version_may_be_named_where_the_data_is_not_asked(loaded: Store, runner: asyncio.Runner, query: str) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            found = await client.get(query, more={"dataVersion": "v1"})
            assert (found.status, "errors" in found.body) == (200, False)
            assert (await client.get(query, more={"dataVersion": "v0"})).status == 409

    run(runner, work())


def test_a_tag_differs_where_anything_differs() -> None:
    tags = {
        etag(digest, day, version, media)
        for digest in (b"a", b"b") for day in (None, TODAY) for version in ("1", "2") for media in ("x", "y")
    }  # fmt: skip
    assert len(tags) == 16


def test_the_two_media_types_have_tags_of_their_own(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            query = urlencode({"query": NAME, "variables": '{"r": "Zaanstad"}'}).encode()
            one, two = [await client.sent("GET", query, b"", {"accept": media}) for media in (RESPONSE, "application/json")]
            assert one.body == two.body
            assert one.headers["etag"] != two.headers["etag"]

    run(runner, work())


def test_what_may_be_kept_is_asked_for_again_each_time_unless_day_and_version_are_named(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            dated, version = {"r": "Zaanstad", "d": "2023-06-01"}, {"dataVersion": "v1"}
            assert (await client.get()).headers["cache-control"] == "no-cache"
            assert (await client.get(NAME, dated)).headers["cache-control"] == "no-cache"
            assert (await client.get(more=version)).headers["cache-control"] == "no-cache"
            assert "immutable" in (await client.get(NAME, dated, more=version)).headers["cache-control"]
            assert "etag" not in (await client.post(NAME, dated)).headers

    run(runner, work())


def test_another_version_than_the_present_one_is_an_error(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            found = await client.get(more={"dataVersion": "v0"})
            assert (found.status, found.body["errors"][0]["extensions"]["code"]) == (409, "OTHER_DATA_VERSION")
            assert found.headers["cache-control"] == "no-store"
            client.store.loads("v2", "2026-02-01")
            assert (await client.get(more={"dataVersion": "v2"})).status == 200, "news that another worker told is looked for at once"
            assert (await client.get(more={"dataVersion": "v1"})).status == 409

    run(runner, work())


# ── one question for many ─────────────────────────────────────────────────────────────────────────


def test_who_keeps_nothing_asks_each_time(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded, kept_bytes=0) as client:
            await asyncio.gather(*(client.get() for _ in range(3)))
            assert client.store.reads == 3

    run(runner, work())


def test_equal_questions_at_the_same_time_ask_the_store_once(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            client.store.gate.clear()
            asked = [asyncio.ensure_future(client.get()) for _ in range(20)]
            await client.joined(20)
            client.store.gate.set()
            assert len({orjson.dumps(got.body) for got in await asyncio.gather(*asked)}) == 1
            assert client.store.reads == 1

    run(runner, work())


def test_one_that_leaves_does_not_stop_the_others_and_the_last_one_does(loaded: Store, runner: asyncio.Runner) -> None:
    query = urlencode({"query": NAME, "variables": '{"r": "Zaanstad"}'}).encode()

    async def work() -> None:
        async with asking(loaded) as client:
            client.store.gate.clear()
            doors = [asyncio.Event() for _ in range(2)]
            asked = [asyncio.ensure_future(client.sent("GET", query, b"", {}, door)) for door in doors]
            await client.joined(2)
            doors[0].set()
            assert (await asked[0]).status == 499
            assert client.store.stopped == 0
            doors[1].set()
            assert (await asked[1]).status == 499
            await asyncio.sleep(0)
            assert (client.store.reads, client.store.stopped) == (1, 1)

    run(runner, work())


# ── one version ───────────────────────────────────────────────────────────────────────────────────


def test_root_fields_that_read_two_versions_are_asked_again(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded, kept_bytes=0) as client:
            client.store.shown = ["v0", "v1", "v1", "v0"]
            found = (await client.get(TWO)).body["data"]
            assert {found[key]["context"]["dataVersion"] for key in "ab"} == {"v1"}
            assert client.store.reads == 6

    run(runner, work())


def test_an_answer_that_was_overtaken_is_not_given(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            client.store.loads("v2", "2026-02-01")
            await client.get(variables={"r": "Purmerend"})
            client.store.shown = ["v1"]
            assert (await client.get()).body["data"]["municipality"]["context"]["dataVersion"] == "v2"
            client.store.loads("v1", "2026-01-01")  # a member of a cluster that lags behind
            assert (await client.get(variables={"r": "Weesp", "d": "2020-01-01"})).body["errors"][0]["extensions"][
                "code"
            ] == "DATA_CHANGING"
            client.store.loads("v1", "2026-03-01")  # the old data once more, by a later load
            assert (await client.get(variables={"r": "Weesp", "d": "2020-01-01"})).body["data"]["municipality"]["context"][
                "dataVersion"
            ] == "v1"

    run(runner, work())


def test_the_same_data_loaded_once_more_has_other_tags(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            before = (await client.get()).headers["etag"]
            client.store.loads("v1", "2026-02-01")
            await client.versions.refresh()
            assert (await client.get()).headers["etag"] != before

    run(runner, work())


def test_an_answer_is_kept_under_the_version_that_was_read(loaded: Store, runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with asking(loaded) as client:
            client.store.before = lambda: client.store.loads("v2", "2026-02-01")  # while the question is under way
            found = await client.get()
            assert found.body["data"]["municipality"]["context"]["dataVersion"] == "v2"
            assert client.store.reads == 2, "what names a version for the first time is asked again"
            assert "etag" not in found.headers
            assert (await client.get()).headers["etag"] == (await client.get()).headers["etag"]
            assert client.store.reads == 3

    run(runner, work())
