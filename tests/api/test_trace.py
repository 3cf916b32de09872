"""Traces, for development: where the time of a root field went, and nothing of it unless it is asked for."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
import pytest
from httpx2 import ASGITransport, AsyncClient

from api.answer import Answers, Question
from api.http.app import application
from api.settings import Settings
from api.trace import Traced, fingerprint
from graph.engines.bolt import Store
from tests.api.conftest import TODAY
from tests.conftest import engine
from tests.questions.page import Recording

__all__ = ["engine"]  # on both engines

DOCUMENT = """query($ref: Ref!) {
  a: municipality(ref: $ref) { name }
  b: municipality(ref: "purmerend") { name }
  lost: region(ref: "nowhere at all") { name }
  bad: municipalities(first: 0) { totalCount }
}"""


@pytest.fixture
def traced(loaded: Store, runner: asyncio.Runner) -> tuple[dict[str, Any], Recording]:
    recording = Recording(loaded)
    answer = runner.run(Traced(recording, lambda: TODAY, "engine")(Question(DOCUMENT, None, {"ref": "zaanstad"})))
    return answer, recording


def test_a_trace_has_every_root_field_in_order_with_its_cypher_and_its_times(traced: Any) -> None:
    answer, recording = traced
    trace = answer["extensions"]["trace"]
    assert [(t["key"], t["field"]) for t in trace] == [
        ("a", "municipality"), ("b", "municipality"), ("lost", "region"), ("bad", "municipalities"),
    ]  # fmt: skip
    assert {t["cypher"] for t in trace[:3]} == {fingerprint(c.text) for c in recording.asked}
    assert trace[0]["cypher"] == trace[1]["cypher"] != trace[2]["cypher"]
    assert [t["records"] for t in trace] == [1, 1, 1, 0]
    for entry in trace:
        assert set(entry["microseconds"]) == {"parse", "plan", "store", "shape"}
        assert all(isinstance(value, int) and value >= 0 for value in entry["microseconds"].values())
    assert trace[0]["microseconds"]["store"] > 0
    assert trace[3]["cypher"] is None


def test_a_trace_tells_the_version_of_the_data(traced: Any, claims: Any) -> None:
    assert {t["dataVersion"] for t in traced[0]["extensions"]["trace"][:3]} == {claims.version}


def test_a_trace_has_no_value_of_the_caller(traced: Any) -> None:
    written = orjson.dumps(traced[0]["extensions"]).decode()
    assert all(word not in written for word in ("zaanstad", "purmerend", "nowhere", "$ref"))


def test_but_for_its_trace_a_traced_answer_is_the_answer(traced: Any, loaded: Store, runner: asyncio.Runner) -> None:
    plain = runner.run(Answers(loaded, lambda: TODAY, "engine")(Question(DOCUMENT, None, {"ref": "zaanstad"})))
    told = {name: value for name, value in traced[0]["extensions"].items() if name not in ("trace", "caches")}
    assert {**traced[0], "extensions": told} == plain


def test_a_question_that_is_refused_has_no_trace(loaded: Store, runner: asyncio.Runner) -> None:
    answer = runner.run(Traced(loaded, lambda: TODAY, "engine")(Question("{ nothing }")))
    assert "extensions" not in answer
    assert answer["errors"]


def test_tracing_is_off_unless_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REGIOGRAAF_TRACE", raising=False)
    assert Settings().regiograaf_trace is False
    monkeypatch.setenv("REGIOGRAAF_TRACE", "1")
    assert Settings().regiograaf_trace is True


def test_a_trace_marks_a_text_that_this_process_has_not_sent_before_and_counts_the_hits_of_each_cache(
    loaded: Store, runner: asyncio.Runner
) -> None:
    answers = Traced(loaded, lambda: TODAY, "engine")
    extensions = [runner.run(answers(Question(DOCUMENT, None, {"ref": ref})))["extensions"] for ref in ("zaanstad", "purmerend")]
    assert [one["trace"][0]["first"] for one in extensions] == [True, False]
    before, after = (one["caches"] for one in extensions)
    assert set(after) == {"documents", "selections", "plans", "texts", "dates"}
    assert after["documents"]["hits"] > before["documents"]["hits"]
    assert after["texts"]["hits"] > before["texts"]["hits"]


def test_a_request_in_equal_bytes_is_parsed_once_and_the_caches_of_the_server_are_counted_too(
    loaded: Store, runner: asyncio.Runner
) -> None:
    transport = ASGITransport(app=application(Traced(loaded, lambda: TODAY, "engine"), kept_bytes=1 << 20))

    async def asked_twice() -> list[dict[str, Any]]:
        async with AsyncClient(transport=transport, base_url="http://test") as client:
            body = {"query": '{ municipality(ref: "zaanstad") { name operationalPeriod { startDate } } }'}
            return [(await client.post("/graphql", json=body)).json()["extensions"] for _ in range(2)]

    before, after = runner.run(asked_twice())
    assert set(after["caches"]) == {"documents", "selections", "plans", "texts", "dates", "requests", "answers", "mediaTypes"}
    for name in ("requests", "mediaTypes", "texts", "dates"):
        assert after["caches"][name]["hits"] > before["caches"][name]["hits"], name
    assert after["caches"]["answers"]["hits"] == 0  # a traced answer is never cached
    assert before["trace"][0]["microseconds"]["plan"] > 0
    assert after["trace"][0]["microseconds"]["parse"] == after["trace"][0]["microseconds"]["plan"] == 0
