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
from api.http.rest.addresses import WITHOUT_A_PAGE
from api.http.rest.answering import (
    VARY,
    Asked,
    Refusal,
    answered,
    asked,
    check_accepts,
    data_of,
    headers_of,
    is_known,
    not_acceptable,
)
from api.http.site import problem_page
from api.pages.address import DAY, VERSION
from api.pages.site import Site
from api.pages.visit import problem_of, reference_to
from graph.domain.languages import LANGUAGES, Language
from graph.domain.model import TYPE_OF_PREFIX
from graph.domain.reference import key_of, uri

JSON, HTML = "json", "html"
DATA: Mapping[str, str] = {JSON: "application/json", HTML: "text/html", "jsonld": "application/ld+json", "ttl": "text/turtle"}
MEDIA: Mapping[str, str] = {**DATA, "ics": "text/calendar", "atom": "application/atom+xml"}
PREFIXES = ["" if language is LANGUAGES[0] else f"/{language.key}" for language in LANGUAGES if language.ours]


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
        return see(request, f"/id/{quote(params['type'])}/{quote(params['slug'])}", form)

    async def from_code(self, request: Request, id_: str) -> Response:
        """Leads from a code or a name, with or without a suffix, to what it means."""
        code, _, suffix = request.path_params["code"].rpartition(".")
        if not code or suffix not in MEDIA:
            code, suffix = request.path_params["code"], ""
        form = suffix or form_of(request)
        if (key := key_of(code) or "").partition("/")[0] in WITHOUT_A_PAGE:
            return see(request, f"/id/{quote(key)}", form)
        try:
            return await self.elsewhere(request, code, form, asked(request), id_)
        except Refusal as refused:
            if form != HTML:
                raise
            return await problem_page(self.answers, self.pages, language_of(request), problem_of(refused.error), VARY)

    async def data(self, request: Request, id_: str) -> Response:
        """Answers what is known of a thing as JSON; what is not the key of a thing leads to the thing that it means."""
        check_accepts(request, MEDIA[JSON])
        wanted, params = asked(request), request.path_params
        language = language_of(request)
        headers = headers_of(self.answers, request, wanted, self.base_url or "")
        if is_known(request, headers):
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
            return see(request, f"/id/{reference_to(data['entity']['uri'])}", JSON)
        return self.shown(request, key, data, wanted, version, headers)

    def shown(
        self, request: Request, key: str, data: Mapping[str, Any], wanted: Asked, version: str, headers: Mapping[str, str]
    ) -> Response:
        """Returns data as JSON, with the address of what it is about. Its fields are those of the schema of GraphQL."""
        if headers != headers_of(self.answers, request, wanted, self.base_url or ""):  # other data was loaded meanwhile
            headers = {**VARY, "cache-control": "no-store"}
        address = {"address": f"{self.base_url.rstrip('/')}/id/{key}"} if self.base_url else {}
        day = wanted.day or self.answers.today()
        body = {"uri": uri(key), **address, "asOf": day, "dataVersion": version, **data}
        return Response(orjson.dumps(body), headers=headers, media_type=MEDIA[JSON])

    async def elsewhere(
        self, request: Request, reference: str, form: str, wanted: Asked, id_: str, missing: Refusal | None = None
    ) -> Response:
        """Leads to what a reference means. Raises Refusal if it means nothing, `missing` if that is given, or several things."""
        try:
            found, _ = await data_of(self.answers, "NameOf", wanted, id_, ref=reference, lang=language_of(request).code)
        except Refusal as refused:
            raise (missing if missing and refused.status == 404 else refused) from None
        return see(request, f"/id/{reference_to(found['entity']['uri'])}", form)


def routes(things: Things) -> tuple[list[BaseRoute], list[BaseRoute]]:
    """Returns the routes of data, which come before those of the pages, and those of things and codes, which come after them."""
    data, other = answered(things.data), answered(things.leads_on)
    before: list[BaseRoute] = [Route(f"{prefix}/id/{{type}}/{{slug}}.json", data) for prefix in PREFIXES]
    after: list[BaseRoute] = [Route(f"{prefix}/id/{{type}}/{{slug}}", other) for prefix in PREFIXES]
    after += [Route(f"{prefix}/id/{{code}}", answered(things.from_code)) for prefix in PREFIXES]
    return before, [*after, Route("/id/{rest:path}", nowhere)]


async def nowhere(request: Request) -> Response:
    raise HTTPException(404)


def form_of(request: Request, offered: Mapping[str, str] = MEDIA) -> str:
    """Returns the form that the Accept header prefers, JSON if it says nothing. Raises Refusal if it accepts none."""
    forms = {media: form for form, media in offered.items()}
    media = negotiated(request.headers.get("accept") or "*/*", list(forms))
    if media is None:
        raise not_acceptable(", ".join(forms))
    return forms[media]


def language_of(request: Request) -> Language:
    """Returns the language of an address."""
    first = request.url.path.split("/")[1]
    return next((one for one in LANGUAGES if one.ours and one.key == first), LANGUAGES[0])


def see(request: Request, path: str, form: str) -> Response:
    """Leads to an address in a form, in the language and with the day and the version of this one."""
    language = language_of(request)
    prefix = "" if language is LANGUAGES[0] else f"/{language.key}"
    kept = [(name, value) for name, value in request.query_params.multi_items() if form == HTML or name in (DAY, VERSION)]
    return RedirectResponse(f"{prefix}{path}.{form}{'?' if kept else ''}{urlencode(kept)}", 303, VARY)
