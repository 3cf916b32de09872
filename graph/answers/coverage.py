"""Builds the coverage of one municipality for one care function: status, chains, sentence, footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from graph.answers import coverage_rule
from graph.answers.columns import ChainRow, LinkRow, PeriodRow, row_of
from graph.answers.coverage_rule import Chain, ChainKind, Link, Option, Verdict
from graph.answers.date_label import label
from graph.answers.shape import day_of, stored
from graph.dates.period import Period, State, state
from graph.domain.languages import ByLanguage, spoken


@dataclass(frozen=True)
class Covered:
    """The answer for one municipality, one care function and one day."""

    municipality: Period
    evidence: Sequence[Chain]
    gathered: Sequence[ChainRow]
    names: Sequence[Any]
    day: date

    @cached_property
    def verdict(self) -> Verdict:
        return coverage_rule.decide(self.municipality, self.evidence, self.day)

    @property
    def status(self) -> str:
        return self.verdict.status

    @property
    def reasons(self) -> list[str]:
        return list(self.verdict.reasons)

    @property
    def rows(self) -> list[Sequence[Any]]:
        """All columns of those rows, for the shaping function of a plan."""
        return [row.columns for row in self.chains]

    @cached_property
    def chains(self) -> list[ChainRow]:
        """The rows of the chains behind the answer; of several ways into the same area only the shortest are told."""
        told = [self.gathered[i] for i in self.verdict.chains]
        shortest: dict[tuple[str, str], int] = {}
        for row in told:
            ends, hops = (row.arrangement, row.area), len(row.hops)
            shortest[ends] = min(shortest.get(ends, hops), hops)
        return [row for row in told if len(row.hops) == shortest[row.arrangement, row.area]]

    @property
    def changes_on(self) -> str | None:
        changes = self.next_change
        return changes.isoformat() if changes else None

    @cached_property
    def next_change(self) -> date | None:
        return coverage_rule.changes_on(self.municipality, self.evidence, self.day)

    @property
    def merged(self) -> bool:
        """True if the municipality no longer exists and became part of others, which `names` lists."""
        return bool(self.names[2]) and state(self.municipality, self.day) is State.AFTER

    def explanation(self, language: str) -> str:
        """The answer in a sentence, with numbered footnotes for its sources."""
        words = _WORDS[language]
        names = {"m": self.names[0], "f": spoken(self.names[1], language), "day": label(self.day.isoformat(), language)}
        notes = _Notes()
        parts = [words["status"][self.status].format(**names)]
        for row in self.chains:
            mark = notes.mark(_weightiest_first(row), language)
            chain = {"a": spoken(row.arrangement_names, language), "area": spoken(row.area_names, language)}
            known = "known" if self.status == coverage_rule.UNKNOWN else "via"
            told = words["chain"][row.kind] if row.kind != "ARRANGEMENT" else words[known]
            parts.append(told.format(**chain, **names) + mark + ".")
        if self.merged:
            parts.append(words["merged"].format(into=", ".join(self.names[2]), **names))
        else:
            parts += [words["reason"][r].format(**names) for r in self.reasons if r in words["reason"]]
        if self.next_change:
            parts.append(words["changes"].format(day=label(self.next_change.isoformat(), language)))
        return " ".join(parts) + notes.text


class _Notes:
    """Footnotes, numbered as they are first used."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def mark(self, notes: Iterable[Sequence[Any]], language: str) -> str:
        labels = dict.fromkeys(_cited(note, language) for note in notes)
        numbers = sorted(self.numbers.setdefault(label, len(self.numbers) + 1) for label in labels)
        return "".join(f" [{number}]" for number in numbers)

    @property
    def text(self) -> str:
        return "".join(f"\n[{number}] {label}" for label, number in self.numbers.items())


def _weightiest_first(row: ChainRow) -> list[Sequence[Any]]:
    """The notes of a chain: what is said of the arrangement before what puts the municipality in its area."""
    membership = {key for hop in row.hops for key in LinkRow.of(hop).claims}
    return sorted(row.notes, key=lambda note: note[0] in membership)


def _cited(note: Sequence[Any], language: str) -> str:
    _, title, section, footnote, page = note
    where = [str(section)] if section else []
    if footnote:
        where.append(f"{_WORDS[language]['footnote']} {footnote}")
    if page:
        where.append(f"p. {page}")
    return ", ".join([title, *where])


def covered(gathered: list[list[Any]], life: Sequence[Any] | None, names: Sequence[Any], day: date) -> Covered:
    """Makes chains of what was gathered: of all ways into an area, since each may hold when another does not."""
    rows = [row_of(ChainRow, row) for row in gathered]
    return Covered(stored(life) if life else Period(), [_chain(row) for row in rows], rows, names, day)


def _chain(row: ChainRow) -> Chain:
    contested = frozenset(row.contested)
    terms = (row.delivers, row.covers) if row.kind == "ARRANGEMENT" else (row.delivers,)
    return Chain(
        kind=ChainKind[row.kind],
        memberships=tuple(_link(values, contested) for values in row.hops),
        terms=tuple(_link(values, contested) for values in terms),
        run=_link(row.run, contested) if row.run else None,
        options=tuple(Option(number, stored(values), status) for number, status, values in row.options),
        exceptions=tuple(_link(values, contested) for values in row.exceptions),
        planned=bool(row.planned),
    )


def _link(values: Sequence[Any], contested: frozenset[str]) -> Link:
    link = LinkRow.of(values)
    written = day_of(PeriodRow.of(link.period).written)
    return Link(stored(link.period), written, bool(contested & set(link.claims)))


def distinct(pairs: Iterable[tuple[str, Any]]) -> list[Any]:
    """The values of pairs, each key once, in the order of the keys."""
    return [value for _, value in sorted(dict(pairs).items())]


def counts(cells: Iterable[Covered]) -> list[tuple[str, int]]:
    """How many cells have each status, in the order of the statuses."""
    found = [c.status for c in cells]
    return [(status, found.count(status)) for status in coverage_rule.STATUSES]


def is_gap_within(found: Covered, horizon: date, include_unknown: bool) -> bool:
    """Returns True if a cell is a gap on its day, or becomes one up to and including `horizon`.

    Where nobody says from the outset (UNKNOWN) counts only with `include_unknown`.
    """
    lacks = {coverage_rule.GAP, coverage_rule.UNKNOWN}
    if found.status in lacks and (include_unknown or found.status == coverage_rule.GAP):
        return True
    lacked, day = found.status in lacks, found.next_change
    while day and day <= horizon:
        lacks_then = coverage_rule.decide(found.municipality, found.evidence, day).status in lacks
        if lacks_then and not lacked:
            return True
        lacked = lacks_then
        day = coverage_rule.changes_on(found.municipality, found.evidence, day)
    return False


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month; the last day there is if that lies beyond it."""
    count = day.year * 12 + day.month - 1 + months
    if count // 12 > date.max.year:
        return date.max
    for last in (day.day, 30, 29, 28):
        try:
            return date(count // 12, count % 12 + 1, last)
        except ValueError:
            continue
    raise ValueError(day)


def step_label(relation: str, language: str) -> str:
    """Returns the words for a step of a chain."""
    return _STEPS[language].get(relation, relation)


_STEPS = ByLanguage({
    "NL": {"MEMBER_OF": "is lid van", "COVERS": "valt onder", "LEFT_TO": "laat dit over aan", "LACKED_BY": "heeft dit niet"},
    "EN": {"MEMBER_OF": "is a member of", "COVERS": "is covered by", "LEFT_TO": "leaves this to", "LACKED_BY": "lacks this"},
})  # fmt: skip
_WORDS: ByLanguage[dict[str, Any]] = ByLanguage(
    {
        "NL": {
            "status": {
                "COVERED": "{m} is op {day} gedekt voor {f}.",
                "UNCERTAIN": "Of {m} op {day} gedekt is voor {f}, is onzeker.",
                "GAP": "{m} is op {day} niet gedekt voor {f}: een bron zegt dat niemand dit levert.",
                "UNKNOWN": "Van {m} is niet bekend wie op {day} {f} levert.",
            },
            "chain": {
                "LOCAL": "In {area} regelt elke gemeente dit zelf",
                "GAP": "Volgens een bron levert niemand dit in {area}",
            },
            "via": "Het gaat om: {a}, voor {area}",
            "known": "Wel bekend: {a}, voor {area}",
            "reason": {
                "OPTION_NOT_CONFIRMED": "De vaste looptijd is voorbij en geen bron bevestigt de verlenging.",
                "VAGUE_DATE": "De bronnen geven de data te vaag om het zeker te weten.",
                "CONTESTED": "De bronnen spreken elkaar hierover tegen.",
                "CARRIED_FORWARD": "De jongste bron hierover is ouder dan deze dag; er is niets bekend dat haar tegenspreekt.",
                "EXCLUDED": "{m} is uitdrukkelijk uitgezonderd; wie het daar wel levert, zegt geen bron.",
                "ENDED": "Wat er was, is voor die dag geëindigd.",
                "NOT_STARTED": "Wat er komt, is op die dag nog niet begonnen.",
                "NO_SOURCE": "Geen bron zegt er iets over; dat is iets anders dan dat niemand het levert.",
            },
            "merged": "{m} bestaat op die dag niet meer: het is opgegaan in {into}.",
            "changes": "Dit antwoord verandert op {day}.",
            "footnote": "voetnoot",
        },
        "EN": {
            "status": {
                "COVERED": "{m} is covered for {f} on {day}.",
                "UNCERTAIN": "Whether {m} is covered for {f} on {day} is uncertain.",
                "GAP": "{m} is not covered for {f} on {day}: a source says that nobody delivers it.",
                "UNKNOWN": "It is not known who delivers {f} in {m} on {day}.",
            },
            "chain": {
                "LOCAL": "In {area} each municipality arranges this itself",
                "GAP": "According to a source nobody delivers this in {area}",
            },
            "via": "It rests on: {a}, for {area}",
            "known": "What is known: {a}, for {area}",
            "reason": {
                "OPTION_NOT_CONFIRMED": "The firm term is over and no source confirms the extension.",
                "VAGUE_DATE": "The sources give the dates too vaguely to be sure.",
                "CONTESTED": "The sources contradict each other on this.",
                "CARRIED_FORWARD": "The latest source on this is older than this day; nothing is known that contradicts it.",
                "EXCLUDED": "{m} is expressly excepted; who does deliver it there, no source says.",
                "ENDED": "What there was ended before that day.",
                "NOT_STARTED": "What is to come has not begun on that day.",
                "NO_SOURCE": "No source says anything about it, which is not the same as nobody delivering it.",
            },
            "merged": "{m} no longer exists on that day: it has become part of {into}.",
            "changes": "This answer changes on {day}.",
            "footnote": "footnote",
        },
    }
)
