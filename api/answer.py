"""Answers a request: reads each root field from the store, all from one version of the data."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any

import orjson

from api.documents.lru import LruCache
from api.documents.missing import missing_errors
from api.documents.prepare import Operation, Refused, nested_too_deeply, prepare, variables_of
from api.documents.saved import Saved, SavedQuestions, digits, shipped
from api.documents.selection import Root
from api.errors import of_exception
from api.limits import MAX_COST
from graph.ask.ask import Found, Reader, ask
from graph.ask.parameters import Sent
from graph.errors import Changing, EngineProblem, RegiograafError
from graph.load.versions import Versions

log = logging.getLogger("regiograaf")
API_VERSION = "1.0.0"
PAUSES = (0.0, 0.0, 0.05, 0.2, 0.5)  # seconds before each try to read one version
ROOTS_AT_ONCE = 8  # of one request, so that it does not fill the queue of the store by itself
SLOW_FIRST_SECONDS = 0.2  # a new text that takes longer is logged
_NAME = re.compile(r"^\s*query\s+(\w+)", re.MULTILINE)
CHECK_SECONDS = 1.0  # for the version of what was read in time


class RequestTimeout(RegiograafError):
    """The time of the request was up before this root field was answered."""

    code = "REQUEST_TIMEOUT"

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The request took longer than {seconds:g} s, and this field was not answered by then.",
            "Ask for less at once: fewer root fields, smaller pages, fewer levels.",
        )


@dataclass(frozen=True, slots=True)
class Question:
    """A document, the name of its operation, and variables."""

    query: str
    operation_name: str | None = None
    variables: Mapping[str, Any] | None = None


def label(question: Question) -> str:
    """Returns the name of the operation of a question; if it has none, `sha256:` and the beginning of the document's digest."""
    named = _NAME.search(question.query)
    return question.operation_name or (named[1] if named else f"sha256:{digits(question.query)[:12]}")


@dataclass(frozen=True, slots=True)
class Request:
    """A question that was parsed, priced and planned.

    `dated` is True if every root field names its day, so that the answer does not depend on today.
    Equal questions have an equal `digest`. `requested_version` is the version of the data that the
    address names. `nanoseconds` has what parsing and planning took, if somebody measures it. `label`
    is the name of the operation, or the beginning of its document's digest.
    """

    operation: Operation
    raw: Mapping[str, Any]
    dated: bool
    digest: bytes
    requested_version: str | None = None
    nanoseconds: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    label: str = ""


@dataclass(frozen=True)
class Response:
    """A response, and the version of the data that it was read from; None if no data was read."""

    body: dict[str, Any]
    version: str | None = None
    cacheable: bool = True
    store_seconds: float = 0.0

    @property
    def complete(self) -> bool:
        """Returns if it may be cached: it has no errors."""
        return self.cacheable and "errors" not in self.body

    @cached_property
    def json(self) -> bytes:
        return orjson.dumps(self.body)


@dataclass(frozen=True)
class Answers:
    """Answers questions from a store. `today` is called once for each request.

    `custom_versions` replaces the usual guard of versions. `texts` holds the Cypher texts that this
    process has sent: the store may have to plan any other first. `caches` holds those of whoever
    serves the answers, by name. After `request_seconds` a request is answered as far as it was read;
    None sets no limit. `saved` holds the saved questions that are offered.
    """

    store: Reader
    today: Callable[[], date]
    engine: str
    custom_versions: Versions | None = None
    request_seconds: float | None = None
    saved: SavedQuestions = field(default_factory=shipped, repr=False, compare=False)
    texts: LruCache[str, bool] = field(default_factory=lambda: LruCache(4096), repr=False, compare=False)
    caches: dict[str, LruCache[Any, Any]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def versions(self) -> Versions:
        """Returns the guard of the data version."""
        return self.custom_versions or Versions(self.store)

    def saved_question(self, name: str, variables: Mapping[str, Any]) -> tuple[Saved, Question]:
        """Returns a saved question by its name, with those of the variables that it declares and that have a value."""
        saved = next(one for one in self.saved.values() if one.name == name)
        declared = variables_of(saved.document)
        return saved, Question(
            saved.document, None, {key: value for key, value in variables.items() if key in declared and value is not None}
        )

    async def __call__(self, question: Question, request_id: str = "-") -> dict[str, Any]:
        """Returns the body of the response, with `data` unless the question was refused."""
        try:
            return (await self.respond(self.prepare(question), self.today(), request_id)).body
        except Refused as refused:
            return {"errors": refused.errors}

    def prepare(self, question: Question, requested_version: str | None = None) -> Request:
        """Parses, prices and plans a question. Raises Refused."""
        operation, raw = prepare(question.query, question.operation_name, question.variables or {})
        dated = all(root.as_of and root.as_of.read(raw) for root in operation.roots.values())
        try:
            values = orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)
        except orjson.JSONEncodeError:  # it writes 254 levels
            raise nested_too_deeply() from None
        saved = "".join(self.saved).encode() if operation.storeless else b""  # such an answer depends on them
        parts = (question.query.encode(), (question.operation_name or "").encode(), values, self.engine.encode(), saved)
        return Request(operation, raw, dated, blake2b(b"\0".join(parts), digest_size=16).digest(), requested_version, label=label(question))

    async def respond(self, request: Request, today: date, request_id: str = "-") -> Response:
        """Answers a request for a day. Raises Refused if introspection fails."""
        operation, raw = request.operation, request.raw
        storeless = {**{key: of(self.saved) for key, of in operation.storeless.items()}, **operation.introspected(raw)}
        started = time.monotonic()
        try:
            results, version = await self._from_one_version(request, today)
        except EngineProblem as error:  # of the version, which all root fields share
            return Response({"data": None, "errors": [of_exception(error, [], request_id)]})
        seconds = time.monotonic() - started if operation.roots else 0.0
        data: dict[str, Any] | None = {}
        errors = []
        for key in operation.keys:
            result = results.get(key)
            if isinstance(result, BaseException):
                errors.append(of_exception(result, [key], request_id))
                data = None if data is None or not operation.roots[key].nullable else {**data, key: None}
            elif data is not None:
                data[key] = storeless[key] if result is None else result.value
                errors += [of_exception(problem, [key], request_id) for problem in result.problems] if result else []
                errors += missing_errors(operation.roots[key], key, raw, data[key]) if key in operation.roots else []
        cost = {"extensions": {"cost": {"requested": operation.cost(raw), "allowed": MAX_COST}}} if operation.roots else {}
        return Response({"data": data, **({"errors": errors} if errors else {}), **cost}, version, store_seconds=seconds)

    async def _from_one_version(self, request: Request, today: date) -> tuple[dict[str, Found | Exception], str | None]:
        """Reads all root fields until all results come from the newest version. Raises EngineProblem."""
        loop = asyncio.get_running_loop()
        deadline = None if self.request_seconds is None else loop.time() + self.request_seconds
        with suppress(TimeoutError):
            async with asyncio.timeout_at(None if deadline is None else deadline + CHECK_SECONDS):
                for pause in PAUSES:
                    if pause:
                        await asyncio.sleep(pause)
                    results = await self._all_roots(request, today, deadline)
                    versions = {version for result in results.values() if (version := getattr(result, "version", None)) is not None}
                    if not versions:
                        return results, None
                    if len(versions) == 1 and await self.versions.accepts(version := versions.pop()):
                        return results, version
        raise Changing("The data changed during every attempt to read one version of it.", "Ask again in a few seconds.")

    async def _all_roots(self, request: Request, today: date, deadline: float | None) -> dict[str, Found | Exception]:
        """Returns the result of each root field, or the error that it raised; after the deadline a RequestTimeout."""
        heavy = request.operation.heavy(request.raw)
        semaphore = asyncio.Semaphore(ROOTS_AT_ONCE)

        async def result_of(root: Root) -> Found | Exception:
            try:
                async with asyncio.timeout_at(deadline) as limit, semaphore:
                    return await self.read_root(root, request.raw, today, heavy=heavy)
            except Exception as error:
                return RequestTimeout(self.request_seconds or 0) if limit.expired() else error

        roots = request.operation.roots
        if len(roots) == 1:  # no tasks are needed
            return {key: await result_of(root) for key, root in roots.items()}
        return dict(zip(roots, await asyncio.gather(*map(result_of, roots.values())), strict=True))

    async def read_root(self, root: Root, raw: Mapping[str, Any], today: date, *, heavy: bool = False) -> Found:
        """Reads one root field from the store."""
        facts = {"engine": self.engine, "apiVersion": API_VERSION}
        sent = {name: Sent(slot.kind, slot.read(raw), slot.argument) for name, slot in root.slots.items()}
        as_of = root.as_of.read(raw) if root.as_of else None
        day = date.fromisoformat(as_of) if as_of else today
        is_new, started = self.texts.get(root.plan.text) is None, time.monotonic()
        result = await ask(self.store, root.plan, sent, day, explicit=bool(as_of), facts=facts, heavy=heavy)
        if is_new:
            self.texts.put(root.plan.text, True)
            if (seconds := time.monotonic() - started) > SLOW_FIRST_SECONDS:
                log.info("%s: a new Cypher text took %.2f s; asked again it needs no planning", root.plan.name, seconds)
        return result
