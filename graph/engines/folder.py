"""The folder of the embedded engine: whose it is, and what happens to it when it is damaged.

The engine lives in `engine` inside REGIOGRAAF_DATA_DIR. That folder is ours if it has our mark, a file with a sentence that
nobody else writes. Nothing without the mark is ever moved, changed or removed: the start stops with DATA_FOLDER instead. A
damaged folder of ours is kept beside the new one as `engine-damaged`, until the next one is damaged.

Versions 0.1 and 0.2 set no mark. A folder of theirs is known by its files, and gets the mark if it has no others.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from graph.errors import DataFolder, EngineProblem

HOME, DAMAGED, MARK = "engine", "engine-damaged", "regiograaf"
SENTENCE = b"This folder belongs to the embedded engine of Regiograaf, which rebuilds it from the claims and may remove it.\n"
OWN = frozenset((MARK, "password", "engine.log", "closed", "databases", "config", "log", "backups"))
OWN_DATABASES = frozenset(("graph", ".instance.id"))
NEARLY_FULL = 8 << 20  # bytes; with fewer the engine cannot add a page to each of its files
_REMEDY = "Set REGIOGRAAF_DATA_DIR to a folder that Regiograaf has to itself and can write to."
_FULL = (errno.ENOSPC, errno.EDQUOT)


def check(folder: Path) -> None:
    """Raises DataFolder if the engine cannot live in a folder, and changes nothing."""
    home = folder / HOME
    if os.path.lexists(home) and not (_is_marked(home) or _is_empty(home) or _is_of_an_earlier_version(home)):
        raise DataFolder(
            f"{home} is not Regiograaf's, so it is left alone.",
            f"{_REMEDY} If it is an old folder of Regiograaf's, you may remove it: it is rebuilt from the claims.",
        )
    there = next(place for place in (home, *home.parents) if os.path.lexists(place))
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        raise DataFolder(f"The data folder {folder} cannot be used: {there} is not a folder that can be written to.", _REMEDY)


def prepared(folder: Path) -> Path:
    """Returns the folder of the engine, made and marked. Raises DataFolder if there is something else in its place."""
    check(folder)
    home = folder / HOME
    home.mkdir(parents=True, exist_ok=True)
    if not _is_marked(home):
        (home / MARK).write_bytes(SENTENCE)
    return home


def set_aside(folder: Path) -> Path:
    """Moves the folder of the engine aside, and removes the one that was set aside before. Returns where it is now."""
    aside = folder / DAMAGED
    if os.path.lexists(aside):
        _remove(aside)
    (folder / HOME).rename(aside)
    return aside


def put_back(folder: Path) -> None:
    """Undoes `set_aside`."""
    if os.path.lexists(folder / HOME):
        _remove(folder / HOME)
    (folder / DAMAGED).rename(folder / HOME)


def _remove(place: Path) -> None:
    """Removes a folder that has our mark and nothing that the engine did not make."""
    if not (_is_marked(place) and _has_only_our_files(place)):
        raise DataFolder(f"{place} has files that are not Regiograaf's, so it is left alone.", "Move or remove it, and start again.")
    shutil.rmtree(place)


def _is_marked(home: Path) -> bool:
    """Returns True if a folder has our mark. We never make a link, so a link is not ours."""
    mark = home / MARK
    return home.is_dir() and not home.is_symlink() and mark.is_file() and mark.read_bytes() == SENTENCE


def _is_empty(home: Path) -> bool:
    return home.is_dir() and not home.is_symlink() and not any(home.iterdir())


def _is_of_an_earlier_version(home: Path) -> bool:
    return (
        home.is_dir()
        and not home.is_symlink()
        and (home / "password").is_file()
        and (home / "engine.log").is_file()
        and _has_only_our_files(home)
    )


def _has_only_our_files(home: Path) -> bool:
    databases = home / "databases"
    return _names(home) <= OWN and (not os.path.lexists(databases) or (databases.is_dir() and _names(databases) <= OWN_DATABASES))


def _names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


@contextlib.contextmanager
def problems_told(folder: Path) -> Iterator[None]:
    """Raises DataFolder instead of an error of the system about a folder, or of the engine if the disk is full."""
    try:
        with full_disk_told(folder):
            yield
    except OSError as error:
        if error.errno in _FULL:
            raise _full(folder) from error
        raise DataFolder(f"The data folder {folder} cannot be used: {error.strerror} ({error.filename or folder}).", _REMEDY) from error


@contextlib.contextmanager
def full_disk_told(folder: Path) -> Iterator[None]:
    """Raises DataFolder instead of an error of the engine if the disk is full: the engine itself does not say so."""
    try:
        yield
    except EngineProblem as error:
        if not isinstance(error, DataFolder) and is_full(folder):
            raise _full(folder) from error
        raise


def is_full(folder: Path) -> bool:
    """Returns True if the disk of a folder has no room for the engine."""
    with contextlib.suppress(OSError):
        return shutil.disk_usage(folder).free < NEARLY_FULL
    return False


def _full(folder: Path) -> DataFolder:
    return DataFolder(
        f"The disk of the data folder {folder} is full.", "Make room on it, or set REGIOGRAAF_DATA_DIR to a folder on another disk."
    )
