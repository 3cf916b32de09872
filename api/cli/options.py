"""The options and arguments that commands share. They import nothing of the schema or a store, so that a command starts at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.domain.languages import LANGUAGES
from graph.domain.model import TYPES
from graph.domain.words import IDENTIFIER_SCHEMES

_LANGUAGES = [language.code for language in LANGUAGES]


def _language(text: str) -> str:
    if text.upper() not in _LANGUAGES:
        raise typer.BadParameter(f"{text!r} is not one of {', '.join(_LANGUAGES)}.")
    return text.upper()


CLAIMS = Annotated[
    list[str] | None,
    typer.Option("--claims", help="Folder of claims of your own, beside the shipped ones; may be given again. Default: REGIOGRAAF_CLAIMS."),
]
LANGUAGE = Annotated[str, typer.Option("--lang", callback=_language, help=f"Language of the answer: {', '.join(_LANGUAGES)}.")]
QUESTION = Annotated[str, typer.Argument(help="A GraphQL document, a file with one, - for standard input, or a question as for `ask`.")]
VARIABLES = Annotated[str, typer.Option(help="""Variables of the document: '{"name": "value"}'.""")]
AS_OF = Annotated[str | None, typer.Option(help="The day of a root field that names none, such as 2023-06-01. Default: today.")]
AS_JSON = Annotated[bool, typer.Option("--json", help="Print the same as JSON, for machines.")]
IMPORTER = Annotated[str, typer.Argument(help="What the files are: cbs, tooi, rvig, roo, boundaries, contracts, providers or claims.")]
FORMAT = Annotated[
    str,
    typer.Argument(
        help="What is written: ndjson, claims-csv, csv, xlsx, turtle, json-ld, concepts, shapes, ocds, graphml, nodes, edges, geojson, "
        "ics, atom, dcat, or all in one zip."
    ),
]
EXPORTED = Annotated[Path, typer.Option("--output", "-o", help="The file that is written, or a folder, in which it gets its usual name.")]
AS_OF_FILE = Annotated[str | None, typer.Option("--as-of", help="The day for which it is written, such as 2023-06-01. Default: today.")]
ARCHIVE = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A zip that `export all` wrote.")]
FILES = Annotated[list[Path] | None, typer.Argument(exists=True, dir_okay=False, readable=True, help="The files, as they are published.")]
INTO = Annotated[Path | None, typer.Option(file_okay=False, help="The folder of claims that is written.")]
TEMPLATE = Annotated[bool, typer.Option("--template", help="Write an empty list of contracts or providers to fill in, to --output.")]
OUTPUT = Annotated[Path | None, typer.Option("--output", "-o", dir_okay=False, help="A new file that ends with .xlsx or .csv.")]
COMMIT = Annotated[bool, typer.Option("--commit", help="Write the claims. Without it the difference is only shown.")]
TABLE = Annotated[Path, typer.Argument(help="A table with the names of its columns in the first line: .csv or .xlsx.")]
COLUMN = Annotated[str, typer.Option("--column", help="The column with identifiers or names.")]
OUT = Annotated[Path, typer.Option("--out", "-o", help="The file that is written: .csv or .xlsx.")]
SCHEME = Annotated[str | None, typer.Option(help=f"What the identifiers of the column are: {', '.join(IDENTIFIER_SCHEMES)}.")]
TYPES_OF_COLUMN = Annotated[
    list[str] | None, typer.Option("--type", help=f"What the column is about; may be given several times: {', '.join(TYPES)}.")
]
SHEET = Annotated[str | None, typer.Option(help="The sheet of an .xlsx. Default: the first.")]
