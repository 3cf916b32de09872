"""The evidence of coverage as the load writes it (`graph.build.chains`), made into links: each text once in a process.

A text is all there is to know of a way or an offer, so an equal text gives equal links, whatever the version of the data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from graph.answers.columns import LinkRow, OptionRow, PeriodRow
from graph.answers.coverage_rule import Link, Option
from graph.answers.shape import day_of, stored

KEPT_TEXTS = 4096  # of each kind; one takes a few kB with its links


@dataclass(frozen=True, slots=True)
class Way:
    """The memberships that put a municipality into an area, and the claims behind them."""

    links: tuple[Link, ...]
    claims: frozenset[str]


@dataclass(frozen=True, slots=True)
class Offer:
    """The steps of an arrangement in an area. `delivered` are the claims that say what it delivers; `exceptions` are by municipality."""

    delivers: Link
    covers: Link
    run: Link | None
    options: tuple[Option, ...]
    exceptions: Mapping[str, tuple[Link, ...]]
    delivered: frozenset[str]


@lru_cache(KEPT_TEXTS)
def way(text: str) -> Way:
    hops, contested = orjson.loads(text)
    return Way(_links(hops, contested), frozenset(key for hop in hops for key in LinkRow.of(hop).claims))


@lru_cache(KEPT_TEXTS)
def offer(text: str) -> Offer:
    delivers, covers, run, options, excepted, contested = orjson.loads(text)
    first, second = _links((delivers, covers), contested)
    return Offer(
        first, second, _links((run,), contested)[0] if run else None,
        tuple(Option(o.number, stored(o.period), o.status) for o in map(OptionRow._make, options)),
        {municipality: _links(rows, contested) for municipality, rows in excepted.items()},
        frozenset(LinkRow.of(delivers).claims),
    )  # fmt: skip


def _links(rows: Sequence[Sequence[Any]], contested: Sequence[str]) -> tuple[Link, ...]:
    doubtful = frozenset(contested)
    found = map(LinkRow.of, rows)
    return tuple(Link(stored(r.period), day_of(PeriodRow.of(r.period).written), bool(doubtful & set(r.claims))) for r in found)
