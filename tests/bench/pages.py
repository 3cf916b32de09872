"""What a page costs beside the GraphQL questions behind it: `python -m tests.bench.pages [PATH…]`, of all pages if none is named.

Starts the embedded engine with the packaged claims, asks the saved questions once as a server does, and calls the application in this
process, without a socket and without kept answers. The questions are all those that the page asked, one after the other, as a client asks
them of /graphql. Each round is of another day; page and questions take turns in being first. Prints for each page, as soon as it is
known, the first visit, the medians in milliseconds, the CPU of this process without the store, the ratio with the least and the most, the
number of questions and the size. `--profile` adds the functions in which the time of the page goes.
"""

from __future__ import annotations

import asyncio
import cProfile
import gc
import os
import pstats
import time
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
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

TODAY = date(2026, 11, 27)
ROUNDS, FIRST_DAY, STEP = 10, date(2019, 1, 1), timedelta(days=239)
WARM_SECONDS = 60
PATHS = (
    "/", "/zoeken?query=IJmond", "/dekking", "/dekking?region=ijmond", "/kaart", "/kaart?region=zaanstreek-waterland", "/netwerk",
    "/tijdlijn", "/verschil", "/verschil?from=2016-01-01&to=2026-01-01", "/tegenspraken", "/bronnen", "/begrippen", "/toegankelijkheid",
    "/id/municipality/zaanstad", "/id/region/zaanstreek-waterland", "/id/provider/horizon", "/id/contract/dyslexie-2023",
)  # fmt: skip
HEAD = "page                                     first ms  page ms (CPU)   questions ms (CPU)  ratio (least–most)      n     kB   load"


@dataclass(frozen=True, slots=True)
class Recorder(Site):
    """Remembers the visits to the pages that it writes."""

    visits: list[Visit] = field(default_factory=list)

    async def written(self, visit: Visit) -> Written:
        self.visits.append(visit)
        return await Site.written(self, visit)


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds on the clock and of this process."""

    clock: float
    processor: float


@dataclass(frozen=True, slots=True)
class Round:
    """A page on one day and the questions that it asks."""

    page: Cost
    questions: Cost
    number: int  # of questions
    size: int  # of the page in bytes

    @property
    def ratio(self) -> float:
        return self.page.clock / self.questions.clock if self.number else float("nan")


@dataclass
class Reader:
    """Reads pages of the application, and asks again what they asked."""

    answers: Answers
    site: Recorder = field(default_factory=Recorder)

    def __post_init__(self) -> None:
        self._pages = AsyncClient(
            transport=ASGITransport(app=Starlette(routes=site.routes(self.answers, self.site, answer_cache(0)))), base_url="http://bench"
        )
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

    async def rounds(self, path: str, count: int) -> list[Round]:
        return [await self._round(f"{path}{'&' if '?' in path else '?'}asOf={_day(number)}", number) for number in range(count)]

    async def _round(self, address: str, number: int) -> Round:
        if number == 0:  # the first visit comes before all else
            size, page = await measured(lambda: self.page(address))
            asked = await self.asked(address)
            return Round(page, (await measured(lambda: self.ask(asked)))[1], len(asked), size)
        asked = await self.asked(address)
        if number % 2:
            size, page = await measured(lambda: self.page(address))
            _, questions = await measured(lambda: self.ask(asked))
        else:
            _, questions = await measured(lambda: self.ask(asked))
            size, page = await measured(lambda: self.page(address))
        return Round(page, questions, len(asked), size)


async def measured(run: Callable[[], Awaitable[int]]) -> tuple[int, Cost]:
    clock, processor = time.perf_counter(), time.process_time()
    found = await run()
    return found, Cost((time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000)


def _day(number: int) -> str:
    return (FIRST_DAY + number * STEP).isoformat()


def line(rounds: Sequence[Round]) -> str:
    """Returns what is said of a page. The first round, which may wait for plans, counts only if there is no other."""
    rest = rounds[1:] or rounds
    ratios = sorted(one.ratio for one in rest)
    ratio = f"{median(ratios):5.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})" if rest[0].number else f"{'–':>17}"
    page, questions = (
        f"{median(c.clock for c in costs):8.1f} ({median(c.processor for c in costs):6.1f})"
        for costs in ([one.page for one in rest], [one.questions for one in rest])
    )
    return (
        f"{rounds[0].page.clock:8.0f} {page} {questions}     {ratio} "
        f"{max(one.number for one in rest):6} {max(one.size for one in rounds) / 1000:6.1f}   {os.getloadavg()[0]:.1f}"
    )


async def run(paths: Sequence[str], count: int, folder: Path | None, *, profiled: bool) -> None:
    async with embedded(folder) as address, Store(address) as store:
        await load(store, records(dataset()), "2026-01-01T00:00:00+00:00")
        answers = Answers(store, lambda: TODAY, "embedded")
        await WarmUp(answers, address.warm_up, WARM_SECONDS, store.availability).run()
        gc.freeze()  # as a server does
        gc.set_threshold(10_000, 20, 50)
        reader = Reader(answers)
        print(HEAD)
        for path in paths:
            print(f"{path:40}", end="", flush=True)
            print(line(await reader.rounds(path, count)), flush=True)
            if profiled:
                with cProfile.Profile() as profile:
                    await reader.page(path)
                pstats.Stats(profile).sort_stats("tottime").print_stats(30)


def main() -> None:
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", default=PATHS, help="of the pages; without one all of them")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"for each page, each of another day; {ROUNDS} if it is left out")
    parser.add_argument("--folder", type=Path, help="of the embedded engine, which keeps its data from run to run; else a new one")
    parser.add_argument("--profile", action="store_true", help="show where the time of each page goes")
    options = parser.parse_args()
    asyncio.run(run(options.paths, options.rounds, options.folder, profiled=options.profile))


if __name__ == "__main__":
    main()
