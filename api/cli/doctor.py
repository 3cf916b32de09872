"""`regiograaf doctor`: tries each thing that is needed, in order, and says what to do if it fails."""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import typer

from api.documents.own_questions import with_own
from api.documents.saved import shipped
from api.settings import Settings
from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.engines.embedded import available, embedded
from graph.engines.folder import check, problems_told
from graph.engines.reach import reach
from graph.errors import RegiograafError
from graph.load.load import content

PLANS = 5000  # of a Neo4j: those of all saved questions in every form, and a few thousand questions of visitors beside them
PLANS_SETTING = "server.memory.query_cache.per_db_cache_num_entries"


async def examine(settings: Settings, claims: Callable[[], Sequence[object]]) -> bool:
    """Tries everything, prints the results, and returns if all is well. `claims` returns the problems in the claims."""
    steps: list[tuple[str, Callable[[], Awaitable[str]]]] = [("Python", _python), ("claims", lambda: _claims(claims))]
    if folder := settings.operations_folder:
        steps.append(("saved questions", lambda: _saved(folder)))
    address = settings.neo4j
    if address:
        steps += [("Neo4j", lambda: _neo4j(address)), ("plan cache of Neo4j", lambda: _plans(address))]
    else:
        steps.append(("embedded engine", lambda: _embedded(settings)))
    all_well = True
    for name, step in steps:
        try:
            typer.echo(f"ok    {name}: {await step()}")
        except RegiograafError as error:
            all_well = False
            typer.echo(f"WRONG {name}: {error.message}\n      {error.remedy}")
    return all_well


async def _python() -> str:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}, {sys.executable}"


async def _claims(claims: Callable[[], Sequence[object]]) -> str:
    problems = claims()
    if problems:
        raise RegiograafError(f"{len(problems)} problems.", "Run `regiograaf check`.")
    return "no problems"


async def _saved(folder: Path) -> str:
    return f"{len(with_own(folder)) - len(shipped())} of your own in {folder}"


async def _embedded(settings: Settings) -> str:
    if not available():
        raise RegiograafError("There is no wheel of it for this platform.", "Set NEO4J_URI to a Neo4j 5.26 server.")
    with problems_told(settings.regiograaf_data_dir):
        check(settings.regiograaf_data_dir)
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder)) as address, Store(address) as store:
            await store.rows(Cypher("RETURN 1", name="trial"))
    return f"starts and answers; its folder is {settings.regiograaf_data_dir}"


async def _neo4j(address: Address) -> str:
    await reach(address, 0, typer.echo)
    async with Store(address) as store:
        found = await content(store)
    if found.version is None:
        raise RegiograafError(f"{address.uri} answers, but holds no graph of Regiograaf.", "Run `regiograaf load --commit`.")
    return f"{address.uri} answers, data version {found.version}"


async def _plans(address: Address) -> str:
    async with Store(address) as store:
        rows = await store.rows(Cypher(f"SHOW SETTINGS '{PLANS_SETTING}' YIELD value RETURN value", name="setting"))
    if not rows:
        return "this user may not see how many plans it keeps"
    if int(kept := rows[0][0]) >= PLANS:
        return f"{kept} plans"
    return f"{kept} plans, so that questions of visitors push out those of the saved questions; set {PLANS_SETTING}={PLANS} in neo4j.conf"
