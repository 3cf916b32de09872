"""The templates: what they explain, what they allow, and that a list made from them is read."""

from __future__ import annotations

import ast
import io
import re
import zipfile

import pytest

from graph.errors import WrongSetting
from seeds.imports.importer import File, Importer
from seeds.imports.importers import IMPORTERS
from seeds.imports.lists.columns import CONTRACTS, PROVIDERS
from seeds.imports.lists.contracts import CONTRACT_LISTS
from seeds.imports.lists.heading import Column
from seeds.imports.lists.providers import PROVIDER_LISTS
from seeds.imports.lists.table import ABOUT, Faults, table
from seeds.imports.lists.workbook import readings
from tests.house.readme import ROOT
from tests.seeds.imports.lists.region import as_csv, as_xlsx, ask, told

LISTS = [(CONTRACT_LISTS, CONTRACTS), (PROVIDER_LISTS, PROVIDERS)]


def made(importer: Importer, ending: str) -> bytes:
    assert importer.template
    return importer.template(ending)


@pytest.mark.parametrize(("importer", "columns"), LISTS, ids=["contracts", "providers"])
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_template_has_every_column_once_and_is_read_as_an_empty_list(
    importer: Importer, columns: tuple[Column, ...], ending: str
) -> None:
    faults = Faults()
    found = table(File(f"leeg{ending}", made(importer, ending)), columns, faults)
    assert (faults.problems, found and found.rows) == ([], ())
    (sheet, *_) = readings(made(importer, ending))[0]
    assert [row for row in sheet.rows if len(row) > 2 and row[2]] == [tuple(column.dutch for column in columns)]
    assert [str(row[0]) for row in sheet.rows[: len(ABOUT)]] == [line.dutch for line in ABOUT]


@pytest.mark.parametrize(("importer", "columns"), LISTS, ids=["contracts", "providers"])
def test_a_template_explains_each_column_with_an_example_and_the_words_allowed(importer: Importer, columns: tuple[Column, ...]) -> None:
    (_, about) = readings(made(importer, ".xlsx"))[0]
    explained = {str(row[0]): row for row in about.rows[1:]}
    for column in (*ABOUT, *columns):
        row = explained[column.dutch]
        allowed = ", ".join(column.words.name(key, "NL") for key in column.words) if column.words else ""
        assert row[1:] == (column.english, "ja" if column.required else "nee", column.about, column.example, allowed)
        assert column.about.endswith(".")


@pytest.mark.parametrize(("importer", "columns"), LISTS, ids=["contracts", "providers"])
def test_a_column_with_few_words_is_a_drop_down(importer: Importer, columns: tuple[Column, ...]) -> None:
    with zipfile.ZipFile(io.BytesIO(made(importer, ".xlsx"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    lists = [",".join(column.words.name(key, "NL") for key in column.words) for column in columns if column.words]
    assert sheet.count("<dataValidation ") == len(lists) > 1
    assert all(f"<formula1>&quot;{words}&quot;</formula1>" in sheet or f'<formula1>"{words}"</formula1>' in sheet for words in lists)


@pytest.mark.parametrize(("importer", "columns"), LISTS, ids=["contracts", "providers"])
def test_the_examples_can_be_read(importer: Importer, columns: tuple[Column, ...]) -> None:
    """Only names that are not in these data, and what cannot stand beside each other, are problems."""
    given = [*([line.dutch, line.example] for line in ABOUT), [], [c.dutch for c in columns], [c.example for c in columns]]
    for content in (as_xlsx(given), as_csv(given)):
        codes = {problem.rpartition(" ")[2] for problem in told(ask(importer, File("lijst", content)))}
        assert codes <= {"UNKNOWN_NAME", "TWO_VALUES"}


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_the_same_template_is_the_same_bytes(ending: str) -> None:
    assert made(CONTRACT_LISTS, ending) == made(CONTRACT_LISTS, ending)


def test_every_cell_is_text_so_that_excel_changes_nothing() -> None:
    with zipfile.ZipFile(io.BytesIO(made(CONTRACT_LISTS, ".xlsx"))) as book:
        sheet, styles = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/styles.xml").decode()
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2])
    assert {formats[int(style)] for style in re.findall(r'<col [^>]*style="(\d+)"', sheet)} == {"49"}  # 49 is text
    assert sheet.count("<col ") == sheet.count(' style="') > 1


def test_another_form_is_refused() -> None:
    with pytest.raises(WrongSetting, match=r'"\.pdf"'):
        made(CONTRACT_LISTS, ".pdf")


def test_only_lists_have_templates() -> None:
    assert {name for name, importer in IMPORTERS.items() if importer.template} == {"contracts", "providers"}


def test_the_manual_lists_the_codes_of_all_problems() -> None:
    section = (
        (ROOT / "api/ERRORS.md").read_text("utf-8").partition("## Importing a list of contracts or providers")[2].partition("\n## ")[0]
    )
    listed = {code for line in section.splitlines() if line.startswith("| `") for code in re.findall("`([A-Z_]+)`", line.split("|")[1])}
    code = re.compile(r"[A-Z]{3,}(?:_[A-Z]+)+|UNREADABLE")
    modules = [*(ROOT / "seeds/imports/lists").glob("*.py"), ROOT / "seeds/imports/proposal.py"]
    nodes = [node for path in modules for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert {text for text in texts if code.fullmatch(text)} - {"NO_DATASET"} | {"NO_HEADINGS"} == listed
