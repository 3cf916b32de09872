"""The engines that the tests run on: the embedded one, and a real Neo4j wherever one can be had.

With REQUIRE_NEO4J=1 a run without a real Neo4j fails. What ran is said at the end.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path

import pytest

from graph.build.records import Records, records
from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.engines.embedded import available, embedded
from graph.load.load import load
from graph.load.writes import CURRENT
from seeds.check import dataset
from tests.neo4j.server import NoNeo4j, neo4j
from tests.questions.counted import settled

ENGINES = ("embedded", "neo4j")
REQUIRED = os.environ.get("REQUIRE_NEO4J") == "1"
LOADED_AT = "2026-01-01T00:00:00+00:00"
RAN = pytest.StashKey[dict[str, str]]()


# ── where the engines are ─────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    """The one event loop of the run: `runner.run(store.read(…))`."""
    with asyncio.Runner() as one:
        yield one


@pytest.fixture(scope="session")
def embedded_address(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """An embedded engine for the packaged claims."""
    with _embedded(runner, tmp_path_factory.mktemp("embedded")) as address:
        yield address


@pytest.fixture(scope="session")
def embedded_scratch_address(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """Another embedded engine, for whatever a test makes up."""
    with _embedded(runner, tmp_path_factory.mktemp("embedded-scratch")) as address:
        yield address


@contextmanager
def _embedded(runner: asyncio.Runner, folder: Path) -> Iterator[Address]:
    if not available():
        pytest.skip("the embedded engine has no wheel for this platform")
    running = embedded(folder)
    address = runner.run(running.__aenter__())
    try:
        yield address
    finally:
        runner.run(running.__aexit__(None, None, None))


@pytest.fixture(scope="session")
def neo4j_address(runner: asyncio.Runner) -> Iterator[Address]:
    """A real Neo4j. Its one database is emptied at will, so one that is given has to be empty, and is left so."""
    with ExitStack() as stack:
        try:
            found = stack.enter_context(neo4j())
        except NoNeo4j as reason:
            (pytest.fail if REQUIRED else pytest.skip)(f"there is no real Neo4j: {reason}")
        address = Address(found.uri, found.user, found.password, os.environ.get("NEO4J_DATABASE"), "neo4j")
        if os.environ.get("NEO4J_URI"):
            held = runner.run(_held(address))
            if held:
                pytest.fail(f"NEO4J_URI leads to a database with {held} nodes; the tests empty it, so give them an empty one")
        yield address
        runner.run(_left_empty(address))


async def _held(address: Address) -> int:
    async with Store(address) as store:
        return int((await store.rows(Cypher("MATCH (n) RETURN count(n)")))[0][0])


async def _left_empty(address: Address) -> None:
    async with Store(address) as store:
        await empty(store)


# ── stores ────────────────────────────────────────────────────────────────────────────────────────


async def empty(store: Store) -> None:
    """Removes everything from a store; its constraints stay."""
    await store.write(lambda statement: statement("MATCH (n) DETACH DELETE n", {}))


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn: whoever asks for it, or for a store, runs once on every one."""
    return str(request.param)


@pytest.fixture(scope="session")
def scratch(request: pytest.FixtureRequest, engine: str, runner: asyncio.Runner) -> Iterator[Store]:
    """A store that a test may load anything into; it holds whatever the test before left."""
    name = "neo4j_address" if engine == "neo4j" else "embedded_scratch_address"
    with _open(request, runner, request.getfixturevalue(name)) as store:
        yield store


@pytest.fixture
def empty_store(scratch: Store, runner: asyncio.Runner) -> Iterator[Store]:
    """A store that holds nothing."""
    runner.run(empty(scratch))
    yield scratch
    runner.run(empty(scratch))


@pytest.fixture(scope="session")
def claims() -> Records:
    """The packaged claims as records."""
    return records(dataset())


@pytest.fixture(scope="session")
def _for_claims(request: pytest.FixtureRequest, engine: str, runner: asyncio.Runner) -> Iterator[Store]:
    name = "neo4j_address" if engine == "neo4j" else "embedded_address"
    with _open(request, runner, request.getfixturevalue(name)) as store:
        yield store


@pytest.fixture
def loaded(_for_claims: Store, claims: Records, runner: asyncio.Runner) -> Store:
    """A store with the packaged claims, to be read only."""
    runner.run(_ensure(_for_claims, claims))
    return _for_claims


@pytest.fixture
def loaded_everywhere(request: pytest.FixtureRequest, claims: Records, runner: asyncio.Runner) -> Iterator[dict[str, Store]]:
    """The packaged claims in every engine at once, for answers that are compared byte for byte."""
    with ExitStack() as stack:
        stores = {}
        for name in ENGINES:
            address = request.getfixturevalue(f"{name}_address")
            stores[name] = stack.enter_context(_open(request, runner, address))
            runner.run(_ensure(stores[name], claims))
        yield stores


@pytest.fixture(scope="module")
def settled_neo4j(request: pytest.FixtureRequest, claims: Records, runner: asyncio.Runner) -> Iterator[Store]:
    """The packaged claims in a real Neo4j that plans every query anew, with the statistics of just now."""
    with _open(request, runner, request.getfixturevalue("neo4j_address")) as store:
        runner.run(_ensure(store, claims))
        runner.run(settled(store))
        yield store


async def _ensure(store: Store, wanted: Records) -> None:
    """Neo4j Community has one database, which a test before may have filled with something else."""
    current = (await store.rows(Cypher(CURRENT)))[0][0]
    if current != wanted.version:
        await empty(store)
        await load(store, wanted, LOADED_AT)


@contextmanager
def _open(request: pytest.FixtureRequest, runner: asyncio.Runner, address: Address) -> Iterator[Store]:
    store = Store(address, query_seconds=120)  # a busy machine takes long over the first plan of a question
    try:
        request.config.stash.setdefault(RAN, {})[address.engine] = runner.run(_version(store))
        yield store
    finally:
        runner.run(store.__aexit__(None, None, None))


async def _version(store: Store) -> str:
    if store.address.engine == "embedded":
        return f"ArcadeDB {version('arcadedb')}"
    name, number = (await store.rows(Cypher("CALL dbms.components() YIELD name, versions RETURN name, versions[0]")))[0]
    return f"{name} {number}"


# ── which tests need which engine ─────────────────────────────────────────────────────────────────

ON_NEO4J = {"neo4j_address", "loaded_everywhere", "settled_neo4j"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs a real Neo4j: by its fixtures, or because it runs once on every engine and this is the run on Neo4j."""
    for item in items:
        if isinstance(item, pytest.Function):
            engine = item.callspec.params.get("engine") if hasattr(item, "callspec") else None
            if engine == "neo4j" or (engine is None and ON_NEO4J & set(item.fixturenames)):
                item.add_marker("neo4j")


# ── what ran ──────────────────────────────────────────────────────────────────────────────────────


def _missing(config: pytest.Config) -> bool:
    return REQUIRED and not config.option.collectonly and "neo4j" not in config.stash.get(RAN, {})


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if _missing(session.config) and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    ran = config.stash.get(RAN, {})
    terminalreporter.write_line("engines: " + (", ".join(what for _, what in sorted(ran.items())) or "none ran"))
    if _missing(config):
        terminalreporter.write_line("REQUIRE_NEO4J=1, and no test ran on a real Neo4j: the run has failed", red=True)
