"""All importers together, from the published files to the dataset `country`."""

from __future__ import annotations

from pathlib import Path

import pytest

from seeds import claims_folder
from seeds.imports.importers import IMPORTERS
from seeds.imports.proposal import commit, propose
from tests.seeds.imports import real


@pytest.mark.slow
def test_the_country_is_what_the_importers_write_into_an_empty_folder(tmp_path: Path) -> None:
    folder = tmp_path / "country"
    folder.mkdir()
    (folder / "dataset.yaml").write_bytes(real.country("dataset.yaml"))
    files = {
        "cbs": [*real.cbs(), real.rvig()],
        "rvig": [real.rvig()],
        "tooi": real.tooi(),
        "roo": real.roo(),
        "boundaries": real.boundaries(),
    }
    told: list[str] = []
    for name, given in files.items():
        proposal = propose(IMPORTERS[name], given, folder, [claims_folder()], told.append)
        assert proposal.files
        assert not proposal.went
        commit(proposal)
    written = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {path: content == real.country(path) for path, content in written.items()} == dict.fromkeys(written, True)
    assert {path.name for path in real.tables()} == {Path(path).name for path in written if path.startswith("tables/")}
    assert any("observations of 2026" in line for line in told)
