"""Every code that a client or a user of the command line can meet is in the manual, and occurs in a test or on a page."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.settings import settings_now
from graph.ask.ask import Reader
from graph.errors import (
    Busy,
    ChangeTooLarge,
    EngineMissing,
    EngineProblem,
    ForeignData,
    LoadDisturbed,
    NotLoaded,
    QueryTimeout,
    WrongSetting,
)  # fmt: skip
from seeds.problem import ClaimsRefused, Problem
from tests.api.conftest import Client
from tests.api.http.test_endpoint import Failing

ROOT = Path(__file__).resolve().parents[3]
CODE = re.compile(r"[A-Z]+(_[A-Z]+)*")
GIVES = {"BadInput", "BadRequest", "formatted", "of_request", "refusal"}
NEVER_SEEN = {"ERROR"}  # of the class that only its heirs are raised of where a code is shown


def codes() -> set[str]:
    """All codes in the source: of classes, of calls that make an error, of pairs of a code with its remedy, of literals."""
    found: set[str] = set()
    for package in ("api", "graph", "seeds"):
        for path in (ROOT / package).rglob("*.py"):
            found.update(_codes(ast.parse(path.read_text("utf-8"))))
    return found - NEVER_SEEN


def _codes(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        texts: list[ast.expr | None] = []
        if isinstance(node, ast.ClassDef):
            texts = [s.value for s in node.body if isinstance(s, ast.Assign) and ast.unparse(s.targets[0]) == "code"]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GIVES:
            texts = [*node.args, *(k.value for k in node.keywords if k.arg == "code")]
        elif isinstance(node, ast.Dict):
            texts = [v for k, v in zip(node.keys, node.values, strict=True) if isinstance(k, ast.Constant) and k.value == "code"]
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:
            texts = [*node.value.elts[:1]] if ast.unparse(node.targets[0]) in ("SYNTAX", "VALIDATION", "VARIABLES") else []
        yield from (t.value for t in texts if isinstance(t, ast.Constant) and isinstance(t.value, str) and CODE.fullmatch(t.value))


def test_the_codes_of_the_source_are_those_of_the_manual() -> None:
    section = (ROOT / "api/ERRORS.md").read_text("utf-8").partition("\n## Codes\n")[2].partition("\n## ")[0]
    documented = re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE)
    assert sorted(documented) == sorted(codes())


def test_every_code_occurs_in_a_test_or_on_a_page() -> None:
    texts = [p.read_text("utf-8") for p in (ROOT / "tests").rglob("*") if p.suffix in (".py", ".md")]
    assert {code for code in codes() if not any(f'"{code}"' in text for text in texts)} == set()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("QUERY_TIMEOUT", QueryTimeout),
        ("NOT_LOADED", NotLoaded),
        ("FOREIGN_DATA", ForeignData),
        ("CHANGE_TOO_LARGE", ChangeTooLarge),
        ("LOAD_DISTURBED", LoadDisturbed),
        ("ENGINE_MISSING", EngineMissing),
        ("BUSY", Busy),
    ],
)
def test_an_error_of_the_store_reaches_the_client_with_its_code(
    client_of: Callable[[Reader], Client], code: str, kind: type[EngineProblem]
) -> None:
    (error,) = client_of(Failing(kind("This is so.", "Do this."))).ask("{ sources { id } }").json()["errors"]
    assert error == {"message": "This is so.", "path": ["sources"], "extensions": {"code": code, "remedy": "Do this."}}


def test_a_wrong_setting_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOGRAAF_PORT", "eighty")
    with pytest.raises(WrongSetting, match="REGIOGRAAF_PORT") as found:
        settings_now()
    assert found.value.code == "WRONG_SETTING"


def test_refused_claims_say_how_many_problems_there_are() -> None:
    problem = Problem("seeds/claims/a.yaml", 3, "uncited", "a", "is wrong", "mend it")
    found = ClaimsRefused([problem, problem])
    assert found.code == "CLAIMS_REFUSED"
    assert "2 problems" in found.message
