"""The engines that the tests run on: the embedded one, and a real Neo4j if there is a way to one.

With REQUIRE_NEO4J=1 a run without a real Neo4j fails. The last line of a run names the engines that ran.
A test that needs a Neo4j gets the marker `neo4j` by itself. With `pytest -n 2 --dist loadfile` each process starts engines of its own.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from graph.build.records import Records, records
from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.engines.embedded import available, embedded
from graph.load.load import load
from graph.load.writes import CURRENT
from seeds.check import dataset
from tests.neo4j.server import KERNEL, NoNeo4j, neo4j
from tests.questions.counted import forget_plans

# Property tests, with `pytest --hypothesis-profile`: `quick` while one works, `whole` now and then; each has its part of `examples(…)` too.
for _name, _examples in (("quick", 5), ("usual", 25), ("whole", 100)):
    settings.register_profile(_name, max_examples=_examples, deadline=None)  # a busy machine is no fault
settings.load_profile("usual")

ENGINES = ("embedded", "neo4j")
REQUIRED = os.environ.get("REQUIRE_NEO4J") == "1"
LOADED_AT = "2026-01-01T00:00:00+00:00"
VERSIONS = pytest.StashKey[dict[str, str]]()  # of the engines that ran


# ── where the engines are ─────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    """The one event loop of the run: `runner.run(store.read(…))`."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def embedded_address(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """An embedded engine for the packaged claims."""
    with _embedded(runner, tmp_path_factory.mktemp("embedded")) as address:
        yield address


@pytest.fixture(scope="session")
def embedded_scratch_address(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """Another embedded engine, for records that a test makes up."""
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
    """A real Neo4j. The tests empty its one database at will, so a database at NEO4J_URI has to be empty. It is left empty."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(neo4j())
        except NoNeo4j as reason:
            (pytest.fail if REQUIRED else pytest.skip)(f"there is no real Neo4j: {reason}")
        address = Address(server.uri, server.user, server.password, os.environ.get("NEO4J_DATABASE"), "neo4j")
        if os.environ.get("NEO4J_URI"):
            nodes = runner.run(_count_nodes(address))
            if nodes:
                pytest.fail(f"NEO4J_URI leads to a database with {nodes} nodes; the tests empty it, so give them an empty one")
        yield address
        runner.run(_empty_at(address))


async def _count_nodes(address: Address) -> int:
    async with Store(address) as store:
        return int((await store.rows(Cypher("MATCH (n) RETURN count(n)")))[0][0])


async def _empty_at(address: Address) -> None:
    async with Store(address) as store:
        await empty(store)


# ── stores ────────────────────────────────────────────────────────────────────────────────────────


async def empty(store: Store) -> None:
    """Removes everything from a store; its constraints stay."""
    await store.write(lambda statement: statement("MATCH (n) DETACH DELETE n", {}))


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of each engine in turn: a test that takes it, or a store, runs once on every engine."""
    return str(request.param)


@pytest.fixture(scope="session")
def scratch(request: pytest.FixtureRequest, engine: str, runner: asyncio.Runner) -> Iterator[Store]:
    """A store that a test may load anything into. It still holds the records of the test before."""
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
def loaded_everywhere(
    request: pytest.FixtureRequest, embedded_address: Address, neo4j_address: Address, claims: Records, runner: asyncio.Runner
) -> Iterator[dict[str, Store]]:
    """The packaged claims in every engine at once, for answers that are compared byte for byte."""
    with ExitStack() as stack:
        stores = {}
        for address in (embedded_address, neo4j_address):
            stores[address.engine] = stack.enter_context(_open(request, runner, address))
            runner.run(_ensure(stores[address.engine], claims))
        yield stores


@pytest.fixture(scope="module")
def freshly_planned(_for_claims: Store, claims: Records, runner: asyncio.Runner) -> Store:
    """A store with the packaged claims, to be read only; Neo4j plans every query anew, with the statistics of this moment."""
    runner.run(_ensure(_for_claims, claims))
    if _for_claims.address.counts_db_hits:
        runner.run(forget_plans(_for_claims))
    return _for_claims


async def _ensure(store: Store, wanted: Records) -> None:
    """Loads the records if the store holds others. Neo4j Community has one database, which a test before may have filled."""
    current = (await store.rows(Cypher(CURRENT)))[0][0]
    if current != wanted.version:
        await empty(store)
        await load(store, wanted, LOADED_AT)


@contextmanager
def _open(request: pytest.FixtureRequest, runner: asyncio.Runner, address: Address) -> Iterator[Store]:
    store = Store(address, query_seconds=120)  # a busy machine takes long over the first plan of a question
    try:
        request.config.stash[VERSIONS][address.engine] = runner.run(_version(store))
        yield store
    finally:
        runner.run(store.__aexit__(None, None, None))


async def _version(store: Store) -> str:
    if store.address.engine == "embedded":
        return f"ArcadeDB {version('arcadedb')}"
    ((number,),) = await store.rows(Cypher(KERNEL))
    return f"Neo4j {number}"


# ── which tests need which engine ─────────────────────────────────────────────────────────────────

ON_NEO4J = {"neo4j_address", "loaded_everywhere"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks what needs a real Neo4j, by its fixtures or because it runs once on every engine, and what starts Node or a service.

    Leaves out what is long, unless -m names it. Files whose tests load records of their own come last.
    """
    if "long" not in config.option.markexpr:
        long = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
    filling = {item.path for item in items if isinstance(item, pytest.Function) and _fills(set(item.fixturenames))}
    items.sort(key=lambda item: item.path in filling)  # so that a Neo4j gets the packaged claims once
    for item in items:
        if isinstance(item, pytest.Function):
            engine = item.callspec.params.get("engine") if hasattr(item, "callspec") else None
            if engine == "neo4j" or (engine is None and ON_NEO4J & set(item.fixturenames)):
                item.add_marker("neo4j")
                item.add_marker("no_cover")  # the same lines run on the embedded engine, and noting them takes half as long again
            if {"node", "drill"} & set(item.fixturenames):
                item.add_marker("slow")


def _fills(fixtures: set[str]) -> bool:
    """Returns if a test loads records of its own into a store that others use."""
    return "scratch" in fixtures or ("neo4j_address" in fixtures and "loaded_everywhere" not in fixtures)


# ── what ran ──────────────────────────────────────────────────────────────────────────────────────


def pytest_configure(config: pytest.Config) -> None:
    config.stash[VERSIONS] = {}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """One of the processes of `pytest -n` has ended, and says which engines it ran."""
    node.config.stash[VERSIONS].update(getattr(node, "workeroutput", {}).get("engines", {}))


def _missing(config: pytest.Config) -> bool:
    return REQUIRED and not config.option.collectonly and "neo4j" not in config.stash[VERSIONS]


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["engines"] = session.config.stash[VERSIONS]
    elif _missing(session.config) and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    versions = config.stash[VERSIONS]
    terminalreporter.write_line("engines: " + (", ".join(version for _, version in sorted(versions.items())) or "none ran"))
    if _missing(config):
        terminalreporter.write_line("REQUIRE_NEO4J=1, and no test ran on a real Neo4j: the run has failed", red=True)
