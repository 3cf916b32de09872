"""Addresses of what has no page of its own: sources, claims, contradictions, datasets and events, at /id/claim/{key} and the like.

Each leads (303) to its data, or people to the place on a page where it is told. The key of a claim may have slashes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api.export.rdf.records import RECORDS
from api.http.rest.answering import VARY, Asked, Refusal, answered, asked, check_accepts, data_of, headers_of, is_known, missing
from api.http.rest.forms import Forms
from api.http.rest.things import DATA, HTML, JSON, MEDIA, PREFIXES, Things, form_of, language_of, see
from api.http.site import problem_page
from api.pages.address import DAY, VERSION, link
from api.pages.provenance.notes import anchor
from api.pages.visit import problem_of, reference_to
from graph.domain.languages import Language

QUESTIONS = {"source": "SourceById", "claim": "ClaimById", "conflict": "ConflictById", "event": "EventById"}
Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Records:
    """Answers for the records and events of one store."""

    things: Things

    async def leads_on(self, kind: str, request: Request, id_: str) -> Response:
        """Leads from a record to its place on a page or to its data."""
        form = form_of(request, DATA)
        if form != HTML:
            asked(request)
        return see(request, f"/id/{kind}/{quote(request.path_params['slug'])}", form)

    async def data(self, kind: str, request: Request, id_: str) -> Response:
        """Answers what is known of a record as JSON."""
        check_accepts(request, MEDIA[JSON])
        things, wanted, key = self.things, asked(request), request.path_params["slug"]
        headers = headers_of(things.answers, request, wanted, things.base_url or "")
        if is_known(request, headers):
            return Response(status_code=304, headers=headers)
        try:
            found, version = await self._found(kind, key, wanted, id_, language_of(request))
        except Refusal as refused:
            if kind in RECORDS or refused.status != 404:
                raise
            return await things.elsewhere(request, key, JSON, wanted, id_, refused)
        return things.shown(request, f"{kind}/{key}", {kind: found}, wanted, version, headers)

    async def page(self, kind: str, request: Request, id_: str) -> Response:
        """Leads people to the place where a record is told; if there is none, a page says so."""
        things, key, language = self.things, request.path_params["slug"], language_of(request)
        try:
            wanted = asked(request)
            try:
                found, _ = await self._found(kind, key, wanted, id_, language)
            except Refusal as refused:
                if kind in RECORDS or refused.status != 404:
                    raise
                return await things.elsewhere(request, key, HTML, wanted, id_, refused)
        except Refusal as refused:
            return await problem_page(things.answers, things.pages, language, problem_of(refused.error), VARY)
        return RedirectResponse(place_of(kind, key, found, language, wanted), 303, VARY)

    async def _found(self, kind: str, key: str, wanted: Asked, id_: str, language: Language) -> tuple[Found, str]:
        """Returns what is known of a record, and the version that it was read from. Raises Refusal."""
        if not key or "@" in key:  # of an id, what is behind the sign is a day
            raise missing(kind, key)
        answers = self.things.answers
        if kind == "dataset":
            data, version = await data_of(answers, "Datasets", wanted, id_, lang=language.code)
            found = next((one for one in data["meta"]["datasets"] if one["slug"] == key), None)
        else:
            named = f"{kind}/{key}@{wanted.day.isoformat()}" if wanted.day else f"{kind}/{key}"
            data, version = await data_of(answers, QUESTIONS[kind], wanted, id_, id=named, lang=language.code)
            found = data[kind]
        if not found:
            raise missing(kind, key)
        return found, version


def place_of(kind: str, key: str, found: Found, language: Language, wanted: Asked) -> str:
    """Returns the address at which people read what a record says."""

    def page(name: str, path: Mapping[str, str] | None = None, **parameters: str | None) -> str:
        day = wanted.day.isoformat() if wanted.day else None
        return link(name, language, path, **{DAY: day, VERSION: wanted.version, **parameters})

    match kind:
        case "claim":
            source = found["source"]["id"].partition("@")[0]  # a source is the same one on every day
            return f"{page('sources', source=source, claim=f'claim/{key}')}#{anchor(f'claim/{key}')}"
        case "conflict":
            about = reference_to(found["subject"]["uri"])  # an event is nothing that contradictions are asked about by
            return f"{page('contradictions', about=None if about.startswith('event/') else about)}#{anchor(key)}"
        case "event":
            told_with = next((one for side in ("original", "resulting", "about", "basis") for one in found[side]), None)
            if told_with is None:
                return page("timeline")
            type_, slug = reference_to(told_with["uri"]).split("/", 1)
            return f"{page('thing', {'type': type_, 'slug': slug})}#history"
        case _:
            return f"{page('sources')}#{anchor(f'{kind}/{key}')}"


def routes(records: Records, forms: Forms) -> list[BaseRoute]:
    """Returns the routes of records in all forms, and of the data and the places of events, whose other forms are those of things."""
    found: list[BaseRoute] = []
    for prefix in PREFIXES:
        for kind in RECORDS:
            path = f"{prefix}/id/{kind}/{{slug:path}}"
            found += [Route(f"{path}.{suffix}", forms.handler(suffix, kind)) for suffix in ("jsonld", "ttl")]
            found += _own(records, kind, path)
            found.append(Route(path, answered(partial(records.leads_on, kind))))
        found += _own(records, "event", f"{prefix}/id/event/{{slug}}")
    return found


def _own(records: Records, kind: str, path: str) -> list[BaseRoute]:
    return [Route(f"{path}.json", answered(partial(records.data, kind))), Route(f"{path}.html", answered(partial(records.page, kind)))]
