"""Nothing that we send to read can write: the embedded engine lets a session for reading write, so no text of ours may try.

The driver is watched where texts leave for the store, whatever asks: pages, random questions, and the command line.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

import pytest
from neo4j import AsyncDriver, AsyncManagedTransaction, AsyncSession
from neo4j.exceptions import ClientError

from api.answer import Answers, Question
from api.cli.explain import explanation_of
from api.cli.short_question import answer_text
from graph.build.records import Records
from graph.engines.bolt import Store
from graph.engines.cypher import Address, Cypher
from graph.load.load import difference, load
from graph.load.versions import Versions
from tests.conftest import LOADED_AT
from tests.graph.selections import Names
from tests.graph.test_random_selections import documents, names
from tests.questions.page import asked, pages

__all__ = ["names"]
TODAY = date(2026, 11, 21)
QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|//[^\n]*|/\*.*?\*/", re.DOTALL)
UPDATING = re.compile(
    r"(?<![.$:\w])(CREATE|INSERT|MERGE|SET|DELETE|DETACH|NODETACH|REMOVE|FOREACH|LOAD\s+CSV|DROP|ALTER|GRANT|DENY|REVOKE|RENAME|"
    r"IN\s+(?:\d+\s+)?(?:CONCURRENT\s+)?TRANSACTIONS|CALL\s+[\w.]+)\b(?!\s*[:=])",
    re.IGNORECASE,
)
WRITES = (
    "CREATE (n)", "create (n)", "MERGE (n:A {key: 1})", "MATCH (n) SET n.a = 1", "MATCH (n)\nDETACH DELETE n", "MATCH (n) DELETE n",
    "MATCH (n) REMOVE n.a", "FOREACH (x IN [1] | CREATE (n))", "LOAD CSV FROM 'x' AS row RETURN row", "DROP INDEX a", "ALTER DATABASE a",
    "MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 10 ROWS", "CALL apoc.create.node([], {})", "INSERT (n)", "CREATE INDEX a",
)  # fmt: skip
READS = (
    "MATCH (n) RETURN n.set, n.delete", "MATCH (n:Set) RETURN n", "RETURN 'CREATE (n)'", 'RETURN "SET", $set', "RETURN `MERGE`",
    "MATCH (n) CALL (n) { RETURN 1 AS one } RETURN one", "RETURN offset, created // CREATE", "RETURN {set: 1}",
)  # fmt: skip


def updating(text: str) -> list[str]:
    """The clauses of a text that change what a store holds; a procedure counts, since it may."""
    return UPDATING.findall(QUOTED.sub("''", text))


def test_the_watch_knows_what_writes_and_what_does_not() -> None:
    assert [text for text in WRITES if not updating(text)] == []
    assert [text for text in READS if updating(text)] == []


@pytest.fixture
def filled(embedded_address: Address, claims: Records, runner: asyncio.Runner) -> Address:
    """An embedded engine with the packaged claims. Other engines get the same texts."""

    async def fill() -> None:
        async with Store(embedded_address) as store:
            await load(store, claims, LOADED_AT, alone=True)

    runner.run(fill())
    return embedded_address


@pytest.fixture
def sent(filled: Address, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collects every text that the driver sends. Refuses one that writes, and a session that is not for reading."""
    texts: list[str] = []

    def watched(original: Callable[..., Coroutine[Any, Any, Any]]) -> Callable[..., Coroutine[Any, Any, Any]]:
        async def run(self: Any, query: Any, *arguments: Any, **keywords: Any) -> Any:
            text = getattr(query, "text", query)
            assert updating(text) == [], text
            texts.append(text)
            return await original(self, query, *arguments, **keywords)

        return run

    session = AsyncDriver.session

    def for_reading(self: AsyncDriver, **config: Any) -> AsyncSession:
        assert config["default_access_mode"] == "READ"
        return session(self, **config)

    monkeypatch.setattr(AsyncSession, "run", watched(AsyncSession.run))
    monkeypatch.setattr(AsyncManagedTransaction, "run", watched(AsyncManagedTransaction.run))
    monkeypatch.setattr(AsyncDriver, "session", for_reading)
    return texts


@pytest.mark.slow
def test_whatever_is_asked_nothing_is_written(
    filled: Address, runner: asyncio.Runner, claims: Records, names: Names, sent: list[str]
) -> None:
    async def everything() -> None:
        async with Store(filled, query_seconds=120) as store:
            for page in pages():
                await asked(page, store)
            answers = Answers(store, lambda: TODAY, "engine")
            for text, variables in [*documents(names, 5, 60, 3, 4), *documents(names, 6, 60, 2, 8)]:
                await answers(Question(text, None, variables))
            await answer_text(store, answers, "dyslexie Aalsmeer 1-6-2023", "NL")
            await explanation_of(store, Question("{ meta { dataVersion } }", None, {}), TODAY)
            await difference(store, claims)
            await Versions(store).refresh()

    runner.run(everything())
    assert len(set(sent)) > 150


def test_neo4j_itself_refuses_to_write_where_we_read(neo4j_address: Address, runner: asyncio.Runner) -> None:
    write = Cypher("CREATE (n:Written) RETURN n.key", name="a write")

    async def attempts() -> int:
        async with Store(neo4j_address) as store:
            for attempt in (store.read(write), store.rows(write), store.profile(write)):
                with pytest.raises(ClientError, match=r"(?i)read access mode|not allowed"):
                    await attempt
            return int((await store.rows(Cypher("MATCH (n:Written) RETURN count(n)")))[0][0])

    assert runner.run(attempts()) == 0
