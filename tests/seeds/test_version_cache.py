"""The key under which a version is kept: equal content, equal key."""

from __future__ import annotations

from pathlib import Path

import pytest

from seeds.folder import Folder
from seeds.version_cache import Known, keep, key_of, known
from tests.seeds.world import WORLD

FOLDER = Folder("claims", {path: text.encode() for path, text in WORLD.items()})
OTHER = Folder("claims", {**FOLDER.files, "municipalities/town.yaml": b"other"})


def test_the_key_is_that_of_the_content() -> None:
    assert key_of([FOLDER]) == key_of([Folder("elsewhere", {**FOLDER.files, "notes.md": b"# no claim"})])
    assert len({key_of([FOLDER]), key_of([OTHER]), key_of([FOLDER, OTHER]), key_of([])}) == 4


@pytest.mark.parametrize("module", ["graph/build/edges.py", "graph/domain/words.py", "seeds/entry.py", "seeds/new.py"])
def test_a_change_of_the_program_is_another_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    for package in ("graph", "graph/build", "graph/domain", "seeds"):
        (tmp_path / package).mkdir(exist_ok=True)
        (tmp_path / package / "__init__.py").write_text("", "utf-8")
    monkeypatch.setattr("seeds.version_cache.files", lambda package: tmp_path / package)
    before = key_of([FOLDER])
    (tmp_path / module).write_text("changed = True", "utf-8")
    assert key_of([FOLDER]) != before


def test_a_version_is_known_by_its_key_alone(tmp_path: Path) -> None:
    file = tmp_path / "version.json"
    keep(file, "one", Known("v1", 3))
    assert (known(file, "one"), known(file, "two")) == (Known("v1", 3), None)
    keep(file, "two", Known("v2", 4))
    assert (known(file, "one"), known(file, "two")) == (None, Known("v2", 4))
    assert [each.name for each in tmp_path.iterdir()] == ["version.json"]


def test_a_folder_that_cannot_be_written_to_is_no_problem(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "version.json"
    keep(file, "one", Known("v1", 3))
    assert known(file, "one") is None
