"""The addresses of things: /id/municipality/zaanstad and /id/GM0479 lead to the page of the thing or to its data, by Accept.

The address of a thing means the thing itself, so it answers 303 See Other: with the suffix .html it is the page for people,
with .json the data, with .jsonld and .ttl the same as RDF. A code, an old name or the key of another type leads to what it means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api.answer import Answers
from api.http.request import negotiated
from api.http.rest.answering import VARY, Asked, Refusal, answered, asked, check_accepts, data_of, not_acceptable, tag_of
from api.http.site import problem_page
from api.pages.address import DAY, VERSION
from api.pages.site import Site
from api.pages.visit import problem_of, reference_to
from graph.domain.languages import LANGUAGES, Language
from graph.domain.model import TYPE_OF_PREFIX

JSON, HTML = "json", "html"
MEDIA: Mapping[str, str] = {JSON: "application/json", HTML: "text/html", "jsonld": "application/ld+json", "ttl": "text/turtle"}
_FORMS = {media: form for form, media in MEDIA.items()}


@dataclass(frozen=True, slots=True)
class Things:
    """Answers for the things of one store. With a `base_url` their data has their addresses too."""

    answers: Answers
    pages: Site
    base_url: str | None = None

    async def leads_on(self, request: Request, id_: str) -> Response:
        """Leads from a thing to its page or to its data."""
        params, form = request.path_params, form_of(request)
        if form != HTML:  # a page says itself what is wrong with its address
            wanted = asked(request)
            if params["type"] not in TYPE_OF_PREFIX:
                return await self.elsewhere(request, params["slug"], form, wanted, id_)
        return _see(request, f"/id/{quote(params['type'])}/{quote(params['slug'])}", form)

    async def from_code(self, request: Request, id_: str) -> Response:
        """Leads from a code or a name, with or without a suffix, to what it means."""
        code, _, suffix = request.path_params["code"].rpartition(".")
        if not code or suffix not in MEDIA:
            code, suffix = request.path_params["code"], ""
        form = suffix or form_of(request)
        try:
            return await self.elsewhere(request, code, form, asked(request), id_)
        except Refusal as refused:
            if form != HTML:
                raise
            return await problem_page(self.answers, self.pages, _language(request), problem_of(refused.error), VARY)

    async def data(self, request: Request, id_: str) -> Response:
        """Answers what is known of a thing as JSON; what is not the key of a thing leads to the thing that it means."""
        check_accepts(request, MEDIA[JSON])
        wanted, params = asked(request), request.path_params
        language = _language(request)
        tag = tag_of(self.answers, request, wanted, self.base_url or "")
        headers = {**VARY, "etag": tag, "cache-control": wanted.caching} if tag else {**VARY, "cache-control": "no-store"}
        if tag and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        key = f"{params['type']}/{params['slug']}"
        if params["type"] not in TYPE_OF_PREFIX:
            return await self.elsewhere(request, params["slug"], JSON, wanted, id_)
        try:
            data, version = await data_of(self.answers, "Thing", wanted, id_, ref=key, lang=language.code)
        except Refusal as refused:
            if refused.status != 404:
                raise
            return await self.elsewhere(request, params["slug"], JSON, wanted, id_, refused)
        if reference_to(data["entity"]["uri"]) != key:
            return _see(request, f"/id/{reference_to(data['entity']['uri'])}", JSON)
        if tag != tag_of(self.answers, request, wanted, self.base_url or ""):  # other data was loaded meanwhile
            headers = {**VARY, "cache-control": "no-store"}
        return Response(orjson.dumps(self._shown(key, data, wanted, version)), headers=headers, media_type=MEDIA[JSON])

    def _shown(self, key: str, data: Mapping[str, Any], wanted: Asked, version: str) -> Mapping[str, Any]:
        """Returns the data of a thing. Its fields are those of the schema of GraphQL; what came in its place has addresses too."""
        address = {"address": f"{self.base_url.rstrip('/')}/id/{key}"} if self.base_url else {}
        day = wanted.day or self.answers.today()
        return {"uri": data["entity"]["uri"], **address, "asOf": day, "dataVersion": version, **data}

    async def elsewhere(
        self, request: Request, reference: str, form: str, wanted: Asked, id_: str, missing: Refusal | None = None
    ) -> Response:
        """Leads to what a reference means. Raises Refusal if it means nothing, `missing` if that is given, or several things."""
        try:
            found, _ = await data_of(self.answers, "NameOf", wanted, id_, ref=reference, lang=_language(request).code)
        except Refusal as refused:
            raise (missing if missing and refused.status == 404 else refused) from None
        return _see(request, f"/id/{reference_to(found['entity']['uri'])}", form)


def routes(things: Things) -> tuple[list[BaseRoute], list[BaseRoute]]:
    """Returns the routes of data, which come before those of the pages, and those of things and codes, which come after them."""
    data, other = answered(things.data), answered(things.leads_on)
    before: list[BaseRoute] = [Route(f"{prefix}/id/{{type}}/{{slug}}.json", data) for prefix in _prefixes()]
    after: list[BaseRoute] = [Route(f"{prefix}/id/{{type}}/{{slug}}", other) for prefix in _prefixes()]
    after += [Route(f"{prefix}/id/{{code}}", answered(things.from_code)) for prefix in _prefixes()]
    return before, [*after, Route("/id/{rest:path}", nowhere)]


async def nowhere(request: Request) -> Response:
    raise HTTPException(404)


def form_of(request: Request) -> str:
    """Returns the form that the Accept header prefers, JSON if it says nothing. Raises Refusal if it accepts none."""
    media = negotiated(request.headers.get("accept") or "*/*", list(_FORMS))
    if media is None:
        raise not_acceptable(", ".join(_FORMS))
    return _FORMS[media]


def _prefixes() -> list[str]:
    return ["" if language is LANGUAGES[0] else f"/{language.key}" for language in LANGUAGES if language.ours]


def _language(request: Request) -> Language:
    """Returns the language of an address."""
    first = request.url.path.split("/")[1]
    return next((one for one in LANGUAGES if one.ours and one.key == first), LANGUAGES[0])


def _see(request: Request, path: str, form: str) -> Response:
    """Leads to an address in a form, in the language and with the day and the version of this one."""
    language = _language(request)
    prefix = "" if language is LANGUAGES[0] else f"/{language.key}"
    kept = [(name, value) for name, value in request.query_params.multi_items() if form == HTML or name in (DAY, VERSION)]
    return RedirectResponse(f"{prefix}{path}.{form}{'?' if kept else ''}{urlencode(kept)}", 303, VARY)
