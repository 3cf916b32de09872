"""Errors as problem details (RFC 9457), with the code, the remedy and the words that errors have everywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Scope

from api.errors import Formatted, of_request
from api.http.access import NOTES, Notes
from api.http.reader import accept_language, for_reader
from api.pages.words import Words
from graph.domain.languages import LANGUAGES

MEDIA = "application/problem+json"
TYPE = "urn:regiograaf:problem:"
_ENGLISH = Words(next(language for language in LANGUAGES if language.code == "EN"))


def problem(error: Formatted, status: int, accept_language: bytes) -> Mapping[str, Any]:
    """Returns an error as a problem: `title` and `detail` are for people, `code`, `message` and `remedy` the same in every language."""
    told = for_reader([error], accept_language)[0]["extensions"]
    code = told["code"]
    usual = _ENGLISH(f"problem.{code}.title") if _ENGLISH.has(f"problem.{code}.title") else error["message"]
    details = {name: value for name, value in told.items() if name not in ("title", "text")}
    return {
        "type": f"{TYPE}{code}",
        "title": told.get("title", usual),
        "status": status,
        "detail": told.get("text") or error["message"],
        **details,
        "message": error["message"],
    }


def written(error: Formatted, status: int, accept_language: bytes) -> bytes:
    """Returns a problem as it is sent."""
    return orjson.dumps(problem(error, status, accept_language))


LOST = (
    of_request("NO_PAGE", "There is nothing at this address.", "Look in /v1/openapi.json for the addresses that there are."),
    of_request("METHOD_NOT_ALLOWED", "This address can only be read.", "Ask with GET."),
)


def lost(code: str, status: int, headers: Mapping[str, str], scope: Scope) -> Response:
    """Returns the problem of an address that leads nowhere, or that is asked in another way than with GET."""
    error = next(one for one in LOST if one["extensions"]["code"] == code)
    notes: Notes = scope.get(NOTES) or Notes()
    notes.errors([error])
    return Response(written(error, status, accept_language(scope)), status, {**headers, "cache-control": "no-store"}, MEDIA)
