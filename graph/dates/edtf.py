"""Vague dates: the part of EDTF (ISO 8601-2) that claims use, with the bounds of each date.

Forms: `2021-04-28`, `2021-04`, `2021`, `2021-23` (a season: 21 spring … 24 winter), each with `~`
(about) or `?` (doubtful), and `A/B` for "some day from A to B", where either side may be `..` (no
bound). "About" adds one unit of the precision of the date on either side. We do not use PyPI's edtf
5.0.2 (2026-11-21): it reads `2022-12~` as any day from November 2021 to January 2024, ends winter
in December, and warns on import.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?]?)", re.ASCII)
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}  # the month in which each begins


class NotADate(ValueError):
    """The text is not a date in the notation of the claims."""


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date with its earliest and its latest possible day, both inclusive; None for no bound."""

    edtf: str
    earliest: date | None
    latest: date | None
    precision: str

    @property
    def exact(self) -> bool:
        return self.precision == "DAY"

    @property
    def spoken(self) -> FuzzyDate:
        """The date itself, or of "on that day or earlier" (`../2022`) that day."""
        return parse(self.edtf.removeprefix("../"))


@lru_cache(4096)  # the same few dates come back in every answer, thousands in a long list
def parse(text: str) -> FuzzyDate:
    """Reads a date in EDTF. Raises NotADate with examples of what is right."""
    try:
        if "/" in text:
            return _interval(text)
        earliest, latest, precision = _single(text)
    except (ValueError, OverflowError):
        raise NotADate(
            f'"{text}" is not a date in the notation of the claims: use 2023-06-01, 2023-06, 2023, 2022-12~ (about), 2021-23 (autumn), '
            f"2021-04-21/2021-04-30 (some day between) or 2021-12-31/.. (that day or later)"
        ) from None
    return FuzzyDate(text, earliest, latest, precision)


def _interval(text: str) -> FuzzyDate:
    left, right = text.split("/")
    earliest = None if left == ".." else _single(left)[0]
    latest = None if right == ".." else _single(right)[1]
    if (earliest is None and latest is None) or (earliest and latest and earliest > latest):
        raise ValueError(text)
    return FuzzyDate(text, earliest, latest, "UNKNOWN")


def _single(text: str) -> tuple[date, date, str]:
    match = DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year = int(match[1])
    month, day = (int(part) if part else None for part in (match[2], match[3]))
    about = match[4] == "~"
    if day is not None and month is not None:
        exact = date(year, month, day)
        return (exact - timedelta(days=about), exact + timedelta(days=about), "UNKNOWN" if match[4] else "DAY")
    if month in _SEASONS:
        first = date(year, _SEASONS[month], 1)
        return _shifted(first, -3 * about), _month_end(_shifted(first, 2 + 3 * about)), "SEASON"
    if month is not None:
        first = date(year, month, 1)
        return _shifted(first, -about), _month_end(_shifted(first, about)), "MONTH"
    return date(year - about, 1, 1), date(year + about, 12, 31), "YEAR"


def _shifted(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _month_end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])
