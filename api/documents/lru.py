"""The one form of cache in this package: bounded, least recently used out first, and it counts its hits."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LruCache(Generic[K, V]):
    """Keeps values of at most `limit` together; the size of a value is 1 unless `size` says otherwise."""

    def __init__(self, limit: int, size: Callable[[V], int] = lambda value: 1) -> None:
        self.limit, self.used, self.hits, self.misses = limit, 0, 0, 0
        self._size, self._values = size, OrderedDict[K, V]()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K, *, counted: bool = True) -> V | None:
        """Returns the value of a key, or None; unless it is not to be counted, as a hit or a miss."""
        value = self._values.get(key)
        if value is None:
            self.misses += counted
            return None
        self.hits += counted
        self._values.move_to_end(key)
        return value

    def __contains__(self, key: K) -> bool:
        return key in self._values

    def get_or_make(self, key: K, make: Callable[[], V]) -> V:
        """Returns the value of a key, which `make` makes the first time."""
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value

    def clear(self) -> None:
        self._values.clear()
        self.used = 0

    def put(self, key: K, value: V) -> None:
        """Keeps a value, unless it is larger than all that may be kept."""
        if self._size(value) > self.limit or key in self._values:
            return
        self._values[key] = value
        self.used += self._size(value)
        while self.used > self.limit:
            self.used -= self._size(self._values.popitem(last=False)[1])
