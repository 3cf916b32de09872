"""What the page on standards says is what the checkers find: this is the only place where all that is ours is given to them.

Without Spectral or publiccode-parser it must be the same bytes that they saw when the page was written.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from api.pages.standards import results as module
from api.pages.standards.results import FILE, results, written
from graph.build.records import Records
from graph.domain.languages import LANGUAGES
from tests.house.readme import ROOT
from tests.standards.checkers import PUBLICCODE_PARSER, SPECTRAL_CLI
from tests.standards.publishers import Missing, without
from tests.standards.table import PUBLICCODE, STANDARDS, WRONG, Standard, markdown, updated

AGAIN = "run python -m tests.standards, and read what changed"
DAY = date(2026, 11, 27)
KEPT = Path(module.__file__).with_name(FILE)
FOUND = ("errors", "warnings", "wrong_errors")


def each() -> list[Any]:
    return [pytest.param(one, id=one.key, marks=[pytest.mark.slow] if one.slow else []) for one in STANDARDS]


@pytest.mark.parametrize("standard", each())
def test_what_is_found_is_what_the_page_says(standard: Standard, claims: Records) -> None:
    kept, found, missing = results()[standard.key], None, None
    try:
        found = standard.check(claims.dataset, DAY)
    except Missing as reason:
        if standard.checker.everywhere:
            without(reason)
        missing = reason
    if found is None:
        assert standard.digest(claims.dataset) == kept.digest, f"{missing}; it has not seen what is there now: {AGAIN}"
    else:
        assert {name: getattr(found, name) for name in FOUND} == {name: getattr(kept, name) for name in FOUND}, AGAIN


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────


def test_every_standard_stands_on_the_page_once_in_the_order_of_the_table() -> None:
    told = [(one.key, one.name, one.version, one.specification, one.rules, one.checked, one.checker.name) for one in STANDARDS]
    kept = results().values()
    assert [(one.key, one.name, one.version, one.specification, one.rules, one.checked, one.checker) for one in kept] == told, AGAIN
    assert [one.wrong for one in kept] == [one.wrong.relative_to(ROOT).as_posix() for one in STANDARDS]
    assert sorted(file.stem for file in WRONG.iterdir()) == sorted(results())


def test_nothing_of_ours_is_wrong_and_every_checker_finds_what_is() -> None:
    assert [one.key for one in results().values() if one.errors] == []
    assert [one.key for one in results().values() if not one.wrong_errors] == []


def test_only_a_checker_that_is_not_everywhere_needs_a_digest() -> None:
    assert {one.checker for one in results().values() if one.digest} == {SPECTRAL_CLI.name, PUBLICCODE_PARSER.name}


def test_the_file_is_written_as_the_command_writes_it_and_so_is_the_manual() -> None:
    assert KEPT.read_text("utf-8") == written(results().values())
    assert f"<!-- standards -->\n{markdown(results())}\n" in (ROOT / "api/README.md").read_text("utf-8"), AGAIN


@given(
    st.sampled_from(sorted(results())), st.dates(), st.integers(0, 9), st.dictionaries(st.sampled_from("ab"), st.integers(1, 9)), st.text()
)
def test_a_result_keeps_its_day_as_long_as_it_is_the_same(key: str, day: date, errors: int, warnings: dict[str, int], version: str) -> None:
    """A law: twice the same gives the same; what is new has its own day."""
    kept = results()[key]
    found = replace(kept, date=day, errors=errors, warnings=warnings, checker_version=version)
    same = (found.errors, found.warnings, found.checker_version) == (kept.errors, kept.warnings, kept.checker_version)
    assert updated(kept, found) == (kept if same else found)
    assert updated(kept, replace(kept, date=day)) == kept
    assert updated(found, found) == updated(None, found) == found
    assert json.loads(written([found]))[0]["date"] == day.isoformat()


# ── publiccode.yml ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def publiccode() -> Any:
    return yaml.safe_load(PUBLICCODE.read_text("utf-8"))


def test_publiccode_says_what_the_project_says(publiccode: Any) -> None:
    """The licence, the lowest Python, the last release, the languages, and the standards of the page."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (publiccode["name"].lower(), publiccode["legal"]["license"]) == (project["name"], project["license"])
    (python, _) = publiccode["dependsOn"]["open"]
    assert project["requires-python"] == f">={python['versionMin']}"
    ours = [language.key for language in LANGUAGES if language.ours]
    assert sorted(publiccode["localisation"]["availableLanguages"]) == sorted(publiccode["description"]) == sorted(ours)
    others = [one.specification for one in results().values() if one.key != "publiccode"]
    assert [one["id"] for one in publiccode["supports"]] == others


def test_publiccode_names_no_person_and_no_place_that_is_not_there(publiccode: Any) -> None:
    assert [set(contact) for contact in publiccode["maintenance"]["contacts"]] == [{"name"}]
    assert publiccode["maintenance"]["contacts"][0]["name"].startswith("Beheerder")
    assert ".invalid/" in publiccode["url"]
    files = [publiccode["logo"], *(file for text in publiccode["description"].values() for file in text.get("screenshots", ()))]
    assert [file for file in files if not (ROOT / file).is_file()] == []


def test_publiccode_names_the_last_release(publiccode: Any) -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    day = date.fromisoformat(publiccode["releaseDate"])
    assert f"\n## {publiccode['softwareVersion']} ({day.day} {day:%B} {day.year})\n" in changelog
    before = changelog.partition(f"\n## {publiccode['softwareVersion']} ")[0]
    assert [line for line in before.splitlines() if line.startswith("## ") and "not released yet" not in line] == []
