"""The lines that `regiograaf load` and `regiograaf serve` print about a load."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

import typer

from graph.load.load import Difference

T = TypeVar("T")


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
            print_some(sign, keys, 50, str)


def print_some(sign: str, things: Sequence[T], most: int, line: Callable[[T], str]) -> None:
    """Prints a line for each of some things, at most so many, and how many more there are."""
    for thing in things[:most]:
        typer.echo(f"  {sign} {line(thing)}")
    if len(things) > most:
        typer.echo(f"  {sign} … and {len(things) - most} more")


def print_start(claims: int, version: str, seconds: float, *, loaded: bool) -> None:
    state = "checked and loaded" if loaded else "already loaded"
    typer.echo(f"{claims} claims {state}, version {version}, embedded engine, {seconds:.1f} s.")


def progress(what: str = "Loading the graph") -> Callable[[int, int], None]:
    """Returns a function that shows how far something is: as one line that changes on a terminal, else as a line at the end."""
    live, shown = sys.stderr.isatty(), -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // total if total else 100  # a load that only removes counts nothing
        if percent > shown and (live or done == total):
            shown = percent
            typer.echo(f"\r{what}: {percent} %", nl=done == total, err=True)

    return show
