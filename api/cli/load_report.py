"""The lines that `regiograaf load` and `regiograaf serve` print about a load."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from graph.build.records import Records
from graph.load.load import Difference


def print_difference(changes: Difference) -> None:
    if changes.nothing:
        typer.echo(f"Nothing changes: the graph already has version {changes.version}.")
        return
    typer.echo(
        f"{changes.current or 'empty'} → {changes.version}: {len(changes.added)} claims added, {len(changes.removed)} removed, "
        f"{len(changes.changed)} changed."
    )
    if changes.current:
        for sign, keys in (("+", changes.added), ("-", changes.removed), ("~", changes.changed)):
            for key in keys[:50]:
                typer.echo(f"  {sign} {key}")
            if len(keys) > 50:
                typer.echo(f"  {sign} … and {len(keys) - 50} more")


def print_start(new: Records, changes: Difference, seconds: float) -> None:
    claims = len(new.dataset.claims)
    state = "already loaded" if changes.nothing else "checked and loaded"
    typer.echo(f"{claims} claims {state}, version {new.version}, embedded engine, {seconds:.1f} s.")


def progress() -> Callable[[int, int], None]:
    """Returns a function that shows how far a load is: as one line that changes on a terminal, else as a line at the end."""
    live, shown = sys.stderr.isatty(), -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // total
        if percent > shown and (live or done == total):
            shown = percent
            typer.echo(f"\rLoading the graph: {percent} %", nl=done == total, err=True)

    return show
