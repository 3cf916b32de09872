"""A made-up list of forty contracts, written as such lists are: dates, amounts and names in many ways, options in rows of their own."""

from __future__ import annotations

import csv
import io
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from seeds.check import found_in
from seeds.imports.importer import File, Wanted
from seeds.imports.lists.contracts import CONTRACT_LISTS
from seeds.read import read_all
from tests.seeds.imports.lists.region import FORMS, WORLD, ask, own_folder, told

TEXT = Path(__file__).with_name("forty-contracts.csv").read_text("utf-8")


@lru_cache
def read() -> Wanted:
    return ask(CONTRACT_LISTS, File("contracten.csv", TEXT.encode("cp1252")))


def test_the_list_is_read_whole_and_its_claims_pass_the_check() -> None:
    assert told(read()) == []
    reading = read_all(WORLD, own_folder(read().files))
    assert found_in(reading) == []
    predicates = Counter(claim.predicate for claim in reading.claims.values() if claim.source.startswith("contracts-"))
    assert (predicates["name"], predicates["runs"], predicates["exists"]) == (50, 40, 10)
    assert predicates["option"] == sum(line.count(";;;;1;") + line.count(";;;;2;") for line in TEXT.splitlines())
    assert read().notes[-2:] == ["contracten.csv: not read: Opmerkingen.", "73 rows read: 40 contracts, 10 new providers."]


@pytest.mark.parametrize("form", sorted(FORMS))
def test_it_means_the_same_in_every_form(form: str) -> None:
    table = [list(row) for row in csv.reader(io.StringIO(TEXT), delimiter=";")]
    assert ask(CONTRACT_LISTS, File("contracten", FORMS[form](table))).files == read().files


FAULTS = [
    ("Begindatum", "Begin datm", ["5 C UNKNOWN_HEADING"]),
    ("Opmerkingen", "Contactpersoon", ["5 R PERSONAL_DATA"]),
    ("-;2020;loopt goed", "-;2020;bel 06-12345678", ["14 R PERSONAL_DATA"]),
    ("Dagbehandeling 2022 ;1/1/2022;31 december 2025", "Dagbehandeling 2022 ;1/1/2022;31 december 2021", ["6 D REVERSED_PERIOD"]),
    ("TS-2022-001;Dagbehandeling 2022 ;1/1/2022", "TS-2022-001;Dagbehandeling 2022 ;1/1/22", ["6 C BAD_DATE"]),
    ("Zorgboerderij De Linde (nieuw)", "Zorgboerderij De Linde", []),
    ("EUR 883.402,-", "EUR 883,402", ["14 P WRONG_VALUE"]),
    ("TS-2019-003;;;;2;", ";;;;2;", ["10 A MISSING_VALUE"]),
    (";2024;31.12.2026", ";2024;44926", ["20 D BAD_DATE"]),
]


@pytest.mark.parametrize(("right", "wrong", "expected"), FAULTS, ids=[wrong for _, wrong, _ in FAULTS])
def test_a_fault_in_it_is_found_at_its_cell_and_nothing_comes_of_the_list(right: str, wrong: str, expected: list[str]) -> None:
    assert right in TEXT
    found = ask(CONTRACT_LISTS, File("contracten.csv", TEXT.replace(right, wrong).encode()))
    if expected:
        assert (told(found), found.files) == (expected, {})
    else:
        assert {code.rpartition(" ")[2] for code in told(found)} == {"UNKNOWN_NAME"}
