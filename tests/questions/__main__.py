"""Writes the Cypher, the answers and the db hits of the pages anew: `python -m tests.questions [name …]`.

Cypher and answers come from the embedded engine, db hits from a real Neo4j where one can be had. Read the difference before you
commit it: a page that changes is an answer that changes.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path

from graph.build.records import records
from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.engines.embedded import embedded
from graph.load.load import load
from seeds.check import dataset
from tests.neo4j.server import KERNEL, Neo4j, NoNeo4j, neo4j
from tests.questions.counted import FILE, PATIENT, counted, different_texts, forget_plans, recorded, written
from tests.questions.page import Page, asked, pages, shown

LOADED_AT = "2026-01-01T00:00:00+00:00"


async def main(names: list[str]) -> None:
    """Writes the named pages, or all."""
    chosen = [page for page in pages() if not names or page.file.stem in names]
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder)) as address, Store(address) as store:
            await load(store, records(dataset()), LOADED_AT)
            for page in chosen:
                answer, recording = await asked(page, store)
                page.file.write_text(page.with_results(shown(recording), answer), "utf-8")
                print(page.file.stem, json.dumps(answer, ensure_ascii=False, indent=1) if names else "written")
    try:
        with neo4j() as running:
            await count(running, pages() if not FILE.exists() else chosen)
    except NoNeo4j as reason:
        print(f"{FILE.name} stays as it is, there is no real Neo4j: {reason}")


async def count(running: Neo4j, chosen: list[Page]) -> None:
    """Writes db-hits.toml; the lines of other pages stay, those of pages that are gone go."""
    address = Address(running.uri, running.user, running.password, os.environ.get("NEO4J_DATABASE"), "neo4j")
    async with Store(address, query_seconds=PATIENT) as store:
        if (await store.rows(Cypher("MATCH (n) RETURN count(n)")))[0][0]:
            raise SystemExit(f"{FILE.name} stays as it is: NEO4J_URI leads to a database that holds something; give an empty one")
        await load(store, records(dataset()), LOADED_AT)
        await forget_plans(store)
        ((version,),) = await store.rows(Cypher(KERNEL))
        hits = dict(recorded()[1]) if FILE.exists() else {}
        hits |= {page.file.stem: [c.db_hits for c in await counted(page, store)] for page in chosen}
        await store.write(lambda statement: statement("MATCH (n) DETACH DELETE n", {}))
    there = pages()
    FILE.write_text(written(version, different_texts(there), {p.file.stem: hits[p.file.stem] for p in there}), "utf-8")
    print(f"{FILE.name} written")


asyncio.run(main(sys.argv[1:]))
