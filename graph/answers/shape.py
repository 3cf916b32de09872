"""The functions that shape a record: columns of one row become the parts of an answer.

Each function takes values as the store returned them (dates as ISO texts) and, where its result is an object, `wanted`: what is
asked of it as (key, field, argument) in order, where `argument` is a language, a parameter name or what is asked of a part.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import orjson

from graph.answers.columns import CompletenessRow, PeriodRow
from graph.answers.date_label import label
from graph.dates import edtf
from graph.dates.period import DAY, STATED, Period, State, carried_forward, last_day, state
from graph.domain import words
from graph.domain.languages import DEFAULT, spoken
from graph.domain.words import ROLES
from graph.errors import BadInput

Wanted = tuple[tuple[str, str, Any], ...]
Parameters = Mapping[str, Any]
KEPT_DATES = 4096  # as parts of answers: a list of thousands has the same few dates, and nobody changes an answer


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
        parts = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return None
    return parts if isinstance(parts, list) and len(parts) > 1 else None


def completeness(values: Sequence[Sequence[str] | None], names: tuple[str, ...], day: date, within: tuple[str, ...]) -> str:
    """Returns the completeness of a list on a day, as far as a source says; a known gap outweighs.

    Of a list of which no source says so, a known gap in a list `within`, through which its entries are found, is one in it too.
    """
    row = CompletenessRow(*values)
    for lists, during, of, answer in (
        (row.incomplete, row.incomplete_during, names, "INCOMPLETE"),
        (row.complete, row.complete_during, names, "COMPLETE"),
        (row.incomplete, row.incomplete_during, within, "INCOMPLETE"),
    ):
        if any(name in of and _within(days, day) for name, days in zip(lists or (), during or (), strict=True)):
            return answer
    return "UNKNOWN"


def _within(days: str, day: date) -> bool:
    """Returns True if a day lies between two days, both included; `..` is no bound."""
    first, last = days.split("/")
    return (first == ".." or first <= day.isoformat()) and (last == ".." or day.isoformat() <= last)


# ── time ──────────────────────────────────────────────────────────────────────────────────────────


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def fuzzy(text: str | None, wanted: Wanted) -> dict[str, Any] | None:
    """A date as vague as its source (FuzzyDate)."""
    return None if text is None else _shaped(text, wanted)


@lru_cache(KEPT_DATES)
def _shaped(text: str, wanted: Wanted) -> dict[str, Any]:
    date_ = edtf.parse(text)
    whole = {"edtf": date_.edtf, "earliest": _iso(date_.earliest), "latest": _iso(date_.latest), "precision": date_.precision}
    return {
        key: label(date_.edtf, argument or DEFAULT) if name == "label" else argument if name == "__typename" else whole[name]
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
        edtf.parse(row.start) if row.start else None, edtf.parse(row.end) if row.end else None, bool(row.end_known),
        edtf.parse(row.attested) if row.attested else None, row.start_basis, row.end_basis, day_of(row.stale_from), bool(row.planned),
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


def _day(text: str) -> str | None:
    """A date that is a day, as OCDS has it; None where it is vaguer."""
    return text if edtf.parse(text).exact else None


_TERNARY = {State.YES: "YES", State.BEFORE: "NO", State.AFTER: "NO"}  # anything else is UNKNOWN


def shape_period(values: Sequence[Any] | None, wanted: Wanted, p: Parameters) -> dict[str, Any] | None:
    """An OCDS period: the last day inclusive, and null instead of a day that no source gives."""
    if values is None:
        return None
    out: dict[str, Any] = {}
    for key, name, argument in wanted:
        if name in _PLACES:
            text = values[_PLACES[name]]
            out[key] = None if text is None else _day(text) if name.endswith("Date") else _shaped(text, argument)
        elif name == "maxExtentDate":
            out[key] = _iso(last_day(day_of(PeriodRow.of(values).max_extent)))
        elif name in _PLAIN_PLACES:
            out[key] = values[_PLAIN_PLACES[name]]
        elif name == "endKnown":
            out[key] = bool(values[_END_KNOWN])
        elif name == "isPlanned":
            out[key] = bool(values[_PLANNED])
        elif name == "contains":
            period, extent, day = stored(values), day_of(PeriodRow.of(values).max_extent), p[argument]
            extended = period.valid_to and extent and period.valid_to <= day < extent  # by options that may or may not be used
            out[key] = "UNKNOWN" if extended else _TERNARY.get(state(period, day), "UNKNOWN")
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
    return (last - day).days if last and end and edtf.parse(end).exact else None


def carried(end_known: bool | None, written: str | None, day: date) -> bool:
    """Returns True if an answer for a day is only carried forward from an older source."""
    return carried_forward(bool(end_known), day_of(written), day)


def figure_holds(values: Sequence[Any], day: date) -> str:
    """Returns if a figure is about a day (Ternary): UNKNOWN also if it is only carried forward to that day."""
    row, found = PeriodRow.of(values), exists_on(values, day)
    return "UNKNOWN" if found == "YES" and carried(row.end_known, row.written, day) else found


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


def check_home(count: int, found: Sequence[Sequence[str]], day: date) -> None:
    """Raises BadInput if a region, the only one that was found, has no municipalities on a day."""
    if not count:
        raise BadInput(
            f"No source names a municipality of {found[0][2]} on {label(day.isoformat(), 'EN')}.",
            "Ask for another day, or name the municipalities, or a region that has them.",
            argument="region",
            code="NO_MUNICIPALITIES",
        )


def check_exists(name: str, life: Period, day: date, remedy: str, argument: str) -> None:
    """Raises BadInput if a thing does not exist on a day."""
    found = state(life, day)
    if not found.shown:
        told = "does not exist yet" if found is State.BEFORE else "exists no more"
        raise BadInput(f"{name} {told} on {label(day.isoformat(), 'EN')}.", remedy, argument, "NOT_ON_THAT_DAY")


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


def left_out(sections: Sequence[str] | None, reasons: Sequence[str], wanted: Wanted, *texts: Sequence[str]) -> list[dict[str, Any]]:
    """Returns what of a source is no claim (LeftOut), from a list for each part of it; `texts` has one for each language."""
    if sections is None:
        return []
    return [_entry(section, reason, said, wanted) for section, reason, *said in zip(sections, reasons, *texts, strict=True)]


def _entry(section: str, reason: str, said: Sequence[str], wanted: Wanted) -> dict[str, Any]:
    out = {}
    for key, name, argument in wanted:
        match name:
            case "text":
                out[key] = spoken(said, argument or DEFAULT)
            case "reasonLabel":
                out[key] = word_label("LEFT_OUT_REASONS", reason, argument or DEFAULT)
            case "__typename":
                out[key] = argument
            case _:
                out[key] = {"section": section, "reason": reason}[name]
    return out


def context(p: Parameters, day: str, wanted: Wanted) -> dict[str, Any]:
    """Returns the day and the version that an answer was computed for (TemporalContext)."""
    whole = {"asOf": p[day].isoformat(), "isDefault": not p[f"{day}_suffix"], "dataVersion": p["dataVersion"]}
    return {key: argument if name == "__typename" else whole[name] for key, name, argument in wanted}
