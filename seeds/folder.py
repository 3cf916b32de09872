"""A folder of claims as the files in it, so that what lies on a disk and what an importer proposes are read in one way."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from graph.domain.model import ENTITY_TYPES

DATASET = "dataset.yaml"
SOURCES, CONFLICTS, TABLES, OUTLINES = "sources", "conflicts", "tables", "outlines"
FOLDERS = {type.folder: type.label for type in ENTITY_TYPES.values()}


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a folder by their paths in it. Messages name a file by the `name` of its folder and that path."""

    name: str
    files: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """16 hexadecimal digits of the content of all files that are read; how their lines end does not count."""
        whole = hashlib.blake2b(digest_size=8)
        for path, content in sorted(self.files.items()):
            if kind(path):
                text = content.replace(b"\r\n", b"\n")
                whole.update(f"{path} {len(text)} ".encode() + text)
        return whole.hexdigest()


def kind(path: str) -> str:
    """Returns what a file is by its path in the folder: DATASET, SOURCES, CONFLICTS, TABLES, OUTLINES, a folder of entities, or nothing."""
    top, inside, _ = path.partition("/")
    if not inside:
        return DATASET if path == DATASET else ""
    if (top == TABLES and path.endswith(".csv")) or (top == OUTLINES and path.endswith(".json")):
        return top
    return top if path.endswith(".yaml") and (top in FOLDERS or top in (SOURCES, CONFLICTS, TABLES)) else ""


def folders_of(places: Sequence[Traversable | Path | Folder]) -> list[Folder]:
    """Reads folders, each under its own name, or under the path that was given if two have the same name."""
    named = Counter(place.name for place in places)
    return [
        place if isinstance(place, Folder) else Folder(place.name if named[place.name] == 1 else str(place), dict(files_in(place)))
        for place in places
    ]


def files_in(folder: Traversable | Path, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Yields the files of a folder by their paths in it, without what is hidden: its own `.git`, and files that are half written."""
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.startswith("."):
            continue
        if item.is_dir():
            yield from files_in(item, f"{path}{item.name}/")
        else:
            yield f"{path}{item.name}", item.read_bytes()
