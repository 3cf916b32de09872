"""Tables in files: what is read is written again in its form, nothing written is a formula, and what is no table says so."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from api.table import Cell, Form, NoColumn, Table, TableRefused, read_table, with_columns, write_table
from tests.graph.worlds import examples

WORDS = st.text(st.characters(codec="cp1252", exclude_categories=["Cc", "Cs"]), max_size=12)
FORMS = [Form(delimiter, encoding, end) for delimiter in ";," for encoding in ("utf-8", "utf-8-sig", "cp1252") for end in ("\n", "\r\n")]
RISKY = ["=1+1", "+SUM(A1)", "-2+3", "@SUM(A1)", "\t=1", "  =1", "\r=1", "＝1+1", '=HYPERLINK("http://example.org")', "-a"]
HARMLESS = ["-5", "+31", "-3,5 %", "-", "a=b", "1-2", "GM0363", ""]


def lines(content: bytes, form: Form) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(form.encoding), newline=""), delimiter=form.delimiter))


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_csv_is_written_in_the_form_in_which_it_was_found(tmp_path: Path, form: Form) -> None:
    content = form.line_end.join((form.delimiter.join(("Nr", "Gemeente")), form.delimiter.join(("1", "Súdwest-Fryslân")), "")).encode(
        form.encoding
    )
    (tmp_path / "in.csv").write_bytes(content)
    found = read_table(tmp_path / "in.csv")
    assert (found.header, found.rows) == (("Nr", "Gemeente"), (("1", "Súdwest-Fryslân"),))
    assert found.form == form
    assert write_table(tmp_path / "out.csv", found)
    assert (tmp_path / "out.csv").read_bytes() == content


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WORDS, WORDS), max_size=6), st.sampled_from(FORMS))
def test_every_cell_comes_back_from_a_csv_but_for_the_apostrophe(tmp_path: Path, rows: list[tuple[str, str]], form: Form) -> None:
    kept = [row for row in rows if any(row)]
    write_table(tmp_path / "t.csv", Table(("a", "b"), tuple(kept), form))
    found = read_table(tmp_path / "t.csv").rows
    assert len(found) == len(kept)
    for row, again in zip(kept, found, strict=True):
        assert all(new in (old, f"'{old}") for old, new in zip(row, again, strict=True))


@examples(300)
@given(st.sampled_from(RISKY) | st.sampled_from("=+@").flatmap(lambda sign: WORDS.filter(bool).map(lambda word: f"{sign}x{word}")))
def test_no_cell_that_is_written_is_a_formula(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("cells")
    table = Table((text, "b"), ((text, None),), Form(";", "utf-8"))
    write_table(folder / "t.csv", table)
    for row in lines((folder / "t.csv").read_bytes(), table.form):
        assert row[0] == f"'{text}"
    write_table(folder / "t.xlsx", table)
    assert b"<f>" not in (folder / "t.xlsx").read_bytes()
    assert read_table(folder / "t.xlsx").rows[0][0] == text


@pytest.mark.parametrize("text", HARMLESS)
def test_a_number_or_a_hyphen_stays_as_it_is(tmp_path: Path, text: str) -> None:
    write_table(tmp_path / "t.csv", Table(("a", "b"), ((text, "x"),)))
    assert read_table(tmp_path / "t.csv").rows == ((text, "x"),)


def test_numbers_and_days_of_an_xlsx_stay_what_they_are(tmp_path: Path) -> None:
    moment = datetime.fromisoformat("2024-01-01T12:30")
    cells: tuple[Cell, ...] = (363.0, 1.5, True, date(2024, 1, 1), moment, time(12, 30), "=1+1", "http://example.org")
    titles = tuple("abcdefgh")
    write_table(tmp_path / "t.xlsx", Table(titles, (cells,)))
    assert read_table(tmp_path / "t.xlsx").rows == (cells,)
    write_table(tmp_path / "t.csv", Table(titles, (cells,)))
    assert read_table(tmp_path / "t.csv").rows[0][:4] == ("363", "1.5", "True", "2024-01-01")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dates(date(1700, 1, 1), date(2200, 1, 1)))
def test_any_day_of_an_xlsx_is_that_day_or_its_text(tmp_path: Path, day: date) -> None:
    """Spreadsheets have no days before 1900, and in its first two months a day too many: a text is never another day."""
    write_table(tmp_path / "t.xlsx", Table(("a",), ((day,),)))
    assert read_table(tmp_path / "t.xlsx").rows == ((day if day >= date(1900, 3, 1) else day.isoformat(),),)


@pytest.mark.parametrize(
    ("day", "cell"), [(date(1900, 2, 28), "1900-02-28"), (date(1900, 3, 1), date(1900, 3, 1)), (date(1886, 1, 1), "1886-01-01")]
)
def test_the_first_day_of_spreadsheets_is_the_first_of_march_1900(tmp_path: Path, day: date, cell: Cell) -> None:
    write_table(tmp_path / "t.xlsx", Table(("a",), ((day,),)))
    assert read_table(tmp_path / "t.xlsx").rows == ((cell,),)


def test_a_sheet_is_chosen_by_its_name_and_one_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with Workbook(str(tmp_path / "t.xlsx")) as workbook:
        for name in ("Een", "Twee"):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(1, 1, ["x"])
            sheet.write_row(0, 0, [name, "b"])
    assert read_table(tmp_path / "t.xlsx").header == ("Een", "b")
    assert read_table(tmp_path / "t.xlsx", "Twee") == Table(("Twee", "b"), (("", "x"),))
    with pytest.raises(TableRefused) as refused:
        read_table(tmp_path / "t.xlsx", "Drie")
    assert "Een, Twee" in refused.value.remedy
    assert CalamineWorkbook.from_path(str(tmp_path / "t.xlsx")).sheet_names == ["Een", "Twee"]


@pytest.mark.parametrize(("name", "content", "why"), [
    ("t.csv", b"", "empty"), ("t.csv", b"\n\n;;\n", "empty"), ("t.csv", "a;b\nx".encode("utf-16"), "UTF-8"),
    ("t.csv", b'a;b\n"x', "not a CSV"),
    ("t.xlsx", b"no zip", "not an XLSX"), ("t.txt", b"a;b", "neither"), ("none.csv", None, "cannot be read"),
    ("none.xlsx", None, "cannot be read"),
])  # fmt: skip
def test_what_is_no_table_is_refused_with_what_to_do(tmp_path: Path, name: str, content: bytes | None, why: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(TableRefused) as refused:
        read_table(tmp_path / name)
    assert (refused.value.code, why in refused.value.message, bool(refused.value.remedy)) == ("TABLE_REFUSED", True, True)


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "t.csv").mkdir()
    with pytest.raises(TableRefused, match="cannot be written"):
        write_table(tmp_path / "t.csv", Table(("a",), ()))
    assert [file.name for file in tmp_path.iterdir()] == ["t.csv"]


def test_a_name_that_the_encoding_cannot_hold_makes_the_file_utf_8(tmp_path: Path) -> None:
    assert not write_table(tmp_path / "t.csv", Table(("a",), (("Ħ",),), Form(";", "cp1252")))
    assert read_table(tmp_path / "t.csv").rows == (("Ħ",),)


def test_a_column_is_found_by_its_name_whatever_its_case(tmp_path: Path) -> None:
    table = Table(("Nr", "Gemeente code", "x", "X"), ())
    assert [table.column("gemeente  CODE "), table.column("x"), table.column("X")] == [1, 2, 3]
    for name in ("plaats", ""):
        with pytest.raises(NoColumn, match="no column") as none:
            table.column(name)
        assert none.value.code == "NO_COLUMN"
        assert "Nr, Gemeente code, x, X" in none.value.remedy
    with pytest.raises(NoColumn, match="2 columns"):
        Table(("a", "a"), ()).column("a")


def test_short_lines_are_filled_and_a_taken_title_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Key;b\n1\n\n2;3;4\n", "utf-8")
    table = read_table(tmp_path / "t.csv")
    assert (table.header, table.rows) == (("Key", "b", ""), (("1", "", ""), ("", "", ""), ("2", "3", "4")))
    assert with_columns(table, ("key", "uri"), [("k", "u")] * 3).header == ("Key", "b", "", "key regiograaf", "uri")
