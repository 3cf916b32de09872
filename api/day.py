"""Days as people write them: 2022-01-01, 1-1-2022, 1 januari 2022, 1st January 2022."""

from __future__ import annotations

import re
from datetime import date
from itertools import product

from graph.answers.date_label import label
from graph.domain.languages import LANGUAGES

_MONTHS = {
    name: month
    for month, language in product(range(1, 13), LANGUAGES)
    for full in [label(f"2000-{month:02}", language.code).split()[0].lower()]
    for name in (full, full[:3])
} | {"mrt": 3, "sept": 9}
DAY = re.compile(
    r"\b(?:(?P<y1>\d{4})-(?P<m1>\d\d?)-(?P<d1>\d\d?)|(?P<d2>\d\d?)[-/.](?P<m2>\d\d?)[-/.](?P<y2>\d{4})"
    rf"|(?P<d3>\d\d?)(?:e|st|nd|rd|th)?\s+(?P<m3>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?\s+(?P<y3>\d{{4}}))\b",
    re.ASCII | re.IGNORECASE,
)


class NoSuchDay(ValueError):
    """A text is no day of the calendar."""


def day_of(match: re.Match[str]) -> date:
    """Returns the day of a match of DAY. Raises NoSuchDay."""
    year, month, day = (next(v for k, v in match.groupdict().items() if v and k.startswith(part)) for part in "ymd")
    try:
        return date(int(year), _MONTHS.get(month.lower()) or int(month), int(day))
    except ValueError:
        raise NoSuchDay(match[0]) from None


def read_day(text: str) -> date:
    """Returns the day that a text is. Raises NoSuchDay if it is anything else."""
    match = DAY.fullmatch(" ".join(text.split()))
    if match is None:
        raise NoSuchDay(text)
    return day_of(match)
