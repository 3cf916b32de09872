"""Small registry files made for the tests, and a way to read what comes of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from graph.domain.claim import Claim, Dataset
from seeds.folder import Folder
from seeds.imports.importer import File, Importer, Known, Wanted
from seeds.read import read_all

REGISTERS = {
    f"sources/{slug}.yaml": f"slug: {slug}\nkind: REGISTRY\ntitle: {slug}\nread: 2026-05-16\n".encode()
    for slug in ("cbs-gebieden", "rvig-landelijke-tabel-33", "tooi-gemeenten", "roo")
}
DATASET = b"slug: small\ntitle: {nl: Klein, en: Small}\nscope: {nl: iets, en: some}\nchecked: 2026-11-21\n"
EMPTY = Known(Dataset({}, {}, {}, {}), "small")


def claims(files: Mapping[str, bytes]) -> dict[str, Claim]:
    """The claims of files, which must have no problem."""
    reading = read_all(Folder("small", {"dataset.yaml": DATASET, **REGISTERS, **files}))
    assert [str(problem) for problem in reading.problems] == []
    return reading.claims


def known(*files: Mapping[str, bytes]) -> Known:
    """What is known once these files were written, as the dataset that is written."""
    together = {path: content for each in files for path, content in each.items()}
    return Known(read_all(Folder("small", {"dataset.yaml": DATASET, **REGISTERS, **together})).dataset, "small")


def run(importer: Importer, files: Sequence[File], there: Known = EMPTY) -> Wanted:
    return importer.read(files, there, lambda line: None)


def problems(importer: Importer, *files: File, there: Known = EMPTY) -> list[str]:
    """What is told of files that cannot be imported."""
    wanted = run(importer, files, there)
    assert not wanted.files
    return [str(problem) for problem in sorted(wanted.problems)]


# ── CBS ───────────────────────────────────────────────────────────────────────────────────────────


def cbs_table(number: str, municipalities: Mapping[str, tuple[str, Mapping[str, str]]], name: str = "") -> File:
    """A table of CBS: by code of the municipality its name, and the code and name of its regions (`{"JZ09": "Zaanstreek-Waterland"}`)."""
    rows: list[dict[str, Any]] = []
    for code, (label, regions) in municipalities.items():
        rows.append({"Measure": "GM000C_1", "StringValue": f"{label}     ", "RegioS": code})
        for region, called in regions.items():
            rows.append({"Measure": f"{region[:2]}0001", "StringValue": f"{region}   ", "RegioS": code})
            rows.append({"Measure": f"{region[:2]}0002", "StringValue": f"{called}   ", "RegioS": code})
    context = f"https://datasets.cbs.nl/odata/v1/CBS/{number}/$metadata#Observations"
    numbered = [{"Id": number, **row} for number, row in enumerate(rows)]
    return File(name or f"{number}.json", json.dumps({"@odata.context": context, "value": numbered}).encode())


# ── RvIG ──────────────────────────────────────────────────────────────────────────────────────────

HEAD = (
    "92.10 Gemeentecode", "92.11 Gemeentenaam", "92.12 Nieuwe gemeentecode", "99.98 Datum ingang tabelregel",
    "99.99 Datum beëindiging tabelregel",
)  # fmt: skip


def rvig_table(*rows: Sequence[str], head: Sequence[str] = HEAD) -> File:
    return File("tabel33.csv", _csv(head, rows, quoting=csv.QUOTE_ALL).encode("utf-16"))


# ── ROO ───────────────────────────────────────────────────────────────────────────────────────────


def csv_file(name: str, head: Sequence[str], *rows: Sequence[str]) -> File:
    return File(name, _csv(head, rows).encode())


def _csv(head: Sequence[str], rows: Sequence[Sequence[str]], **more: Any) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", **more).writerows([head, *rows])
    return text.getvalue()
