"""Links a column of 10,000 cells: `python -m tests.bench.linking` prints the seconds of the clock and of this process.

The embedded engine has the packaged claims; half of the cells are codes and names that it knows, half are nearly that.
"""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from api.answer import Answers
from api.cli.linked_table import hints_of, link_table
from api.table import Table, write_table
from graph.build.records import Records, records
from graph.engines.bolt import Store
from graph.engines.embedded import embedded
from graph.load.load import load
from seeds.check import dataset
from tests.bench.prices import LOADED_AT, TODAY

ROWS = 10_000


def many_cells(claims: Records, count: int) -> list[str]:
    """Returns cells of a column: every other one is a text by which something is known, the others have a number behind it."""
    known = [text for bundle in claims.bundles() for _, _, text, _ in bundle.references]
    return [text if number % 2 else f"{text} {number}" for number, text in enumerate(Random(5).choices(known, k=count))]


async def main() -> None:
    claims = records(dataset())
    with TemporaryDirectory() as name:
        folder = Path(name)
        async with embedded(folder / "data") as address, Store(address, query_seconds=120) as store:
            await load(store, claims, LOADED_AT)
            source, out = folder / "in.xlsx", folder / "out.xlsx"
            write_table(source, Table(("Wie",), tuple((cell,) for cell in many_cells(claims, ROWS))))
            clock, own = time.perf_counter(), time.process_time()
            answers = Answers(store, lambda: TODAY, "engine")
            await link_table(answers, (source, None, out), "Wie", hints_of(None, None, None), lambda done, total: None)
            clock, own = time.perf_counter() - clock, time.process_time() - own
            print(f"{ROWS} rows: {clock:.1f} s, of which {own:.1f} s in this process   load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    asyncio.run(main())
