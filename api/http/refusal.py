"""Refuses a request before it is read: in the form of errors of GraphQL, or as a problem where the address is not GraphQL."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from starlette.types import Scope, Send

from api.errors import Formatted
from api.http.access import NOTES, Notes
from api.http.reader import accept_language, for_reader
from api.http.rest import problem
from api.http.rest.addresses import is_rest
from api.http.secured import NO_STORE


async def refuse(scope: Scope, send: Send, status: int, error: Formatted, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
    """Sends an error, with further headers."""
    notes: Notes = scope.get(NOTES) or Notes()
    notes.errors([error])
    language = accept_language(scope)
    if is_rest(scope["path"]):
        media, body = problem.MEDIA.encode(), problem.written(error, status, language)
    else:
        media, body = b"application/json", orjson.dumps({"errors": for_reader([error], language)})
    sent = [(b"content-type", media), (b"content-length", b"%d" % len(body)), NO_STORE, *headers]
    await send({"type": "http.response.start", "status": status, "headers": sent})
    await send({"type": "http.response.body", "body": body})
