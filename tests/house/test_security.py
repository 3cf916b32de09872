"""SECURITY.md agrees with the tests: each item and each promise is there, and so is every test that it names."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.house.readme import ROOT

TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
# ASVS 5.0.0, chapters V3 and V4: the items of level 1 and of level 2.
LEVELS = {
    1: "3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2 3.5.3 4.1.1 4.4.1",
    2: "3.3.2 3.3.3 3.3.4 3.4.3 3.4.4 3.4.5 3.4.6 3.5.4 3.5.5 3.7.1 3.7.2 4.1.2 4.1.3 4.2.1 4.3.1 4.3.2 4.4.2 4.4.3 4.4.4",
}
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FIGURE = re.compile(r"not recorded|\d{1,2} \w+ 20\d\d: .+")


def rows(heading: str) -> list[list[str]]:
    """Returns the cells of the table under a heading, without its head."""
    section = TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("| ")][1:]


ITEMS, PROMISES = rows("OWASP ASVS"), rows("Promises under faults and limits")


@cache
def names_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8")) if (ROOT / file).is_file() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_item_of_both_chapters_stands_in_the_table_once() -> None:
    listed = [(number, int(level)) for number, level, *_ in ITEMS]
    assert listed == sorted((number, level) for level, numbers in LEVELS.items() for number in numbers.split())


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item[0])
def test_an_item_has_its_test_or_the_reason_why_it_has_none(item: list[str]) -> None:
    number, _, what, how = item
    assert what
    if reference := re.fullmatch(r"does not apply: as (\S+)", how):
        assert reference[1] in {other for other, *_ in ITEMS if other != number}
    else:
        assert NAMED.search(how) or re.match(r"(does not apply|not met): \w.{20}", how)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise[0])
def test_a_promise_has_its_drill_and_its_figure(promise: list[str]) -> None:
    what, drill, figure = promise
    assert what
    assert re.fullmatch(rf"{NAMED.pattern}(, {NAMED.pattern})*", drill)
    assert FIGURE.fullmatch(figure)


def test_every_test_that_is_named_is_there() -> None:
    named = NAMED.findall(TEXT)
    assert len(named) == TEXT.count("::"), "a name is not written as `tests/….py::test_…`"
    assert [f"{file}::{name}" for file, name in named if name not in names_in(file)] == []


def test_every_drill_holds_a_promise() -> None:
    """A test beside the list would prove something that nobody was promised."""
    there = {
        (file.relative_to(ROOT).as_posix(), name)
        for file in (ROOT / "tests/drills").glob("test_*.py")
        for name in names_in(file.as_posix())
    }
    assert {f"{file}::{name}" for file, name in there - set(NAMED.findall(TEXT))} == set()
