"""`regiograaf resolve`: the same table, with what was found beside it; nothing chosen where several things are meant."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from api.__main__ import main
from api.answer import Answers
from api.cli.linked_table import TITLES, hints_of, link_table
from api.table import Form, NoColumn, Table, TableRefused, read_table, write_table
from graph.build.records import Records
from graph.engines.bolt import Store
from graph.errors import BadInput
from tests.api.conftest import TODAY
from tests.bench.linking import many_cells

NO_HINTS = hints_of(None, None, None)


class Progress(list[tuple[int, int]]):
    """What a person would see of the progress."""

    def __call__(self, done: int, total: int) -> None:
        self.append((done, total))


def linked(
    store: Store,
    runner: asyncio.Runner,
    folder: Path,
    cells: list[Any],
    hints: dict[str, Any] = NO_HINTS,
    ends: tuple[str, str] = ("csv", "csv"),
) -> tuple[list[dict[str, Any]], str]:
    """The new cells of each row, by their titles, and what was said of it."""
    source, out = folder / f"in.{ends[0]}", folder / f"out.{ends[1]}"
    write_table(source, Table(("Nr", "Wie"), tuple((str(number), cell) for number, cell in enumerate(cells)), Form(";", "cp1252")))
    answers = Answers(store, lambda: TODAY, "engine")
    said = runner.run(link_table(answers, (source, None, out), "wie", hints, Progress()))
    before, after = read_table(source), read_table(out)
    assert after.header == (*before.header, *TITLES)
    assert [row[:2] for row in after.rows] == list(before.rows)
    return [dict(zip(TITLES, row[2:], strict=True)) for row in after.rows], said


@pytest.mark.parametrize("ends", [("csv", "csv"), ("csv", "xlsx"), ("xlsx", "csv"), ("xlsx", "xlsx")], ids="-".join)
def test_each_row_has_what_was_found_beside_it(loaded: Store, runner: asyncio.Runner, tmp_path: Path, ends: tuple[str, str]) -> None:
    rows, said = linked(loaded, runner, tmp_path, ["GM0479", "Waterland", "Beemster", "nergens", "198.0", "37160006", "GM0479"], ends=ends)
    zaanstad, waterland, beemster, nowhere, decimal, open_, again = rows
    assert {**zaanstad, "confidence": float(zaanstad["confidence"])} == dict(
        zip(TITLES, ("municipality/zaanstad", "Zaanstad", "urn:regiograaf:municipality:zaanstad", 1.0, "", ""), strict=True)
    )
    assert again == zaanstad
    assert (waterland["key"], waterland["confidence"]) == ("", "")
    assert "municipality/waterland" in waterland["problem"]
    assert "region/waterland" in waterland["problem"]
    assert (beemster["key"], beemster["successor"]) == ("municipality/beemster", "municipality/purmerend")
    assert (nowhere["key"], decimal["key"]) == ("", "")
    assert "decimal number" in decimal["problem"]
    assert (open_["key"], float(open_["confidence"])) == ("municipality/beemster", 0.9)
    assert said.startswith(
        "7 rows: 3 found, 1 found, though the registry is open, 1 can mean several things, 1 not found, 1 cannot be read. Written to "
    )


def test_a_number_of_a_spreadsheet_is_read_as_it_is_shown(loaded: Store, runner: asyncio.Runner, tmp_path: Path) -> None:
    rows, _ = linked(loaded, runner, tmp_path, [479.0, 479.5], hints_of("cbs_gm", None, None), ("xlsx", "xlsx"))
    assert [row["key"] for row in rows] == ["municipality/zaanstad", ""]


def test_the_hints_of_a_column_tell_namesakes_apart(loaded: Store, runner: asyncio.Runner, tmp_path: Path) -> None:
    hints = hints_of(None, ["municipality"], "2021-01-01")
    rows, _ = linked(loaded, runner, tmp_path, ["Waterland", "Beemster"], hints)
    assert [(row["key"], row["successor"]) for row in rows] == [("municipality/waterland", ""), ("municipality/beemster", "")]


def test_a_cell_with_a_formula_stays_a_text_and_so_does_what_is_said_of_it(loaded: Store, runner: asyncio.Runner, tmp_path: Path) -> None:
    write_table(tmp_path / "in.csv", Table(("Wie",), (("=1+1",),)))
    runner.run(
        link_table(Answers(loaded, lambda: TODAY, "e"), (tmp_path / "in.csv", None, tmp_path / "out.csv"), "Wie", NO_HINTS, Progress())
    )
    for cell in read_table(tmp_path / "out.csv").rows[0]:
        assert not str(cell).startswith("=")


def test_a_wrong_column_or_file_is_told_before_anything_is_asked(tmp_path: Path, runner: asyncio.Runner) -> None:
    write_table(tmp_path / "in.csv", Table(("Nr", "Wie"), (("1", "Zaanstad"),)))
    never: Any = None

    def link(out: str, column: str = "Wie") -> None:
        runner.run(link_table(never, (tmp_path / "in.csv", None, tmp_path / out), column, NO_HINTS, Progress()))

    with pytest.raises(NoColumn) as none:
        link("out.csv", "Plaats")
    assert "Nr, Wie" in none.value.remedy
    with pytest.raises(TableRefused, match="neither"):
        link("out.txt")
    with pytest.raises(TableRefused, match="the table itself"):
        link("in.csv")
    assert [file.name for file in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize(("hints", "why"), [
    ((None, None, "1 juni"), "not a day"), (("BSN", None, None), "not one of CBS_GM"), ((None, ["town"], None), "not one of MUNICIPALITY"),
])  # fmt: skip
def test_a_hint_that_is_none_is_refused(hints: tuple[Any, Any, Any], why: str) -> None:
    with pytest.raises(typer.BadParameter, match=why):
        hints_of(*hints)


def test_an_error_of_the_answer_is_the_error_of_the_command(loaded: Store, runner: asyncio.Runner, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        linked(loaded, runner, tmp_path, ["x"], {"scheme": "BSN"})


def test_a_long_table_is_linked_in_batches(loaded: Store, claims: Records, runner: asyncio.Runner, tmp_path: Path) -> None:
    """Most rows are texts of their own. How long 10,000 of them take is measured by `python -m tests.bench.linking`."""
    cells = many_cells(claims, 1200)
    progress = Progress()
    write_table(tmp_path / "in.xlsx", Table(("Wie",), tuple((cell,) for cell in cells)))
    answers = Answers(loaded, lambda: TODAY, "engine")
    runner.run(link_table(answers, (tmp_path / "in.xlsx", None, tmp_path / "out.xlsx"), "Wie", NO_HINTS, progress))
    assert progress[-1] == (len(set(cells)), len(set(cells)))
    assert len(progress) == -(-len(set(cells)) // 500) > 1


def test_the_command_needs_no_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.csv").write_text("Nr,Gemeente\n1,Gemeente Alkmaar\n", "utf-8")
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setenv("REGIOGRAAF_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(
        sys, "argv", ["regiograaf", "resolve", str(tmp_path / "in.csv"), "--column", "Gemeente", "-o", str(tmp_path / "out.csv")]
    )
    with pytest.raises(SystemExit) as ended:
        main()
    output, error = capsys.readouterr()
    assert (ended.value.code, output) == (0, "")
    assert error == f"\rLinking: 100 %\n1 row: 1 found. Written to {tmp_path / 'out.csv'}.\n"
    assert (tmp_path / "out.csv").read_text("utf-8") == (
        "Nr,Gemeente,key,name,uri,confidence,problem,successor\n"
        "1,Gemeente Alkmaar,municipality/alkmaar,Alkmaar,urn:regiograaf:municipality:alkmaar,0.95,,\n"
    )
