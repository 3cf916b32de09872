"""`regiograaf export` and `regiograaf verify`: files are written whole or not at all, and the progress is told beside."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import typer

from api.answer import Answers
from api.cli.linked_table import day_of
from api.export.archive import manifest, verify
from api.export.export import Export, Format
from api.export.formats import export_of, format_of, unchanged
from api.settings import Settings
from graph.engines.bolt import Store
from graph.errors import WrongSetting

_SHOWN = 4 * 2**20  # bytes, between one line about the progress and the next


async def export(store: Store, wanted: tuple[str, str | None, Path], today: date, settings: Settings) -> None:
    """Writes a format, as of a day, to a file, or into a folder under its usual name. Raises WrongSetting."""
    name, as_of, output = wanted
    chosen, day = format_of(name), date.fromisoformat(day_of(as_of) or str(today))
    path = output / chosen.file_name if output.is_dir() else output
    _say("Reading all claims …")
    made = await export_of(
        Answers(store, lambda: day, store.address.engine), day, settings.regiograaf_base_url, settings.regiograaf_ocid_prefix
    )
    beside = path.with_name(f".{path.name}.part")
    try:
        written = await _write(chosen, made, beside)
        await unchanged(made)
        os.replace(beside, path)
    except OSError as error:
        raise WrongSetting(f"{path} cannot be written: {error.strerror or error}.", "Choose another place with --output.") from None
    finally:
        beside.unlink(missing_ok=True)
    _say(f"Written: {path}, {_size(written)}, as of {day}, data version {made.data_version}.")


async def _write(chosen: Format, made: Export, path: Path) -> int:
    written = shown = 0
    with path.open("wb") as file:
        async for part in chosen.write(made):
            file.write(part)
            written += len(part)
            if written - shown > _SHOWN:
                shown = written
                _say(f"{chosen.name}: {_size(written)} …")
    return written


async def verified(store: Store, file: Path, today: date) -> bool:
    """Prints what is wrong with an archive, and how it differs from what the store holds now. Returns True if its files are right."""
    made = await export_of(Answers(store, lambda: today, store.address.engine), today)
    found = verify(file, manifest(made, ()))
    for fault in found.wrong:
        typer.echo(fault)
    typer.echo(f"{found.files} files: {len(found.wrong)} wrong." if found.wrong else f"{found.files} files, each as it was written.")
    for difference in found.differences:
        typer.echo(difference)
    if not found.differences:
        typer.echo("Program and data are those that run now.")
    return not found.wrong


def _size(many: int) -> str:
    return f"{many / 2**20:.1f} MiB"


def _say(line: str) -> None:
    typer.echo(line, err=True)
