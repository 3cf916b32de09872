"""Tijdlijn: when contracts and collaborations of a thing begin and end, what happened, and what ends within a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.pages.pictures.bars import Bar, a_year_after, bar_of, next_end
from api.pages.pictures.periods import picture_of
from api.pages.provenance.notes import Note, Notes
from api.pages.regions import of_the_reader
from api.pages.visit import View, Visit
from api.table import Table

MOST_STRIP = 24
BARS_TELL = ("CONTRACT_START", "CONTRACT_END", "CONTRACT_EXTENSION")
FIRST_NAMED = "FIRST_NAMED"
COLUMNS = ("what", "kind", "begin", "end", "status")
Thing = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the timeline: a thing with its bar, and what is said of its beginning and its end."""

    thing: Thing
    kind: str  # contract, membership or itself
    about: str  # the status of a contract, the role in a collaboration
    bar: Bar
    begin: str
    end: str
    options: tuple[tuple[str, str], ...] = ()  # what each is called, and its days and status
    soon: str = ""  # what ends within a year, in a sentence
    notes: tuple[Note, ...] = ()


async def view(visit: Visit) -> View:
    words = visit.words
    answer = await visit.ask("TimelineOfAThing", entity=await of_the_reader(visit, "entity", "region"))
    entity = answer["entity"]
    notes = Notes(visit)
    rows = _rows(visit, entity, notes)
    events = [event for event in answer["timeline"] if event["kind"] not in (*BARS_TELL, FIRST_NAMED)]
    title = words("timeline.title", name=entity["name"])
    values = {
        "entity": entity, "rows": rows, "events": [(event, notes.of(event["claims"])) for event in events],
        "first_named": [event for event in answer["timeline"] if event["kind"] == FIRST_NAMED],
        "soon": [row for row in rows if row.soon], "no_end": sum(row.kind == "contract" and not row.bar.ends for row in rows),
        "picture": picture_of(visit, title, rows, events) if rows or events else None, "more": _more(entity), "notes": notes.all(),
    }  # fmt: skip
    strip = _strip(visit, [*answer["timeline"]])
    return View(title, values, [(words("timeline.file"), _table(visit, rows, events))], strip)


def _rows(visit: Visit, entity: Thing, notes: Notes) -> list[Row]:
    """Returns the bars: of the thing itself, of its contracts, and of what it takes part in, each by when it begins."""
    contracts = [entity] if entity["__typename"] == "Contract" else (entity.get("contracts") or {"nodes": []})["nodes"]
    found = [_contract(visit, contract, notes) for contract in contracts]
    found += [_membership(visit, one, notes) for one in (entity.get("memberships") or {"nodes": []})["nodes"]]
    if period := entity.get("operationalPeriod"):
        kind = visit.words("timeline.kind.itself")
        found.insert(0, _row(visit, entity, "itself", kind, period, notes.of(entity["claims"]["nodes"])))
    order = ("itself", "contract", "membership")
    return sorted(found, key=lambda row: (order.index(row.kind), min(row.bar.days(), default=date.max), row.thing["name"]))


def _row(visit: Visit, thing: Thing, kind: str, about: str, period: Thing, notes: list[Note]) -> Row:
    return Row(thing, kind, about, bar_of(period, visit.day), begin_of(visit, period), end_of(visit, period), notes=tuple(notes))


def _membership(visit: Visit, one: Thing, notes: Notes) -> Row:
    return _row(visit, one["organization"], "membership", one["roleLabel"], one["memberDuring"], notes.of(one["claims"]))


def _contract(visit: Visit, contract: Thing, notes: Notes) -> Row:
    words, period = visit.words, contract["period"]
    options = tuple(
        (
            words("timeline.option", n=option["number"]),
            words(
                "timeline.option_days",
                begin=_said(option["period"]["start"]),
                end=_said(option["period"]["end"]),
                status=option["statusLabel"],
            ),
        )
        for option in contract["options"]
    )
    soon = ""
    if (found := next_end(contract, visit.day)) and found[0] <= a_year_after(visit.day):
        key = "option_ends" if found[1] else "firm_ends"
        soon = words(f"timeline.{key}", day=words.day(found[0]), n=found[1])
    return Row(
        contract, "contract", contract["statusLabel"], bar_of(period, visit.day, contract["options"]), begin_of(visit, period),
        end_of(visit, period), options, soon, tuple(notes.of(contract["termClaims"]["nodes"])),
    )  # fmt: skip


def begin_of(visit: Visit, period: Thing) -> str:
    """Returns what the sources say of a beginning: a bound that is attested or inherited is not told as one."""
    return _bound(visit, period, "start", "begin")


def end_of(visit: Visit, period: Thing) -> str:
    return _bound(visit, period, "end", "end")


def _bound(visit: Visit, period: Thing, which: str, word: str) -> str:
    bound, basis = period[which], period[f"{which}Basis"]
    if bound and basis == "STATED":
        planned = period["isPlanned"] and which == "start"
        return visit.words(f"timeline.{word}.planned" if planned else f"timeline.{word}.stated", day=bound["label"])
    if which == "start" and period["attested"]:
        return visit.words("timeline.begin.attested", day=period["attested"]["label"])
    if bound:
        return visit.words(f"timeline.{word}.{'inherited' if basis == 'INHERITED' else 'bounded'}", day=bound["label"])
    return visit.words(f"timeline.{word}.unknown")


def _said(bound: Thing | None) -> str:
    return str(bound["label"]) if bound else "…"


def _more(entity: Thing) -> int:
    """Returns how many contracts and memberships the answer did not reach."""
    lists = [entity[field] for field in ("contracts", "memberships") if entity.get(field)]
    return sum(one["totalCount"] - len(one["nodes"]) for one in lists)


def _strip(visit: Visit, events: Sequence[Thing]) -> list[date]:
    """Returns the days on which something happens for sure, those nearest to the day of the page."""
    days = {
        date.fromisoformat(event["date"]["earliest"])
        for event in events
        if event["kind"] != FIRST_NAMED and event["date"]["earliest"] and event["date"]["earliest"] == event["date"]["latest"]
    }
    return sorted(days, key=lambda day: abs(day - visit.day))[:MOST_STRIP]


def _table(visit: Visit, rows: Sequence[Row], events: Sequence[Thing]) -> Table:
    """Returns all bars, options and events as lines."""
    words = visit.words
    lines: list[tuple[str, ...]] = []
    for row in rows:
        lines.append(
            (row.thing["name"], words(f"timeline.kind.{row.kind}"), row.begin, row.end, "; ".join(filter(None, [row.about, row.soon])))
        )
        lines += [(row.thing["name"], name, said, "", "") for name, said in row.options]
    lines += [(event["label"], event["kindLabel"], event["date"]["label"], "", event["certaintyLabel"]) for event in events]
    return Table(tuple(words(f"timeline.column.{column}") for column in COLUMNS), tuple(lines))
