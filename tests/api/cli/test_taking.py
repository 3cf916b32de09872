"""`regiograaf export`, `import claims` and `verify`: what is taken along comes back as it was, and messages say what to do."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.answer import Answers
from api.cli.taking import verified
from api.export.archive import archive
from api.export.claims import NDJSON, ndjson
from api.export.formats import export_of
from graph.build.records import records
from graph.engines.bolt import Store
from graph.engines.embedded import available
from seeds import shipped_folders
from seeds.check import dataset
from tests.api.cli.conftest import Run
from tests.api.conftest import TODAY
from tests.api.export.exported import export_of as export_of_files
from tests.seeds.world import beside

SOUTH = """\
type: Region
slug: south
claims:
  - {id: S.name, name: {nl: Zuid, en: South}, source: cbs-gebieden, section: x}
  - {id: S.member, member: municipality/zaanstad, from: 2020~, source: cbs-gebieden, section: x, method: REGISTRY_IMPORT}
"""


@pytest.mark.skipif(not available(), reason="the embedded engine has no wheel for this platform")
def test_what_is_exported_comes_back_from_a_folder_as_the_same_bytes(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOGRAAF_DATA_DIR", str(tmp_path / "data"))
    own, elsewhere = beside(tmp_path, "own", {"regions/south.yaml": SOUTH}), tmp_path / "elsewhere"
    first = tmp_path / "claims.ndjson"
    code, output, error = run("export", "ndjson", "-o", str(tmp_path), "--as-of", "2024-01-01", "--claims", str(own))
    assert (code, output) == (0, "")
    assert error.splitlines()[-1].startswith(f"Written: {first}, ")
    code, output, error = run("import", "claims", str(first), "--into", str(elsewhere), "--commit")
    assert (code, output.splitlines()) == (0, [
        "2 claims came, 0 went, 0 changed.", "  + S.member  region/south member municipality/zaanstad  2020~ – ..",
        "  + S.name  region/south name Zuid", f"Written: 2 files in {elsewhere}.",
    ])  # fmt: skip
    left_out = 'The dataset "{}" is here already, in the same version: it is left out.'
    assert error.splitlines() == [left_out.format(slug) for slug in ("country", "network")]
    again = dataset(*shipped_folders(), elsewhere)
    export = replace(export_of_files(again), day=date(2024, 1, 1), data_version=records(again).version)
    assert b"".join(ndjson(export)) == first.read_bytes()


def test_an_archive_is_compared_with_what_runs_now(
    loaded: Store, runner: asyncio.Runner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def write() -> bytes:
        export = await export_of(Answers(loaded, lambda: TODAY, loaded.address.engine), TODAY)
        return b"".join([part async for part in archive((NDJSON,)).write(export)])

    file = tmp_path / "regiograaf.zip"
    content = bytearray(runner.run(write()))
    file.write_bytes(content)
    assert runner.run(verified(loaded, file, TODAY))
    assert capsys.readouterr().out == "1 files, each as it was written.\nProgram and data are those that run now.\n"
    content[1000] ^= 1
    file.write_bytes(content)
    assert not runner.run(verified(loaded, file, TODAY))
    assert capsys.readouterr().out.startswith("claims.ndjson: its content is not what was written.\n1 files: 1 wrong.\n")


def test_what_is_no_export_writes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "claims.ndjson").write_text("nonsense\n")
    code, output, error = run("import", "claims", str(tmp_path / "claims.ndjson"), "--into", str(tmp_path / "new"), "--commit")
    assert (code, output) == (1, "")
    assert error.startswith("FILE_REFUSED: claims.ndjson, record 0, cannot be read: ")
    assert not (tmp_path / "new").exists()


def test_exported_claims_are_read_from_one_file(run: Run, tmp_path: Path) -> None:
    for name in ("a.ndjson", "b.ndjson"):
        (tmp_path / name).write_text("")
    code, _, error = run("import", "claims", str(tmp_path / "a.ndjson"), str(tmp_path / "b.ndjson"), "--into", str(tmp_path / "new"))
    assert (code, error.splitlines()[0]) == (1, "WRONG_SETTING: Exported claims are read from one file.")


@pytest.mark.parametrize("address", ["example.nl", "ftp://example.nl", "https://example.nl/?a=1", "https://example.nl/#a", "https://"])
def test_a_base_that_is_no_address_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("REGIOGRAAF_BASE_URL", address)
    code, _, error = run("check")
    assert code == 1
    assert error.startswith(f"WRONG_SETTING: A setting cannot be used: REGIOGRAAF_BASE_URL is '{address}'")
