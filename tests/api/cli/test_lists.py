"""`regiograaf import contracts` and `providers`, from the template to the folder, beside the shipped claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from seeds.imports.lists.workbook import readings
from tests.api.cli.conftest import Run
from tests.seeds.imports.lists.region import as_csv, rows
from tests.seeds.world import beside

ABOUT = (("Titel", "Contracten Voorbeeld"), ("Peildatum", "1-11-2026"))
ROW = {"Kenmerk": "V-1", "Naam": "Ambulant", "Ingangsdatum": "1-1-2024", "Aanbieders": "LdH; De Linde (nieuw)", "Gebied": "ZaWa"}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    beside(tmp_path, "own", {})
    return tmp_path / "own"


@pytest.mark.parametrize("name", ["contracts", "providers"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_template_is_written_once(run: Run, tmp_path: Path, name: str, ending: str) -> None:
    file = tmp_path / f"lijst.{ending}"
    assert run("import", name, "--template", "-o", str(file)) == (0, f"Written: {file}.\n", "")
    assert readings(file.read_bytes())
    code, _, error = run("import", name, "--template", "-o", str(file))
    assert (code, error.splitlines()[0]) == (1, f"WRONG_SETTING: {file} exists already.")


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("contracts", "--template"), "It is not said where the template goes."),
        (("contracts", "--template", "-o", "a.pdf"), 'A template cannot be written as ".pdf".'),
        (("cbs", "--template", "-o", "a.csv"), '"cbs" has no template.'),
        (("contracts",), "There is no file to read, or no folder to write."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run: Run, arguments: tuple[str, ...], what: str) -> None:
    code, _, error = run("import", *arguments)
    assert (code, error.splitlines()[0]) == (1, f"WRONG_SETTING: {what}")


def test_a_list_is_told_with_its_matches_and_written_on_request_and_twice_changes_nothing(run: Run, tmp_path: Path, own: Path) -> None:
    (tmp_path / "lijst.csv").write_bytes(as_csv(rows(ROW, about=ABOUT), encoding="cp1252"))
    arguments = ("import", "contracts", str(tmp_path / "lijst.csv"), "--into", str(own), "--commit")
    code, output, error = run(*arguments)
    assert (code, output.splitlines()[0], output.splitlines()[-1]) == (
        0,
        "8 claims came, 0 went, 0 changed.",
        f"Written: 3 files in {own}.",
    )
    assert error.splitlines() == [
        "looking at what is known",
        "reading lijst.csv",
        "comparing with what is there",
        '"LdH" → provider/leger-des-heils (Leger des Heils), 0.9',
        '"ZaWa" → region/zaanstreek-waterland (Zaanstreek-Waterland), 0.9',
        "1 row read: 1 contract, 1 new provider.",
    ]
    assert run(*arguments)[:2] == (0, "Nothing changes.\n")
    assert run("check", "--claims", str(own))[0] == 0


def test_a_list_with_problems_tells_all_of_them_and_writes_nothing(run: Run, tmp_path: Path, own: Path) -> None:
    wrong = {**ROW, "Ingangsdatum": "ooit", "Aanbieders": "Leger des Heil", "Telefoon": "020-1234567"}
    (tmp_path / "lijst.csv").write_bytes(as_csv(rows(wrong, about=ABOUT)))
    code, output, error = run("import", "contracts", str(tmp_path / "lijst.csv"), "--into", str(own), "--commit")
    places = [line.partition(":")[0] for line in error.splitlines() if line.startswith("lijst.csv")]
    assert (code, output, places) == (
        1,
        "",
        [
            "lijst.csv, row 3, column F (Telefoon)", "lijst.csv, row 4, column C (Ingangsdatum)", "lijst.csv, row 4, column D (Aanbieders)",
            "lijst.csv, row 4, column F (Telefoon)",
        ],
    )  # fmt: skip
    assert [path.name for path in own.iterdir()] == ["dataset.yaml"]
