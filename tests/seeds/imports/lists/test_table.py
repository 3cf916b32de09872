"""Where the list is in a file, which columns are read, and what may not stand in it."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from seeds.imports.importer import File
from seeds.imports.lists.columns import CONTRACTS, PROVIDERS
from seeds.imports.lists.heading import column_of, nearest, personal
from seeds.imports.lists.table import Faults, Table, table
from tests.seeds.imports.lists.region import Rows, as_csv, as_xls, as_xlsx, rows


def read(content: bytes) -> tuple[Table | None, list[str], list[str]]:
    """The list, the problems as `sheet row column CODE`, and the notes."""
    faults = Faults()
    found = table(File("lijst", content), CONTRACTS, faults)
    return found, [f"{p.sheet} {p.row} {p.column} {p.code}".strip() for p in faults.problems], faults.notes


def of(*records: dict[str, str]) -> bytes:
    return as_csv(rows(*records))


GOOD = {"Kenmerk": "TS-1", "Naam": "Ambulant"}
COLUMNS = [*CONTRACTS, *PROVIDERS]


# ── headings ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("columns", [CONTRACTS, PROVIDERS], ids=["contracts", "providers"])
def test_each_heading_means_one_column_and_none_announces_a_person(columns: tuple[object, ...]) -> None:
    for column in columns:
        for heading in column.headings:  # type: ignore[attr-defined]
            for written in (heading, heading.upper(), f" {heading}: ", heading.replace(" ", "\n")):
                assert column_of(written, columns) is column  # type: ignore[arg-type]
            assert not personal(heading)


@given(column=st.sampled_from(CONTRACTS), data=st.data())
def test_a_heading_with_a_wrong_letter_is_suggested_and_never_taken(column: object, data: st.DataObject) -> None:
    heading = column.dutch  # type: ignore[attr-defined]
    at = data.draw(st.integers(0, len(heading) - 1))
    written = f"{heading[:at]}q{heading[at + 1 :]}"
    if len(heading) < 8:
        return
    assert column_of(written, CONTRACTS) is None
    assert nearest(written, CONTRACTS) is not None


def test_a_near_heading_is_a_problem_with_the_right_one() -> None:
    faults = Faults()
    table(File("lijst", of({**GOOD, "Eindatum": "2024"})), CONTRACTS, faults)
    (problem,) = faults.problems
    assert str(problem) == (
        'lijst, row 5, column C (Eindatum): "Eindatum" is not a heading of this list. Did you mean Einddatum? '
        "If not, put the heading in (brackets), and the column is not read."
    )


def test_a_column_in_brackets_or_with_another_heading_is_not_read_and_that_is_told() -> None:
    found, problems, notes = read(of({**GOOD, "(Eindatum)": "2024", "Opmerkingen": "x", "Kleur": "y"}))
    assert (problems, notes) == ([], ["lijst: not read: (Eindatum), Opmerkingen, Kleur."])
    assert found
    assert [sorted(row.cells) for row in found.rows] == [["name", "reference"]]


def test_a_column_that_stands_there_twice_and_one_that_is_missing_are_problems() -> None:
    assert read(of({"Kenmerk": "a", "Reference": "b", "Gebied": "c"}))[1] == ["5 B (Reference) UNKNOWN_HEADING", "5 A MISSING_HEADING"]


def test_headings_may_stand_lower_and_on_more_sheets_and_the_others_are_told() -> None:
    page = rows(GOOD, about=[["Contracten van de regio"], *[["Titel", "x"], ["Peildatum", "1-11-2026"], []]])
    more: dict[str, Rows] = {"2025": rows(GOOD, about=[["Titel", "x"]]), "Draaitabel": [["som", "7"]], "Leeg": [], "Oud": page}
    found, problems, notes = read(as_xlsx(page, more=more, hidden=["Oud"]))
    assert problems == []
    assert notes == [
        'lijst: sheet "Draaitabel" was not read: it has no headings of this list.',
        'lijst: sheet "Oud" was not read: it is hidden.',
    ]
    assert found
    assert [(row.start.sheet, row.start.row) for row in found.rows] == [("Contracten", 6), ("2025", 3)]
    assert {key: cell.text for key, cell in found.about.items()} == {"title": "x", "day": "1-11-2026"}


def test_sheets_that_say_different_things_of_the_list_are_a_problem() -> None:
    other = rows(GOOD, about=[["Titel", "y"]])
    assert read(as_xlsx(rows(GOOD), more={"B": other}))[1] == ["B 1 B (Titel) TWO_VALUES"]


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (b"a;b\n1;2\n", "Name the columns as in the template (--template): Kenmerk, Naam at least."),
        (b"x\nKenmrk,Inkopperss,Naamm\n", 'Did you mean: "Kenmrk" → Kenmerk; "Inkopperss" → Inkopers; "Naamm" → Naam?'),
        (b"", "Name the columns as in the template (--template): Kenmerk, Naam at least."),
    ],
)
def test_a_file_without_the_headings_says_which_resemble_them(content: bytes, remedy: str) -> None:
    faults = Faults()
    assert table(File("lijst", content), CONTRACTS, faults) is None
    assert [(p.code, p.remedy) for p in faults.problems] == [("NO_HEADINGS", remedy)]


def test_a_file_that_cannot_be_read_is_one_problem() -> None:
    assert read(b"PK\x03\x04")[1] == ["0  UNREADABLE"]


def test_a_line_about_the_list_that_resembles_a_known_one_is_a_problem() -> None:
    assert read(as_csv(rows(GOOD, about=[["Tittel", "x"], ["Status", "y"]])))[1] == ["1 B (Tittel) UNKNOWN_HEADING"]


# ── personal data ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "heading",
    [
        "BSN", "Geboortedatum", "Naam cliënt", "Cliëntnr.", "E-mail", "e-mailadres", "Email", "Telefoon", "Tel.nr", "Mobiel",
        "Contactpersoon",
        "contactpersoon aanbieder", "Contractmanager", "Voornaam", "Achternaam kind", "Date of birth", "Client name", "Phone", "First name",
        "Contact person", "IBAN", "Wethouder", "(Telefoon)", "Kind", "Naam kind", "Burgerservicenummer",
    ],
)  # fmt: skip
def test_a_column_about_people_is_refused_wherever_it_stands(heading: str) -> None:
    assert "PERSONAL_DATA" in read(of({**GOOD, heading: "x"}))[1][0]
    assert "PERSONAL_DATA" in read(as_csv(rows(GOOD, about=[[heading, "x"]])))[1][0]


@pytest.mark.parametrize(
    "heading", ["Opmerkingen", "Budget", "Aantal plaatsen", "Kind of care", "Adres", "Website", "Productcode", "Contractwaarde"]
)
def test_other_columns_are_not_refused(heading: str) -> None:
    assert read(of({**GOOD, heading: "x"}))[1] == []


@pytest.mark.parametrize("text", ["bel 06-12345678", "info@voorbeeld.nl", "111222333", "020-1234567"])
@pytest.mark.parametrize("heading", ["Aanbieders", "Opmerkingen", "Naam van het contract"])
def test_what_looks_like_personal_data_is_refused_in_every_column(text: str, heading: str) -> None:
    record = (
        {"Kenmerk": "TS-1", "Naam": "Ambulant", heading: text} if heading != "Naam van het contract" else {"Kenmerk": "TS-1", heading: text}
    )
    found = read(of(record))[1]
    assert [problem.rpartition(" ")[2] for problem in found] == ["PERSONAL_DATA"]


def test_a_refusal_does_not_repeat_what_it_refuses() -> None:
    faults = Faults()
    table(File("lijst", of({**GOOD, "Opmerkingen": "bel 06-12345678"})), CONTRACTS, faults)
    assert [p.what for p in faults.problems] == ['"06…" looks like a telephone number.']


def test_an_rsin_in_its_own_column_is_no_citizen_service_number() -> None:
    faults = Faults()
    table(File("lijst", as_csv(rows({"Naam": "x", "RSIN": "111222333"}))), PROVIDERS, faults)
    assert faults.problems == []


# ── hostile cells ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "=HYPERLINK(A1)", "+cmd|' /C calc'!A0", "@SUM(1)", "-x", "<b>Levvel</b>", "<script>alert(1)</script>", "a > b",
        "x" * 10_000,
        "a\x07b", "Stichting CoÃ¶peratie", "Zorg\ufffd", "‮levvel",
    ],
)  # fmt: skip
def test_a_hostile_cell_is_refused(text: str) -> None:
    assert read(of({**GOOD, "Gebied": text}))[1] == ["6 C (Gebied) WRONG_VALUE"]


@pytest.mark.parametrize(
    "text", ["’s Heeren Loo", "R&D", "Jeugd- en gezinshulp", "-5", 'Coöperatie "Het Huis"', "GGZ (NHN)", "a\nb", "100%", "a\xa0b"]
)
def test_a_usual_text_is_not(text: str) -> None:
    assert read(of({**GOOD, "Gebied": text}))[1] == []


@given(text=st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    found, problems, _ = read(as_xlsx(rows({**GOOD, "Gebied": text.replace("\x00", "")})))
    assert found
    assert all(problem.rpartition(" ")[2] in ("WRONG_VALUE", "PERSONAL_DATA") for problem in problems)


def test_a_formula_that_gives_an_error_is_a_problem_only_where_it_is_read() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Lijst")
    page.write_row(0, 0, ["Kenmerk", "Naam", "Kleur"])
    page.write_row(1, 0, ["a"])
    page.write_formula(1, 1, "=NA()", None, "#N/A")
    page.write_formula(1, 2, "=NA()", None, "#N/A")
    book.close()
    assert read(out.getvalue())[1] == ["Lijst 2 B (Naam) UNREADABLE"]


def test_quotes_that_do_not_match_are_a_problem_at_their_row() -> None:
    assert read(as_csv(rows(GOOD)) + b'"TS-2;x\r\n')[1] == ["7 A (Kenmerk) UNREADABLE"]


def test_of_an_old_file_it_is_told_that_errors_cannot_be_seen() -> None:
    assert read(as_xls(rows(GOOD)))[2] == [
        "lijst: in an .xls file a formula that gives an error looks empty; save it as .xlsx to be told of it."
    ]


def test_an_empty_row_is_no_row() -> None:
    found, problems, _ = read(as_csv([*rows(GOOD), ["", " "], ["TS-2", "b"]]))
    assert (problems, [row.start.row for row in found.rows] if found else None) == ([], [6, 8])
