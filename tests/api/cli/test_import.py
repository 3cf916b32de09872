"""`regiograaf import`: what it says, when it writes, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from seeds.imports.importer import File, Importer, Known, Progress, Wanted
from seeds.imports.importers import IMPORTERS
from seeds.imports.problem import ImportProblem
from tests.api.cli.conftest import Run
from tests.seeds.world import beside

REGION = """\
type: Region
slug: {slug}
claims:
  - {{id: {slug}.name, name: {{nl: "{slug}"}}, source: cbs-gebieden, section: Alles}}
"""


def _reading(files: list[File], known: Known, progress: Progress) -> Wanted:
    """Each line of the files is a region; an empty one is a problem."""
    slugs = [(file.name, number, line) for file in files for number, line in enumerate(file.content.decode().splitlines(), 1)]
    problems = [ImportProblem(name, "", number, "slug", "It is empty.", "Fill it.") for name, number, slug in slugs if not slug]
    progress("reading lines")
    return Wanted({f"regions/{slug}.yaml": REGION.format(slug=slug).encode() for _, _, slug in slugs}, problems, ["One note."])


@pytest.fixture(autouse=True)
def lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(IMPORTERS, "lines", Importer("lines", "Lines.", ("regions/*.yaml",), _reading))  # type: ignore[arg-type]


def test_the_difference_is_told_as_claims_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("oost\nwest\n")
    beside(tmp_path, "own", {})
    code, output, error = run("import", "lines", str(tmp_path / "a.txt"), "--into", str(tmp_path / "own"))
    assert (code, error) == (0, "reading lines\ncomparing with what is there\nOne note.\n")
    assert output.splitlines() == [
        "2 claims came, 0 went, 0 changed.",
        "  + oost.name  region/oost name oost",
        "  + west.name  region/west name west",
        "Nothing was written. Add --commit to write.",
    ]
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["dataset.yaml"]


def test_the_same_files_twice_change_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("".join(f"streek-{number}\n" for number in range(30)))
    beside(tmp_path, "own", {})
    arguments = ("import", "lines", str(tmp_path / "a.txt"), "--into", str(tmp_path / "own"), "--commit")
    code, output, _ = run(*arguments)
    assert (code, output.splitlines()[-2:]) == (0, ["  + … and 10 more", f"Written: 30 files in {tmp_path / 'own'}."])
    assert run(*arguments)[:2] == (0, "Nothing changes.\n")


def test_every_problem_is_told_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("oost\n\n\n")
    code, output, error = run("import", "lines", str(tmp_path / "a.txt"), "--into", str(tmp_path / "own"), "--commit")
    assert (code, output) == (1, "")
    assert "a.txt, row 2, column slug: It is empty. Fill it.\na.txt, row 3, column slug: It is empty. Fill it.\nIMPORT_REFUSED: " in error
    assert not (tmp_path / "own").exists()


def test_an_importer_that_does_not_exist_is_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    code, _, error = run("import", "nonsense", str(tmp_path / "a.txt"), "--into", str(tmp_path))
    assert (code, error.splitlines()[0]) == (1, 'WRONG_SETTING: There is no importer "nonsense".')
