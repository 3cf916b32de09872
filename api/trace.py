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

from api.answer import Answers, Question
from api.documents import Refused, document_of, prepare
from api.selection import Root
from graph.ask import Reader
from graph.engines.bolt import Cypher


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


@dataclass(slots=True)
class _Spent:
    """What a request took so far, in nanoseconds; `roots` by the identity of a root field."""

    parse: int = 0
    plan: int = 0
    roots: dict[int, tuple[_Watched, int]] = field(default_factory=dict)


_SPENT: ContextVar[_Spent] = ContextVar("spent")


@dataclass(frozen=True, slots=True)
class Traced(Answers):
    """As Answers, with `extensions.trace`: for each root field that was asked, in order, where its time went."""

    async def __call__(self, question: Question, request_id: str = "-") -> dict[str, Any]:
        spent, began = _Spent(), time.perf_counter_ns()
        document_of(question.query)
        spent.parse = time.perf_counter_ns() - began
        try:
            operation, _ = prepare(question.query, question.operation_name, question.variables or {})
        except Refused as refused:
            return {"errors": refused.errors}
        spent.plan = time.perf_counter_ns() - began - spent.parse
        _SPENT.set(spent)
        answer = await Answers.__call__(self, question, request_id)
        asked = [_told(key, root, spent) for key, root in operation.roots.items() if id(root) in spent.roots]
        return {**answer, "extensions": {"trace": asked}}

    async def one(self, root: Root, raw: Mapping[str, Any], today: date, facts: Mapping[str, Any]) -> Any:
        watched, began = _Watched(self.store), time.perf_counter_ns()
        try:
            return await Answers.one(replace(self, store=watched), root, raw, today, facts)
        finally:
            _SPENT.get().roots[id(root)] = watched, time.perf_counter_ns() - began


def _told(key: str, root: Root, spent: _Spent) -> dict[str, Any]:
    """One root field. parse (with validation) and plan are those of the whole document, and next to nothing when it was kept."""
    watched, elapsed = spent.roots[id(root)]
    return {
        "key": key,
        "field": root.plan.name,
        "cypher": fingerprint(watched.text) if watched.text else None,
        "records": watched.records,
        "dataVersion": watched.version,
        "microseconds": {
            "parse": spent.parse // 1000,
            "plan": spent.plan // 1000,
            "store": watched.spent // 1000,
            "shape": (elapsed - watched.spent) // 1000,
        },
    }


def fingerprint(text: str) -> str:
    """Equal Cypher texts have equal ones, in every process."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
