"""The pages for a browser: one that answers in sentences, and GraphiQL if its files were built in. All from our own origin."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from api.documents.saved import Saved, SavedQuestions
from api.http.request import accepted
from graph.domain.languages import LANGUAGES

FOLDER = Path(__file__).parents[1] / "explorer"
PAGE, PLAIN, EDITOR, SAVED, FILES = "/graphql", "/graphql/plain", "/graphql/editor", "/graphql/saved.json", "/graphql/pages"
# The questions whose answers are sentences come first; those that answer with data follow by name.
IN_SENTENCES = ("CoverageWithSteps", "Coverage", "WhoCovers", "GapsWithinAYear", "OpenConflicts")
# Scripts, workers and requests are of our origin, and none stands in a page; the editor writes its own styles as it goes.
POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self' data:; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-cache",  # after an update no old script meets a new page
}


def prefers_page(accept: str) -> bool:
    """Returns if an Accept header puts HTML before the media types of an answer, as that of every browser does."""
    weights = dict(accepted(accept))
    json = max(weights.get("application/json", 0.0), weights.get("application/graphql-response+json", 0.0))
    return weights.get("text/html", 0.0) > json


def page() -> Response:
    """Returns the page at /graphql, which reads in its own address what it is to ask."""
    response = _html("plain.html")
    response.headers["vary"] = "Accept"
    return response


def built(folder: Path = FOLDER) -> bool:
    """Returns if GraphiQL's files are there (`npm run build`)."""
    return (folder / "built" / "editor.js").is_file()


def routes(saved: SavedQuestions) -> list[BaseRoute]:
    """Returns the routes of the pages, of the saved questions that they offer and of the files that they are made of."""

    async def to_page(request: Request) -> Response:
        return RedirectResponse(f"{PAGE}?{request.url.query}" if request.url.query else PAGE)

    async def editor(request: Request) -> Response:
        return _html("editor.html") if built() else await to_page(request)

    async def offered(request: Request) -> Response:
        return JSONResponse(_offered(saved), headers={"cache-control": "no-cache"})

    return [Route(PLAIN, to_page), Route(EDITOR, editor), Route(SAVED, offered), Mount(FILES, _Files(directory=FOLDER))]


def _offered(saved: SavedQuestions) -> list[dict[str, Any]]:
    """Returns the saved questions in the order of the pages, with their titles and descriptions by language."""
    by_name = {question.name: question for question in saved.values()}
    names = [*IN_SENTENCES, *sorted(by_name.keys() - set(IN_SENTENCES))]
    return [_offer(by_name[name]) for name in names]


def _offer(question: Saved) -> dict[str, Any]:
    texts = {lang.key: {"title": question.titles[lang.code], "description": question.descriptions[lang.code]} for lang in LANGUAGES}
    return {
        "name": question.name,
        "document": question.document,
        "documentId": question.document_id,
        "variables": orjson.loads(question.variables),
        "inSentences": question.name in IN_SENTENCES,
        **texts,
    }


class _Files(StaticFiles):
    """Files under the same policy as the pages."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.update(HEADERS)
        return response


def _html(name: str) -> Response:
    # The page with sentences says if there is an editor to go to.
    return HTMLResponse(_text(name).replace('data-editor=""', f'data-editor="{"there" if built() else "absent"}"'), headers=HEADERS)


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")
