"""Answers that say where their time went, in `extensions.trace`: for development, switched on by REGIOGRAAF_TRACE.

Without that setting nothing of this module runs. A trace has no parameter of a Cypher and nothing of a caller but the keys
of the answer; no traced answer may be kept for another request.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from api.answer import Answer, Answers, Prepared, Question
from api.documents.prepare import document_of
from api.documents.selection import Root
from graph.ask.ask import Found, Reader
from graph.engines.cypher import Cypher


@dataclass(slots=True)
class _Watched:
    """A store as one root field sees it: what it was asked, what it gave, and how long it took (nanoseconds)."""

    store: Reader
    spent: int = 0
    text: str = ""
    records: int = 0
    version: str | None = None

    async def read(self, cypher: Cypher) -> list[Any] | None:
        began, self.text = time.perf_counter_ns(), cypher.text
        try:
            record = await self.store.read(cypher)
        finally:
            self.spent += time.perf_counter_ns() - began
        if record is not None:
            self.records, self.version = 1, record[0]
        return record

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        began = time.perf_counter_ns()
        try:
            return await self.store.rows(cypher)
        finally:
            self.spent += time.perf_counter_ns() - began


_ROOTS: ContextVar[dict[int, tuple[_Watched, int]]] = ContextVar("roots")
MOST_TIMES = 512


@dataclass(frozen=True, slots=True)
class Traced(Answers):
    """As Answers, with `extensions.trace`: for each root field that was asked, in order, where its time went.

    `times` holds what parsing and planning took (nanoseconds) until the question is asked.
    """

    times: dict[bytes, tuple[int, int]] = field(default_factory=dict)

    def prepared(self, question: Question) -> Prepared:
        began = time.perf_counter_ns()
        document_of(question.query)
        parsed = time.perf_counter_ns()
        prepared = Answers.prepared(self, question)
        if len(self.times) >= MOST_TIMES:
            self.times.clear()
        self.times[prepared.digest] = parsed - began, time.perf_counter_ns() - parsed
        return prepared

    async def asked(self, question: Prepared, today: date, request_id: str = "-") -> Answer:
        roots: dict[int, tuple[_Watched, int]] = {}
        _ROOTS.set(roots)
        answer = await Answers.asked(self, question, today, request_id)
        times = self.times.pop(question.digest, (0, 0))
        told = [_told(key, root, *roots[id(root)], times) for key, root in question.operation.roots.items() if id(root) in roots]
        return Answer({**answer.body, "extensions": {**answer.body.get("extensions", {}), "trace": told}}, answer.version, lasting=False)

    async def one(self, root: Root, raw: Mapping[str, Any], today: date, *, heavy: bool = False) -> Found:
        watched, began = _Watched(self.store), time.perf_counter_ns()
        try:
            return await Answers.one(replace(self, store=watched), root, raw, today, heavy=heavy)
        finally:
            _ROOTS.get()[id(root)] = watched, time.perf_counter_ns() - began


def _told(key: str, root: Root, watched: _Watched, elapsed: int, times: tuple[int, int]) -> dict[str, Any]:
    """One root field. parse (with validation) and plan are those of the whole document, and next to nothing when it was kept."""
    parse, plan = times
    return {
        "key": key,
        "field": root.plan.name,
        "cypher": fingerprint(watched.text) if watched.text else None,
        "records": watched.records,
        "dataVersion": watched.version,
        "microseconds": {
            "parse": parse // 1000,
            "plan": plan // 1000,
            "store": watched.spent // 1000,
            "shape": (elapsed - watched.spent) // 1000,
        },
    }


def fingerprint(text: str) -> str:
    """Equal Cypher texts have equal ones, in every process."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
