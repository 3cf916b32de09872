"""The functions that shape a record: columns of one row become the parts of an answer.

Each function takes values as the store returned them (dates as ISO texts) and, where its result is an object, `wanted`: what is
asked of it as (key, field, argument) in order, where `argument` is a language, a parameter name or what is asked of a part.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import orjson

from graph.answers.columns import PeriodRow
from graph.answers.date_label import label
from graph.dates import edtf
from graph.dates.period import DAY, STATED, Period, State, carried_forward, last_day, state
from graph.domain import words
from graph.domain.languages import DEFAULT
from graph.domain.words import ROLES
from graph.errors import BadInput

Wanted = tuple[tuple[str, str, Any], ...]
Parameters = Mapping[str, Any]


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────


def page(rows: list[Any], size: int, backwards: bool) -> list[Any]:
    """The entries of a page, without the one more that only tells whether there is another page, in the order of the list."""
    return rows[:size][::-1] if backwards else rows[:size]


def cursor(tag: str, place: Sequence[Any]) -> str:
    """Returns the cursor of an entry: the order it belongs to and the values that the entry was ordered by."""
    return base64.urlsafe_b64encode(orjson.dumps([tag, *place])).decode().rstrip("=")


def read_cursor(text: str) -> list[Any] | None:
    """The tag and values of a cursor; None where the text is none of ours."""
    try:
        found = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return None
    return found if isinstance(found, list) and len(found) > 1 else None


def end_cursor(tag: str, rows: list[Any], at: int, place: Callable[[Any], Sequence[Any]]) -> str | None:
    return cursor(tag, place(rows[at])) if rows else None


def completeness(told: Sequence[Sequence[str] | None], names: tuple[str, ...], day: date) -> str:
    """Returns the completeness of a list on a day, as far as a source says; a known gap outweighs.

    `told` has the lists that are known to be incomplete, the days on which that counts, and the same of complete ones.
    """
    for lists, during, answer in ((told[0], told[1], "INCOMPLETE"), (told[2], told[3], "COMPLETE")):
        if any(name in names and _within(days, day) for name, days in zip(lists or (), during or (), strict=True)):
            return answer
    return "UNKNOWN"


def _within(days: str, day: date) -> bool:
    """Returns True if a day lies between two days, both included; `..` is no bound."""
    first, last = days.split("/")
    return (first == ".." or first <= day.isoformat()) and (last == ".." or day.isoformat() <= last)


# ── time ──────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(4096)
def _fuzzy(text: str) -> edtf.FuzzyDate:
    return edtf.parse(text)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def fuzzy(text: str | None, wanted: Wanted) -> dict[str, Any] | None:
    """A date as vague as its source (FuzzyDate)."""
    return None if text is None else _shaped(_fuzzy(text), wanted)


def _shaped(found: edtf.FuzzyDate, wanted: Wanted) -> dict[str, Any]:
    whole = {"edtf": found.edtf, "earliest": _iso(found.earliest), "latest": _iso(found.latest), "precision": found.precision}
    return {
        key: label(found.edtf, argument or DEFAULT) if name == "label" else argument if name == "__typename" else whole[name]
        for key, name, argument in wanted
    }


def bounds(earliest: str | None, latest: str | None, wanted: Wanted, p: Parameters) -> dict[str, Any] | None:
    """A period between two days, both inclusive, as in `writtenBetween`."""
    if earliest is None and latest is None:
        return None
    end = day_of(latest)
    after = (end + DAY).isoformat() if end else None
    columns = PeriodRow(earliest, after, earliest, after, earliest, latest, None, end is not None, None, STATED, STATED, None, None)
    return shape_period(columns, wanted, p)


def stored(values: Sequence[Any]) -> Period:
    """Returns the period of a row."""
    row = PeriodRow.of(values)
    return Period(
        day_of(row.valid_from), day_of(row.valid_to), day_of(row.certain_from), day_of(row.certain_to),
        _fuzzy(row.start) if row.start else None, _fuzzy(row.end) if row.end else None, bool(row.end_known),
        _fuzzy(row.attested) if row.attested else None, row.start_basis, row.end_basis, day_of(row.stale_from), bool(row.planned),
    )  # fmt: skip


# The columns of a period that each of its fields reads; by place, because a list may have thousands of periods.
_DATES = {"startDate": "start", "endDate": "end", "start": "start", "end": "end", "attested": "attested"}
_PLACES = {name: PeriodRow._fields.index(column) for name, column in _DATES.items()}
_PLAIN = {"startBasis": "start_basis", "endBasis": "end_basis"}
_PLAIN_PLACES = {name: PeriodRow._fields.index(column) for name, column in _PLAIN.items()}
_END_KNOWN, _PLANNED = PeriodRow._fields.index("end_known"), PeriodRow._fields.index("planned")
NEEDED = {name: (column,) for name, column in (_DATES | _PLAIN).items()} | {
    "endKnown": ("end_known",), "isPlanned": ("planned",),
    "maxExtentDate": ("max_extent",), "contains": PeriodRow._fields, "__typename": (),
}  # fmt: skip


@lru_cache(4096)
def _exact(text: str) -> str | None:
    """A date that is a day, as OCDS has it; None where it is vaguer."""
    found = _fuzzy(text)
    return _iso(found.earliest) if found.exact else None


_TERNARY = {State.YES: "YES", State.BEFORE: "NO", State.AFTER: "NO"}  # anything else is UNKNOWN


def shape_period(values: Sequence[Any] | None, wanted: Wanted, p: Parameters) -> dict[str, Any] | None:
    """An OCDS period: the last day inclusive, and null instead of a day that no source gives."""
    if values is None:
        return None
    out: dict[str, Any] = {}
    for key, name, argument in wanted:
        if name in _PLACES:
            text = values[_PLACES[name]]
            out[key] = None if text is None else _exact(text) if name.endswith("Date") else _shaped(_fuzzy(text), argument)
        elif name == "maxExtentDate":
            out[key] = _iso(last_day(day_of(PeriodRow.of(values).max_extent)))
        elif name in _PLAIN_PLACES:
            out[key] = values[_PLAIN_PLACES[name]]
        elif name == "endKnown":
            out[key] = bool(values[_END_KNOWN])
        elif name == "isPlanned":
            out[key] = bool(values[_PLANNED])
        elif name == "contains":
            found, extent, day = stored(values), day_of(PeriodRow.of(values).max_extent), p[argument]
            extended = found.valid_to and extent and found.valid_to <= day < extent  # by options that may or may not be used
            out[key] = "UNKNOWN" if extended else _TERNARY.get(state(found, day), "UNKNOWN")
        else:
            out[key] = argument
    return out


def organization_status(values: Sequence[Any] | None, day: date) -> str:
    """Returns the status of an organisation on a day, as far as a source says."""
    if values is None:
        return "UNKNOWN"
    return {State.YES: "ACTIVE", State.AFTER: "INACTIVE", State.BEFORE: "NOT_YET_FORMED"}.get(state(stored(values), day), "UNKNOWN")


def exists_on(values: Sequence[Any] | None, day: date) -> str:
    """Returns if a thing exists on a day (Ternary); UNKNOWN if no source dates it."""
    return "UNKNOWN" if values is None else _TERNARY.get(state(stored(values), day), "UNKNOWN")


def days_to_end(valid_to: str | None, end: str | None, day: date) -> int | None:
    """Days from a day to the last day of a contract; None where no exact last day is known."""
    last = last_day(day_of(valid_to))
    return (last - day).days if last and end and _fuzzy(end).exact else None


def carried(end_known: bool | None, written: str | None, day: date) -> bool:
    """Returns True if an answer for a day is only carried forward from an older source."""
    return carried_forward(bool(end_known), day_of(written), day)


def span(earliest: str | None, latest: str | None, wanted: Wanted, p: Parameters) -> dict[str, Any] | None:
    """A period from the first day to the day after the last one."""
    return bounds(earliest, _iso(last_day(day_of(latest))), wanted, p)


def bounded(rows: list[Any], most: int) -> list[Any]:
    """The rows, if there are not too many to be answered at once."""
    if len(rows) > most:
        raise BadInput(
            f"That is more than {most} combinations of a municipality and a care function.",
            "Name a region, some municipalities or some functions.",
            argument="functions",
            code="TOO_MANY",
        )
    return rows


def placed(places: Sequence[Sequence[Any] | None], groups: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The things of groups at the places (group, key) where they were asked for; None where there is none."""
    return [None if place is None else groups[place[0]].get(place[1]) for place in places]


def word_label(of: str, key: str | None, language: str) -> str | None:
    """Returns the name of a word of a closed list, such as YOUTH_REGION of REGION_KINDS; None of nothing."""
    return None if key is None else str(getattr(words, of).name(key, language))


def word_labels(of: str, keys: Iterable[str], language: str) -> list[str]:
    """Returns the names of several words of a closed list."""
    return [str(getattr(words, of).name(key, language)) for key in keys]


def role_label(role: str, language: str) -> str:
    """Returns the name of a role, for sources without words of their own for it."""
    return ROLES.name(role, language)


def locator(values: Sequence[Any], wanted: Wanted) -> dict[str, Any] | None:
    """Returns the place in a source (SourceLocator), or None if the source is not divided."""
    if all(v is None for v in values):
        return None
    whole = dict(zip(("section", "page", "paragraph", "footnote", "deepLink"), values, strict=True))
    return {key: argument if name == "__typename" else whole[name] for key, name, argument in wanted}


def context(p: Parameters, day: str, wanted: Wanted) -> dict[str, Any]:
    """Returns the day and the version that an answer was computed for (TemporalContext)."""
    whole = {"asOf": p[day].isoformat(), "isDefault": not p[f"{day}_suffix"], "dataVersion": p["dataVersion"]}
    return {key: argument if name == "__typename" else whole[name] for key, name, argument in wanted}
