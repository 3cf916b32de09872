"""Answers with `extensions.trace`, for development: where the time of each root field went. Switched on by REGIOGRAAF_TRACE.

A trace has no parameter of a Cypher and nothing from a caller but the keys of the answer; a traced answer is never cached.
`extensions.caches` has the hits and misses of each cache on the way, since the process started.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from api.answer import Answers, Question, Request, Response
from api.documents.lru import LruCache
from api.documents.prepare import DOCUMENTS, OPERATIONS, document_of
from api.documents.selection import PLANS, Root
from graph.ask.ask import Found, Reader
from graph.dates import edtf
from graph.engines.cypher import Cypher


@dataclass(slots=True)
class WatchedStore:
    """A store that remembers what one root field asked of it and how long that took (nanoseconds)."""

    store: Reader
    nanoseconds: int = 0
    cypher: Cypher | None = None
    records: int = 0
    version: str | None = None

    async def read(self, cypher: Cypher) -> list[Any] | None:
        started, self.cypher = time.perf_counter_ns(), cypher
        try:
            record = await self.record(cypher)
        finally:
            self.nanoseconds += time.perf_counter_ns() - started
        if record is not None:
            self.records, self.version = 1, record[0]
        return record

    async def record(self, cypher: Cypher) -> list[Any] | None:
        """Reads the record; a subclass may read it in another way."""
        return await self.store.read(cypher)

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        started = time.perf_counter_ns()
        try:
            return await self.store.rows(cypher)
        finally:
            self.nanoseconds += time.perf_counter_ns() - started


@dataclass(frozen=True, slots=True)
class RootTrace:
    """The work of one root field: its store, its time (nanoseconds), and if its Cypher text was new to this process."""

    store: WatchedStore
    nanoseconds: int
    first: bool


_ROOTS: ContextVar[dict[int, RootTrace]] = ContextVar("roots")


@dataclass(frozen=True, slots=True)
class Traced(Answers):
    """Answers with a trace."""

    def prepare(self, question: Question, requested_version: str | None = None) -> Request:
        started = time.perf_counter_ns()
        document_of(question.query)
        parsed = time.perf_counter_ns()
        request = Answers.prepare(self, question, requested_version)
        request.nanoseconds.update(parse=parsed - started, plan=time.perf_counter_ns() - parsed)
        return request

    async def respond(self, request: Request, today: date, request_id: str = "-") -> Response:
        traces: dict[int, RootTrace] = {}
        _ROOTS.set(traces)
        response = await Answers.respond(self, request, today, request_id)
        spent = request.nanoseconds
        roots = [_formatted(key, root, traces[id(root)], spent) for key, root in request.operation.roots.items() if id(root) in traces]
        spent.clear()  # asked again in equal bytes, it is neither parsed nor planned
        extensions = {**response.body.get("extensions", {}), "trace": roots, "caches": self._caches()}
        return Response(
            {**response.body, "extensions": extensions}, response.version, cacheable=False, store_seconds=response.store_seconds
        )

    async def read_root(self, root: Root, raw: Mapping[str, Any], today: date, *, heavy: bool = False) -> Found:
        store, started, first = WatchedStore(self.store), time.perf_counter_ns(), root.plan.text not in self.texts
        try:
            return await Answers.read_root(replace(self, store=store), root, raw, today, heavy=heavy)
        finally:
            _ROOTS.get()[id(root)] = RootTrace(store, time.perf_counter_ns() - started, first)

    def _caches(self) -> dict[str, dict[str, int]]:
        caches: dict[str, LruCache[Any, Any]] = {"documents": DOCUMENTS, "selections": OPERATIONS, "plans": PLANS, "texts": self.texts}
        counted = {name: {"hits": cache.hits, "misses": cache.misses} for name, cache in (caches | self.caches).items()}
        dates = edtf.parse.cache_info()
        return {**counted, "dates": {"hits": dates.hits, "misses": dates.misses}}


def _formatted(key: str, root: Root, trace: RootTrace, spent: Mapping[str, int]) -> dict[str, Any]:
    """The trace of one root field. `parse` (with validation) and `plan` are those of the whole document, and near 0 if it was cached.

    With `first` the time of the store includes planning the Cypher, unless another process sent the same text before.
    """
    store = trace.store
    return {
        "key": key,
        "field": root.plan.name,
        "cypher": fingerprint(store.cypher.text) if store.cypher else None,
        "first": trace.first,
        "records": store.records,
        "dataVersion": store.version,
        "microseconds": {
            "parse": spent.get("parse", 0) // 1000,
            "plan": spent.get("plan", 0) // 1000,
            "store": store.nanoseconds // 1000,
            "shape": (trace.nanoseconds - store.nanoseconds) // 1000,
        },
    }


def fingerprint(text: str) -> str:
    """Returns a short digest of a Cypher text, the same in every process."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
