"""Loads the packaged claims with another name for Zaanstad: `python -m tests.neo4j.changed URI VERSION INSTANT`.

The name ends in the version, so that an answer tells whether all of it is of one version.
"""

from __future__ import annotations

import asyncio
import dataclasses
import sys

from graph.build.records import Records, records
from graph.domain.claim import Text
from graph.engines.bolt import Store
from graph.engines.cypher import Address
from graph.load.load import load
from seeds.check import dataset

NAMED = "municipality/zaanstad"


def changed(version: str) -> Records:
    """The records of a version."""
    said = dataset()
    claims = {
        key: dataclasses.replace(c, value=Text(f"Zaanstad {version}")) if (c.subject, c.predicate) == (NAMED, "name") else c
        for key, c in said.claims.items()
    }
    return records(dataclasses.replace(said, claims=claims))


async def main(uri: str, version: str, loaded_at: str) -> None:
    """Loads one version."""
    async with Store(Address(uri)) as store:
        await load(store, changed(version), loaded_at)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
