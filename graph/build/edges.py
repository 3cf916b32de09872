"""The plain relationships (edges) of the graph, computed from claims.

Claims with the same ends, type and role make one edge for each period that a source states. If
stated periods overlap, the conflict rule chooses one and the other claims support it. A claim
without dates supports the edge that holds while its source was written; without such an edge it
makes one of its own, attested from then on. An undated claim about an arrangement holds for as long
as the arrangement does. An edge never outlives either of its ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from graph.build.properties import words
from graph.dates.edtf import FuzzyDate
from graph.dates.period import DAY, Period
from graph.domain.claim import Claim, Dataset, Entity, EntityRef, Text
from graph.domain.conflict import choose, written
from graph.domain.model import ARRANGEMENTS, PREDICATES

MEMBER_OF, NOT_MEMBER_OF = "MEMBER_OF", "NOT_MEMBER_OF"
INHERITING = ("MEMBER_OF", "NOT_MEMBER_OF", "DELIVERS", "CONCERNS", "COVERS", "EXCEPTS", "BUYS", "SUPPLIES", "MANAGES")


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship of the graph, with the claims that support it."""

    type: str
    start: str
    end: str
    role: str
    period: Period
    claims: tuple[str, ...]
    written: date
    properties: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """A unique and stable key: the ends, the role and the first day on which it may hold."""
        role = f"NOT_{self.role}" if self.type == NOT_MEMBER_OF else self.role
        since = self.period.valid_from.isoformat() if self.period.valid_from else ""
        return "~".join(filter(None, (self.start.replace("/", ":"), self.end.replace("/", ":"), role, since)))


def edges(dataset: Dataset, claims: Sequence[Claim], periods: Mapping[str, Period]) -> list[Edge]:
    """Returns the edges of accepted claims. All claims of an edge must be among them. `periods` comes from `spans`."""
    groups: dict[tuple[str, str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if PREDICATES[claim.predicate].relation and isinstance(claim.value, EntityRef):
            groups[_ends(claim)].append(claim)
    out = []
    for (type_, start, end, role), group in groups.items():
        for period, supporting in _periods(type_, dataset, group, _arrangement(dataset.entities, start, end), periods):
            clipped = _clipped(period, periods.get(start), periods.get(end))
            if not clipped.empty:
                last = max(written(dataset.sources[c.source]) for c in supporting)
                keys = tuple(c.key for c in supporting)
                out.append(Edge(type_, start, end, role, clipped, keys, last, _qualifiers(supporting)))
    return _until_denied(out)


def _until_denied(all_edges: list[Edge]) -> list[Edge]:
    """Ends each membership without a known end on the day from which a source denies it."""
    denied: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for edge in all_edges:
        if edge.type == NOT_MEMBER_OF:
            denied[edge.start, edge.end].append(edge.period)
    out = []
    for edge in all_edges:
        starts = [
            p.valid_from for p in denied[edge.start, edge.end] if p.valid_from and p.valid_from > (edge.period.valid_from or date.min)
        ]
        if edge.type == MEMBER_OF and starts and not edge.period.end_known:
            edge = replace(edge, period=replace(edge.period, valid_to=min(starts), certain_to=min(starts)))
        out.append(edge)
    return out


def _ends(claim: Claim) -> tuple[str, str, str, str]:
    predicate = PREDICATES[claim.predicate]
    assert predicate.relation
    assert isinstance(claim.value, EntityRef)
    type_ = predicate.relation
    if claim.qualifiers.get("takesPart") is False:
        type_ = NOT_MEMBER_OF
    start, end = (claim.value.key, claim.subject) if predicate.inverse else (claim.subject, claim.value.key)
    role = str(claim.qualifiers.get("role", "MEMBER") if type_ in (MEMBER_OF, NOT_MEMBER_OF) else claim.qualifiers.get("level", ""))
    return type_, start, end, role


def _arrangement(entities: Mapping[str, Entity], start: str, end: str) -> str | None:
    """Returns the end that is a contract or collaboration, from which an undated edge takes its period. For memberships the far end."""
    for key in (end, start):
        if entities[key].type in ARRANGEMENTS:
            return key
    return None


def _periods(
    type_: str, dataset: Dataset, claims: list[Claim], arrangement: str | None, lives: Mapping[str, Period]
) -> list[tuple[Period, list[Claim]]]:
    life = lives.get(arrangement or "") if type_ in INHERITING else None
    dated = [(_inherited(c.period, life), c) for c in claims]
    stated = [(p, c) for p, c in dated if p.start or p.end]
    out: list[tuple[Period, list[Claim]]] = []
    while stated:
        best, _ = choose([c for _, c in stated], dataset.sources)
        period = next(p for p, c in stated if best is None or c is best)
        overlapping = [(p, c) for p, c in stated if p == period or _overlap(p, period)]
        out.append((period, [c for _, c in overlapping]))
        stated = [pair for pair in stated if pair not in overlapping]
    alone: list[tuple[Period, Claim]] = []
    for period, claim in dated:
        if not (period.start or period.end):
            group = next((claims_ for p, claims_ in out if _overlap(p, period)), None)
            if group is None:
                alone.append((period, claim))
            else:
                group.append(claim)
    return out + _attested(alone, [p.valid_from for p, _ in out if p.valid_from])


def _attested(alone: list[tuple[Period, Claim]], starts: list[date]) -> list[tuple[Period, list[Claim]]]:
    """Returns the periods of undated claims outside all stated periods, each carried forward until a stated period begins."""
    groups: dict[date, list[tuple[Period, Claim]]] = defaultdict(list)
    for period, claim in alone:
        groups[min((d for d in starts if d > (period.valid_from or date.min)), default=date.max)].append((period, claim))
    out = []
    for until, group in groups.items():
        earliest = _first_attested([p for p, _ in group])
        period = earliest if until == date.max else replace(earliest, valid_to=until, certain_to=until)
        out.append((period, [c for _, c in group]))
    return out


def _first_attested(periods: Sequence[Period]) -> Period:
    """Joins attestations: possible from the earliest possible day of any, certain from the day on which the first was surely written."""
    surest = min(periods, key=lambda p: p.certain_from or date.max)
    starts = [p.valid_from for p in periods]
    return replace(surest, valid_from=None if None in starts else min(s for s in starts if s))


def _inherited(period: Period, life: Period | None) -> Period:
    """Returns a period that takes the start or end that it does not state from the period of its arrangement."""
    if life is None or not (life.start or life.end):
        return period
    missing: dict[str, Any] = {}
    if not period.start and life.start:
        missing |= {"valid_from": life.valid_from, "certain_from": life.certain_from, "start": life.start, "attested": None}
    if not period.end_known and not period.end:
        missing |= {"valid_to": life.valid_to, "certain_to": life.certain_to, "end": life.end, "end_known": life.end_known}
    return replace(period, **missing) if missing else period


def _overlap(a: Period, b: Period) -> bool:
    """Returns True if two periods share a day. An undated claim counts for the days on which its source may have been written."""
    a_to, b_to = _until(a), _until(b)
    return (a.valid_from or date.min) < b_to and (b.valid_from or date.min) < a_to


def _until(period: Period) -> date:
    if period.attested and period.end is None:
        return period.certain_from + DAY if period.certain_from else date.max
    return period.valid_to or date.max


def _clipped(period: Period, *ends: Period | None) -> Period:
    for life in ends:
        if life is not None:
            period = period.clipped(life.valid_from if life.start and life.start.exact else None, life.valid_to)
    return period


def _qualifiers(claims: list[Claim]) -> dict[str, Any]:
    """Returns the qualifiers of an edge as properties; the first claim that has a qualifier wins."""
    out: dict[str, Any] = {}
    for claim in claims:
        for name, value in claim.qualifiers.items():
            if isinstance(value, Text):
                out = words(name, value) | out
            elif name not in ("role", "takesPart"):
                out.setdefault(name, value)
    return out


def lives(dataset: Dataset, accepted: Iterable[Claim]) -> dict[str, Period]:
    """Returns when each entity exists (`exists`) or runs (`runs`), as the chosen claim says."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    successors: dict[str, str] = {}
    for claim in accepted:
        if claim.predicate in ("exists", "runs"):
            groups[claim.subject].append(claim)
        elif claim.predicate == "succeededBy" and isinstance(claim.value, EntityRef):
            successors[claim.subject] = claim.value.key
    out = {}
    for subject, claims in groups.items():
        stated = [c for c in claims if c.period.start or c.period.end]
        if stated:
            chosen, _ = choose(stated, dataset.sources)
            out[subject] = (chosen or stated[0]).period
        else:
            out[subject] = _first_attested([c.period for c in claims])
    for earlier, later in successors.items():
        if earlier in out and later in out and not out[earlier].end_known:
            planned = any(c.qualifiers.get("planned") for c in groups[later])
            out[earlier] = _until_successor(out[earlier], out[later], planned=planned)
    return out


def spans(lives: Mapping[str, Period], accepted: Iterable[Claim]) -> dict[str, Period]:
    """Returns periods as far as they may reach: with options a contract ends between its firm end and that of the last one."""
    out = dict(lives)
    for claim in accepted:
        life, last = out.get(claim.subject), claim.period.end
        if claim.predicate != "option" or not (life and life.end and life.end.earliest and last and last.latest):
            continue
        if life.end.latest and life.end.latest < last.latest:
            end = FuzzyDate(f"{life.end.earliest}/{last.latest}", life.end.earliest, last.latest, "UNKNOWN")
            out[claim.subject] = replace(life, end=end, valid_to=claim.period.valid_to)
    return out


def _until_successor(life: Period, later: Period, *, planned: bool) -> Period:
    """Ends a period where that of its successor begins: with certainty if the successor surely runs, and never if it is only planned."""
    begun = later.valid_from or (date.min if later.start else None)  # "began on that day or earlier": never certain
    return replace(life, certain_to=begun, valid_to=None if planned else later.certain_from)
