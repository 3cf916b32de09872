"""Whose the folder of the embedded engine is: what has our mark may be moved and removed, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.engines import folder as folders
from graph.engines.folder import DAMAGED, HOME, MARK, OWN, check, prepared, problems_told, put_back, set_aside
from graph.errors import DataFolder, EngineUnavailable
from tests.graph.worlds import examples

Tree = dict[str, str]
SENTENCE = folders.SENTENCE.decode()


def tree(folder: Path) -> Tree:
    """All files and links below a folder, with what they hold or lead to."""
    return {
        str(path.relative_to(folder)): f"→ {os.readlink(path)}" if path.is_symlink() else path.read_text("utf-8") if path.is_file() else ""
        for path in sorted(folder.rglob("*"))
    }


def planted(folder: Path, files: Tree) -> None:
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())


EARLIER = {"engine/password": "secret", "engine/engine.log": "", "engine/databases/graph/schema.json": "{}", "engine/log/x": ""}


def a_file(folder: Path) -> None:
    planted(folder, {"engine": "x"})


def a_link_to_our_own(folder: Path) -> None:
    prepared(folder / "elsewhere")
    (folder / "engine").symlink_to(folder / "elsewhere" / "engine", target_is_directory=True)


def a_link_to_nothing(folder: Path) -> None:
    (folder / "engine").symlink_to(folder / "nothing")


def a_database_and_a_thesis(folder: Path) -> None:
    planted(folder, {"engine/databases/graph/schema.json": "{}", "engine/thesis.txt": "x"})


def a_file_beside_those_of_an_earlier_version(folder: Path) -> None:
    planted(folder, {**EARLIER, "engine/thesis.txt": "x"})


def another_database_beside_that_of_an_earlier_version(folder: Path) -> None:
    planted(folder, {**EARLIER, "engine/databases/mine/schema.json": "{}"})


def a_database_alone(folder: Path) -> None:
    planted(folder, {"engine/databases/graph/schema.json": "{}"})


def a_mark_with_other_words(folder: Path) -> None:
    planted(folder, {f"engine/{MARK}": "mine"})


FOREIGN = [
    a_file, a_link_to_our_own, a_link_to_nothing, a_database_and_a_thesis, a_file_beside_those_of_an_earlier_version,
    another_database_beside_that_of_an_earlier_version, a_database_alone, a_mark_with_other_words,
]  # fmt: skip


@pytest.mark.parametrize("plant", FOREIGN, ids=lambda plant: plant.__name__)
def test_what_is_not_ours_stops_the_start_and_stays_as_it_is(tmp_path: Path, plant: Callable[[Path], None]) -> None:
    plant(tmp_path)
    before = tree(tmp_path)
    for attempt in (check, prepared):
        with pytest.raises(DataFolder, match="is not Regiograaf's") as told:
            attempt(tmp_path)
        assert (told.value.code, "REGIOGRAAF_DATA_DIR" in told.value.remedy) == ("DATA_FOLDER", True)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("files", [{}, EARLIER, {f"engine/{MARK}": SENTENCE, "engine/thesis.txt": "x"}], ids=["none", "earlier", "marked"])
def test_what_is_ours_is_used_and_has_our_mark(tmp_path: Path, files: Tree) -> None:
    planted(tmp_path, files)
    before = tree(tmp_path)
    check(tmp_path)
    assert tree(tmp_path) == before
    assert prepared(tmp_path) == tmp_path / HOME
    assert tree(tmp_path) == {**before, "engine": "", f"engine/{MARK}": SENTENCE}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / HOME).mkdir()
    assert tree(prepared(tmp_path)) == {MARK: SENTENCE}


def test_one_damaged_folder_is_kept_and_the_last_one(tmp_path: Path) -> None:
    for text in ("first", "second"):
        planted(prepared(tmp_path), {"engine.log": text})
        assert set_aside(tmp_path) == tmp_path / DAMAGED
        assert not (tmp_path / HOME).exists()
    assert tree(tmp_path) == {DAMAGED: "", f"{DAMAGED}/engine.log": "second", f"{DAMAGED}/{MARK}": SENTENCE}
    put_back(tmp_path)
    assert tree(tmp_path) == {HOME: "", f"{HOME}/engine.log": "second", f"{HOME}/{MARK}": SENTENCE}


@pytest.mark.parametrize("files", [{"thesis.txt": "x"}, {MARK: SENTENCE, "thesis.txt": "x"}, {MARK: SENTENCE, "databases/mine/x": "x"}])
def test_what_somebody_else_put_where_a_damaged_folder_goes_is_not_removed(tmp_path: Path, files: Tree) -> None:
    prepared(tmp_path)
    planted(tmp_path / DAMAGED, files)
    before = tree(tmp_path)
    with pytest.raises(DataFolder, match="left alone"):
        set_aside(tmp_path)
    assert tree(tmp_path) == before


NAMES = st.sampled_from([*sorted(OWN), "thesis.txt", "databases/graph/schema.json", "databases/mine/x", "log/x"])


@given(st.sets(NAMES), st.sets(NAMES), st.booleans(), st.booleans(), st.integers(1, 4))
@examples(200)
def test_whatever_is_there_nothing_of_anybody_else_is_lost(
    at_home: set[str], aside: set[str], marked: bool, aside_marked: bool, starts: int
) -> None:
    """Whatever lies in both places, and however often the engine finds its folder damaged."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for place, names, has_mark in ((HOME, at_home, marked), (DAMAGED, aside, aside_marked)):
            for file in Random(len(names)).sample(sorted(names), len(names)):
                at = folder / place / file
                if not at.exists() and not any(p.is_file() for p in at.parents if p != folder):
                    planted(folder, {f"{place}/{file}": SENTENCE if file == MARK and has_mark else "theirs"})
        foreign = sum("thesis" in path or "mine/x" in path for path in tree(folder))
        unmarked = {p: text for p, text in tree(folder).items() if p.startswith(DAMAGED) and not (aside_marked and MARK in aside)}
        for _ in range(starts):
            try:
                prepared(folder)
                set_aside(folder)
            except DataFolder:
                break
        after = tree(folder)
        assert sum("thesis" in path or "mine/x" in path for path in after) == foreign
        assert unmarked.items() <= after.items()


# ── the system refuses ────────────────────────────────────────────────────────────────────────────


def a_file_for_a_folder(folder: Path) -> Path:
    planted(folder, {"data": "x"})
    return folder / "data"


def a_folder_below_a_file(folder: Path) -> Path:
    planted(folder, {"data": "x"})
    return folder / "data" / "deep" / "er"


def what_nobody_may_write_to(folder: Path) -> Path:
    if sys.platform != "linux":
        pytest.skip("only Linux has a file system in which not even root can make a folder")
    return Path("/proc/regiograaf")


def a_folder_without_rights(folder: Path) -> Path:
    if os.name != "posix" or os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (folder / "data").mkdir(mode=0o500)
    return folder / "data"


@pytest.mark.parametrize(
    "of", [a_file_for_a_folder, a_folder_below_a_file, what_nobody_may_write_to, a_folder_without_rights], ids=lambda of: of.__name__
)
def test_a_folder_that_the_system_refuses_is_told_in_a_sentence(tmp_path: Path, of: Callable[[Path], Path]) -> None:
    folder = of(tmp_path)
    before = tree(tmp_path)
    with pytest.raises(DataFolder, match="cannot be used") as told, problems_told(folder):
        prepared(folder)
    assert str(folder) in told.value.message
    assert "\n" not in told.value.message
    assert tree(tmp_path) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of some MiB, mounted in a folder."""
    made = sys.platform == "linux" and os.geteuid() == 0
    if (
        not made
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "small", tmp_path], capture_output=True, check=False).returncode
    ):
        pytest.skip("only root on Linux can mount a small disk")
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", "--lazy", tmp_path], check=True)


def test_a_full_disk_is_told_whatever_failed_on_it(small_disk: Path) -> None:
    with pytest.raises(DataFolder, match="is full"), problems_told(small_disk):
        (small_disk / "ballast").write_bytes(bytes(16 << 20))
    with pytest.raises(DataFolder, match=r"The disk of the data folder .* is full") as told, problems_told(small_disk):
        raise EngineUnavailable("The graph store refused load: The request failed.", "Try again.")
    assert "REGIOGRAAF_DATA_DIR" in told.value.remedy
    (small_disk / "ballast").unlink()
    with pytest.raises(EngineUnavailable), problems_told(small_disk):
        raise EngineUnavailable("The graph store refused load: The request failed.", "Try again.")


def test_a_disk_that_cannot_be_asked_is_not_called_full(tmp_path: Path) -> None:
    assert not folders.is_full(tmp_path / "nothing")
