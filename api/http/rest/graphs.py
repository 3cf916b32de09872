"""Things as RDF, at /id/{type}/{slug}.jsonld and .ttl: what is known of one thing, with its claims, sources and contradictions."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.export.export import Export
from api.export.rdf.things import serialized, triples_about
from api.http.rest.answering import Handler, answered, asked, check_accepts, tag_of
from api.http.rest.jobs import Jobs
from api.http.rest.library import Library, current, time_left
from api.http.rest.things import MEDIA, Things
from graph.domain.model import TYPE_OF_PREFIX

SUFFIXES = ("jsonld", "ttl")
MOST_WAITING = 100  # graphs of one thing, each of which takes some milliseconds


@dataclass(frozen=True, slots=True)
class Graphs:
    """Answers with the graphs of things; what is not the key of a thing leads to the thing that it means."""

    things: Things
    library: Library
    jobs: Jobs[bytes | None] = field(default_factory=lambda: Jobs(MOST_WAITING))

    def handler(self, suffix: str) -> Handler:
        """Returns what answers at the addresses with a suffix."""

        async def answer(request: Request, id_: str) -> Response:
            check_accepts(request, MEDIA[suffix])
            wanted, params, answers = asked(request), request.path_params, self.library.answers
            version, load_id = await current(answers, wanted)
            tag = tag_of(answers, request, wanted, self.things.base_url or "")
            headers = {"vary": "Accept", "cache-control": wanted.caching, **({"etag": tag} if tag else {})}
            if tag and tag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
            key, day = f"{params['type']}/{params['slug']}", wanted.day or answers.today()
            if params["type"] in TYPE_OF_PREFIX:
                dataset = await self.library.dataset(load_id, time_left(answers))
                export = Export(dataset, answers, day, version, self.things.base_url)

                async def work() -> bytes | None:
                    return await asyncio.to_thread(_graph, export, key, MEDIA[suffix])

                body = await self.jobs.result((load_id, day, key, suffix), work, time_left(answers))
                if body is not None:
                    return Response(body, headers=headers, media_type=MEDIA[suffix])
            return await self.things.elsewhere(request, params["slug"], suffix, wanted, id_)

        return answered(answer)


def _graph(export: Export, key: str, media: str) -> bytes | None:
    """Returns the graph of a thing, or None if nothing has the key."""
    if key not in export.dataset.entities:
        return None
    return serialized(triples_about(export, key), media)


def routes(graphs: Graphs) -> list[BaseRoute]:
    return [Route(f"/id/{{type}}/{{slug}}.{suffix}", graphs.handler(suffix)) for suffix in SUFFIXES]
