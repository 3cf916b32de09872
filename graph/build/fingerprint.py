"""Digests of content: of one part, and of any number of parts in any order."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

_SIZE = 16  # bytes


def digest(content: Any) -> str:
    """Returns the digest of plain values (lists, maps, texts, numbers, days) in 32 hexadecimal digits. The order of keys does not count."""
    return hashlib.blake2b(orjson.dumps(content, option=orjson.OPT_SORT_KEYS), digest_size=_SIZE).hexdigest()


class Fingerprint:
    """The digest of many parts: the sum of their digests, so that parts may come as a stream, unsorted."""

    def __init__(self, beginning: str) -> None:
        self._sum = int(digest(beginning), 16)

    def add(self, part: str) -> None:
        self._sum = (self._sum + int(part, 16)) % (1 << 8 * _SIZE)

    @property
    def version(self) -> str:
        """16 hexadecimal digits."""
        return digest(f"{self._sum:x}")[:16]
