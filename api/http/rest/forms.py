"""Forms made of the claims alone: RDF of a thing or record (.jsonld, .ttl), the calendar (.ics) and the feed (.atom) of a thing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.export import atom, ics
from api.export.export import Export
from api.export.network import Network
from api.export.rdf.records import RECORDS, record_triples, records_of
from api.export.rdf.things import serialized, triples_about
from api.http.rest.answering import Handler, answered, asked, check_accepts, missing, tag_of
from api.http.rest.jobs import Jobs
from api.http.rest.library import Library, current, time_left
from api.http.rest.things import MEDIA, PREFIXES, Things
from graph.domain.model import TYPE_OF_PREFIX

MOST_WAITING = 100  # forms of one thing, each of which takes some milliseconds
Make = Callable[[Export, str, Network | None], bytes]


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its media type as it is sent, and what makes it of a thing. `of_network`: it is made of the network of all things."""

    media_type: str
    make: Make
    of_network: bool = False


def _graph(export: Export, key: str, whole: Network | None, media: str) -> bytes:
    kind, _, name = key.partition("/")
    return serialized(record_triples(export, kind, name) if kind in RECORDS else triples_about(export, key), media)


def _calendar(export: Export, key: str, whole: Network | None) -> bytes:
    assert whole
    return ics.calendar(export, whole, key)


def _feed(export: Export, key: str, whole: Network | None) -> bytes:
    assert whole
    address = f"{export.base_url.rstrip('/')}/id/{key}.atom" if export.base_url else None
    return "".join(atom.feed(export, whole, key, address)).encode()


FORMS: Mapping[str, Form] = {
    **{suffix: Form(MEDIA[suffix], partial(_graph, media=MEDIA[suffix])) for suffix in ("jsonld", "ttl")},
    "ics": Form(ics.FORMAT.media_type, _calendar, of_network=True),
    "atom": Form(atom.FORMAT.media_type, _feed, of_network=True),
}


@dataclass(frozen=True, slots=True)
class Forms:
    """Answers with the forms of things; what is not the key of a thing leads to the thing that it means."""

    things: Things
    library: Library
    jobs: Jobs[bytes] = field(default_factory=lambda: Jobs(MOST_WAITING))

    def handler(self, suffix: str, kind: str = "") -> Handler:
        """Returns what answers at the addresses with a suffix: of things, or of the records of a kind."""
        form = FORMS[suffix]

        async def answer(request: Request, id_: str) -> Response:
            check_accepts(request, MEDIA[suffix])
            wanted, params, answers = asked(request), request.path_params, self.library.answers
            version, load_id = await current(answers, wanted)
            tag = tag_of(answers, request, wanted, self.things.base_url or "")
            headers = {"vary": "Accept", "cache-control": wanted.caching, **({"etag": tag} if tag else {})}
            if tag and tag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
            type_, slug, day = kind or params["type"], params["slug"], wanted.day or answers.today()
            key = f"{type_}/{slug}"
            if kind or type_ in TYPE_OF_PREFIX:
                dataset = await self.library.dataset(load_id, time_left(answers))
                if slug in records_of(dataset, kind) if kind else key in dataset.entities:
                    whole = await self.library.network(load_id, time_left(answers)) if form.of_network else None
                    export = Export(dataset, answers, day, version, self.things.base_url)
                    work = partial(asyncio.to_thread, form.make, export, key, whole)
                    body = await self.jobs.result((load_id, day, key, suffix), work, time_left(answers))
                    return Response(body, headers=headers, media_type=form.media_type)
            if kind:
                raise missing(kind, slug)
            return await self.things.elsewhere(request, slug, suffix, wanted, id_)

        return answered(answer)


def routes(forms: Forms) -> list[BaseRoute]:
    """Returns the routes of all forms. A calendar or feed is in Dutch at every address."""
    return [Route(f"{prefix}/id/{{type}}/{{slug}}.{suffix}", forms.handler(suffix)) for prefix in PREFIXES for suffix in FORMS]
