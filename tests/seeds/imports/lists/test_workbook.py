"""Files as sheets of plain cells: each form, encoding and separator, and what cannot be read."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from seeds.imports.lists.package import Unreadable
from seeds.imports.lists.workbook import MOST_BYTES, Reading, readings
from tests.seeds.imports.lists.region import FORMS, as_csv, as_ods, as_xls, as_xlsx

texts = st.text(st.sampled_from("abcë’€;,\t\"' .-\n7"), min_size=1, max_size=12).map(str.strip).filter(bool)
tables = st.lists(st.lists(texts, min_size=2, max_size=4), min_size=1, max_size=5)


@given(table=tables, form=st.sampled_from(sorted(FORMS)))
def test_what_is_written_in_any_form_is_read_again(table: list[list[str]], form: str) -> None:
    width = max(map(len, table))
    padded = [tuple(row + [""] * (width - len(row))) for row in table]

    def trimmed(reading: Reading) -> list[tuple[object, ...]]:
        (sheet,) = reading
        return [(*row, *[""] * (width - len(row))) for row in sheet.rows]

    assert padded in [trimmed(way) for way in readings(FORMS[form](table)) if not way[0].faults]


@pytest.mark.parametrize("write", [as_xlsx, as_xls, as_ods])
def test_numbers_and_dates_keep_their_kind(write: object) -> None:
    ((sheet,),) = readings(write([["a", 27381312.0, 1.5, date(2022, 1, 1), None, "007"]]))  # type: ignore[operator]
    assert sheet.rows == (("a", 27381312.0, 1.5, date(2022, 1, 1), "", "007"),)


def test_a_time_of_day_stays_a_text() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Tijd")
    page.write_datetime(0, 0, datetime(2022, 1, 1, 13), book.add_format({"num_format": "d-m-yyyy h:mm"}))  # noqa: DTZ001  a cell has no zone
    page.write_datetime(0, 1, datetime(2022, 1, 1), book.add_format({"num_format": "d-m-yyyy h:mm"}))  # noqa: DTZ001
    book.close()
    ((sheet,),) = readings(out.getvalue())
    assert sheet.rows == (("2022-01-01 13:00:00", date(2022, 1, 1)),)


def test_the_line_sep_of_excel_chooses_the_separator_and_counts_as_a_row() -> None:
    ((sheet,),) = readings(b"sep=;\r\na;b\r\nc,d;e\r\n")
    assert sheet.rows == ((), ("a", "b"), ("c,d", "e"))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04 no zip", "not a spreadsheet"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "not a spreadsheet"),
        (b"a\x00b\x00\x81", "neither a spreadsheet nor a text"),
        (b"a" * (MOST_BYTES + 1), "larger than 20 MiB"),
        (b"a\n" * 20_001, "more than 20,000 rows"),
    ],
    ids=["zip", "ole", "zeros", "long", "high"],
)
def test_what_cannot_be_read_says_why(content: bytes, what: str) -> None:
    with pytest.raises(Unreadable, match=what) as refused:
        readings(content)
    assert refused.value.remedy.endswith(".")


def test_quotes_that_do_not_match_are_a_fault_at_their_row() -> None:
    (sheet,) = readings(b'a;b\n1;2\n"3;4\n')[0]
    assert (sheet.rows, list(sheet.faults)) == ((("a", "b"), ("1", "2")), [(2, 0)])


def test_a_hidden_sheet_is_known_as_such() -> None:
    (reading,) = readings(as_xlsx([["a"]], more={"Weg": [["b"]]}, hidden=["Weg"]))
    assert [(sheet.name, sheet.hidden) for sheet in reading] == [("Contracten", False), ("Weg", True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_signs_of_names_survive_each_encoding(encoding: str) -> None:
    (sheet,) = readings(as_csv([["Coöperatie ’t Gooi", "€ 5"]], ";", encoding))[0]
    assert sheet.rows == (("Coöperatie ’t Gooi", "€ 5"),)
