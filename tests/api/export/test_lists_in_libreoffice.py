"""The workbook of all lists opened by LibreOffice: every cell that it shows is what we wrote. Skipped where there is no LibreOffice."""

from __future__ import annotations

import asyncio
import csv
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from api.export.columns import COLUMNS, LISTS
from api.export.lists import XLSX, tables
from api.table import Cell, Table
from tests.api.export.exported import packaged
from tests.api.export.test_lists import bytes_of, made_of

# Of every sheet a file: the sign between the cells, the quotes, UTF-8; values and not how they look; -1 means all sheets.
AS_CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,false,false,false,-1"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns the folder in which LibreOffice has written each sheet as a CSV."""
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("there is no LibreOffice (soffice) on the PATH")
    folder = tmp_path_factory.mktemp("opened")
    (folder / "lijsten.xlsx").write_bytes(bytes_of(XLSX, made_of(packaged())))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", AS_CSV, "--outdir", str(folder), str(folder / "lijsten.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


@pytest.fixture(scope="module")
def ours() -> dict[str, Table]:
    async def gather() -> dict[str, Table]:
        return {listing.name: table async for listing, table in tables(made_of(packaged()))}

    return asyncio.run(gather())


def sheet(folder: Path, title: str) -> list[list[str]]:
    with (folder / f"lijsten-{title}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def read_as(cell: Cell) -> set[str]:
    """Returns what LibreOffice may write for a cell of ours."""
    match cell:
        case None:
            return {""}
        case bool():
            return {str(cell).upper()}
        case date():
            return {cell.isoformat()}
        case float() | int():
            return {str(int(cell)) if float(cell).is_integer() else str(cell)}
        case _:
            return {str(cell)}


@pytest.mark.parametrize("name", LISTS)
def test_every_cell_is_read_as_it_was_written(opened: Path, ours: dict[str, Table], name: str) -> None:
    first, *rows = sheet(opened, LISTS[name].nl)
    assert first == [COLUMNS[column].nl for column in LISTS[name].columns]
    assert len(rows) == len(ours[name].rows)
    for number, (row, line) in enumerate(zip(rows, ours[name].rows, strict=True), 2):
        wrong = [(number, got, cell) for got, cell in zip(row, line, strict=True) if got not in read_as(cell)]
        assert wrong == []


def test_what_looks_like_a_formula_is_a_text(opened: Path) -> None:
    """A coverage whose explanation is `=1+1`."""
    assert any("=1+1" in row for row in sheet(opened, LISTS["coverage"].nl))
