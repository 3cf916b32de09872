"""The shape of the code: what may stand where, how long it may be, and what it may know."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("api", "graph", "queries", "seeds")
TOP_LEVEL = {
    *PACKAGES, "tests", "docker-compose.yml", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md",
    "SECURITY.md", "Dockerfile", "package.json", "package-lock.json", "publiccode.yml",
}  # fmt: skip
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "service"}
LINES_OF_A_MODULE = 350
LINES_OF_A_FUNCTION = 40

OF_A_MACHINE = r"(?<![\w.])/(work|farm|root|Users|tmp/bash_jobs)[/.][\w.]"
OF_A_REGISTRY = r"registry[.]npmjs|pypi[.]org/simple|files[.]pythonhosted|repo1?[.]maven|proxy[.]golang|static[.]crates"

MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def place(path: Path, node: ast.AST | None = None) -> str:
    line = f":{node.lineno}" if isinstance(node, ast.stmt | ast.expr) else ""
    return path.relative_to(ROOT).as_posix() + line


def imported(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """The top-level name of everything that a module imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0], node


def importers(name: str, outside: str) -> list[str]:
    """Where a package is imported by a module that does not stand in `outside`."""
    return [
        place(path, node) for path in MODULES for found, node in imported(path) if found == name and not place(path).startswith(outside)
    ]


@cache
def kept() -> tuple[str, ...]:
    """Every file that git keeps or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return tuple(name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


@pytest.fixture
def files() -> tuple[str, ...]:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, so which files are ours cannot be told")
    assert kept()
    return kept()


def test_the_import_names_are_ours() -> None:
    distributions = packages_distributions()
    assert {name: distributions.get(name, ["regiograaf"]) for name in PACKAGES} == {name: ["regiograaf"] for name in PACKAGES}


def test_nothing_new_stands_at_the_top(files: tuple[str, ...]) -> None:
    top = {name.partition("/")[0] for name in files}
    assert sorted(name for name in top - TOP_LEVEL if not name.startswith(".")) == []


def test_no_file_names_a_machine_or_a_registry(files: tuple[str, ...]) -> None:
    named = []
    for name in files:
        for number, line in enumerate((ROOT / name).read_text("utf-8", "replace").splitlines(), 1):
            if re.search(f"{OF_A_MACHINE}|{OF_A_REGISTRY}", line):
                named.append(f"{name}:{number}")
    assert named == []


def test_a_module_says_what_it_is() -> None:
    assert [place(path) for path in [*MODULES, *TESTS] if tree(path).body and not ast.get_docstring(tree(path))] == []


def test_a_docstring_says_who_does_what() -> None:
    relative = {"What", "Whether", "Where", "That", "Who", "Whom"}
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [(path, node) for path in MODULES for node in ast.walk(tree(path)) if isinstance(node, documented)]
    assert [place(path, node) for path, node in nodes if (ast.get_docstring(node) or "").split(" ")[0] in relative] == []


def test_a_module_fits_in_the_head() -> None:
    lengths = {place(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > LINES_OF_A_MODULE} == {}


def test_a_function_fits_on_the_screen() -> None:
    functions = (
        (place(path, node), (node.end_lineno or 0) - node.lineno + 1)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert {name: lines for name, lines in functions if lines > LINES_OF_A_FUNCTION} == {}


def test_a_module_is_named_after_an_idea() -> None:
    assert [place(path) for path in [*MODULES, *TESTS] if EMPTY_WORDS & {path.stem, path.parent.name}] == []


def test_only_the_engines_know_the_driver() -> None:
    assert importers("neo4j", outside="graph/engines/") == []
    assert importers("arcadedb", outside="graph/engines/") == []


def test_only_the_claims_know_yaml() -> None:
    assert importers("yaml", outside="seeds/") == []


def test_only_the_command_line_asks_what_day_it_is() -> None:
    clock = re.compile(r"\b(date|datetime)\.(now|today|utcnow)$|\btime\.(time|localtime|gmtime)$")
    asking = [
        place(path, node)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and clock.search(ast.unparse(node))
    ]
    assert [found for found in asking if not found.startswith("api/__main__.py:")] == []
