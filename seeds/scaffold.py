"""Makes a folder for a dataset of one's own, with a commented example of each kind of file. The example is `seeds/example`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from graph.errors import RegiograafError
from seeds import values

SLUG, DAY = "mijn-regio", "2026-11-27"  # as the example has them


class FolderInUse(RegiograafError):
    """A folder for a new dataset is not empty, or cannot be made."""

    code = "FOLDER_IN_USE"


def new_folder(folder: Path, day: date) -> list[str]:
    """Makes the folder, as last looked at on a day, and returns the paths of its files. Raises FolderInUse."""
    slug = slug_of(folder.resolve().name)
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise FolderInUse(f'The folder "{folder}" is not empty; nothing was written.', "Name a folder that does not exist yet.")
        for path, text in sorted(_examples(files("seeds") / "example")):
            file = folder / path.replace(SLUG, slug)
            file.parent.mkdir(exist_ok=True)
            file.write_text(text.replace(SLUG, slug).replace(DAY, day.isoformat()), "utf-8", newline="\n")
            written.append(file.relative_to(folder).as_posix())
    except OSError as error:
        raise FolderInUse(f'The folder "{folder}" cannot be made: {error.strerror}.', "Name another folder.") from None
    return written


def slug_of(name: str) -> str:
    """Returns the name of a folder as the slug of its dataset: lower case letters and digits, with hyphens between words."""
    return values.slug_of(name) or SLUG


def _examples(folder: Traversable, path: str = "") -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _examples(item, f"{path}{item.name}/")
        else:
            yield path + item.name, item.read_text("utf-8")
