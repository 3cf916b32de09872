"""A zip that is written part by part, twice the same for the same files."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name


@dataclass(frozen=True, slots=True)
class File:
    """A file of a zip, and what its manifest says of it beside its size and digest."""

    name: str
    content: AsyncIterator[bytes]
    about: Mapping[str, str] = field(default_factory=dict)


class _Written:
    """Collects the bytes that a zip writes until they are taken. It has no positions, so nothing that was taken is needed again."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Does nothing: a zip asks for it."""

    def taken(self) -> bytes:
        whole, self._parts = b"".join(self._parts), []
        return whole


async def zipped(
    files: AsyncIterator[File], last: Callable[[Sequence[Mapping[str, Any]]], tuple[str, bytes]] | None = None
) -> AsyncIterator[bytes]:
    """Yields a zip of files, part by part. `last` makes one more of what was written: the name, digest and size of each."""
    out, described = _Written(), list[Mapping[str, Any]]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:  # type: ignore[call-overload]
        async for each in files:
            digest, size = hashlib.sha256(), 0
            with whole.open(_entry(each.name), "w") as file:
                async for part in each.content:
                    file.write(part)
                    digest.update(part)
                    size += len(part)
                    yield out.taken()
            described.append({"name": each.name, "sha256": digest.hexdigest(), "size": size, **each.about})
        if last:
            name, content = last(described)
            whole.writestr(_entry(name), content)
    yield out.taken()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _BEGINNING)
    entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
    return entry
