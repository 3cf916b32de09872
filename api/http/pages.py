"""The pages for a browser: GraphiQL where its files were built in, and a plain page of our own; both from our own origin only."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from api.documents.saved import saved
from graph.domain.languages import LANGUAGES

PAGES = Path(__file__).parents[1] / "pages"
PLAIN, SAVED, FILES = "/graphql/plain", "/graphql/saved.json", "/graphql/pages"
# Scripts, workers and requests are of our origin, and none stands in a page; the editor writes its own styles as it goes.
POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self' data:; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {"content-security-policy": POLICY, "x-content-type-options": "nosniff", "referrer-policy": "same-origin"}


def page() -> Response:
    """The page at /graphql: GraphiQL, or the plain page where GraphiQL was not built in (`npm run build`)."""
    shown = _html("editor.html" if built() else "plain.html")
    shown.headers["vary"] = "Accept"
    return shown


def built(folder: Path = PAGES) -> bool:
    """Whether GraphiQL's files are there."""
    return (folder / "built" / "editor.js").is_file()


def routes() -> list[BaseRoute]:
    """The plain page, the saved questions that it offers, and the files that the pages are made of."""

    async def plain(request: Request) -> Response:
        return _html("plain.html")

    async def offered(request: Request) -> Response:
        return JSONResponse([
            {"name": one.name, "document": one.document, "variables": one.variables}
            | {language.key: one.descriptions[language.code] for language in LANGUAGES}
            for one in saved().values()
        ])  # fmt: skip

    return [Route(PLAIN, plain), Route(SAVED, offered), Mount(FILES, _Files(directory=PAGES))]


class _Files(StaticFiles):
    """Files under the same policy as the pages."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.update(HEADERS)
        return response


def _html(name: str) -> Response:
    # The plain page says whether there is an editor to go to.
    return HTMLResponse(_text(name).replace('data-editor=""', f'data-editor="{"there" if built() else "absent"}"'), headers=HEADERS)


@cache
def _text(name: str) -> str:
    return (PAGES / name).read_text("utf-8")
