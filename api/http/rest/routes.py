"""The REST side of the application in one place: what it offers beside GraphQL, and its routes around those of the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answer import Answers
from api.export.export import Format
from api.http.rest import changes, exports, forms, openapi, records, things
from api.http.rest.changes import Changes
from api.http.rest.exports import Exports, Folder
from api.http.rest.forms import Forms
from api.http.rest.library import Library
from api.http.rest.records import Records
from api.http.rest.things import Things
from api.pages.site import Site


@dataclass(frozen=True, slots=True)
class Offer:
    """Holds what a server offers: formats of files, the folder that keeps them, the address of the server, and who answers for it.

    `oin` is the identification number of that organisation, which CloudEvents are sent in the name of.
    """

    formats: Mapping[str, Format] = field(default_factory=dict)
    folder: Folder | None = None
    base_url: str | None = None
    ocid_prefix: str = ""
    contact: openapi.Contact | None = None
    oin: str = ""


def around(pages: Sequence[BaseRoute], answers: Answers, site: Site, offer: Offer) -> list[BaseRoute]:
    """Returns the routes of the pages with those of REST before and after them, in the order in which they are tried."""
    library, of_things = Library(answers), Things(answers, site, offer.base_url)
    made = Forms(of_things, library)
    before, after = things.routes(of_things)
    formats = offer.formats if offer.folder else {}
    files = exports.routes(Exports(library, formats, offer.folder or Folder(Path()), offer.base_url, offer.ocid_prefix), site)
    since = changes.routes(Changes(answers, offer.base_url, offer.oin))
    description = openapi.route(formats, offer.base_url, offer.contact)
    return [
        *records.routes(Records(of_things), made), *before, *forms.routes(made), *pages, *after,
        description, *since, *files, Route("/v1", nowhere), Route("/v1/{rest:path}", nowhere),
    ]  # fmt: skip


async def nowhere(request: Request) -> Response:
    raise HTTPException(404)
