"""The lines that `regiograaf import` prints: which claims came, went and changed. And the templates that it writes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import typer

from api.cli.load_report import print_some
from graph.domain.claim import Claim, EntityRef, Text
from graph.domain.languages import DEFAULT
from graph.errors import WrongSetting

SHOWN = 20


class Templated(Protocol):
    """An importer, as far as its template is concerned."""

    @property
    def name(self) -> str: ...

    @property
    def template(self) -> Callable[[str], bytes] | None: ...


def write_template(importer: Templated, output: Path | None) -> None:
    """Writes the template of an importer to a new file. Raises WrongSetting if there is none, or if the file exists."""
    if importer.template is None:
        raise WrongSetting(f'"{importer.name}" has no template.', "It reads the files of a registry as they are published.")
    if output is None:
        raise WrongSetting("It is not said where the template goes.", f"Write: regiograaf import {importer.name} --template -o list.xlsx")
    if output.exists():
        raise WrongSetting(f"{output} exists already.", "Give another name, or remove the file first.")
    output.write_bytes(importer.template(output.suffix))
    typer.echo(f"Written: {output}.")


class Proposed(Protocol):
    """A proposal of an importer, as far as it is printed."""

    @property
    def folder(self) -> Path: ...
    @property
    def files(self) -> int: ...
    @property
    def came(self) -> Sequence[Claim]: ...
    @property
    def went(self) -> Sequence[Claim]: ...
    @property
    def changed(self) -> Sequence[Claim]: ...
    @property
    def notes(self) -> Sequence[str]: ...


def print_problems(problems: Sequence[object]) -> None:
    """Prints each problem of the files on a line."""
    for problem in problems:
        typer.echo(str(problem), err=True)


def print_proposal(proposal: Proposed, write: Callable[[], None] | None) -> None:
    """Prints what a proposal changes, and writes it if it is to be written."""
    for note in proposal.notes:
        typer.echo(note, err=True)
    if not proposal.files:
        typer.echo("Nothing changes.")
        return
    _print_claims(proposal.came, proposal.went, proposal.changed)
    if write:
        write()
        typer.echo(f"Written: {proposal.files} files in {proposal.folder}.")
    else:
        typer.echo("Nothing was written. Add --commit to write.")


def _print_claims(came: Sequence[Claim], went: Sequence[Claim], changed: Sequence[Claim]) -> None:
    """Prints how many claims came, went and changed, and the first of each."""
    typer.echo(f"{len(came)} claims came, {len(went)} went, {len(changed)} changed.")
    for sign, claims in (("+", came), ("-", went), ("~", changed)):
        print_some(sign, claims, SHOWN, _line)


def _line(claim: Claim) -> str:
    return f"{claim.key}  {claim.subject} {claim.predicate} {_value(claim)}{_period(claim)}"


def _value(claim: Claim) -> str:
    match claim.value:
        case EntityRef(key):
            return key
        case Text():
            return claim.value[DEFAULT]
        case value:
            return str(value)


def _period(claim: Claim) -> str:
    start, end = claim.period.start, claim.period.end
    return f"  {start.edtf if start else '..'} – {end.edtf if end else '..'}" if start or end else ""
