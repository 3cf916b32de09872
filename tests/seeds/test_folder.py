"""Several folders of claims together, each of them a dataset."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.domain.claim import ClaimDataset, Text
from seeds import claims_folder, shipped_folders
from seeds.check import check, dataset
from seeds.folder import Folder, folders_of
from seeds.imports.importer import Importer, Wanted
from seeds.imports.proposal import propose
from seeds.read import read
from tests.seeds.world import DATASET, NORTH, REGISTER, TOWN, WORLD, beside, write, wrong

MORE_OF_TOWN = "type: Municipality\nslug: town\nclaims:\n  - {id: O.in, memberOf: region/north, from: 2020, source: register}\n"


def test_a_claim_knows_its_dataset(tmp_path: Path) -> None:
    ours = beside(tmp_path, "ours", {"municipalities/town.yaml": MORE_OF_TOWN, "sources/own.yaml": REGISTER.replace("register", "own")})
    found = dataset(write(tmp_path, {}), ours)
    assert {claim.dataset for key, claim in found.claims.items() if key != "O.in"} == {"world"}
    assert found.claims["O.in"].dataset == "ours"
    assert set(found.sources) == {"vision", "register", "own"}


def test_a_dataset_says_what_it_is(tmp_path: Path) -> None:
    text = DATASET + "version: '2026-11'\npublisher: Regio Noord\nlicence: CC0-1.0\n"
    assert dataset(write(tmp_path, {"dataset.yaml": text})).datasets == {
        "world": ClaimDataset(
            "world",
            Text("Kleine wereld", "Small world"),
            Text("een stad", "a town"),
            "2026-11",
            date(2026, 11, 21),
            "Regio Noord",
            "CC0-1.0",
        )
    }


def test_a_claim_may_speak_of_a_thing_and_cite_a_source_of_another_folder_in_any_order(tmp_path: Path) -> None:
    ours = beside(tmp_path, "ours", {"municipalities/town.yaml": MORE_OF_TOWN})
    world = write(tmp_path, {})
    assert check(world, ours) == check(ours, world) == []
    assert dataset(ours, world).claims == dataset(world, ours).claims


def test_what_a_folder_says_of_a_thing_that_no_folder_names_is_refused(tmp_path: Path) -> None:
    ours = beside(tmp_path, "ours", {"municipalities/town.yaml": MORE_OF_TOWN})
    assert [f"{p.file}:{p.line} {p.code}" for p in check(ours)] == [
        "ours/municipalities/town.yaml:1 NO_NAME",
        "ours/municipalities/town.yaml:4 DANGLING_REFERENCE",
        "ours/municipalities/town.yaml:4 UNKNOWN_SOURCE",
    ]


def test_an_id_a_source_and_a_code_of_another_folder_are_refused_with_both_places(tmp_path: Path) -> None:
    code = "  - {id: X.code, identifier: 'CBS_GM:GM0479', source: register}\n"
    village = TOWN.replace("town", "village").replace("T.name", "N.name") + code.replace("X", "V")
    ours = beside(tmp_path, "ours", {"municipalities/village.yaml": village, "sources/register.yaml": REGISTER})
    assert [str(problem) for problem in check(write(tmp_path, {"municipalities/town.yaml": TOWN + code}), ours)] == [
        'ours/municipalities/village.yaml:4  municipality/village  The id "N.name" already exists, at claims/regions/north.yaml:4.  '
        "Remove one, or give it another name.",
        "ours/municipalities/village.yaml:7  municipality/village  CBS_GM:GM0479 already belongs to municipality/town, at "
        "claims/municipalities/town.yaml:7.  Look up whose it is. If both are one thing, write what is said of it under one name.",
        'ours/sources/register.yaml:1  register  The source "register" already exists, at claims/sources/register.yaml:1.  '
        "Remove one, or give it another name.",
    ]


def test_two_values_of_one_source_are_seen_across_folders(tmp_path: Path) -> None:
    ours = beside(tmp_path, "ours", {"regions/north.yaml": NORTH.replace("N.name", "O.name").replace("Noord", "Nord")})
    (problem,) = check(write(tmp_path, {}), ours)
    assert (problem.code, problem.file, problem.what) == (
        "TWO_VALUES", "ours/regions/north.yaml", '"register" gives another name here than in N.name, at claims/regions/north.yaml:4.',
    )  # fmt: skip


def test_a_conflict_may_be_between_claims_of_two_folders(tmp_path: Path) -> None:
    text = "id: O-1\nsubject: region/north\npredicate: name\nkind: NAMING\nstatus: OPEN\n"
    text += "claims: [N.name, O.name]\nexplanation: {nl: a, en: b}\n"
    north = NORTH.replace("N.name", "O.name").replace("Noord", "Nord")
    ours = beside(tmp_path, "ours", {"regions/north.yaml": north, "conflicts/O-1.yaml": text})
    assert check(write(tmp_path, {}), ours) == []
    assert [(p.code, p.what) for p in check(write(tmp_path, {"regions/north.yaml": NORTH.replace("N.name", "N.title")}), ours)] == [
        ("DANGLING_REFERENCE", 'There is no claim "N.name".'),
        ("TWO_VALUES", '"register" gives another name here than in N.title, at claims/regions/north.yaml:4.'),
    ]


def test_a_folder_that_does_not_say_what_it_is_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, {})
    (folder / "dataset.yaml").unlink()
    assert [(f"{p.file}:{p.line}", p.code) for p in check(folder)] == [("claims/dataset.yaml:1", "NO_DATASET")]


def test_what_is_wrong_in_the_file_of_a_dataset_is_reported(tmp_path: Path) -> None:
    text = (
        DATASET.replace("slug: world", "slug: Our World").replace("checked: 2026-11-21", "checked: 2026-11") + "version: 2\nsince: 2020\n"
    )
    assert wrong(tmp_path, {"dataset.yaml": text}) == [
        "dataset.yaml:1 WRONG_VALUE", "dataset.yaml:4 BAD_DATE", "dataset.yaml:6 UNKNOWN_KEY",
    ]  # fmt: skip
    assert wrong(tmp_path, {"dataset.yaml": "slug: world\ntitle: {nl: Wereld}\n"}) == [
        "dataset.yaml:1 MISSING_KEY", "dataset.yaml:1 MISSING_KEY", "dataset.yaml:2 SECOND_LANGUAGE",
    ]  # fmt: skip


def test_a_folder_that_is_given_twice_is_one_problem(tmp_path: Path) -> None:
    folder = write(tmp_path, {})
    (problem,) = check(folder, folder)
    assert (problem.file, problem.code) == (f"{folder}/dataset.yaml", "DUPLICATE_DATASET")


def test_folders_of_one_name_are_named_by_their_paths(tmp_path: Path) -> None:
    places = [beside(tmp_path, name, {}) for name in ("a/claims", "b/claims", "c")]
    assert [folder.name for folder in folders_of(places)] == [str(tmp_path / "a/claims"), str(tmp_path / "b/claims"), "c"]


def test_files_in_memory_are_read_like_those_of_a_disk(tmp_path: Path) -> None:
    folder = write(tmp_path, {})
    assert read(Folder("claims", {path: text.encode() for path, text in WORLD.items()})) == read(folder)


@pytest.mark.parametrize("path", [".hidden/north.yaml", "regions/.hidden/north.yaml", "regions/.hidden.yaml", ".hidden.yaml"])
def test_what_is_hidden_is_not_read_and_an_import_does_not_look_at_it(tmp_path: Path, path: str) -> None:
    folder = write(tmp_path, {})
    importer = Importer("none", "Removes what is its own.", ("*hidden*",), lambda files, known, progress: Wanted())
    before = read(folder)
    for place in (path, "notes/hidden.md"):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(NORTH, "utf-8")
    assert propose(importer, [], folder, [], lambda line: None).removed == ["notes/hidden.md"]
    assert (read(folder), check(folder)) == (before, [])


def test_the_version_of_a_dataset_is_the_digest_of_what_is_read(tmp_path: Path) -> None:
    def version(changed: dict[str, str]) -> str:
        return dataset(write(tmp_path, changed)).datasets["world"].version

    first = version({})
    assert len(first) == 16
    assert version({"notes.md": "# Not a claim"}) == version({name: text.replace("\n", "\r\n") for name, text in WORLD.items()}) == first
    assert version({"municipalities/town.yaml": TOWN.replace("Stad", "Dorp")}) != first


def test_the_shipped_folders_begin_with_that_of_the_network() -> None:
    assert str(shipped_folders()[0]) == str(claims_folder())
    assert next(iter(dataset().datasets)) == "network"
