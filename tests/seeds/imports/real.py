"""The registry files as they were published, where they lie beside the project: never committed, only read and tested with."""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from pathlib import Path

import pytest

from seeds import shipped_folders
from seeds.imports.importer import File, Known
from seeds.read import read_all

ROOT = Path(__file__).resolve().parents[3]
TABLES = {
    2015: "82949NED", 2016: "83287NED", 2017: "83553NED", 2018: "83859NED", 2019: "84378NED", 2020: "84721NED", 2021: "84929NED",
    2022: "85067NED", 2023: "85385NED", 2024: "85755NED", 2025: "86059NED", 2026: "86247NED",
}  # fmt: skip


@cache
def _beside() -> Path | None:
    """The folder `shared` beside the project; beside the checkout that a work tree belongs to, if it is one."""
    git = subprocess.run(["git", "rev-parse", "--git-common-dir"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    places = (ROOT.parent, (ROOT / git).resolve().parent.parent) if git else (ROOT.parent,)
    return next((place / "shared" / "registries" for place in places if (place / "shared" / "registries").is_dir()), None)


def registries() -> Path:
    """Returns the folder of the registry files. Skips the test if there is none; with REQUIRE_SHARED=1 that is a failure."""
    found = _beside()
    if found is None:
        assert os.environ.get("REQUIRE_SHARED") != "1", "the registry files are not beside the project"
        pytest.skip("the registry files are not beside the project")
    return found


@cache
def cbs() -> tuple[File, ...]:
    """The twelve tables of CBS, from copies in Parquet back to the JSON of OData v4 in which CBS publishes them."""
    from arro3.io import read_parquet

    files = []
    for year, number in TABLES.items():
        table = read_parquet(registries() / "raw" / "cbs_gebieden" / f"cbs_gebieden_{year}.parquet").read_all()
        columns = {name: table[name].to_pylist() for name in ("Id", "Measure", "StringValue", "RegioS")}
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        context = f"https://datasets.cbs.nl/odata/v1/CBS/{number}/$metadata#Observations"
        files.append(File(f"{number}.json", json.dumps({"@odata.context": context, "value": rows}).encode()))
    return tuple(files)


@cache
def raw(name: str) -> File:
    """A file as it was published."""
    return File(Path(name).name, (registries() / name).read_bytes())


def rvig() -> File:
    return raw("raw/rvig_tabel33_gemeenten.csv")


def tooi() -> list[File]:
    return [raw("raw/tooi_rwc_gemeenten_compleet_4.json"), raw("raw/tooi_rwc_provincies_compleet_1.json")]


def roo() -> list[File]:
    return [raw(name) for name in ("identifiers.csv", "collaborations_roo.csv", "collaboration_members_roo.csv")]


@cache
def shipped() -> Known:
    """What is known when the shipped dataset `country` is written again."""
    return Known(read_all(*shipped_folders()).dataset, "country")


def country(path: str) -> bytes:
    """A file of the dataset `country`."""
    return (ROOT / "seeds" / "country" / path).read_bytes()


def tables() -> list[Path]:
    """The files of the tables of the country."""
    return sorted((ROOT / "seeds" / "country" / "tables").iterdir())


def boundaries() -> list[File]:
    """Five vintages, from 2019 on."""
    return [raw(f"geo/nl_{days}.topojson") for days in ("2019-2020", "2021", "2022-01-01", "2022-03-24", "2023-2026")]
