"""The boundary of a municipality or region on a day, and why there is none."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson

from graph.answers.date_label import label
from graph.domain.languages import ByLanguage


def geometry(text: str) -> Any:
    """Returns a GeoJSON object from its text in the graph."""
    return orjson.loads(text)


def geometry_remark(there: bool | None, first: str | None, last: str | None, language: str) -> str | None:
    """Returns why there is no boundary on a day; None if there is one. `first` and `last` are the days that boundaries are known of."""
    if there:
        return None
    words = _WORDS[language]
    if first is None or last is None:
        return words["never"]
    return words["other days"].format(first=label(first, language), last=label(last, language))


def geometry_nearest(there: bool | None, first: str | None, last: str | None, day: str) -> str | None:
    """Returns a day itself if there is a boundary on it, or else the nearer of the first and the last day that boundaries are known of."""
    if there:
        return day
    if first is None or last is None:
        return None
    asked = date.fromisoformat(day)
    return min((first, last), key=lambda known: abs(date.fromisoformat(known) - asked))


_WORDS: ByLanguage[dict[str, str]] = ByLanguage({
    "NL": {
        "never": "Van dit gebied zijn hier geen grenzen.",
        "other days": "Van deze dag zijn hier geen grenzen; wel van {first} tot en met {last}.",
    },
    "EN": {
        "never": "There are no boundaries of this area here.",
        "other days": "There are no boundaries of this day here; there are from {first} through {last}.",
    },
})  # fmt: skip
