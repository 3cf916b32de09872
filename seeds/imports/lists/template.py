"""Writes the template of a list, as XLSX with drop-downs and an explanation, or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

from graph.domain.languages import DEFAULT
from graph.errors import WrongSetting
from seeds.imports.lists.heading import Column
from seeds.imports.lists.table import ABOUT, EXPLANATION

_ALL_TEXT = "Alle cellen van de lijst zijn tekst. Zo maakt Excel van jan 2022 geen 1-1-2022, en verdwijnt er geen nul."
ROWS = 2000  # rows that get a drop-down
_MADE = datetime(2020, 1, 1)  # noqa: DTZ001  the same template is the same bytes


def template(columns: Sequence[Column], title: str, ending: str) -> bytes:
    """Returns the empty list, with an explanation of each column. Raises WrongSetting for another ending than .xlsx or .csv."""
    if ending.lower() == ".xlsx":
        return _xlsx(columns, title)
    if ending.lower() == ".csv":
        return _csv(columns)
    raise WrongSetting(f'A template cannot be written as "{ending}".', "Write it to a file that ends with .xlsx or .csv.")


def _csv(columns: Sequence[Column]) -> bytes:
    """Returns the lines about the list and the headings, as Excel in Dutch opens them: a semicolon, and a byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([about.dutch, ""] for about in ABOUT)
    writer.writerow([])
    writer.writerow([column.dutch for column in columns])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(columns: Sequence[Column], title: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": title, "created": _MADE})
    bold = book.add_format({"bold": True, "bg_color": "#D9E5F0", "text_wrap": True, "valign": "top"})
    plain, as_text = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"num_format": 49})
    sheet, about = book.add_worksheet(title), book.add_worksheet(EXPLANATION)
    for at, line in enumerate(ABOUT):
        sheet.write_string(at, 0, line.dutch, bold)
        sheet.write_comment(at, 1, f"{line.about}\nVoorbeeld: {line.example}")
    head = len(ABOUT) + 1
    for at, column in enumerate(columns):
        sheet.set_column(at, at, max(14, len(column.dutch) + 2), as_text)
        sheet.write_string(head, at, column.dutch, bold)
        sheet.write_comment(head, at, f"{column.about}\nVoorbeeld: {column.example}")
        if column.words:
            allowed = [column.words.name(key, DEFAULT) for key in column.words]
            sheet.data_validation(head + 1, at, head + ROWS, at, {"validate": "list", "source": allowed, "error_title": column.dutch})
    sheet.freeze_panes(head + 1, 1)
    about.write_row(0, 0, ("Kolom", "In het Engels", "Verplicht", "Wat erin staat", "Voorbeeld", "Toegestane woorden"), bold)
    for at, column in enumerate((*ABOUT, *columns), 1):
        allowed = [column.words.name(key, DEFAULT) for key in column.words or ()] if column.words else []
        about.write_row(at, 0, (column.dutch, column.english, "ja" if column.required else "nee", column.about), plain)
        about.write_string(at, 4, column.example, plain)
        about.write_string(at, 5, ", ".join(allowed), plain)
    about.write_string(len(ABOUT) + len(columns) + 2, 0, _ALL_TEXT)
    about.set_column(0, 1, 24)
    about.set_column(2, 2, 10)
    about.set_column(3, 3, 70)
    about.set_column(4, 5, 36)
    book.close()
    return out.getvalue()
