"""Instants as texts: read as RFC 3339 writes them, and written so that they sort."""

from __future__ import annotations

from datetime import UTC, datetime


def sortable(instant: str) -> str:
    """Returns an instant in UTC, to the microsecond, so that instants sort as texts. Raises ValueError if it is none, or has no offset."""
    read = datetime.fromisoformat(instant)
    if read.tzinfo is None:
        raise ValueError(f"{instant} has no offset from UTC")
    try:
        return read.astimezone(UTC).isoformat(timespec="microseconds")
    except OverflowError as error:  # an offset at the edge of the calendar
        raise ValueError(str(error)) from None
