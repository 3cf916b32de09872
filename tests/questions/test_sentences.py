"""The page of every sentence: which templates its answers are made of, and that it shows or lists each template there is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from graphql import parse, print_ast
from graphql.language import FieldNode, FragmentDefinitionNode, OperationDefinitionNode

from api.answer import Answers, Question
from graph.answers import change_sentences, clauses, coverage_sentences, timeline
from graph.domain.languages import OURS
from graph.engines.bolt import Store
from tests.questions.page import TODAY, pages

PAGE = next(page for page in pages() if page.file.stem == "every-sentence")
TABLES: dict[str, Any] = {
    "changes": change_sentences._WORDS, "clauses": clauses._CLAUSES, "coverage": coverage_sentences._WORDS, "timeline": timeline._WORDS,
}  # fmt: skip
EVERY = {(table, key) for table, words in TABLES.items() for key in words["NL"]}
Used = set[tuple[str, str]]


class Watched(dict[str, Any]):
    """The templates of one table, which remembers those that are read."""

    def __init__(self, table: str, words: dict[str, Any], used: Used) -> None:
        super().__init__(words)
        self.table, self.used = table, used

    def __getitem__(self, key: str) -> Any:
        self.used.add((self.table, key))
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.used |= {(self.table, key)} & {(self.table, known) for known in self}
        return super().get(key, default)


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> Used:
    """The templates that were read since the test began."""
    found: Used = set()
    numbered = coverage_sentences._words

    def watched(language: str, plural: bool) -> Watched:
        return Watched("coverage", dict(numbered(language, plural)), found)

    for table, words in TABLES.items():
        for language in OURS:
            monkeypatch.setitem(words, language, Watched(table, words[language], found))
    monkeypatch.setattr(coverage_sentences, "_words", watched)
    return found


@pytest.fixture
def templates(loaded: Store, used: Used, runner: asyncio.Runner) -> Callable[[str], Used]:
    """The templates that the answer to a question is made of."""
    answers = Answers(loaded, lambda: TODAY, "engine")

    def asked(document: str) -> Used:
        used.clear()
        answer = runner.run(answers(Question(document)))
        assert "errors" not in answer, answer["errors"]
        return set(used)

    return asked


def root_fields() -> Iterator[tuple[str, str]]:
    """Each root field of the page as a question of its own, by its name."""
    document = parse(PAGE.question.query)
    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    fragments = {d.name.value: print_ast(d) for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    for field in operation.selection_set.selections:
        assert isinstance(field, FieldNode)
        assert field.alias
        parts = [f"{{ {print_ast(field)} }}"]
        for part in parts:  # grows while it is read: fragments name others
            parts += [text for name, text in fragments.items() if f"...{name}" in part and text not in parts]
        yield field.alias.value, "\n".join(parts)


def template(table: str, key: str) -> str:
    """One template in every language, as the page lists it if no claim shows it."""
    words = (TABLES[table][language][key] for language in OURS)
    told = (" ".join(part for part in text[:3] if part) if isinstance(text, tuple) else text for text in words)
    return f"- {table}, {key}: " + " / ".join(f"`{text}`" for text in told)


def test_the_page_shows_or_lists_each_template_and_no_root_field_is_superfluous(templates: Callable[[str], Used]) -> None:
    shown = {name: templates(document) for name, document in root_fields()}
    unseen = EVERY - set().union(*shown.values())
    listed = re.findall(r"^- \w+, .*$", PAGE.text.partition("```")[0], re.MULTILINE)
    assert listed == [template(*pair) for pair in sorted(unseen)], "what no claim shows is listed; what is listed, no claim shows"
    for name, found in shown.items():
        assert found - set().union(*(other for beside, other in shown.items() if beside != name)), f"others show all that {name} shows"


def test_each_template_is_there_in_every_language() -> None:
    for table, words in TABLES.items():
        assert len({tuple(words[language]) for language in OURS}) == 1, table


def test_the_page_is_short_enough_to_be_read() -> None:
    assert len(PAGE.text.encode()) < 80_000
