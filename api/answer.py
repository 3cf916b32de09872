"""From a request to an answer: every root field is one question, asked at the same time as the others, all of one version of the data."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any

import orjson

from api.documents.missing import absences
from api.documents.prepare import Operation, Refused, prepare
from api.documents.selection import Root
from api.errors import of_exception
from api.limits import MAX_COST
from graph.ask.ask import Found, Reader, ask
from graph.ask.parameters import Sent
from graph.engines.gate import Gate
from graph.errors import Busy, Changing
from graph.load.versions import Versions

API_VERSION = "1.0.0"
PAUSES = (0.0, 0.0, 0.05, 0.2, 0.5)  # seconds before each try to read one version
HEAVY_AT_ONCE, HEAVY_WAITING = 4, 128  # heavy requests in hand, which bounds the memory that their parts take
ROOTS_AT_ONCE = 4  # of a heavy question; more of its root fields wait, so that it does not fill the queue by itself


@dataclass(frozen=True, slots=True)
class Question:
    """A GraphQL request: the document, which of its operations, and its variables."""

    query: str
    operation_name: str | None = None
    variables: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question that can be asked. `dated` says that every root field names its day, so that the answer does not depend on today;
    equal questions have equal `digest`."""

    operation: Operation
    raw: Mapping[str, Any]
    dated: bool
    digest: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, and the version of the data that all of it was read from: None where no data was read."""

    body: dict[str, Any]
    version: str | None = None
    lasting: bool = True

    @property
    def whole(self) -> bool:
        """Whether it may be kept."""
        return self.lasting and "errors" not in self.body


@dataclass(frozen=True)
class Answers:
    """What answers: a store, and what day it is. `today` is asked once for each request; `given` is how the version is watched,
    where that is not the usual way."""

    store: Reader
    today: Callable[[], date]
    engine: str
    given: Versions | None = None

    @cached_property
    def versions(self) -> Versions:
        """What is known of the version of the data."""
        return self.given or Versions(self.store)

    @cached_property
    def _heavy(self) -> Gate:
        return Gate(HEAVY_AT_ONCE, HEAVY_WAITING)

    async def __call__(self, question: Question, request_id: str = "-") -> dict[str, Any]:
        """The response of a request, with `data` unless it could not be asked at all."""
        try:
            return (await self.asked(self.prepared(question), self.today(), request_id)).body
        except Refused as refused:
            return {"errors": refused.errors}

    def prepared(self, question: Question) -> Prepared:
        """The question, ready to be asked. Raises Refused."""
        operation, raw = prepare(question.query, question.operation_name, question.variables or {})
        dated = all(root.as_of and root.as_of.read(raw) for root in operation.roots.values())
        values = orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)
        parts = (question.query.encode(), (question.operation_name or "").encode(), values, self.engine.encode())
        return Prepared(operation, raw, dated, blake2b(b"\0".join(parts), digest_size=16).digest())

    async def asked(self, question: Prepared, today: date, request_id: str = "-") -> Answer:
        """The answer on a day. Raises Refused where only asking the schema shows that it cannot be asked."""
        operation, raw = question.operation, question.raw
        own = {**operation.own, **operation.introspected(raw)}
        try:
            if heavy := operation.heavy(raw):
                async with self._heavy.place():
                    found, version = await self._of_one_version(operation, raw, today, heavy)
            else:
                found, version = await self._of_one_version(operation, raw, today, heavy)
        except (Busy, Changing) as error:
            return Answer({"data": None, "errors": [of_exception(error, [], request_id)]})
        data: dict[str, Any] | None = {}
        errors = []
        for key in operation.keys:
            value = found.get(key)
            if isinstance(value, BaseException):
                errors.append(of_exception(value, [key], request_id))
                data = None if data is None or not operation.roots[key].nullable else {**data, key: None}
            elif data is not None:
                data[key] = own[key] if value is None else value.value
                errors += absences(operation.roots[key], key, raw, data[key]) if key in operation.roots else []
        told = {"extensions": {"cost": {"requested": operation.cost(raw), "allowed": MAX_COST}}} if operation.roots else {}
        return Answer({"data": data, **({"errors": errors} if errors else {}), **told}, version)

    async def _of_one_version(
        self, operation: Operation, raw: Mapping[str, Any], today: date, heavy: bool
    ) -> tuple[dict[str, Any], str | None]:
        """What each root field found, or met; asked again until all of it, errors included, comes from one version, and the newest."""
        for pause in PAUSES:
            if pause:
                await asyncio.sleep(pause)
            found = await self._each(operation, raw, today, heavy)
            versions = {version for each in found.values() if (version := getattr(each, "version", None)) is not None}
            if not versions:
                return found, None
            if len(versions) == 1 and await self.versions.accepts(one := versions.pop()):
                return found, one
        raise Changing("The data changed under every try to read one version of it.", "Ask again in a few seconds.")

    async def _each(self, operation: Operation, raw: Mapping[str, Any], today: date, heavy: bool) -> dict[str, Found | Exception]:
        roots = operation.roots
        if len(roots) <= 1:
            return {key: await self._one(operation, key, raw, today, heavy) for key in roots}
        if not heavy or len(roots) <= ROOTS_AT_ONCE:
            every = await asyncio.gather(*(self._one(operation, key, raw, today, heavy) for key in roots))
            return dict(zip(roots, every, strict=True))
        waiting, found = iter(roots), dict[str, Found | Exception]()

        async def some() -> None:
            for key in waiting:
                found[key] = await self._one(operation, key, raw, today, heavy)

        await asyncio.gather(*(some() for _ in range(ROOTS_AT_ONCE)))
        return found

    async def _one(self, operation: Operation, key: str, raw: Mapping[str, Any], today: date, heavy: bool) -> Found | Exception:
        try:
            return await self.one(operation.roots[key], raw, today, heavy=heavy)
        except Exception as error:
            return error

    async def one(self, root: Root, raw: Mapping[str, Any], today: date, *, heavy: bool = False) -> Found:
        """The value of one root field."""
        facts = {"engine": self.engine, "apiVersion": API_VERSION}
        sent = {name: Sent(slot.kind, slot.read(raw), slot.argument) for name, slot in root.slots.items()}
        named = root.as_of.read(raw) if root.as_of else None
        day = date.fromisoformat(named) if named else today
        return await ask(self.store, root.plan, sent, day, explicit=bool(named), facts=facts, heavy=heavy)
