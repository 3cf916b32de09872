"""What stands in the file of a spreadsheet beside its cells: errors, dates shown without their day, and what would not fit in memory."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from seeds.imports.lists.package import Unreadable, column_letters, column_number, marks
from seeds.imports.lists.workbook import readings
from tests.seeds.imports.lists.region import as_ods, as_xlsx


@given(number=st.integers(0, 16_383))
def test_a_column_has_the_letters_of_excel(number: int) -> None:
    assert column_number(column_letters(number)) == number


def test_columns_after_z_have_two_letters() -> None:
    assert [column_letters(number) for number in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


def _with_formula(value: object) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("R&D <1>")
    page.write_formula(1, 2, "=1/0", None, value)
    book.close()
    return out.getvalue()


def test_an_error_of_a_formula_is_a_fault_and_its_result_is_the_cell() -> None:
    ((wrong,),) = readings(_with_formula("#DIV/0!"))
    assert (wrong.name, list(wrong.faults)) == ("R&D <1>", [(1, 2)])
    ((right,),) = readings(_with_formula(7))
    assert (right.rows[1][2], dict(right.faults)) == (7.0, {})


def test_a_cell_far_away_is_refused_before_room_is_made_for_all_cells_up_to_it() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Ver")
    page.write_string(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(Unreadable, match='Sheet "Ver" has more than'):
        readings(out.getvalue())


def test_a_file_that_unpacks_to_very_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb", b"\0" * (65 * 2**20))
    with pytest.raises(Unreadable, match="more than 64 MiB"):
        readings(out.getvalue())


ERROR = b'<table:table-cell xmlns:calcext="urn:calcext" office:value-type="string" calcext:value-type="error"/>'
MUCH = b'<table:table-row table:number-rows-repeated="30000"><table:table-cell table:number-columns-repeated="9"%s/></table:table-row>'


def _changed(content: bytes, old: bytes, new: bytes) -> bytes:
    """An ods file with something else in its content."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old, new))
    return out.getvalue()


def test_an_error_in_an_ods_file_is_a_fault_behind_repeated_cells_too() -> None:
    repeated = b'<table:table-cell table:number-columns-repeated="2"/>' + ERROR
    content = _changed(
        as_ods([["a"], ["b", "x"]]), b'<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>', repeated
    )
    ((sheet,),) = readings(content)
    assert list(sheet.faults) == [(1, 3)]


def test_an_ods_file_may_end_in_many_empty_rows_but_not_in_many_full_ones() -> None:
    end = b"</table:table>"
    ((sheet,),) = readings(_changed(as_ods([["a"]]), end, MUCH % b"" + end))
    assert sheet.rows == (("a",),)
    with pytest.raises(Unreadable, match="more than 20,000 rows"):
        readings(_changed(as_ods([["a"]]), end, MUCH % b' office:value-type="string"' + end))


def test_a_file_that_defines_entities_is_refused() -> None:
    with pytest.raises(Unreadable, match="signs of its own"):
        readings(_changed(as_ods([["a"]]), b"<office:document-content", b"<!DOCTYPE x [<!ENTITY a 'b'>]><office:document-content"))


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("d-m-yyyy", date(2022, 3, 1)), ("mmm-yy", "2022-03"), ("mmmm yyyy", "2022-03"), ("[$-413]mmm yyyy;@", "2022-03"), ("yyyy", "2022"),
        ('yyyy "dus"', "2022"), (17, "2022-03"), (14, date(2022, 3, 1)), ("dddd d mmmm yyyy", date(2022, 3, 1)),
    ],
)  # fmt: skip
def test_a_date_is_as_vague_as_excel_shows_it(form: str | int, shown: object) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Lijst")
    page.write_datetime(2, 1, datetime(2022, 3, 1), book.add_format({"num_format": form}))  # noqa: DTZ001  a cell has no zone
    page.write_number(3, 1, 7, book.add_format({"num_format": form}))
    page.write_string(4, 1, "tekst", book.add_format({"num_format": form}))
    book.close()
    ((sheet,),) = readings(out.getvalue())
    assert (sheet.rows[2][1], sheet.rows[4][1]) == (shown, "tekst")


def test_a_file_that_is_no_package_has_no_marks() -> None:
    assert marks(b"PK\x03\x04") == {}
    assert set(marks(as_xlsx([["a"]]))) == {"Contracten"}
