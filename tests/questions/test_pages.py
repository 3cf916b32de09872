"""Each page of questions, asked once on every engine: the same answer to the byte, by one Cypher for each root field."""

from __future__ import annotations

import asyncio
import json

import orjson
import pytest
from graphql import parse
from graphql.language import FieldNode, OperationDefinitionNode

from graph.engines.bolt import Store
from tests.questions.counted import Count, Profiling, bound, recorded
from tests.questions.page import Page, asked, pages, shown

PAGES = pages()
DB_HITS = recorded()[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file.stem)
def test_a_page_has_its_answer_by_one_cypher_for_each_root_field(page: Page, freshly_planned: Store, runner: asyncio.Runner) -> None:
    """On Neo4j each Cypher returns one record and takes no more db hits than recorded."""
    profiling = Profiling(freshly_planned) if freshly_planned.address.counts_db_hits else None
    answer, recording = runner.run(asked(page, profiling or freshly_planned))
    assert orjson.dumps(answer) == orjson.dumps(page.answer)
    assert shown(recording) == page.cypher
    if "errors" not in answer:
        assert recording.upkeep == 0
        assert len(recording.asked) == root_fields(page)
    if profiling:
        assert_within_its_db_hits(profiling.finished, DB_HITS[page.file.stem])


def assert_within_its_db_hits(counts: list[Count], allowed: list[int]) -> None:
    assert [count.records for count in counts] == [1] * len(counts)
    assert len(counts) == len(allowed), "`python -m tests.questions` writes tests/questions/db-hits.toml anew"
    over = {count.text: (count.db_hits, most) for count, most in zip(counts, allowed, strict=True) if count.db_hits > bound(most)}
    assert over == {}, "db hits, and those recorded in tests/questions/db-hits.toml"


def root_fields(page: Page) -> int:
    (operation,) = [d for d in parse(page.question.query).definitions if isinstance(d, OperationDefinitionNode)]
    fields = [s for s in operation.selection_set.selections if isinstance(s, FieldNode)]
    assert len(fields) == len(operation.selection_set.selections), "pages name their root fields outright"
    return sum(not f.name.value.startswith("__") for f in fields)  # the schema itself is not in the graph


def test_every_page_has_its_db_hits_and_every_line_its_page() -> None:
    assert sorted(DB_HITS) == sorted(page.file.stem for page in PAGES)


def test_there_are_at_least_forty_pages() -> None:
    assert len(PAGES) >= 40


def test_every_page_says_who_asks_and_what_the_answer_means() -> None:
    for page in PAGES:
        prose = page.text.partition("```")[0]
        assert prose.startswith("# "), page.file.name
        assert len(prose.split()) >= 20, f"{page.file.name}: say who asks, and what to see in the answer"


def test_pages_are_written_as_the_tool_writes_them() -> None:
    for page in PAGES:
        assert page.text == page.with_results(page.cypher, page.answer), page.file.name
        assert json.loads(page.blocks["json"]) is not None
