"""Writes compact claims: a table as CSV and, beside it, what each row says. Cells that hold no value are empty."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import yaml

Row = Mapping[str, str]
Entry = Mapping[str, object]
DATES = ("from", "began", "until")  # an entry with an empty cell is no claim, so what has an end has columns of its own


def dates(start: str, until: str) -> dict[str, str]:
    """Returns the cells of a period: of one that ended, or of one without an end."""
    return {"began": start, "until": until} if until else {"from": start}


def with_dates(entry: Entry) -> list[Entry]:
    """Returns an entry twice: for rows without an end and for rows with one."""
    return [{**entry, "from": "{from}"}, {**entry, "from": "{began}", "until": "{until}"}]


def table(name: str, type: str, comment: str, columns: Sequence[str], rows: Iterable[Row], claims: Sequence[Entry]) -> dict[str, bytes]:
    """Returns the two files of a table: `tables/NAME.yaml` and `tables/NAME.csv`, its rows in order and each once."""
    head = "".join(f"# {line.strip()}\n" for line in comment.strip().splitlines())
    said = yaml.safe_dump({"type": type, "rows": f"{name}.csv", "claims": list(claims)}, sort_keys=False, allow_unicode=True, width=140)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(sorted({tuple(row.get(column, "") for column in columns) for row in rows}))
    return {f"tables/{name}.yaml": (head + said).encode(), f"tables/{name}.csv": text.getvalue().encode()}
