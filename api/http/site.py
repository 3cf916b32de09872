"""The pages for people over HTTP: addresses, days as people write them, entity tags, and a policy that lets nothing in from elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.answer import Answers
from api.day import NoSuchDay, read_day
from api.documents.lru import LruCache
from api.http.cache import etag, with_cache
from api.http.explorer import prefers_page
from api.http.rates import Page
from api.http.reader import header_of
from api.http.rest.addresses import is_rest
from api.http.rest.problem import lost
from api.pages.address import DAY, FORMS, PATHS, Address
from api.pages.site import MEDIA, PAGES, Site, Written, parameters_of
from api.pages.visit import LONGEST_VALUE, Moved, PageProblem, Visit
from api.pages.words import language_of
from graph.domain.languages import LANGUAGES, Language

log = logging.getLogger("regiograaf")
STATIC = "/static"
PROBLEMS = {404: "NO_PAGE", 405: "METHOD_NOT_ALLOWED"}  # of an address that leads nowhere, by status
DAYS = (DAY, "compareTo", "from", "to")  # parameters that are days
MOST_VALUES = 60  # parameters of an address that are looked at
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors {frames}"
)
REFUSED = {"content-security-policy": POLICY.format(frames="'none'"), "vary": "Accept, Accept-Language"}
Handler = Callable[[Request], Awaitable[Response]]


def routes(
    answers: Answers, site: Site, cached: LruCache[bytes, bytes], *, theme: Path | None = None, frames: str = "'none'"
) -> list[BaseRoute]:
    """Returns the routes of all pages in all languages, of their tables as files, and of their styles.

    `cached` keeps pages, and what they ask, beside the answers of the endpoint. `theme` is a file of custom properties in place of our
    own; `frames` are the origins that may frame what stands under /embed.
    """
    found: list[BaseRoute] = []
    answers = with_cache(answers, cached)
    for page in PAGES:
        for language in LANGUAGES:
            if path := PATHS[page].get(language.code):
                found += _routes(answers, site, cached, page, language, path, frames if page.startswith("embed") else "'none'")

    async def own_theme(request: Request) -> Response:
        content = (theme or Path(str(files("api.pages") / "static" / "theme.css"))).read_bytes()
        return Response(content, media_type="text/css", headers={"cache-control": "no-cache"})

    return [*found, Route("/theme.css", own_theme), Mount(STATIC, StaticFiles(packages=[("api.pages", "static")]))]


def no_such_page(answers: Answers, site: Site) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Returns what answers an address that leads nowhere: a page for a browser, in its language, and a line of text for anybody else."""

    async def tell(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code = PROBLEMS.get(error.status_code)
        headers = error.headers or {}
        if code is None or not prefers_page(request.headers.get("accept", "")):
            if code and is_rest(request.url.path):
                return lost(code, error.status_code, {**headers, "vary": "Accept, Accept-Language"}, request.scope)
            return PlainTextResponse(error.detail, error.status_code, headers)
        visit = _lost(answers, request.url.path, request.headers.get("accept-language", ""))
        return _response(await site.problem(visit, PageProblem(code)), {**headers, **REFUSED})

    return tell


def refusal(answers: Answers, site: Site) -> Page:
    """Returns what tells a browser that its request is refused before anything is asked: a page in its language, without data."""

    def tell(scope: Scope, code: str, status: int, headers: dict[str, str]) -> Response:
        visit = _lost(answers, scope["path"], header_of(scope, b"accept-language"))
        written = replace(site.without_data(visit, PageProblem(code)), status=status)
        return _response(written, {**headers, **REFUSED})

    return tell


def _lost(answers: Answers, path: str, accepted: str) -> Visit:
    """Returns the visit of a reader who gets no page of the site: in the language of the address, or else that of the browser."""
    first = path.split("/")[1] if "/" in path else ""
    named = next((one for one in LANGUAGES if one.key == first), None)
    return Visit(answers, Address("start", named or language_of(accepted), {}, {}), answers.today())


async def problem_page(answers: Answers, site: Site, language: Language, problem: PageProblem, headers: Mapping[str, str]) -> Response:
    """Returns the page in a language that says what is wrong."""
    visit = Visit(answers, Address("start", language, {}, {}), answers.today())
    return _response(await site.problem(visit, problem), {**headers, "content-security-policy": REFUSED["content-security-policy"]})


async def visit_all(answers: Answers, site: Site, cached: LruCache[bytes, bytes]) -> None:
    """Visits each page once, so that no reader waits until the store has planned what it asks."""
    answers = with_cache(answers, cached)
    for page, paths in PATHS.items():
        if not page.startswith("embed") and "{" not in paths[LANGUAGES[0].code]:
            with suppress(Moved):
                await _written(site, Visit(answers, Address(page, LANGUAGES[0], {}, {}), answers.today()))


def _routes(
    answers: Answers, site: Site, cached: LruCache[bytes, bytes], page: str, language: Language, path: str, frames: str
) -> list[BaseRoute]:
    return [
        Route(
            path if form == "html" and page != "thing" else f"{path.rstrip('/') or '/start'}.{form}",  # the address of a thing leads there
            _handler(answers, site, cached, page, language, form, frames),
        )
        for form in reversed(FORMS)
    ]


def _handler(
    answers: Answers, site: Site, cached: LruCache[bytes, bytes], page: str, language: Language, form: str, frames: str
) -> Handler:
    headers = {"content-security-policy": POLICY.format(frames=frames), "vary": "Accept-Language" if page == "start" else "Accept"}

    async def show(request: Request) -> Response:
        if page == "start" and language is LANGUAGES[0] and not request.query_params:
            wanted = language_of(request.headers.get("accept-language", ""))
            if wanted is not language:
                return RedirectResponse(PATHS["start"][wanted.code], 302, headers)
        address = _address(request, page, language, form)
        visit = Visit(answers, address, answers.today())
        try:
            if (canonical := _with_a_day(address)) != address:
                return RedirectResponse(str(canonical), 302, headers)
            if any(len(value) > LONGEST_VALUE for values in address.parameters.values() for value in values):
                raise PageProblem("TOO_LONG", n=LONGEST_VALUE)
        except PageProblem as problem:
            lenient = Visit(answers, replace(address, parameters={}), visit.today)
            return _response(await site.problem(lenient, problem), headers)
        tag = _tag(answers, visit)
        if tag and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={**headers, "etag": tag, "cache-control": "no-cache"})
        if tag and form == "html" and (content := cached.get(tag.encode())) is not None:
            return _response(Written(200, MEDIA["html"], content), {**headers, "etag": tag, "cache-control": "no-cache"})
        try:
            written = await _written(site, visit)
        except Moved as moved:
            return RedirectResponse(moved.address, 302, headers)
        complete = bool(tag) and written.status == 200 and written.whole and _tag(answers, visit) == tag
        caching = {"etag": tag, "cache-control": "no-cache"} if complete else {}
        if complete and form == "html":
            cached.put(tag.encode(), written.content)
        return _response(written, {**headers, **caching})

    return show


async def _written(site: Site, visit: Visit) -> Written:
    try:
        return await site.written(visit)
    except Moved:
        raise
    except Exception:  # our own fault: nothing of it is for the reader
        log.exception("the page %s failed", visit.address.page)
        return await site.problem(visit, PageProblem("INTERNAL"))


def _response(written: Written, headers: dict[str, str]) -> Response:
    extra = {"content-disposition": f'attachment; filename="{written.name}"'} if written.name else {}
    return Response(written.content, written.status, {"cache-control": "no-store", **headers, **extra, "content-type": written.media})


def _address(request: Request, page: str, language: Language, form: str) -> Address:
    """Returns the address of a request with the parameters that its page knows, and without those that are empty."""
    known = parameters_of(page)
    parameters: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items()[:MOST_VALUES]:
        if name in known and value.strip():
            parameters.setdefault(name, []).append(value.strip())
    return Address(page, language, dict(request.path_params), parameters, form)


def _with_a_day(address: Address) -> Address:
    """Returns the address with its days as 2022-01-01. Raises PageProblem if one is no day."""
    days = {}
    for name in DAYS:
        if values := address.parameters.get(name):
            try:
                days[name] = read_day(values[0]).isoformat()
            except NoSuchDay:
                raise PageProblem("NO_SUCH_DAY", text=values[0][:60]) from None
    return address.with_(**days)


def _tag(answers: Answers, visit: Visit) -> str:
    """Returns the entity tag of a page; empty if no version of the data is known to be the current one."""
    load_id = answers.versions.load_id
    if load_id is None:
        return ""
    digest = blake2b(f"{visit.address}\0{visit.address.language.code}\0{answers.engine}".encode(), digest_size=16).digest()
    day: date | None = None if visit.one(DAY) else visit.today
    return etag(digest, day, load_id, visit.address.form).decode()
