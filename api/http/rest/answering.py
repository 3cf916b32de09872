"""Gives all REST addresses what they share: problems for errors, days and versions of an address, forms, saved questions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from hashlib import blake2b
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.answer import Answers
from api.day import NoSuchDay, read_day
from api.documents.prepare import Refused
from api.errors import Formatted, formatted, of_exception, shortened
from api.http.access import NOTES, Notes
from api.http.cache import etag
from api.http.endpoint import IMMUTABLE, check_version
from api.http.reader import accept_language
from api.http.request import BadRequest, negotiated, other_version
from api.http.request_id import request_id
from api.http.rest.problem import MEDIA, written
from api.pages.address import DAY, VERSION
from api.pages.site import STATUSES
from graph.errors import RegiograafError

Handler = Callable[[Request], Awaitable[Response]]
LONGEST = 200  # signs of a part of the address, as of a reference
VARY = {"vary": "Accept, Accept-Language"}


class Refusal(Exception):
    """A request that is answered with a problem. `retry_seconds` is how long to wait before asking again, if that may help."""

    def __init__(self, status: int, error: Formatted, retry_seconds: int | None = None) -> None:
        super().__init__(error["message"])
        self.status, self.error, self.retry_seconds = status, error, retry_seconds


def refusal(status: int, code: str, message: str, remedy: str, **details: Any) -> Refusal:
    """Makes a refusal; its details are further members of the problem."""
    return Refusal(status, {**formatted(code, message, remedy, **details)})


def missing(kind: str, key: str) -> Refusal:
    """Makes the refusal of a record that there is not."""
    message = f'The {kind} "{key}" is not in the data.'
    return refusal(404, "NOT_FOUND", message, "Take the address from a newer file: other data may have been loaded since.", reference=key)


@dataclass(frozen=True, slots=True)
class Asked:
    """The day and the version of the data that an address names, each None if it does not."""

    day: date | None
    version: str | None

    @property
    def immutable(self) -> bool:
        """Returns if what is answered never changes."""
        return self.day is not None and self.version is not None

    @property
    def caching(self) -> str:
        return IMMUTABLE.decode() if self.immutable else "no-cache"


def asked(request: Request) -> Asked:
    """Reads the parameters of an address, of which an empty one counts as left out. Raises Refusal."""
    for part in (*request.path_params.values(), *(request.query_params.get(name, "") for name in (DAY, VERSION))):
        if len(part) > LONGEST:
            raise refusal(400, "TOO_LONG", f"A part of the address has more than {LONGEST} characters.", "Shorten it.", limit=LONGEST)
    text = request.query_params.get(DAY, "").strip()
    try:
        day = read_day(text) if text else None
    except NoSuchDay:
        shown = shortened(text)
        message = f'"{shown}" is no day of the calendar.'
        raise refusal(400, "NO_SUCH_DAY", message, "Write it as 2023-06-01.", argument=DAY, reference=shown) from None
    return Asked(day, request.query_params.get(VERSION, "").strip() or None)


def check_accepts(request: Request, media: str) -> None:
    """Raises Refusal if the only media type of an address is not accepted."""
    if negotiated(request.headers.get("accept") or "*/*", [media]) is None:
        raise not_acceptable(media)


def not_acceptable(offered: str) -> Refusal:
    return refusal(406, "NOT_ACCEPTABLE", "None of the media types in Accept can be produced.", f"Accept {offered}.")


def tag_of(answers: Answers, request: Request, wanted: Asked, base_url: str) -> str:
    """Returns the entity tag of what is at an address; empty if no version of the data is known to be the current one."""
    load_id = answers.versions.load_id
    if load_id is None or wanted.version not in (None, answers.versions.current):
        return ""
    text = f"{request.url.path}\0{wanted.day or ''}\0{wanted.version or ''}\0{base_url}\0{answers.engine}"
    digest = blake2b(text.encode(), digest_size=16).digest()
    return etag(digest, None if wanted.day else answers.today(), load_id, "rest").decode()


def headers_of(answers: Answers, request: Request, wanted: Asked, base_url: str) -> dict[str, str]:
    """Returns the headers of data in the language of its address, with its entity tag if there is one."""
    tag = tag_of(answers, request, wanted, base_url)
    return {**VARY, "etag": tag, "cache-control": wanted.caching} if tag else {**VARY, "cache-control": "no-store"}


def is_known(request: Request, headers: Mapping[str, str]) -> bool:
    """Returns if a client has already what bears the entity tag of these headers."""
    return "etag" in headers and headers["etag"] in request.headers.get("if-none-match", "")


async def data_of(answers: Answers, name: str, asked: Asked, id_: str, **variables: Any) -> tuple[Mapping[str, Any], str]:
    """Returns the data of a saved question, and the version that it was read from. Raises Refusal with the first error."""
    if asked.version:
        await check_version(answers.versions, asked.version)
    today = answers.today()
    _, question = answers.saved_question(name, {DAY: (asked.day or today).isoformat(), **variables})
    response = await answers.respond(answers.prepare(question), today, id_)
    data, errors = response.body.get("data"), response.body.get("errors", [])
    if errors:
        raise Refusal(STATUSES.get(errors[0]["extensions"]["code"], 400), errors[0])
    if asked.version and response.version not in (None, asked.version):
        raise other_version(asked.version, response.version)
    return data or {}, response.version or ""


def answered(handler: Callable[[Request, str], Awaitable[Response]]) -> Handler:
    """Returns a handler that answers each error with a problem. It is given the id of the request, which every response bears."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        id_ = request_id(dict(request.scope["headers"]).get(b"x-request-id")).decode()
        notes: Notes = request.scope.get(NOTES) or Notes()
        notes.request_id = id_
        try:
            response = await handler(request, id_)
        except Refusal as refused:
            response = _problem(request, notes, refused.error, refused.status, refused.retry_seconds)
        except BadRequest as bad:
            response = _problem(request, notes, bad.error, bad.status)
        except Refused as refused:
            response = _problem(request, notes, refused.errors[0], 400)
        except HTTPException:
            raise
        except Exception as error:  # an error of ours has a code; all others are masked and logged
            formatted_ = of_exception(error, [], id_)
            status = STATUSES.get(error.code, 500) if isinstance(error, RegiograafError) else 500
            response = _problem(request, notes, formatted_, status)
        response.headers["x-request-id"] = id_
        return response

    return answer


def _problem(request: Request, notes: Notes, error: Formatted, status: int, retry_seconds: int | None = None) -> Response:
    notes.errors([error])
    headers = {**VARY, "cache-control": "no-store"}
    if retry_seconds or status == 503:
        headers["retry-after"] = str(retry_seconds or 5)
    return Response(written(error, status, accept_language(request.scope)), status, headers, MEDIA)
