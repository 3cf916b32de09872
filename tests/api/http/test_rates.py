"""Rates: what a client may ask in a minute, how many requests there may be at once, and who a client is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.answer import Answers
from api.http.rates import CLIENTS, Rates, client
from api.http.site import refusal
from api.pages.site import Site
from tests.api.conftest import TODAY, NeverAsked

Answer = tuple[int, dict[bytes, bytes], Any]


async def ok(scope: Any, receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


async def ask(rates: Rates, path: str = "/graphql", address: str = "192.0.2.1", **headers: str) -> Answer:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    await rates({"type": "http", "path": path, "method": "GET", "client": (address, 1), "headers": named}, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), orjson.loads(sent[1]["body"])


def code(answer: Answer) -> tuple[int, str]:
    (error,) = answer[2]["errors"]
    assert answer[1][b"cache-control"] == b"no-store"
    return answer[0], error["extensions"]["code"]


def test_a_client_that_asks_too_often_waits_and_others_do_not(runner: asyncio.Runner) -> None:
    now = [0.0]
    rates = Rates(ok, per_minute=3, at_once=10, clock=lambda: now[0])

    async def work() -> None:
        assert [(await ask(rates))[0] for _ in range(3)] == [200] * 3
        refused = await ask(rates)
        assert (code(refused), refused[1][b"retry-after"]) == ((429, "TOO_OFTEN"), b"20")
        assert (await ask(rates, address="192.0.2.2"))[0] == 200
        assert (await ask(rates, path="/readyz"))[0] == 200
        now[0] += 20
        assert [(await ask(rates))[0] for _ in range(2)] == [200, 429]

    runner.run(work())


@given(st.integers(1, 100), st.lists(st.floats(0, 90), max_size=200))
def test_in_no_minute_a_client_gets_more_than_two_minutes_worth(per_minute: int, pauses: list[float]) -> None:
    now = [0.0]
    rates = Rates(ok, per_minute, 1, clock=lambda: now[0])
    given_at = []
    for pause in pauses:
        now[0] += pause
        wait = rates.wait("a")
        if not wait:
            given_at.append(now[0])
        else:
            now[0] += wait + 1e-6
            assert rates.wait("a") == 0, "whoever waits as long as was said is answered"
            given_at.append(now[0])
    for at in given_at:
        assert sum(at <= other < at + 60 for other in given_at) <= 2 * per_minute


def test_without_a_rate_nobody_is_counted(runner: asyncio.Runner) -> None:
    rates = Rates(ok, per_minute=0, at_once=1)
    assert [runner.run(ask(rates))[0] for _ in range(50)] == [200] * 50
    assert len(rates.buckets) == 0


def test_no_more_requests_are_in_hand_than_are_allowed(runner: asyncio.Runner) -> None:
    let_go = asyncio.Event()

    async def held(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == "/graphql":
            await let_go.wait()
        await ok(scope, receive, send)

    async def work() -> None:
        rates = Rates(held, per_minute=0, at_once=2)
        waiting = [asyncio.ensure_future(ask(rates)) for _ in range(2)]
        while len(rates.running) < 2:
            await asyncio.sleep(0)
        refused = await ask(rates)
        assert (code(refused), refused[1][b"retry-after"]) == ((503, "BUSY"), b"2")
        assert (await ask(rates, path="/healthz"))[0] == 200
        let_go.set()
        assert [(await each)[0] for each in waiting] == [200, 200]
        assert (await ask(rates))[0] == 200

    runner.run(work())


@pytest.mark.parametrize(
    ("path", "accepted", "lang", "title"),
    [
        ("/dekking", "en", "en", "You ask too often"), ("/dekking", "nl-NL", "nl", "U vraagt te vaak iets"),
        ("/en/coverage", "nl", "en", "You ask too often"), ("/graphql", "", "nl", "U vraagt te vaak iets"),
    ],
)  # fmt: skip
def test_a_browser_that_asks_too_often_gets_a_page_in_its_language(
    runner: asyncio.Runner, path: str, accepted: str, lang: str, title: str
) -> None:
    rates = Rates(ok, per_minute=1, at_once=1, page=refusal(Answers(NeverAsked(), lambda: TODAY, "engine"), Site()), clock=lambda: 0.0)
    runner.run(send_to(rates, path))
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": accepted}
    status, headers, body = runner.run(send_to(rates, path, **browser))
    assert (status, headers[b"content-type"]) == (429, b"text/html; charset=utf-8")
    assert (headers[b"retry-after"], headers[b"cache-control"]) == (b"60", b"no-store")
    assert b"style-src 'self'" in headers[b"content-security-policy"]
    assert f'<html lang="{lang}">' in body.decode()
    assert title in body.decode()
    status, headers, body = runner.run(send_to(rates, path, accept="application/json"))
    assert (status, headers[b"content-type"]) == (429, b"application/json")


def test_a_browser_that_comes_when_it_is_busy_gets_a_page(runner: asyncio.Runner) -> None:
    rates = Rates(ok, 0, at_once=0, page=refusal(Answers(NeverAsked(), lambda: TODAY, "engine"), Site()))
    status, _, body = runner.run(send_to(rates, "/", accept="text/html"))
    assert (status, "Het is druk" in body.decode()) == (503, True)


async def send_to(rates: Rates, path: str, **headers: str) -> tuple[int, dict[bytes, bytes], bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    named = [(name.encode(), value.encode()) for name, value in headers.items()]
    await rates({"type": "http", "path": path, "method": "GET", "client": ("192.0.2.1", 1), "headers": named}, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


def test_no_more_clients_are_remembered_than_there_is_room_for() -> None:
    rates = Rates(ok, per_minute=1, at_once=1)
    for number in range(CLIENTS + 10):
        rates.wait(str(number))
    assert len(rates.buckets) == CLIENTS


@pytest.mark.parametrize(
    ("address", "sent", "header", "expected"),
    [
        ("192.0.2.1", [], "", "192.0.2.1"),
        ("192.0.2.1", ["198.51.100.7"], "", "192.0.2.1"),
        ("192.0.2.1", ["198.51.100.7"], "X-Forwarded-For", "198.51.100.7"),
        ("192.0.2.1", ["203.0.113.9, 198.51.100.7"], "x-forwarded-for", "198.51.100.7"),
        ("192.0.2.1", ["203.0.113.9", "198.51.100.7"], "x-forwarded-for", "198.51.100.7"),
        ("192.0.2.1", [], "x-forwarded-for", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", [], "", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", [], "", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", [], "", "192.0.2.1"),
        ("192.0.2.1", ["x" * 5000], "x-forwarded-for", "x" * 64),
    ],
)
def test_a_client_is_known_by_its_address(address: str, sent: list[str], header: str, expected: str) -> None:
    scope = {"client": (address, 1), "headers": [(b"x-forwarded-for", value.encode()) for value in sent]}
    assert client(scope, header) == expected
