"""From a request to an answer: every root field is one question, asked at the same time as the others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.absent import absences
from api.documents import Refused, prepare
from api.errors import of_exception
from api.limits import MAX_COST
from api.selection import Root
from graph.ask import Reader, ask
from graph.bind import Sent

API_VERSION = "1.0.0"


@dataclass(frozen=True, slots=True)
class Question:
    """A GraphQL request: the document, which of its operations, and its variables."""

    query: str
    operation_name: str | None = None
    variables: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What answers: a store, and what day it is. `today` is asked once for each request."""

    store: Reader
    today: Callable[[], date]
    engine: str

    async def __call__(self, question: Question, request_id: str = "-") -> dict[str, Any]:
        """The response of a request, with `data` unless it could not be asked at all."""
        try:
            operation, raw = prepare(question.query, question.operation_name, question.variables or {})
            introspected = operation.introspected(raw)
        except Refused as refused:
            return {"errors": refused.errors}
        today, facts = self.today(), {"engine": self.engine, "apiVersion": API_VERSION}
        found = await asyncio.gather(*(self._one(root, raw, today, facts) for root in operation.roots.values()), return_exceptions=True)
        values = dict(zip(operation.roots, found, strict=True))
        data: dict[str, Any] | None = {}
        errors = []
        for key in operation.keys:
            value = values.get(key, introspected.get(key))
            if isinstance(value, BaseException):
                if isinstance(value, asyncio.CancelledError):
                    raise value
                errors.append(of_exception(value, [key], request_id))
                data = None if data is None or not operation.roots[key].nullable else {**data, key: None}
            elif data is not None:
                data[key] = value
                errors += absences(operation.roots[key], key, raw, value) if key in operation.roots else []
        told = {"extensions": {"cost": {"requested": operation.cost(raw), "allowed": MAX_COST}}} if operation.roots else {}
        return {"data": data, **({"errors": errors} if errors else {}), **told}

    async def _one(self, root: Root, raw: Mapping[str, Any], today: date, facts: Mapping[str, Any]) -> Any:
        sent = {name: Sent(slot.kind, slot.read(raw), slot.argument) for name, slot in root.slots.items()}
        asked = root.as_of.read(raw) if root.as_of else None
        day = date.fromisoformat(asked) if asked else today
        return await ask(self.store, root.plan, sent, day, explicit=bool(asked), facts=facts)
