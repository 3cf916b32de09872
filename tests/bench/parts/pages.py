"""What a page costs beside the GraphQL questions behind it. `python -m tests.bench.parts.pages [PATH…] --profile` shows where time goes.

Starts the embedded engine with the packaged claims, asks the saved questions once as a server does, and calls the application in this
process, without a socket and without kept answers. The questions are all those that the page asked, one after the other, as a client asks
them of /graphql. Each round is of another day; page and questions take turns in being first. The first round may wait for plans, so it
counts only if there is no other.
"""

from __future__ import annotations

import asyncio
import cProfile
import gc
import pstats
import time
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from httpx2 import ASGITransport, AsyncClient
from starlette.applications import Starlette

from api.answer import Answers
from api.http import site
from api.http.cache import answer_cache
from api.http.endpoint import Endpoint
from api.pages.site import Site, Written
from api.pages.visit import Visit
from api.serve.warm_up import WarmUp
from graph.build.records import records
from graph.engines.bolt import Store
from graph.engines.embedded import embedded
from graph.load.load import load
from seeds.check import dataset
from tests.bench.markdown import Result, markdown, ratio

TODAY = date(2026, 11, 27)
ROUNDS, FIRST_DAY, STEP = 10, date(2019, 1, 1), timedelta(days=239)
WARM_SECONDS = 60
PATHS = (
    "/", "/zoeken?query=IJmond", "/dekking", "/dekking?region=ijmond", "/kaart", "/kaart?region=zaanstreek-waterland", "/netwerk",
    "/tijdlijn", "/verschil", "/verschil?from=2016-01-01&to=2026-01-01", "/tegenspraken", "/bronnen", "/begrippen",
    "/toegankelijkheid", "/id/municipality/zaanstad.html", "/id/region/zaanstreek-waterland.html", "/id/provider/horizon.html",
    "/id/contract/dyslexie-2023.html",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recorder(Site):
    """Remembers the visits to the pages that it writes."""

    visits: list[Visit] = field(default_factory=list)

    async def written(self, visit: Visit) -> Written:
        self.visits.append(visit)
        return await Site.written(self, visit)


@dataclass
class Reader:
    """Reads pages of the application, and asks again what they asked."""

    answers: Answers
    site: Recorder = field(default_factory=Recorder)

    def __post_init__(self) -> None:
        routes = site.routes(self.answers, self.site, answer_cache(0))
        self._pages = AsyncClient(transport=ASGITransport(app=Starlette(routes=routes)), base_url="http://bench")
        self._questions = AsyncClient(transport=ASGITransport(app=Endpoint(self.answers)), base_url="http://bench")

    async def page(self, address: str) -> int:
        response = await self._pages.get(address, headers={"accept": "text/html"})
        if response.status_code != 200:
            raise SystemExit(f"{address}: {response.status_code}")
        return len(response.content)

    async def asked(self, address: str) -> list[str]:
        """Returns the addresses of all questions of a page."""
        self.site.visits.clear()
        await self.page(address)
        return [question.explorer for visit in self.site.visits for question in visit.asked]

    async def ask(self, questions: Sequence[str]) -> int:
        return sum([len((await self._questions.get(one, headers={"accept": "application/json"})).content) for one in questions])

    async def rounds(self, path: str, count: int) -> list[Result]:
        return [await self._round(path, number) for number in range(count)]

    async def _round(self, path: str, number: int) -> Result:
        address = f"{path}{'&' if '?' in path else '?'}asOf={_day(number)}"

        async def page() -> Result:
            return await _measured("page", lambda: self.page(address))

        async def questions() -> Result:
            return await _measured("questions", lambda: self.ask(asked))

        if number == 0:  # the first visit comes before all else
            costs = await page()
            asked = await self.asked(address)
            costs |= await questions()
        else:
            asked = await self.asked(address)
            costs = await page() | await questions() if number % 2 else await questions() | await page()
        return {"part": "pages", "round": number, "page": path, "questions": len(asked)} | costs


async def _measured(name: str, run: Callable[[], Awaitable[int]]) -> Result:
    """Milliseconds on the clock and of this process, and bytes."""
    clock, processor = time.perf_counter(), time.process_time()
    size = await run()
    spent = {"ms": time.perf_counter() - clock, "cpu": time.process_time() - processor}
    return {f"{name}_bytes": size} | {f"{name}_{of}": seconds * 1000 for of, seconds in spent.items()}


def _day(number: int) -> str:
    return (FIRST_DAY + number * STEP).isoformat()


def report(results: list[Result]) -> str:
    rows = []
    for page in dict.fromkeys(r["page"] for r in results):
        rounds = [r for r in results if r["page"] == page]
        rest, number = rounds[1:] or rounds, max(r["questions"] for r in rounds)
        medians = (median(r[v] for r in rest) for v in ("page_ms", "page_cpu", "questions_ms", "questions_cpu"))
        over = ratio([r | {"ms": r["page_ms"]} for r in rest], [r | {"ms": r["questions_ms"]} for r in rest], "ms") if number else "–"
        size = max(r["page_bytes"] for r in rounds) / 1000
        rows.append([f"`{page}`", over, str(number), f"{rounds[0]['page_ms']:.0f}", *(f"{value:.1f}" for value in medians), f"{size:.0f}"])
    head = ["", "page ÷ questions", "questions", "first visit, ms", "page, ms", "its CPU", "questions, ms", "their CPU", "kB"]
    return markdown("Pages beside the questions behind them, on the embedded engine with nothing kept", head, rows)


async def run(paths: Sequence[str], rounds: int, note: Callable[[Result], None], *, profiled: bool = False) -> None:
    """Each page in as many rounds."""
    async with embedded(None) as address, Store(address) as store:
        await load(store, records(dataset()), "2026-01-01T00:00:00+00:00")
        answers = Answers(store, lambda: TODAY, "embedded")
        await WarmUp(answers, address.warm_up, WARM_SECONDS, store.availability).run()
        gc.freeze()  # as a server does
        gc.set_threshold(10_000, 20, 50)
        reader = Reader(answers)
        for path in paths:
            for found in await reader.rounds(path, rounds):
                note(found)
            if profiled:
                with cProfile.Profile() as profile:
                    await reader.page(path)
                pstats.Stats(profile).sort_stats("tottime").print_stats(30)


def main() -> None:
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", default=PATHS, help="of the pages; without one all of them")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"for each page, each of another day; {ROUNDS} if it is left out")
    parser.add_argument("--profile", action="store_true", help="show where the time of each page goes")
    options = parser.parse_args()
    results: list[Result] = []
    asyncio.run(run(options.paths, options.rounds, results.append, profiled=options.profile))
    print(report(results))


if __name__ == "__main__":
    main()
