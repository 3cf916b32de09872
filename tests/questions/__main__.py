"""Writes the Cypher and the answers into the pages, from the embedded engine: `python -m tests.questions [name …]`.

Read the difference before you commit it: a page that changes is an answer that changes.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path

from graph.engines.bolt import Store
from graph.engines.embedded import embedded
from graph.load import load
from graph.records import records
from seeds.check import dataset
from tests.questions.page import asked, pages, shown


async def main(names: list[str]) -> None:
    """Writes the named pages, or all."""
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder)) as address, Store(address) as store:
            await load(store, records(dataset()), "2026-01-01T00:00:00+00:00")
            for page in pages():
                if names and page.file.stem not in names:
                    continue
                answer, recording = await asked(page, store)
                page.file.write_text(page.with_results(shown(recording), answer), "utf-8")
                print(page.file.stem, json.dumps(answer, ensure_ascii=False, indent=1) if names else "written")


asyncio.run(main(sys.argv[1:]))
