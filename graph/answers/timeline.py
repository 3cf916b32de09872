"""The timeline of one thing: events that sources tell of, and the beginnings and ends that periods have, as moments in order. Pure.

A moment that no source names as an event is made of a period: of a beginning or an end that a source gives for it, never of one that
belongs to something else. What a source only speaks of is told as first named, in the time in which it was written. A moment gives
way to an event of the same kind about the same thing at the same time. Ends are dated by their last day, as
sources do. An option to extend a contract is a possibility, and is told as one until a source says that it was used.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.answers.change_rule import CERTAIN, UNCERTAIN, UNDATED, began
from graph.answers.clauses import capital, inside
from graph.answers.columns import MomentRow, MomentValue, PeriodRow, row_of
from graph.answers.date_label import span_label
from graph.answers.shape import role_label, stored
from graph.dates import edtf
from graph.dates.edtf import FuzzyDate
from graph.dates.period import ATTESTED, DAY, STATED
from graph.domain.languages import ByLanguage, spoken
from graph.errors import BadInput

MAX_PERIODS = 2000


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of a timeline, with the row that it was made from. `part` says which of the moments of that row it is."""

    fact: MomentRow
    part: str
    kind: str
    date: FuzzyDate
    certainty: str = CERTAIN

    @property
    def row(self) -> Sequence[Any]:
        """All columns of the row, for the shaping function of a plan."""
        return self.fact.columns

    @property
    def planned(self) -> bool:
        """True if sources only announce it."""
        if self.part == "event":
            return MomentValue.of(self.fact.told).status == "PLANNED"
        return stored(self.fact.span).planned

    @property
    def key(self) -> str:
        """The key by which node(id:) finds it: that of an event, or which moment of which element."""
        return str(self.fact.element) if self.part == "event" else f"moment/{self.part}~{self.fact.element}"

    @property
    def place(self) -> tuple[datetime.date, datetime.date, str]:
        return self.date.earliest or datetime.date.min, self.date.latest or datetime.date.max, self.key

    def label(self, language: str) -> str:
        """Returns a few words for it; for an option also that nobody confirms it."""
        value = MomentValue.of(self.fact.told)
        if self.part == "event":
            return str(spoken(value.names, language))
        words, fact = _WORDS[language], self.fact
        role = role_label(value.role_or_kind, language) if value.role_or_kind not in (None, "", "MEMBER") else ""
        span = PeriodRow.of(fact.span)
        during = span_label(span.start, span.end, language) if span.start and span.end else "?"
        s, o = (inside(spoken(fact.names, language, nth), key) for nth, key in enumerate((fact.first, fact.second or "")))
        parts = {
            "s": s, "o": o, "role": words["as"].format(role=role) if role else "", "during": during,
            "number": words.get(f"nth {value.number_or_date}", value.number_or_date),
            "source": fact.sources[0] if fact.sources else "",
        }  # fmt: skip
        return capital(words[self._template].format(**parts))

    @property
    def _template(self) -> str:
        """The words that tell it."""
        contract = self.kind.startswith("CONTRACT")
        if self.part == "option":
            return "used" if self.certainty == CERTAIN else "option"
        if self.part == "ended":
            return "ended firm" if contract and self.fact.options else "ended"
        if self.part == "began":
            return "planned" if self.certainty == UNCERTAIN else "began"
        if self.part == "joined" and self.certainty == UNCERTAIN:
            return "joined planned"
        belongs = self.fact.sort == "EDGE" and self.fact.second.startswith("region/")
        key = f"{self.part} {self.fact.sort}" if self.part == "named" else self.part
        return f"{key} region" if belongs and self.part in ("named", "joined") else key


def moments(rows: list[Sequence[Any]], first: datetime.date | None = None, last: datetime.date | None = None) -> list[Moment]:
    """All moments of a timeline that may lie between two days, both included, in order. Raises BadInput where there are too many."""
    if len(rows) > MAX_PERIODS:
        raise BadInput(
            f"More than {MAX_PERIODS} periods and events belong to this thing.", "Ask for one of its parts.", "entity", "TOO_MANY"
        )
    named = [row_of(MomentRow, row) for row in rows]
    events = [_event(row) for row in named if row.sort == "EVENT"]
    made = [moment for row in named if row.sort != "EVENT" for moment in _made(row)]
    kept = [*events, *(m for m in made if not any(_same(m, event) for event in events))]
    within = (m for m in kept if not (last and m.date.earliest and m.date.earliest > last))
    return sorted((m for m in within if not (first and m.date.latest and m.date.latest < first)), key=lambda m: m.place)


def moment_of(rows: list[Sequence[Any]], key: str) -> Moment | None:
    """The one moment that a key stands for."""
    return next((m for row in rows for m in _made(row_of(MomentRow, row)) if m.key == f"moment/{key}"), None)


def _event(row: MomentRow) -> Moment:
    value = MomentValue.of(row.told)
    certainty = UNCERTAIN if value.status == "PLANNED" else CERTAIN
    return Moment(row, "event", str(value.role_or_kind), edtf.parse(value.number_or_date), certainty)


def _made(row: MomentRow) -> Iterator[Moment]:
    """The moments of a period: its beginning and its end, as far as a source dates them."""
    period = stored(row.span)
    beginning = began(period)
    if row.sort == "OPTION":
        if beginning:
            yield Moment(
                row,
                "option",
                "CONTRACT_EXTENSION",
                edtf.parse(beginning),
                CERTAIN if MomentValue.of(row.told).status == "EXERCISED" else UNCERTAIN,
            )
        return
    contract = row.first.startswith("contract/")
    begins, ends = (
        ("JOIN", "LEAVE") if row.sort == "EDGE" else ("CONTRACT_START", "CONTRACT_END") if contract else ("FOUNDATION", "DISSOLUTION")
    )
    certainty = UNCERTAIN if period.planned else CERTAIN
    if period.start_basis == ATTESTED and period.attested:
        yield Moment(row, "named", "FIRST_NAMED", period.attested, UNDATED)
    if beginning:
        yield Moment(row, "joined" if row.sort == "EDGE" else "began", begins, edtf.parse(beginning), certainty)
    if period.end and period.end_basis == STATED:
        yield Moment(row, "left" if row.sort == "EDGE" else "ended", ends, period.end, certainty)


_SAME = {
    "FOUNDATION": {"FOUNDATION", "MERGER", "SPLIT"}, "DISSOLUTION": {"DISSOLUTION", "MERGER", "SPLIT"},
}  # fmt: skip


def _same(made: Moment, event: Moment) -> bool:
    """Returns True if a source reports the moment as an event: of such a kind, about the same things, and perhaps on the same day."""
    touched = {key for _, key in event.fact.links}
    sides = {key for how, key in event.fact.links if how == ("RESULTING" if made.kind == "FOUNDATION" else "ORIGINAL")}
    if event.kind not in _SAME.get(made.kind, {made.kind}):
        return False
    if event.kind in ("MERGER", "SPLIT"):
        touched = sides
    return {made.fact.first, made.fact.second} <= touched and _meets(made, event)


def _meets(made: Moment, event: Moment) -> bool:
    """Returns True if two vague dates may be the same; what ends on a day is over on the next, and sources date it by either."""
    slack = DAY if made.part in ("ended", "left") else DAY * 0
    late, early = event.date.earliest, event.date.latest
    return not (late and made.date.latest and late > made.date.latest + slack) and not (
        early and made.date.earliest and early < made.date.earliest
    )


_WORDS: ByLanguage[dict[str, str]] = ByLanguage({
    "NL": {
        "joined": "{s} gaat deelnemen aan {o}{role}",
        "joined planned": "Het plan: {s} gaat deelnemen aan {o}{role}; geen bron zegt dat het zo is gegaan",
        "left": "Laatste dag van {s} in {o}{role}", "as": " als {role}",
        "began": "Begin van {s}", "planned": "Voorgenomen begin van {s}; geen bron zegt dat het zo is gegaan",
        "ended": "Laatste dag van {s}", "ended firm": "Laatste dag van de vaste looptijd van {s}",
        "joined region": "{s} hoort voortaan bij {o}{role}",
        "named EDGE": "Voor het eerst genoemd, in “{source}”: {s} neemt deel aan {o}{role}",
        "named EDGE region": "Voor het eerst genoemd, in “{source}”: {s} hoort bij {o}{role}",
        "named LIFE": "Voor het eerst genoemd, in “{source}”: {s}",
        "option": "{number} mogelijke verlenging van {s}: {during}; geen bron zegt of zij is gebruikt",
        "used": "{number} verlenging van {s}: {during}",
        "nth 1": "eerste", "nth 2": "tweede", "nth 3": "derde", "nth 4": "vierde", "nth 5": "vijfde",
    },
    "EN": {
        "joined": "{s} begins to take part in {o}{role}",
        "joined planned": "The plan: {s} begins to take part in {o}{role}; no source says that it came about",
        "left": "Last day of {s} in {o}{role}", "as": " as {role}",
        "began": "Beginning of {s}", "planned": "Intended beginning of {s}; no source says that it came about",
        "ended": "Last day of {s}", "ended firm": "Last day of the firm term of {s}",
        "joined region": "{s} belongs to {o} from then on{role}",
        "named EDGE": "First named, in “{source}”: {s} takes part in {o}{role}",
        "named EDGE region": "First named, in “{source}”: {s} belongs to {o}{role}",
        "named LIFE": "First named, in “{source}”: {s}",
        "option": "{number} possible extension of {s}: {during}; no source says whether it was used",
        "used": "{number} extension of {s}: {during}",
        "nth 1": "first", "nth 2": "second", "nth 3": "third", "nth 4": "fourth", "nth 5": "fifth",
    },
})  # fmt: skip
