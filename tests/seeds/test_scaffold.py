"""The folder that `regiograaf new` makes: it is read as it is, and shows each kind of file."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from graph.domain.claim import Dataset
from seeds import shipped_folders
from seeds.check import check, dataset
from seeds.scaffold import FolderInUse, new_folder, slug_of

DAY = date(2027, 3, 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own") / "Onze Regio (2027)"
    new_folder(folder, DAY)
    return folder


@pytest.fixture(scope="module")
def said(made: Path) -> Dataset:
    return dataset(*shipped_folders(), made)


def test_nothing_is_wrong_in_it(made: Path) -> None:
    assert [str(problem) for problem in check(*shipped_folders(), made)] == []


def test_it_is_a_dataset_with_the_name_of_the_folder_and_the_day(said: Dataset) -> None:
    own = said.datasets["onze-regio-2027"]
    assert own.checked == DAY
    assert {claim.key.partition(".")[0] for claim in said.claims.values() if claim.dataset == own.slug} == {own.slug}


def test_it_shows_each_kind_of_file_with_a_comment(made: Path) -> None:
    files = {file.relative_to(made).as_posix(): file.read_text("utf-8") for file in made.rglob("*") if file.is_file()}
    tops = {name.partition("/")[0] for name in files}
    assert {"dataset.yaml", "LEESMIJ.md", "sources", "municipalities", "regions", "contracts", "tables", "conflicts"} == tops
    assert [name for name, text in files.items() if name.endswith(".yaml") and not text.startswith("# ")] == []
    assert [name for name, text in files.items() if re.search(r"mijn-regio|2026-11-27", name + text)] == []


def test_all_that_it_says_is_about_things_of_its_own_and_called_an_example(said: Dataset) -> None:
    """What somebody forgets to remove says nothing of a real municipality."""
    own = [claim for claim in said.claims.values() if claim.dataset == "onze-regio-2027"]
    others = {claim.subject for claim in said.claims.values() if claim.dataset != "onze-regio-2027"}
    assert {claim.subject for claim in own} & others == set()
    assert {claim.key for claim in own if claim.predicate == "name" and "oorbeeld" not in claim.value["NL"]} == set()  # type: ignore[index]


def test_two_folders_that_were_made_stand_beside_each_other(made: Path, tmp_path: Path) -> None:
    new_folder(tmp_path / "buren", DAY)
    assert [str(problem) for problem in check(*shipped_folders(), made, tmp_path / "buren")] == []


def test_a_folder_that_is_not_empty_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(FolderInUse, match="is not empty; nothing was written") as refused:
        new_folder(tmp_path, DAY)
    assert (refused.value.code, [file.name for file in tmp_path.iterdir()]) == ("FOLDER_IN_USE", ["notes.txt"])


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    with pytest.raises(FolderInUse, match="cannot be made"):
        new_folder(tmp_path / "file" / "folder", DAY)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Regio IJmond", "regio-ijmond"), ("Súdwest-Fryslân", "sudwest-fryslan"), ("--", "mijn-regio"), ("r_2", "r-2"),
        ("Straße", "strasse"),
    ],
)  # fmt: skip
def test_the_name_of_a_folder_becomes_a_slug(name: str, slug: str) -> None:
    assert slug_of(name) == slug
