"""Outlines: the boundary of a municipality or region, as a vintage of boundaries draws it, and the days on which that holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline. It holds from `first` through `last`. `draw` returns a geometry of RFC 7946 as text, with the attribution that it needs;
    it is called when a graph is made, because that takes longer than all other reading."""

    first: date
    last: date
    draw: Callable[[], str]


def in_turn(outlines: Sequence[Outline]) -> Iterator[Outline]:
    """Yields the outlines of one thing so that each day has one at most: of several that hold on a day the last one that was read, as a
    folder of one's own is read after those that are shipped."""
    edges = sorted({day for each in outlines for day in (each.first, each.last + DAY)})
    before: Outline | None = None
    for start, end in pairwise(edges):
        now = next((each for each in reversed(outlines) if each.first <= start <= each.last), None)
        if before and now and before.draw is now.draw and before.last + DAY == start:
            before = replace(before, last=end - DAY)
            continue
        if before:
            yield before
        before = replace(now, first=start, last=end - DAY) if now else None
    if before:
        yield before
