"""A small made-up region as known things, and lists of it in each form in which a spreadsheet can be saved."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
import xlwt

from seeds.folder import Folder
from seeds.imports.importer import File, Importer, Known, Wanted
from seeds.read import read_all

Value = str | float | date | bool | None
Rows = Sequence[Sequence[Value]]

THINGS = {
    "municipality/oosterdam": ("Oosterdam", ["identifier: CBS_GM:GM9001"]),
    "municipality/westerveen": ("Westerveen", []),
    "municipality/berg-on": ("Berg", ["alternateName: Berg (ON)"]),
    "municipality/berg-wn": ("Berg", ["alternateName: Berg (WN)"]),
    "region/tweestromen": ("Tweestromen", ["kind: YOUTH_REGION", "member: [municipality/oosterdam, municipality/westerveen]"]),
    "region/elders": ("Elders", ["kind: YOUTH_REGION"]),
    "collaboration/inkoop-tweestromen": ("Inkoop Tweestromen", []),
    "provider/de-brug": ("Stichting De Brug", ["alternateName: De Brug", "identifier: KVK:01234567"]),
    "provider/het-anker": ("Het Anker", ["alternateName: Oude Haven", "nameKind: FORMER"]),
    "provider/molenzicht": ("Molenzicht, zorg en wonen", []),
    "function/dyslexiezorg": ("Dyslexiezorg", ["notation: dys"]),
    "function/elders-b": ("Segment B (Elders)", ["notation: B", "definedBy: region/elders"]),
    "function/tweestromen-a": ("Segment A (Tweestromen)", ["notation: A", "definedBy: region/tweestromen"]),
    "procurement/tweestromen-2024": ("Inkoop jeugdhulp Tweestromen 2024", []),
    "contract/oud-2020": ("Ambulant 2020", ["identifier: LOCAL:TS-2020-01"]),
}
DATASET = "slug: tweestromen\ntitle: {nl: Tweestromen, en: Tweestromen}\nscope: {nl: een streek, en: a region}\nchecked: 2026-11-21\n"
REGISTER = b"slug: register\nkind: REGISTRY\ntitle: Register\npublished: 2023-12-31\n"
TYPES = {
    "municipality": ("municipalities", "Municipality"), "region": ("regions", "Region"),
    "collaboration": ("collaborations", "Collaboration"), "provider": ("providers", "Provider"),
    "function": ("care-functions", "CareFunction"), "procurement": ("procurements", "Procurement"), "contract": ("contracts", "Contract"),
}  # fmt: skip


def _entries(slug: str, name: str, more: Sequence[str]) -> Iterator[str]:
    yield f'  - {{id: {slug}.name, name: {{nl: "{name}"}}, source: register}}'
    for number, said in enumerate(more):
        if not said.startswith("nameKind"):
            kind = next((f", {each}" for each in more[number + 1 :][:1] if each.startswith("nameKind")), "")
            yield f"  - {{id: {slug}.{number}, {said}{kind}, source: register}}"


def _world() -> Folder:
    files = {"dataset.yaml": DATASET.encode(), "sources/register.yaml": REGISTER}
    for key, (name, more) in THINGS.items():
        prefix, _, slug = key.partition("/")
        under, type = TYPES[prefix]
        lines = [f"type: {type}", f"slug: {slug}", "claims:", *_entries(key.replace("/", "-"), name, more), ""]
        files[f"{under}/{slug}.yaml"] = "\n".join(lines).encode()
    return Folder("claims", files)


WORLD = _world()


def own_folder(files: Mapping[str, bytes]) -> Folder:
    """A folder of the region's own, with these files in it."""
    return Folder("eigen", {"dataset.yaml": DATASET.replace("tweestromen", "eigen").encode(), **files})


@lru_cache
def known() -> Known:
    return Known(read_all(WORLD).dataset)


def ask(importer: Importer, *files: File) -> Wanted:
    return importer.read(files, known(), lambda line: None)


def told(wanted: Wanted) -> list[str]:
    """The problems as `row column CODE`; the column is its letter."""
    return [f"{p.row} {p.column.partition(' ')[0]} {p.code}" for p in sorted(set(wanted.problems))]


# ── a list in each form ───────────────────────────────────────────────────────────────────────────

ABOUT: Rows = (("Titel", "Contracten Tweestromen"), ("Peildatum", "1-11-2026"), ("Uitgever", "Regio Tweestromen"), ())


def rows(*records: Mapping[str, Value], about: Rows = ABOUT) -> list[list[Value]]:
    """The rows of a list: what is said about it, the headings that the records use, and the records."""
    headings = list(dict.fromkeys(key for record in records for key in record))
    return [*map(list, about), list(headings), *([record.get(heading) for heading in headings] for record in records)]


def as_csv(given: Rows, separator: str = ";", encoding: str = "utf-8", newline: str = "\r\n") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=newline).writerows([["" if v is None else _shown(v) for v in row] for row in given])
    return out.getvalue().encode(encoding)


def _shown(value: Value) -> str:
    if isinstance(value, date):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return (
        ("ja" if value else "nee") if isinstance(value, bool) else str(value).replace(".", ",") if isinstance(value, float) else str(value)
    )


def as_xlsx(given: Rows, sheet: str = "Contracten", more: Mapping[str, Rows] | None = None, hidden: Sequence[str] = ()) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    dated = book.add_format({"num_format": "d-m-yyyy"})
    for name, each in {sheet: given, **(more or {})}.items():
        page = book.add_worksheet(name)
        for at, row in enumerate(each):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(at, column, datetime(value.year, value.month, value.day), dated)  # noqa: DTZ001  a cell has no zone
                elif isinstance(value, bool):
                    page.write_boolean(at, column, value)
                elif isinstance(value, float):
                    page.write_number(at, column, value)
                elif value is not None:
                    page.write_string(at, column, value)
        if name in hidden:
            page.hide()
    book.close()
    return out.getvalue()


def as_xls(given: Rows) -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("Contracten")
    dated = xlwt.easyxf(num_format_str="D-M-YYYY")
    for at, row in enumerate(given):
        for column, value in enumerate(row):
            if value is not None:
                page.write(at, column, value, *([dated] if isinstance(value, date) else []))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(given: Rows) -> bytes:
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in given)
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Contracten">{lines}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    out = io.BytesIO()
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>'
    )
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def _ods_cell(value: Value) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, float):
        return f'<table:table-cell office:value-type="float" office:value={quoteattr(repr(value))}/>'
    parts = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{parts}</table:table-cell>'


FORMS: dict[str, Callable[[Rows], bytes]] = {
    "xlsx": as_xlsx,
    "xls": as_xls,
    "ods": as_ods,
    **{
        f"csv {encoding} {name}": lambda given, s=separator, e=encoding: as_csv(given, s, e)  # type: ignore[misc]
        for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16")
        for name, separator in (("semicolon", ";"), ("comma", ","), ("tab", "\t"))
    },
}
