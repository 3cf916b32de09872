"""A proposal tells what changes as claims, and is written all or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.imports.importer import File, Importer, Known, Progress, Wanted
from seeds.imports.problem import ImportProblem, ImportRefused
from seeds.imports.proposal import Proposal, commit, propose, read_files
from tests.seeds.world import TOWN, beside, write

PLACE = "regions/{}.yaml"


def region(slug: str, name: str, *more: str) -> bytes:
    """The file of a region."""
    lines = ["type: Region", f"slug: {slug}", "claims:", f"  - {{id: {slug}.name, name: {{nl: {name}}}, source: register}}", *more]
    return "".join(f"{line}\n" for line in lines).encode()


def wanting(files: dict[str, bytes], *problems: ImportProblem) -> Importer:
    """An importer that wants these files, whatever it is given."""
    return Importer("test", "For tests.", ("regions/r*.yaml",), lambda given, known, progress: Wanted(files, problems, ["as told"]))


def proposal(folder: Path, files: dict[str, bytes]) -> Proposal:
    return propose(wanting(files), [], folder, [], lambda line: None)


def keys(found: Proposal) -> tuple[list[str], list[str], list[str]]:
    return [c.key for c in found.came], [c.key for c in found.went], [c.key for c in found.changed]


contents = st.dictionaries(st.sampled_from(["ra", "rb", "rc"]), st.sampled_from(["Een", "Twee"]))


@settings(max_examples=25)  # it writes files
@given(before=contents, after=contents)
def test_what_is_told_is_the_difference_and_twice_changes_nothing(
    before: dict[str, str], after: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = write(tmp_path_factory.mktemp("law"), {})
    commit(proposal(folder, {PLACE.format(slug): region(slug, name) for slug, name in before.items()}))
    found = proposal(folder, {PLACE.format(slug): region(slug, name) for slug, name in after.items()})
    assert keys(found) == (
        sorted(f"{slug}.name" for slug in after.keys() - before.keys()),
        sorted(f"{slug}.name" for slug in before.keys() - after.keys()),
        sorted(f"{slug}.name" for slug in after.keys() & before.keys() if after[slug] != before[slug]),
    )
    commit(found)
    again = proposal(folder, {PLACE.format(slug): region(slug, name) for slug, name in after.items()})
    assert (again.files, keys(again)) == (0, ([], [], []))


def test_without_a_commit_nothing_is_written(tmp_path: Path) -> None:
    folder = write(tmp_path, {})
    assert keys(proposal(folder, {"regions/ra.yaml": region("ra", "Een")})) == (["ra.name"], [], [])
    assert not (folder / "regions" / "ra.yaml").exists()


def test_a_folder_that_is_no_dataset_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "new"):
        with pytest.raises(ImportRefused) as found:
            proposal(folder, {})
        assert [problem.code for problem in found.value.problems] == ["NO_DATASET"]


def test_claims_of_other_datasets_are_known_and_not_told(tmp_path: Path) -> None:
    world, mine = write(tmp_path, {}), beside(tmp_path, "mine", {})
    found = propose(wanting({"regions/ra.yaml": region("ra", "Een")}), [], mine, [world], lambda line: None)
    assert keys(found) == (["ra.name"], [], [])


def test_what_others_wrote_stays(tmp_path: Path) -> None:
    folder = write(tmp_path, {})
    commit(proposal(folder, {"regions/ra.yaml": region("ra", "Een")}))
    found = proposal(folder, {})
    assert (found.removed, keys(found)) == (["regions/ra.yaml"], ([], ["ra.name"], []))
    commit(found)
    assert sorted(path.name for path in (folder / "regions").iterdir()) == ["north.yaml"]


def test_problems_of_the_files_are_all_told_and_nothing_is_proposed(tmp_path: Path) -> None:
    problems = [ImportProblem("b.csv", "", 3, "code", "It is wrong.", "Mend it."), ImportProblem("a.xlsx", "Blad1", 0, "", "No.", "Yes.")]
    with pytest.raises(ImportRefused) as found:
        propose(wanting({}, *problems), [], tmp_path, [], lambda line: None)
    assert found.value.code == "IMPORT_REFUSED"
    assert [str(problem) for problem in found.value.problems] == [
        "a.xlsx, sheet Blad1: No. Yes.",
        "b.csv, row 3, column code: It is wrong. Mend it.",
    ]


def test_claims_that_the_check_would_refuse_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as found:
        proposal(write(tmp_path, {}), {"regions/ra.yaml": region("ra", "Een", "  - {id: ra.code, identifier: 'KVK:1', source: register}")})
    assert [(problem.row, problem.column, problem.code) for problem in found.value.problems] == [(5, "region/ra", "MALFORMED_CODE")]


def test_a_write_that_fails_leaves_the_folder_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path, {"regions/ra.yaml": region("ra", "Een"), "regions/rc.yaml": region("rc", "Drie")})
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}
    found = proposal(folder, {"regions/ra.yaml": region("ra", "Twee"), "regions/rb.yaml": region("rb", "Een")})
    real = Path.replace

    def fails(self: Path, target: Path) -> Path:
        if target.name == "rb.yaml":
            raise OSError("the disk is full")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="full"):
        commit(found)
    assert {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()} == before


def test_an_importer_is_given_the_files_and_what_is_known(tmp_path: Path) -> None:
    given: list[tuple[str, bytes, str | None]] = []

    def reading(files: list[File], known: Known, progress: Progress) -> Wanted:
        given.extend((file.name, file.content, known.slug("CBS_GM:GM0001")) for file in files)
        return Wanted()

    folder = write(tmp_path, {"municipalities/town.yaml": TOWN + "  - {id: T.code, identifier: 'CBS_GM:GM0001', source: register}\n"})
    (tmp_path / "a.csv").write_bytes(b"x")
    propose(Importer("x", "", (), reading), read_files([tmp_path / "a.csv"]), folder, [], lambda line: None)  # type: ignore[arg-type]
    assert given == [("a.csv", b"x", "town")]
