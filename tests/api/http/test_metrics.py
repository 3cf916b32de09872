"""Metrics: what is counted adds up, what is shown is as it stands, and no label has anything that a client sent."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from httpx2 import ASGITransport, AsyncClient
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families
from starlette.types import ASGIApp

from api.answer import Answers
from api.http.app import application
from api.http.metrics import Metrics
from api.serve.server import around
from api.settings import Settings
from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.errors import EngineUnavailable, QueryTimeout
from tests.api.conftest import TODAY, NeverAsked
from tests.api.versioned import Versioned

MANUAL = Path(__file__).parents[3] / "api" / "OPERATING.md"
ROW = re.compile(r"^\| `(regiograaf_\w+)` \| (\w+) \| (?:`(\w+)` )?\| (.+) \|$", re.MULTILINE)
LABELS = {"status", "code", "le", "version", "pid"}
Labels = tuple[tuple[str, str], ...]
Shown = dict[tuple[str, Labels], float]
Request = tuple[str, str, dict[str, Any]]

TOO_LARGE = {"content": b"x" * 300_000, "headers": {"content-type": "application/json"}}
REQUESTS: list[Request] = [
    ("GET", "/graphql", {"params": {"query": "{ __typename }"}}),
    ("POST", "/graphql", {"json": {"query": "{ __typename }"}}),
    ("POST", "/graphql", {"json": {"query": "{ a: sources { id } b: sources { id } }"}}),  # twice the same code
    ("POST", "/graphql", {"json": {"query": "{"}}),
    ("POST", "/graphql", {"json": {"query": "{"}, "headers": {"accept": "application/graphql-response+json"}}),
    ("POST", "/graphql", {"json": {}}),
    ("POST", "/graphql", TOO_LARGE),
    ("DELETE", "/graphql", {}),
    ("GET", "/graphql", {"headers": {"accept": "image/png"}}),
    ("GET", "/schema.graphql", {}),
    ("GET", "/nothing", {}),
]
NOT_COUNTED: list[Request] = [("GET", "/healthz", {}), ("GET", "/readyz", {}), ("GET", "/metrics", {})]


class TooSlow(NeverAsked):
    """A store that takes too long."""

    async def read(self, cypher: Cypher) -> list[Any] | None:
        raise QueryTimeout("It took too long.", "Ask for less.")


@dataclass
class Observed:
    """An application with metrics, and the store whose state they show; nobody connects to it."""

    app: ASGIApp
    metrics: Metrics
    store: Store
    client: AsyncClient

    def shown(self) -> Shown:
        return samples(self.metrics.text().decode())


@asynccontextmanager
async def observed(answers: Answers | None = None, *, pid: int | None = None, **settings: Any) -> AsyncIterator[Observed]:
    answers = answers or Answers(TooSlow(), lambda: TODAY, "engine")
    async with Store(Address("bolt://127.0.0.1:1", "", "", None, "neo4j"), at_once=2, waiting=3) as store:
        metrics = Metrics(answers, store, lambda: 1_767_225_600.0 + 90, pid=pid)  # 2026-01-01T00:01:30Z
        app = around(application(answers, kept_bytes=1 << 20, metrics=metrics), Settings(**settings), metrics)
        async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
            yield Observed(app, metrics, store, client)


def families(text: str) -> list[Metric]:
    return list(text_string_to_metric_families(text))


def samples(text: str) -> Shown:
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families(text) for s in family.samples}


def by(shown: Shown, name: str, label: str) -> dict[str, float]:
    return {dict(labels)[label]: value for (each, labels), value in shown.items() if each == name}


def running(work: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Runs a coroutine in the loop of the run."""

    def test(runner: asyncio.Runner) -> None:
        runner.run(work())

    test.__name__ = work.__name__
    return test


def codes(body: bytes, kind: str) -> set[str]:
    errors = orjson.loads(body).get("errors", ()) if "json" in kind else ()
    return {error["extensions"]["code"] for error in errors}


# ── what is counted ───────────────────────────────────────────────────────────────────────────────


@given(sent=st.lists(st.sampled_from(REQUESTS + NOT_COUNTED), max_size=12), log=st.sampled_from(["all", "problems", "none"]))
def test_the_counts_are_those_of_the_answers(sent: list[Request], log: str) -> None:
    statuses, errors = Counter[str](), Counter[str]()

    async def work() -> Shown:
        async with observed(regiograaf_access_log=log) as seen:
            for method, path, request in sent:
                response = await seen.client.request(method, path, **request)
                if path not in {path for _, path, _ in NOT_COUNTED}:
                    statuses[str(response.status_code)] += 1
                    errors.update(codes(response.content, response.headers.get("content-type", "")))
            return seen.shown()

    shown = asyncio.run(work())
    assert by(shown, "regiograaf_requests_total", "status") == statuses
    assert by(shown, "regiograaf_errors_total", "code") == errors
    assert shown["regiograaf_request_seconds_count", ()] == statuses.total()
    assert by(shown, "regiograaf_request_seconds_bucket", "le")["+Inf"] == statuses.total()


@running
async def test_what_the_limits_refuse_is_counted() -> None:
    async with observed(regiograaf_requests_per_minute=1) as seen:
        for _ in range(3):
            await seen.client.get("/graphql", params={"query": "{ __typename }"})
        assert by(seen.shown(), "regiograaf_requests_total", "status") == {"200": 1, "429": 2}
        assert by(seen.shown(), "regiograaf_errors_total", "code") == {"TOO_OFTEN": 2}


@running
async def test_a_request_that_ends_without_a_response_is_counted() -> None:
    class Leaves(NeverAsked):
        async def read(self, cypher: Cypher) -> list[Any] | None:
            raise asyncio.CancelledError

    async with observed(Answers(Leaves(), lambda: TODAY, "engine")) as seen:
        with pytest.raises(asyncio.CancelledError):
            await seen.client.post("/graphql", json={"query": "{ sources { id } }"})
        assert by(seen.shown(), "regiograaf_requests_total", "status") == {"none": 1}


@running
async def test_refused_connections_are_counted_apart() -> None:
    async with observed() as seen:
        for code in ("TOO_SLOW", "TOO_SLOW", "BUSY"):
            seen.metrics.refuse(code)
        assert by(seen.shown(), "regiograaf_refused_total", "code") == {"TOO_SLOW": 2, "BUSY": 1}
        assert by(seen.shown(), "regiograaf_requests_total", "status") == {}


@running
async def test_the_cache_shows_its_hits_and_misses() -> None:
    versioned = Versioned(NeverAsked())
    answers = Answers(versioned, lambda: TODAY, "engine")
    async with observed(answers) as seen, answers.versions.watched():
        await answers.versions.refresh()
        for _ in range(3):
            await seen.client.post("/graphql", json={"query": "{ __typename }"})
        shown = seen.shown()
        assert (shown["regiograaf_answer_cache_hits_total", ()], shown["regiograaf_answer_cache_misses_total", ()]) == (2, 1)


# ── what is shown as it stands ────────────────────────────────────────────────────────────────────


@running
async def test_the_gate_shows_its_places_and_its_queue() -> None:
    async with observed() as seen:
        gate, let_go = seen.store.gate, asyncio.Event()

        async def hold() -> None:
            async with gate.place():
                await let_go.wait()

        holding = [asyncio.ensure_future(hold()) for _ in range(3)]
        while gate.queued < 1:
            await asyncio.sleep(0)
        assert {name: value for (name, _), value in seen.shown().items() if "queries" in name} == {
            "regiograaf_queries_running": 2, "regiograaf_queries_running_limit": 2,
            "regiograaf_queries_queued": 1, "regiograaf_queries_queued_limit": 3,
        }  # fmt: skip
        let_go.set()
        await asyncio.gather(*holding)
        assert seen.shown()["regiograaf_queries_running", ()] == seen.shown()["regiograaf_queries_queued", ()] == 0


@running
async def test_a_store_that_is_away_is_shown_until_it_is_back() -> None:
    async with observed() as seen:
        assert seen.shown()["regiograaf_store_away", ()] == 0
        seen.store.availability.lost(EngineUnavailable("It is away.", "Wait."))
        assert seen.shown()["regiograaf_store_away", ()] == 1
        seen.store.availability.found()
        assert seen.shown()["regiograaf_store_away", ()] == 0
        assert seen.shown()["regiograaf_engine_restarts_total", ()] == 0, "that of Neo4j is none of ours"


@running
async def test_the_data_shows_its_version_and_its_age() -> None:
    versioned = Versioned(NeverAsked())
    answers = Answers(versioned, lambda: TODAY, "engine")
    async with observed(answers) as seen:
        assert not [name for name, _ in seen.shown() if name.startswith("regiograaf_data")], "nothing is known yet"
        versioned.loads("v2", "2026-01-01T00:00:00.500+00:00")
        await answers.versions.refresh()
        assert seen.shown()["regiograaf_data_info", (("version", "v2"),)] == 1
        assert seen.shown()["regiograaf_data_age_seconds", ()] == 89.5
        versioned.loads("v3", "2026-01-01T00:01:00.000+00:00")
        await answers.versions.refresh()
        assert by(seen.shown(), "regiograaf_data_info", "version") == {"v3": 1}
        assert seen.shown()["regiograaf_data_age_seconds", ()] == 30


# ── /metrics ──────────────────────────────────────────────────────────────────────────────────────


@running
async def test_metrics_are_there_only_if_they_are_asked_for() -> None:
    assert Settings().regiograaf_metrics is False
    without = around(application(Answers(NeverAsked(), lambda: TODAY, "engine")), Settings())
    async with AsyncClient(transport=ASGITransport(app=without), base_url="http://test") as client:
        assert (await client.get("/metrics")).status_code == 404
    async with observed(regiograaf_requests_per_minute=1) as seen:
        answers = [await seen.client.get("/metrics") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200] * 3, "they are not limited"
        assert answers[0].headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert answers[0].headers["cache-control"] == "no-store"
        assert samples(answers[0].text) == seen.shown()
        assert (await seen.client.post("/metrics")).status_code == 405


@running
async def test_no_label_has_anything_that_a_client_sent() -> None:
    mine = "Xq7zzy"
    async with observed() as seen:
        sent: list[Request] = [
            ("GET", f"/{mine}", {}),
            (mine, "/graphql", {}),
            ("POST", "/graphql", {"json": {"query": f"query {mine} {{ {mine} }}", "operationName": mine}}),
            ("POST", "/graphql", {"json": {"query": "query A { __typename }", "operationName": mine, "extensions": {"code": mine}}}),
            ("GET", "/graphql", {"params": {"documentId": mine}}),
            ("GET", "/graphql", {"headers": {"accept": mine, "x-request-id": mine, "user-agent": mine}}),
            ("GET", f"/metrics?name[]={mine}", {"headers": {"accept": f"text/plain; escaping={mine}"}}),
        ]
        for method, path, request in sent:
            await seen.client.request(method, path, **request)
        text = seen.metrics.text().decode()
        assert mine.lower() not in text.lower()
        assert sum(by(samples(text), "regiograaf_requests_total", "status").values()) == 6
        assert {label for family in families(text) for s in family.samples for label in s.labels} <= LABELS


@running
async def test_of_several_processes_each_sample_names_its_own() -> None:
    async with observed(pid=4711) as one, observed() as other:
        await one.client.get("/graphql", params={"query": "{ __typename }"})
        assert {dict(labels).get("pid") for _, labels in one.shown()} == {"4711"}
        assert one.shown()["regiograaf_requests_total", (("pid", "4711"), ("status", "200"))] == 1
        assert {dict(labels).get("pid") for _, labels in other.shown()} == {None}
        assert by(other.shown(), "regiograaf_requests_total", "status") == {}, "two of them share nothing"


@running
async def test_the_manual_lists_the_metrics_with_their_kinds_labels_and_descriptions() -> None:
    answers = Answers(Versioned(NeverAsked()), lambda: TODAY, "engine")
    async with observed(answers) as seen:
        await answers.versions.refresh()
        seen.metrics.count(500, ["INTERNAL"], 1.0)
        seen.metrics.refuse("BUSY")
        listed = [(name, kind, label, text) for name, kind, label, text in ROW.findall(MANUAL.read_text("utf-8"))]
        found = [
            (
                f"{each.name}_total" if each.type == "counter" else each.name,
                each.type,
                "".join({label for s in each.samples for label in s.labels}),
                each.documentation,
            )
            for each in families(seen.metrics.text().decode())
        ]
        assert found == listed
