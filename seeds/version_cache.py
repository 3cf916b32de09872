"""Keeps the version of the graph that some folders make, by the digest of their content, so that a start need not read them again.

What makes a graph of them is part of the key, so a change of the program is noticed too.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from seeds.folder import Folder


@dataclass(frozen=True, slots=True)
class Known:
    """The version of a graph, and the number of its claims."""

    version: str
    claims: int


def key_of(folders: Sequence[Folder]) -> str:
    """Returns the digest of the content of folders, and of the program that makes a graph of it."""
    whole = hashlib.blake2b(digest_size=16)
    for folder in folders:
        whole.update(folder.digest.encode())
    for package in ("graph", "seeds"):
        for content in _modules(files(package)):
            whole.update(content)
    return whole.hexdigest()


def known(file: Path, key: str) -> Known | None:
    """Returns what the file has of a key, or None if that is nothing, for example because somebody removed it."""
    try:
        kept = json.loads(file.read_bytes())
        return Known(str(kept["version"]), int(kept["claims"])) if kept["key"] == key else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep(file: Path, key: str, made: Known) -> None:
    """Writes the version of a key over that of another one. If that fails, the next start reads the folders again."""
    new = file.with_name(f"{file.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        new.write_text(json.dumps({"key": key, **asdict(made)}), "utf-8")
        new.replace(file)


def _modules(folder: Traversable) -> Iterator[bytes]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir() and item.joinpath("__init__.py").is_file():
            yield from _modules(item)
        elif item.name.endswith(".py"):
            yield item.read_bytes()
