"""Connections over real sockets: what does not arrive in time ends, what is too large is refused, and nobody is shut out."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

from api.answer import Answers
from api.http.app import application
from api.http.metrics import Metrics
from api.http.secured import HEADERS as SECURITY
from api.serve.connection import SPARE_DESCRIPTORS, UNLIMITED, connections_of_system
from api.serve.listening import listener
from api.serve.server import LeavingServer, _config, around
from api.settings import Settings
from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.errors import EngineUnavailable
from tests.api.conftest import TODAY, NeverAsked

ENDS_AT_ALL = 60.0
BODY = b'{"query": "{ __typename }"}'
HEADERS = b"POST /graphql HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\n"
QUESTION = HEADERS + b"content-length: %d\r\n\r\n%b" % (len(BODY), BODY)
HALF_BODY = HEADERS + b"content-length: 100\r\n\r\n{"
HALF_HEADERS = HEADERS[:-10]
HELD = HEADERS + b'content-length: 31\r\n\r\n{"query": "{ sources { id } }"}'


class Held(NeverAsked):
    """A store that answers when it is let go."""

    def __init__(self) -> None:
        self.asked, self.let_go = asyncio.Event(), asyncio.Event()

    async def read(self, cypher: Cypher) -> list[Any] | None:
        self.asked.set()
        await self.let_go.wait()
        return None

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        raise EngineUnavailable("It reports no version.", "Wait.")


@dataclass
class Served:
    """A server on a socket of this machine, and the connections of a test to it."""

    server: LeavingServer
    port: int
    store: Held
    running: asyncio.Task[None]
    metrics: Metrics
    opened: list[asyncio.StreamWriter] = field(default_factory=list)

    async def connect(self, sent: bytes = b"") -> asyncio.StreamReader:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.opened.append(writer)
        writer.write(sent)
        return reader

    async def ask(self, sent: bytes) -> tuple[int, dict[str, str], Any]:
        return await response(await self.connect(sent))


async def response(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], Any]:
    """The next response of a connection."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return int(head[0].split()[1]), headers, json.loads(body) if body else None


def code(found: tuple[int, dict[str, str], Any]) -> tuple[int, str]:
    """The status and the code of a refusal, which has a sentence and a remedy, and after which the connection ends."""
    status, headers, body = found
    (error,) = body["errors"]
    assert error["message"].endswith(".")
    assert error["extensions"]["remedy"].endswith(".")
    assert headers["connection"] == "close"
    return status, error["extensions"]["code"]


@asynccontextmanager
async def serving(**settings: Any) -> AsyncIterator[Served]:
    store = Held()
    socket_, chosen = listener("127.0.0.1", 0), Settings(**settings)
    answers = Answers(store, lambda: TODAY, "engine", request_seconds=chosen.regiograaf_request_seconds)
    nowhere = Store(Address("bolt://127.0.0.1:1", "", "", None, "neo4j"))  # whose state the metrics show
    metrics = Metrics(answers, nowhere, lambda: 0.0)
    app = application(answers, is_leaving=lambda: server.is_leaving, metrics=metrics)
    server = LeavingServer(_config(around(app, chosen, metrics), chosen, metrics), chosen.regiograaf_notice_seconds)
    started = asyncio.Event()
    server.started_hook = started.set
    served = Served(server, socket_.getsockname()[1], store, asyncio.ensure_future(server._serve([socket_])), metrics)
    try:
        async with nowhere:
            await started.wait()
            yield served
    finally:
        store.let_go.set()
        for writer in served.opened:
            writer.close()
        if not server.is_leaving:
            server.handle_exit(15, None)
        server._stop_at = 0
        async with asyncio.timeout(ENDS_AT_ALL):
            await served.running
        if server.force_exit:
            await server.lifespan.shutdown()
        server._captured_signals.clear()


def counted(metrics: Metrics, name: str) -> dict[str, float]:
    """A counter by its one label."""
    return {"".join(s.labels.values()): s.value for metric in metrics.collect() for s in metric.samples if s.name == name}


def run(runner: asyncio.Runner, work: Coroutine[Any, Any, None]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(ENDS_AT_ALL):
            await work

    runner.run(bounded())


# ── what does not arrive ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sent", "refused", "begun"),
    [
        (HALF_HEADERS, "TOO_SLOW", 0),
        (HALF_BODY, "TOO_SLOW", 1),
        (b"nothing of HTTP\r\n\r\n", "BAD_REQUEST", 0),
        (HEADERS + b"x: " + b"x" * 40_000 + b"\r\n\r\n", "HEADERS_TOO_LARGE", 0),
        (QUESTION, None, 1),
    ],
)
def test_metrics_count_what_a_connection_refuses(runner: asyncio.Runner, sent: bytes, refused: str | None, begun: int) -> None:
    async def work() -> None:
        async with serving(regiograaf_header_seconds=0.1, regiograaf_body_seconds=0.1) as served:
            reader = await served.connect(sent)
            answer = await response(reader)
            assert (None if answer[0] == 200 else code(answer)[1]) == refused
            while len(counted(served.metrics, "regiograaf_requests_total")) < begun:  # the endpoint hears later that its client has left
                await asyncio.sleep(0)
            assert counted(served.metrics, "regiograaf_refused_total") == ({refused: 1} if refused else {})
            assert sum(counted(served.metrics, "regiograaf_requests_total").values()) == begun

    run(runner, work())


@pytest.mark.parametrize("sent", [b"", b"\r\n", b"PO", HALF_HEADERS, HALF_BODY, QUESTION, QUESTION + HALF_HEADERS, QUESTION + HALF_BODY])
def test_what_does_not_arrive_in_time_ends_the_connection(runner: asyncio.Runner, sent: bytes) -> None:
    async def work() -> None:
        async with serving(regiograaf_header_seconds=0.1, regiograaf_body_seconds=0.1) as served:
            reader = await served.connect(sent)
            if sent.startswith(QUESTION):
                assert (await response(reader))[0] == 200
            if sent == QUESTION:
                served.opened[0].write(b"\r\n")  # which is no request, and no silence either
            rest = await reader.read()  # until the server closes
            if sent != QUESTION:
                assert b" 408 " in rest.partition(b"\r\n")[0]
                assert b'"TOO_SLOW"' in rest

    run(runner, work())


def test_a_body_that_arrives_a_byte_at_a_time_has_the_same_time(runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with serving(regiograaf_body_seconds=0.3) as served:
            reader = await served.connect(HALF_BODY)
            answer = asyncio.ensure_future(response(reader))
            while not answer.done():
                served.opened[0].write(b" ")
                await asyncio.sleep(0.01)
            assert code(answer.result()) == (408, "TOO_SLOW")

    run(runner, work())


def test_an_answer_on_its_way_is_not_cut_off_by_half_a_request_behind_it(runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with serving(regiograaf_header_seconds=0.05) as served:
            reader = await served.connect(HELD + HALF_HEADERS)
            await served.store.asked.wait()
            (connection,) = served.server.server_state.connections
            deadline = connection._deadline  # type: ignore[union-attr]
            while connection._deadline in (None, deadline):  # type: ignore[union-attr]
                await asyncio.sleep(0)  # the time of the second request passes, and it is given more
            served.store.let_go.set()
            status, _, body = await response(reader)
            assert (status, body["errors"][0]["extensions"]["code"]) == (200, "NOT_LOADED")
            assert code(await response(reader)) == (408, "TOO_SLOW")

    run(runner, work())


def test_requests_one_after_another_on_one_connection_have_their_time_each(runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with serving() as served:
            reader = await served.connect()
            for sent in (QUESTION, HEADERS[:20], HEADERS[20:], b"content-length: 27\r\n\r\n", BODY, QUESTION + QUESTION):
                served.opened[0].write(sent)
                await served.opened[0].drain()
            assert [(await response(reader))[0] for _ in range(4)] == [200] * 4

    run(runner, work())


# ── what is too large ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: test\r\na: " + b"x" * 2000 + b"\r\n\r\n",
        b"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: test\r\n" + b"".join(b"a%d: x\r\n" % n for n in range(300)) + b"\r\n",
        b"GET /graphql?query=%7B__typename%7D" + b"%20" * 1000 + b" HTTP/1.1\r\nhost: test\r\n\r\n",
        HALF_HEADERS + b"\r\na: " + b"x" * 5_000_000,
        b"GET /" + b"x" * 5_000_000,
        HEADERS + b"transfer-encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n" + b"a: xxxxxxxxxxxxxxxxxxxx\r\n" * 200_000,
    ],
    ids=["one long", "many", "address", "one without end", "address without end", "trailers"],
)
def test_too_many_bytes_of_headers_are_refused(runner: asyncio.Runner, sent: bytes) -> None:
    async def work() -> None:
        async with serving(regiograaf_header_kib=1) as served:
            status, found = code(await served.ask(sent))
            assert (status, found) in {(431, "HEADERS_TOO_LARGE"), (413, "TOO_LARGE")}

    run(runner, work())


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        HEADERS + b"content-length: -1\r\n\r\n",
        HEADERS + b"content-length: 27\r\ncontent-length: 5\r\n\r\n" + BODY,
        HEADERS + b"content-length: 27\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        HEADERS + b"transfer-encoding: chunked\r\ncontent-length: 27\r\n\r\n" + BODY,
        HEADERS + b"transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        HEADERS + b"transfer-encoding: chunked\r\n\r\nx\r\n",
    ],
    ids=[
        "TLS",
        "no request",
        "HTTP/2",
        "negative length",
        "two lengths",
        "length, chunks",
        "chunks, length",
        "not chunked last",
        "bad chunk",
    ],
)
def test_what_is_no_http_is_refused(runner: asyncio.Runner, sent: bytes) -> None:
    async def work() -> None:
        async with serving() as served:
            assert code(await served.ask(sent)) == (400, "BAD_REQUEST")

    run(runner, work())


@pytest.mark.parametrize(
    "sent", [QUESTION, HALF_HEADERS + b"x" * 40_000, b"nonsense\r\n\r\n", HEADERS + b"content-length: 99999999\r\n\r\n"]
)
def test_every_response_of_the_server_has_security_headers_once_and_no_name(runner: asyncio.Runner, sent: bytes) -> None:
    async def work() -> None:
        async with serving() as served:
            reader = await served.connect(sent)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            assert b"\r\nserver:" not in head
            assert [head.count(b"\r\n" + name + b": ") for name, _ in SECURITY] == [1] * len(SECURITY)

    run(runner, work())


def test_no_connection_becomes_a_websocket(runner: asyncio.Runner) -> None:
    upgrade = (
        b"connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )

    async def work() -> None:
        async with serving() as served:
            status, headers, _ = await served.ask(b"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: test\r\n" + upgrade)
            assert (status, "sec-websocket-accept" in headers) == (200, False)

    run(runner, work())


def test_headers_of_the_usual_size_are_not(runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with serving() as served:
            more = b"cookie: " + b"x" * 16_000 + b"\r\n"
            assert (await served.ask(HEADERS + more + QUESTION[len(HEADERS) :]))[0] == 200

    run(runner, work())


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_sent(runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with serving() as served:
            for expect in (b"", b"expect: 100-continue\r\n"):
                assert code(await served.ask(HEADERS + expect + b"content-length: 99999999\r\n\r\n")) == (413, "TOO_LARGE")

    run(runner, work())


# ── how many ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("sent", [b"", HALF_HEADERS, HALF_BODY, QUESTION], ids=["nothing", "headers", "body", "idle"])
def test_connections_without_a_request_shut_nobody_out(runner: asyncio.Runner, sent: bytes) -> None:
    async def work() -> None:
        async with serving(regiograaf_connections=20) as served:
            readers = [await served.connect(sent) for _ in range(100)]
            assert (await served.ask(QUESTION))[2] == {"data": {"__typename": "Query"}}
            await readers[0].read()  # the oldest was closed
            assert len(served.server.server_state.connections) <= 20

    run(runner, work())


def test_while_all_connections_have_a_request_another_one_is_refused(runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with serving(regiograaf_connections=1) as served:
            held = await served.connect(HELD)
            await served.store.asked.wait()
            found = await served.ask(QUESTION)
            assert (code(found), found[1]["retry-after"]) == ((503, "BUSY"), "5")
            served.store.let_go.set()
            assert (await response(held))[0] == 200
            assert (await served.ask(QUESTION))[0] == 200

    run(runner, work())


def test_unless_it_is_set_the_number_of_connections_leaves_descriptors_over() -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
        assert connections_of_system() == 256 - SPARE_DESCRIPTORS
        resource.setrlimit(resource.RLIMIT_NOFILE, (SPARE_DESCRIPTORS, hard))
        assert connections_of_system() == 1
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert 1 <= connections_of_system() <= UNLIMITED


# ── stopping ──────────────────────────────────────────────────────────────────────────────────────


READY = b"GET /readyz HTTP/1.1\r\nhost: test\r\n\r\n"


def test_before_it_stops_it_says_so_while_it_still_answers(runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with serving(regiograaf_notice_seconds=60) as served:
            served.server.handle_exit(15, None)
            status, _, body = await served.ask(READY)
            assert (status, body) == (503, {"status": "stopping"})
            assert (await served.ask(QUESTION))[0] == 200

    run(runner, work())


def test_it_ends_whatever_clients_do_and_answers_what_it_has_begun(runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with serving(regiograaf_notice_seconds=0) as served:
            for sent in (b"", HALF_HEADERS, HALF_BODY, QUESTION):
                await served.connect(sent)
            held = await served.connect(HELD)
            await served.store.asked.wait()
            served.server.handle_exit(15, None)
            while served.server.servers[0].is_serving():
                await asyncio.sleep(0.01)
            served.store.let_go.set()
            assert (await response(held))[2]["errors"][0]["extensions"]["code"] == "NOT_LOADED"
            await served.running

    run(runner, work())


def test_the_second_signal_waits_for_nobody(runner: asyncio.Runner) -> None:
    async def work() -> None:
        async with serving(regiograaf_notice_seconds=60, regiograaf_request_seconds=600) as served:
            await served.connect(HELD)
            await served.store.asked.wait()
            served.server.handle_exit(15, None)
            served.server.handle_exit(15, None)
            await served.running

    run(runner, work())


def test_a_client_that_does_not_read_is_let_go(runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.serve.connection.DRAIN_SECONDS", 0.1)

    async def work() -> None:
        async with serving() as served:
            deaf = socket.create_connection(("127.0.0.1", served.port))
            deaf.setblocking(False)
            try:
                while not served.server.server_state.connections:
                    await asyncio.sleep(0.01)
                schema = b"GET /schema.graphql HTTP/1.1\r\nhost: test\r\n\r\n"
                while served.server.server_state.connections:  # more answers than the buffers of the system hold
                    with suppress(OSError):
                        deaf.send(schema)
                    await asyncio.sleep(0.001)
            finally:
                deaf.close()

    run(runner, work())
