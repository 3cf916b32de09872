"""Counts the db hits of the pages, which a busy machine does not change, and reads and writes the file with them: db-hits.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from api.answer import Answers
from api.documents.prepare import Refused, prepare
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from tests.questions.page import FOLDER, TODAY, Page

FILE = FOLDER / "db-hits.toml"
SHARE, SPARE = 1.10, 20  # of a recorded number, and beside it: what another order of equal rows may take more
PATIENT = 300.0  # seconds for one Cypher: a count does not become wrong by taking long
HEAD = """# Db hits of the pages on Neo4j {version}, for each root field that reaches the store, in the order of the page: PROFILE,
# with statistics of just now. A page may take a tenth and 20 more; then tests/questions/test_pages.py fails.
# `python -m tests.questions [NAME]` writes it anew: read the difference. A number that grows needs a reason in the commit.

# Different Cypher texts over all pages: fewer is better for the plan cache of the store.
texts = {texts}

[db-hits]
"""


@dataclass(frozen=True, slots=True)
class Count:
    """The records and db hits of one Cypher."""

    text: str
    records: int
    db_hits: int


@dataclass(slots=True)
class Profiling:
    """A store that runs every query with PROFILE and keeps its counts."""

    store: Store
    counts: list[Count | None] = field(default_factory=list)

    async def read(self, cypher: Cypher) -> list[Any] | None:
        place = len(self.counts)
        self.counts.append(None)  # root fields are asked at once: whichever is answered first, it keeps its place
        look = await self.store.profile(cypher, operators=True)
        assert look.operators, "only Neo4j counts db hits"
        self.counts[place] = Count(cypher.text, len(look.records), look.operators.all_db_hits)
        return list(look.records[0]) if look.records else None

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        return await self.store.rows(cypher)

    @property
    def finished(self) -> list[Count]:
        """The counts of the queries that succeeded, in the order of the page."""
        return [count for count in self.counts if count]


async def forget_plans(store: Store) -> None:
    """Makes Neo4j plan every query anew. Plans made during a load take an index for empty."""
    await store.rows(Cypher("CALL db.prepareForReplanning()", name="statistics"))
    await store.rows(Cypher("CALL db.clearQueryCaches()", name="no plans"))


async def counted(page: Page, store: Store) -> list[Count]:
    """Returns the counts of the root fields of a page, in their order."""
    profiling = Profiling(store)
    await Answers(profiling, lambda: TODAY, "engine")(page.question)
    return profiling.finished


def texts(document: str, variables: Mapping[str, Any] | None) -> list[str]:
    """Returns the Cypher of each root field, and nothing if the question is refused."""
    try:
        return [root.plan.text for root in prepare(document, None, variables or {})[0].roots.values()]
    except Refused:
        return []


def different_texts(chosen: list[Page]) -> int:
    """Returns the number of different Cypher texts that pages need."""
    return len({text for page in chosen for text in texts(page.question.query, page.question.variables)})


def recorded() -> tuple[int, dict[str, list[int]]]:
    """Returns the recorded number of texts, and the db hits by page."""
    file = tomllib.loads(FILE.read_text("utf-8"))
    return file["texts"], file["db-hits"]


def bound(hits: int) -> float:
    """Returns the most db hits that a Cypher with this recorded number may take."""
    return hits * SHARE + SPARE


def written(version: str, different: int, hits: Mapping[str, list[int]]) -> str:
    """Returns the text of the file, one line for each page."""
    return HEAD.format(version=version, texts=different) + "".join(f"{name} = {hits[name]}\n" for name in sorted(hits))
