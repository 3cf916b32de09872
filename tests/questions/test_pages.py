"""Every page of questions, asked on both engines: the same answer to the byte, by one Cypher for each root field."""

from __future__ import annotations

import asyncio
import json

import orjson
import pytest
from graphql import parse
from graphql.language import FieldNode, OperationDefinitionNode

from graph.engines.bolt import Store
from tests.questions.page import Page, asked, pages, shown

PAGES = pages()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file.stem)
def test_a_page_has_its_answer_and_its_cypher_one_for_each_root_field(page: Page, loaded: Store, runner: asyncio.Runner) -> None:
    answer, recording = runner.run(asked(page, loaded))
    assert orjson.dumps(answer) == orjson.dumps(page.answer)
    assert shown(recording) == page.cypher
    if "data" in answer and not answer.get("errors"):
        assert recording.upkeep == 0
        assert len(recording.asked) == root_fields(page)


def root_fields(page: Page) -> int:
    (operation,) = [d for d in parse(page.question.query).definitions if isinstance(d, OperationDefinitionNode)]
    fields = [s for s in operation.selection_set.selections if isinstance(s, FieldNode)]
    assert len(fields) == len(operation.selection_set.selections), "pages name their root fields outright"
    return sum(not f.name.value.startswith("__") for f in fields)  # the schema itself is not in the graph


def test_there_are_at_least_forty_pages() -> None:
    assert len(PAGES) >= 40


def test_every_page_tells_who_asks_and_what_the_answer_means() -> None:
    for page in PAGES:
        prose = page.text.partition("```")[0]
        assert prose.startswith("# "), page.file.name
        assert len(prose.split()) >= 20, f"{page.file.name}: say who asks, and what to see in the answer"


def test_pages_are_written_as_the_tool_writes_them() -> None:
    for page in PAGES:
        assert page.text == page.with_results(page.cypher, page.answer), page.file.name
        assert json.loads(page.blocks["json"]) is not None
