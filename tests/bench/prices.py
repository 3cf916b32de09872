"""What a price stands for: `python -m tests.bench.prices` prints the microseconds of processor for a price of 1, field by field.

Each field is asked over and over of the embedded engine, with the packaged claims and nothing kept, until a tenth of the highest
price is reached. It is asked before that as well: what the engine does once for a new text does not count. Processor time counts,
of this process and of the engine together. The weights in `api.documents.cost` came of such a run.
"""

from __future__ import annotations

import asyncio
import os
import time
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from api.answer import Answers, Question, Request
from api.limits import MAX_COST
from graph.build.records import records
from graph.engines.bolt import Store
from graph.engines.embedded import embedded
from graph.load.load import load
from seeds.check import dataset
from tests.bench.contenders import children, cpu_seconds

TODAY, LOADED_AT = date(2026, 11, 21), "2026-01-01T00:00:00+00:00"
ROUNDS, MANY = 3, 400
FIELDS = [
    'search(query: "qqxz{n}", first: 10) {{ nodes {{ name }} suggestions }}',
    'path(from: "zaanstad", to: "contract/zawa-2022", maxLength: 10, asOf: "{day}") {{ length }}',
    'diff(from: "2009-01-01", to: "{day}", first: 1) {{ nodes {{ sentence }} }}',
    'whoCovers(function: "dyslexie", region: "JZ09", asOf: "{day}") {{ status }}',
    'coverage(municipality: "zaanstad", function: "dyslexie", asOf: "{day}") {{ status }}',
    "claims(first: 100) {{ nodes {{ id }} }}",
    'timeline(entity: "zaanstad", during: {{ startDate: "2009-01-01", endDate: "{day}" }}) {{ id }}',
    'municipalities(refs: $refs, asOf: "{day}") {{ totalCount }}',
    "resolve(identifiers: $identifiers) {{ problem }}",
]
VALUES = {"refs": ["zaanstad", "purmerend"] * 50, "identifiers": [f"zaan{n}" for n in range(250)] + ["GM0479", "Zaanstad"] * 125}
TYPES = {"$refs": "[Ref!]!", "$identifiers": "[String!]!"}


async def main() -> None:
    with TemporaryDirectory() as folder:
        async with embedded(Path(folder)) as address, Store(address, query_seconds=120) as store:
            await load(store, records(dataset()), LOADED_AT)
            answers = Answers(store, lambda: TODAY, "engine")
            print(f"{'field':16} {'price':>8} {'µs for 1':>9}   load average {os.getloadavg()[0]:.1f}")
            rates = []
            for field in FIELDS:
                request, price = await _prepared(answers, field)
                rates.append(median([await _processor_seconds(answers, request) for _ in range(ROUNDS)]) / price * 1e6)
                print(f"{field.partition('(')[0]:16} {price:8} {rates[-1]:9.1f}")
            print(f"the middle one {median(rates):.1f}, the dearest ÷ the middle one {max(rates) / median(rates):.1f}")


async def _prepared(answers: Answers, field: str) -> tuple[Request, int]:
    """Returns a question of one field, as often as a tenth of the highest price allows, and its price."""
    head = ", ".join(f"{name}: {type_}" for name, type_ in TYPES.items() if name in field)
    head = f"query({head}) {{" if head else "{"
    for many in range(1, MANY):
        roots = [field.format(n=n, day=date(2012 + n % 14, 1 + n % 12, 1 + n % 28)) for n in range(many)]
        request = answers.prepare(Question(f"{head} {' '.join(f'r{n}: {root}' for n, root in enumerate(roots))} }}", None, VALUES))
        if many == 1:
            await _processor_seconds(answers, request)
        if (price := request.operation.cost(request.raw)) > MAX_COST / 10:
            break
    return request, price


async def _processor_seconds(answers: Answers, request: Request) -> float:
    before = _taken()
    await answers.respond(request, TODAY)
    return _taken() - before


def _taken() -> float:
    """The seconds of processor that this process and its children have taken."""
    return time.process_time() + sum(map(cpu_seconds, children(os.getpid())))


if __name__ == "__main__":
    asyncio.run(main())
