"""The embedded engine as it is served, with the packaged claims: the saved questions on random days, nothing kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

import orjson

from api.documents.prepare import variables_of
from api.documents.saved import shipped
from tests.bench import measure
from tests.bench.against import Checkout
from tests.bench.contenders import OURS, STATIC, WARM, Contender, rss_mib, running, warmed
from tests.bench.markdown import Result, Rounds, markdown, spread

DAYS, FIRST_DAY, LAST_DAY = 12, date(2015, 1, 1), date(2027, 12, 31)
CONNECTIONS = (1, 16)
ALL, ALONE = "saved questions", "alone"
LONGER = 5  # times the seconds of a round, in which a good part of the list is asked
SLOWEST, BYTES = 10, 5000  # questions in the table; bytes of an answer of the static server, which tells the noise
Requests = Mapping[str, Sequence[bytes]]


def requests(seed: str = "regiograaf") -> Requests:
    """Each saved question on as many random days; one that takes no day is the same request so many times."""
    choice, length, found = Random(seed), (LAST_DAY - FIRST_DAY).days, {}
    for saved in shipped().values():
        days = [FIRST_DAY + timedelta(days=choice.randint(0, length)) for _ in range(DAYS)]
        example, dated = orjson.loads(saved.variables), "asOf" in variables_of(saved.document)
        found[saved.name] = [
            orjson.dumps({"query": saved.document, "operationName": saved.name, "variables": example | ({"asOf": day} if dated else {})})
            for day in days
        ]
    return found


def measured(checkouts: Iterable[Checkout], rounds: int, seconds: int, note: Callable[[Result], None]) -> None:
    """All questions in one list, by one client and by several, in turn with fixed bytes; then each question by itself."""
    with ExitStack() as stack:
        logs = Path(stack.enter_context(TemporaryDirectory()))
        servers = {}
        for each in checkouts:
            settings = {**WARM, "REGIOGRAAF_DATA_DIR": str(logs / f"{each.name}.data")}
            servers[each.name] = stack.enter_context(running(each.name, "", logs, each.folder, settings))
        for server in servers.values():
            warmed(server)
        fixed = stack.enter_context(running(STATIC, "", logs))
        asked = _answered(requests(), servers.values())
        everything = logs / "everything"
        everything.write_bytes(b"\n".join(_shuffled(asked)) + b"\n")
        for number in range(rounds):
            for n in CONNECTIONS:
                head = {"part": "embedded", "round": number, "question": ALL, "connections": n}
                for name, server in servers.items():
                    found = measure.loaded(server, server.path, everything, n, seconds * LONGER, server.engine)
                    note(head | {"contender": name} | found | {"engine_mib": round(rss_mib(server.engine))})
                note(head | {"contender": STATIC} | measure.loaded(fixed, f"/{BYTES}", everything, n, seconds, 0))
            for question, bodies in asked.items():
                for name, server in servers.items():
                    head = {"part": "embedded", "round": number, "question": question, "connections": ALONE, "contender": name}
                    note(head | measure.in_turn(server, server.path, bodies))


def _answered(asked: Requests, servers: Iterable[Contender]) -> Requests:
    """The questions that every server answers without an error; another commit may not know all of them."""
    refused = {name for server in servers for name, bodies in asked.items() if measure.in_turn(server, server.path, bodies)["refused"]}
    print(f"{len(asked) - len(refused)} saved questions; not every server answers {sorted(refused)}", flush=True)
    return {name: bodies for name, bodies in asked.items() if name not in refused}


def _shuffled(asked: Requests) -> list[bytes]:
    bodies = [body for each in asked.values() for body in each]
    Random("regiograaf").shuffle(bodies)
    return bodies


VALUES = {"rate": "requests/s", "p50": "p50, ms", "p99": "p99, ms", "server_cpu": "server CPU, ms", "store_cpu": "engine CPU, ms"}


def report(results: list[Result]) -> str:
    rounds = Rounds(r for r in results if r["question"] == ALL)
    ours = [name for name in rounds.contenders if name != STATIC]
    rows = []
    for n in rounds.connections:
        for name in ours:
            found = rounds.of(ALL, n, name)
            memory = (str(max(r[value] for r in found)) for value in ("rss_mib", "engine_mib"))
            rows.append([f"{name}, {n} at a time", *(spread([r[value] for r in found]) for value in VALUES), *memory])
    head = ["", *VALUES.values(), "MiB of the server", "MiB of the engine"]
    tables = [markdown("The embedded engine: the saved questions on random days, nothing kept", head, rows)]
    for other in (name for name in ours if name != OURS):
        over = [[f"{n} at a time", *(rounds.ratio(ALL, n, OURS, other, value) for value in VALUES)] for n in rounds.connections]
        tables.append(markdown(f"The embedded engine: ours ÷ {other}", ["", *VALUES], over))
    return "\n\n".join([*tables, _slowest([r for r in results if r["connections"] == ALONE])])


def _slowest(results: list[Result]) -> str:
    """The slowest questions when nothing else is asked."""
    by: dict[str, dict[str, list[Result]]] = defaultdict(lambda: defaultdict(list))
    for r in results:
        by[r["contender"]][r["question"]].append(r)
    middle = {question: median(r["p50"] for r in found) for question, found in by[OURS].items()}
    names, rows = sorted(by), []
    for question in sorted(middle, key=lambda q: -middle[q])[:SLOWEST]:
        rows.append([question, *(spread([r[v] for r in by[name][question]]) for name in names for v in ("p50", "p99"))])
    head = ["", *(f"{name}: {value}, ms" for name in names for value in ("p50", "p99"))]
    return markdown(f"The {len(rows)} slowest of {len(middle)} saved questions, each alone on {DAYS} days", head, rows)
