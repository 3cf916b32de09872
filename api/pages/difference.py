"""Verschil: what changed between two days, grouped, each change in a sentence; what is told of many is told once, with the list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from api.pages.address import Address
from api.pages.provenance.notes import Note, Notes
from api.pages.visit import View, Visit, all_pages, reference_to
from api.table import Table
from graph.dates.period import years_later

PARAMETERS = ("from", "to", "scope", "page")
PER_PAGE = 80  # sentences
MOST_SHOWN = 300  # changes, in one page of the API: each reads all that changed, which takes about a second for ten years
MOST_IN_A_FILE = 17  # such pages, of which the first is that of the page
MOST_PERIODS = 20  # shorter ones that are offered if the page cannot show all
GROUPS = ("mergers", "contracts", "memberships", "care", "events", "figures", "names", "named")
COLUMNS = ("group", "sentence", "when", "kind", "certainty", "subject", "sources")
_GROUP_OF_PREDICATE = {
    **dict.fromkeys(("memberOf", "notMemberOf", "member", "representedBy", "bodyOf", "prepares"), "memberships"),
    **dict.fromkeys(("name", "alternateName", "identifier", "description", "kind", "scale", "legalForm", "notation"), "names"),
    **dict.fromkeys(("leftTo", "lackedBy", "broader", "closeMatch", "definedBy"), "care"),
    "figure": "figures",
}
_MERGERS = {"MERGER", "SPLIT", "RENAME", "CODE_CHANGE"}
_CONTRACTS = {"CONTRACT_START", "CONTRACT_EXTENSION", "CONTRACT_END", "TENDER"}
Change = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A change as it is told, and who else it is told of in the same words."""

    group: str
    sentence: str
    others: Sequence[str]
    claims: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the page with its footnotes."""

    told: Told
    notes: Sequence[Note]


async def view(visit: Visit) -> View:
    words = visit.words
    first, last = days_of(visit)
    scope = list(visit.many("scope"))
    things = [(await visit.ask("NameOf", ref=ref, asOf=last.isoformat()))["entity"] for ref in scope]
    changes, first_named, total = await _changes(visit, first, last, [thing["uri"] for thing in things])
    told = told_once(changes)
    pages = max(1, -(-len(told) // PER_PAGE))
    page = min(_number(visit.one("page")), pages)
    notes = Notes(visit)
    shown = [Line(one, notes.of(one.claims)) for one in told[(page - 1) * PER_PAGE : page * PER_PAGE]]
    place = ", ".join(thing["name"] for thing in things)
    days = {"first": words.day(first), "last": words.day(last)}
    title = words("difference.title_of", place=place, **days) if place else words("difference.title", **days)
    values = {
        "first": first, "last": last, "things": things, "total": total, "number": len(changes),
        "first_named": first_named, "notes": notes.all(),
        "groups": [(group, lines) for group in GROUPS if (lines := [line for line in shown if line.told.group == group])],
        "counts": Counter(one.group for one in told), "page": page, "pages": pages,
        "earlier": visit.address.with_(page=str(page - 1) if page > 2 else None) if page > 1 else None,
        "later": visit.address.with_(page=str(page + 1)) if page < pages else None,
        "compared": _compared(visit, things, first, last),
        "periods": [(days, _between(visit, days)) for days in shorter(first, last)] if len(changes) < total else [],
    }  # fmt: skip
    return View(title, values, [(words("difference.file"), _table(visit, changes))], complete=len(changes) >= total, has_day=False)


def days_of(visit: Visit) -> tuple[date, date]:
    """Returns the two days, the earlier one first; without them the day of the page, and the same day a year before."""
    last = date.fromisoformat(visit.one("to")) if visit.one("to") else visit.day
    first = date.fromisoformat(visit.one("from")) if visit.one("from") else _year_before(last)
    return min(first, last), max(first, last)


def shorter(first: date, last: date) -> list[tuple[date, date]]:
    """Returns periods that together are the one between two days: years, or as many years each as there are twenties in it."""
    step = -(-(last.year - first.year + 1) // MOST_PERIODS)
    days = [first]
    while days[-1].year + step <= last.year and (day := years_later(first, step * len(days))) < last:
        days.append(day)
    return list(pairwise([*days, last]))


def _between(visit: Visit, days: tuple[date, date]) -> Address:
    first, last = days
    return visit.address.with_(**{"from": first.isoformat(), "to": last.isoformat(), "page": None})


def _year_before(day: date) -> date:
    return years_later(day, -1) if day.year > 1 else day


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 5 else 1


async def _changes(visit: Visit, first: date, last: date, scope: Sequence[str]) -> tuple[list[Change], list[Change], int]:
    """Returns the changes, the sources that name things for the first time, and how many changes there are, if more than are asked for."""
    asked = {"from": first.isoformat(), "to": last.isoformat(), "scope": scope or None}
    most = 1 if visit.first is None else MOST_IN_A_FILE
    pages = await all_pages(visit, "Differences", "diff", most, first=MOST_SHOWN, **asked)
    changes = [change for page in pages for change in page["nodes"]]
    return changes, pages[-1]["firstNamed"], pages[-1]["totalCount"]


def group_of(change: Change) -> str:
    """Returns the group under which a change is told."""
    cause, type_, said = (change["cause"] or {}).get("kind"), change["subject"]["__typename"], change["predicate"]
    if (change["kind"], change["certainty"]) == ("ADDED", "UNDATED"):
        return "named"
    if cause in _MERGERS or (said == "exists" and type_ in ("Municipality", "Region")):
        return "mergers"
    if group := _GROUP_OF_PREDICATE.get(said):
        return group
    if type_ in ("Contract", "Procurement") or cause in _CONTRACTS:
        return "contracts"
    if type_ == "CareFunction":
        return "care"
    return "memberships" if said == "exists" else "events"


def told_once(changes: Iterable[Change]) -> list[Told]:
    """Returns the changes by group, equal sentences once, and once what is told in the same words of several."""
    sentences: dict[str, list[Change]] = {}
    for change in changes:
        sentences.setdefault(change["sentence"], []).append(change)
    groups: dict[tuple[str, str], list[tuple[str, list[Change]]]] = {}
    for sentence, same in sentences.items():
        name, form = _of_whom(same[0])
        groups.setdefault((group_of(same[0]), form or sentence), []).append((name, same))
    lines = [
        Told(group, told[0][1][0]["sentence"], [name for name, _ in told[1:]], [c for _, same in told for x in same for c in x["claims"]])
        for (group, _), told in groups.items()
    ]  # fmt: skip
    return sorted(lines, key=lambda one: GROUPS.index(one.group))


def _of_whom(change: Change) -> tuple[str, str]:
    """Returns of whom a sentence tells, and the sentence without that name; an empty form if it does not tell it of one thing."""
    values = [value for value in (change["after"], change["before"]) if value and value.get("entity")]
    names = dict.fromkeys([change["subject"]["name"], *(value["entity"]["name"] for value in values)])
    places = [(match.start(), name) for name in names if (match := _pattern(name).search(change["sentence"]))]
    if not places:
        return "", ""
    _, name = min(places)
    form, count = _pattern(name).subn("@", change["sentence"])
    return name, form if count == 1 else ""


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")


def _compared(visit: Visit, things: Sequence[Change], first: date, last: date) -> str | None:
    """Returns the address of the coverage on both days, of a region or municipality."""
    type_, _, slug = reference_to(things[0]["uri"]).partition("/") if len(things) == 1 else ("", "", "")
    days = {"asOf": last.isoformat(), "compareTo": first.isoformat()}
    return visit.link("coverage", None, **{type_: slug}, **days) if type_ in ("region", "municipality") else None


def _table(visit: Visit, changes: Sequence[Change]) -> Table:
    """Returns all changes as a table, one in a row, in the order of the groups."""
    words = visit.words
    ordered = sorted(changes, key=lambda change: GROUPS.index(group_of(change)))
    return Table(
        tuple(words(f"difference.column.{column}") for column in COLUMNS),
        tuple(
            (
                words(f"difference.group.{group_of(change)}"), change["sentence"], (change["effectiveOn"] or {}).get("label"),
                change["kindLabel"], change["certaintyLabel"], change["subject"]["name"],
                "; ".join(dict.fromkeys(claim["source"]["title"] for claim in change["claims"])),
            )
            for change in ordered
        ),
    )  # fmt: skip
