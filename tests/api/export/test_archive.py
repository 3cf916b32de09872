"""The archive: its files are those of the formats, the same twice, and a change of any of them is told. Properties, then examples."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.export.archive import MANIFEST, archive, manifest, program, verify
from api.export.claims import CLAIMS_CSV, NDJSON
from api.export.export import Export, FileRefused
from api.export.zipped import File, zipped
from graph.domain.claim import ClaimDataset, Dataset, Source, Text
from tests.api.conftest import TODAY
from tests.api.export.exported import export_of
from tests.graph.worlds import examples

OWN = ClaimDataset("own", Text("a", "b"), Text("c", "d"), "1", TODAY)
MADE = Dataset({}, {}, {"plan": Source("plan", "REGISTRY", "Plan", licence="CC0-1.0")}, {}, {"own": OWN})


def content_of(export: Export) -> bytes:
    async def gather() -> bytes:
        return b"".join([part async for part in archive((NDJSON, CLAIMS_CSV)).write(export)])

    return asyncio.run(gather())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "regiograaf.zip"
    path.write_bytes(content_of(export_of(MADE)))
    return path


async def _one(content: bytes) -> AsyncIterator[bytes]:
    yield content


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}(/[a-z]{1,4})?", fullmatch=True), st.binary(max_size=2000), max_size=4))
@examples(40)
def test_any_files_come_out_of_a_zip_as_they_went_in_and_twice_the_same(files: dict[str, bytes]) -> None:
    async def each() -> AsyncIterator[File]:
        for name, content in files.items():
            yield File(name, _one(content))

    async def gather() -> bytes:
        return b"".join([part async for part in zipped(each())])

    written = asyncio.run(gather())
    with zipfile.ZipFile(io.BytesIO(written)) as whole:
        assert {name: whole.read(name) for name in whole.namelist()} == files
        assert whole.testzip() is None
    assert asyncio.run(gather()) == written


def test_the_manifest_has_the_digest_of_each_file_and_whence_it_is(file: Path) -> None:
    with zipfile.ZipFile(file) as whole:
        said = json.loads(whole.read(MANIFEST))
        assert [each["name"] for each in said["files"]] == ["claims.ndjson", "claims.csv"]
        for each in said["files"]:
            content = whole.read(each["name"])
            assert (each["size"], each["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert (said["asOf"], said["dataVersion"], said["program"]) == (str(TODAY), export_of(MADE).data_version, program())
    assert said["datasets"] == [{"slug": "own", "version": "1", "licence": None}]
    assert said["sources"] == [{"slug": "plan", "title": "Plan", "licence": "CC0-1.0"}]


def test_an_archive_as_it_was_written_has_nothing_wrong_and_no_difference(file: Path) -> None:
    assert content_of(export_of(MADE)) == file.read_bytes()
    found = verify(file, manifest(export_of(MADE), ()))
    assert (found.files, found.wrong, found.differences) == (2, (), ())


def changed(file: Path, **contents: bytes | None) -> Path:
    """The archive with files of other contents, more of them, or without some."""
    with zipfile.ZipFile(file) as whole:
        parts: dict[str, bytes | None] = {**{name: whole.read(name) for name in whole.namelist()}, **contents}
    with zipfile.ZipFile(file, "w") as whole:
        for name, content in parts.items():
            if content is not None:
                whole.writestr(name, content)
    return file


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("claims.csv", b"other", "claims.csv: its content is not what was written."),
        ("claims.csv", b"x" * 10_000, "claims.csv: its content is not what was written."),
        ("claims.csv", None, "claims.csv: it is not in the archive."),
        ("more.txt", b"", "more.txt: the manifest does not list it."),
    ],
)
def test_a_file_that_is_not_as_it_was_is_told(file: Path, name: str, content: bytes | None, fault: str) -> None:
    assert verify(changed(file, **{name: content}), manifest(export_of(MADE), ())).wrong == (fault,)


def test_a_byte_that_changes_anywhere_in_a_file_is_noticed(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[80] ^= 1
    file.write_bytes(content)
    assert verify(file, manifest(export_of(MADE), ())).wrong == ("claims.ndjson: its content is not what was written.",)


def test_what_runs_now_is_compared(file: Path) -> None:
    other = ClaimDataset("other", Text("a", "b"), Text("c", "d"), "7", TODAY)
    parts = {"own": replace(OWN, version="2"), "other": other}
    now = manifest(replace(export_of(replace(MADE, datasets=parts)), data_version="f" * 16), ())
    now["program"] = {**now["program"], "version": "9.9.9"}
    found = verify(file, now)
    assert found.wrong == ()
    assert found.differences == (
        f"The program is {program()['version']} in the file, and 9.9.9 now.",
        f"The data has version {export_of(MADE).data_version} in the file, and {'f' * 16} now.",
        'The dataset "other" is not there in the file, and version 7 now.',
        'The dataset "own" is version 1 in the file, and version 2 now.',
    )


@pytest.mark.parametrize("content", [b"", b"PK", b"nonsense"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(FileRefused, match="is no archive of an export"):
        verify(tmp_path / "a.zip", {})


@pytest.mark.parametrize("said", [b"{}", b"[]", b"nonsense", b'{"files": [{}]}', None])
def test_an_archive_without_a_whole_manifest_is_refused(file: Path, said: bytes | None) -> None:
    with pytest.raises(FileRefused, match="is no archive of an export"):
        verify(changed(file, **{MANIFEST: said}), manifest(export_of(MADE), ()))
