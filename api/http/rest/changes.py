"""Changes of the data, at /v1/changes: as JSON, as CloudEvents or as an Atom feed, by Accept; the feed also at /v1/changes/feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answer import Answers
from api.export.changes import cloud_events, feed
from api.http.request import negotiated
from api.http.rest.answering import LONGEST, Handler, answered, asked, data_of, not_acceptable, refusal, tag_of
from api.http.rest.library import current
from api.http.rest.openapi import JSON
from graph.compile.rows import DEFAULT_PAGE, MAX_PAGE
from graph.domain.reference import URN

PATH = "/v1/changes"
FEED = f"{PATH}/feed"
MEDIA = (JSON, cloud_events.MEDIA, feed.MEDIA)
MOST_THINGS = 20  # that one address may ask about


@dataclass(frozen=True, slots=True)
class Changes:
    """Answers with the changes that one store keeps. `oin` names the organisation that its events come from."""

    answers: Answers
    base_url: str | None = None
    oin: str = ""

    def handler(self, *media: str) -> Handler:
        """Returns what answers in one of some media types."""

        async def answer(request: Request, id_: str) -> Response:
            chosen = negotiated(request.headers.get("accept") or "*/*", list(media))
            if chosen is None:
                raise not_acceptable(", ".join(media))
            wanted, page = asked(request), page_of(request, newest=chosen == feed.MEDIA)
            await current(self.answers, wanted)
            tag = tag_of(self.answers, request, wanted, f"{self.base_url}\0{self.oin}\0{chosen}\0{request.url.query}")
            headers = {"vary": "Accept", "cache-control": "no-cache", "etag": tag}
            if tag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
            data, version = await data_of(self.answers, "ChangesOfTheData", wanted, id_, **page)
            if following := self._next(request, data["changes"]["pageInfo"]):
                headers["link"] = f'<{following}>; rel="next"'
            body = self._written(request, chosen, page, data["changes"], version, following)
            return Response(body, headers=headers, media_type=chosen)

        return answered(answer)

    def _written(
        self, request: Request, media: str, page: Mapping[str, Any], found: Mapping[str, Any], version: str, following: str | None
    ) -> bytes:
        if media == cloud_events.MEDIA:
            return cloud_events.batch(found["nodes"], cloud_events.source_of(self.oin, self.base_url))
        if media == feed.MEDIA:
            address = self._address(FEED, request.query_params.multi_items()) if self.base_url else None
            loaded_at = str(self.answers.versions.loaded_at)
            return feed.feed(found["nodes"], about=page["about"] or (), updated=loaded_at, address=address, base_url=self.base_url)
        told = {"uri": f"{URN}changes", "dataVersion": version, "totalCount": found["totalCount"], "next": following}
        return orjson.dumps({**told, "loads": found["loads"], "changes": found["nodes"]})

    def _next(self, request: Request, info: Mapping[str, Any]) -> str | None:
        """Returns the address of the page behind this one, or None on the last."""
        if not info["hasNextPage"]:
            return None
        kept = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
        return self._address(PATH, [*kept, ("after", info["endCursor"])])

    def _address(self, path: str, query: Sequence[tuple[str, str]]) -> str:
        """Returns an address of ours, without the name of the server if that is not known."""
        return f"{(self.base_url or '').rstrip('/')}{path}{'?' if query else ''}{urlencode(query)}"


def page_of(request: Request, *, newest: bool) -> dict[str, Any]:
    """Reads which changes an address asks for; of a feed the newest. Raises Refusal."""
    params = request.query_params
    about = [name.strip() for name in params.getlist("about") if name.strip()]
    if len(about) > MOST_THINGS or any(len(value) > 5 * LONGEST for value in params.values()):
        raise refusal(
            400, "TOO_LONG", f"An address asks about at most {MOST_THINGS} things, in parts of at most {5 * LONGEST} characters.",
            "Ask in several addresses.", limit=MOST_THINGS,
        )  # fmt: skip
    text = params.get("first", "").strip() or str(DEFAULT_PAGE)
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= MAX_PAGE):
        raise refusal(400, "PAGE_SIZE", f"A page cannot have {text[:40]} entries.", f"Ask for 1 to {MAX_PAGE}.", argument="first")
    since, after = params.get("since", "").strip() or None, params.get("after", "").strip() or None
    return {"since": since, "about": about or None, **({"last": int(text)} if newest else {"first": int(text), "after": after})}


def routes(changes: Changes) -> list[BaseRoute]:
    return [Route(PATH, changes.handler(*MEDIA)), Route(FEED, changes.handler(feed.MEDIA))]
