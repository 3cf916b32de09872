"""The closed lists: complete in every language, and stated nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import api
import graph
import seeds
from graph.domain import model, words
from graph.domain.closed_list import ClosedList
from graph.domain.languages import LANGUAGES

LISTS = {name: value for name, value in vars(words).items() if isinstance(value, ClosedList)}
FILES = sorted(file for package in (api, graph, seeds) for file in Path(package.__file__ or "").parent.rglob("*.py"))


@pytest.mark.parametrize("name", [*LISTS, "TYPES"])
def test_every_word_has_a_sentence_and_a_name_in_every_language(name: str) -> None:
    words_ = LISTS.get(name, model.TYPES)
    assert words_
    for word in words_.values():
        assert word.about.endswith(".")
        assert [language.code for language in LANGUAGES if not word.names.get(language.code)] == []
        assert word.description.endswith(f" NL: {word.names['NL']}.")


def tables(tree: ast.AST) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The line and the texts of each list, and of each mapping from texts to names; a mapping to sentences is none of these."""
    constants = {node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            names = _texts(node.values)
            if len(names) == len(node.values) and not any(text.endswith(".") or "{" in text for text in names):
                yield node.lineno, _texts(node.keys)
        elif isinstance(node, ast.Tuple | ast.List | ast.Set) and node not in constants:
            yield node.lineno, _texts(node.elts)


def _texts(nodes: Iterable[ast.expr | None]) -> tuple[str, ...]:
    return tuple(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_no_second_table_has_the_words_of_a_closed_list() -> None:
    assert [
        f"{file.name}:{line} {name}"
        for file in FILES
        if file.name not in ("words.py", "languages.py")
        for line, texts in tables(ast.parse(file.read_text("utf-8")))
        for name, words_ in LISTS.items()
        if len(words_) > 2 and set(words_) <= set(texts)
    ] == []
