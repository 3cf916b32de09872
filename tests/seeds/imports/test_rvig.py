"""Tabel 33 of RvIG becomes lives: from a first day, if it has one, through the last day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.imports.cbs import CBS
from seeds.imports.importer import File, Known
from seeds.imports.rvig import RVIG
from tests.seeds.imports import real, small
from tests.seeds.imports.small import HEAD, cbs_table, claims, problems, run, rvig_table

REGIONS = {"JZ01": "Noord", "PV20": "Groningen"}


def towns() -> Known:
    """Two municipalities that are known, by the first table of CBS."""
    return small.known(run(CBS, [cbs_table("82949NED", {"GM0001": ("Stad", REGIONS), "GM0002": ("Laren (NH.)", REGIONS)})]).files)


@settings(max_examples=30)
@given(st.dates(date(2015, 1, 2), date(2030, 1, 1)))
def test_the_table_gives_the_first_day_after_and_the_claim_the_last_day(after: date) -> None:
    wanted = run(RVIG, [rvig_table(("0001", "Stad", "0002", "", after.strftime("%Y%m%d")))], towns())
    period = claims({**wanted.files, **_names()})["rvig.stad.exists"].period
    assert (period.valid_to, period.end and period.end.edtf) == (after, str(after - timedelta(days=1)))
    assert period.start
    assert period.start.edtf == "../2015-01-01"


def _names() -> dict[str, bytes]:
    return dict(run(CBS, [cbs_table("82949NED", {"GM0001": ("Stad", REGIONS), "GM0002": ("Laren (NH.)", REGIONS)})]).files)


def test_a_first_day_is_taken_as_it_is_given_and_a_name_that_differs_stands_beside() -> None:
    wanted = run(
        RVIG, [rvig_table(("0001", "Stad", "", "19680101", ""), ("0002", "Laren", "", "", ""), ("0003", "Ver", "", "", ""))], towns()
    )
    found = claims({**wanted.files, **_names()})
    assert found["rvig.stad.exists"].period.valid_from == date(1968, 1, 1)
    assert found["rvig.laren.name"].value == "Laren"
    assert list(wanted.notes) == ["Not known here, so left out: GM0003. Import the tables of CBS first."]


def test_what_is_no_municipality_or_ended_before_2015_is_left_out() -> None:
    rows = [("0000", "Onbekend", "", "", ""), ("1999", "RNI", "", "20140106", ""), ("0002", "Oud", "0001", "", "20150101")]
    wanted = run(RVIG, [rvig_table(*rows)], towns())
    assert wanted.files["tables/municipality-lives.csv"] == b"slug,code,name,from,began,until\n"


def test_every_fault_of_the_file_is_told_with_its_place() -> None:
    assert problems(RVIG, File("a.csv", b"abc")) == ["a.csv: It is not a UTF-16 table. Give the file of RvIG as it was downloaded."]
    assert "row 1: Its columns are not" in problems(RVIG, rvig_table(head=HEAD[:4]))[0]
    assert problems(RVIG, rvig_table(("3", "Stad", "", "", ""), ("0001", "", "", "", ""), ("0002", "Dorp", "", "2015", "20150230"))) == [
        'tabel33.csv, row 2, column 92.10 Gemeentecode: "3" is not a code of four digits. Keep the leading zeros.',
        "tabel33.csv, row 3, column 92.11 Gemeentenaam: The municipality has no name. Download the file again.",
        'tabel33.csv, row 4, column 99.98 Datum ingang tabelregel: "2015" is not a day. Write it as 20220324.',
        'tabel33.csv, row 4, column 99.99 Datum beëindiging tabelregel: "20150230" is not a day. Write it as 20220324.',
    ]
    assert "twice" in problems(RVIG, rvig_table(("0001", "A", "", "", ""), ("0001", "B", "", "", "")))[0]
    assert "ends before it begins" in problems(RVIG, rvig_table(("0001", "A", "", "20200101", "20190101")))[0]
    assert "3 cells instead of 5" in problems(RVIG, rvig_table(("0001", "A", "")))[0]
    assert "one file" in problems(RVIG, rvig_table(), rvig_table())[0]


def test_the_real_table_gives_the_tables_of_the_country() -> None:
    wanted = run(RVIG, [real.rvig()], real.shipped())
    assert {path: content == real.country(path) for path, content in wanted.files.items()} == dict.fromkeys(wanted.files, True)
    assert list(wanted.notes) == []
