"""Bars of a timeline: which days of a period are certain, which are possible, and where no source gives a beginning or an end.

A bound that a source states is drawn as an edge. A bound that is only attested (a source of that day speaks of it) or inherited (from what
it belongs to) is no beginning and no end: the bar stays open there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Period = Mapping[str, Any]
SURE, POSSIBLE, OPTION = "sure", "possible", "option"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: its kind, and its first and last day; None where it is open."""

    kind: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its pieces in order, and whether a source states its beginning and its end."""

    pieces: tuple[Piece, ...]
    begins: bool
    ends: bool

    def days(self) -> list[date]:
        return [day for piece in self.pieces for day in (piece.first, piece.last) if day]


def bar_of(period: Period, day: date, options: Sequence[Mapping[str, Any]] = ()) -> Bar:
    """Returns the bar of a period as it is known on a day, with the options of a contract behind it."""
    begins, ends = period["startBasis"] == "STATED", period["endBasis"] == "STATED"
    possible_from, sure_from = _beginning(period, begins)
    sure_until, possible_until = _end(period, ends, day)
    pieces: list[Piece] = []
    if sure_from and sure_until and sure_from <= sure_until and not period["isPlanned"]:
        if possible_from != sure_from:
            pieces.append(Piece(POSSIBLE, possible_from, sure_from))
        pieces.append(Piece(SURE, sure_from, sure_until))
        if possible_until != sure_until:
            pieces.append(Piece(POSSIBLE, sure_until, possible_until))
    else:
        pieces.append(Piece(POSSIBLE, possible_from, possible_until))
    for option in options:
        first, last = _day(option["period"]["startDate"]), _day(option["period"]["endDate"])
        if option["status"] != "LAPSED" and (first or last):
            pieces.append(Piece(SURE if option["status"] == "EXERCISED" else OPTION, first, last))
    return Bar(tuple(pieces), begins, ends)


def _beginning(period: Period, stated: bool) -> tuple[date | None, date | None]:
    """Returns the first day on which a period may hold, and the first on which it holds for sure."""
    start, attested = period["start"] or {}, period["attested"] or {}
    if stated:
        return _day(start.get("earliest")), _day(start.get("latest"))
    sure = _day(attested.get("latest")) or _day(start.get("latest"))
    return _day(start.get("earliest")) or _day(attested.get("earliest")), sure


def _end(period: Period, stated: bool, day: date) -> tuple[date | None, date | None]:
    """Returns the last day on which a period holds for sure, and the last on which it may hold."""
    end, attested = period["end"] or {}, period["attested"] or {}
    if stated:
        return _day(end.get("earliest")), _day(end.get("latest"))
    named = _day(attested.get("latest")) if attested.get("earliest") == attested.get("latest") else None  # else some day of several
    known = [last for last in (named, day if period["contains"] == "YES" else None) if last]
    return max(known, default=None), _day(end.get("latest"))


def next_end(contract: Mapping[str, Any], day: date) -> tuple[date, int] | None:
    """Returns the next day on which a contract may come to an end, and the number of the option that ends then; 0 for its firm term."""
    ends = [(end, 0) for end in (_day(contract["period"]["endDate"]),) if end]
    ends += [
        (end, option["number"])
        for option in contract["options"]
        if option["status"] != "LAPSED" and (end := _day(option["period"]["endDate"]))
    ]
    return min((end for end in ends if end[0] >= day), default=None)


def a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28)) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
