"""Builds the coverage of one municipality for one care function: status, reasons, chains, and when it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from graph.answers import coverage_rule
from graph.answers.columns import ChainRow, DivisionRow, PairNames, row_of
from graph.answers.coverage_rule import Chain, ChainKind, Division, Evidence, Verdict
from graph.answers.evidence import offer, way
from graph.answers.shape import check_exists, stored
from graph.dates.period import Period, State, state
from graph.domain.languages import ByLanguage


@dataclass(frozen=True)
class Covered:
    """The answer for one municipality, one care function and one day."""

    evidence: Evidence
    gathered: Sequence[ChainRow]
    names: PairNames
    division_names: Sequence[str] | None
    day: date

    @cached_property
    def verdict(self) -> Verdict:
        return self.evidence.decide(self.day)

    @property
    def status(self) -> str:
        return self.verdict.status

    @property
    def reasons(self) -> list[str]:
        return list(self.verdict.reasons)

    @property
    def rows(self) -> list[Sequence[Any]]:
        """All columns of those rows, for the shaping function of a plan."""
        return [row.columns for row, _ in self.told]

    @cached_property
    def told(self) -> list[tuple[ChainRow, Chain]]:
        """The chains behind the answer, each with its row; of several ways into the same area only the shortest are told."""
        all_ = [(self.gathered[i], self.evidence.chains[i]) for i in self.verdict.chains]
        shortest: dict[tuple[str, str], int] = {}
        for row, chain in all_:
            ends, hops = (row.arrangement, row.area), len(chain.memberships)
            shortest[ends] = min(shortest.get(ends, hops), hops)
        return [(row, chain) for row, chain in all_ if len(chain.memberships) == shortest[row.arrangement, row.area]]

    @property
    def changes_on(self) -> str | None:
        changes = self.next_change
        return changes.isoformat() if changes else None

    @cached_property
    def next_change(self) -> date | None:
        return self.evidence.changes_on(self.day)

    @property
    def merged(self) -> bool:
        """True if the municipality no longer exists and became part of others, which `names` lists."""
        return bool(self.names.into) and state(self.evidence.municipality, self.day) is State.AFTER


def covered(gathered: list[list[Any]], life: Sequence[Any] | None, division: Sequence[Any], names: PairNames, day: date) -> Covered:
    """Makes chains of what was gathered: of all ways into an area, since each may hold when another does not."""
    rows = [row_of(ChainRow, row) for row in gathered]
    defining = DivisionRow(*division)
    belongs = Division(defining.defined, tuple(way(text).links for text in defining.ways), defining.mentioned)
    evidence = Evidence(stored(life) if life else Period(), [_chain(row) for row in rows], belongs, names.silence is not None)
    return Covered(evidence, rows, names, defining.names, day)


def _chain(row: ChainRow) -> Chain:
    found = offer(row.offer)
    return Chain(
        kind=ChainKind[row.kind],
        memberships=way(row.way).links,
        terms=(found.delivers, found.covers) if row.kind == "ARRANGEMENT" else (found.delivers,),
        run=found.run,
        options=found.options,
        exceptions=found.exceptions.get(row.municipality, ()),
        name=f"{row.arrangement} {row.area}",
    )


def distinct(pairs: Iterable[tuple[str, Any]]) -> list[Any]:
    """The values of pairs, each key once, in the order of the keys."""
    return [value for _, value in sorted(dict(pairs).items())]


def counts(cells: Iterable[Covered]) -> list[tuple[str, int]]:
    """How many cells have each status, in the order of the statuses."""
    statuses = [c.status for c in cells]
    return [(status, statuses.count(status)) for status in coverage_rule.STATUSES]


def is_gap_within(cell: Covered, horizon: date, include_unknown: bool) -> bool:
    """Returns True if a cell is a gap on its day, or becomes one up to and including `horizon`.

    Where nobody says from the outset (UNKNOWN) counts only with `include_unknown`. Raises BadInput if the municipality does not exist
    on the day: no gaps there is no good news.
    """
    if "NO_MUNICIPALITY" in cell.reasons:
        instead = f"Ask for {' and '.join(cell.names.into)}" if cell.merged else "Leave it out"
        check_exists(cell.names.municipality, cell.evidence.municipality, cell.day, f"{instead}, or ask for another day.", "municipalities")
    lacks = {coverage_rule.GAP, coverage_rule.UNKNOWN}
    if cell.status in lacks and (include_unknown or cell.status == coverage_rule.GAP):
        return True
    lacked, day = cell.status in lacks, cell.next_change
    while day and day <= horizon:
        lacks_then = cell.evidence.decide(day).status in lacks
        if lacks_then and not lacked:
            return True
        lacked = lacks_then
        day = cell.evidence.changes_on(day)
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
