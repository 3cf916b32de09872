"""Builds the list of changes between two days: each with its values, its cause and its place in the list."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graph.answers.change_rule import (
    ADDED,
    CHANGED,
    PERHAPS,
    REMOVED,
    SURELY,
    UNCERTAIN,
    UNDATED,
    Fact,
    Span,
    Turn,
    ageless,
    facts,
    happening,
    turns,
)
from graph.answers.columns import EventRow, FactRow, OptionRow, SourceRow, row_of
from graph.answers.shape import stored
from graph.dates import edtf
from graph.dates.period import DAY
from graph.domain.model import PREDICATES
from graph.errors import BadInput

MAX_FACTS = 5000
LIFE, EVENT, OPTION, EDGE, VALUE = ORDER = ("LIFE", "EVENT", "OPTION", "EDGE", "VALUE")
_RANKS = {name: at for at, name in enumerate(PREDICATES)}


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a predicate before or after a change: a THING, a NUMBER with its unit, or a TEXT in Dutch or without language."""

    kind: str
    number: float | None = None
    unit: str | None = None
    text: str | None = None
    lang: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A change as it is told: the turn of a fact, the row that it was made from, and its values."""

    turn: Turn
    fact: FactRow
    predicate: str
    before: Value | None
    after: Value | None

    @property
    def _events(self) -> Iterator[EventRow]:
        return map(EventRow.of, self.fact.events)

    @property
    def kind(self) -> str:
        return self.turn.kind

    @property
    def certainty(self) -> str:
        return self.turn.certainty

    @property
    def place(self) -> list[str]:
        """Its place in the list: by day, then lives, events, options, relations and values, and then by subject."""
        row = self.fact
        rank = f"{ORDER.index(row.sort)}{_RANKS.get(self.predicate, 99):02}"
        return [self.turn.day.isoformat(), "~".join((rank, row.sort_name, row.subject, row.other, row.about, row.element, self.kind))]

    @property
    def cause(self) -> EventRow | None:
        """The event behind it: the first that concerns the same thing, is of a kind that brings this about, and may be of that day."""
        if self.fact.sort == EVENT:
            return next((e for e in self._events if e.key == self.fact.element), None)
        return next((e for e in self._events if self._on_that_day(e.date) and _explains(self, e)), None)

    @property
    def cause_key(self) -> str | None:
        cause = self.cause
        return cause.key if cause else None

    def _on_that_day(self, text: str | None) -> bool:
        if text is None or self.turn.bounds is None:
            return False
        (first, last), on = self.turn.bounds, edtf.parse(text)
        if first and self.kind != ADDED:
            first -= DAY  # what ended was there on its last day for the last time
        not_after = on.earliest is None or last is None or on.earliest <= last
        return bool(not_after and (on.latest is None or first is None or first <= on.latest))


def _explains(change: Changed, event: EventRow) -> bool:
    """Returns True if an event of this kind, which touches a thing in this way, explains such a change of it."""
    kind, how, touched = event.kind, event.how, event.touched
    row, ended = change.fact, change.kind == REMOVED or (change.kind == CHANGED and change.certainty == UNCERTAIN)
    life = row.subject_life if touched == row.subject else row.other_life
    period = change.turn.span.period
    if kind in ("MERGER", "SPLIT", "DISSOLUTION", "FOUNDATION"):
        if life is None or how == "TELLS_OF":
            return False
        lived = stored(life)
        if how == "ORIGINAL":
            return ended and kind != "FOUNDATION" and lived.valid_to is not None and lived.valid_to == period.valid_to
        return change.kind == ADDED and kind != "DISSOLUTION" and lived.valid_from is not None and lived.valid_from == period.valid_from
    if kind in ("JOIN", "LEAVE"):
        both = {e.touched for e in map(EventRow.of, row.events) if e.key == event.key}
        return change.predicate == "memberOf" and change.kind == (ADDED if kind == "JOIN" else REMOVED) and {row.subject, row.other} <= both
    if touched != row.subject:
        return False
    if kind in ("RENAME", "CODE_CHANGE"):
        return bool(row.sort == VALUE)
    begins = {"CONTRACT_START": (LIFE, EDGE), "AGREEMENT": (LIFE,), "CONTRACT_EXTENSION": (OPTION,)}.get(kind, ())
    return (change.kind == ADDED and row.sort in begins) or (kind == "CONTRACT_END" and ended and row.sort in (LIFE, EDGE))


# ── from rows to changes ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class FirstNamed:
    """A source that speaks of things for the first time and does not say since when: nothing changed, a text was written."""

    slug: str
    title: str
    count: int
    date: str


@dataclass(frozen=True, slots=True)
class Difference:
    """The changes between two days, in order; what was only named for the first time stands apart, by its source."""

    listed: Sequence[Changed]
    first_named: Sequence[FirstNamed]


def changes_between(rows: list[Sequence[Any]], start: date, end: date, *, with_first_named: bool = False) -> Difference:
    """All changes after `start`, up to and including `end`. Raises BadInput where there are too many rows."""
    if len(rows) > MAX_FACTS:
        raise BadInput(
            f"More than {MAX_FACTS} facts turn between {start} and {end}.",
            "Name a scope or types, or take a shorter time.", argument="scope", code="TOO_MANY",
        )  # fmt: skip
    named = sorted((row_of(FactRow, row) for row in rows), key=lambda r: (r.sort, r.subject, r.other, r.said, r.about, r.element))
    turned = [_told(turn) for fact in _facts(named) for turn in turns(fact, start, end) if not _passed(turn)]
    paired = _paired(turned)
    explained = {c.cause.key for c in paired if c.fact.sort == LIFE and c.cause}
    happened = [c for row in named if row.sort == EVENT and row.element not in explained for c in _happened(row, start, end)]
    lived = {(c.kind, c.fact.subject, c.turn.day) for c in paired if c.fact.sort == LIFE}
    kept = [c for c in paired if not _goes_without_saying(c, lived)]
    every = sorted([*kept, *happened], key=lambda c: c.place)
    listed = [c for c in every if with_first_named or not _is_first_named(c)]
    return Difference(listed, _by_source(c for c in every if _is_first_named(c)))


def _goes_without_saying(change: Changed, lived: set[tuple[str, str, date]]) -> bool:
    """Returns True for the end of what tells of its time, a figure or a procurement, and for what begins or ends with the life of a
    thing that is told."""
    row = change.fact
    if change.kind == REMOVED and (change.predicate == "figure" or row.subject.startswith("procurement/")):
        return True
    return row.sort in (EDGE, VALUE) and any((change.kind, thing, change.turn.day) in lived for thing in (row.subject, row.other))


def _is_first_named(change: Changed) -> bool:
    return change.kind == ADDED and change.certainty == UNDATED


def _by_source(named: Iterable[Changed]) -> list[FirstNamed]:
    groups: dict[SourceRow, list[Changed]] = defaultdict(list)
    for change in named:
        groups[SourceRow(*change.fact.sources[0])].append(change)
    return [
        FirstNamed(source.slug, source.title, len(group), min(c.turn.day for c in group).isoformat())
        for source, group in sorted(groups.items())
    ]


def _facts(rows: Iterable[FactRow]) -> Iterator[Fact]:
    spans = (((row.said, row.subject, row.other, row.about), _span(row)) for row in rows if row.sort != EVENT)
    for key, group in facts(spans):
        row: FactRow = group[0].row
        offered = [o for o in map(OptionRow._make, row.options) if o.status != "LAPSED"] if row.sort == LIFE else []
        options = tuple(Span(stored(o.period), SURELY if o.status == "EXERCISED" else PERHAPS, row) for o in offered)
        yield Fact(key, group, options)


def _span(row: FactRow) -> Span:
    unsure = row.sort == OPTION and row.value.sort != "EXERCISED"
    return Span(ageless(stored(row.span)), PERHAPS if unsure else SURELY, row)


def _passed(turn: Turn) -> bool:
    """Returns True for the end of an option, which is no change of its own: the contract reports whether it runs on."""
    return turn.kind == REMOVED and turn.span.row.sort == OPTION


def _told(turn: Turn) -> Changed:
    row = turn.span.row
    value = _value(row)
    return Changed(turn, row, row.said, None if turn.kind == ADDED else value, None if turn.kind == REMOVED else value)


def _value(row: FactRow) -> Value:
    value = row.value
    if row.sort in (EDGE, EVENT):
        return Value("THING")
    if value.number is None:
        return Value("TEXT", text=value.text, lang=value.lang)
    return Value("NUMBER", number=value.number, unit=value.unit, approximate=bool(value.approximate))


def _happened(row: FactRow, start: date, end: date) -> Iterator[Changed]:
    turn = happening(edtf.parse(row.value.text), start, end)
    if turn:
        planned = row.value.sort == "PLANNED"
        other = Value("THING") if row.other != row.subject else None
        before, after = (None, other) if row.said == "original" else (other, None)
        yield Changed(replace(turn, certainty=UNCERTAIN) if planned else turn, row, row.said, before, after)


def _paired(changes: list[Changed]) -> list[Changed]:
    """A number or code of the same sort that one source ends and another begins is one value that changed."""
    groups: dict[tuple[str, ...], list[Changed]] = defaultdict(list)
    out = []
    for change in changes:
        if change.fact.sort == VALUE and change.fact.said != "alternateName":
            groups[change.fact.said, change.fact.subject, change.fact.value.sort or ""].append(change)
        else:
            out.append(change)
    for group in groups.values():
        old, new = ([c for c in group if c.kind == kind] for kind in (REMOVED, ADDED))
        if len(old) == len(new) == 1 == len(group) - 1 and old[0].turn.day == new[0].turn.day:
            weaker = next((c.certainty for c in (*new, *old) if c.certainty != "CERTAIN"), "CERTAIN")
            out.append(replace(new[0], turn=replace(new[0].turn, kind=CHANGED, certainty=weaker), before=old[0].before))
        else:
            out += group
    return out


def page_of(changes: Sequence[Changed], place: Sequence[str] | None, size: int) -> tuple[int, list[tuple[Changed, Sequence[Any]]]]:
    """How many changes come before a page, and those on it, after the place of a cursor; each with all columns of its row."""
    at = bisect_right(changes, list(place), key=lambda c: c.place) if place else 0
    return at, [(change, change.fact.columns) for change in changes[at : at + size]]
