"""Figures on a day: whether a number that a source states for a period is about that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from graph.answers.columns import PeriodRow
from graph.answers.shape import day_of, stored
from graph.dates.period import State, state


def holds(values: Sequence[Any], day: date) -> str:
    """Returns if a figure is about a day: YES, NO, or UNKNOWN if no source gives its period or it is carried forward to the day."""
    row, period = PeriodRow.of(values), stored(values)
    if period.start is None and period.end is None:
        return "UNKNOWN"
    written = day_of(row.written)
    match state(period, day):
        case State.YES:
            return "YES" if period.end_known or (written is not None and day <= written) else "UNKNOWN"
        case State.BEFORE | State.AFTER:
            return "NO"
        case _:
            return "UNKNOWN"
