"""GraphQL over HTTP: methods, media types and status codes as its specification has them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.answer import Answers, Question
from api.errors import of_exception, of_request
from api.request_id import request_id as known_or_new

RESPONSE, JSON = "application/graphql-response+json", "application/json"
MAX_BODY = 256 * 1024


class BadRequest(Exception):
    """The request is not GraphQL over HTTP."""

    def __init__(self, status: int, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.status, self.error = status, of_request(code, message, remedy)


async def respond(request: Request, answers: Answers) -> Response:
    """The answer to one GraphQL request."""
    request_id = known_or_new(request.headers.get("x-request-id"))
    media = accepted(request.headers.get("accept", "*/*"))
    try:
        if request.method not in ("GET", "HEAD", "POST"):
            raise BadRequest(405, "METHOD_NOT_ALLOWED", f"{request.method} asks nothing.", "Ask by POST, or by GET with ?query=.")
        if media is None:
            raise BadRequest(406, "NOT_ACCEPTABLE", "The Accept header leaves no way to answer.", f"Accept {RESPONSE} or {JSON}.")
        question = await _from_body(request) if request.method == "POST" else _from_query(request)
    except BadRequest as bad:
        return _written({"errors": [bad.error]}, bad.status, media or JSON, request_id)
    try:
        answer = await _while_there(request, answers(question, request_id))
    except Exception as error:  # of our own making: nothing of it is for the client
        return _written({"errors": [of_exception(error, [], request_id)]}, 500, media, request_id)
    if answer is None:
        return Response(status_code=499)  # nobody reads it: the client has left, and its question was stopped
    # A request that could not be asked is the client's fault; application/json clients of old expect 200 even then.
    status = 400 if "data" not in answer and media == RESPONSE else 200
    return _written(answer, status, media, request_id)


async def _while_there(request: Request, asked: Coroutine[Any, Any, dict[str, Any]]) -> dict[str, Any] | None:
    """The answer, or None where the client leaves before it is there; then the store is no longer kept busy with it."""
    answer, left = asyncio.ensure_future(asked), asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({answer, left}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        left.cancel()
        if not answer.done():
            answer.cancel()
    return await answer if answer.done() else None


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def accepted(header: str) -> str | None:
    """The media type to answer in: the best that the client accepts of the two, JSON where it does not care."""
    best: tuple[float, int, str] | None = None
    for at, item in enumerate(header.split(",")):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        weight = next((_weight(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
        if weight > 0 and (media := {RESPONSE: RESPONSE, JSON: JSON, "*/*": JSON, "application/*": JSON}.get(name)):
            best = max(best or (0.0, 0, media), (weight, -at, media))
    return best[2] if best else None


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _from_query(request: Request) -> Question:
    given = request.query_params
    return _question({"query": given.get("query"), "operationName": given.get("operationName"), "variables": _json(given.get("variables"))})


def _json(text: str | None) -> Any:
    if not text:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(400, "BAD_JSON", f"variables is not JSON: {error}.", "Send variables as a JSON object.") from None


async def _from_body(request: Request) -> Question:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON:
        raise BadRequest(415, "UNSUPPORTED_MEDIA_TYPE", f'The body is "{kind or "of no stated type"}".', f"Send it as {JSON}.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise BadRequest(413, "TOO_LARGE", f"The body is larger than {MAX_BODY // 1024} KiB.", "Send a shorter document.")
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(400, "BAD_JSON", f"The body is not JSON: {error}.", 'Send {"query": "…", "variables": {…}}.') from None
    return _question(sent)


def _question(sent: Any) -> Question:
    if not isinstance(sent, Mapping):
        raise BadRequest(400, "BAD_REQUEST", "The request is not a JSON object.", 'Send {"query": "…"}; batches are not taken.')
    query, name, variables = sent.get("query"), sent.get("operationName"), sent.get("variables")
    if not isinstance(query, str) or not query.strip():
        raise BadRequest(400, "NO_QUERY", "The request has no query.", 'Send {"query": "{ meta { dataVersion } }"}.')
    if not isinstance(name, str | None):
        raise BadRequest(400, "BAD_REQUEST", "operationName is not a text.", "Leave it out or send the name of an operation.")
    if not isinstance(variables, Mapping | None):
        raise BadRequest(400, "BAD_REQUEST", "variables is not an object.", "Leave it out or send a JSON object.")
    extensions = sent.get("extensions")
    if not isinstance(extensions, Mapping | None):
        raise BadRequest(400, "BAD_REQUEST", "extensions is not an object.", "Leave it out or send a JSON object.")
    return Question(query, name, variables)


def _written(answer: Mapping[str, Any], status: int, media: str, request_id: str) -> Response:
    headers = {"x-request-id": request_id, "content-type": f"{media}; charset=utf-8", "vary": "Accept"}
    if status == 405:
        headers["allow"] = "GET, HEAD, POST"
    return Response(orjson.dumps(answer), status, headers)
