"""What a page costs beside the GraphQL questions behind it: `python -m tests.bench.pages ADDRESS PATH…`.

ADDRESS is a server that keeps no answers (`REGIOGRAAF_KEPT_MIB=0 regiograaf serve`), on this machine. The questions are those that the page
offers under "Toon de vraag", asked one after the other as a client asks them. Page and questions take turns, each round for another day,
so that neither reads what the other has just read. Prints the medians in milliseconds, their ratio and the size of the page.
"""

from __future__ import annotations

import html
import json
import os
import re
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from statistics import median
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

ROUNDS, FIRST_DAY, STEP = 40, date(2019, 1, 1), timedelta(days=61)
QUESTION = re.compile(r'href="(/graphql\?documentId=[^"]+)"')


def main() -> None:
    address, *paths = sys.argv[1:]
    print(f"{'page':44} {'page ms':>8} {'questions ms':>13} {'ratio':>6} {'kB':>6}   load average {os.getloadavg()[0]:.1f}")
    for path in paths:
        pages, questions, size = measured(address, path)
        print(f"{path:44} {pages:8.1f} {questions:13.1f} {pages / questions:6.2f} {size / 1000:6.1f}")


def measured(address: str, path: str) -> tuple[float, float, int]:
    """Returns the medians of a page and of its questions in milliseconds, and the size of the page in bytes."""
    asked = [parse_qs(urlsplit(html.unescape(link)).query) for link in QUESTION.findall(got(address + path, "text/html").decode())]
    times: tuple[list[float], list[float]] = ([], [])
    size = 0
    for number in range(ROUNDS):
        day = (FIRST_DAY + number * STEP).isoformat()
        turns: list[tuple[int, Callable[[], int]]] = [(0, partial(page, address, path, day)), (1, partial(answers, address, asked, day))]
        for which, run in turns if number % 2 else turns[::-1]:
            began = time.perf_counter()
            read = run()
            times[which].append((time.perf_counter() - began) * 1000)
            size = max(size, read) if which == 0 else size
    return median(times[0]), median(times[1]), size


def page(address: str, path: str, day: str) -> int:
    return len(got(f"{address}{path}{'&' if '?' in path else '?'}asOf={day}", "text/html"))


def answers(address: str, asked: list[dict[str, list[str]]], day: str) -> int:
    read = 0
    for one in asked:
        variables = {**json.loads(one["variables"][0]), "asOf": day}
        sent = urlencode({"documentId": one["documentId"][0], "variables": json.dumps(variables)})
        read += len(got(f"{address}/graphql?{sent}", "application/json"))
    return read


def got(url: str, accept: str) -> bytes:
    with urlopen(Request(url, headers={"accept": accept}), timeout=60) as response:
        return bytes(response.read())


if __name__ == "__main__":
    main()
