"""Claims as files: what is read is what was written, for the packaged claims and any others. Properties, then examples."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given

from api.export.claims import CLAIMS_CSV, COLUMNS, NDJSON, read_claims
from api.export.export import Export, FileRefused
from graph.build.records import records
from graph.domain.claim import ClaimDataset, Dataset, Text
from tests.api.conftest import TODAY
from tests.api.export.exported import datasets, export_of, outlined, packaged
from tests.graph.load.test_stored import comparable
from tests.graph.worlds import examples

FORMATS = {"ndjson": NDJSON, "csv": CLAIMS_CSV}
NAMES = list(FORMATS)


def written(export: Export, name: str) -> bytes:
    """All bytes of a format."""

    async def gather() -> bytes:
        return b"".join([part async for part in FORMATS[name].write(export)])

    return asyncio.run(gather())


@given(datasets())
@examples(15)
def test_what_is_read_is_what_was_written(made: Dataset) -> None:
    for name in NAMES:
        export = export_of(outlined(made, "region/one"))
        content = written(export, name)
        again = read_claims(f"claims.{name}", content)
        assert comparable(again) == comparable(export.dataset)
        assert written(replace(export, dataset=again), name) == content


@pytest.mark.parametrize("name", NAMES)
def test_the_packaged_claims_come_back_from_their_file(name: str) -> None:
    export = export_of(packaged())
    content = written(export, name)
    again = read_claims(f"claims.{name}", content)
    assert comparable(again) == comparable(packaged())
    assert name == "csv" or records(again).version == records(packaged()).version
    assert written(replace(export, dataset=again), name) == content


@given(datasets())
@examples(5)
def test_the_order_in_which_files_were_read_is_not_seen(made: Dataset) -> None:
    turned = replace(made, **{name: dict(reversed(getattr(made, name).items())) for name in ("entities", "claims", "sources", "datasets")})
    assert [written(export_of(turned), name) for name in NAMES] == [written(export_of(made), name) for name in NAMES]


def test_the_first_line_says_which_day_and_data_and_whose_licences() -> None:
    export = export_of(packaged())
    first, *others = map(json.loads, written(export, "ndjson").splitlines())
    assert (first["record"], first["asOf"], first["dataVersion"]) == ("header", str(TODAY), export.data_version)
    assert {each["slug"]: each["licence"] for each in first["sources"]} == {s.slug: s.licence for s in packaged().sources.values()}
    assert [list(each) for each in others if each["record"] != "outline"] == [
        sorted(each) for each in others if each["record"] != "outline"
    ]
    kinds = ["dataset", "source", "entity", "claim", "conflict", "outline"]
    assert list(dict.fromkeys(each["record"] for each in others)) == kinds


def test_the_table_has_semicolons_a_mark_of_utf_8_and_no_formula() -> None:
    part = ClaimDataset("own", Text("=1+1", "'=2+2"), Text("c", "d"), "1", TODAY)
    content = written(export_of(Dataset({}, {}, {}, {}, {"own": part})), "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert list(rows[0]) == list(COLUMNS)
    assert (rows[1]["title.nl"], rows[1]["title.en"]) == ("'=1+1", "''=2+2")
    assert read_claims("claims.csv", content).datasets["own"] == part


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("claims.txt", b"", "neither NDJSON nor CSV"),
        ("claims.ndjson", b"", "the file is empty"),
        ("claims.ndjson", b"{}\n", "'record'"),
        ("claims.ndjson", b'{"record": "claim"}\n', "the first record is not the header"),
        ("claims.ndjson", b'{"record": "header"}\n{"record": "claim", "source": "x"}\n', "record 2, cannot be read: KeyError: 'x'"),
        ("claims.ndjson", b'{"record": "header"}\n{"record": "rumour"}\n', "there is no record 'rumour'"),
        ("claims.ndjson", b"nonsense\n", "cannot be read"),
        ("claims.ndjson", b"[1]\n", "cannot be read"),
        ("claims.csv", b"a;b\n1;2\n", "the columns are not those of an export: record, id"),
    ],
)
def test_what_is_no_export_is_refused_with_the_place(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(FileRefused, match=reason) as refused:
        read_claims(name, content)
    assert refused.value.code == "FILE_REFUSED"


def test_a_dataset_of_nothing_is_a_file_too() -> None:
    nothing = Dataset({}, {}, {}, {}, {"own": ClaimDataset("own", Text("a", "b"), Text("c", "d"), "1", TODAY)})
    assert [read_claims(f"x.{name}", written(export_of(nothing), name)) for name in NAMES] == [nothing, nothing]
