"""Exported claims as folders: what is read from these is what was exported. Properties, then examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from graph.domain.claim import Dataset
from seeds.check import dataset, found_in
from seeds.folder import Folder
from seeds.imports.claims import files_of, propose_claims
from seeds.imports.problem import ImportRefused
from seeds.imports.proposal import commit
from seeds.read import read_all
from tests.api.export.exported import datasets, packaged
from tests.graph.load.test_stored import comparable
from tests.graph.worlds import examples
from tests.seeds.world import beside, write


@given(datasets())
@examples(15)
def test_what_is_written_is_read_again(made: Dataset) -> None:
    reading = read_all(*(Folder(slug, files) for slug, files in files_of(made).items()))
    found = reading.dataset
    used = {claim.dataset for claim in made.claims.values()}
    assert comparable(found) == comparable(made)
    assert reading.problems == []
    assert used <= found.datasets.keys()


def test_the_packaged_claims_come_back_from_their_folders() -> None:
    reading = read_all(*(Folder(slug, files) for slug, files in files_of(packaged()).items()))
    assert found_in(reading) == []
    assert comparable(reading.dataset) == comparable(packaged())


SOUTH = """\
type: Region
slug: south
claims:
  - {id: S.name, name: {nl: Zuid, en: South}, source: vision, section: x}
  - {id: S.member, member: municipality/town, source: register}
"""


def test_a_dataset_of_ones_own_is_written_without_what_is_there_already(tmp_path: Path) -> None:
    world, own = write(tmp_path, {}), beside(tmp_path, "own", {"regions/south.yaml": SOUTH})
    made, elsewhere = dataset(world, own), tmp_path / "elsewhere"
    proposal = propose_claims(made, elsewhere, [world])
    assert [claim.key for claim in proposal.came] == ["S.member", "S.name"]
    assert sorted(proposal.written) == ["dataset.yaml", "regions/south.yaml"]
    assert proposal.notes == ['The dataset "world" is here already, in the same version: it is left out.']
    assert not elsewhere.exists()
    commit(proposal)
    assert comparable(dataset(world, elsewhere)) == comparable(made)
    assert propose_claims(made, elsewhere, [world]).files == 0


def test_several_datasets_get_a_folder_each(tmp_path: Path) -> None:
    made, into = dataset(write(tmp_path, {}), beside(tmp_path, "own", {"regions/south.yaml": SOUTH})), tmp_path / "all"
    commit(propose_claims(made, into, []))
    assert sorted(path.name for path in into.iterdir()) == ["own", "world"]
    assert comparable(dataset(into / "world", into / "own")) == comparable(made)


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    world = write(tmp_path, {})
    made = dataset(world, beside(tmp_path, "own", {"regions/south.yaml": SOUTH}))
    other = beside(tmp_path, "other", {})
    with pytest.raises(ImportRefused) as refused:
        propose_claims(made, other, [world])
    assert [problem.what for problem in refused.value.problems] == ["This folder holds other files."]


def test_claims_that_lack_what_they_speak_of_are_refused(tmp_path: Path) -> None:
    made = dataset(write(tmp_path, {}), beside(tmp_path, "own", {"regions/south.yaml": SOUTH}))
    without = Dataset(made.entities, made.claims, made.sources, made.conflicts, {"own": made.datasets["own"]})
    with pytest.raises(ImportRefused) as refused:
        propose_claims(without, tmp_path / "new", [])
    assert 'There is no "municipality/town".' in [problem.what for problem in refused.value.problems]
