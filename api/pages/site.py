"""All pages in one table, and how one is made: from a visit to bytes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from api.documents.lru import LruCache
from api.pages import accessibility, contradictions, coverage, difference, glossary, network, search, sources, start, timeline
from api.pages import map as map_page
from api.pages.address import DAY, VERSION
from api.pages.around.foot import Foot, foot_of
from api.pages.around.take import Offered
from api.pages.render import html
from api.pages.standards import standards
from api.pages.things import thing
from api.pages.visit import PageProblem, View, Visit
from api.table import csv_of, xlsx_of

MOST_ROWS = 5000  # of a table in a file
TRIES, PAUSE_SECONDS = 3, 0.2  # to read all that a page shows from one version of the data
MEDIA = {
    "html": "text/html; charset=utf-8", "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
# The status of a page by the code of its problem; any other problem is 400.
STATUSES = {
    "NOT_FOUND": 404, "AMBIGUOUS": 300, "NO_PAGE": 404, "METHOD_NOT_ALLOWED": 405, "OTHER_DATA_VERSION": 409, "INTERNAL": 500, "BUSY": 503,
    "ENGINE_UNAVAILABLE": 503, "DATA_CHANGING": 503, "REQUEST_TIMEOUT": 503, "QUERY_TIMEOUT": 503, "TOO_OFTEN": 429, "NOT_LOADED": 503,
    "NOT_KEPT": 410, "NO_EXPORT": 404, "EXPORT_IN_THE_MAKING": 503,
}  # fmt: skip
OF_A_DAY = ("NO_SUCH_DAY", "NOT_ON_THAT_DAY", "NOT_FOUND", "AMBIGUOUS")  # problems that another day may solve


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the function that asks and arranges what it shows, and the parameters that its address may have beside the day."""

    view: Callable[[Visit], Awaitable[View]]
    parameters: tuple[str, ...] = ()


MAP = ("region", "function", "organization")
PAGES: Mapping[str, Page] = {
    "start": Page(start.view),
    "search": Page(search.view, search.PARAMETERS),
    "coverage": Page(coverage.view, coverage.PARAMETERS),
    "embed-coverage": Page(coverage.view, coverage.PARAMETERS),
    "map": Page(map_page.view, MAP),
    "embed-map": Page(map_page.embed, MAP),
    "network": Page(network.view, ("ref",)),
    "timeline": Page(timeline.view, ("entity", "region")),
    "difference": Page(difference.view, difference.PARAMETERS),
    "contradictions": Page(contradictions.view, ("status", "kind", "about", "after")),
    "sources": Page(sources.view, ("source", "claim", "predicate", "about", "text", "after")),
    "glossary": Page(glossary.view),
    "standards": Page(standards.view),
    "accessibility": Page(accessibility.view),
    "thing": Page(thing.view, thing.PARAMETERS),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A page as it is sent."""

    status: int
    media: str
    content: bytes
    name: str = ""  # of the file, if it is to be saved as one
    whole: bool = True  # without a part that could not be asked for


@dataclass(frozen=True, slots=True)
class Site:
    """Makes pages, which name the files that are offered. What stands below all of them is asked once for a version and a day."""

    feet: LruCache[tuple[str, ...], Foot] = field(default_factory=lambda: LruCache(64))
    offered: Offered = field(default_factory=Offered)

    async def written(self, visit: Visit) -> Written:
        """Returns a page, or the page that says why it cannot be shown."""
        try:
            view = await self._from_one_version(visit)
        except PageProblem as problem:
            return await self.problem(visit, problem)
        if visit.address.form == "html":
            foot = await self._foot(visit)
            return Written(
                view.status, MEDIA["html"], html(visit, view, foot, visit.address.page, self.offered).encode(), whole=foot is not None
            )
        if not view.tables:
            return await self.problem(visit, PageProblem("NO_PAGE"))
        name, table = view.tables[0]
        content = csv_of(table)[0] if visit.address.form == "csv" else xlsx_of(table)
        return Written(view.status, MEDIA[visit.address.form], content, f"{name}-{visit.day.isoformat()}.{visit.address.form}")

    async def problem(self, visit: Visit, problem: PageProblem) -> Written:
        """Returns the page that says what is wrong and what the reader can do."""
        foot = await self._foot(visit) if STATUSES.get(problem.code, 400) < 500 else None
        return self._told(visit, problem, foot)

    def without_data(self, visit: Visit, problem: PageProblem) -> Written:
        """Returns that page without asking the store for what stands below every page."""
        return self._told(visit, problem, None)

    def _told(self, visit: Visit, problem: PageProblem, foot: Foot | None) -> Written:
        words, status = visit.words, STATUSES.get(problem.code, 400)
        code = problem.code if words.has(f"problem.{problem.code}.title") else "OTHER"
        usual = {"code": problem.code, "kind": code, "text": "", "n": 0, "nearest": [], "message": ""}
        values: dict[str, Any] = {**usual, **problem.values}
        view = View(words(f"problem.{code}.title"), values, has_day=problem.code in OF_A_DAY, status=status)
        return Written(status, MEDIA["html"], html(visit, view, foot, "problem", self.offered).encode())

    async def _from_one_version(self, visit: Visit) -> View:
        """Asks until all answers come from one version of the data, which is the one that the address names, if it names one."""
        for _ in range(TRIES):
            visit.asked.clear()
            visit.versions.clear()
            visit.problems.clear()
            view = await (_shown(visit) if visit.address.form == "html" else _whole(visit))
            if len(visit.versions) <= 1:
                asked = visit.one(VERSION)
                if asked and visit.versions and asked not in visit.versions:
                    raise PageProblem("OTHER_DATA_VERSION", text=asked)
                return view
            await asyncio.sleep(PAUSE_SECONDS)
        raise PageProblem("DATA_CHANGING")

    async def _foot(self, visit: Visit) -> Foot | None:
        """Returns what stands below the page, or None if the store cannot be asked for it."""
        version = next(iter(visit.versions), "")
        key = (version, visit.day.isoformat())
        found = self.feet.get(key) if version else None
        if found is None:
            try:
                found = await foot_of(visit)
            except PageProblem:
                return None
            self.feet.put((found.version, visit.day.isoformat()), found)
        return found


async def _shown(visit: Visit) -> View:
    return await PAGES[visit.address.page].view(visit)


async def _whole(visit: Visit) -> View:
    """Returns the view for a file: its main table goes from the first page of a list to the last, as far as a file has room."""
    cursors = [name for name in visit.address.parameters if name.lower().endswith("after")]
    view = await _shown(replace(visit, address=visit.address.with_(**dict.fromkeys(cursors))))
    if not view.tables:
        return view
    (name, table), more, complete = view.tables[0], view.more, view.complete
    rows = list(table.rows)
    while more and len(rows) < MOST_ROWS:
        following = await _shown(replace(visit, address=more))
        rows += following.tables[0][1].rows if following.tables else ()
        more = following.more
    if more or not complete or len(rows) > MOST_ROWS:
        rows = rows[:MOST_ROWS]
        told = visit.words("layout.cut", n=visit.words.number(len(rows)))
        rows.append((told, *[""] * (len(table.header) - 1)))
    return replace(view, tables=[(name, replace(table, rows=tuple(rows)))])


def parameters_of(page: str) -> tuple[str, ...]:
    """Returns the parameters that the address of a page may have; others are ignored."""
    return (DAY, VERSION, *PAGES[page].parameters)
