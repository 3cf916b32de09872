"""Lists as CSV and XLSX: rows are what the rules say, cells have a column, and files are the same twice. Properties, then examples."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import warnings
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from csvw import CSVW
from hypothesis import given
from python_calamine import CalamineWorkbook

from api.answer import Answers
from api.export.columns import COLUMNS, LISTS
from api.export.coverage import coverage
from api.export.export import Export, Format
from api.export.lists import CSV, XLSX, tables
from api.table import Table
from graph.domain.claim import Dataset
from graph.engines.bolt import Store
from graph.load.load import content
from tests.api.export.exported import datasets, export_of, packaged
from tests.graph.worlds import examples

DAY = date(2024, 1, 1)
COVERED = [{"region": "region/r", "municipality": "municipality/m", "status": "COVERED", "explanation": "=1+1", "changesOn": "2025-01-01"}]


def made_of(dataset: Dataset, day: date = DAY) -> Export:
    """An export whose coverage is known, so that no store is asked."""
    return replace(export_of(dataset), day=day, kept={"coverage": COVERED})


def bytes_of(chosen: Format, export: Export) -> bytes:
    async def gather() -> bytes:
        return b"".join([part async for part in chosen.write(export)])

    return asyncio.run(gather())


@pytest.fixture(scope="module")
def listed() -> dict[str, Table]:
    async def gather() -> dict[str, Table]:
        return {listing.name: table async for listing, table in tables(made_of(packaged()))}

    return asyncio.run(gather())


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    with zipfile.ZipFile(io.BytesIO(bytes_of(CSV, made_of(packaged())))) as archive:
        archive.extractall(folder)
    return folder


def rows(listed: dict[str, Table], name: str) -> list[dict[str, Any]]:
    return [dict(zip(listed[name].header, row, strict=True)) for row in listed[name].rows]


# ── properties ────────────────────────────────────────────────────────────────────────────────────


def test_every_column_is_in_the_dictionary_and_every_word_of_that_in_a_list() -> None:
    used = {name for listing in LISTS.values() for name in listing.columns}
    assert used == COLUMNS.keys()
    assert all(getattr(column, part) for column in COLUMNS.values() for part in column.__slots__)


def test_each_thing_and_relationship_is_in_one_row(listed: dict[str, Table]) -> None:
    keys = [row["key"] for name, table in listed.items() if table.header[:2] == ("key", "uri") for row in rows(listed, name)]
    assert sorted(keys) == sorted(packaged().entities)
    named = [(row["member"], row["organization"], row["role"], row["claims"]) for row in rows(listed, "memberships")]
    assert len(named) == len(set(named))


def test_what_is_not_certain_says_why(listed: dict[str, Table]) -> None:
    for name, table in listed.items():
        if "holds" in table.header:
            assert all((row["holds"] == "YES") == (row["why"] is None) for row in rows(listed, name)), name


def test_every_csv_is_what_its_metadata_says_by_the_rules_of_w3c(unpacked: Path) -> None:
    for name in (*LISTS, "columns"):
        assert CSVW(str(unpacked / f"{name}.csv-metadata.json"), validate=True).is_valid, name


def test_a_csv_that_is_not_what_its_metadata_says_is_noticed(unpacked: Path, tmp_path: Path) -> None:
    """So that the check is known to bite."""
    for path in unpacked.glob("options.csv*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / "options.csv").read_text("utf-8-sig")
    first_day = list(LISTS["options"].columns).index("firstDay")
    header, row, *_ = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    row[first_day] = "soon"
    (tmp_path / "options.csv").write_text("\r\n".join(";".join(line) for line in (header, row)) + "\r\n", "utf-8", newline="")
    with warnings.catch_warnings(record=True):  # by which it says what is wrong
        warnings.simplefilter("always")
        assert not CSVW(str(tmp_path / "options.csv-metadata.json"), validate=True).is_valid


def test_metadata_says_the_day_the_version_and_the_licences(unpacked: Path) -> None:
    about = json.loads((unpacked / "contracts.csv-metadata.json").read_text("utf-8"))
    assert (about["dc:temporal"], about["schema:version"]) == (str(DAY), made_of(packaged()).data_version)
    licences = {source["dc:identifier"]: source.get("dc:license") for source in about["dc:source"]}
    assert licences == {slug: source.licence for slug, source in packaged().sources.items()}


def test_the_workbook_has_the_same_rows(listed: dict[str, Table]) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(bytes_of(XLSX, made_of(packaged()))))
    assert book.sheet_names == ["Toelichting", *(listing.nl for listing in LISTS.values()), "Kolommen"]
    for listing in LISTS.values():
        first, *others = book.get_sheet_by_name(listing.nl).to_python(skip_empty_area=False)
        assert first == [COLUMNS[name].nl for name in listing.columns]
        assert len(others) == len(listed[listing.name].rows)


@given(datasets())
@examples(5)
def test_any_lists_are_the_same_twice(made: Dataset) -> None:
    for chosen in (CSV, XLSX):
        assert bytes_of(chosen, made_of(made)) == bytes_of(chosen, made_of(made))


def test_no_cell_is_a_formula(unpacked: Path) -> None:
    text = (unpacked / "coverage.csv").read_text("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))["explanation"] == "'=1+1"


# ── examples ──────────────────────────────────────────────────────────────────────────────────────


def test_a_municipality_ends_on_its_last_day(listed: dict[str, Table]) -> None:
    (beemster,) = (row for row in rows(listed, "municipalities") if row["key"] == "municipality/beemster")
    assert (beemster["code"], beemster["lastDay"], beemster["holds"], beemster["why"]) == ("GM0370", date(2021, 12, 31), "NO", "AFTER")


def test_a_contract_whose_options_nobody_confirms_may_run(listed: dict[str, Table]) -> None:
    (contract,) = (row for row in rows(listed, "contracts") if row["key"] == "contract/zawa-2022")
    assert (contract["until"], contract["longest"], contract["holds"], contract["why"]) == (
        "2023-12-31", date(2026, 12, 31), "UNKNOWN", "OPTION",
    )  # fmt: skip


def test_coverage_is_what_the_matrix_answers(loaded: Store, runner: asyncio.Runner) -> None:
    version = str(runner.run(content(loaded)).version)
    export = replace(made_of(packaged()), answers=Answers(loaded, lambda: DAY, "engine"), data_version=version)
    found = runner.run(coverage(export, [("region/zaanstreek-waterland", "Zaanstreek-Waterland")]))
    (dyslexia,) = (
        row for row in found if (row["municipality"], row["function"]) == ("municipality/zaanstad", "function/dyslexie")
    )  # fmt: skip
    assert (dyslexia["status"], dyslexia["regionName"]) == ("COVERED", "Zaanstreek-Waterland")
    assert set(str(dyslexia["claims"]).split()) <= packaged().claims.keys()
    assert set(str(dyslexia["sources"]).split()) <= packaged().sources.keys()
    assert all(row["sources"] for row in found if row["status"] == "COVERED")
