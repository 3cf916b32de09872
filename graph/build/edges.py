"""From claims to the plain relationships of the graph: which claims speak of the same edge, and when it holds.

Claims with the same ends, type and role make one edge for each period that a source states. Of stated periods that overlap,
the conflict rule picks one and the other claims support it. A claim without dates supports the edge that holds while its
source was written, or makes one of its own, attested from then on. What is said without dates of an arrangement holds for as long as
the arrangement does. An edge never outlives either of its ends.
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
from graph.domain.claim import Claim, Dataset, Entity, Text, Thing
from graph.domain.conflict import choose, written
from graph.domain.model import ARRANGEMENTS, PREDICATES

MEMBER_OF, NOT_MEMBER_OF = "MEMBER_OF", "NOT_MEMBER_OF"
INHERITING = ("MEMBER_OF", "NOT_MEMBER_OF", "DELIVERS", "CONCERNS", "COVERS", "EXCEPTS", "BUYS", "SUPPLIES", "MANAGES")


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship of the graph with the claims behind it."""

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
        """Unique and stable: its ends, its role and the first day on which it may hold."""
        role = f"NOT_{self.role}" if self.type == NOT_MEMBER_OF else self.role
        since = self.period.valid_from.isoformat() if self.period.valid_from else ""
        return "~".join(filter(None, (self.start.replace("/", ":"), self.end.replace("/", ":"), role, since)))


def edges(dataset: Dataset, claims: Sequence[Claim], spans: Mapping[str, Period]) -> list[Edge]:
    """The edges that accepted claims make; those of one edge have to be among them together. `spans` comes from `spans`."""
    groups: dict[tuple[str, str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if PREDICATES[claim.predicate].relation and isinstance(claim.value, Thing):
            groups[_ends(claim)].append(claim)
    out = []
    for (type_, start, end, role), group in groups.items():
        for period, supporting in _periods(type_, dataset, group, _arrangement(dataset.entities, start, end), spans):
            clipped = _clipped(period, spans.get(start), spans.get(end))
            if not clipped.empty:
                last = max(written(dataset.sources[c.source]) for c in supporting)
                keys = tuple(c.key for c in supporting)
                out.append(Edge(type_, start, end, role, clipped, keys, last, _qualifiers(supporting)))
    return _until_contrary(out)


def _until_contrary(made: list[Edge]) -> list[Edge]:
    """A membership whose end nobody knows is carried forward only until a source says that there is none."""
    denied: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for edge in made:
        if edge.type == NOT_MEMBER_OF:
            denied[edge.start, edge.end].append(edge.period)
    out = []
    for edge in made:
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
    assert isinstance(claim.value, Thing)
    type_ = predicate.relation
    if claim.qualifiers.get("takesPart") is False:
        type_ = NOT_MEMBER_OF
    start, end = (claim.value.key, claim.subject) if predicate.inverse else (claim.subject, claim.value.key)
    role = str(claim.qualifiers.get("role", "MEMBER")) if type_ in (MEMBER_OF, NOT_MEMBER_OF) else ""
    return type_, start, end, role


def _arrangement(entities: Mapping[str, Entity], start: str, end: str) -> str | None:
    """Whichever end is a contract or collaboration: its life is that of an undated edge. For memberships it is the far end."""
    for key in (end, start):
        if entities[key].type in ARRANGEMENTS:
            return key
    return None


def _periods(
    type_: str, dataset: Dataset, claims: list[Claim], arrangement: str | None, lives: Mapping[str, Period]
) -> list[tuple[Period, list[Claim]]]:
    life = lives.get(arrangement or "") if type_ in INHERITING else None
    dated = [(_lent(c.period, life), c) for c in claims]
    stated = [(p, c) for p, c in dated if p.start or p.end]
    found: list[tuple[Period, list[Claim]]] = []
    while stated:
        best, _ = choose([c for _, c in stated], dataset.sources)
        period = next(p for p, c in stated if best is None or c is best)
        overlapping = [(p, c) for p, c in stated if p == period or _overlap(p, period)]
        found.append((period, [c for _, c in overlapping]))
        stated = [pair for pair in stated if pair not in overlapping]
    alone: list[tuple[Period, Claim]] = []
    for period, claim in dated:
        if not (period.start or period.end):
            home = next((group for p, group in found if _overlap(p, period)), None)
            if home is None:
                alone.append((period, claim))
            else:
                home.append(claim)
    return found + _attested(alone, [p.valid_from for p, _ in found if p.valid_from])


def _attested(alone: list[tuple[Period, Claim]], starts: list[date]) -> list[tuple[Period, list[Claim]]]:
    """Periods of attestations that no stated period takes in, each carried forward until a stated one begins."""
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
    """Of several attestations: perhaps from the earliest possible day of any, certainly from the first on which one was written."""
    surest = min(periods, key=lambda p: p.certain_from or date.max)
    starts = [p.valid_from for p in periods]
    return replace(surest, valid_from=None if None in starts else min(s for s in starts if s))


def _lent(period: Period, life: Period | None) -> Period:
    """A period with what the arrangement's life can lend it: the start it does not state, the end it does not state."""
    if life is None or not (life.start or life.end):
        return period
    lent: dict[str, Any] = {}
    if not period.start and life.start:
        lent |= {"valid_from": life.valid_from, "certain_from": life.certain_from, "start": life.start, "attested": None}
    if not period.end_known and not period.end:
        lent |= {"valid_to": life.valid_to, "certain_to": life.certain_to, "end": life.end, "end_known": life.end_known}
    return replace(period, **lent) if lent else period


def _overlap(a: Period, b: Period) -> bool:
    """Whether two periods share a day; an attestation is the days in which its source may have been written."""
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
    """What the claims add to an edge: the first that says it wins."""
    out: dict[str, Any] = {}
    for claim in claims:
        for name, value in claim.qualifiers.items():
            if isinstance(value, Text):
                out = words(name, value) | out
            elif name not in ("role", "takesPart"):
                out.setdefault(name, value)
    return out


def lives(dataset: Dataset, accepted: Iterable[Claim]) -> dict[str, Period]:
    """When each thing exists (`exists`) or runs (`runs`), as the claim that counts says."""
    said: dict[str, list[Claim]] = defaultdict(list)
    followers: dict[str, str] = {}
    for claim in accepted:
        if claim.predicate in ("exists", "runs"):
            said[claim.subject].append(claim)
        elif claim.predicate == "succeededBy" and isinstance(claim.value, Thing):
            followers[claim.subject] = claim.value.key
    out = {}
    for subject, claims in said.items():
        stated = [c for c in claims if c.period.start or c.period.end]
        if stated:
            chosen, _ = choose(stated, dataset.sources)
            out[subject] = (chosen or stated[0]).period
        else:
            out[subject] = _first_attested([c.period for c in claims])
    for earlier, later in followers.items():
        if earlier in out and later in out and not out[earlier].end_known:
            planned = any(c.qualifiers.get("planned") for c in said[later])
            out[earlier] = _until_successor(out[earlier], out[later], planned=planned)
    return out


def spans(lives: Mapping[str, Period], accepted: Iterable[Claim]) -> dict[str, Period]:
    """Lives as far as they may reach: a contract with extension options ends somewhere from its firm end to the last option's."""
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
    """Carried forward only until its successor begins, which is certain once that surely runs and never while it is only planned."""
    begun = later.valid_from or (date.min if later.start else None)  # "began on that day or earlier": never certain
    return replace(life, certain_to=begun, valid_to=None if planned else later.certain_from)
